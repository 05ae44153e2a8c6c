"""A walk through talks as a page holds them: what is said next, after an answer of POST /v1/guide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

import msgspec

from daogou.decide.guide.evaluation.hostile import HONEST, TEXTS, hostile_request

Turn = dict[str, Any]
_ABOUT_WHAT_IS_SHOWN: tuple[list[Turn], ...] = (
    [{"type": "compare"}],
    [{"type": "plain", "name": "more"}],
    [{"type": "plain", "name": "back"}],
    [{"type": "critique", "field": "price", "direction": "less"}],
    [{"type": "critique", "field": "price", "direction": "more", "item": {"position": 2}}],
    [{"type": "ask_fact", "item": {"position": 1}, "field": "price"}],
    [{"type": "ask_fact", "item": {"position": 2}, "field": "stock"}],
    [{"type": "ask_reason", "item": {"position": 1}}],
    [{"type": "pick", "item": {"superlative": "price", "most": False}}],
    [{"type": "like", "item": {"position": 3}}],
    [{"type": "bundle", "item": {"position": 1}}],
    [{"type": "plain", "name": "popular"}],
)
NEW_TALK, BUTTON, ABOUT, HOSTILE = 0.12, 0.3, 0.2, 0.12
"""How often a turn begins a new talk, presses a button, asks about what is shown, or comes from an enemy."""


def next_turn(
    random: Random, answer: Mapping[str, Any] | None, utterances: Sequence[str], item_ids: Sequence[str]
) -> Turn:
    """The body of the next call.

    answer      the last one of the talk; None begins one
    utterances  what people of this shop say
    """
    if answer is None or random.random() < NEW_TALK:
        return {"utterance": _utterance(random, utterances), "language": random.choice(("zh", "en", None))}
    turn: Turn = {"state": answer["state"], "language": random.choice((answer["language"], None))}
    how = random.random()
    if how < BUTTON and (buttons := _buttons(answer)):
        return turn | {"acts": random.choice(buttons)}
    if how < BUTTON + ABOUT:
        return turn | {"acts": random.choice(_ABOUT_WHAT_IS_SHOWN)}
    if how < BUTTON + ABOUT + HOSTILE:
        return turn | _hostile(random, answer, item_ids)
    return turn | {"utterance": _utterance(random, utterances)}


def _buttons(answer: Mapping[str, Any]) -> list[Any]:
    choices = [*answer["ways_out"], *answer["wants"]]
    if answer["question"] is not None:
        choices += answer["question"]["choices"]
    return [one["acts"] for one in choices if one["acts"]]


def _hostile(random: Random, answer: Mapping[str, Any], item_ids: Sequence[str]) -> Turn:
    """What the door lets in of what an enemy would send; the rest is refused there."""
    request = hostile_request(random, [answer["state"]], item_ids)
    said = msgspec.json.decode(msgspec.json.encode(request))
    return {
        "utterance": said["utterance"][:500],
        "acts": said["acts"][:4],
        "state": request.state and request.state[:8_000],
    }


def _utterance(random: Random, utterances: Sequence[str]) -> str:
    how = random.random()
    if how < 0.05:
        return random.choice(TEXTS)[:500]
    return random.choice(HONEST) if how < 0.2 else random.choice(utterances)
