"""Reads what the reference national platform is sent, strictly, and writes its answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from sinks.reference.leaks import leaks
from sinks.reference.national_store import Row
from sinks.soap_messages import ENVELOPE, UnreadableError, parse
from streams.domain.columns import TEMPLATES, Publicity
from streams.domain.stages import Kind

NAMESPACE = "http://reference.gongshi.example/national"
_NUMBER = {Kind.LICENCE: ("XK_WSH", "XK_XDR_MC"), Kind.PENALTY: ("CF_WSH", "CF_XDR_MC")}


class BadRowError(ValueError):
    """What is wrong with a document (`line` 0) or its row `line`, counted from 1."""

    def __init__(self, line: int, words: str) -> None:
        super().__init__(words)
        self.line = line
        self.words = words


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A SOAP call: its operation's local name and its arguments."""

    operation: str
    arguments: Mapping[str, str]


def read_call(content: bytes) -> Call:
    """Read a SOAP 1.1 message. Raises `UnreadableError`."""
    envelope = parse(content)
    body = envelope.find(f"{{{ENVELOPE}}}Body")
    if envelope.tag != f"{{{ENVELOPE}}}Envelope" or body is None or len(body) != 1:
        raise UnreadableError("no SOAP message")
    call = etree.QName(body[0])
    if call.namespace != NAMESPACE:
        raise UnreadableError("another namespace")
    return Call(
        operation=call.localname, arguments={argument.tag: argument.text or "" for argument in body[0]}
    )


def read_rows(kind: Kind, xml: str) -> tuple[Row, ...]:
    """Read the rows of an import: exactly one template's public columns. Raises `BadRowError`."""
    return tuple(_row(kind, line, dict(pairs)) for line, pairs in enumerate(_rows(xml), 1))


def read_ids(xml: str) -> tuple[str, ...]:
    """Read the ids of a removal. Raises `BadRowError`."""
    rows = [dict(pairs) for pairs in _rows(xml)]
    for line, row in enumerate(rows, 1):
        if list(row) != ["ID"] or not row["ID"]:
            raise BadRowError(line, "缺少 ID")
    return tuple(row["ID"] for row in rows)


def answer(operation: str, *, code: str, words: str = "", line: int | None = None, ids: Any = ()) -> bytes:
    """Return the SOAP answer, its result XML as text, as the platform's older services have it."""
    result = etree.Element("RESULT")
    etree.SubElement(result, "code").text = code
    if line is not None:
        etree.SubElement(result, "line").text = str(line)
    for one in ids:
        etree.SubElement(result, "id").text = one
    etree.SubElement(result, "message").text = words
    envelope, body = _envelope()
    response = etree.SubElement(body, f"{{{NAMESPACE}}}{operation}Response", nsmap={"n": NAMESPACE})
    etree.SubElement(response, "return").text = etree.tostring(result, encoding="unicode")
    return _written(envelope)


def fault(code: str, words: str) -> bytes:
    """Return a SOAP fault: `Client` or `Server`, and words."""
    envelope, body = _envelope()
    told = etree.SubElement(body, f"{{{ENVELOPE}}}Fault")
    etree.SubElement(told, "faultcode").text = f"soap:{code}"
    etree.SubElement(told, "faultstring").text = words
    return _written(envelope)


def _rows(xml: str) -> list[list[tuple[str, str]]]:
    try:
        data = parse(xml.encode())
    except UnreadableError as error:
        raise BadRowError(0, "文档无法解析") from error
    if data.tag != "ROWDATA" or not len(data) or any(row.tag != "ROW" for row in data):
        raise BadRowError(0, "文档应为 ROWDATA/ROW")
    return [[(column.tag, column.text or "") for column in row] for row in data]


def _row(kind: Kind, line: int, row: dict[str, str]) -> Row:
    public = [one for one in TEMPLATES[kind].values() if one.publicity is not Publicity.RESTRICTED]
    legal = [one.code for one in public if one.legal]
    natural = [one.code for one in public if one.natural]
    if list(row) not in (legal, natural):
        raise BadRowError(line, "列与模板不符")
    number, subject = (row[code] for code in _NUMBER[kind])
    if not number:
        raise BadRowError(line, "文书号不能为空")
    if leaking := leaks(row):
        raise BadRowError(line, f"含有个人信息的字段: {'、'.join(leaking)}")
    return Row(number=number, subject=subject, columns=row)


def _envelope() -> tuple[Any, Any]:
    envelope = etree.Element(f"{{{ENVELOPE}}}Envelope", nsmap={"soap": ENVELOPE})
    return envelope, etree.SubElement(envelope, f"{{{ENVELOPE}}}Body")


def _written(element: Any) -> bytes:
    written: bytes = etree.tostring(element, encoding="utf-8", xml_declaration=True)
    return written
