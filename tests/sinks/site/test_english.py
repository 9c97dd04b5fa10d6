"""English as the interface's second language: a text for every text, and none for nothing."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from jinja2 import nodes
from lxml import html

from sinks.site.web.rendering import HERE, KINDS, environment
from sinks.site.web.speech import Speech, english
from streams.domain.columns import TEMPLATES, Publicity
from tests.sinks.site.conftest import AUTHORITY, Site, penalty
from tests.sinks.site.test_pages import address

HAN = re.compile("[\u4e00-\u9fff]")
ITS_OWN = {"中文"}
"""The way back to Chinese is written in Chinese."""
TOLD_IN_CODE = ("asking.py", "figures.py", "filters.py", "openapi.py", "suggesting.py")
"""Modules whose Chinese texts are all shown on pages."""
NOT_SHOWN = {
    "许可",  # a length
    # OpenAPI's own prose, which is Chinese
    "行政许可和行政处罚信息公示，免费查询",
    "查询公示中的决定",
    "每页条数",
    "下一页的位置，取自 next",
    "一页结果",
    "参数有误",
    "一个决定的全部公示内容",
    "决定",
    "没有这个决定",
    "已数到的条数",
    "实际条数是否更多",
    "更多时按抽样估计的条数",
}


def in_templates() -> Iterator[str]:
    """Give every Chinese text that a template hands to its language."""
    for name in environment().list_templates():
        tree = environment().parse((HERE / "templates" / name).read_text("utf-8"))
        yield from (
            node.value
            for node in tree.find_all(nodes.Const)
            if isinstance(node.value, str) and HAN.search(node.value)
        )


def in_code() -> Iterator[str]:
    """Give every Chinese text that the code shows on pages."""
    for name in TOLD_IN_CODE:
        tree = ast.parse((HERE / name).read_text("utf-8"))
        docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if not isinstance(node, ast.Constant) or id(node) in docstrings:
                continue
            if isinstance(node.value, str) and HAN.search(node.value) and node.value not in NOT_SHOWN:
                yield node.value
    yield from KINDS.values()
    for columns in TEMPLATES.values():
        yield from (one.name for one in columns.values() if one.publicity is not Publicity.RESTRICTED)


def test_every_text_has_its_english_and_none_is_left_over() -> None:
    """What templates and code say in Chinese is exactly what the catalogue translates."""
    said = {*in_templates(), *in_code()} - ITS_OWN
    assert sorted(said - english().keys()) == []
    assert sorted(english().keys() - said) == []


def test_a_translation_keeps_what_is_filled_in() -> None:
    """Each English text has the same `{names}` as the Chinese one, is not empty, and is not Chinese."""
    for chinese, text in english().items():
        assert set(re.findall(r"{(\w+)}", chinese)) == set(re.findall(r"{(\w+)}", text)), chinese
        assert text
        assert not HAN.search(text), text


def test_templates_say_nothing_past_their_language() -> None:
    """No template has a Chinese text of its own between its tags."""
    for name in environment().list_templates():
        tree = environment().parse((HERE / "templates" / name).read_text("utf-8"))
        for data in tree.find_all(nodes.TemplateData):
            assert not HAN.search(data.data), (name, data.data)


def test_what_is_filled_in_is_escaped() -> None:
    """A value stays text, in both languages."""
    for speech in (Speech(english=True), Speech(english=False)):
        assert "<b>" not in str(speech("至 {day} 止", day="<b>"))


async def test_the_english_side_is_found_without_a_slash(site: Site) -> None:
    """`/en`, as people type it, leads to the first page in English."""
    assert 'lang="en"' in await site.text("/en")


async def test_an_english_page_is_english_but_for_the_decision(site: Site) -> None:
    """Whatever is Chinese on an English page is a decision's or authority's own, and says that it is."""
    site.store.take(penalty(1))
    paths = (
        "/",
        "/decisions?q=样例&kind=penalty",
        address(penalty(1)),
        "/authorities",
        "/statistics",
        "/about",
    )
    for path in (
        *paths,
        "/developers",
        f"/authorities/{AUTHORITY[1]}",
        "/subjects/91370102YX0000374U",
        "/no",
    ):
        page = html.fromstring(await site.text(f"/en{path}", 404 if path == "/no" else 200))
        for own in page.xpath("//title | //*[@lang='zh-CN'] | //select | //pre | //b | //*[name()='svg']"):
            own.drop_tree()
        left = HAN.findall(page.text_content())
        assert left == [], (path, left)


def test_the_catalogue_is_beside_its_templates() -> None:
    """It is part of what is installed."""
    assert (Path(HERE) / "english.toml").is_file()
