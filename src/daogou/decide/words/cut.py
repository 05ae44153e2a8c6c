"""Cut texts into terms: the units in which the search index and the guide compare words.

- Words of spaced scripts: folded, without apostrophes, stemmed by English rules from three letters on. A word with
  hyphens or points gives its parts and all of them joined (t-shirt: t, shirt, tshirt); a word of letters and digits
  gives both as well (iphone15: iphone15, iphone, 15).
- Runs of Chinese, Japanese and Korean: the words rjieba finds, long ones and those within them, and beside them every
  pair of neighbouring characters and every single one, which weigh less: they find what was cut otherwise.
- Amounts: one term each beside their words, see `measures`.

A term's weight says how surely the text means it; `terms` leaves the weights out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

import rjieba
import Stemmer

from daogou.decide.words.fold import fold
from daogou.decide.words.measures import measures

CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = rf"[^\W_{CJK}]"
CHUNK = re.compile(rf"[{CJK}]+|{_LETTER}+(?:[-.'&+_]{_LETTER}+)*")
"""A run of one kind of writing: ideographs, or letters and digits with what may stand inside of a word."""
_JOINTS = re.compile(r"[-.'&+_]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_MIXED = re.compile(r"([a-z]{2,})(\d{1,4})([a-z]{0,5})|(\d{1,4})([a-z]{2,})")
PAIR, SINGLE, PART = 0.5, 0.25, 0.7
"""What a pair of characters, a single one and a part of a word weigh beside a word."""

_AMOUNT = "="
LONGEST_KEPT = 60
"""Characters of a text up to which its terms are kept ready: brands, categories and values come again and again."""

_stemmer = Stemmer.Stemmer("english")
_stemmer.maxCacheSize = 0  # ours below is faster


@lru_cache(200_000)
def stem(word: str) -> str:
    """The word without its English endings; numbers, codes and short words as they are."""
    return str(_stemmer.stemWord(word)) if len(word) > 2 and word.isascii() and word.isalpha() else word


def is_cjk(text: str) -> bool:
    """Whether the text begins with a character of a script without spaces."""
    return bool(_CJK_FIRST.match(text))


_CJK_FIRST = re.compile(f"[{CJK}]")


def terms(text: str) -> list[str]:
    """The terms of a text, each once, in the order in which they first stand there."""
    return list(weighted_terms(text))


def weighted_terms(text: str) -> Mapping[str, float]:
    """The terms of a text, each with the sum of the weights of its places."""
    return terms_and_length(text)[0]


def terms_and_length(text: str) -> tuple[Mapping[str, float], float]:
    """The same, and the sum of all weights."""
    return _of_short(text) if len(text) <= LONGEST_KEPT else _measured(text)


def _measured(text: str) -> tuple[Mapping[str, float], float]:
    found = _weighted(text)
    return found, sum(found.values())


_of_short = lru_cache(50_000)(_measured)


def _weighted(text: str) -> Mapping[str, float]:
    found: dict[str, float] = {}
    for piece in pieces_of(text):
        for term, weight in terms_of_piece(piece):
            found[term] = found.get(term, 0.0) + weight
    return found


def pieces_of(text: str) -> list[str]:
    """The amounts and then the chunks of a text, for `terms_of_piece`; an amount begins with a sign no chunk has."""
    folded = fold(text)
    return [_AMOUNT + measure.term for measure in measures(folded)] + CHUNK.findall(folded)


@lru_cache(50_000)
def terms_of_piece(chunk: str) -> tuple[tuple[str, float], ...]:
    """The terms of a piece, each once, with their weights."""
    if chunk[0] == _AMOUNT:
        return ((chunk[1:], 1.0),)
    return tuple(_of_run(chunk).items()) if _CJK_FIRST.match(chunk) else tuple(_of_word(chunk).items())


def _of_run(run: str) -> dict[str, float]:
    found = dict.fromkeys(run, SINGLE) if len(run) > 1 else {run: 1.0}
    for at in range(len(run) - 1):
        found.setdefault(run[at : at + 2], PAIR)
    for word in rjieba.cut_for_search(run):
        found[word] = max(found.get(word, 0.0), PART)
    for word in words_of_run(run):
        found[word] = 1.0
    return found


def words_of_run(run: str) -> list[str]:
    """The words of a run without spaces; a shade stays one word, so that 酒红色 is not 红色."""
    words: list[str] = []
    for word in rjieba.cut(run):
        if len(word) == 2 and word[1] == "色" and words and words[-1] in _SHADES:
            words[-1] += word
        else:
            words.append(word)
    return words


_SHADES = frozenset("酒玫米枣砖姜杏湖墨军草翠驼奶烟桃橘宝藏雾樱")
"""What makes a shade of the colour that follows."""


def _of_word(word: str) -> dict[str, float]:
    if _NUMBER.fullmatch(word):
        return {word.rstrip("0").rstrip(".") if "." in word else word: 1.0}
    parts = split_word(word)
    joined = _JOINTS.sub("", word)
    found = {stem(joined): 1.0}
    for part in parts:
        found.setdefault(stem(part), PART if len(parts) > 1 else 1.0)
    return found


def split_word(word: str) -> list[str]:
    """The parts of a word with joints, or of letters and digits; the word alone where it has none."""
    if "'" in word:
        word = word.replace("'", "")
    parts = [part for part in _JOINTS.split(word) if part]
    if len(parts) == 1:
        mixed = _MIXED.fullmatch(word)
        if mixed:
            return [part for part in mixed.groups() if part]
    return parts
