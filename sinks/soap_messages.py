"""The national import's messages: rows of official columns in SOAP 1.1, and what its answers say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from lxml import etree

from sinks.templates import public_columns
from streams.domain.errors import ConfigurationError
from streams.domain.stages import Kind

ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
SERVICES: Mapping[Kind, str] = {Kind.LICENCE: "PermissionWebService", Kind.PENALTY: "PenaltyWebService"}
IMPORTS: Mapping[Kind, str] = {Kind.LICENCE: "importPermissionXml", Kind.PENALTY: "importPenalyXml"}
"""Spelt as the platform spells them, see `domain.md` 5."""
SUCCESS = "00"
_TOLD = frozenset({"code", "line", "id"})


class UnreadableError(ValueError):
    """An answer that is no SOAP message, or one with a document type in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """What the platform's WSDL says and was not to be had: options of the portal's address."""

    namespace: str
    """`targetNamespace` of the services."""
    arguments: str = "token,xml"
    """Names of the two arguments, `arg0,arg1` at many Java services."""
    remove_licence: str = "removePermissionXml"
    remove_penalty: str = "removePenalyXml"
    login: str = ""
    """Service and operation that give a token for account and password, such as
    `TokenWebService/getToken`; empty: the secret is the token."""
    expired: str = "01"
    """`<code>` of an answer to a token that is no longer good."""

    def named(self, token: str, xml: bytes) -> Mapping[str, str]:
        """Return the arguments of a call by their names."""
        return dict(zip(self.arguments.split(","), (token, xml.decode()), strict=True))

    def removal(self, kind: Kind) -> str:
        """Return the operation that removes records of this kind."""
        return self.remove_licence if kind is Kind.LICENCE else self.remove_penalty


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an answer says."""

    code: str
    """`00` is success; empty in a SOAP fault or an answer of another form."""
    line: int | None
    """0: the document could not be read; n: the first bad row, counted from 1."""
    ids: tuple[str, ...]
    words: str
    """All other texts of the answer."""
    fault: str
    """`Client`, `Server` and the like; empty: no SOAP fault."""


def read_dialect(options: Mapping[str, str]) -> Dialect:
    """Read the options of a portal's address. Raises `ConfigurationError`."""
    if unknown := sorted(set(options) - {field.name for field in fields(Dialect)}):
        raise ConfigurationError(f"a soap portal has no option {', '.join(unknown)}")
    if not options.get("namespace"):
        raise ConfigurationError("a soap portal's address needs ?namespace=, the targetNamespace of its WSDL")
    if len(options.get("arguments", "token,xml").split(",")) != 2:  # noqa: PLR2004 -- a token and a document
        raise ConfigurationError("?arguments= names two, such as arg0,arg1")
    return Dialect(**options)


def row_of(kind: Kind, columns: Mapping[str, str], *, natural: bool) -> Any:
    """Return a `<ROW>` with exactly the template's columns that may be public, empty where blank.

    Raises `ValueError` for a character that no XML may hold.
    """
    template = public_columns(kind, natural=natural)
    return _row({column.code: columns.get(column.code, "") for column in template})


def document_of(rows: Sequence[Any], *, declared: bool = False) -> bytes:
    """Return `<ROWDATA>` with these rows, as UTF-8; `declared` for a file that stands alone."""
    data = etree.Element("ROWDATA")
    data.extend(rows)
    written: bytes = etree.tostring(data, encoding="utf-8", xml_declaration=declared)
    return written


def removal_of(remote_id: str) -> bytes:
    """Return the document that names one record by the platform's own id."""
    return document_of([_row({"ID": remote_id})])


def request_of(namespace: str, operation: str, arguments: Mapping[str, str]) -> bytes:
    """Return the SOAP message that calls an operation. Raises `ValueError` as `row_of`."""
    envelope = etree.Element(f"{{{ENVELOPE}}}Envelope", nsmap={"soap": ENVELOPE})
    body = etree.SubElement(envelope, f"{{{ENVELOPE}}}Body")
    call = etree.SubElement(body, f"{{{namespace}}}{operation}", nsmap={"n": namespace})
    for name, text in arguments.items():
        etree.SubElement(call, name).text = text
    return _written(envelope)


def read_answer(content: bytes) -> Told:
    """Return what a SOAP answer says, its result an element tree or XML as text. Raises `UnreadableError`."""
    envelope = parse(content)
    body = envelope.find(f"{{{ENVELOPE}}}Body")
    if envelope.tag != f"{{{ENVELOPE}}}Envelope" or body is None:
        raise UnreadableError("no SOAP message")
    fault = body.find(f"{{{ENVELOPE}}}Fault")
    if fault is not None:
        name = (fault.findtext("faultcode") or "Server").rpartition(":")[2]
        return Told(code="", line=None, ids=(), words=fault.findtext("faultstring") or "", fault=name)
    leaves = [leaf for element in body.iter(etree.Element) if not len(element) for leaf in _opened(element)]
    line = _first(leaves, "line")
    return Told(
        code=_first(leaves, "code"),
        line=int(line) if line.isascii() and line.isdigit() else None,
        ids=tuple(text for name, text in leaves if name == "id" and text),
        words="; ".join(text for name, text in leaves if name not in _TOLD and text),
        fault="",
    )


def parse(content: bytes) -> Any:
    """Return the root element; no entities, no document type, nothing fetched. Raises `UnreadableError`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError("no XML") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableError("XML with a document type")
    return root


def _opened(element: Any) -> list[tuple[str, str]]:
    text = (element.text or "").strip()
    if text.startswith("<"):
        root = parse(text.encode())
        inner = [leaf for leaf in root.iter(etree.Element) if not len(leaf)]
    else:
        inner = [element]
    return [(etree.QName(leaf).localname, (leaf.text or "").strip()) for leaf in inner]


def _first(leaves: list[tuple[str, str]], name: str) -> str:
    return next((text for its_name, text in leaves if its_name == name), "")


def _row(texts: Mapping[str, str]) -> Any:
    row = etree.Element("ROW")
    for code, text in texts.items():
        etree.SubElement(row, code).text = text
    return row


def _written(element: Any) -> bytes:
    written: bytes = etree.tostring(element, encoding="utf-8")
    return written
