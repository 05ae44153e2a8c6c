"""Words that mean the same in this shop, as its settings say: every phrase by its terms, with what it may stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from daogou.core.settings import SearchSettings

Key = tuple[str, ...]


@dataclass(frozen=True)
class Thesaurus:
    """others: by a phrase's terms, the terms of each phrase that means the same; longest: terms in any of them."""

    others: Mapping[Key, tuple[Key, ...]] = field(default_factory=dict)
    longest: int = 0

    @classmethod
    def of(cls, settings: SearchSettings, key: Callable[[str], Key]) -> Thesaurus:
        """key: a phrase's terms, cut as queries are."""
        found: dict[Key, dict[Key, None]] = {}
        pairs = [
            (one, other) for group in settings.synonyms for one in group for other in group if one != other
        ]  # fmt: skip
        pairs += [(one, other) for one, others in settings.one_way.items() for other in others]
        for one, other in pairs:
            if key(one) and key(other) and key(one) != key(other):
                found.setdefault(key(one), {})[key(other)] = None
        return cls({one: tuple(others) for one, others in found.items()}, max(map(len, found), default=0))

    def at(self, keys: Sequence[Key]) -> tuple[int, tuple[Key, ...]]:
        """The longest phrase that these slots begin with: how many of them, and what else means it."""
        for n in range(min(self.longest, len(keys)), 0, -1):
            phrase = tuple(term for key in keys[:n] for term in key)
            if phrase in self.others:
                return n, self.others[phrase]
        return 0, ()
