"""Figures of many dialogues, with how sure they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from daogou.decide.guide.evaluation.dialogue import Dialogue, TurnRecord
from daogou.learn.metrics.intervals import bootstrap_interval
from daogou.learn.metrics.proportions import grouped_share, wilson

BARS: dict[str, tuple[str, float]] = {
    "success_at_3": ("at least", 0.85),
    "mean_turns": ("at most", 2.2),
    "violations": ("at most", 0.005),
    "stuck_turns": ("at most", 0.0),
    "ungrounded": ("at most", 0.0),
    "latency_p95_ms": ("at most", 150.0),
}
"""What a guide is held to; see docs/guide-evaluation.md."""


def figures(dialogues: Sequence[Dialogue]) -> dict[str, Any]:
    """Shares with 95 % intervals; turns of one dialogue are not independent, so dialogues are the units."""
    turns = [turn for one in dialogues for turn in one.turns]
    latencies = [turn.latency_ms for turn in turns]
    lengths = np.array([one.found_at or len(one.turns) for one in dialogues], np.float64)
    questions = sum(turn.asked is not None for turn in turns)
    found = sum(one.found_at is not None for one in dialogues)
    return {
        "dialogues": len(dialogues),
        "turns": len(turns),
        **{f"success_at_{k}": _success(dialogues, k) for k in (1, 3, 5)},
        "mean_turns": bootstrap_interval(lengths).to_dict(),
        "questions_per_success": questions / max(found, 1),
        "empty_turns": _share(dialogues, lambda turn: turn.is_empty),
        "stuck_turns": _share(dialogues, lambda turn: turn.is_stuck),
        "violations": _violations(dialogues),
        "critique_respected": _met(turns, ("cheaper", "dearer")),
        "undo_right": _met(turns, ("undone",)),
        "back_right": _met(turns, ("back",)),
        "repeated_questions": sum(map(_repeats, dialogues)) / max(questions, 1),
        "unsupported_claims": sum(len(turn.unsupported) for turn in turns),
        "ungrounded": sum(len(turn.ungrounded) for turn in turns),
        "fallback": sum(turn.mode == "llm-fallback" for turn in turns) / max(len(turns), 1),
        "latency_p50_ms": float(np.percentile(latencies, 50)),
        "latency_p95_ms": float(np.percentile(latencies, 95)),
        "latency_p99_ms": float(np.percentile(latencies, 99)),
    }


def missed_bars(found: dict[str, Any]) -> list[str]:
    """Which bars the figures do not reach, as sentences."""
    missed = []
    for name, (side, bar) in BARS.items():
        value = found[name]["mean"] if isinstance(found[name], dict) else found[name]
        if value > bar if side == "at most" else value < bar:
            missed.append(f"{name} is {value:.4g}, should be {side} {bar:g}")
    return missed


def _success(dialogues: Sequence[Dialogue], k: int) -> dict[str, float]:
    return wilson(sum(1 for one in dialogues if one.found_at and one.found_at <= k), len(dialogues)).to_dict()


def _share(dialogues: Sequence[Dialogue], is_so: Any) -> dict[str, float]:
    happened = np.array([sum(map(is_so, one.turns)) for one in dialogues], np.float64)
    return grouped_share(happened, np.array([len(one.turns) for one in dialogues], np.float64)).to_dict()


def _violations(dialogues: Sequence[Dialogue]) -> dict[str, float]:
    """Of the cards that claim to match, those that contradict what was asked for."""
    violating = np.array([sum(len(turn.violating) for turn in one.turns) for one in dialogues], np.float64)
    matching = np.array([sum(turn.matching for turn in one.turns) for one in dialogues], np.float64)
    return grouped_share(violating, matching).to_dict()


def _met(turns: Sequence[TurnRecord], expects: tuple[str, ...]) -> dict[str, float]:
    met = [turn.met for turn in turns if turn.expects in expects and turn.met is not None]
    return {**wilson(sum(met), len(met)).to_dict(), "n": len(met)}


def _repeats(dialogue: Dialogue) -> int:
    """Questions that were asked before in the same dialogue."""
    asked = [turn.asked for turn in dialogue.turns if turn.asked is not None]
    return len(asked) - len(set(asked))
