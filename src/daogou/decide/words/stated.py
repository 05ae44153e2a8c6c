"""Which words stand in the titles of a shop, to tell a word search may find from one that means nothing here."""

from __future__ import annotations

from collections.abc import Sequence

from daogou.core.types import Item
from daogou.decide.words.fold import fold
from daogou.decide.words.tokens import stem


class Stated:
    """words: stems of all words of Latin letters; text: the pieces of all titles, each once."""

    def __init__(self, items: Sequence[Item]) -> None:
        pieces = {piece for item in items for title in item.title.values() for piece in title.split()}
        self.text = fold("\n".join(sorted(pieces)))
        words = {word.strip(".,;:!?()[]\"'&/-+") for word in self.text.split()}
        self.words = {stem(part) for word in words for part in word.replace("-", " ").split() if part.isascii()}

    def has(self, word: str) -> bool:
        """Whether a word, in its plain form, stands in a title."""
        if not word.isascii():
            return word in self.text
        return all(stem(part) in self.words for part in word.replace("-", " ").split())
