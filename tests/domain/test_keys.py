"""The decision key: one for every writing of the same decision."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.domain.keys import decision_key, document_number, subject_name
from streams.domain.stages import Kind

COLUMNS = {
    "CF_CFJGDM": "11370100MB9A000146",
    "CF_WSH": "济市监罚〔2026〕12号",
    "CF_XDR_MC": "济南云麓(集团)有限公司",
}
KEY = "11370100MB9A000146|济市监罚〔2026〕12号|济南云麓(集团)有限公司"
SPACES = st.sampled_from(["", " ", "\t", "\u3000", "\u200b", "\ufeff", "\u00a0", "\n"])


def _wide(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


@pytest.mark.parametrize(
    "document",
    [
        "济市监罚〔2026〕12号",
        "济市监罚[2026]12号",
        "济市监罚【2026】12号",
        "济市监罚(2026)12号",
        "济市监罚（2026）12号",
        "济市监罚［2026］12号",
        "济市监罚{2026}12号",
        "济市监罚﹝2026﹞ 12 号",
        "济市监罚〔２０２６〕１２号",
        "济市监罚\u200b〔2026〕12号\ufeff",
    ],
)
def test_document_number(document: str) -> None:
    """A document number in any bracket style, width and spacing gives the same key."""
    assert decision_key(Kind.PENALTY, {**COLUMNS, "CF_WSH": document}) == KEY


def test_a_letter_for_a_digit_is_the_same_decision() -> None:
    """A code with letters for digits, which is refused, is the key that it has once it is mended."""
    assert decision_key(Kind.PENALTY, {**COLUMNS, "CF_CFJGDM": "1137OlOOMB9A000146".upper()}) != KEY
    assert decision_key(Kind.PENALTY, {**COLUMNS, "CF_CFJGDM": "1137O1OOMB9A000146"}) == KEY
    assert decision_key(Kind.PENALTY, {**COLUMNS, "CF_CFJGDM": "1137O100MB9A000147"}) != KEY


@given(gaps=st.lists(SPACES, min_size=40, max_size=40), wide=st.booleans())
def test_writing_does_not_matter(gaps: list[str], wide: bool) -> None:  # noqa: FBT001 -- hypothesis draws it
    """Full-width signs and any white or invisible space leave the key the same."""
    columns = {
        column: "".join(sign + gap for sign, gap in zip(_wide(text) if wide else text, gaps, strict=False))
        for column, text in COLUMNS.items()
    }
    assert decision_key(Kind.PENALTY, columns) == KEY


@given(
    year=st.integers(1990, 2099),
    number=st.integers(1, 99_999_999),
    brackets=st.sampled_from(
        ["〔〕", "[]", "【】", "()", "（）", "［］", "{}", "｛｝", "〖〗", "﹝﹞", "「」", "<>", "《》"]
    ),
    gap=SPACES,
)
def test_bracket_styles_are_one_key(year: int, number: int, brackets: str, gap: str) -> None:
    """A document number has one key in every style of brackets, whatever stands around 号 and the year."""
    written = f"济市监罚{gap}{brackets[0]}{year}{brackets[1]}{gap}{number}{gap}号"
    assert document_number(written) == f"济市监罚〔{year}〕{number}号"


@given(columns=st.dictionaries(st.sampled_from([*COLUMNS, "CF_NR"]), st.text()), kind=st.sampled_from(Kind))
def test_key_has_three_parts(columns: dict[str, str], kind: Kind) -> None:
    """Whatever is typed or missing, a key has three parts, can be written as UTF-8 and is its own key."""
    key = decision_key(kind, columns)
    assert key.count("|") == 2
    authority, document, subject = key.split("|")
    again = {"CF_CFJGDM": authority, "CF_WSH": document, "CF_XDR_MC": subject}
    assert kind is Kind.LICENCE or decision_key(kind, again) == key


@given(text=st.text())
def test_parts_are_stable(text: str) -> None:
    """Normalising a part twice changes nothing more."""
    assert document_number(document_number(text)) == document_number(text)
    assert subject_name(subject_name(text)) == subject_name(text)


def test_code_in_lower_case() -> None:
    """An authority's code in lower case gives the same key."""
    assert decision_key(Kind.PENALTY, {**COLUMNS, "CF_CFJGDM": "11370100mb9a000146"}) == KEY


def test_dots_and_dashes() -> None:
    """The middle dots of a name and the dashes of a number have one writing each."""
    assert subject_name("阿依古丽•买买提") == subject_name("阿依古丽・买买提") == "阿依古丽·买买提"
    assert document_number("济环罚字2026—8号") == document_number("济环罚字2026－8号") == "济环罚字2026-8号"


def test_other_decisions_have_other_keys() -> None:
    """Another authority, number, subject or kind is another key."""
    others = [
        decision_key(Kind.PENALTY, {**COLUMNS, column: text})
        for column, text in (
            ("CF_CFJGDM", "11370100MB9A000221"),
            ("CF_WSH", "济市监罚〔2026〕13号"),
            ("CF_XDR_MC", "济南云麓有限公司"),
        )
    ]
    assert len({KEY, *others}) == 4
    assert decision_key(Kind.LICENCE, COLUMNS) == "||"
