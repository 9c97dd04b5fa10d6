"""Which records each outcome of the review becomes, and on which topics."""

from schemas.codec import Codec
from streams.domain.stages import Outcome, Rejected, Released, Withheld
from streams.records import Output
from streams.topics import REJECTED, SHARE, WITHHELD, portal_topic


def outputs_of(outcome: Outcome, *, codec: Codec) -> tuple[Output, ...]:
    """Return what is written for one decision: its portals and the credit platform, or one refusal."""
    match outcome:
        case Released(public=public, shared=shared):
            value = codec.encode_public(public)
            portals = tuple(Output(portal_topic(p).name, public.key, value) for p in public.portals)
            return (*portals, Output(SHARE.name, shared.key, codec.encode_shared(shared)))
        case Rejected():
            return (Output(REJECTED.name, outcome.key, codec.encode_rejected(outcome)),)
        case Withheld():
            return (Output(WITHHELD.name, outcome.key, codec.encode_withheld(outcome)),)
