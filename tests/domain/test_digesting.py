"""The digest of a decision's content: by which events are told to be the same."""

from dataclasses import replace

import pytest

from streams.domain.digesting import digest_of
from streams.domain.stages import Action
from tests.domain.outcomes import CITY, released, withdrawal, withheld


@pytest.mark.parametrize("secret", [b"", b"key"])
def test_the_digest_is_of_what_is_told(secret: bytes) -> None:
    """The digest ignores ids, revision, reason and order of columns, and nothing else that anybody sees."""
    one, again = released(5), released(9, action=Action.CORRECT)
    turned = dict(reversed(list(again.shared.values.items())))
    again = replace(again, shared=replace(again.shared, values=turned))
    assert digest_of(one, secret) == digest_of(again, secret)
    others = [
        released(5, "罚款叁仟元整"),
        released(5, restricted="1"),
        released(5, portals=(CITY,)),
        replace(one, public=replace(one.public, item="CF-1")),
        replace(one, public=replace(one.public, values={**one.public.values, "CF_NR": "罚款*元整"})),
        withdrawal(5),
        withheld(5),
    ]
    digests = {digest_of(other, secret) for other in [one, *others]}
    assert len(digests) == len(others) + 1


def test_a_secret_makes_other_digests() -> None:
    """Without the key nobody can tell which content a digest is of."""
    assert digest_of(released(5), b"key") != digest_of(released(5), b"")
