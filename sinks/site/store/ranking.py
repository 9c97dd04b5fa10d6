"""How well a decision answers a text: by its name first, then its numbers, else by what it says."""

import re
from collections.abc import Callable, Sequence

from sinks.site.words import Phrase
from streams.domain.folding import halfwidth

_NAME, _NUMBER, _BODY = 8.0, 4.0, 1.0
_SATURATED = 1.5
"""As in BM25: how soon more places of a phrase tell no more."""
_USUAL_LENGTH = 120
"""Characters of a usual decision's texts."""

_PLAIN = re.compile("[\x00-\x7f\u2010-\u2024\u3001-\u301f\u4e00-\u9fff\uff01-\uff0f\uff1a-\uff20]*")
"""Words that are asked for read the same in such a text folded or not: wide are but signs between words."""


def relevance(asked: Sequence[Phrase], *, subject: str, numbers: str, says: Callable[[], str]) -> float:
    """Return a score, higher is better; `says` gives what the decision's texts say, one a line.

    They are read for what stands in no name and no number only: that is what costs. The databases' own ranks
    are not asked: FTS5's reads every decision that has a word, of a million as well.
    """
    name, folded_numbers = _folded(subject), _folded(numbers)
    score, elsewhere = 0.0, []
    for phrase in asked:
        if phrase.run in name:
            # the more of the name it is, and at its beginning, the likelier it is meant
            score += _NAME * (1 + len(phrase.run) / len(name) + name.startswith(phrase.run) / 2)
        if phrase.run in folded_numbers:
            score += _NUMBER
        elif phrase.run not in name:
            elsewhere.append(phrase.run)
    return score + _in_texts(elsewhere, _folded(says())) if elsewhere else score


def _in_texts(runs: Sequence[str], body: str) -> float:
    score = 0.0
    for run in runs:
        if often := body.count(run):
            score += _BODY * often / (often + _SATURATED * (0.25 + 0.75 * len(body) / _USUAL_LENGTH))
    return score


def _folded(text: str) -> str:
    return (text if _PLAIN.fullmatch(text) else halfwidth(text)).casefold()
