"""Spellings in a tree of tokens, so that the longest one that begins somewhere is found in one walk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Generic, TypeVar

from daogou.decide.words.tokens import Token

Entry = TypeVar("Entry")
_HERE = ""


class Trie(Generic[Entry]):
    """Words are compared by their stem; signs between words of one spelling do not count."""

    def __init__(self) -> None:
        self._root: dict[str, Any] = {}
        self.words: set[str] = set()

    def add(self, stems: Sequence[str], entry: Entry) -> None:
        """One more meaning of a spelling."""
        node = self._root
        for stem in stems:
            node = node.setdefault(stem, {})
        node.setdefault(_HERE, []).append(entry)
        self.words.update(stems)

    def found(self, said: Sequence[Token], at: int) -> Iterator[tuple[int, list[Entry]]]:
        """(place of the first token after it, meanings) of every spelling that begins with token `at`."""
        node, place = self._root, at
        while place < len(said):
            token = said[place]
            if token.kind == "sign" and token.stem not in node:
                if place == at or token.text not in "-/'.&" or place + 1 == len(said):
                    return
                place += 1
                continue
            if token.stem not in node:
                return
            node = node[token.stem]
            place += 1
            if _HERE in node:
                yield place, node[_HERE]

    def get(self, stems: Sequence[str]) -> list[Entry]:
        """Meanings of exactly this spelling."""
        node = self._root
        for stem in stems:
            node = node.get(stem, {})
        return list(node.get(_HERE, ()))
