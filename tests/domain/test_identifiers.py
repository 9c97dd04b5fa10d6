"""Check digits, against python-stdnum and by changing one sign."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc
from stdnum.iso7064 import mod_11_2, mod_11_10

from streams.domain import identifiers

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
DIGITS = "0123456789"
HEADS = st.tuples(
    st.sampled_from(["91", "92", "93", "11", "12", "51", "52", "N2", "A1", "Y1"]),
    st.text(DIGITS, min_size=6, max_size=6),
    st.text(SIGNS, min_size=9, max_size=9),
).map("".join)
BIRTHDAYS = st.dates().filter(lambda day: 1900 <= day.year <= 2026).map(lambda day: day.strftime("%Y%m%d"))
CITIZENS = st.tuples(
    st.sampled_from(["370102", "110101", "650102"]), BIRTHDAYS, st.text(DIGITS, min_size=3, max_size=3)
).map(lambda parts: "".join(parts) + mod_11_2.calc_check_digit("".join(parts)))


def _changed(data: st.DataObject, number: str, signs: str, place: int) -> str:
    sign = data.draw(st.sampled_from([sign for sign in signs if sign != number[place]]))
    return number[:place] + sign + number[place + 1 :]


@given(head=HEADS)
def test_uscc_check_digit(head: str) -> None:
    """The check digit is the one that python-stdnum calculates, and makes the code valid."""
    assert identifiers.uscc_check_digit(head) == uscc.calc_check_digit(head)
    assert identifiers.is_uscc(head + identifiers.uscc_check_digit(head))


@given(head=HEADS, place=st.integers(8, 17), data=st.data())
def test_uscc_with_one_wrong_sign(head: str, place: int, data: st.DataObject) -> None:
    """One wrong sign anywhere makes a code invalid."""
    code = head + identifiers.uscc_check_digit(head)
    assert not identifiers.is_uscc(_changed(data, code, SIGNS, place))


@given(head=HEADS, place=st.integers(8, 16))
def test_uscc_lookalike(head: str, place: int) -> None:
    """A letter O typed for a zero is invalid, and the code with the zero is proposed."""
    head = head[:place] + "0" + head[place + 1 :]
    code = head + identifiers.uscc_check_digit(head)
    typed = code[:place] + "O" + code[place + 1 :]
    assert not identifiers.is_uscc(typed)
    assert identifiers.uscc_proposal(typed) == code


@pytest.mark.parametrize("code", ["91230500MA1B3N1N2M", "11230500001755309F", "91520000722105429Q"])
def test_uscc_in_use(code: str) -> None:
    """Codes in use pass, and so does the organisation code within them."""
    assert identifiers.is_uscc(code)
    assert identifiers.is_organisation_code(code[8:17])


@pytest.mark.parametrize("code", ["", "00000000000000000X", "91230500MA1B3N1N2", "91230500ma1b3n1n2m"])
def test_no_uscc(code: str) -> None:
    """The placeholder, a short code and one in lower case are no valid code."""
    assert not identifiers.is_uscc(code)


@given(number=CITIZENS)
def test_citizen_number(number: str) -> None:
    """A number with region, birthday and check digit is a citizen's, as python-stdnum says too."""
    assert identifiers.is_citizen_number(number)
    assert ric.calc_check_digit(number) == number[17]


@given(number=CITIZENS, place=st.integers(0, 16), data=st.data())
def test_citizen_number_with_one_wrong_digit(number: str, place: int, data: st.DataObject) -> None:
    """One wrong digit anywhere makes a citizen's number invalid."""
    assert not identifiers.is_citizen_number(_changed(data, number, DIGITS, place))


@given(number=CITIZENS, place=st.integers(0, 15))
def test_citizen_number_with_swapped_digits(number: str, place: int) -> None:
    """Two neighbouring digits swapped make a citizen's number invalid."""
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or not identifiers.is_citizen_number(swapped)


@given(body=st.text(SIGNS, min_size=8, max_size=8), place=st.integers(0, 7), data=st.data())
def test_organisation_code(body: str, place: int, data: st.DataObject) -> None:
    """Exactly one check digit fits an organisation code."""
    fitting = [sign for sign in DIGITS + "X" if identifiers.is_organisation_code(body + sign)]
    assert len(fitting) == 1


@given(body=st.text(DIGITS, min_size=14, max_size=14), place=st.integers(0, 14), data=st.data())
def test_registration_number(body: str, place: int, data: st.DataObject) -> None:
    """A registration number with its check digit is valid, and not with one wrong digit."""
    number = body + mod_11_10.calc_check_digit(body)
    assert identifiers.is_registration_number(number)
    assert not identifiers.is_registration_number(_changed(data, number, DIGITS, place))


@given(text=st.text(max_size=20))
def test_any_text(text: str) -> None:
    """No text, however odd, makes a test of identifiers fail with an error."""
    for test in (
        identifiers.is_uscc,
        identifiers.is_organisation_code,
        identifiers.is_registration_number,
        identifiers.is_citizen_number,
        identifiers.is_old_citizen_number,
        identifiers.is_residence_card,
        identifiers.is_hong_kong_macao_permit,
        identifiers.is_taiwan_permit,
        identifiers.is_passport,
    ):
        assert test(text) in (True, False)
    assert identifiers.uscc_proposal(text) == "" or identifiers.is_uscc(identifiers.uscc_proposal(text))
