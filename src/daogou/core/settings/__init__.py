"""What a shop can set, one file per group of sections; `Settings` in whole.py holds them all."""

from daogou.core.settings.agents import AgentSettings, AgentTool, FeedSettings
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
    DiversitySettings,
    NewItemSettings,
    PageSettings,
    PlacementSettings,
    RetrieverName,
    RuleSettings,
)
from daogou.core.settings.search import SearchSettings
from daogou.core.settings.secrets import masked, secret_fields, without_password
from daogou.core.settings.shop import (
    HistorySettings,
    IdentitySettings,
    ObjectiveSettings,
    ServerSettings,
    StreamSettings,
)
from daogou.core.settings.storage import StorageSettings
from daogou.core.settings.tracing import TracingSettings
from daogou.core.settings.training import CanarySettings, GuardrailSettings, TrainingSettings
from daogou.core.settings.transcripts import TranscriptSettings
from daogou.core.settings.trust import TrustSettings
from daogou.core.settings.whole import SHOP_FILE, Settings, absolute_url, database_url, files_folder, read_settings
from daogou.core.settings.words import AttributeWords, WordSettings

__all__ = [
    "DEFAULT_MODELS",
    "DEFAULT_PAGES",
    "DEFAULT_PLACEMENTS",
    "DEFAULT_SUITABILITY",
    "SHOP_FILE",
    "AgentSettings",
    "AgentTool",
    "AttributeWords",
    "BackupSettings",
    "CanarySettings",
    "ChannelSettings",
    "ContextSettings",
    "DiversitySettings",
    "EncoderSettings",
    "FeedSettings",
    "FriendSettings",
    "GuardrailSettings",
    "GuideSettings",
    "HistorySettings",
    "IdentitySettings",
    "LanguageModelSettings",
    "LimitSettings",
    "ListSettings",
    "ModelSettings",
    "NewItemSettings",
    "ObjectiveSettings",
    "PageSettings",
    "PlaceSettings",
    "PlacementSettings",
    "RankerSettings",
    "RatingSettings",
    "RetrieverName",
    "RuleSettings",
    "SearchSettings",
    "ServerSettings",
    "Settings",
    "ShippingSettings",
    "StorageSettings",
    "StreamSettings",
    "SuitabilitySettings",
    "TracingSettings",
    "TrainingSettings",
    "TranscriptSettings",
    "TrustSettings",
    "WordSettings",
    "absolute_url",
    "database_url",
    "files_folder",
    "masked",
    "read_settings",
    "secret_fields",
    "without_password",
]
