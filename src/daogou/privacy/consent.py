"""What a shopper allowed, read from GA4's consent words or our own two."""

from __future__ import annotations

from collections.abc import Mapping

from daogou.core.errors import InvalidField
from daogou.core.types import Consent, ConsentWord

_OURS = ("personalization", "analytics")
_FROM_GA4: Mapping[str, str] = {
    "personalization_storage": "personalization",
    "ad_personalization": "personalization",
    "analytics_storage": "analytics",
}
_IGNORED = frozenset({"ad_storage", "ad_user_data", "functionality_storage", "security_storage"})
_WORDS: Mapping[str, ConsentWord] = {
    "granted": "granted",
    "denied": "denied",
    "yes": "granted",
    "no": "denied",
    "true": "granted",
    "false": "denied",
}


def read_consent(raw: Mapping[str, object], field: str = "consent") -> Consent:
    """Consent from a mapping; where several words speak about one thing, one refusal is a refusal.

    Raises InvalidField for a word other than granted or denied: an unreadable answer is never taken as a yes.
    """
    read: dict[str, ConsentWord] = {}
    for name, value in raw.items():
        purpose = name if name in _OURS else _FROM_GA4.get(name)
        if purpose is None:
            if name in _IGNORED:
                continue
            allowed = ", ".join([*_OURS, *_FROM_GA4])
            raise InvalidField(f"{field}.{name}", name, f"one of {allowed}", rule="unknown_field")
        word = _WORDS.get(str(value).strip().lower())
        if word is None:
            raise InvalidField(f"{field}.{name}", value, "granted or denied", rule="unknown_word")
        read[purpose] = "denied" if read.get(purpose) == "denied" else word
    return Consent(**read)
