"""Reading in a browser: a decision and where it leads, hostile texts, paper, and no scripts at all."""

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.rows import AUTHORITY, HARMLESS, hostile, number_of, search_for
from tests.browser.running import Running


def a_decision(page: Page, name: str) -> None:
    """Follow the first result that has this name."""
    page.get_by_role("link", name=name).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_a_decision_tells_all_and_leads_on(open_page: OpenPage) -> None:
    """Content, remedies, objection, repair, publicity are there; links lead to subject and authority."""
    page = open_page(search_for("济南宏盛电器有限公司"))
    a_decision(page, "济南宏盛电器有限公司")
    for heading in ("公示内容", "救济渠道", "如何提出异议", "如何申请信用修复"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    expect(page.locator("aside")).to_contain_text(re.compile("公示期\\s*至 20[0-9-]+ 止"))
    page.get_by_role("link", name="全部公示").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("济南宏盛电器有限公司")
    a_decision(page, "济南宏盛电器有限公司")
    page.locator("aside").get_by_role("link", name=AUTHORITY[0]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(AUTHORITY[0])


def test_everything_works_without_scripts(open_page: OpenPage) -> None:
    """With JavaScript off one searches, filters, turns over, reads, downloads, and changes the language."""
    page = open_page("/", java_script_enabled=False)
    expect(page.locator("#live")).to_be_hidden()
    page.locator("#q").fill("有限公司")
    page.get_by_text("更多条件").click()
    page.get_by_label("决定种类").select_option("licence")
    page.locator(".actions button").click()
    expect(page.locator("#count")).to_contain_text("条结果")
    expect(page.locator(".entry h3 mark").first).to_have_text("有限公司")
    page = open_page("/decisions", java_script_enabled=False)
    page.get_by_role("link", name="下一页").click()
    expect(page.get_by_role("link", name="上一页")).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载 CSV 表格").click()
    assert waiting.value.suggested_filename == "gongshi.csv"
    page.locator(".entry h3 a").first.click()
    expect(page.get_by_role("heading", name="公示内容")).to_be_visible()
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", name="Content of the decision")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_hostile_texts_are_only_texts(running: Running, open_page: OpenPage) -> None:
    """Markup, emoji, right-to-left signs, endless words, 5,000 characters are shown whole and do nothing."""
    running.submit(hostile(9100))
    running.until(search_for(number_of(9100)), lambda text: "共 1 条结果" in text)
    page = open_page(search_for(number_of(9100)), viewport={"width": 390, "height": 844})
    for language in ("", "/en"):
        page.goto(f"{language}{search_for('长名公司')}")
        assert page.locator("main script, main img").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.locator(".entry").first.bounding_box()["height"] < 400  # type: ignore[index]
    page.locator(".entry h3 a").first.click()
    shown = page.locator(".fields").inner_text()
    for part in (HARMLESS, "x" * 900, "长" * 900, "مرحبا"):
        assert part in shown
    assert "49" not in page.get_by_role("heading", level=1).inner_text()
    assert page.locator("main script, main img").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    numbered = page.locator(".lead bdi").evaluate("node => getComputedStyle(node).direction")
    assert numbered == "ltr"


def test_paper_gets_the_decision_alone(open_page: OpenPage) -> None:
    """Printed, a decision's page leaves navigation out and keeps content and remedies."""
    page = open_page(search_for("济南宏盛电器有限公司"))
    a_decision(page, "济南宏盛电器有限公司")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="主导航")).to_be_hidden()
    expect(page.locator(".fields")).to_be_visible()
    expect(page.get_by_role("heading", name="救济渠道")).to_be_visible()
    assert len(page.pdf()) > 10_000


@pytest.fixture
def elsewhere(running: Running) -> Iterator[str]:
    """Serve a page of another site, which frames the window and has its fragment among its own HTML."""
    fragment = running.until(f"/window/fragment?authority={AUTHORITY[1]}", bool)
    frame = f'<iframe title="公示" src="{running.url}/window?authority={AUTHORITY[1]}"></iframe>'
    page = f'<!DOCTYPE html><meta charset="utf-8"><link rel="icon" href="data:,">{frame}{fragment}'.encode()

    class Portal(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Portal) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_other_sites_can_show_the_window(running: Running, open_page: OpenPage, elsewhere: str) -> None:
    """A page elsewhere shows an authority's newest in a frame and as a fragment; links lead to the site."""
    page = open_page(elsewhere)
    links = page.locator(".gongshi-window li a")
    assert links.count() > 0
    assert all(str(one.get_attribute("href")).startswith(running.url) for one in links.all())
    inside = page.frame_locator("iframe")
    expect(inside.get_by_role("link").first).to_contain_text(AUTHORITY[0])
    link = inside.locator("li a").first
    assert (link.get_attribute("href") or "").startswith(f"{running.url}/decisions/")
    assert link.get_attribute("target") == "_top"
