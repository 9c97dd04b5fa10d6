"""The full-text table: SQLite's FTS5 and PostgreSQL's tsvector over the very same words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, TableClause, bindparam, column, table, text
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.sql.expression import cast

from sinks.site.store.entries import Decision
from sinks.site.store.facets import NONE, facets_of
from sinks.site.words import Phrase, words
from streams.domain.folding import halfwidth
from streams.domain.stages import Kind

MOST_PLACES = 200
"""Of one word in one text: PostgreSQL keeps no more than 255."""
_LAST_PLACE = 16_383
_READ: Mapping[Kind, tuple[str, ...]] = {
    Kind.LICENCE: ("XK_XKWS", "XK_XKZS", "XK_XKLB", "XK_NR"),
    Kind.PENALTY: ("CF_WFXW", "CF_CFLB", "CF_SY", "CF_NR", "CF_YJ", "CF_NR_ZKDX"),
}
_NUMBERS = ("XK_XKBH",)
_PEOPLE = ("XK_FRDB", "CF_FRDB")

sqlite_words = table("site_words", column("rowid"))
postgres_words = table("site_words", column("id"), column("words"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one decision, by what they weigh."""

    name: tuple[str, ...]
    number: tuple[str, ...]
    body: tuple[str, ...]
    facets: tuple[str, ...]


def words_of(decision: Decision) -> Words:
    """Return what a decision is found by.

    Of a natural person's decision only number, authority and class: no name and no text that may hold one.
    A legal representative's name is left out of the texts for the same reason.
    """
    if decision.withdrawn:
        return Words(name=(), number=(), body=(), facets=())
    numbers = [decision.number]
    body = [decision.authority, *decision.classes]
    facets = facets_of(decision)
    if decision.natural:
        return Words(name=(), number=_all(numbers), body=_all(body), facets=facets)
    people = [halfwidth(decision.columns[code]) for code in _PEOPLE if decision.columns.get(code)]
    numbers += [decision.subject_code, *(decision.columns.get(code, "") for code in _NUMBERS)]
    body += [_without(decision.columns.get(code, ""), people) for code in _READ[decision.kind]]
    return Words(name=words(decision.subject), number=_all(numbers), body=_all(body), facets=facets)


def put(connection: Connection, decisions: Iterable[Decision]) -> None:
    """Add the words of decisions that are not there."""
    rows = [(one.id, words_of(one)) for one in decisions if not one.withdrawn]
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        insert = text(
            "INSERT INTO site_words(rowid, name, number, body, facets)"
            " VALUES (:id, :name, :number, :body, :facets)"
        )
        connection.execute(insert, [_joined(row_id, found) for row_id, found in rows])
    else:
        insert = text("INSERT INTO site_words(id, words) VALUES (:id, CAST(:words AS tsvector))")
        connection.execute(insert, [{"id": row_id, "words": _vector(found)} for row_id, found in rows])


def take_away(connection: Connection, decisions: Iterable[Decision]) -> None:
    """Remove the words of decisions as they were put: FTS5 has to be told them again."""
    rows = [one for one in decisions if not one.withdrawn]
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        delete = text(
            "INSERT INTO site_words(site_words, rowid, name, number, body, facets)"
            " VALUES ('delete', :id, :name, :number, :body, :facets)"
        )
        connection.execute(delete, [_joined(one.id, words_of(one)) for one in rows])
    else:
        delete = text("DELETE FROM site_words WHERE id = :id")
        connection.execute(delete, [{"id": one.id} for one in rows])


def words_table(connection: Connection) -> tuple[TableClause, ColumnElement[int]]:
    """Return the full-text table and its column of decisions' ids."""
    if connection.dialect.name == "sqlite":
        return sqlite_words, sqlite_words.c.rowid
    return postgres_words, postgres_words.c.id


def read_by(kind: Kind) -> Sequence[str]:
    """Return the official codes of the columns whose texts are searched."""
    return _READ[kind]


def matches(
    connection: Connection,
    phrases: Sequence[Phrase],
    groups: Sequence[Sequence[str]] = (),
    *,
    names: bool = False,
    of: ColumnElement[Any] | None = None,
) -> ColumnElement[bool]:
    """Return the condition on the full-text table: all phrases, and a facet of each group.

    `names`: the phrases within subjects' names; `of`: PostgreSQL's column of words, where it is another.
    """
    if connection.dialect.name == "sqlite":
        asked = " AND ".join(f'"{" ".join(one.words)}"{"*" if one.open else ""}' for one in phrases)
        parts = ["(" + " OR ".join(f'"{facet}"' for facet in group) + ")" for group in groups]
        if phrases and len(parts) > 1:
            # FTS5 flattens nested ANDs; below an OR it first finds where facets meet, and phrases only there
            parts = [f'({" AND ".join(parts)} OR "{NONE}")']
        parts += [f"name : ({asked})" if names else asked] if phrases else []
        table_itself: ColumnElement[str] = column("site_words", is_literal=True)
        return table_itself.op("MATCH", is_comparison=True)(bindparam(None, " AND ".join(parts)))
    weight = "A" if names else ""
    parts = [f"({_phrase(one, weight)})" for one in phrases]
    parts += ["(" + " | ".join(_quoted(facet, "") for facet in group) + ")" for group in groups]
    return (postgres_words.c.words if of is None else of).bool_op("@@")(cast(" & ".join(parts), TSQUERY))


def _phrase(one: Phrase, weight: str) -> str:
    marks = [""] * (len(one.words) - 1) + ["*" if one.open else ""]
    parts = [_quoted(word, mark + weight) for word, mark in zip(one.words, marks, strict=True)]
    return " <-> ".join(parts)


def _quoted(word: str, mark: str) -> str:
    return f"'{word}':{mark}" if mark else f"'{word}'"


def _vector(found: Words) -> str:
    places: dict[str, list[str]] = {}
    at = 1
    for weight, group in (("A", found.name), ("B", found.number), ("D", found.body)):
        for word in group:
            if len(known := places.setdefault(word, [])) < MOST_PLACES:
                known.append(f"{at}{weight}")
            at += 1
        at += 1
    for facet in found.facets:
        places[facet] = [f"{min(at, _LAST_PLACE)}C"]
    return " ".join(f"'{word}':{','.join(where)}" for word, where in places.items())


def _joined(row_id: int, found: Words) -> dict[str, object]:
    return {
        "id": row_id,
        "name": " ".join(found.name),
        "number": " ".join(found.number),
        "body": " ".join(found.body),
        "facets": " ".join(found.facets),
    }


def _all(texts: Iterable[str]) -> tuple[str, ...]:
    return words("\n".join(texts))


def _without(content: str, people: Sequence[str]) -> str:
    for name in people:
        content = content.replace(name, "\n")
    return content
