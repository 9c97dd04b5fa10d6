"""Pages that everybody can use: axe-core, the keyboard, narrow windows, and large letters."""

from collections.abc import Sequence

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.rows import AUTHORITY, CODE, number_of, penalty, person, search_for
from tests.browser.running import Running

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
"""All of WCAG 2.2 AA that axe-core can see, target sizes among it, and its good practices."""
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}
"""What else changes from light to dark."""


@pytest.fixture(scope="session")
def pages(running: Running) -> Sequence[str]:
    """Return an address of each kind of page and state."""
    running.submit(penalty(9201), penalty(9202), person(9203, "上官云起"))
    found = {
        number: running.until(search_for(number_of(number)), lambda text: "共 1 条结果" in text)
        for number in (9201, 9202, 9203)
    }
    address = {number: text.split('href="/decisions/')[1].split('"')[0] for number, text in found.items()}
    address = {number: f"/decisions/{name}" for number, name in address.items()}
    running.submit(
        penalty(9201, CF_NR="罚款叁仟元整", CF_NR_FK="0.3", 动作="更正", 原因="笔误", 异议="有"),
        penalty(9202, 动作="撤销", 原因="法院判决撤销"),
    )
    running.until(address[9201], lambda text: "更正记录" in text)
    running.until(address[9202], lambda text: "法院判决撤销" in text)
    return (
        "/",
        f"{search_for('食品')}&kind=licence&from=2026-01-01",
        "/decisions?sort=amount",
        f"{search_for('没有')}&min=x&to=y",
        *address.values(),
        f"/subjects/{CODE}",
        "/authorities",
        f"/authorities/{AUTHORITY[1]}",
        "/statistics",
        "/about",
        "/developers",
        "/window",
        "/no-such-page",
    )


def barriers(page: Page) -> list[str]:
    """Return what axe-core finds on a page in light, and in dark."""
    page.emulate_media(color_scheme="light")
    found = Axe().run(page, options=RULES).response["violations"]
    page.emulate_media(color_scheme="dark")
    found += Axe().run(page, options=COLOURS).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize(("language", "kinds"), [("", slice(None)), ("/en", slice(0, None, 4))])
def test_no_page_has_a_barrier(
    pages: Sequence[str], open_page: OpenPage, language: str, kinds: slice
) -> None:
    """axe-core finds nothing on any page in light and dark, and no page is wider than a small phone."""
    page = open_page("/about", viewport={"width": 320, "height": 640})
    for path in pages[kinds]:
        page.goto(f"{language}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert barriers(page) == [], path


def test_open_parts_have_no_barrier(open_page: OpenPage) -> None:
    """With suggestions open, filters open, and a decision marked as new, there is no barrier either."""
    page = open_page("/")
    page.get_by_text("更多条件").click()
    page.locator("#q").press_sequentially("食品")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.evaluate("document.querySelector('#entries > li').classList.add('fresh')")
    assert barriers(page) == []


def test_the_keyboard_reaches_everything(pages: Sequence[str], open_page: OpenPage) -> None:
    """The first stop skips to the content; each stop is seen, and Tab goes through the page in its order."""
    page = open_page("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#q")).to_be_focused()
    outlined = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outlined == "solid"
    for path in (pages[1], pages[4], "/statistics"):
        page.goto(path)
        stops = page.evaluate(
            "[...document.querySelectorAll('a[href], input:not([type=hidden]), select, button, summary')]"
            ".filter(node => node.checkVisibility()).length"
        )
        reached = set()
        for _ in range(stops + 12):  # a date has stops of its own
            page.keyboard.press("Tab")
            where = "[...document.querySelectorAll('*')].indexOf(document.activeElement)"
            reached.add(page.evaluate(where))
        assert len(reached) >= stops, path


def test_large_letters_and_wide_spacing_fit(pages: Sequence[str], open_page: OpenPage) -> None:
    """With twice the letters, or the spacing of WCAG 1.4.12, nothing runs out of a phone's page."""
    page = open_page("/about", viewport={"width": 640, "height": 900}, bypass_csp=True)
    for path in (pages[0], pages[1], pages[4], "/statistics", "/authorities"):
        for style in (
            "html { font-size: 200% }",
            "* { line-height: 1.5 !important; letter-spacing: .12em !important }",
        ):
            page.goto(path)
            page.add_style_tag(content=style)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, style)
