"""Running document numbers are read as offices write them, and what is missing between them is told."""

from datetime import date

import pytest

from streams.domain.keys import document_number
from streams.domain.supervision.numbering import Gap, gaps, running, without

MARCH = (date(2024, 3, 1), date(2024, 3, 31))


@pytest.mark.parametrize(
    ("written", "series", "number"),
    [
        ("济市监罚〔2024〕121号", "济市监罚〔2024〕*号", 121),
        ("济市监罚[2024]第0121号", "济市监罚〔2024〕第*号", 121),
        ("济市监罚〔2024〕12-3号", "济市监罚〔2024〕*号", 12),
        ("济公（治）行罚决字〔2024〕7", "济公〔治〕行罚决字〔2024〕*", 7),
    ],
)
def test_a_number_is_read_with_its_series(written: str, series: str, number: int) -> None:
    """Brackets of any kind, 第, zeros before, a case's parties behind: one series, one number."""
    found = running(document_number(written))
    assert found is not None
    assert (found.series, found.number) == (series, number)


@pytest.mark.parametrize("written", ["JY23701020012345", "", "济市监罚〔2024〕号", "济市监罚2024年第7号"])
def test_what_does_not_run_is_no_number(written: str) -> None:
    """A licence's number, nothing at all, a year without brackets: nothing can be missing there."""
    assert running(document_number(written)) is None


def told(*numbers: tuple[int, int]) -> list[str]:
    """Return what is missing in March between numbers, each with its day of the year's first quarter."""
    seen = [(number, date(2024, 3, day), 1) for number, day in numbers]
    return [str(gap) for gap in gaps("罚〔2024〕*号", seen, *MARCH)]


def test_a_number_between_two_known_ones_is_missing() -> None:
    """121 and 123 are there: 122 is missing; the same number twice is one, and nothing is below the first."""
    assert told((121, 1), (121, 2), (123, 4)) == ["罚〔2024〕122号"]
    assert told((1, 1), (5, 4)) == ["罚〔2024〕2号～罚〔2024〕4号"]
    assert told((121, 1)) == []


def test_a_gap_belongs_to_the_month_of_the_number_after_it() -> None:
    """What is missing before a number of another month is that month's."""
    seen = [(1, date(2024, 3, 30), 1), (3, date(2024, 4, 1), 1)]
    assert list(gaps("罚〔2024〕*号", seen, *MARCH)) == []


def test_what_is_excused_leaves_the_rest() -> None:
    """Ranges may overlap each other and the gap's ends."""
    gap = Gap(series="罚〔2024〕*号", first=10, last=20, digits=3)
    left = list(without(gap, [(1, 11), (14, 15), (15, 16), (20, 99)]))
    assert [(one.first, one.last) for one in left] == [(12, 13), (17, 19)]
    assert str(left[0]) == "罚〔2024〕012号～罚〔2024〕013号"
    assert list(without(gap, [(10, 20)])) == []


def test_very_many_in_a_row_are_a_jump() -> None:
    """A hundred missing numbers may be a lapse, a hundred and one are another office's block."""
    assert not Gap(series="*", first=1, last=100, digits=1).jumps
    assert Gap(series="*", first=1, last=101, digits=1).jumps
