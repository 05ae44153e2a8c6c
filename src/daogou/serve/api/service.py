"""What every endpoint works with: the open shop, the event writer, the keys, the metrics."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from daogou.core.clock import SECOND_US, Clock, to_us
from daogou.core.settings import Settings
from daogou.core.spans import Spans
from daogou.core.types import Item
from daogou.data.ingest.defaults import Defaults
from daogou.data.store import EventWriter
from daogou.data.store.store import Store
from daogou.decide.shop import Shop
from daogou.serve.api.browse import Shelf
from daogou.serve.api.search_notes import SearchNotes
from daogou.serve.api.slate_log import SlateLog
from daogou.serve.api.wire.items import ItemCard, card_of
from daogou.serve.audit import AuditLog
from daogou.serve.guide.talks import Talks
from daogou.serve.keys import KeyRing, read_pepper
from daogou.serve.monitor.metrics import Metrics
from daogou.serve.monitor.trust_watch import TrustWatch

if TYPE_CHECKING:
    from daogou.serve.language_model.talk import LanguageModel

MOST_CARDS = 20_000


@dataclass
class Service:
    """One per process and shop, made when the shop is opened; `hub` comes with its first stream."""

    shop: Shop
    writer: EventWriter
    keys: KeyRing
    metrics: Metrics
    slates: SlateLog
    shelf: Shelf = field(init=False)
    searches: SearchNotes = field(init=False)
    hub: object | None = None
    trust_watch: TrustWatch = field(init=False)
    language_model: LanguageModel | None = None
    _cards: dict[tuple[str, str], tuple[Item, ItemCard]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.shelf = Shelf(self.shop, self.shop.clock)
        self.searches = SearchNotes(self.shop.store.searches)
        self.trust_watch = TrustWatch(self.shop.store, self.shop.files)
        if self.settings.language_model.url:
            from daogou.serve.language_model.talk import open_language_model  # needs the extra http, and calls out

            self.language_model = open_language_model(
                self.settings.language_model, self.folder, self.clock, self.metrics
            )

    @property
    def settings(self) -> Settings:
        return self.shop.settings

    @property
    def store(self) -> Store:
        return self.shop.store

    @property
    def clock(self) -> Clock:
        return self.shop.clock

    @property
    def spans(self) -> Spans:
        return self.shop.spans

    @property
    def folder(self) -> Path:
        return self.shop.folder

    @cached_property
    def audit(self) -> AuditLog:
        """Where administrative acts are noted."""
        return AuditLog(self.folder, self.clock)

    @cached_property
    def talks(self) -> Talks:
        """Where turns of the guide are remembered."""
        return Talks(self.store, self.settings.transcripts, read_pepper(self.folder, self.settings))

    @property
    def defaults(self) -> Defaults:
        """How rows that leave things out are read, with the time bounds of live traffic."""
        identity, server = self.settings.shop, self.settings.server
        return Defaults(
            currency=identity.currency,
            language=identity.languages[0],
            timezone=identity.timezone,
            allow_contact_ids=identity.allow_contact_ids,
            max_future_seconds=server.max_future_seconds,
            max_age_days=server.max_age_days,
        )

    def language(self, asked: str | None) -> str:
        """The language to answer in: the asked one, else the shop's first."""
        return (asked or self.settings.shop.languages[0]).split("-")[0].lower()

    def card(self, item: Item, language: str) -> ItemCard:
        """The item as a card, made once per item and language until the item changes."""
        held = self._cards.get((item.id, language))
        if held is None or held[0] is not item:
            if len(self._cards) >= MOST_CARDS:  # callers may name any language
                self._cards.clear()
            held = self._cards[item.id, language] = (item, card_of(item, language))
        return held[1]

    def model_age_seconds(self) -> float:
        """How long ago the serving model was trained; -1 without one."""
        created_at = self.shop.release.info.get("created_at") if self.shop.release else None
        if not isinstance(created_at, str):
            return -1.0
        return max(0.0, (self.clock() - to_us(datetime.fromisoformat(created_at))) / SECOND_US)

    async def hang_up(self) -> None:
        """Let go of connections to elsewhere."""
        if self.language_model is not None:
            await self.language_model.aclose()

    def close(self) -> None:
        """Commit what was handed in, then let go of the shop."""
        self.slates.flush()
        self.searches.flush()
        self.talks.flush(self.clock())
        self.writer.close()
        self.shop.close()
