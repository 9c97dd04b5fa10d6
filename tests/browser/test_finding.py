"""Searching in a browser: typing, suggestions, filters, sorting, pages, downloads."""

import csv
import io
import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.rows import AUTHORITY, search_for

RESULTS = re.compile("共 ([0-9]+) 条结果")


def count(page: Page) -> int:
    """Return how many results a page says there are."""
    told = RESULTS.search(page.locator("#count").inner_text())
    assert told
    return int(told[1])


def test_a_part_of_a_name_finds_a_company(open_page: OpenPage) -> None:
    """Typed by keyboard alone, a part of a name finds the company, marked, at an address to share."""
    page = open_page("/")
    page.locator("#q").focus()
    page.keyboard.type("泉香")
    page.keyboard.press("Enter")
    expect(page.locator("#count")).to_have_text("共 1 条结果")
    assert page.locator(".entry h3 mark").all_inner_texts() == ["泉香"]
    assert "&" not in page.url
    again = open_page(page.url)
    assert again.locator("main").inner_text() == page.locator("main").inner_text()


def test_filters_narrow_and_are_taken_away_one_by_one(open_page: OpenPage) -> None:
    """Chosen filters leave less, stand above the results, and each can be removed alone."""
    page = open_page("/decisions")
    everything = count(page)
    page.get_by_text("更多条件").click()
    page.get_by_label("决定种类").select_option("penalty")
    page.get_by_label("决定机关").select_option(AUTHORITY[0])
    page.get_by_label("罚没金额自（万元）").fill("0.5")
    page.locator(".actions button").click()
    chips = page.get_by_role("list", name="已选条件").get_by_role("link")
    expect(chips).to_have_count(3)
    few = count(page)
    assert 0 < few < everything
    assert all(AUTHORITY[0] in entry for entry in page.locator(".entry").all_inner_texts())
    page.get_by_role("link", name="罚没金额自").click()
    expect(chips).to_have_count(2)
    assert few < count(page) < everything


def test_results_are_sorted_and_turned_over(open_page: OpenPage) -> None:
    """By amount the highest come first; going to the last page and back shows other decisions each time."""
    page = open_page("/decisions?kind=penalty")
    page.get_by_role("navigation", name="排序").get_by_role("link", name="罚没金额").click()
    amounts = [float(found) for found in re.findall("罚没([0-9.]+)万元", page.locator("main").inner_text())]
    assert amounts == sorted(amounts, reverse=True)
    page = open_page("/decisions")
    first = page.locator(".entry h3").all_inner_texts()
    pages = page.get_by_role("navigation", name="分页")
    pages.get_by_role("link", name="下一页").click()
    assert page.locator(".entry h3").all_inner_texts() != first
    pages.get_by_role("link", name="最后一页").click()
    expect(pages.get_by_role("link", name="下一页")).to_have_count(0)
    pages.get_by_role("link", name="第一页").click()
    assert len(page.locator(".entry").all()) == 20


def test_nothing_found_and_a_wrong_field_are_explained(open_page: OpenPage) -> None:
    """An empty result says what to try; an error is summed up first, and its link leads to the field."""
    page = open_page(search_for("没有这样的公司"))
    expect(page.locator(".empty")).to_contain_text("检查有没有错别字")
    page = open_page("/decisions")
    page.get_by_text("更多条件").click()
    page.get_by_label("罚没金额自（万元）").fill("很多")
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("^有误"))
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("罚没金额自（万元）")).to_be_focused()
    expect(page.get_by_label("罚没金额自（万元）")).to_have_accessible_description(re.compile("金额无法识别"))


def test_suggestions_are_chosen_by_keyboard(open_page: OpenPage) -> None:
    """The list opens while one types, arrows go through it, Escape closes it, Enter follows the choice."""
    page = open_page("/")
    field = page.get_by_role("combobox", name="输入名称")
    options = page.get_by_role("listbox").get_by_role("option")
    field.focus()
    page.keyboard.type("食品")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".combo [role=status]")).to_contain_text("条建议")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert field.input_value() == "食品"
    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options.first.get_attribute("id") or "")
    name = options.first.locator("bdi").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("#q")).to_have_value(name)
    expect(page.locator(".entry h3").first).to_contain_text(name)


def test_a_suggested_authority_leads_to_its_page(open_page: OpenPage) -> None:
    """An authority among the suggestions, clicked, opens the page with its items, office and timeliness."""
    page = open_page("/decisions")
    page.locator("#q").press_sequentially("市场监督管理局")
    page.get_by_role("listbox").get_by_text(AUTHORITY[0]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(AUTHORITY[0])
    expect(page.locator(".figures")).to_contain_text("信用监督管理处")
    expect(page.locator(".figures")).to_contain_text("按时公示")
    page.get_by_role("link", name="对违法广告行为的处罚").click()
    expect(page.get_by_role("list", name="已选条件")).to_contain_text("对违法广告行为的处罚")


def test_results_are_taken_along(open_page: OpenPage, tmp_path: Path) -> None:
    """CSV and JSON of a search are downloaded whole; the feed and the interface hold the same decisions."""
    page = open_page(search_for("食品"))
    results = count(page)
    files = {}
    for name, ending in (("下载 CSV 表格", "csv"), ("下载 JSON", "json")):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=name).click()
        waiting.value.save_as(tmp_path / f"taken.{ending}")
        files[ending] = (tmp_path / f"taken.{ending}").read_text("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(files["csv"])))) == results + 1
    assert len(json.loads(files["json"])["decisions"]) == results
    feed = page.request.get(page.get_by_role("link", name="用 Atom 订阅更新").get_attribute("href") or "")
    assert feed.text().count("<entry>") == results
    assert page.request.get(f"/api/v1{search_for('食品')}").json()["count"] == results
