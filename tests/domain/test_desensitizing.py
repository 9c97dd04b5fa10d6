"""What of a decision may leave, and in which shape."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from streams.domain.desensitizing import desensitize
from streams.domain.masking import mask_document
from streams.domain.privacy import MaskPolicy, PersonalKind, Redactor, Shapes
from streams.domain.privacy.shapes import USUAL
from streams.domain.stages import Checked, Enriched, PortalId, Released, SubjectClass, Submitted, Value
from streams.privacy_data import load_lexicon

LEXICON = load_lexicon()
REDACTOR = Redactor(LEXICON)
WUHU = Shapes({**USUAL.ends, (PersonalKind.CITIZEN_ID, 18): (8, 4)})


@pytest.fixture
def release(submit: Callable[..., Submitted]) -> Callable[..., Released]:
    """Return what desensitizes a decision with the given values."""

    def make(
        base: str, values: dict[str, Value], reason: str = "", redactor: Redactor = REDACTOR
    ) -> Released:
        submitted = submit(base, reason=reason)
        checked = Checked(
            submitted=submitted, key=submitted.key, subject_class=SubjectClass.NATURAL, values=values
        )
        enriched = Enriched(
            checked=checked,
            department="市场监督管理局",
            department_code="11370100MB9A000146",
            region="370100",
            item="",
            responsible="法规处 王处长 13900001234",
            portals=(PortalId("city-portal"),),
            decided_on=date(2026, 9, 21),
            due_on=date(2026, 9, 30),
        )
        return desensitize(enriched, redactor=redactor)

    return make


def test_restricted_columns_stay_inside(release: Callable[..., Released]) -> None:
    """A representative's document number and the remarks reach the shared face only."""
    values: dict[str, Value] = {"CF_FR_ZJHM": "11010519491231002X", "BZ": "内部备注", "CF_XDR_MC": "甲公司"}
    released = release("penalty-legal", values)
    assert released.public.values == {"CF_XDR_MC": "甲公司"}
    assert released.shared.values == values


def test_free_text_is_masked_and_counted(release: Callable[..., Released]) -> None:
    """Free text is masked, the party's name in it stays, and kinds are counted."""
    released = release(
        "penalty-natural",
        {
            "CF_XDR_MC": "李建国",
            "CF_XDR_ZJHM": "11010519491231002X",
            "CF_SY": "顾客李建国购物后，投诉人王小强（电话13900001234）反映。",
            "CF_NR_FK": Decimal("0.2"),
        },
    )
    assert released.public.values == {
        "CF_XDR_MC": "李建国",
        "CF_XDR_ZJHM": "110105********002X",
        "CF_SY": "顾客李建国购物后，投诉人王某某（电话139****1234）反映。",
        "CF_NR_FK": Decimal("0.2"),
    }
    assert released.public.masked == {"CF_XDR_ZJHM": 1, "PERSON": 1, "MOBILE": 1}


def test_numbers_in_a_name_are_masked(release: Callable[..., Released]) -> None:
    """A phone number that somebody typed into a name's column does not leave."""
    released = release(
        "penalty-natural", {"CF_XDR_MC": "李建国13900001234", "CF_WSH": "济市〔2026〕13900001234号"}
    )
    assert released.public.values == {"CF_XDR_MC": "李建国139****1234", "CF_WSH": "济市〔2026〕13900001234号"}


def test_one_alias_throughout(release: Callable[..., Released]) -> None:
    """One person has one alias in all columns of a decision."""
    values: dict[str, Value] = {"CF_SY": "证人王小强、王大伟称", "CF_NR": "退还证人王大伟货款"}
    assert release("penalty-natural", values).public.values == {
        "CF_SY": "证人王某某、王某甲称",
        "CF_NR": "退还证人王某甲货款",
    }


def test_reason_is_masked(release: Callable[..., Released]) -> None:
    """The reason of a correction is free text as well."""
    released = release("penalty-natural", {}, reason="经证人王小强核实更正")
    assert released.public.reason == "经证人王某某核实更正"
    assert released.shared.reason == "经证人王小强核实更正"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("11010519491231002X", "110105********002X"),
        ("110105491231002", "110105******002"),
        ("E12345678", "E******78"),
        ("H1234567890", "H********90"),
        ("1234", "****"),
    ],
)
def test_documents_show_their_ends_only(number: str, shown: str) -> None:
    """An identity number keeps six and four, other papers less, short ones nothing."""
    assert mask_document(number) == shown


def test_a_portal_has_shapes_of_its_own(release: Callable[..., Released]) -> None:
    """Where a portal hides six birth digits only, it gets its own reading of the columns that differ."""
    portal = PortalId("city-portal")
    redactor = Redactor(LEXICON, MaskPolicy(USUAL, {portal: WUHU}))
    number = "11010519491231002X"
    values: dict[str, Value] = {"CF_XDR_ZJHM": number, "CF_SY": f"身份证号{number}", "CF_NR": "罚款"}
    public = release("penalty-natural", values, redactor=redactor).public

    assert public.values["CF_XDR_ZJHM"] == "110105********002X"
    assert public.own_values == {
        portal: {"CF_XDR_ZJHM": "11010519******002X", "CF_SY": "身份证号11010519******002X"}
    }
    assert public.for_portal(portal).values["CF_NR"] == "罚款"
    assert public.for_portal(PortalId("credit-china")) is public


def test_places_are_kept_and_never_the_text(release: Callable[..., Released]) -> None:
    """For the audit trail each masked place is known by column, position, kind and reason."""
    text = "投诉人王小强（电话13900001234）反映"
    places = release("penalty-natural", {"CF_SY": text}).places
    assert [(one.column, text[one.start : one.end], one.kind) for one in places] == [
        ("CF_SY", "王小强", "PERSON"),
        ("CF_SY", "13900001234", "MOBILE"),
    ]
    assert not any("王小强" in str(one) or "1390000" in str(one) for one in places)


def test_doubts_are_told_by_column(release: Callable[..., Released]) -> None:
    """What may still be personal after masking names its column; a plain decision raises no doubt."""
    left = release("penalty-natural", {"CF_SY": "有370102199003071234为证"})
    assert [(one.sign, one.column) for one in left.doubts] == [("identity left", "CF_SY")]
    assert release("penalty-natural", {"CF_SY": "未按规定公示价格"}).doubts == ()
