"""Makes a `Submitted` of a row as departments write it, whatever its headers and its way in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from connectors.headers import PERSONAL, Plan, plan
from connectors.xlsx.values import serial_day
from streams.domain import enumerations, envelope, legacy
from streams.domain.columns import TEMPLATES, Form
from streams.domain.folding import compact
from streams.domain.keys import decision_key
from streams.domain.stages import Action, EventId, Ground, Kind, Origin, SubjectClass, Submitted

KINDS = {
    **{kind.value: kind for kind in Kind},
    **dict.fromkeys(("许可", "行政许可", "xk"), Kind.LICENCE),
    **dict.fromkeys(("处罚", "行政处罚", "cf"), Kind.PENALTY),
}
PUBLIC_RANGES = frozenset(("1", "社会公开", "公开", "主动公开", "向社会公开", "公示"))
RESTRICTED_RANGES = frozenset(("2", "3", "政务共享", "授权查询", "不公开", "依申请公开"))
PUBLIC_RANGES_2016 = frozenset(("0", "公示", "社会公开", "公开"))
NO_GROUND = frozenset(("", "无", "否", "/", "-", "公开", "予以公开"))
WITHDRAWN_2016 = frozenset(("1", "撤销"))
OBJECTION_OPEN = frozenset((envelope.OPEN, "有", "异议中", "处理中", "异议处理中", "open", "true", "1"))
OBJECTION_CLOSED = frozenset(("", "否", "无", "已处理", "已办结", "不成立", "closed", "false", "0", "/", "-"))
OBJECTED_2016 = frozenset(("2", "异议"))
WITHDRAWN_REASON = "撤销(2016版当前状态)"
SEVERAL = ("CF_CFLB",)
"""Columns that two of the 2016 template flow into."""

_DAYS = frozenset(
    code for columns in TEMPLATES.values() for code, column in columns.items() if column.form is Form.DAY
)
_EVENT_ID = re.compile(r"[0-9A-Za-z-]{8,64}")
_REVISION = re.compile(r"[0-9]{1,18}")
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class _Draft:
    """What was found in a row so far."""

    kind: Kind
    columns: dict[str, str] = field(default_factory=dict)
    about: dict[str, str] = field(default_factory=dict)
    """Name of `envelope` → text."""


def to_submitted(
    row: Mapping[str, str],
    *,
    kind: Kind | None,
    origin: Origin,
    now: datetime,
    event_id: EventId,
    revision: int,
) -> Submitted:
    """Return the decision that `row` (header → text) hands in; never raises for what stands in it.

    `kind` None means that the headers tell it. `event_id` and `revision` hold where the row brings
    none of its own. What cannot be understood stays among the columns, and `validation` says so.
    """
    filled = {
        _encodable(header): _encodable(text) for header, text in row.items() if text and not text.isspace()
    }
    found = plan(tuple(filled), kind or _declared_kind(filled))
    draft = _draft(filled, found)
    if found.legacy:
        _translate_2016(draft)
    _place_personal_number(draft)
    action = _action(draft)
    ground = _ground(draft, old=found.legacy)
    _objection(draft)
    _mends(draft)
    about = draft.about
    own_id, own_revision = about.get(envelope.EVENT_ID, ""), about.get(envelope.REVISION, "")
    return Submitted(
        event_id=EventId(own_id) if _EVENT_ID.fullmatch(own_id) else event_id,
        key=decision_key(draft.kind, draft.columns),
        revision=int(own_revision) if _REVISION.fullmatch(own_revision) else revision,
        action=action,
        kind=draft.kind,
        columns=draft.columns,
        ground=ground,
        reason=about.get(envelope.REASON, ""),
        origin=origin,
        submitted_at=now,
    )


def _encodable(text: str) -> str:
    """Return `text` with a mark where half a surrogate pair stood: UTF-8 has no way to write it."""
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


def _declared_kind(row: Mapping[str, str]) -> Kind | None:
    for header, column in zip(row, plan(tuple(row), None).columns, strict=True):
        if column == envelope.KIND:
            return KINDS.get(compact(row[header]).lower())
    return None


def _draft(row: Mapping[str, str], found: Plan) -> _Draft:
    draft = _Draft(found.kind or Kind.PENALTY)
    names = frozenset(envelope.NAMES.values())
    for (header, text), column in zip(row.items(), found.columns, strict=True):
        # databases and messages lose or add spaces at the ends, and spreadsheets count days
        plain = serial_day(text.strip()) if column in _DAYS else text.strip()
        if column in names:
            draft.about[column] = plain
        elif column not in draft.columns:
            draft.columns[column] = plain
        elif column in SEVERAL:
            draft.columns[column] = f"{draft.columns[column]}、{plain}"
        elif draft.columns[column] != plain:
            draft.columns[header] = plain
    return draft


def _translate_2016(draft: _Draft) -> None:
    """Read what 2016 wrote otherwise: the state of a record, and the range of its publication."""
    columns = draft.columns
    state = "XK_ZT" if draft.kind is Kind.LICENCE else legacy.STATUS
    withdrawn = columns.get(state, "").strip() in WITHDRAWN_2016
    if draft.kind is Kind.LICENCE and state in columns:
        columns[state] = "2" if withdrawn else "1"
    if columns.get(legacy.STATUS, "").strip() in OBJECTED_2016:
        draft.about.setdefault(envelope.OBJECTION, "是")
    if withdrawn and envelope.ACTION not in draft.about:
        draft.about[envelope.ACTION] = Action.WITHDRAW.value
        draft.about.setdefault(envelope.REASON, WITHDRAWN_REASON)


def _place_personal_number(draft: _Draft) -> None:
    """Put 居民身份证号 of 2016 where it belongs: the subject's, or else the legal representative's."""
    number = draft.columns.pop(PERSONAL, "")
    if not number:
        return
    prefix = "XK" if draft.kind is Kind.LICENCE else "CF"
    codes = (f"{prefix}_XDR_{suffix}" for suffix in ("SHXYM", "GSZC", "ZZJG", "SWDJ"))
    natural = draft.columns.get(f"{prefix}_XDR_LB", "").strip() == SubjectClass.NATURAL.value
    if natural or not any(code in draft.columns for code in codes):
        draft.columns.setdefault(f"{prefix}_XDR_ZJLX", "身份证")
        draft.columns.setdefault(f"{prefix}_XDR_ZJHM", number)
    else:
        draft.columns.setdefault(f"{prefix}_FR_ZJHM", number)


def _action(draft: _Draft) -> Action:
    typed = compact(draft.about.get(envelope.ACTION, "")).lower()
    if not typed:
        return Action.PUBLISH
    action = enumerations.ACTIONS.get(typed)
    if action is None:
        draft.columns[envelope.ACTION] = draft.about[envelope.ACTION]
        return Action.PUBLISH
    return action


def _ground(draft: _Draft, *, old: bool) -> Ground | None:
    declared = draft.about.get(envelope.GROUND, "")
    typed = compact(declared)
    if typed not in NO_GROUND:
        ground = enumerations.GROUNDS.get(typed)
        if ground is None:
            draft.columns[envelope.GROUND] = declared
        return ground
    return _range(draft, old=old)


def _objection(draft: _Draft) -> None:
    """Keep an open objection in its one writing, and one that nobody understands as it is."""
    typed = compact(draft.about.get(envelope.OBJECTION, ""))
    if typed in OBJECTION_OPEN:
        draft.columns[envelope.OBJECTION] = envelope.OPEN
    elif typed not in OBJECTION_CLOSED:
        draft.columns[envelope.OBJECTION] = typed


def _mends(draft: _Draft) -> None:
    """Keep the ids of the refused events that the row mends; anything else there says nothing."""
    ids = [one for one in draft.about.get(envelope.MENDS, "").split() if _EVENT_ID.fullmatch(one)]
    if ids:
        draft.columns[envelope.MENDS] = " ".join(ids[-envelope.MOST_MENDED :])


def _range(draft: _Draft, *, old: bool) -> Ground | None:
    for column in legacy.RANGES:
        typed = compact(draft.columns.pop(column, ""))
        if typed and typed not in PUBLIC_RANGES_2016:
            return Ground.RESTRICTED_RANGE
    declared = draft.about.get(envelope.RANGE, "")
    typed = compact(declared)
    if not typed or typed in (PUBLIC_RANGES_2016 if old else PUBLIC_RANGES):
        return None
    if typed in RESTRICTED_RANGES or old:
        return Ground.RESTRICTED_RANGE
    draft.columns[envelope.RANGE] = declared
    return None
