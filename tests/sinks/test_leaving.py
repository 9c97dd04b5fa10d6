"""The last look at a body before it leaves."""

import random

import orjson
import pytest

from sinks.body import render
from sinks.leaving import personal
from tests.sinks import make

NUMBER = "11010519491231002X"
SAID = "CF_NR: identity number"
PHONE = "CF_NR: mobile number"


def found(text: str) -> tuple[str, ...]:
    """Return what the body of a decision with this content holds."""
    return personal(render(make.public(1, content=text)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"处罚{NUMBER}", (SAID,)),
        (f"身份证号：{NUMBER.lower()}，", (SAID,)),
        ("（１１０１０５１９４９１２３１００２Ｘ）", (SAID,)),
        ("11010519491\u200b231002X", (SAID,)),
        ("联系电话：13900001234", (PHONE,)),
        ("电话为+86 13900001234。", (PHONE,)),
        ("王某某，13900001234，济南", (PHONE,)),
        ("13900001234", (PHONE,)),
        (f"{NUMBER}，手机13900001234", (SAID, PHONE)),
    ],
)
def test_what_marks_a_person_is_found(text: str, said: tuple[str, ...]) -> None:
    """Identity numbers and phones are told by column and kind; the number itself is in no word of it."""
    assert found(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "110105********002X",
        "联系电话139****1234",
        "内部案件编号110105194912310021",  # no check digit fits
        "订单号13900001234已核对",
        "抽取订单13900001234、13900005678查验",
        "注册资本13900001234元",
        "平台流水号 13900001234",
        "缴费流水20240315102233000193827",
        "统一社会信用代码91370100MA3C000000",
        "电话订购单号13900001234",
        "举报电话12345",
    ],
)
def test_public_numbers_may_leave(text: str) -> None:
    """Masked numbers, orders, amounts and official codes are no reason to stop a decision."""
    assert found(text) == ()


def test_a_code_of_digits_that_looks_like_an_identity_number_may_leave() -> None:
    """A 统一社会信用代码 of eighteen digits passes where its own check digit is right."""
    code = next(code for code in _codes() if personal(_body("CF_NR", code)) == ())
    assert personal(_body("CF_NR", f"{code}，")) == ()
    assert personal(_body("CF_NR", NUMBER)) != ()


def test_official_numbers_hold_no_phones() -> None:
    """Eleven digits in a document number are no phone, an identity number there is one."""
    assert personal(_body("CF_WSH", "济市〔2026〕，13900001234")) == ()
    assert personal(_body("CF_WSH", NUMBER)) == ("CF_WSH: identity number",)


def _body(code: str, text: str) -> bytes:
    return orjson.dumps({"columns": {code: text}, "reason": "", "item": ""})


def _codes() -> list[str]:
    """Return codes of digits only, with a birthday where an identity number has it and both checks right."""
    digits = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    chance = random.Random(7)  # noqa: S311 -- made-up codes guard nothing
    codes = []
    for _ in range(20_000):
        day = f"198{chance.randint(0, 9)}0{chance.randint(1, 9)}1{chance.randint(0, 9)}"
        body = f"113701{day}{chance.randint(100, 999)}"
        check = digits[-sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 31]
        ric = "10X98765432"[
            sum(
                int(d) * w
                for d, w in zip(body, (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), strict=True)
            )
            % 11
        ]
        if check == ric and check.isdigit():
            codes.append(body + check)
    return codes
