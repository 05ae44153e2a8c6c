"""Find the word that was meant where one letter is missing, too many, wrong, or two changed places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

SHORTEST = 5


class Nearby:
    """Words of at least four Latin letters, by every form they have with one letter left out."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_part: dict[str, set[str]] = defaultdict(set)
        for word in words:
            if len(word) >= SHORTEST - 1 and word.isascii() and word.isalpha():
                for part in _parts(word):
                    self._by_part[part].add(word)

    def of(self, word: str) -> list[str]:
        """Words one slip away, in order of the alphabet; none for short words."""
        if len(word) < SHORTEST - 1 or not word.isascii() or not word.isalpha():
            return []
        found = {other for part in _parts(word) for other in self._by_part.get(part, ())}
        return sorted(other for other in found if is_one_slip(word, other))


def _parts(word: str) -> list[str]:
    return [word, *(word[:place] + word[place + 1 :] for place in range(len(word)))]


def is_one_slip(one: str, other: str) -> bool:
    """Whether one insertion, deletion, replacement or exchange of neighbours makes one of the other."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, other_rest = one[start:], other[start:]
    if len(rest) > len(other_rest):
        return rest[1:] == other_rest
    if len(rest) < len(other_rest):
        return rest == other_rest[1:]
    swapped = rest[1::-1] + rest[2:]
    return rest[1:] == other_rest[1:] or swapped == other_rest
