"""What each shopper wants less of, kept in memory while nobody says anything new."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from daogou.data.store.wish_log import WishLog
from daogou.decide.catalogue import Catalogue
from daogou.decide.profile.choices import NOTHING_SAID, Choices, Wishes, wishes
from daogou.decide.profile.tag_book import TagBook
from daogou.decide.reach import Reach

MOST_REMEMBERED = 10_000


class WishBook:
    """`refresh` before each answer; a shop where nobody has wished for anything pays nothing else.

    tags  of the shop's catalogue
    """

    def __init__(self, log: WishLog, catalogue: Catalogue, reach: Reach | None = None) -> None:
        self._log = log
        self._reach = reach or Reach()
        self._catalogue = catalogue
        self.tags = TagBook(catalogue)
        self._version = 0
        self._said: dict[tuple[str, ...], Choices] = {}

    def refresh(self, version: int) -> None:
        """Forget what was read before, where somebody said something since."""
        if version != self._version:
            self._version = version
            self._said.clear()

    def choices(self, people: Sequence[str]) -> Choices:
        """By tag, what the shopper with these keys wants."""
        if not self._version or not people:
            return {}
        key = tuple(people)
        found = self._said.get(key)
        if found is None:
            found = cast("Choices | None", self._reach.ask(lambda: self._log.of(people), None))
            if found is None:
                return {}
            if len(self._said) >= MOST_REMEMBERED:
                self._said.clear()
            self._said[key] = found
        return found

    def wishes(self, people: Sequence[str]) -> Wishes:
        """The same as factors and bars over the catalogue."""
        said = self.choices(people)
        return wishes(said, self.tags, len(self._catalogue)) if said else NOTHING_SAID
