"""Writes docs/settings.md from the settings' own docstrings: python -m daogou.cli.settings_page."""

from __future__ import annotations

import sys
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from daogou.core.settings import (
    AgentSettings,
    AttributeWords,
    BackupSettings,
    CanarySettings,
    ChannelSettings,
    DiversitySettings,
    EncoderSettings,
    FeedSettings,
    FriendSettings,
    GuardrailSettings,
    GuideSettings,
    HistorySettings,
    IdentitySettings,
    LanguageModelSettings,
    LimitSettings,
    ListSettings,
    ModelSettings,
    NewItemSettings,
    ObjectiveSettings,
    PageSettings,
    PlacementSettings,
    PlaceSettings,
    RankerSettings,
    RatingSettings,
    RuleSettings,
    SearchSettings,
    ServerSettings,
    Settings,
    ShippingSettings,
    StorageSettings,
    StreamSettings,
    SuitabilitySettings,
    TracingSettings,
    TrainingSettings,
    TranscriptSettings,
    TrustSettings,
    WordSettings,
)

SECTIONS: dict[str, type[BaseModel]] = {
    "shop": IdentitySettings,
    "server": ServerSettings,
    "history": HistorySettings,
    "objective": ObjectiveSettings,
    "rules": RuleSettings,
    "encoder": EncoderSettings,
    "models.NAME": ModelSettings,
    "ratings.NAME": RatingSettings,
    "rankers.NAME": RankerSettings,
    "placements.NAME": PlacementSettings,
    "placements.NAME.diversity": DiversitySettings,
    "placements.NAME.new_items": NewItemSettings,
    "places": PlaceSettings,
    "shipping": ShippingSettings,
    "friends": FriendSettings,
    "suitability.NAME": SuitabilitySettings,
    "limits": LimitSettings,
    "search": SearchSettings,
    "words": WordSettings,
    "words.attributes.NAME": AttributeWords,
    "guide": GuideSettings,
    "transcripts": TranscriptSettings,
    "language_model": LanguageModelSettings,
    "agents": AgentSettings,
    "feeds": FeedSettings,
    "stream": StreamSettings,
    "storage": StorageSettings,
    "pages.NAME": PageSettings,
    "lists": ListSettings,
    "channels.NAME": ChannelSettings,
    "training": TrainingSettings,
    "training.guardrail": GuardrailSettings,
    "training.canary": CanarySettings,
    "backup": BackupSettings,
    "tracing": TracingSettings,
    "trust": TrustSettings,
}

INTRODUCTION = """\
# Settings

One file per shop, `shop.toml`. Flags of a command win over the environment, the environment wins over the file, the
file wins over the defaults below, and every default works on a laptop with nothing else installed. `daogou shop show`
prints what is in force.

The environment spells a setting as `DAOGOU_SECTION__NAME`: `DAOGOU_SERVER__PORT=9000` sets `port` in `[server]`.
With `_FILE` behind its name a variable names a file that holds the value, as secrets are handed over in containers:
`DAOGOU_KEY_PEPPER_FILE=/run/secrets/pepper`. Such a file, and a `shop.toml` that holds a secret, must be readable by
its owner only (mode 600). `daogou shop show` hides secrets. `DAOGOU_SHOP` names the shop's folder.

This page is written from the program: `python -m daogou.cli.settings_page`.
"""


def page() -> str:
    """The whole page as Markdown."""
    parts = [INTRODUCTION]
    top = {name: field for name, field in Settings.model_fields.items() if not _is_section(name)}
    parts.append("## Top of the file\n\n" + _table(top))
    for name, section in SECTIONS.items():
        told = (section.__doc__ or "").split(":", 1)[-1].strip()
        parts.append(f"## [{name}]\n\n{told[:1].upper()}{told[1:]}\n\n" + _table(section.model_fields))
    return "\n".join(parts)


def _is_section(name: str) -> bool:
    return any(section.split(".")[0] == name for section in SECTIONS)


def _table(fields: dict[str, FieldInfo]) -> str:
    lines = ["| setting | default | meaning |", "|---|---|---|"]
    lines += [
        f"| `{name}` | {_default(field)} | {' '.join((field.description or '').split())} |"
        for name, field in fields.items()
    ]
    return "\n".join(lines) + "\n"


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "(needed)"
    value: Any = field.get_default(call_default_factory=True)
    return "none" if value is None else f"`{list(value) if isinstance(value, tuple) else value!r}`"


if __name__ == "__main__":
    sys.stdout.write(page())
