"""Decides where a search looks: in the numbers, in the full-text index, or in the decisions' own order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, or_, select

from sinks.site.store import facets, lexicon
from sinks.site.store.criteria import Criteria
from sinks.site.store.entries import DIVIDER
from sinks.site.store.tables import decision
from sinks.site.words import Phrase, phrases
from streams.domain.folding import code as fold_code
from streams.domain.keys import document_number, subject_name

CODE_LENGTH = 18
_C = decision.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How the decisions that are asked for are found."""

    where: tuple[ColumnElement[bool], ...]
    source: Any = decision
    row_id: ColumnElement[int] = _C.id
    bare: Any = None
    """The full-text table alone, where it says all there is to say: counting needs no decision then."""
    walked: tuple[ColumnElement[bool], ...] = ()
    """The same of one decision after the other, for an order that is not the index's and too many to sort."""
    phrases: tuple[Phrase, ...] = ()
    ranked: bool = False
    """Whether relevance can be told: there is a text, and the full-text index was asked for it."""


def plan(connection: Connection, criteria: Criteria) -> Plan | None:
    """Return where to look for what is asked, None where nothing can be found.

    A withdrawn decision is found by its exact document number only, a natural person's by that or the
    exact name.
    """
    asked: tuple[Phrase, ...] = ()
    if criteria.text:
        exact = _exact(connection, criteria.text)
        if exact is not None:
            return Plan(where=(exact, *_columns(criteria)))
        asked = phrases(criteria.text)
        person = and_(_C.natural, _C.subject_key == subject_name(criteria.text), ~_C.withdrawn)
        if connection.execute(select(_C.id).where(person).limit(1)).first():
            either = or_(person, _has_words(connection, asked)) if asked else person
            return Plan(where=(either, ~_C.withdrawn, *_columns(criteria)), phrases=asked)
        if not asked:
            return None
    groups = facets.asked_for(criteria)
    if criteria.subject or not (asked or groups):
        words = (_has_words(connection, asked),) if asked else ()
        return Plan(where=(~_C.withdrawn, *_columns(criteria), *words), phrases=asked)
    return _by_words(connection, criteria, asked, groups)


def _by_words(
    connection: Connection, criteria: Criteria, asked: tuple[Phrase, ...], groups: Sequence[Sequence[str]]
) -> Plan:
    words, row_id = lexicon.words_table(connection)
    match, ends = lexicon.matches(connection, asked, groups), _ends(criteria)
    walked = (~_C.withdrawn, *_columns(criteria), *((_has_words(connection, asked),) if asked else ()))
    return Plan(
        source=words.join(decision, _C.id == row_id),
        where=(match, *ends),
        row_id=row_id,
        bare=None if ends else words,
        walked=walked,
        phrases=asked,
        ranked=bool(asked),
    )


def _has_words(connection: Connection, asked: Sequence[Phrase]) -> ColumnElement[bool]:
    words, row_id = lexicon.words_table(connection)
    return exists().select_from(words).where(row_id == _C.id, lexicon.matches(connection, asked))


def _exact(connection: Connection, text: str) -> ColumnElement[bool] | None:
    """Return the condition where `text` is a document number or a code that is known."""
    code = fold_code(text)
    if len(code) == CODE_LENGTH and code.isascii() and code.isalnum():
        return and_(_C.subject_code == code, ~_C.withdrawn)
    number = _C.number_key == document_number(text)
    return number if connection.execute(select(_C.id).where(number).limit(1)).first() else None


def _columns(criteria: Criteria) -> tuple[ColumnElement[bool], ...]:
    """Return the filters as conditions on a decision's own columns."""
    wanted: list[ColumnElement[bool]] = []
    for column, value in (
        (_C.kind, str(criteria.kind or "")),
        (_C.authority_code, criteria.authority),
        (_C.item, criteria.item),
        (_C.subject_code, criteria.subject),
    ):
        if value:
            wanted.append(column == value)
    if criteria.category:
        wanted.append(_C.classes.contains(f"{DIVIDER}{criteria.category}{DIVIDER}", autoescape=True))
    return (*wanted, *_ends(criteria))


def _ends(criteria: Criteria) -> tuple[ColumnElement[bool], ...]:
    """Return the ranges, of which facets know the rungs only."""
    wanted: list[ColumnElement[bool]] = []
    if criteria.since:
        wanted.append(_C.decided_on >= criteria.since)
    if criteria.until:
        wanted.append(_C.decided_on <= criteria.until)
    if criteria.least is not None:
        wanted.append(_C.amount >= criteria.least)
    if criteria.most is not None:
        wanted.append(_C.amount <= criteria.most)
    return tuple(wanted)
