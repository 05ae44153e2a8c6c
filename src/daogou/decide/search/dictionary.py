"""The words of the shop as they are written, with how often: for corrections, pinyin and completing.

Pinyin is how Chinese words are typed in Latin letters: 衣服 is yifu, its initials are yf. Its tables are loaded when
the first word needs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from daogou.core.types import Item
from daogou.decide.search.fields import LONGEST_VALUE
from daogou.decide.search.near import NearWords
from daogou.decide.words.cut import CHUNK, is_cjk, words_of_run
from daogou.decide.words.fold import fold

LEAST_FOR_ONE, LEAST_FOR_TWO = 4, 8
"""Letters of a word in which one change, or two, are taken for a slip."""
LONGEST_RUN_TOGETHER = 40
MOST_TOLD = 3
MOST_PHRASES = 400_000
_PARTS = re.compile(r"[,;|/()\[\]，；、（）]")


class Dictionary:
    """`take` adds items; words of items that are gone stay known, which harms nobody."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.phrases: dict[str, int] = {}
        self._near: tuple[int, NearWords] | None = None
        self._sounds: tuple[int, dict[str, list[str]], dict[str, list[str]]] | None = None

    def take(self, items: Iterable[Item]) -> None:
        """Count the words of titles, categories, brands and values, and phrases of titles."""
        counts, phrases = self.counts, self.phrases
        for item in items:
            parts = [part_of(part) for text in item.title.values() for part in _PARTS.split(fold(text))]
            words = {word for words, _ in parts for word in words}
            words.update(word for text in _names(item) for word in words_of(text))
            for word in words:
                counts[word] = counts.get(word, 0) + 1
            for values in item.attributes.values():  # known, but not what anybody would be offered to type
                for text in values:
                    if len(text) <= LONGEST_VALUE:
                        for word in words_of(text):
                            counts.setdefault(word, 0)
            if not item.is_hidden:
                for phrase in {phrase for _, found in parts for phrase in found}:
                    phrases[phrase] = phrases.get(phrase, 0) + 1
        if len(phrases) > MOST_PHRASES:
            self.phrases = {phrase: count for phrase, count in phrases.items() if count > 1}

    def know(self, texts: Iterable[str]) -> None:
        """Words that may be typed though no item has them."""
        for text in texts:
            if is_cjk(text) and len(text) > 1:
                self.counts.setdefault(fold(text), 0)
        self._sounds = None

    def prepare(self) -> None:
        """Load and make what corrections need, so that nobody waits for it."""
        self._by_sound()
        self.near("prepare")

    def near(self, word: str) -> list[str]:
        """Written words that a typed word of letters is probably a slip for, the likeliest first."""
        most = 0 if len(word) < LEAST_FOR_ONE else 1 if len(word) < LEAST_FOR_TWO else 2
        if not most or not word.isascii() or not word.isalpha():
            return []
        if self._near is None or self._near[0] < 0.9 * len(self.counts):
            self._near = len(self.counts), NearWords(list(self.counts))
        found = self._near[1].near(word, most)
        found.sort(key=lambda one: (one[1], one[0][0] != word[0], -self.counts[one[0]], one[0]))
        return [known for known, _ in found[:MOST_TOLD]]

    def sounding(self, word: str) -> list[str]:
        """Chinese words of the shop that a typed one stands for by its sound, the most frequent first.

        word  pinyin without tones, run together; its initials; or Chinese characters that sound alike
        """
        whole, initials = self._by_sound()
        if is_cjk(word):
            return [one for one in whole.get(pinyin(word), []) if one != word][:MOST_TOLD]
        if not word.isascii() or not word.isalpha():
            return []
        return whole.get(word, [])[:MOST_TOLD] or initials.get(word, [])[:MOST_TOLD]

    def run_together(self, word: str) -> list[str]:
        """The Chinese words that typed pinyin is made of, where it is several: hongsebeizi is 红色 and 杯子."""
        if not word.isascii() or not word.isalpha() or len(word) > LONGEST_RUN_TOGETHER:
            return []
        whole, _ = self._by_sound()
        best: list[list[str] | None] = [[]] + [None] * len(word)
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - 18), end):
                before, here = best[start], whole.get(word[start:end])
                if before is None or not here:
                    continue
                held = best[end]
                if held is None or len(before) + 1 < len(held):
                    best[end] = [*before, here[0]]
        return best[-1] or []

    def _by_sound(self) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        if self._sounds is None or self._sounds[0] < 0.9 * len(self.counts):
            whole: dict[str, list[str]] = {}
            initials: dict[str, list[str]] = {}
            chinese = [word for word in self.counts if is_cjk(word) and len(word) > 1]
            for word in sorted(chinese, key=lambda one: (-self.counts[one], one)):
                whole.setdefault(pinyin(word), []).append(word)
                initials.setdefault(pinyin_initials(word), []).append(word)
            self._sounds = len(self.counts), whole, initials
        return self._sounds[1], self._sounds[2]


def _names(item: Item) -> Iterator[str]:
    for path in item.categories:
        yield from path
    if item.brand:
        yield item.brand


@lru_cache(50_000)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as they are written, folded; of Chinese those of two characters and more."""
    return tuple(word for chunk in CHUNK.findall(fold(text)) for word in _words(chunk))


@lru_cache(50_000)
def _words(chunk: str) -> tuple[str, ...]:
    if is_cjk(chunk):
        return tuple(word for word in words_of_run(chunk) if len(word) > 1)
    return (chunk.replace("'", ""),)


@lru_cache(50_000)
def part_of(part: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a part of a folded title, and its neighbouring words two and three at a time."""
    words = words_of(part)
    return words, tuple(_phrases(part, words))


def _phrases(part: str, words: Sequence[str]) -> Iterator[str]:
    for at in range(len(words) - 1):
        one, other = words[at], words[at + 1]
        both = is_cjk(one) and is_cjk(other)
        pair = one + other if both else f"{one} {other}"
        if both and pair not in part:
            continue
        yield pair
        if at + 2 < len(words) and not is_cjk(words[at + 2]) and not both:
            yield f"{pair} {words[at + 2]}"


def pinyin(word: str) -> str:
    """Its sound without tones, run together."""
    return "".join(_syllables(word))


def pinyin_initials(word: str) -> str:
    """The first letter of each syllable."""
    return "".join(syllable[0] for syllable in _syllables(word) if syllable)


@lru_cache(50_000)
def _syllables(word: str) -> Sequence[str]:
    from pypinyin import lazy_pinyin  # half a second, for shops where nobody types pinyin

    return tuple(one.lower() for one in lazy_pinyin(word))
