"""XML messages of the exchange platform, and what pretends to be one."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from connectors.files import Row
from connectors.rows import to_submitted
from streams.domain.stages import EventId, Kind, Origin
from tests.connectors.reading import problems_of, rows_of

MESSAGE = """<?xml version="1.0" encoding="{encoding}"?>
<ExchangeMessage><Header><sender>33</sender><operator>某人</operator></Header><Body>
<fields><CF_WSH>济市监罚〔2017〕1号</CF_WSH><CF_CFMC>发布违法广告</CF_CFMC><BZ></BZ></fields>
<fields><CF_WSH>济市监罚〔2017〕2号</CF_WSH><CF_CFMC>A&amp;B &lt;甲&gt;</CF_CFMC></fields>
</Body></ExchangeMessage>"""
ROWS = [
    Row(number=1, values={"CF_WSH": "济市监罚〔2017〕1号", "CF_CFMC": "发布违法广告"}),
    Row(number=2, values={"CF_WSH": "济市监罚〔2017〕2号", "CF_CFMC": "A&B <甲>"}),
]


@pytest.mark.parametrize("encoding", ["utf-8", "UTF-16", "GBK", "gb2312", "GB18030"])
def test_exchange_message(tmp_path: Path, encoding: str) -> None:
    """Every <fields> of a message is a row, in each encoding that platforms write; its header is no row."""
    assert rows_of(tmp_path, MESSAGE.format(encoding=encoding).encode(encoding), "a.xml") == ROWS


def test_national_import(tmp_path: Path) -> None:
    """Every <ROW> of the national import's document is a row."""
    content = "<ROWDATA><ROW><XK_WSH>1</XK_WSH><XK_XDR>甲</XK_XDR></ROW><ROW></ROW></ROWDATA>"
    assert rows_of(tmp_path, content.encode(), "a.xml") == [
        Row(number=1, values={"XK_WSH": "1", "XK_XDR": "甲"})
    ]


def test_broken_messages(tmp_path: Path) -> None:
    """Rows before a break are read, and the break is told."""
    torn = MESSAGE.format(encoding="utf-8").partition("</Body>")[0]
    assert problems_of(rows_of(tmp_path, torn.encode(), "a.xml")) == [(1, ""), (2, ""), (3, "XML_UNREADABLE")]
    for content in (b"", b"x", b"\xff\xfe\x00", "<甲".encode("gbk")):
        assert problems_of(rows_of(tmp_path, content, "a.xml")) == [(1, "XML_UNREADABLE")]


@pytest.mark.parametrize("encoding", ["big5", "utf-7", "idna", "x-none"])
def test_encodings_that_cannot_be_read(tmp_path: Path, encoding: str) -> None:
    """A message in an encoding that the parser lacks is told to be unreadable, whatever the parser raises."""
    content = f'<?xml version="1.0" encoding="{encoding}"?><a><ROW><CF_WSH>1</CF_WSH></ROW></a>'
    assert problems_of(rows_of(tmp_path, content.encode(), "a.xml")) == [(1, "XML_UNREADABLE")]


def test_other_documents(tmp_path: Path) -> None:
    """A document without decisions is told to be none."""
    for content in (b"<a/>", b"<Workbook><Row><Cell><Data>1</Data></Cell></Row></Workbook>"):
        assert {code for _, code in problems_of(rows_of(tmp_path, content, "a.xml"))} <= {
            "XML_UNKNOWN",
            "VALUE_NESTED",
        }


def test_nested_columns(tmp_path: Path) -> None:
    """A row whose column holds further elements is refused, and the next one is read."""
    content = "<a><ROW><CF_WSH><b>1</b></CF_WSH></ROW><ROW><CF_WSH>2</CF_WSH></ROW></a>"
    assert problems_of(rows_of(tmp_path, content.encode(), "a.xml")) == [(1, "VALUE_NESTED"), (2, "")]


def test_long_row(tmp_path: Path) -> None:
    """A row too long to be a decision is refused, and the next one is read."""
    content = f"<a><ROW><CF_SY>{'x' * 5_000_000}</CF_SY></ROW><ROW><CF_WSH>2</CF_WSH></ROW></a>"
    assert problems_of(rows_of(tmp_path, content.encode(), "a.xml")) == [(1, "LINE_TOO_LONG"), (2, "")]


@pytest.mark.parametrize(
    "content",
    [
        '<!DOCTYPE a [<!ENTITY a "aaaa">]><a><ROW><CF_WSH>&a;</CF_WSH></ROW></a>',
        '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><a><ROW><CF_WSH>&a;</CF_WSH></ROW></a>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>',
    ],
)
def test_entities(tmp_path: Path, content: str) -> None:
    """A document with a DTD is refused: its entities could read files, or grow without end."""
    assert problems_of(rows_of(tmp_path, content.encode(), "a.xml")) == [(1, "XML_UNSAFE")]


def test_message_of_2016_is_a_decision(tmp_path: Path) -> None:
    """The columns of 2016 become those of today, the person's number the representative's of a company."""
    fields = {
        "CF_WSH": "济司罚〔2017〕1号",
        "CF_CFMC": "发布违法广告",
        "CF_FR": "卢明舟",
        "CF_JDRQ": "2017-01-10",
        "CF_ZT": "0",
        "CF_XDR_MC": "济南云麓律师事务所",
        "CF_XDR_SFZ": "E12345678",
        "CF_XDR_SHXYM": "91370102MA0E7K2Q8A",
        "CF_JG": "警告",
        "CF_CFLB1": "警告",
        "CF_CFLB2": "罚款",
        "CF_XZJG": "济南市司法局",
        "CF_AREACODE": "370100",
    }
    body = "".join(f"<{code}>{value}</{code}>" for code, value in fields.items())
    (row,) = rows_of(
        tmp_path, f"<ExchangeMessage><Body><fields>{body}</fields></Body></ExchangeMessage>".encode(), "a.xml"
    )
    submitted = to_submitted(
        row.values,
        kind=None,
        origin=Origin(connector="file", department="", reference="a.xml:1"),
        now=datetime(2026, 9, 25, tzinfo=UTC),
        event_id=EventId("event-0001"),
        revision=1,
    )
    assert submitted.kind is Kind.PENALTY
    assert submitted.columns == {
        "CF_WSH": "济司罚〔2017〕1号",
        "CF_WFXW": "发布违法广告",
        "CF_FRDB": "卢明舟",
        "CF_JDRQ": "2017-01-10",
        "CF_ZT": "0",
        "CF_XDR_MC": "济南云麓律师事务所",
        "CF_FR_ZJHM": "E12345678",
        "CF_XDR_SHXYM": "91370102MA0E7K2Q8A",
        "CF_NR": "警告",
        "CF_CFLB": "警告、罚款",
        "CF_CFJG": "济南市司法局",
        "CF_AREACODE": "370100",
    }
