"""One typed settings object per shop, read once: flags, then environment, then shop.toml, then defaults."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from daogou.core.errors import InvalidInput
from daogou.core.types import EVENT_WEIGHTS, ItemKind

SHOP_FILE = "shop.toml"

RetrieverName = Literal[
    "personal", "similar", "together", "recent", "repeat", "trending", "popular", "newest",
    "best_sellers", "also_viewed", "on_sale", "cross_category", "friends", "coupons", "bundles",
]  # fmt: skip


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class IdentitySettings(_Section):
    """[shop]: who this shop is."""

    id: str = "shop"
    """Short name, used in logs and bundles."""
    name: dict[str, str] = Field(default_factory=lambda: {"en": "Shop"})
    """Display name by language."""
    languages: tuple[str, ...] = ("en",)
    """Languages of the catalogue, the first one is the default."""
    currency: str = "GBP"
    """ISO 4217 code for prices that come without one."""
    timezone: str = "UTC"
    """IANA name; used for day partitions and for timestamps without a zone."""
    database: str = "sqlite:///daogou.db"
    """SQLAlchemy URL; a relative SQLite path is taken from the folder of shop.toml."""
    files: str = "files"
    """Folder for Parquet partitions and models; relative to the folder of shop.toml."""
    allow_contact_ids: bool = False
    """Accept user ids that look like phone numbers; only where they are known to be none."""


class ServerSettings(_Section):
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


class HistorySettings(_Section):
    """[history]: how much of a shopper's past is used when answering."""

    max_rows: int = Field(300, ge=1, le=10_000)
    """Newest event lines read per request."""
    half_life_days: float = Field(60.0, gt=0)
    """After this many days an event counts half."""


class ObjectiveSettings(_Section):
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


class ModelSettings(_Section):
    """[models.NAME]: one recipe to train, with its settings."""

    recipe: str
    """Name on the model shelf, see `daogou train --list`."""
    settings: dict[str, Any] = Field(default_factory=dict)
    """Settings of the recipe, spelled as in its page."""
    events: tuple[str, ...] = ()
    """Only learn from these event names; empty means all."""


class RatingSettings(_Section):
    """[ratings.NAME]: one model that predicts stars, trained where shoppers gave any."""

    recipe: str
    """Name on the shelf of rating models, see docs/models/ratings.md."""
    settings: dict[str, Any] = Field(default_factory=dict)
    """Settings of the recipe, spelled as in its page."""


class RankerSettings(_Section):
    """[rankers.NAME]: one model of how likely a shopper takes what a list shows, trained where lists were seen."""

    recipe: str
    """Name on the shelf of rankers, see docs/models/rankers.md."""
    settings: dict[str, Any] = Field(default_factory=dict)
    """Settings of the recipe, spelled as in its page."""
    goal: Literal["click", "purchase"] = "click"
    """What it foretells of an item in a list."""


class EncoderSettings(_Section):
    """[encoder]: what turns an item's words and pictures into a vector; the model `content` uses it beside its own."""

    kind: Literal["none", "self", "onnx", "http", "precomputed"] = "none"
    """self: trained here by `daogou encoder train`; onnx: a folder of ONNX files; http: an endpoint; precomputed: a
    file of vectors; none: the words alone. Only http ever sends anything out: the texts of the catalogue."""
    path: str = ""
    """onnx: the folder with encoder.json; precomputed: the .npz or .parquet file; relative to shop.toml's folder."""
    pictures: str = ""
    """Folder of picture files that the items' `images` name, relative to shop.toml's folder. Nothing is fetched."""
    url: str = ""
    """http: address of the endpoint, for example http://127.0.0.1:9000/v1/embeddings."""
    model: str = ""
    """http: name of the model to ask for."""
    key: SecretStr | None = None
    """http: bearer token; best given as DAOGOU_ENCODER__KEY."""
    dimension: int = Field(0, ge=0, le=16_384)
    """Numbers per vector: needed for http; for precomputed 0 means whatever the file has."""
    batch: int = Field(64, ge=1, le=2_048)
    """http: texts per call."""
    timeout_seconds: float = Field(30.0, gt=0)
    """http: longest wait for one answer."""
    retries: int = Field(4, ge=0, le=20)
    """http: how often a call is repeated, more slowly each time, before giving up."""
    settings: dict[str, Any] = Field(default_factory=dict)
    """self: settings of the recipe, spelled as on its page, for example {epochs = 40}."""


