"""The site's pages over HTTP."""

import re
from dataclasses import replace
from decimal import Decimal

from lxml import html

from sinks.site.store.entries import public_id
from sinks.site.web.guards import Turnstile
from sinks.site.web.visit import visitor_of
from streams.domain.columns import PENALTY
from streams.domain.stages import Action, Public
from tests.sinks.site.conftest import AUTHORITY, SECRET, Site, penalty, person

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> 😀 \u202eabc " + "x" * 3000 + "长" * 2000


def address(event: Public) -> str:
    """Return the path of an event's decision."""
    return f"/decisions/{public_id(event.key, SECRET)}"


def shown(text: str) -> str:
    """Return what a page says, without its markup."""
    return " ".join(html.fromstring(text).text_content().split())


async def test_the_newest_stand_first(site: Site) -> None:
    """The first page lists what was published, the newest first, each with its address."""
    site.store.take(penalty(1), penalty(2))
    text = await site.text("/")
    assert re.findall("样例(.)号", shown(text)) == ["2", "1"]
    assert f'href="{address(penalty(1))}"' in text


async def test_an_empty_site_says_so(site: Site) -> None:
    """Without decisions the first page and a search explain what to do."""
    assert "目前还没有公示内容" in await site.text("/")
    assert "没有找到符合条件的公示" in await site.text("/decisions?q=鲁味斋")


async def test_a_search_marks_what_it_found(site: Site) -> None:
    """What was typed is marked in the name, and stays in the field and in the address of the next page."""
    site.store.take(*(penalty(n, values={"CF_XDR_MC": f"济南鲁味斋{n}号食品有限公司"}) for n in range(30)))
    text = await site.text("/decisions?q=鲁味斋&min=0.1")
    assert "济南<mark>鲁味斋</mark>" in text
    assert "共 30 条结果" in shown(text)
    following = html.fromstring(text).xpath("//a[@rel='next nofollow']/@href")[0]
    assert "min=0.1" in following
    second = await site.text(following)
    assert "上一页" in shown(second)
    assert second.count('class="entry"') == 10
    assert 'value="鲁味斋"' in text


async def test_a_field_that_cannot_be_read_is_explained(site: Site) -> None:
    """A wrong day or amount is marked beside its field; everything else still counts."""
    site.store.take(penalty(1))
    text = await site.text("/decisions?from=gestern&max=viel&to=2026-99-99")
    assert len(html.fromstring(text).xpath("//*[@aria-invalid]")) == 3
    assert "金额无法识别" in text
    assert "样例1号" in text


async def test_a_page_shows_all_public_columns_in_the_official_order(site: Site) -> None:
    """Labels and values stand in the template's order; remedies, publicity and history are there."""
    event = penalty(1)
    site.store.take(event)
    site.store.take(replace(event, revision=2, action=Action.CORRECT, reason="笔误", objection=True))
    text = await site.text(address(event))
    labels = html.fromstring(text).xpath("//dl[@class='fields']//dt/text()")
    official = [column.name for column in PENALTY if column.name in labels]
    assert labels[: len(official)] == official
    assert len(official) >= 12
    for said in ("救济渠道", "信用修复", "更正记录", "笔误", "异议处理中", "公示期", "信用监督管理处"):
        assert said in text, said


async def test_programs_read_who_decided_on_whom(site: Site) -> None:
    """A company's decision says in schema.org's words who decided when on whom; a person's nothing."""
    site.store.take(penalty(1), person())
    page = html.fromstring(await site.text(address(penalty(1))))
    told = {one.get("itemprop"): one.get("content") for one in page.xpath("//meta[@itemprop]")}
    assert told["dateCreated"] == "2026-09-22"
    assert page.xpath("//*[@itemprop='author']/meta[@itemprop='identifier']/@content") == [AUTHORITY[1]]
    assert page.xpath("//*[@itemprop='about']/meta[@itemprop='name']/@content") == ["济南样例1号商贸有限公司"]
    assert "itemprop" not in await site.text(address(person()))


async def test_a_withdrawn_decision_leaves_number_day_and_reason(site: Site) -> None:
    """Its page says nothing else, and no search engine is to keep it."""
    event = penalty(1)
    site.store.take(event)
    site.store.take(replace(event, revision=2, action=Action.WITHDRAW, reason="法院判决撤销"))
    text = await site.text(address(event))
    assert "济市监罚〔2026〕1号" in text
    assert "法院判决撤销" in text
    assert "样例1号" not in text
    assert "广告" not in text
    assert 'content="noindex' in text


async def test_natural_persons_are_not_for_search_engines(site: Site) -> None:
    """A person's page has the name and is hidden from robots; no list has the name."""
    site.store.take(person(), penalty(2))
    answer = await site.client.get(address(person()))
    assert answer.headers["X-Robots-Tag"] == "noindex, noarchive"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "欧阳立秋" in await answer.text()
    for path in ("/", "/decisions", "/decisions?kind=penalty", "/decisions?q=济市监罚〔2026〕50号"):
        assert "欧阳立秋" not in await site.text(path), path
    assert "共 1 条结果" in await site.text("/decisions?q=欧阳立秋")


