"""Turn rows under our names into items, users or events, with what files need beyond the strict parsers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from daogou.core.errors import InvalidField
from daogou.core.types import Event, EventLine, Item, User
from daogou.data.ingest.columns import Kind
from daogou.data.ingest.event_names import event_name
from daogou.data.ingest.events import read_event
from daogou.data.ingest.fields import PLACEHOLDERS
from daogou.data.ingest.identity import Occurrences, content_digest
from daogou.data.ingest.items import parse_item
from daogou.data.ingest.options import ImportOptions
from daogou.data.ingest.report import Tally
from daogou.data.ingest.users import parse_user

_NEVER_MISSING = frozenset({"event_name", "timestamp", "id", "title"})
_REMEMBERED = 100_000


def _is_placeholder(value: object) -> bool:
    if isinstance(value, float):
        return math.isnan(value)
    return isinstance(value, str) and value.strip().lower() in PLACEHOLDERS


class RowReader:
    """Reads the rows of one source; remembers what tells its equal rows apart."""

    def __init__(self, kind: Kind, options: ImportOptions, tally: Tally, *, has_titles: bool = True) -> None:
        self._kind, self._defaults, self._tally = kind, options.defaults, tally
        self._now_us = options.clock()
        self._has_titles = has_titles
        self._occurrences = Occurrences()
        self._recent: dict[str, tuple[str, tuple[EventLine, ...]]] = {}
        self._words = {own: event_name(ours) for own, ours in options.event_words.items()}

    def read(self, raw: Mapping[str, Any]) -> Item | User | Event:
        """One row. Raises InvalidField; a placeholder such as NULL or NaN in a field that may be missing is missing."""
        while True:
            try:
                return self._read(raw)
            except InvalidField as error:
                if error.field in _NEVER_MISSING or not _is_placeholder(raw.get(error.field)):
                    raise
                self._tally.placeholders[error.field] += 1
                raw = {name: value for name, value in raw.items() if name != error.field}

    def recall(self, raw: Mapping[str, Any]) -> None:
        """Take note of a row that an interrupted import already stored, so that its later twins are numbered on."""
        if self._kind == "events" and ("event_id" not in raw or "item_id" in raw):
            try:
                self.read(raw)
            except InvalidField:
                return

    def _read(self, raw: Mapping[str, Any]) -> Item | User | Event:
        if self._kind == "events":
            return self._event(raw)
        if self._kind == "users":
            return parse_user(raw, self._defaults)
        if not self._has_titles and "title" not in raw:
            raw = {**raw, "title": raw.get("description") or raw.get("id")}
        return parse_item(raw, self._defaults)

    def _event(self, raw: Mapping[str, Any]) -> Event:
        if self._words:
            raw = self._in_our_words(raw)
        try:
            event = read_event(raw, self._defaults, self._now_us, self._tally.units, self._occurrences)
            return self._told_apart(event) if "event_id" in raw and "item_id" in raw else event
        except InvalidField as error:
            if error.rule != "required" or error.field != "rating" or "value" not in raw:
                raise
            # Personalize and Gorse keep the stars in a value column.
            raw = {**raw, "rating": raw["value"]}
            del raw["value"]
            return read_event(raw, self._defaults, self._now_us, None, self._occurrences)

    def _told_apart(self, event: Event) -> Event:
        """In a flat table one event may take a row per item, all with its id: each such row is kept as its own event.

        Such rows lie near each other, so only the newest ids are remembered.
        """
        seen = self._recent.get(event.event_id)
        if seen is None:
            if len(self._recent) >= _REMEMBERED:
                del self._recent[next(iter(self._recent))]
            self._recent[event.event_id] = (event.name, event.lines)
            return event
        if seen == (event.name, event.lines):
            return event  # the same row again: a duplicate
        self._tally.shared_ids += 1
        digest = content_digest(event.name, event.at_us, (), event.lines, (), {})
        return replace(event, event_id=f"{event.event_id}-{digest.hex()[:16]}")

    def _in_our_words(self, raw: Mapping[str, Any]) -> Mapping[str, Any]:
        word = raw.get("event_name")
        ours = self._words.get(word.strip().lower()) if isinstance(word, str) else None
        if ours is None:
            return raw
        context = raw.get("context")
        kept = {**context, "event_text": word} if isinstance(context, Mapping) else context or {"event_text": word}
        return {**raw, "event_name": ours, "context": kept}
