"""Every number that a text states, in digits or in words, Chinese or English: a gate must not miss one.

Good for finding numbers that somebody might take for a price, a count or a measure. Not for reading utterances: what
is meant is the grammar's work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_DIGITS = re.compile(r"\d+(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_CHINESE = re.compile(r"[零〇一二两俩三仨四五六七八九十百千万亿廿卅壹贰叁肆伍陆柒捌玖拾佰仟萬]+")
_ONES = {one: value for value, group in enumerate(("零〇", "一壹", "二两俩贰", "三仨叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")) for one in group}
_TENS = {"十": 10, "拾": 10, "廿": 20, "卅": 30, "百": 100, "佰": 100, "千": 1_000, "仟": 1_000}
_LARGE = {"万": 10_000, "萬": 10_000, "亿": 100_000_000}

_NAMES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_ENGLISH = {name: float(value) for value, name in enumerate(_NAMES)}
_ENGLISH |= {name: 10.0 * value for value, name in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_ENGLISH |= {"half": 0.5, "dozen": 12.0, "dozens": 12.0, "hundred": 100.0, "hundreds": 100.0, "thousand": 1_000.0}
_ENGLISH |= {"thousands": 1_000.0, "million": 1e6, "millions": 1e6, "grand": 1_000.0, "fiver": 5.0, "tenner": 10.0}
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
