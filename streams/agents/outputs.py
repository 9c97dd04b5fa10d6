"""Which records each outcome of the review becomes, and on which topics."""

from functools import cache

from schemas.codec import Codec
from streams.domain.stages import (
    Held,
    Masking,
    Outcome,
    Place,
    PortalId,
    Public,
    Rejected,
    Released,
    Unchanged,
    Withheld,
)
from streams.records import Output
from streams.topics import HELD, MASKED, REJECTED, SHARE, UNCHANGED, WITHHELD, portal_topic


def outputs_of(outcome: Outcome | Public, *, codec: Codec) -> tuple[Output, ...]:
    """Return what is written for one outcome: its portals and the credit platform, or one record."""
    match outcome:
        case Released(public=public, shared=shared, places=places):
            shares = Output(SHARE.name, shared.key, codec.encode_shared(shared))
            masked = _masked(public, places, codec) if places else ()
            return (*outputs_of(public, codec=codec), shares, *masked)
        case Public(key=key):
            value = codec.encode_public(outcome)
            apart = {*outcome.own_values, *outcome.left_out}
            own = {portal: codec.encode_public(outcome.for_portal(portal)) for portal in apart}
            return tuple(Output(_topic_of(portal), key, own.get(portal, value)) for portal in outcome.portals)
        case Rejected(key=key):
            return (Output(REJECTED.name, key, codec.encode_rejected(outcome)),)
        case Withheld(key=key):
            return (Output(WITHHELD.name, key, codec.encode_withheld(outcome)),)
        case Held(key=key):
            return (Output(HELD.name, key, codec.encode_held(outcome)),)
        case Unchanged(key=key):
            return (Output(UNCHANGED.name, key, codec.encode_unchanged(outcome)),)


@cache
def _topic_of(portal: PortalId) -> str:
    return portal_topic(portal).name


def _masked(public: Public, places: tuple[Place, ...], codec: Codec) -> tuple[Output, ...]:
    masking = Masking(event_id=public.event_id, key=public.key, revision=public.revision, places=places)
    return (Output(MASKED.name, public.key, codec.encode_masking(masking)),)