class ContextSettings(_Section):
    """[context]: when and where a list is asked for, and what that changes; see docs/context.md."""

    learned: bool = True
    """Learn at training which items are wanted more in which circumstances, and rank by it."""
    hemisphere: Literal["north", "south"] = "north"
    """Whose seasons: spring begins in March in the north, in September in the south."""
    country: str = Field("", pattern=r"^([A-Z]{2})?$")
    """Whose public holidays count, as two letters, for example CN; needs the extra `calendar`. Empty for none."""
    weather: str = ""
    """Name of a weather plug-in (entry point group `daogou.weather`); empty: only what requests say."""
    weather_minutes: float = Field(15.0, gt=0)
    """How long a plug-in's word on a place holds before it is asked again."""
    weather_timeout_seconds: float = Field(0.05, gt=0)
    """After so long a plug-in that has not answered counts as hanging; no list ever waits for it."""


class RuleSettings(_Section):
    """[rules]: the shop's word over every placement."""

    already_bought: Literal["exclude", "allow"] = "exclude"
    """Whether an item comes back after it was bought, where no category says otherwise."""
    already_bought_by_category: dict[str, Literal["exclude", "allow"]] = Field(default_factory=dict)
    """The same by outermost category, for example {"Stationery" = "allow"}."""
    already_bought_days: int = Field(365, ge=1)
    """After this many days a bought item may come back anyway."""


class DiversitySettings(_Section):
    """[placements.NAME.diversity]: variety within the list, see docs/diversity.md."""

    method: Literal["mmr", "dpp"] = "mmr"
    """mmr: an item loses by its likeness to the nearest one above it; dpp: by what those above it say already."""
    strength: float = Field(0.3, ge=0, le=1)
    """0: none; 1: mmr looks at nothing but variety, dpp takes likeness in full."""


class NewItemSettings(_Section):
    """[placements.NAME.new_items]: places kept for what is new in the shop."""

    share: float = Field(0.1, gt=0, le=0.5)
    """Part of the list's places that new items get; those they have by their own score count."""
    days: int = Field(14, ge=1)
    """An item is new for so long, and so are all items of a brand or seller whose first item is."""


class PlacementSettings(_Section):
    """[placements.NAME]: one named spot with its own plan."""

    retrievers: dict[RetrieverName, float]
    """Where candidates come from, with the weight of each in the blend."""
    title: dict[str, str] = Field(default_factory=dict)
    """Heading by language."""
    ranker: str | None = None
    """Name of one of [rankers]: the best candidates are put in the order of how likely they are taken."""
    ranked: int = Field(200, ge=1, le=1_000)
    """How many candidates the ranker looks at."""
    reasons: Literal["asked", "blended"] = "asked"
    """Where a ranker orders the list. asked: only causes are cited without which the ranker drops the item; blended:
    those that carry the blended score, true of fewer places, and such a list takes about half the time."""
    limit: int = Field(12, ge=1, le=100)
    """How many items when the request does not say."""
    max_per_category: int | None = Field(4, ge=1)
    """Most items of one innermost category; none means no cap."""
    max_per_brand: int | None = Field(None, ge=1)
    """Most items of one brand; none means no cap."""
    diversity: DiversitySettings | None = None
    """Variety within the list; none means by score alone."""
    rotation: float = Field(0.0, ge=0, le=1)
    """How much an item sinks with each further showing that the shopper did nothing with: 0.3 takes 30 % off."""
    new_items: NewItemSettings | None = None
    """Places kept for new items, drawn by chance among the best of them; none means none."""
    margin: float = Field(0.0, ge=0, le=1)
    """How much earning counts: an item's score is multiplied by 1 + margin · (its rate - the candidates' mean rate)."""
    stock: int = Field(0, ge=0)
    """Pieces below which an item sinks before it sells out; 0 means the number of pieces does not count."""
    already_bought: Literal["exclude", "allow"] | None = None
    """Overrides the shop's rule for this placement."""
    kinds: tuple[ItemKind, ...] = ("product", "bundle", "article", "course", "financial_product")
    """Kinds of item that may appear; coupons only where they are asked for."""
    fill: bool = True
    """Top up with trending items, labelled as filler, when there are too few."""
    filter: str | None = None
    """Only items that pass this expression, filler included, for example 'price < 20000'; see docs/filters.md."""


