"""One typed settings object per shop, read once: flags, then environment, then shop.toml, then defaults."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from daogou.core.errors import InvalidInput
from daogou.core.settings.circumstances import (
    DEFAULT_SUITABILITY,
    ContextSettings,
    FriendSettings,
    PlaceSettings,
    ShippingSettings,
    SuitabilitySettings,
)
from daogou.core.settings.learning import DEFAULT_MODELS, EncoderSettings, ModelSettings, RankerSettings, RatingSettings
from daogou.core.settings.lists import ChannelSettings, ListSettings
from daogou.core.settings.placements import (
    DEFAULT_PAGES,
    DEFAULT_PLACEMENTS,
    PageSettings,
    PlacementSettings,
    RuleSettings,
)
from daogou.core.settings.shop import (
    HistorySettings,
    IdentitySettings,
    ObjectiveSettings,
    ServerSettings,
    StreamSettings,
)
from daogou.core.settings.trust import TrustSettings

SHOP_FILE = "shop.toml"


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
    trust: TrustSettings = Field(default_factory=TrustSettings)
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
