"""Numbers as they are said in Chinese and English: 两百, 一百五, 1万2, 1.5k, two hundred and fifty, a dozen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from daogou.decide.words.tokens import Token

_DIGITS = {
    "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
_SCALES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1_000, "仟": 1_000}
_SMALL = {
    name: number
    for number, name in enumerate(
        (
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
            "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
        )
    )
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
_BIG = {"hundred": 100, "thousand": 1_000, "grand": 1_000, "dozen": 12, "million": 1_000_000}
_LETTERS = {"k": 1_000, "w": 10_000}
LARGEST = 1e12


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was said; `high` where it is a spread ("三五百" is 300 to 500), `is_rough` for "百来块", "几百".

    end  place of the first token after it
    """

    low: float
    end: int
    high: float | None = None
    is_rough: bool = False
    is_word: bool = False


def read_number(said: Sequence[Token], at: int) -> Number | None:
    """The number that begins with token `at`, if one does."""
    token = said[at]
    if token.kind == "number":
        return _figures(said, at)
    if token.kind == "word":
        return _english(said, at)
    if token.kind == "han":
        return _chinese(said, at)
    return None


def _adjoin(said: Sequence[Token], at: int) -> bool:
    return at < len(said) and said[at - 1].end == said[at].start


def figure(text: str) -> float | None:
    """1,299 is a thousand; 19,90 is nineteen and ninety hundredths."""
    if "," in text:
        whole, *groups = text.split(",")
        if all(len(group.split(".")[0]) == 3 for group in groups) and len(whole) <= 3:
            text = text.replace(",", "")
        elif len(groups) == 1 and "." not in text:
            text = text.replace(",", ".")
        else:
            return None
    try:
        value = float(text) if len(text) <= 15 else None
    except ValueError:
        return None
    return value


def _figures(said: Sequence[Token], at: int) -> Number | None:
    value = figure(said[at].text)
    if value is None:
        return None
    end = at + 1
    if _adjoin(said, end) and said[end].text in _LETTERS:
        return Number(value * _LETTERS[said[end].text], end + 1)
    if end < len(said) and said[end].text in ("thousand", "grand", "hundred", "million"):
        return Number(value * _BIG[said[end].text], end + 1)
    if _adjoin(said, end) and said[end].text in ("万", "千", "百"):
        scale = {"万": 10_000, "千": 1_000, "百": 100}[said[end].text]
        end += 1
        if _adjoin(said, end) and said[end].kind == "number" and len(said[end].text) == 1:
            return Number((value + float(said[end].text) / 10) * scale, end + 1)
        if _adjoin(said, end) and said[end].text in _DIGITS:
            return Number((value + _DIGITS[said[end].text] / 10) * scale, end + 1)
        return Number(value * scale, _after_rough(said, end), is_rough=_is_rough(said, end))
    if _is_rough(said, end) and value >= 10:
        return Number(value, end + 1, is_rough=True)
    return Number(value, end)


def _is_rough(said: Sequence[Token], at: int) -> bool:
    return at < len(said) and said[at].text in ("来", "多") and said[at - 1].end == said[at].start


def _after_rough(said: Sequence[Token], at: int) -> int:
    return at + 1 if _is_rough(said, at) else at


def _english(said: Sequence[Token], at: int) -> Number | None:
    total, current, end, is_number, spoken = 0.0, 0.0, at, False, 0
    while end < len(said):
        word = said[end].text
        if word in _SMALL and (spoken == 0 or (spoken == 10 and _SMALL[word] < 10) or spoken == 100):
            current, spoken = current + _SMALL[word], 1
        elif word in _TENS and spoken in (0, 100):
            current, spoken = current + _TENS[word], 10
        elif word in _BIG and (is_number or (end > at and said[end - 1].text in ("a", "an", "half"))):
            scale = _BIG[word]
            current = max(current, 1) * scale
            spoken = 100
            if scale >= 1_000:
                total, current = total + current, 0.0
        elif (
            (word in ("a", "an") and end == at and end + 1 < len(said) and said[end + 1].text in _BIG)
            or (word == "and" and spoken == 100 and end + 1 < len(said) and _is_small(said[end + 1].text))
            or (word == "-" and spoken == 10 and end + 1 < len(said) and said[end + 1].text in _SMALL)
        ):
            end += 1
            continue
        else:
            break
        is_number = True
        end += 1
    return Number(total + current, end, is_word=True) if is_number else None


def _is_small(word: str) -> bool:
    return word in _SMALL or word in _TENS


def _chinese(said: Sequence[Token], at: int) -> Number | None:
    end = at
    while end < len(said) and (end == at or _adjoin(said, end)) and said[end].text in _HAN_NUMERALS:
        end += 1
    text = "".join(token.text for token in said[at:end])
    if text.startswith("半") or not text:
        return None
    spread = _spread(text)
    if spread is not None:
        return Number(spread[0], _after_rough(said, end), spread[1], is_word=True)
    if text[0] == "几":
        scale = _SCALES.get(text[1:], 10_000 if text[1:] == "万" else 0)
        return Number(scale, end, 10 * scale, is_rough=True, is_word=True) if scale else None
    if "几" in text:
        return None
    value = han_value(text)
    if value is None:
        return None
    if text[-1] in ("百", "千", "十", "万") and _is_rough(said, end):
        return Number(value, end + 1, is_rough=True, is_word=True)
    return Number(value, end, is_word=True)


_HAN_NUMERALS = frozenset((*_DIGITS, *_SCALES, "万", "几"))


def _spread(text: str) -> tuple[float, float] | None:
    """三五百 is 300 to 500, 两三百 200 to 300, 一两千, 七八十, 两三 2 to 3."""
    if len(text) == 2 and text[0] in "两三四五六七八" and _DIGITS.get(text[1]) == _DIGITS[text[0]] + 1:
        return float(_DIGITS[text[0]]), float(_DIGITS[text[1]])
    if len(text) >= 3 and text[0] in _DIGITS and text[1] in _DIGITS and "零" not in text[:2]:
        scale = _SCALES.get(text[2:], 10_000 if text[2:] == "万" else 0)
        low, high = _DIGITS[text[0]], _DIGITS[text[1]]
        if scale and low < high:
            return float(low * scale), float(high * scale)
    return None


def han_value(text: str) -> float | None:
    """The value of Chinese numerals: 一百五 is 150, 二百零五 205, 一千二 1200, 三万五 35000, 二〇二五 2025."""
    if all(one in _DIGITS for one in text):
        return float("".join(str(_DIGITS[one]) for one in text)) if len(text) <= 12 else None
    total, section, digit, scale, is_zero = 0.0, 0.0, -1, 0, False
    for one in text:
        if one in _DIGITS:
            if digit > 0:
                return None
            digit, is_zero = _DIGITS[one], is_zero or _DIGITS[one] == 0
        elif one == "万":
            total, section, digit, scale = (total + section + max(digit, 0)) * 10_000, 0.0, -1, 10_000
            if total == 0:
                return None
            is_zero = False
        else:
            scale, is_zero = _SCALES[one], False
            section += (digit if digit > 0 else 1) * scale
            digit = -1
        if total > LARGEST:
            return None
    if digit > 0:
        section += digit * (scale // 10 if scale >= 100 and not is_zero else 1)
    return total + section
