"""Completing what is being typed: categories, brands, words and phrases of titles, and items.

Every line leads to something that can be seen in the shop now: its count is of items that are neither hidden nor of a
kind that search does not list.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from daogou.core.types import I32, I64, Bools, text_in
from daogou.decide.catalogue import Catalogue
from daogou.decide.search.dictionary import pinyin, pinyin_initials
from daogou.decide.search.holding import Holding
from daogou.decide.search.request import Completion
from daogou.decide.search.slots import MOST_CHARACTERS, cut_query
from daogou.decide.words.cut import is_cjk
from daogou.decide.words.fold import fold

LOOKED_AT = 40
"""Of the most frequent lines that go on as typed, so many are looked at."""
GROWN = 1.02
KIND_WEIGHT = {"category": 4.0, "brand": 2.0, "words": 1.0}
LEAST_FOR_SOUND = 2
_END = "\U0010ffff"
_NOBODY = np.empty(0, np.int32)


@dataclass(frozen=True)
class _Line:
    kind: Literal["words", "category", "brand"]
    text: str
    path: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class _Table:
    """keys: ascending, what may be typed; line_of, weights: by key; grown_to: how large the shop was."""

    keys: list[str]
    lines: list[_Line]
    line_of: I32
    weights: I64
    grown_to: tuple[int, int]


class Completing:
    """Made anew when the shop's words have grown by a fiftieth, beside the answering once there is something to say."""

    def __init__(self, catalogue: Catalogue, held: Holding, put_right: Callable[[str], str]) -> None:
        """put_right: words without their slips."""
        self._catalogue, self._held, self._put_right = catalogue, held, put_right
        self._made: _Table | None = None
        self._making: threading.Thread | None = None

    def prepare(self) -> None:
        """Make the table of lines."""
        self._made = self._table()

    def complete(self, words: str, limit: int, language: str) -> tuple[Completion, ...]:
        """Lines for the box below the search field, best first; nothing for nothing."""
        typed = " ".join(fold(words[:MOST_CHARACTERS]).split())
        if not typed or limit < 1:
            return ()
        self._keep_up()
        with self._held.lock:
            is_shown = ~self._catalogue.is_hidden[: self._held.index.n_items]
            found = self._told(self._beginning(typed), is_shown, limit)
            if len(found) < limit:
                found += self._last_word(typed, is_shown, limit - len(found), {one.text for one in found})
            if not found:
                found = self._corrected(typed, is_shown, limit)
            if len(found) < limit:
                found += self._items(typed, is_shown, limit - len(found), language)
        return tuple(found[:limit])

    def _beginning(self, typed: str) -> list[_Line]:
        """The lines that go on from what is typed, weightiest first."""
        made = self._made
        if made is None:
            return []
        start, end = bisect_left(made.keys, typed), bisect_left(made.keys, typed + _END)
        if start == end:
            return []
        lines, weights = made.line_of[start:end], made.weights[start:end]
        if len(lines) > 4 * LOOKED_AT:
            best = np.argpartition(-weights, 4 * LOOKED_AT)[: 4 * LOOKED_AT]
            lines, weights = lines[best], weights[best]
        order = np.lexsort((lines, -weights))
        return [made.lines[at] for at in dict.fromkeys(lines[order].tolist())][:LOOKED_AT]

    def _told(self, lines: list[_Line], is_shown: Bools, limit: int) -> list[Completion]:
        found: dict[str, Completion] = {}
        for line in lines:
            if len(found) == limit:
                break
            key = fold(line.text)
            count = 0 if key in found else self._count(line.text, is_shown)
            if count:
                found[key] = Completion(line.kind, line.text, None, line.path, count)
        return list(found.values())

    def _having(self, text: str) -> I32:
        """Items that have all the words, in whichever field."""
        left: I32 | None = None
        for slot in cut_query(text):
            found = self._held.index.postings(slot.key)
            parts = [items[self._held.index.owner[items] == place] for place, items, _, _ in found]
            having = np.sort(np.concatenate(parts)) if len(parts) > 1 else parts[0] if parts else _NOBODY
            left = having if left is None else np.intersect1d(left, having, assume_unique=True)
            if not len(left):
                break
        return _NOBODY if left is None else left

    def _count(self, text: str, is_shown: Bools) -> int:
        """How many products that may be seen have all the words, variants of one counted once."""
        left = self._having(text)
        return int(np.count_nonzero(np.bincount(self._catalogue.group[left[is_shown[left]]])))

    def _last_word(self, typed: str, is_shown: Bools, limit: int, known: set[str]) -> list[Completion]:
        """What goes on from the last word alone and has the words before it as well."""
        before, _, last = typed.rpartition(" ")
        if not before or not last:
            return []
        lines = [_Line("words", f"{before} {line.text}") for line in self._beginning(last) if line.kind == "words"]
        return self._told([line for line in lines if line.text not in known], is_shown, limit)

    def _corrected(self, typed: str, is_shown: Bools, limit: int) -> list[Completion]:
        """The same for words with slips, each put right."""
        before, _, last = typed.rpartition(" ")
        right = self._put_right(before) if before else ""
        ends = [last] if before and self._beginning(last) else self._held.dictionary.near(last)
        found: list[Completion] = []
        for end in ends or [self._put_right(last)]:
            put_right = f"{right} {end}".strip()
            lines = [_Line("words", put_right), *self._beginning(put_right)] if put_right != typed else []
            found += self._told(lines if end == last or not before else lines[:1], is_shown, limit - len(found))
            if len(found) < limit and end == last and put_right != typed:
                found += self._last_word(put_right, is_shown, limit - len(found), {one.text for one in found})
        return found

    def _items(self, typed: str, is_shown: Bools, limit: int, language: str) -> list[Completion]:
        """Items whose titles have the words, for the places that are left."""
        left = self._having(typed)
        items = self._catalogue.items
        shown = left[is_shown[left]][:limit].tolist()
        return [Completion("item", text_in(items[one].title, language), items[one].id) for one in shown]

    def _keep_up(self) -> None:
        """Make the table anew where the shop's words have grown."""
        made, now = self._made, self._size()
        if made is None:
            if not self._held.is_warming:
                self.prepare()
        elif any(n > GROWN * before for n, before in zip(now, made.grown_to, strict=True)) and (
            self._making is None or not self._making.is_alive()
        ):
            self._making = threading.Thread(target=self.prepare, name="daogou-completing", daemon=True)
            self._making.start()

    def _size(self) -> tuple[int, int]:
        dictionary = self._held.dictionary
        return len(dictionary.counts) + len(dictionary.phrases), len(self._catalogue)

    def _table(self) -> _Table:
        size = self._size()
        rows: list[tuple[str, int, int]] = []
        lines: list[_Line] = []
        for line, weight in self._all_lines():
            rows.extend((key, len(lines), weight) for key in _keys(line))
            lines.append(line)
        rows.sort()
        line_of = np.array([line for _, line, _ in rows], np.int32)
        weights = np.array([weight for _, _, weight in rows], np.int64)
        return _Table([key for key, _, _ in rows], lines, line_of, weights, size)

    def _all_lines(self) -> Iterator[tuple[_Line, int]]:
        dictionary = self._held.dictionary
        categories: dict[tuple[str, ...], int] = {}
        brands: dict[str, int] = {}
        for item in list(self._catalogue.items):
            if item.is_hidden:
                continue
            for path in item.categories:
                for depth in range(len(path)):
                    categories[path[: depth + 1]] = categories.get(path[: depth + 1], 0) + 1
            if item.brand:
                brands[item.brand] = brands.get(item.brand, 0) + 1
        for path, count in categories.items():
            yield _Line("category", path[-1], path), int(count * KIND_WEIGHT["category"])
        for brand, count in brands.items():
            yield _Line("brand", brand), int(count * KIND_WEIGHT["brand"])
        for word, count in list(dictionary.counts.items()):
            if count:
                yield _Line("words", word), count
        for phrase, count in list(dictionary.phrases.items()):
            yield _Line("words", phrase), count


def _keys(line: _Line) -> Iterator[str]:
    """What may be typed for a line: its text, a name's further words, and the sound of Chinese."""
    folded = fold(line.text)
    yield folded
    if line.kind != "words":
        words = folded.split()
        yield from (" ".join(words[at:]) for at in range(1, len(words)))
    if is_cjk(folded) and LEAST_FOR_SOUND <= len(folded) <= 8:
        yield pinyin(folded)
        yield pinyin_initials(folded)
