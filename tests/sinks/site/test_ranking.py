"""Relevance: what answers a text best, however either of them is written."""

import pytest

from sinks.site.store.ranking import relevance
from sinks.site.words import phrases, words


def score(asked: str, *, subject: str = "", numbers: str = "", says: str = "") -> float:
    """Return the score of a decision."""
    return relevance(phrases(asked), subject=subject, numbers=numbers, says=lambda: says)


def test_a_name_is_worth_more_than_a_number_and_a_number_more_than_a_text() -> None:
    """And at a name's beginning, or as most of it, more than elsewhere in it."""
    scores = [
        score("泉城", subject="泉城"),
        score("泉城", subject="泉城酱园有限公司"),
        score("泉城", subject="济南泉城酱园有限公司"),
        score("泉城", numbers="泉城罚〔2026〕1号"),
        score("泉城", says="从泉城酱园购进。"),
        score("泉城", says="从别处购进。"),
    ]
    assert scores == sorted(set(scores), reverse=True)


def test_of_two_words_one_may_stand_in_the_name_and_one_in_the_texts() -> None:
    """Whose texts have the other word, and more often, stands before whose have not."""
    scores = [
        score("泉城 过期", subject="泉城酱园", says="经营过期食品，其中过期酱油三瓶。"),
        score("泉城 过期", subject="泉城酱园", says="经营过期食品，其中酱油三瓶不合格。"),
        score("泉城 过期", subject="泉城酱园", says="泉城酱园经营不合格食品。"),
    ]
    assert scores == sorted(set(scores), reverse=True)


@pytest.mark.parametrize("text", ["ＡＢＣ公司", "abc公司", "ＡｂＣ公司，经查（一）"])
def test_wide_letters_are_the_same(text: str) -> None:
    """A name is found as well by the narrow letters, and the other way round."""
    assert score("ABC公司", subject=text) > 8
    assert score("ＡＢＣ", says=text) > 0


def test_every_sign_is_found_by_the_words_that_it_is_cut_into() -> None:
    """No sign's folding is passed over: what the index finds in a text, relevance finds too."""
    for number in range(0x21, 0x20000):  # the planes that have letters
        if 0xD800 <= number < 0xE000:
            continue
        sign = chr(number)
        for word in words(sign):
            if len(phrases(word)) == 1:
                assert score(word, says=f"经查，{sign}。") > 0, hex(number)
