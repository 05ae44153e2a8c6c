"""How much one caller may ask for."""

from __future__ import annotations

from pydantic import Field, field_validator

from daogou.core.settings.section import Section


class LimitSettings(Section):
    """[limits]: how often one caller may call; written as "600 per minute; 100000 per day", empty for no limit."""

    storage: str = "memory"
    """Where calls are counted: memory (each process for itself) or redis://HOST:PORT/N (all processes together)."""
    publishable: str = "30000 per minute"
    """Calls with one publishable key, by all browsers together."""
    secret: str = ""
    """Calls with one secret key."""
    admin: str = ""
    """Calls with one admin key."""
    ip: str = "1200 per minute"
    """Calls with publishable keys from one network address (IPv6: one /64)."""
    shopper: str = "600 per minute"
    """Calls that name one shopper, made with publishable keys."""
    guide: str = "240 per minute"
    """Turns of the guide from one network address (IPv6: one /64), made with publishable keys."""
    refused: str = "600 per minute"
    """Calls without a valid key from one network address; more get 429 instead of 401."""
    idempotency_hours: int = Field(24, ge=24, le=720)
    """How long the answer to a call with an Idempotency-Key is kept."""

    @field_validator("storage")
    @classmethod
    def _check_storage(cls, given: str) -> str:
        if given != "memory" and not given.startswith(("redis://", "rediss://", "redis+unix://")):
            raise ValueError('Use "memory" or an address such as redis://127.0.0.1:6379/0')
        return given