async def test_hostile_texts_show_as_text(site: Site) -> None:
    """Markup, emoji, right-to-left signs and 5,000 characters show as what they are, everywhere."""
    values = dict.fromkeys(("CF_XDR_MC", "CF_SY", "CF_NR", "CF_WFXW", "CF_WSH"), EVIL)
    event = penalty(1, values=values, department=EVIL, reason=EVIL)
    site.store.take(event)
    site.store.take(replace(event, revision=2, action=Action.CORRECT))
    for path in ("/", "/decisions?q=script", f"/decisions?q={'x' * 90}", address(event)):
        page = html.fromstring(await site.text(path))
        assert not page.xpath("//img | //*[@onerror]"), path
        assert all(one.get("src") for one in page.xpath("//script")), path
        assert "<script>alert(1)</script>" in page.text_content(), path
        assert "\u202e" not in page.text_content(), path
    hostile = html.fromstring(await site.text("/decisions?q=%22%3E%3Cimg%20src%3Dx%3E&from=%3Cb%3E"))
    assert not hostile.xpath("//img | //b")


async def test_every_answer_is_guarded(site: Site) -> None:
    """Security headers stand on pages, files and errors; nothing inline is allowed or used."""
    site.store.take(penalty(1))
    for path in ("/", "/decisions?q=1", address(penalty(1)), "/nowhere", "/about", "/en/"):
        answer = await site.client.get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        page = html.fromstring(await answer.text())
        assert not page.xpath("//style | //*[@style] | //script[not(@src)] | //*[@onclick]")


async def test_what_one_has_is_not_sent_again(site: Site) -> None:
    """A known ETag is answered with 304, pages are compressed, files may be kept for ever."""
    site.store.take(*(penalty(n) for n in range(20)))
    sizes = {}
    for accepted, coding in (("gzip;q=0", None), ("gzip, br;q=0", "gzip"), ("gzip, br", "br")):
        first = await site.client.get("/", headers={"Accept-Encoding": accepted})
        assert first.headers.get("Content-Encoding") == coding
        assert "样例1号" in await first.text()
        sizes[coding] = int(first.headers["Content-Length"])
    assert sizes["br"] < sizes["gzip"] < sizes[None] / 4
    again = await site.client.get("/", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status, await again.read()) == (304, b"")
    style = html.fromstring(await first.text()).xpath("//link[@rel='stylesheet']/@href")[0]
    assert "immutable" in (await site.client.get(style)).headers["Cache-Control"]


async def test_errors_help(site: Site) -> None:
    """Unknown addresses and other methods are answered with a page that says what to do."""
    assert "没有找到这个页面" in await site.text("/nowhere", 404)
    assert "没有找到这个页面" in await site.text(f"/decisions/{'0' * 24}", 404)
    assert (await site.client.post("/", data={"a": "b"})).status == 405
    assert site.watch.seen[:1] == [("other", 404)]


async def test_natural_persons_cannot_be_harvested(site: Site) -> None:
    """After some pages of natural persons a visitor has to wait; companies' pages stay open."""
    site.store.take(*(person(n) for n in range(8)), penalty(50))
    answers = [(await site.client.get(address(person(n)))).status for n in range(8)]
    assert answers == [200] * 5 + [429] * 3
    assert (await site.client.get(f"/api/v1{address(person(1))}")).status == 429
    for path in ("/decisions", "/decisions.csv", "/decisions.json", "/decisions.atom", "/api/v1/decisions"):
        assert (await site.client.get(f"{path}?q=欧阳立秋")).status == 429, path
        assert (await site.client.get(f"{path}?q=样例50号")).status == 200, path
    await site.text(address(penalty(50)))


def test_harvesters_wait() -> None:
    """Who has used up what is allowed at once waits; another visitor does not."""
    now = [0.0]
    turnstile = Turnstile(2, 3, lambda: now[0])
    assert [turnstile.passes("a") for _ in range(4)] == [True, True, True, False]
    assert turnstile.passes("b")
    now[0] = 0.5
    assert [turnstile.passes("a") for _ in range(2)] == [True, False]


async def test_english_is_a_second_language_of_the_interface(site: Site) -> None:
    """Under /en the interface is English, links stay there, and the decisions' texts stay Chinese."""
    site.store.take(penalty(1, values={"CF_NR_FK": Decimal(3)}))
    page = html.fromstring(await site.text("/en/"))
    assert page.get("lang") == "en"
    links = page.xpath("//main//a/@href")
    assert links
    assert all(link.startswith("/en/") for link in links)
    assert "样例1号" in page.text_content()


def test_the_visitor_is_who_our_proxy_saw() -> None:
    """Only as many last addresses count as there are proxies of our own."""

    class Request:
        remote = "10.0.0.1"
        headers = {"X-Forwarded-For": "6.6.6.6, 1.2.3.4"}  # noqa: RUF012 -- a fake's

    assert visitor_of(Request(), 0) == "10.0.0.1"  # type: ignore[arg-type]
    assert visitor_of(Request(), 1) == "1.2.3.4"  # type: ignore[arg-type]
