"""What programs get of the site: downloads, feed, interface, live updates, sitemap, window."""

import asyncio
import csv
import io
import json
from dataclasses import replace
from urllib.parse import unquote

import pytest
from lxml import etree, html

from sinks.site.web import live
from streams.domain.stages import Action
from tests.sinks.site.conftest import AUTHORITY, Site, penalty, person
from tests.sinks.site.test_pages import EVIL, address


async def test_a_whole_search_can_be_taken_along(site: Site) -> None:
    """CSV and JSON hold every result of a search however many, and no natural person's name."""
    site.store.take(*(penalty(n) for n in range(1200)), person(2000))
    rows = list(csv.reader(io.StringIO((await site.text("/decisions.csv")).removeprefix("\ufeff"))))
    assert len(rows) == 1202
    assert rows[0][0] == "文书号"
    whole = json.loads(await site.text("/decisions.json?q=样例"))
    assert len(whole["decisions"]) == 1200
    assert json.loads(await site.text("/decisions.json?q=nichts"))["decisions"] == []
    for path in ("/decisions.csv", "/decisions.json", "/decisions.atom", "/api/v1/decisions?size=100"):
        text = await site.text(path)
        assert "欧阳立秋" not in text
        assert "370102****" not in text


async def test_a_cell_is_no_formula(site: Site) -> None:
    """What begins like a formula is written so that a spreadsheet takes it as text."""
    site.store.take(penalty(1, values={"CF_XDR_MC": '=HYPERLINK("http://x")公司'}))
    rows = list(csv.reader(io.StringIO(await site.text("/decisions.csv"))))
    assert rows[1][2].startswith("'=")


async def test_the_feed_is_valid_and_says_what_was_withdrawn(site: Site) -> None:
    """An Atom feed of a search has ids that stay, times, links; hostile texts leave it well-formed."""
    site.store.take(penalty(1), penalty(2, values={"CF_XDR_MC": f"{EVIL}\x0b公司"}))
    feed = etree.fromstring((await site.text("/decisions.atom?q=公司")).encode())
    atom = {"a": "http://www.w3.org/2005/Atom"}
    assert len(feed.findall("a:entry", atom)) == 2
    assert feed.findtext("a:entry/a:id", namespaces=atom).startswith("urn:uuid:")
    links = [link.get("href") for link in feed.findall("a:entry/a:link", atom)]
    assert links[1] == f"https://credit.example.cn{address(penalty(1))}"


async def test_the_interface_pages_through_everything(site: Site) -> None:
    """Following `next` gives each decision once; one decision has all of its columns and its history."""
    site.store.take(*(penalty(n) for n in range(45)))
    seen, path = [], "/api/v1/decisions?size=20&q=样例&sort=amount"
    while path and len(seen) < 100:
        page = json.loads(await site.text(path.removeprefix("https://credit.example.cn")))
        seen += [one["id"] for one in page["decisions"]]
        path = page["next"]
    assert len(seen) == len(set(seen)) == 45
    one = json.loads(await site.text(f"/api/v1{address(penalty(3))}"))
    assert one["columns"]["CF_NR_FK"] == "0.2"
    assert "BZ" not in one["columns"]
    assert one["history"][0]["action"] == "publish"
    assert json.loads(await site.text("/api/v1/decisions?from=x", 400))["problems"]["from"]
    assert json.loads(await site.text(f"/api/v1/decisions/{'0' * 24}", 404))["status"] == 404


async def test_the_interface_describes_itself(site: Site) -> None:
    """The OpenAPI document names each path that answers, and each property that an answer has."""
    site.store.take(penalty(1))
    told = json.loads(await site.text("/api/v1/openapi.json"))
    assert told["openapi"] == "3.1.0"
    page = json.loads(await site.text("/api/v1/decisions"))
    schemas = told["components"]["schemas"]
    assert page.keys() == schemas["Page"]["properties"].keys()
    assert page["decisions"][0].keys() <= schemas["Decision"]["properties"].keys()


async def test_an_open_page_hears_of_news(site: Site) -> None:
    """A listener gets a new decision as the list shows it, and a withdrawal; what was missed comes first."""
    site.store.take(penalty(1))
    async with site.client.get("/live?turn=0") as answer:
        assert answer.headers["Content-Type"].startswith("text/event-stream")

        async def news() -> dict[str, object]:
            async for line in answer.content:
                if line.startswith(b"data: "):
                    told: dict[str, object] = json.loads(line[6:])
                    return told
            raise AssertionError

        first = await asyncio.wait_for(news(), 60)
        assert "样例1号" in str(first["html"])
        await asyncio.sleep(1.5)  # it has looked once: what it hears now is news
        site.store.take(penalty(2), person(7))
        second = await asyncio.wait_for(news(), 60)
        third = await asyncio.wait_for(news(), 60)
        assert "样例2号" in str(second["html"])
        assert "欧阳立秋" not in str(third["html"])
        site.store.take(replace(penalty(1), revision=2, action=Action.WITHDRAW))
        gone = await asyncio.wait_for(news(), 60)
        assert (gone["id"], gone["shown"]) == (first["id"], False)


