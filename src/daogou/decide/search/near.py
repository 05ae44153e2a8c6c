"""Which known words are nearly the typed one: a few letters left out, put in, changed or swapped."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numba import types

from daogou.core.types import I32, U8
from daogou.learn.kernels.compiled import compiled, read_only

LONGEST = 24
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class NearWords:
    """Known words of letters a to z as arrays, to be compared with a typed one."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = [word for word in words if 3 <= len(word) <= LONGEST and word.isascii() and word.isalpha()]
        self._lengths = np.array([len(word) for word in self.words], np.uint8)
        joined = "".join(word.ljust(LONGEST, "\0") for word in self.words).encode()
        self._letters = np.frombuffer(joined, np.uint8).reshape(len(self.words), LONGEST)
        self._signs = np.array([_sign(word) for word in self.words], np.int32)

    def near(self, word: str, most: int) -> list[tuple[str, int]]:
        """Known words at most `most` changes away, each with how many."""
        if not self.words or len(word) > LONGEST:
            return []
        asked = np.frombuffer(word.encode(), np.uint8)
        found, away = np.empty(len(self.words), np.int32), np.empty(len(self.words), np.uint8)
        n = _near(asked, _sign(word), self._letters, self._lengths, self._signs, most, found, away)
        return [(self.words[at], int(far)) for at, far in zip(found[:n].tolist(), away[:n].tolist(), strict=True)]


def _sign(word: str) -> int:
    return sum(1 << _LETTERS.index(letter) for letter in set(word))


@compiled(
    types.int64(
        read_only(types.uint8), types.int64, read_only(types.uint8, 2), read_only(types.uint8),
        read_only(types.int32), types.int64, types.int32[::1], types.uint8[::1],
    )
)  # fmt: skip
def _near(asked: U8, sign: int, letters: U8, lengths: U8, signs: I32, most: int, found: I32, away: U8) -> int:
    """Optimal string alignment distance, for words whose sets of letters do not rule it out."""
    n_asked, n = len(asked), 0
    table = np.zeros((3, LONGEST + 1), np.int64)
    for word in range(len(lengths)):
        length = lengths[word]
        if abs(length - n_asked) > most:
            continue
        differing, bits = sign ^ signs[word], 0
        while differing:
            differing &= differing - 1
            bits += 1
        if bits > 2 * most:
            continue
        for column in range(length + 1):
            table[0, column] = column
        before, row, least = 2, 0, 0
        for at in range(n_asked):
            earlier, before, row = before, row, (at + 1) % 3
            table[row, 0] = at + 1
            least = at + 1
            for column in range(length):
                cost = 0 if asked[at] == letters[word, column] else 1
                best = min(table[before, column] + cost, table[before, column + 1] + 1, table[row, column] + 1)
                if (
                    at and column and asked[at] == letters[word, column - 1]
                    and asked[at - 1] == letters[word, column]
                ):  # fmt: skip
                    best = min(best, table[earlier, column - 1] + 1)
                table[row, column + 1] = best
                least = min(least, best)
            if least > most:
                break
        if least <= most and table[row, length] <= most and row == n_asked % 3:
            found[n], away[n] = word, table[row, length]
            n += 1
    return n
