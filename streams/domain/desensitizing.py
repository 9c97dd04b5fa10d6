"""Makes the public and the shared face of a decision; nothing else in the system makes a `Public`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from streams.domain import envelope
from streams.domain.masking import Masking
from streams.domain.privacy import Redactor
from streams.domain.roles import ROLES
from streams.domain.stages import Action, Enriched, Kind, PortalId, Public, Released, Shared, Value

_NOTHING: Mapping[PortalId, Mapping[str, Value]] = MappingProxyType({})


def desensitize(enriched: Enriched, *, redactor: Redactor) -> Released:
    """Return both faces of `enriched`; the public one holds no withheld column and no personal data.

    Columns follow `columns.Publicity` and the catalogue's range of publication; free text goes through
    `redactor`, which takes the names in public columns for public ones. Sources: 发改办财金〔2018〕424号,
    个人信息保护法 art. 28.
    """
    masking = Masking(redactor, enriched, redactor.policy.default)
    public = masking.columns()
    reason = masking.text("reason", enriched.checked.submitted.reason)
    own = _own_values(enriched, redactor, public) if redactor.policy.portals else {}
    released = _faces(enriched, public, reason, masking, own)
    left_out = {portal: redactor.policy.hidden.get(portal) for portal in enriched.portals}
    hidden = {portal: codes for portal, codes in left_out.items() if codes}
    return replace(released, public=replace(released.public, left_out=hidden)) if hidden else released


def _own_values(
    enriched: Enriched, redactor: Redactor, usual: Mapping[str, Value]
) -> dict[PortalId, dict[str, Value]]:
    """Return what reads otherwise on portals with mask shapes of their own."""
    found: dict[PortalId, dict[str, Value]] = {}
    for portal in enriched.portals:
        if shapes := redactor.policy.portals.get(portal):
            values = Masking(redactor, enriched, shapes).columns()
            found[portal] = {code: value for code, value in values.items() if value != usual[code]}
    return {portal: values for portal, values in found.items() if values}


def withdrawal_of(enriched: Enriched, *, portals: Sequence[PortalId], revision: int, reason: str) -> Released:
    """Return both faces of the withdrawal of a decision that `portals` have and nobody may read any more.

    Of its values only those stay that identify it, which the portals have had from the beginning.
    """
    checked = enriched.checked
    kept = _identifying(checked.submitted.kind, checked.values)
    asked = replace(checked.submitted, action=Action.WITHDRAW, revision=revision, reason=reason)
    bare = replace(
        enriched,
        portals=tuple(portals),
        checked=replace(checked, submitted=asked, values=kept),
        public_until=None,
    )
    public = {code: value for code, value in kept.items() if code not in enriched.withheld_columns}
    return _faces(bare, public, reason)


def withdrawn_from(public: Public, portals: Sequence[PortalId], reason: str) -> Public:
    """Return the withdrawal of `public` from portals that it does not go to any more."""
    return replace(
        public,
        action=Action.WITHDRAW,
        portals=tuple(portals),
        reason=reason,
        values=_identifying(public.kind, public.values),
        masked={},
        own_values={},
        left_out={},
        public_until=None,
        objection=False,
    )


def _identifying(kind: Kind, values: Mapping[str, Value]) -> Mapping[str, Value]:
    return {code: values[code] for code in ROLES[kind].identifying if code in values}


def _faces(
    enriched: Enriched,
    public: Mapping[str, Value],
    reason: str,
    masking: Masking | None = None,
    own_values: Mapping[PortalId, Mapping[str, Value]] = _NOTHING,
) -> Released:
    checked = enriched.checked
    submitted = checked.submitted
    return Released(
        public=Public(
            event_id=submitted.event_id,
            key=checked.key,
            revision=submitted.revision,
            action=submitted.action,
            kind=submitted.kind,
            subject_class=checked.subject_class,
            department=enriched.department,
            department_code=enriched.department_code,
            region=enriched.region,
            item=enriched.item,
            portals=enriched.portals,
            decided_on=enriched.decided_on,
            due_on=enriched.due_on,
            reason=reason,
            values=public,
            masked=dict(masking.counts) if masking else {},
            public_until=enriched.public_until,
            objection=_objected(enriched),
            own_values=own_values,
        ),
        shared=_shared(enriched),
        origin=submitted.origin,
        review=submitted.review,
        places=tuple(masking.places) if masking else (),
        doubts=tuple(masking.doubts) if masking else (),
    )


def _shared(enriched: Enriched) -> Shared:
    checked = enriched.checked
    submitted = checked.submitted
    return Shared(
        event_id=submitted.event_id,
        key=checked.key,
        revision=submitted.revision,
        action=submitted.action,
        kind=submitted.kind,
        subject_class=checked.subject_class,
        department=enriched.department,
        department_code=enriched.department_code,
        region=enriched.region,
        item=enriched.item,
        decided_on=enriched.decided_on,
        due_on=enriched.due_on,
        reason=submitted.reason,
        values=checked.values,
        public_until=enriched.public_until,
        objection=_objected(enriched),
    )


def _objected(enriched: Enriched) -> bool:
    return envelope.OBJECTION in enriched.checked.submitted.columns
