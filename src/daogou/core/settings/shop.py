"""Who the shop is, how it answers, and what its events are worth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field, IPvAnyNetwork, model_validator

from daogou.core.settings.section import Section
from daogou.core.types import EVENT_WEIGHTS


class IdentitySettings(Section):
    """[shop]: who this shop is."""

    id: str = "shop"
    """Short name, used in logs and bundles."""
    name: dict[str, str] = Field(default_factory=lambda: {"en": "Shop"})
    """Display name by language."""
    languages: tuple[str, ...] = ("en",)
    """Languages of the catalogue, the first one is the default."""
    currency: str = "GBP"
    """ISO 4217 code for prices that come without one."""
    url: str = Field("", pattern=r"^(https?://[^/\s?#@]+(/[^\s?#]*)?)?$")
    """Public address of the shop's pages, such as https://shop.example: links in feeds and for assistants begin so."""
    timezone: str = "UTC"
    """IANA name; used for day partitions and for timestamps without a zone."""
    database: str = "sqlite:///daogou.db"
    """Where the shop is kept: a SQLite file, relative to the folder of shop.toml, or postgresql+psycopg://user@host/database?schema=shop."""
    files: str = "files"
    """Folder for Parquet partitions and models; relative to the folder of shop.toml."""
    allow_contact_ids: bool = False
    """Accept user ids that look like phone numbers; only where they are known to be none."""


class ServerSettings(Section):
    """[server]: how answers go out."""

    host: str = "127.0.0.1"
    """Address to listen on."""
    port: int = Field(8080, ge=0, le=65535)
    """Port to listen on."""
    workers: int = Field(1, ge=1, le=64)
    """Processes; all share the shop's database and models."""
    max_body_bytes: int = Field(1_000_000, ge=1_000)
    """Largest request body accepted; larger ones get 413."""
    max_batch: int = Field(1_000, ge=1)
    """Most events, items or users in one call."""
    max_future_seconds: int = Field(300, ge=0)
    """How far in the future an event may claim to be before it is refused."""
    max_age_days: int = Field(3_650, ge=1)
    """How old an event may be before it is refused."""
    allow_origins: tuple[str, ...] = ()
    """Web origins that may call from another site, for example https://shop.example."""
    hosts: tuple[str, ...] = ()
    """Host names under which this shop's pages appear, where one server has several shops."""
    trusted_proxies: tuple[str, ...] = ()
    """Addresses or networks of proxies whose X-Forwarded-For is believed, for example 10.0.0.0/8."""
    max_open_calls: int = Field(256, ge=8)
    """Most calls being answered at once per process, streams not counted; more get 503 at once."""
    max_connections: int = Field(8_192, ge=64)
    """Most open connections per process; beyond, those that have been silent longest are closed."""
    metrics: Literal["loopback", "key", "open"] = "loopback"
    """Who may read /metrics. loopback: this machine and `metrics_from` without a key, others with a secret key;
    key: everybody with a secret key; open: everybody."""
    metrics_from: tuple[IPvAnyNetwork, ...] = ()
    """Addresses or networks that count like this machine for `metrics`, for example 10.0.3.0/24."""


class StreamSettings(Section):
    """[stream]: lists that are sent again by themselves when they change, see docs/push.md."""

    max_subscribers: int = Field(1_000, ge=0)
    """Most open streams per worker process; more are answered with 503."""
    look_every_ms: int = Field(50, ge=10, le=1_000)
    """How often a process with open streams looks for changes."""


class HistorySettings(Section):
    """[history]: how much of a shopper's past is used when answering."""

    max_rows: int = Field(300, ge=1, le=10_000)
    """Newest event lines read per request."""
    half_life_days: float = Field(60.0, gt=0)
    """After this many days an event counts half."""


class ObjectiveSettings(Section):
    """[objective]: what each kind of event is worth, to models, rankers and a shopper's history alike."""

    view_item: float = Field(EVENT_WEIGHTS["view_item"], ge=0)
    """A look at an item's page."""
    select_item: float = Field(EVENT_WEIGHTS["select_item"], ge=0)
    """A click in a list."""
    view_portion: float = Field(EVENT_WEIGHTS["view_portion"], ge=0)
    """A part of an article or a film was seen."""
    add_to_wishlist: float = Field(EVENT_WEIGHTS["add_to_wishlist"], ge=0)
    """Kept for later."""
    add_to_cart: float = Field(EVENT_WEIGHTS["add_to_cart"], ge=0)
    """Put into the cart."""
    begin_checkout: float = Field(EVENT_WEIGHTS["begin_checkout"], ge=0)
    """On the way to the till."""
    purchase: float = Field(EVENT_WEIGHTS["purchase"], ge=0)
    """Bought."""
    rate_item: float = Field(EVENT_WEIGHTS["rate_item"])
    """Rated."""
    remove_from_cart: float = Field(EVENT_WEIGHTS["remove_from_cart"], le=0)
    """Taken out of the cart."""
    refund: float = Field(EVENT_WEIGHTS["refund"], le=0)
    """Given back."""
    dislike_item: float = Field(EVENT_WEIGHTS["dislike_item"], le=0)
    """Turned down."""
    allow_any_order: bool = False
    """Take weights also where a look is not worth less than a cart, and that not less than a purchase."""

    @model_validator(mode="after")
    def _check_order(self) -> ObjectiveSettings:
        if not self.allow_any_order and not self.view_item < self.add_to_cart < self.purchase:
            raise ValueError(
                f"view_item {self.view_item:g}, add_to_cart {self.add_to_cart:g} and purchase {self.purchase:g} do not "
                "rise, so models would be taught that a look says more than a purchase. Let them rise, or set "
                "allow_any_order = true if that is so in this shop"
            )
        return self

    def weights(self) -> Mapping[str, float]:
        """What each known event name is worth; 0 for those that say nothing of taste."""
        return {**EVENT_WEIGHTS, **self.model_dump(exclude={"allow_any_order"})}
