"""Choose settings on a validation part; shared by the benchmarks that compare many models."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Settings = dict[str, Any]
Axes = Mapping[str, Sequence[float]]


def choose(name: str, axes: Axes, score: Callable[[Settings], float]) -> Settings:
    """One setting after the other, twice round, each set to what scores best with the others as they stand."""
    chosen: Settings = {}
    tried: dict[tuple[tuple[str, float], ...], float] = {}
    for _ in range(2 if len(axes) > 1 else 1):
        for setting, values in axes.items():
            for value in values:
                key = tuple(sorted({**chosen, setting: value}.items()))
                if key not in tried:
                    tried[key] = score(dict(key))
            best = max(values, key=lambda value: tried[tuple(sorted({**chosen, setting: value}.items()))])
            chosen[setting] = best
    if tried:
        print(f"  {name}: {len(tried)} settings tried, best {max(tried.values()):.4f} {shown(chosen)}", flush=True)
    return chosen


def shown(settings: Settings) -> str:
    return ", ".join(f"{setting} {value:g}" for setting, value in settings.items()) or "-"
