"""Takes the pictures in docs/screenshots: `python -m tests.browser.screenshots [FOLDER]`."""

import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import ARGUMENTS, CHROMIUM, SAMPLES
from tests.browser.rows import AUTHORITY, hostile, number_of, penalty, search_for
from tests.browser.running import Running

WIDTHS = (390, 768, 1440)
SCHEMES = ("light", "dark")
TALLEST = 1_800
"""Pixels of a page that are shown: what follows is more of the same."""


def prepared(running: Running) -> Mapping[str, str]:
    """Return the name of each picture with its address, once all that they show is there."""
    running.submit_samples()
    running.submit(penalty(9301), penalty(9302), hostile(9303))
    running.until("/decisions", lambda text: SAMPLES.replace("72", "75") in text)
    address = {number: _address(running, number) for number in (9301, 9302, 9303)}
    changes = {"CF_NR": "罚款叁仟元整", "CF_NR_FK": "0.3", "动作": "更正", "原因": "金额笔误", "异议": "有"}
    running.submit(penalty(9301, **changes), penalty(9302, 动作="撤销", 原因="法院判决撤销"))
    running.until(address[9301], lambda text: "更正记录" in text)
    running.until(address[9302], lambda text: "法院判决撤销" in text)
    return {
        "home": "/",
        "results": f"{search_for('食品')}&kind=licence",
        "nothing": f"{search_for('没有这样的公司')}&min=x",
        "decision": address[9301],
        "withdrawn": address[9302],
        "hostile": address[9303],
        "authority": f"/authorities/{AUTHORITY[1]}",
        "statistics": "/statistics",
        "english": f"/en{search_for('食品')}&kind=licence",
    }


def _address(running: Running, number: int) -> str:
    text = running.until(search_for(number_of(number)), lambda text: "共 1 条结果" in text)
    return "/decisions/" + text.split('href="/decisions/', 1)[1].split('"', 1)[0]


def take(browser: Browser, running: Running, folder: Path) -> None:
    """Write a picture of each page at each width, in light and dark, with as few colours as look the same."""
    pages = prepared(running)
    for width in WIDTHS:
        with browser.new_context(base_url=running.url, viewport={"width": width, "height": 900}) as context:
            page = context.new_page()
            for name, path in pages.items():
                page.goto(path)
                for scheme in SCHEMES:
                    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                    _picture(page, folder / f"{name}-{width}-{scheme}.png", width)


def _picture(page: Page, file: Path, width: int) -> None:
    height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
    page.screenshot(path=file, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})
    few_colours(file)


def few_colours(file: Path) -> None:
    """Keep 48 colours of a picture: of text on plain ground the eye sees no difference, and it is a third."""
    from PIL import Image  # noqa: PLC0415 -- the tests themselves need no picture library

    with Image.open(file) as picture:
        picture.convert("RGB").quantize(48, dither=Image.Dither.NONE).save(file, optimize=True)


def main() -> None:
    """Run a site of its own with the demo's decisions, and take the pictures anew."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/screenshots")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    cache = Path("~/.cache/gongshi").expanduser()
    with (
        tempfile.TemporaryDirectory() as own,
        Running(Path(own), cache) as running,
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        take(browser, running, folder)
        browser.close()


if __name__ == "__main__":
    main()
