"""One typed settings object per shop, read once: flags, then environment, then shop.toml, then defaults."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from daogou.core.errors import InvalidInput
from daogou.core.secret_file import FILE_SUFFIX, secrets_in_files
from daogou.core.settings.agents import AgentSettings, FeedSettings
from daogou.core.settings.circumstances import (
    DEFAULT_SUITABILITY,
    ContextSettings,
    FriendSettings,
    PlaceSettings,
    ShippingSettings,
    SuitabilitySettings,
)
from daogou.core.settings.guide import GuideSettings
from daogou.core.settings.language_model import LanguageModelSettings
from daogou.core.settings.learning import DEFAULT_MODELS, EncoderSettings, ModelSettings, RankerSettings, RatingSettings
from daogou.core.settings.limits import LimitSettings
from daogou.core.settings.lists import ChannelSettings, ListSettings
from daogou.core.settings.operation import BackupSettings
from daogou.core.settings.placements import (
    DEFAULT_PAGES,
    DEFAULT_PLACEMENTS,
    PageSettings,
    PlacementSettings,
    RuleSettings,
)
from daogou.core.settings.search import SearchSettings
from daogou.core.settings.secrets import masked, refuse_open_secrets
from daogou.core.settings.shop import (
    HistorySettings,
    IdentitySettings,
    ObjectiveSettings,
    ServerSettings,
    StreamSettings,
)
from daogou.core.settings.storage import StorageSettings
from daogou.core.settings.tracing import TracingSettings
from daogou.core.settings.training import TrainingSettings
from daogou.core.settings.transcripts import TranscriptSettings
from daogou.core.settings.trust import TrustSettings
from daogou.core.settings.words import WordSettings

SHOP_FILE = "shop.toml"
FORMAT = 1
ENVIRONMENT_PREFIX = "DAOGOU_"


class Settings(BaseSettings):
    """Everything a shop can set. Environment: DAOGOU_SERVER__PORT=9000 sets [server] port.

    A name with _FILE behind it names a file that holds the value, which only its owner may read.
    """

    model_config = SettingsConfigDict(
        env_prefix=ENVIRONMENT_PREFIX,
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
    limits: LimitSettings = Field(default_factory=LimitSettings)
    stream: StreamSettings = Field(default_factory=StreamSettings)
    storage: StorageSettings = Field(default_factory=StorageSettings)
    places: PlaceSettings = Field(default_factory=PlaceSettings)
    shipping: ShippingSettings = Field(default_factory=ShippingSettings)
    friends: FriendSettings = Field(default_factory=FriendSettings)
    suitability: dict[str, SuitabilitySettings] = Field(default_factory=lambda: dict(DEFAULT_SUITABILITY))
    search: SearchSettings = Field(default_factory=SearchSettings)
    pages: dict[str, PageSettings] = Field(default_factory=lambda: dict(DEFAULT_PAGES))
    guide: GuideSettings = Field(default_factory=GuideSettings)
    lists: ListSettings = Field(default_factory=ListSettings)
    channels: dict[str, ChannelSettings] = Field(default_factory=dict)
    transcripts: TranscriptSettings = Field(default_factory=TranscriptSettings)
    trust: TrustSettings = Field(default_factory=TrustSettings)
    agents: AgentSettings = Field(default_factory=AgentSettings)
    feeds: FeedSettings = Field(default_factory=FeedSettings)
    training: TrainingSettings = Field(default_factory=TrainingSettings)
    backup: BackupSettings = Field(default_factory=BackupSettings)
    tracing: TracingSettings = Field(default_factory=TracingSettings)
    language_model: LanguageModelSettings = Field(default_factory=LanguageModelSettings)
    words: WordSettings = Field(default_factory=WordSettings)
    format: int = Field(1, ge=1)
    """Version of shop.toml's form; a file of a newer form than this program's is refused."""
    key_pepper: SecretStr | None = None
    """Secret that API keys are hashed with; from DAOGOU_KEY_PEPPER, else kept in the shop's folder."""
    seed: int = 0
    """Seed of everything random."""

    @field_validator("format")
    @classmethod
    def _refuse_newer(cls, given: int) -> int:
        if given > FORMAT:
            raise ValueError(f"this file is of a newer form than this program reads ({FORMAT}). Install a newer Daogou")
        return given

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
        in_files = {name.lower(): value for name, value in secrets_in_files(os.environ, ENVIRONMENT_PREFIX).items()}
        left_out = {f"{name}{FILE_SUFFIX.lower()}" for name in in_files}
        left_out.add("daogou_shop")  # names the shop's folder, not the [shop] section
        given = {**environment.env_vars, **in_files}
        environment.env_vars = {name: value for name, value in given.items() if name not in left_out}
        return (init_settings, environment, *toml)


def read_settings(folder: Path, flags: Mapping[str, Any] | None = None, *, file: str = SHOP_FILE) -> Settings:
    """Settings of the shop in `folder`.

    flags  nested as in the file, for example {"server": {"port": 9000}}; they win over everything
    file   name of the file in `folder`

    Raises InvalidInput naming the setting, the value seen and what is allowed.
    """
    path = folder / file
    reader = type("Settings", (Settings,), {"_file": path if path.exists() else None, "__module__": __name__})
    try:
        settings = reader(**(flags or {}))
    except ValidationError as error:
        raise InvalidInput(f"{path}: " + "; ".join(map(_complaint, error.errors()))) from error
    except ValueError as error:
        raise InvalidInput(f"{path} cannot be read as TOML: {error}") from error
    assert isinstance(settings, Settings)
    if path.exists():
        refuse_open_secrets(path, Settings)
    return settings


def _complaint(error: ErrorDetails) -> str:
    """One wrong setting, its value shown unless it may be a secret."""
    place = [str(part) for part in error["loc"]]
    return f"{'.'.join(place)}: {error['msg']} (seen: {masked(error['input'], ''.join(place[-1:]))!r})"


def database_url(settings: Settings, folder: Path) -> str:
    """The shop's database URL, see `absolute_url`."""
    return absolute_url(settings.shop.database, folder)


def absolute_url(url: str, folder: Path) -> str:
    """A database URL with a relative SQLite path made absolute from the shop's folder."""
    prefix = "sqlite:///"
    if url.startswith(prefix) and not os.path.isabs(url.removeprefix(prefix)):
        return prefix + str((folder / url.removeprefix(prefix)).resolve())
    return url


def files_folder(settings: Settings, folder: Path) -> Path:
    """The folder for Parquet partitions and models."""
    return (folder / settings.shop.files).resolve()
