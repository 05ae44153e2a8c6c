"""Which settings a server started with, as digests: a change shows, and no secret does."""

from __future__ import annotations

import hashlib
import json
import re

from daogou.core.settings import Settings

_PASSWORD = re.compile(r"(://[^:/@\"]*):[^@/\"]*@")
DIGITS = 12


def settings_digests(settings: Settings) -> dict[str, str]:
    """A short SHA-256 per section of shop.toml in force; passwords in addresses are left out before."""
    told = settings.model_dump(mode="json", exclude={"key_pepper": True, "encoder": {"key"}})
    return {name: _digest(section) for name, section in sorted(told.items())}


def _digest(section: object) -> str:
    text = json.dumps(section, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(_PASSWORD.sub(r"\1@", text).encode()).hexdigest()[:DIGITS]
