"""The search form: what it offers, what is chosen, and the address that it leads to."""

import pytest
from lxml import html

from sinks.site.web import filters
from tests.sinks.site.conftest import AUTHORITY, Site


async def test_a_large_catalogue_leaves_the_first_page_small(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With more items than a form can hold, the chosen authority's are offered, and a chosen one stays."""
    monkeypatch.setattr(filters, "MOST_ITEMS", 10)
    item = "MB9A00014-CF-001"

    async def offered(path: str) -> list[str]:
        page = html.fromstring(await site.text(path))
        return [str(value) for value in page.xpath("//select[@id='item']/option/../optgroup/option/@value")]

    assert await offered("/") == []
    assert len(await offered(f"/decisions?authority={AUTHORITY[1]}")) == 4
    assert await offered(f"/decisions?item={item}") == [item]


async def test_an_address_to_share_has_no_empty_parts(site: Site) -> None:
    """What a form sends empty is left out of the address that one lands on; everything else stays."""
    sent = "/en/decisions?q=%E9%A3%9F&kind=&authority=&from=gestern&sort=decided&min="
    answer = await site.client.get(sent, allow_redirects=False)
    assert answer.status == 302
    assert answer.headers["Location"] == "/en/decisions?q=%E9%A3%9F&from=gestern&sort=decided"
    assert "no-store" in answer.headers["Cache-Control"]


async def test_chosen_filters_stand_above_the_results(site: Site) -> None:
    """Each has label and value in words, and an address that leaves only it out; what is wrong has none."""
    path = f"/decisions?q=%E9%A3%9F&kind=penalty&authority={AUTHORITY[1]}&min=0.5&from=gestern"
    page = html.fromstring(await site.text(path))
    chips = page.xpath("//ul[@class='chips']//a")
    texts = [" ".join(chip.text_content().split()) for chip in chips]
    assert texts == [
        "去掉条件 决定种类 行政处罚 ×",
        f"去掉条件 决定机关 {AUTHORITY[0]} ×",
        "去掉条件 罚没金额自（万元） 0.5 ×",
    ]
    assert "kind" not in chips[0].get("href")
    assert all(part in chips[0].get("href") for part in ("q=", "authority=", "min=0.5"))
