"""When a masked text needs a person's look."""

import pytest

from streams.domain.privacy import Masked, PersonalKind, Span
from streams.domain.privacy.doubting import Sign, doubts
from streams.domain.privacy.shapes import Thresholds


def masked(text: str, *places: tuple[int, int]) -> Masked:
    """Return a masked text with these places."""
    spans = tuple(Span(start, end, PersonalKind.PERSON, "role") for start, end in places)
    return Masked(text=text, spans=spans, counts={})


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("联系手机 8613 9000 0123 45", None),
        ("其手机1390000123456", Sign.NUMBER_LEFT),
        ("卡号为62220200000", Sign.NUMBER_LEFT),
        ("有370102199003071234为证", Sign.IDENTITY_LEFT),
        ("现住济南市历下区甲路5号", Sign.ADDRESS_LEFT),
        ("因患有怪疾而未到场", Sign.CONDITION_LEFT),
        ("身份证110105********002X，电话139****1234", None),
        ("案件编号370102199003071234", None),
        ("举报电话0531-82033333", None),
        ("现住济南市历下区*********，患有〔健康信息〕", None),
        ("处罚款2000元", None),
    ],
)
def test_what_is_left_raises_doubt(text: str, sign: Sign | None) -> None:
    """Signs of personal data that is still readable are told; masked and public numbers are no sign."""
    assert doubts(masked(text), len(text), Thresholds()) == ((sign,) if sign else ())


def test_an_unusual_share_raises_doubt() -> None:
    """A text of which more than the threshold is hidden may tell nobody anything."""
    text = "甲" * 100
    assert doubts(masked(text, (0, 61)), 100, Thresholds()) == (Sign.MUCH_MASKED,)
    assert doubts(masked(text, (0, 60)), 100, Thresholds()) == ()
    assert doubts(masked(text, (0, 60)), 100, Thresholds(share=0.5)) == (Sign.MUCH_MASKED,)
    assert doubts(masked("甲" * 20, (0, 20)), 20, Thresholds()) == ()
