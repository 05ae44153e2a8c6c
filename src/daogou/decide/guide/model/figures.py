"""Every number that a text states, in digits or in words, Chinese or English: a gate must not miss one.

Good for finding numbers that somebody might take for a price, a count or a measure. Not for reading utterances: what
is meant is the grammar's work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_DIGITS = re.compile(r"\d+(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_CHINESE = re.compile(r"[零〇一二两俩三仨四五六七八九十百千万亿廿卅壹贰叁肆伍陆柒捌玖拾佰仟萬]+")
_DIGIT_NAMES = ("零〇", "一壹", "二两俩贰", "三仨叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
_ONES = {one: value for value, group in enumerate(_DIGIT_NAMES) for one in group}
_TENS = {"十": 10, "拾": 10, "廿": 20, "卅": 30, "百": 100, "佰": 100, "千": 1_000, "仟": 1_000}
_LARGE = {"万": 10_000, "萬": 10_000, "亿": 100_000_000}

_ENGLISH = {
    "zero": 0.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0, "eight": 8.0,
    "nine": 9.0, "ten": 10.0, "eleven": 11.0, "twelve": 12.0, "thirteen": 13.0, "fourteen": 14.0, "fifteen": 15.0,
    "sixteen": 16.0, "seventeen": 17.0, "eighteen": 18.0, "nineteen": 19.0, "twenty": 20.0, "thirty": 30.0,
    "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "seventy": 70.0, "eighty": 80.0, "ninety": 90.0, "half": 0.5,
    "dozen": 12.0, "dozens": 12.0, "hundred": 100.0, "hundreds": 100.0, "thousand": 1_000.0, "thousands": 1_000.0,
    "million": 1e6, "millions": 1e6,
}  # fmt: skip
_WORD = re.compile(r"[a-z]+")


def figures_in(text: str) -> Iterator[tuple[float, int, int]]:
    """Each number with where it begins and ends. "twenty five" gives 20 and 5: neither passes unseen.

    A lone Chinese character counts only as a number from two on: 一 is more often "a" than 1.
    """
    for found in _DIGITS.finditer(text):
        yield float(re.sub("[,，]", "", found[0])), found.start(), found.end()
    for found in _CHINESE.finditer(text):
        if found[0] != "一":
            yield _value(found[0]), found.start(), found.end()
    for found in _WORD.finditer(text.lower()):
        if found[0] in _ENGLISH:
            yield _ENGLISH[found[0]], found.start(), found.end()


def _value(text: str) -> float:
    """两百五 is 250, 一二三 is 123, 三万二 is 32,000."""
    if all(one in _ONES for one in text):
        return float("".join(str(_ONES[one]) for one in text))
    total, part, digit, last = 0, 0, 0, 1
    for one in text:
        if one in _ONES:
            digit = _ONES[one]
            last = 1 if digit == 0 else last
        elif one in _TENS:
            part += (digit or 1) * _TENS[one]
            digit, last = 0, _TENS[one]
        else:
            total = (total + part + digit or 1) * _LARGE[one]
            part, digit, last = 0, 0, _LARGE[one]
    return float(total + part + digit * max(last // 10, 1) if text[-1] in _ONES and last > 10 else total + part + digit)
