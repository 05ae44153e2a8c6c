"""Sees what changed in the shop since the last look, whichever process changed it. One look costs a few small reads."""

from __future__ import annotations

from dataclasses import dataclass

from daogou.data.store.rows import EVENT_COLUMNS
from daogou.decide.shop import Shop

MOST_EVENTS = 2_000
"""Events read per look; where more came, everybody with an identity is looked at."""

_PERSON, _PAST_LINES = (1 + EVENT_COLUMNS.index(name) for name in ("person", "past_lines"))


@dataclass(frozen=True, slots=True)
class Change:
    """Whose lists may differ from before.

    people            person keys of whom something new is known
    is_for_known      everybody with an identity may be concerned: a wish, or more events than were read
    is_for_everybody  the catalogue, the rules or the release
    """

    people: frozenset[str] = frozenset()
    is_for_known: bool = False
    is_for_everybody: bool = False

    def __bool__(self) -> bool:
        return bool(self.people) or self.is_for_known or self.is_for_everybody


class Watch:
    """Begins with the shop as it is; `look` tells what is new."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        shop.refresh()
        self._revisions = shop.reach.require(shop.store.revisions)
        self._seq = shop.reach.require(shop.store.last_seq)
        self._serving = self._releases()

    def look(self) -> Change:
        """What changed since the last look; the shop has then taken it over.

        Raises StorageUnavailable, and then the next look tells it.
        """
        reach, store = self._shop.reach, self._shop.store
        catalogue, rules, wishes = revisions = reach.require(store.revisions)
        self._shop.look_for_release()  # the shop itself looks only once a second
        serving = self._releases()
        last = reach.require(store.last_seq)
        people, is_more = self._people(last)
        old_catalogue, old_rules, old_wishes = self._revisions
        change = Change(
            people=people,
            is_for_known=is_more or wishes != old_wishes,
            is_for_everybody=(catalogue, rules, serving) != (old_catalogue, old_rules, self._serving),
        )
        if change.is_for_everybody or change.is_for_known:
            self._shop.refresh()
        self._revisions, self._seq, self._serving = revisions, max(last, self._seq), serving
        return change

    def _releases(self) -> tuple[str, str | None]:
        """Names of the serving release and of the canary."""
        canary = self._shop.canary
        return self._shop.release_name, canary.canary.name if canary else None

    def _people(self, last: int) -> tuple[frozenset[str], bool]:
        """Whose past has new lines, and whether more came than were read."""
        if last <= self._seq:
            return frozenset(), False
        shop = self._shop
        rows = shop.reach.require(lambda: shop.store.event_rows(self._seq, MOST_EVENTS, last), is_large=True)
        people = frozenset(row[_PERSON] for row in rows if row[_PERSON] is not None and row[_PAST_LINES])
        return people, len(rows) == MOST_EVENTS
