"""A decision on its way from a department to a page that is open in a browser."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints, OpenPage
from tests.browser.rows import number_of, penalty, person, search_for
from tests.browser.running import Running

PATIENCE_MS = 60_000


def opened(open_page: OpenPage) -> Page:
    """Return the first page once it hears what is new, with a mark that a reload would lose."""
    page = open_page("/")
    expect(page.locator("#live")).to_be_visible(timeout=PATIENCE_MS)
    page.evaluate("window.kept = true")
    return page


def test_a_decision_appears_in_an_open_page(running: Running, open_page: OpenPage) -> None:
    """What is handed in stands first on a page open before, is announced, and nothing was reloaded."""
    page = opened(open_page)
    running.submit(penalty(9001))
    first = page.locator("#entries > li").first
    expect(first).to_contain_text("济南样例9001号商贸有限公司", timeout=PATIENCE_MS)
    expect(first).to_contain_text(number_of(9001))
    expect(page.locator("#told")).to_contain_text("济南样例9001号商贸有限公司")
    assert page.evaluate("window.kept")
    first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("济南样例9001号商贸有限公司")


def test_an_open_page_follows_a_correction_and_a_withdrawal(running: Running, open_page: OpenPage) -> None:
    """A correction takes the entry's place, the decision's page tells it; withdrawn, the entry is gone."""
    page = opened(open_page)
    entry = page.locator("#entries > li", has_text=number_of(9002))
    running.submit(penalty(9002))
    expect(entry).to_contain_text("0.2", timeout=PATIENCE_MS)
    address = entry.get_by_role("link").get_attribute("href") or ""

    running.submit(penalty(9002, CF_NR="罚款叁仟元整", CF_NR_FK="0.3", 动作="更正", 原因="金额笔误"))
    expect(entry).to_contain_text("0.3", timeout=PATIENCE_MS)
    expect(entry).to_have_count(1)
    about = open_page(address)
    expect(about.locator(".history")).to_contain_text("罚款金额(万元)")
    expect(about.locator(".history")).to_contain_text("金额笔误")

    running.submit(penalty(9002, 动作="撤销", 原因="法院判决撤销"))
    expect(entry).to_have_count(0, timeout=PATIENCE_MS)
    assert page.evaluate("window.kept")
    about.reload()
    text = about.locator("main").inner_text()
    assert number_of(9002) in text
    assert "法院判决撤销" in text
    assert "样例9002号" not in text
    assert "电线" not in about.content()
    expect(open_page(search_for("样例9002号")).locator("#count")).to_have_text("共 0 条结果")


def test_a_natural_person_appears_without_a_name(running: Running, open_page: OpenPage) -> None:
    """Lists show that there is a decision, only its own page says whose; no fragment of a name finds it."""
    page = opened(open_page)
    running.submit(person(9003, "欧阳立秋"))
    entry = page.locator("#entries > li", has_text=number_of(9003))
    expect(entry).to_contain_text("自然人", timeout=PATIENCE_MS)
    assert "欧阳" not in page.content()
    about = open_page(entry.get_by_role("link").get_attribute("href") or "")
    expect(about.get_by_role("heading", level=1)).to_have_text("欧阳立秋")
    expect(about.locator("meta[name=robots]")).to_have_attribute("content", "noindex, noarchive")
    assert "370102197803120019" not in about.content()
    expect(open_page(search_for("欧阳")).locator("#count")).to_have_text("共 0 条结果")
    expect(open_page(search_for("欧阳立秋")).locator("#count")).to_have_text("共 1 条结果")


def test_an_open_page_outlives_a_restart(
    running: Running, open_page: OpenPage, complaints: Complaints
) -> None:
    """When the site is started again, an open page hears what came meanwhile, and goes on hearing."""
    complaints.expected = ("net::ERR_",)
    page = opened(open_page)
    running.submit(penalty(9004))
    running.restart_site()
    running.submit(penalty(9005))
    for number in (9004, 9005):
        entry = page.locator("#entries > li", has_text=number_of(number))
        expect(entry).to_have_count(1, timeout=PATIENCE_MS)
    expect(page.locator("#live")).to_be_visible()
    assert page.evaluate("window.kept")


def test_a_lost_database_comes_back_from_the_topic(running: Running, open_page: OpenPage) -> None:
    """After its database is lost the site has the same decisions at the same addresses in the same order."""
    before = running.until("/decisions.csv", bool)
    running.lose_database()
    after = running.until("/decisions.csv", lambda text: len(text) >= len(before))
    assert after == before
    assert open_page(after.splitlines()[1].rpartition(",")[2]).locator("h1").inner_text()


def test_the_logs_name_nobody(running: Running) -> None:
    """Neither a searched name nor a subject stands in the site's or the review's log."""
    running.submit(person(9006, "慕容秋水"))
    running.until(search_for("慕容秋水"), lambda text: "共 1 条结果" in text)
    for log in running.logs.glob("*.log"):
        text = log.read_text("utf-8")
        assert "慕容" not in text, log.name
        assert "%E6%85%95" not in text, log.name