async def test_one_visitor_cannot_take_every_open_page(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond some open pages a visitor is told to wait; closing one makes room again."""
    monkeypatch.setattr(live, "MOST_OF_ONE", 2)
    first, second = [await site.client.get("/live") for _ in range(2)]
    assert (await site.client.get("/live")).status == 429
    first.close()
    for _ in range(600):
        third = await site.client.get("/live")
        if third.status == 200:
            break
        await asyncio.sleep(0.1)
    assert third.status == 200
    second.close()
    third.close()


async def test_suggestions_have_companies_authorities_and_items(site: Site) -> None:
    """Two characters bring names that hold them, each with where it leads, never a natural person's."""

    async def suggested(text: str, language: str = "zh-CN") -> dict[str, str]:
        found = json.loads(await site.text(f"/suggest?q={text}&lang={language}"))
        return {one["name"]: unquote(one["url"]) for one in found}

    site.store.take(penalty(1, values={"CF_XDR_MC": "济南鲁味斋食品有限公司"}), person())
    company = "济南鲁味斋食品有限公司"
    assert await suggested("鲁味") == {company: f"/decisions?q={company}"}
    assert (await suggested("市场监督", "en"))[AUTHORITY[0]] == f"/en/authorities/{AUTHORITY[1]}"
    item = (await suggested("违法广告"))["对违法广告行为的处罚"]
    assert item == f"/decisions?authority={AUTHORITY[1]}&item=MB9A00014-CF-001"
    assert await suggested("欧阳立秋") == await suggested("鲁") == {}


async def test_search_engines_get_no_natural_person(site: Site) -> None:
    """The sitemap lists companies' decisions only; robots.txt keeps searches and data out."""
    site.store.take(penalty(1), person(), penalty(3))
    site.store.take(replace(penalty(3), revision=2, action=Action.WITHDRAW))
    index = await site.text("/sitemap.xml")
    assert "https://credit.example.cn/sitemap-0.xml" in index
    pages = await site.text("/sitemap-0.xml")
    assert pages.count("<url>") == 1
    assert address(penalty(1)) in pages
    assert "Disallow: /decisions?" in await site.text("/robots.txt")


async def test_the_window_can_be_embedded(site: Site) -> None:
    """Page and fragment may stand in other sites, need no script, and lead back by whole addresses."""
    site.store.take(penalty(1), person(), penalty(2, department_code="11370100MB9A000221"))
    for path in ("/window", "/window/fragment", f"/window?authority={AUTHORITY[1]}"):
        answer = await site.client.get(path)
        assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
        assert "X-Frame-Options" not in answer.headers
        text = await answer.text()
        page = html.fromstring(text)
        assert not page.xpath("//script")
        assert all(link.startswith("https://credit.example.cn/") for link in page.xpath("//a/@href"))
        assert "欧阳立秋" not in text
        assert ("样例2号" in text) == ("authority" not in path)
    assert "<html" not in await site.text("/window/fragment")
    await site.text("/window?authority=unknown", 404)


async def test_subjects_authorities_and_figures_have_pages(site: Site) -> None:
    """A subject's page lists its decisions, an authority's its items and timeliness, figures have tables."""
    site.store.take(*(penalty(n) for n in range(30)), person())
    text = await site.text("/subjects/91370102YX0000374U")
    assert text.count('class="entry"') == 20
    assert "下一页" in text
    await site.text("/subjects/91370102YX00003740", 404)
    assert "信用监督管理处" in await site.text(f"/authorities/{AUTHORITY[1]}")
    assert "100.0%" in await site.text(f"/authorities/{AUTHORITY[1]}")
    await site.text("/authorities/UNKNOWN", 404)
    assert AUTHORITY[0] in await site.text("/authorities")
    page = html.fromstring(await site.text("/statistics"))
    assert len(page.xpath("//*[name()='svg']")) == len(page.xpath("//table")) == 5
    assert "31" in page.xpath("//dl[@class='figures']//dd")[0].text
    for path in ("/statistics", "/authorities", "/about", "/developers", "/en/statistics", "/en/developers"):
        await site.text(path)