class PlaceSettings(_Section):
    """[places]: the shop's own stores and where they stand, see docs/placements.md."""

    regions: dict[str, str] = Field(default_factory=dict)
    """Region of each store by its id, for example {"soho" = "London"}: best sellers fall back on it."""


class ShippingSettings(_Section):
    """[shipping]: what delivery asks of a cart."""

    free_from_minor: int | None = Field(None, ge=1)
    """Total of a cart, in minor units, from which delivery is free; none: no list looks at it."""


class FriendSettings(_Section):
    """[friends]: whose taste may be passed on to whom."""

    least: int = Field(3, ge=3)
    """With fewer friends than this who let it be used, nothing of any of them is."""
    links_are_consented: bool = False
    """Whether both sides have agreed to each link already; otherwise both must name each other."""


class SuitabilitySettings(_Section):
    """[suitability.NAME]: whom an item suits. What does not suit leaves the shop by no list, pinned or filled up."""

    item: str
    """Attribute of the item that asks for something, for example risk_level; a number."""
    user: str
    """Attribute of the user that it is compared with, for example risk_tolerance; a number."""
    comparison: Literal["at_most", "at_least"] = "at_most"
    """Whether the item's number may be at most, or must be at least, the user's."""
    unknown: float = 0.0
    """What counts for a shopper of whom nothing is known or may be used."""
    required: tuple[ItemKind, ...] = ()
    """Kinds of item that suit nobody until they have the attribute."""


def _placement(title_en: str, title_zh: str, retrievers: dict[RetrieverName, float], **rest: Any) -> PlacementSettings:
    return PlacementSettings(retrievers=retrievers, title={"en": title_en, "zh": title_zh}, **rest)


DEFAULT_PLACEMENTS: Mapping[str, PlacementSettings] = {
    "home_for_you": _placement("For you", "为你推荐", {"personal": 1.0}),
    "item_similar": _placement(
        "Similar items", "相似商品", {"similar": 1.0}, max_per_category=None, already_bought="allow"
    ),
    "item_bought_together": _placement(
        "Bought together", "经常一起购买", {"together": 1.0}, max_per_category=3, already_bought="allow"
    ),
    "cart_addon": _placement("Goes with your cart", "购物车搭配", {"together": 1.0}, max_per_category=3),
    "buy_again": _placement(
        "Buy again", "再次购买", {"repeat": 1.0}, max_per_category=None, already_bought="allow", fill=False
    ),
    "recently_viewed": _placement(
        "Recently viewed", "最近浏览", {"recent": 1.0}, max_per_category=None, already_bought="allow", fill=False
    ),
    "trending": _placement("Trending now", "热门商品", {"trending": 1.0}, already_bought="allow"),
    "new_arrivals": _placement("New arrivals", "新品上架", {"newest": 1.0}, already_bought="allow"),
    "best_sellers": _placement("Best sellers", "畅销榜", {"best_sellers": 1.0}, already_bought="allow"),
    "item_also_viewed": _placement(
        "Also viewed", "看了又看", {"also_viewed": 1.0}, max_per_category=None, already_bought="allow"
    ),
    "on_sale": _placement("On sale", "特价优惠", {"on_sale": 1.0}, fill=False),
    "cross_category": _placement("Something else for you", "换个品类看看", {"cross_category": 1.0}, max_per_category=2),
    "friends": _placement("Liked by friends", "好友也喜欢", {"friends": 1.0}, fill=False),
    "coupons": _placement(
        "Coupons for you", "优惠券", {"coupons": 1.0}, max_per_category=None, kinds=("coupon",), fill=False
    ),
    "bundles": _placement(
        "Complete the set",
        "搭配成套",
        {"bundles": 1.0},
        limit=3,
        max_per_category=1,
        already_bought="allow",
        kinds=("product", "bundle"),
        fill=False,
    ),
}

