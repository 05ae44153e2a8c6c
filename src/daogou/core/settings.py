"""One typed settings object per shop, read once: flags, then environment, then shop.toml, then defaults."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from daogou.core.errors import InvalidInput
from daogou.core.types import ItemKind

SHOP_FILE = "shop.toml"

RetrieverName = Literal["personal", "similar", "together", "recent", "repeat", "trending", "popular", "newest"]


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


class RuleSettings(_Section):
    """[rules]: the shop's word over every placement."""

    already_bought: Literal["exclude", "allow"] = "exclude"
    """Whether an item comes back after it was bought, where no category says otherwise."""
    already_bought_by_category: dict[str, Literal["exclude", "allow"]] = Field(default_factory=dict)
    """The same by outermost category, for example {"Stationery" = "allow"}."""
    already_bought_days: int = Field(365, ge=1)
    """After this many days a bought item may come back anyway."""


class PlacementSettings(_Section):
    """[placements.NAME]: one named spot with its own plan."""

    retrievers: dict[RetrieverName, float]
    """Where candidates come from, with the weight of each in the blend."""
    title: dict[str, str] = Field(default_factory=dict)
    """Heading by language."""
    limit: int = Field(12, ge=1, le=100)
    """How many items when the request does not say."""
    max_per_category: int | None = Field(4, ge=1)
    """Most items of one innermost category; none means no cap."""
    already_bought: Literal["exclude", "allow"] | None = None
    """Overrides the shop's rule for this placement."""
    kinds: tuple[ItemKind, ...] = ("product", "bundle", "article", "course", "financial_product")
    """Kinds of item that may appear; coupons only where they are asked for."""
    fill: bool = True
    """Top up with trending items, labelled as filler, when there are too few."""
    filter: str | None = None
    """Only items that pass this expression, filler included, for example 'price < 20000'; see docs/filters.md."""


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
    rules: RuleSettings = Field(default_factory=RuleSettings)
    encoder: EncoderSettings = Field(default_factory=EncoderSettings)
    models: dict[str, ModelSettings] = Field(default_factory=lambda: dict(DEFAULT_MODELS))
    ratings: dict[str, RatingSettings] = Field(default_factory=dict)
    rankers: dict[str, RankerSettings] = Field(default_factory=dict)
    placements: dict[str, PlacementSettings] = Field(default_factory=lambda: dict(DEFAULT_PLACEMENTS))
    key_pepper: SecretStr | None = None
    """Secret that API keys are hashed with; from DAOGOU_KEY_PEPPER, else kept in the shop's folder."""
    seed: int = 0
    """Seed of everything random."""

    @field_validator("placements", mode="before")
    @classmethod
    def _add_shipped_placements(cls, given: Any) -> Any:
        return {**DEFAULT_PLACEMENTS, **given} if isinstance(given, dict) else given

    @field_validator("models", mode="before")
    @classmethod
    def _add_shipped_models(cls, given: Any) -> Any:
        return {**DEFAULT_MODELS, **given} if isinstance(given, dict) else given

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
