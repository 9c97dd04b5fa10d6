"""Relevance: what answers a text best, however either of them is written."""

from typing import Any

import pytest

from sinks.site.store.ranking import relevance
from sinks.site.words import phrases, words
from streams.domain.stages import Kind


def score(asked: str, **about: Any) -> float:
    """Return the score of a penalty."""
    texts = {"subject": "", "numbers": "", "columns": {}, **about}
    return relevance(phrases(asked), kind=Kind.PENALTY, **texts)


def test_a_name_is_worth_more_than_a_number_and_a_number_more_than_a_text() -> None:
    """And at a name's beginning, or as most of it, more than elsewhere in it."""
    scores = [
        score("泉城", subject="泉城"),
        score("泉城", subject="泉城酱园有限公司"),
        score("泉城", subject="济南泉城酱园有限公司"),
        score("泉城", numbers="泉城罚〔2026〕1号"),
        score("泉城", columns={"CF_SY": "从泉城酱园购进。"}),
        score("泉城", columns={"CF_SY": "从别处购进。"}),
    ]
    assert scores == sorted(set(scores), reverse=True)


@pytest.mark.parametrize("text", ["ＡＢＣ公司", "abc公司", "ＡｂＣ公司，经查（一）"])
def test_wide_letters_are_the_same(text: str) -> None:
    """A name is found as well by the narrow letters, and the other way round."""
    assert score("ABC公司", subject=text) > 8
    assert score("ＡＢＣ", columns={"CF_SY": text}) > 0


def test_every_sign_is_found_by_the_words_that_it_is_cut_into() -> None:
    """No sign's folding is passed over: what the index finds in a text, relevance finds too."""
    for number in range(0x21, 0x20000):  # the planes that have letters
        if 0xD800 <= number < 0xE000:
            continue
        sign = chr(number)
        for word in words(sign):
            if len(phrases(word)) == 1:
                assert score(word, columns={"CF_SY": f"经查，{sign}。"}) > 0, hex(number)
