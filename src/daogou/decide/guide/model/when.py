"""When a model is worth asking about an utterance, and how its reading and that of the rules become one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from daogou.decide.guide.acts import Act, Heard, Inform, Refused, Unknown, Want

UNREAD_SHARE = 0.34
"""Share of an utterance that the rules left unread from which they may have missed the point."""


def is_wanted(setting: Literal["never", "when_unsure", "always"], utterance: str, heard: Heard) -> bool:
    """Whether to ask. Never about what the rules refuse to talk of, nor about buttons."""
    if setting == "never" or not utterance.strip() or heard.reader == "buttons":
        return False
    if any(isinstance(act, Refused) and act.kind != "out_of_scope" for act in heard.acts):
        return False
    return setting == "always" or is_unsure(utterance, heard)


def is_unsure(utterance: str, heard: Heard) -> bool:
    """Whether the rules understood nothing, or left much of it unread."""
    if not heard.acts or any(isinstance(act, Unknown | Refused) for act in heard.acts):
        return True
    unread = sum(_letters(act.words) for act in heard.acts if isinstance(act, Inform))
    return unread > UNREAD_SHARE * _letters(utterance)


def merged(rules: tuple[Act, ...], model: tuple[Act, ...]) -> tuple[Act, ...]:
    """The model's acts, and what the rules are better at: numbers and what is not wanted, for fields it left out."""
    named = {want.field for want in _wants(model)}
    kept = tuple(
        want for want in _wants(rules) if want.field not in named and (want.number is not None or want.op == "is_not")
    )
    return (*model, Inform(kept)) if kept else model


def _wants(acts: tuple[Act, ...]) -> Iterator[Want]:
    return (want for act in acts if isinstance(act, Inform) for want in act.wants)


def _letters(text: str) -> int:
    return sum(one.isalnum() for one in text)
