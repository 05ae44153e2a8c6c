"""Choose settings on a validation part; shared by the benchmarks that compare many models."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Settings = dict[str, Any]
Axes = Mapping[str, Sequence[float]]


def choose(name: str, axes: Axes, score: Callable[[Settings], float]) -> Settings:
    """One setting after the other, each set to what scores best with those before as chosen and the rest as usual."""
    chosen: Settings = {}
    tried, best = 0, float("-inf")
    for setting, values in axes.items():
        scores = {value: score({**chosen, setting: value}) for value in values}
        chosen[setting] = max(scores, key=lambda value: scores[value])
        tried, best = tried + len(scores), max(scores.values())
    if tried:
        print(f"  {name}: {tried} settings tried, best {best:.4f} {shown(chosen)}", flush=True)
    return chosen


def shown(settings: Settings) -> str:
    return ", ".join(f"{setting} {value:g}" for setting, value in settings.items()) or "-"
