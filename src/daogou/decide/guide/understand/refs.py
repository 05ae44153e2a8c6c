"""Which of the shown items is meant: the second one, 第二个, the last two, 左边那个, this one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from daogou.decide.guide.acts import Ref
from daogou.decide.words.numerals import read_number
from daogou.decide.words.tokens import Token

MOST = 60
"""No page shows more."""

_ORDINALS = {
    word: place
    for place, words in enumerate(
        (
            "first 1st 1th", "second 2nd", "third 3rd", "fourth 4th", "fifth 5th", "sixth 6th", "seventh 7th",
            "eighth 8th", "ninth 9th", "tenth 10th",
        ),
        1,
    )
    for word in words.split()
}  # fmt: skip
_NOUNS = frozenset(("one", "ones", "item", "option", "product", "result", "card", "choice"))
_NUMBERED = frozenset(("number", "no", "option", "item", "#", "num", "nr", "product"))
_THIS = frozenset(("this", "that"))
_TIMES = frozenset(("night", "week", "month", "year", "time", "minute", "summer", "winter", "christmas", "chance"))
_MEASURES = "个款件条双只台部套支瓶盒包张本块把样种项号顶副枚幅根辆副间"
_SIDES = {
    "左边": 1,
    "左面": 1,
    "左侧": 1,
    "最左边": 1,
    "右边": -1,
    "右面": -1,
    "右侧": -1,
    "最右边": -1,
    "最左": 1,
    "最右": -1,
}
_UP_DOWN = {"最上面": 1, "上面": 1, "最下面": -1, "下面": -1}
_THESE = ("这些", "那些", "这几", "那几", "这两", "那两", "它们", "它俩", "两个都", "这俩", "那俩", "上面几", "上述")
_IT = ("它",)


def refs(said: Sequence[Token], at: int, n_shown: int) -> Iterator[tuple[int, tuple[Ref, ...], bool]]:
    """(place after it, items meant, whether all that is shown is meant) of each reference that begins with `at`."""
    if said[at].kind == "han" or (at + 1 < len(said) and said[at].kind == "number" and said[at + 1].text == "号"):
        yield from _chinese(said, at, n_shown)
    else:
        yield from _english(said, at, n_shown)


def positions(first: int, last: int) -> tuple[Ref, ...]:
    """Neighbours in what is shown."""
    return tuple(Ref(position=place) for place in range(first, last + 1))


def _counted(said: Sequence[Token], at: int) -> int:
    """The place after a measure word, if there is one at `at`."""
    if at + 1 < len(said) and said[at].text in "那这" and said[at + 1].text in _MEASURES:
        return at + 2
    if at + 2 < len(said) and said[at].text == "的" and said[at + 1].text in "那这" and said[at + 2].text in _MEASURES:
        return at + 3
    return at + 1 if at < len(said) and said[at].text in _MEASURES else at


def _text(said: Sequence[Token], at: int, length: int) -> str:
    return "".join(token.text for token in said[at : at + length])


def _chinese(said: Sequence[Token], at: int, n_shown: int) -> Iterator[tuple[int, tuple[Ref, ...], bool]]:
    here = said[at].text
    sign = 1
    start = at
    if _text(said, at, 2) == "倒数":
        sign, start = -1, at + 2
    if start < len(said) and said[start].text == "第" and start + 1 < len(said):
        number = read_number(said, start + 1)
        if number is not None and number.high is None and 1 <= number.low <= MOST:
            yield _counted(said, number.end), (Ref(position=sign * int(number.low)),), False
        return
    if here in "前后头" and at + 1 < len(said):
        number = read_number(said, at + 1)
        if number is not None and 1 <= number.low <= MOST and _counted(said, number.end) > number.end:
            n = int(number.low)
            yield _counted(said, number.end), positions(-n, -1) if here == "后" else positions(1, n), False
    if _text(said, at, 2) == "最后":
        number = read_number(said, at + 2) if at + 2 < len(said) else None
        if number is not None and 1 <= number.low <= MOST:
            yield _counted(said, number.end), positions(-int(number.low), -1), False
        elif _counted(said, at + 2) > at + 2:
            yield _counted(said, at + 2), (Ref(position=-1),), False
    for words in (_SIDES, _UP_DOWN):
        for word, position in words.items():
            end = at + len(word)
            if _text(said, at, len(word)) == word and _counted(said, end) > end:
                yield _counted(said, end), (Ref(position=position),), False
    if _text(said, at, 2) == "中间" and _counted(said, at + 2) > at + 2:
        yield _counted(said, at + 2), (Ref(position=max(1, (n_shown + 1) // 2)),), False
    for word in _THESE:
        if _text(said, at, len(word)) == word:
            yield max(_counted(said, at + len(word)), at + len(word)), (), True
    if n_shown and here in "这那此" and _counted(said, at + 1) > at + 1:
        yield _counted(said, at + 1), (Ref(position=1),), False
    if here == "它":
        yield at + 1, (Ref(position=1),), False
    number = read_number(said, at)
    if number is not None and number.end < len(said) and said[number.end].text == "号" and 1 <= number.low <= n_shown:
        yield number.end + 1, (Ref(position=int(number.low)),), False
    if _text(said, at, 2) in ("两个", "两款", "俩个") and n_shown == 2:
        yield at + 2, (), True


def _english(said: Sequence[Token], at: int, n_shown: int) -> Iterator[tuple[int, tuple[Ref, ...], bool]]:
    here, following = said[at].text, said[at + 1].text if at + 1 < len(said) else ""
    if said[at].kind == "number" and here.isdigit() and following in ("st", "nd", "rd", "th"):
        yield _noun(said, at + 2), (Ref(position=int(here)),), False
    elif here in _ORDINALS:
        number = read_number(said, at + 1) if following else None
        if here == "first" and number is not None and number.low <= MOST:
            yield _noun(said, number.end), positions(1, int(number.low)), False
        elif here == "second" and (following == "last" or _words(said, at + 1, 2) == "to last"):
            yield _noun(said, at + (2 if following == "last" else 3)), (Ref(position=-2),), False
        else:
            yield _noun(said, at + 1), (Ref(position=_ORDINALS[here]),), False
    elif here in ("last", "top") and following not in _TIMES:
        number = read_number(said, at + 1) if following else None
        if number is not None and number.low <= MOST and following != "one":
            n = int(number.low)
            yield _noun(said, number.end), positions(-n, -1) if here == "last" else positions(1, n), False
        elif following in _NOUNS or here == "last":
            yield _noun(said, at + 1), (Ref(position=-1 if here == "last" else 1),), False
    elif here in ("left", "right", "middle", "bottom") and (following in _NOUNS or _words(said, at - 2, 2) == "on the"):
        place = {"left": 1, "right": -1, "bottom": -1}.get(here, max(1, (n_shown + 1) // 2))
        yield _noun(said, at + 1), (Ref(position=place),), False
    elif here in _THIS and n_shown:
        yield _noun(said, at + 1), (Ref(position=1),), False
    elif here in ("these", "those", "both") or (here in ("them", "all") and following in ("two", "three", "ones")):
        n_more = (following in ("two", "three", "ones", "of")) + (_words(said, at + 1, 2) in ("of them", "of these"))
        yield at + 1 + n_more, (), True
    if here in _NUMBERED and following:
        place = at + 2 if following in (".", "#") else at + 1
        number = read_number(said, place) if place < len(said) else None
        if number is not None and 1 <= number.low <= MOST and number.high is None and not _has_unit(said, number.end):
            yield number.end, (Ref(position=int(number.low)),), False


def _noun(said: Sequence[Token], at: int) -> int:
    return at + 1 if at < len(said) and said[at].text in _NOUNS else at


def _words(said: Sequence[Token], at: int, length: int) -> str:
    return " ".join(token.text for token in said[max(at, 0) : max(at, 0) + length])


def _has_unit(said: Sequence[Token], at: int) -> bool:
    return at < len(said) and said[at].kind == "word" and said[at].start == said[at - 1].end
