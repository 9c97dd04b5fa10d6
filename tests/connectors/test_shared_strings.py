"""Shared strings are the same, in memory and on disk."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.xlsx.strings import SharedStrings


@given(
    texts=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), min_size=1),
    in_memory=st.integers(0, 200),
)
def test_texts_come_back(texts: list[str], in_memory: int) -> None:
    """Every text comes back by its number, however many of them lie on disk, asked for in any order."""
    with SharedStrings(in_memory=in_memory) as strings:
        for one in texts:
            strings.start("si", {})
            strings.start("t", {})
            strings.text(one)
            strings.end("t")
            strings.end("si")
        assert [strings[number] for number in range(len(texts))] == texts
        assert [strings[number] for number in reversed(range(len(texts)))] == texts[::-1]
        for absent in (-1, len(texts)):
            with pytest.raises(IndexError):
                strings[absent]
