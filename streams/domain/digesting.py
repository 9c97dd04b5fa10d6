"""A digest of what a decision says, to tell a correction from the same once more."""

from hashlib import blake2b

from orjson import OPT_SORT_KEYS, dumps

from streams.domain.stages import Action, Held, Outcome, Rejected, Released, Unchanged, Withheld

DIGEST_BYTES = 16


def digest_of(outcome: Outcome, secret: bytes) -> bytes:
    """Return a digest of all that an outcome would tell anybody, its ids and revision left out.

    It holds restricted values too, as a correction of theirs must be noticed. Without `secret`, at most 64
    bytes, who has the digest and the rest of a decision could find out a short value by trying.
    """
    match outcome:
        case Released():
            content = dumps(_content(outcome), default=str, option=OPT_SORT_KEYS)
        case Held(released=Released() as released):
            return digest_of(released, secret)
        case Withheld():
            content = outcome.ground.name.encode()
        case Rejected() | Unchanged() | Held():
            return b""
    return blake2b(content, digest_size=DIGEST_BYTES, key=secret).digest()


def _content(released: Released) -> tuple[object, ...]:
    public = released.public
    return (
        public.action is Action.WITHDRAW,
        public.kind,
        public.subject_class,
        public.department,
        public.department_code,
        public.region,
        public.item,
        public.due_on,
        public.public_until,
        public.objection,
        sorted(public.portals),
        public.values,
        public.own_values,
        released.shared.values,
        # absent where no portal gets fewer columns, so that digests of before stay true
        *([{portal: sorted(codes) for portal, codes in public.left_out.items()}] if public.left_out else ()),
    )
