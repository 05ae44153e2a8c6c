"""Numbers as they are said in Chinese and English."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daogou.decide.words.numerals import read_number
from daogou.decide.words.tokens import plain, tokens


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("两百", 200, None), ("二百五", 250, None), ("一百五", 150, None), ("二百零五", 205, None),
        ("1.5k", 1500, None), ("2w", 20_000, None), ("1万2", 12_000, None), ("三五百", 300, 500),
        ("两三百", 200, 300), ("一千二", 1200, None), ("三万五", 35_000, None), ("十五", 15, None),
        ("１２３", 123, None), ("1,299", 1299, None), ("19,90", 19.9, None),
        ("two hundred and fifty", 250, None), ("a dozen", 12, None), ("twenty-five", 25, None),
        ("百来", 100, None),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_is_said(text: str, low: float, high: float | None) -> None:
    number = read_number(tokens(plain(text)), 0)
    assert number is not None
    assert (number.low, number.high) == (low, high)


@pytest.mark.parametrize("text", ["红色", "and", "hundred", "的", "几"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert read_number(tokens(plain(text)), 0) is None


@given(st.text(alphabet="零一二两三四五六七八九十百千万几来多0123456789.,kw ", max_size=30))
def test_no_pile_of_numerals_is_an_error(text: str) -> None:
    said = tokens(plain(text))
    for at in range(len(said)):
        number = read_number(said, at)
        assert number is None or at < number.end <= len(said)