DEFAULT_SUITABILITY: Mapping[str, SuitabilitySettings] = {
    "risk": SuitabilitySettings(item="risk_level", user="risk_tolerance", unknown=1.0, required=("financial_product",)),
    "age": SuitabilitySettings(item="min_age", user="age"),
}

DEFAULT_MODELS: Mapping[str, ModelSettings] = {
    "popularity": ModelSettings(recipe="popularity"),
    "trending": ModelSettings(recipe="trending"),
    "repeat": ModelSettings(recipe="repeat"),
    "ease": ModelSettings(recipe="ease"),
    "item_knn": ModelSettings(recipe="item_knn"),
    "bought_together": ModelSettings(recipe="bought_together"),
    "content": ModelSettings(recipe="content"),
}


class StreamSettings(_Section):
    """[stream]: lists that are sent again by themselves when they change, see docs/push.md."""

    max_subscribers: int = Field(1_000, ge=0)
    """Most open streams per worker process; more are answered with 503."""
    look_every_ms: int = Field(50, ge=10, le=1_000)
    """How often a process with open streams looks for changes."""


class PageSettings(_Section):
    """[pages.NAME]: which lists a page may show, in the shop's own order, see docs/pages.md."""

    rows: tuple[str, ...]
    """Placements; which of them are shown, and in which order, is decided for each shopper."""
    most_rows: int = Field(6, ge=1, le=20)
    """Most lists on the page."""
    least_items: int = Field(4, ge=1, le=100)
    """A list with fewer items than this, after those shown above it are left out, is not shown."""


class ListSettings(_Section):
    """[lists]: what holds for every list that is sent out, whatever the channel, see docs/campaigns.md."""

    opt_out: dict[str, tuple[str, ...]] = {"marketing": ("no", "off", "false", "denied", "opt_out")}
    """Attributes of a user and the values by which the user has asked for no messages."""
    denied: Literal["skip", "neutral"] = "skip"
    """What shoppers get who denied personalization: nothing, or the list that everybody without a profile gets."""
    per_week: int | None = Field(None, ge=1)
    """Most lists per shopper within seven days over all channels together; none means no such cap."""
    same_item_days: int = Field(14, ge=0, le=365)
    """An item that was sent to a shopper is not sent again for so many days, over any channel."""
    least_items: int = Field(1, ge=1, le=100)
    """A shopper for whom fewer items are found gets nothing."""


class ChannelSettings(_Section):
    """[channels.NAME]: one way in which lists go out, and how often."""

    per_week: int | None = Field(2, ge=1)
    """Most lists per shopper within seven days over this channel; none means no cap."""
    min_hours_between: float = Field(24.0, ge=0)
    """Shortest time between two lists to one shopper over this channel."""
    settings: dict[str, Any] = Field(default_factory=dict)
    """Settings of the channel itself, see docs/campaigns.md."""


DEFAULT_PAGES: Mapping[str, PageSettings] = {
    "home": PageSettings(rows=("home_for_you", "buy_again", "recently_viewed", "trending", "new_arrivals")),
}


