"""Decides where a search looks: in the numbers, in the full-text index, or in the decisions' own order."""

from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, exists, func, or_, select

from sinks.site.store import facets, lexicon
from sinks.site.store.criteria import Criteria, Sort
from sinks.site.store.entries import DIVIDER
from sinks.site.store.tables import decision
from sinks.site.words import Phrase, phrases
from streams.domain.folding import code as fold_code
from streams.domain.keys import document_number, subject_name

CODE_LENGTH = 18
Statement: TypeAlias = Select[*tuple[Any, ...]]
"""A statement of any columns."""
_C = decision.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How the decisions that are asked for are found."""

    where: tuple[ColumnElement[bool], ...]
    """All that is asked for but the text, of a decision's own columns."""
    indexed: bool = False
    """Whether the full-text index is asked, for `phrases` and `groups`."""
    phrases: tuple[Phrase, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    """Of facets: a decision has one of each."""
    names: bool = False
    """Whether `phrases` are looked for in subjects' names only."""
    ends: tuple[ColumnElement[bool], ...] = ()
    """What the index does not tell of a decision."""
    person: ColumnElement[bool] | None = None
    """Besides what the index finds: a natural person's decisions, by the exact name."""

    def with_amount(self) -> "Plan":
        """Return the plan for decisions with an amount only."""
        has_one = _C.amount.is_not(None)
        return replace(self, where=(*self.where, has_one), ends=(*self.ends, has_one))

    def match(self, connection: Connection, of: ColumnElement[Any] | None = None) -> ColumnElement[bool]:
        """Return the condition on the words, in PostgreSQL's column `of` where that is another."""
        return lexicon.matches(connection, self.phrases, self.groups, names=self.names, of=of)

    def beside(self, wanted: Statement, words: FromClause, row_id: ColumnElement[int]) -> Statement:
        """Return the statement over the words, with the decisions beside them where these are asked, too."""
        if not self.ends:
            return wanted.select_from(words)
        return wanted.select_from(words.join(decision, _C.id == row_id)).where(*self.ends)

    @property
    def ranked(self) -> bool:
        """Whether relevance can be told: there is a text, and the full-text index was asked for it."""
        return self.indexed and bool(self.phrases) and self.person is None

    def of_decision(self, connection: Connection) -> tuple[ColumnElement[bool], ...]:
        """Return all that is asked for as conditions on one decision after the other."""
        if not (self.indexed and self.phrases):
            return self.where
        words, row_id = lexicon.words_table(connection)
        matches = lexicon.matches(connection, self.phrases)
        found: ColumnElement[bool]
        if connection.dialect.name == "postgresql":
            # not EXISTS: that would be made a join, which loses the order
            found = select(matches).select_from(words).where(row_id == _C.id).scalar_subquery()
        else:
            found = exists().select_from(words).where(row_id == _C.id, matches)
        return (*self.where, found if self.person is None else or_(self.person, found))


def plan(connection: Connection, criteria: Criteria, sort: Sort = Sort.NEWEST) -> Plan | None:
    """Return where to look for what is asked, None where nothing can be found.

    A withdrawn decision is found by its exact document number only, a natural person's by that or the
    exact name. By amount only decisions that have one are looked for.
    """
    found = _plan(connection, criteria)
    return found.with_amount() if found and sort is Sort.AMOUNT else found


def _plan(connection: Connection, criteria: Criteria) -> Plan | None:
    where = (~_C.withdrawn, *_columns(criteria), *_ends(criteria))
    if not criteria.text:
        groups = () if criteria.subject else facets.asked_for(criteria)
        return Plan(where=where, indexed=bool(groups), groups=groups, ends=_ends(criteria))
    exact = _exact(connection, criteria.text)
    if exact is not None:
        return Plan(where=(exact, *_columns(criteria), *_ends(criteria)))
    asked = phrases(criteria.text)
    person = and_(_C.natural, _C.subject_key == subject_name(criteria.text))
    known = connection.execute(select(_C.id).where(person, ~_C.withdrawn).limit(1)).first()
    if not asked:
        return Plan(where=(person, *where)) if known else None
    return Plan(
        where=where,
        indexed=True,
        phrases=asked,
        groups=facets.asked_for(criteria),
        ends=(*_ends(criteria), *((_C.subject_code == criteria.subject,) if criteria.subject else ())),
        person=person if known else None,
    )


def _exact(connection: Connection, text: str) -> ColumnElement[bool] | None:
    """Return the condition where `text` is a document number or a code that is known."""
    code = fold_code(text)
    if len(code) == CODE_LENGTH and code.isascii() and code.isalnum():
        return and_(_C.subject_code == code, ~_C.withdrawn)
    number = _C.number_key == document_number(text)
    return number if connection.execute(select(_C.id).where(number).limit(1)).first() else None


def _columns(criteria: Criteria) -> tuple[ColumnElement[bool], ...]:
    """Return the filters as conditions on a decision's own columns.

    Written as no index has them but the subject's: what is walked through is walked in the order asked for.
    """
    wanted: list[ColumnElement[bool]] = []
    for column, value in (
        (_C.kind, str(criteria.kind or "")),
        (_C.authority_code, criteria.authority),
        (_C.item, criteria.item),
    ):
        if value:
            wanted.append(func.coalesce(column, column) == value)
    if criteria.subject:
        wanted.append(_C.subject_code == criteria.subject)
    if criteria.category:
        wanted.append(_C.classes.contains(f"{DIVIDER}{criteria.category}{DIVIDER}", autoescape=True))
    return tuple(wanted)


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
