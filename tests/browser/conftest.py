"""A running site with the samples on it, and Chromium to look at it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.browser.running import Running

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SAMPLES = "共 72 条结果"

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def running(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Run broker, review and site once for all tests of the browser, with the demo's decisions."""
    with Running(tmp_path_factory.mktemp("site"), cache) as system:
        system.submit_samples()
        system.until("/decisions", lambda text: SAMPLES in text)
        yield system


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Run Chromium for one module: its driver's event loop must be gone when other modules use theirs."""
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


class Complaints:
    """What a browser has to complain about: errors of scripts, of loading, of the content security policy."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.expected: tuple[str, ...] = ("status of 404",)
        """Parts of what a browser says of what a test brings about."""

    def listen(self, page: Page) -> None:
        """Hear a page's complaints from now on."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.heard.append(str(error)))
        page.on("dialog", lambda dialog: self.heard.append(f"dialog: {dialog.message}"))

    def _console(self, message: ConsoleMessage) -> None:
        wanted = message.type in ("error", "warning") or "Content Security Policy" in message.text
        if wanted and not any(part in message.text for part in self.expected):
            self.heard.append(message.text)


@pytest.fixture
def complaints() -> Complaints:
    """Return what hears what the browser complains about in this test."""
    return Complaints()


@pytest.fixture
def open_page(running: Running, browser: Browser, complaints: Complaints) -> Iterator[OpenPage]:
    """Return what opens a page of the site in a visitor's own browser; nothing may be complained about."""
    contexts: list[BrowserContext] = []

    def opened(path: str, **settings: Any) -> Page:
        context = browser.new_context(
            base_url=running.url, locale="zh-CN", **{"reduced_motion": "reduce", **settings}
        )
        contexts.append(context)
        page = context.new_page()
        complaints.listen(page)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints.heard == []