class Settings(BaseSettings):
    """Everything a shop can set. Environment: DAOGOU_SERVER__PORT=9000 sets [server] port."""

    model_config = SettingsConfigDict(
        env_prefix="DAOGOU_",
        env_nested_delimiter="__",
        extra="ignore",
        frozen=True,
        use_attribute_docstrings=True,
    )
    _file: ClassVar[Path | None] = None

    shop: IdentitySettings = Field(default_factory=IdentitySettings)
    server: ServerSettings = Field(default_factory=ServerSettings)
    history: HistorySettings = Field(default_factory=HistorySettings)
    objective: ObjectiveSettings = Field(default_factory=ObjectiveSettings)
    rules: RuleSettings = Field(default_factory=RuleSettings)
    context: ContextSettings = Field(default_factory=ContextSettings)
    encoder: EncoderSettings = Field(default_factory=EncoderSettings)
    models: dict[str, ModelSettings] = Field(default_factory=lambda: dict(DEFAULT_MODELS))
    ratings: dict[str, RatingSettings] = Field(default_factory=dict)
    rankers: dict[str, RankerSettings] = Field(default_factory=dict)
    placements: dict[str, PlacementSettings] = Field(default_factory=lambda: dict(DEFAULT_PLACEMENTS))
    stream: StreamSettings = Field(default_factory=StreamSettings)
    places: PlaceSettings = Field(default_factory=PlaceSettings)
    shipping: ShippingSettings = Field(default_factory=ShippingSettings)
    friends: FriendSettings = Field(default_factory=FriendSettings)
    suitability: dict[str, SuitabilitySettings] = Field(default_factory=lambda: dict(DEFAULT_SUITABILITY))
    pages: dict[str, PageSettings] = Field(default_factory=lambda: dict(DEFAULT_PAGES))
    lists: ListSettings = Field(default_factory=ListSettings)
    channels: dict[str, ChannelSettings] = Field(default_factory=dict)
    key_pepper: SecretStr | None = None
    """Secret that API keys are hashed with; from DAOGOU_KEY_PEPPER, else kept in the shop's folder."""
    seed: int = 0
    """Seed of everything random."""

    @field_validator("placements", mode="before")
    @classmethod
    def _add_shipped_placements(cls, given: Any) -> Any:
        return {**DEFAULT_PLACEMENTS, **given} if isinstance(given, dict) else given

    @field_validator("suitability", mode="before")
    @classmethod
    def _add_shipped_suitability(cls, given: Any) -> Any:
        return {**DEFAULT_SUITABILITY, **given} if isinstance(given, dict) else given

    @field_validator("models", mode="before")
    @classmethod
    def _add_shipped_models(cls, given: Any) -> Any:
        return {**DEFAULT_MODELS, **given} if isinstance(given, dict) else given

    @field_validator("pages", mode="before")
    @classmethod
    def _add_shipped_pages(cls, given: Any) -> Any:
        return {**DEFAULT_PAGES, **given} if isinstance(given, dict) else given

    @model_validator(mode="after")
    def _rankers_of_placements_are_trained(self) -> Self:
        for name, placement in self.placements.items():
            if placement.ranker is not None and placement.ranker not in self.rankers:
                known = ", ".join(sorted(self.rankers)) or "none"
                raise ValueError(
                    f"[placements.{name}] ranker: none of [rankers] is called {placement.ranker!r}. Known: {known}"
                )
        return self

    @model_validator(mode="after")
    def _rows_of_pages_are_placements(self) -> Self:
        for name, page in self.pages.items():
            if unknown := [row for row in page.rows if row not in self.placements]:
                known = ", ".join(sorted(self.placements))
                raise ValueError(f"[pages.{name}] rows: no placement is called {unknown[0]!r}. Known: {known}")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        toml = (TomlConfigSettingsSource(settings_cls, cls._file),) if cls._file is not None else ()
        environment = EnvSettingsSource(settings_cls)
        folder_variable = "daogou_shop"  # names the shop's folder, not the [shop] section
        environment.env_vars = {name: value for name, value in environment.env_vars.items() if name != folder_variable}
        return (init_settings, environment, *toml)


def read_settings(folder: Path, flags: Mapping[str, Any] | None = None) -> Settings:
    """Settings of the shop in `folder`.

    flags  nested as in the file, for example {"server": {"port": 9000}}; they win over everything

    Raises InvalidInput naming the setting, the value seen and what is allowed.
    """
    path = folder / SHOP_FILE
    reader = type("Settings", (Settings,), {"_file": path if path.exists() else None, "__module__": __name__})
    try:
        settings = reader(**(flags or {}))
    except ValidationError as error:
        lines = [
            f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']} (seen: {one['input']!r})"
            for one in error.errors()
        ]
        raise InvalidInput(f"{path}: " + "; ".join(lines)) from error
    except ValueError as error:
        raise InvalidInput(f"{path} cannot be read as TOML: {error}") from error
    assert isinstance(settings, Settings)
    return settings


def database_url(settings: Settings, folder: Path) -> str:
    """The database URL with a relative SQLite path made absolute from the shop's folder."""
    url = settings.shop.database
    prefix = "sqlite:///"
    if url.startswith(prefix) and not os.path.isabs(url.removeprefix(prefix)):
        return prefix + str((folder / url.removeprefix(prefix)).resolve())
    return url


def files_folder(settings: Settings, folder: Path) -> Path:
    """The folder for Parquet partitions and models."""
    return (folder / settings.shop.files).resolve()
