"""The part of an event that is kept and not interpreted: device, store, page, … with contact data masked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from daogou.core.errors import InvalidField
from daogou.data.ingest import fields
from daogou.privacy.mask import mask_contacts

LONGEST_CONTEXT = 20_000
_INTO_CONTEXT = ("experiment", "tax", "shipping", "affiliation")
_SHORT = 100


def read_context(raw: Mapping[str, object], name: str, written: object) -> dict[str, Any]:
    """The context of an event `name`; where it was written in another word, that word is kept as `event_text`."""
    given = raw.get("context")
    context: dict[str, Any] = {}
    if given is not None:
        boxed = given if type(given) is dict else fields.mapping(given, "context")
        is_small = len(boxed) <= 20
        for key, one in boxed.items():
            name_kept = _kept(key) if type(key) is str and len(key) <= _SHORT else _masked(key, 0)
            if type(one) is str and len(one) <= _SHORT:
                context[name_kept] = _kept(one)
            else:
                context[name_kept] = _masked(one, 0)
                is_small = False
        if not is_small:
            _check_size(context)
    for extra in _INTO_CONTEXT:
        if extra in raw and raw[extra] is not None:
            context[extra] = _masked(raw[extra], 0)
    if written != name and "event_text" not in context:
        context["event_text"] = _kept(str(written)[:200])
    return context


def _check_size(context: Mapping[str, Any]) -> None:
    if len(repr(context)) > LONGEST_CONTEXT:
        raise InvalidField("context", "(too long)", f"at most {LONGEST_CONTEXT} characters", rule="context_too_long")


@lru_cache(maxsize=1 << 14)
def _kept(text: str) -> str:
    """A short text of the context as we keep it; devices, stores and pages come again and again."""
    return mask_contacts(fields.text(text, "context", empty=True))


def _masked(value: object, depth: int) -> Any:
    """The value with contact data masked; text that JSON cannot carry is refused."""
    if isinstance(value, str):
        return mask_contacts(fields.text(value, "context", empty=True))
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return fields.number(value, "context", -1e308, 1e308)
    if depth < 6 and isinstance(value, Mapping):
        return {fields.text(key, "context", longest=200): _masked(one, depth + 1) for key, one in value.items()}
    if depth < 6 and isinstance(value, list | tuple):
        return [_masked(one, depth + 1) for one in value]
    if depth >= 6:
        raise InvalidField("context", "(too deep)", "at most 6 levels", rule="context_too_deep")
    return str(value)
