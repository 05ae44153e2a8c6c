"""Small drawings as inline SVG: a bar with its interval, and curves over the length of the list."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

from daogou.learn.metrics.intervals import Interval

WIDTH, HEIGHT = 480, 290
LEFT, RIGHT, TOP, BOTTOM = 46, 12, 12, 44
DASHES = ("", "7 3", "2 3", "10 3 2 3", "4 4", "1 3", "12 4", "6 2 2 2 2 2", "9 6", "3 1")
"""So that lines differ without colour, too."""
N_STYLES = len(DASHES)


def bar(interval: Interval, most: float) -> str:
    """One bar from 0 to the mean, out of `most`, with a whisker; screen readers read the figure beside it."""
    scale = 100.0 / most if most > 0 else 0.0
    mean, low, high = (max(0.0, value) * scale for value in (interval.mean, interval.low, interval.high))
    return (
        '<svg class="bar" viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f'<rect class="fill" x="0" y="2" width="{mean:.2f}" height="12"/>'
        f'<path class="whisker" d="M{low:.2f} 8H{high:.2f}M{low:.2f} 4V12M{high:.2f} 4V12"/></svg>'
    )


def curves(lines: Mapping[str, Sequence[float]], *, title: str, foremost: str | None) -> str:
    """Lines over k = 1, 2, …; `foremost` is drawn thicker. The label carries what the picture shows in words."""
    n = max(len(values) for values in lines.values())
    ticks = nice_ticks(max(max(values) for values in lines.values()))
    drawn = [_frame(n, ticks)]
    for number, (name, values) in enumerate(lines.items()):
        points = " ".join(f"{_x(k, n):.1f},{_y(value, ticks[-1]):.1f}" for k, value in enumerate(values, 1))
        thick = " foremost" if name == foremost else ""
        drawn.append(
            f'<polyline class="line{thick}" style="stroke:var(--c{number % N_STYLES})" '
            f'stroke-dasharray="{DASHES[number % N_STYLES]}" points="{points}"/>'
        )
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">'
        + "".join(drawn)
        + "</svg>"
    )


def swatch(number: int) -> str:
    """The sample of a line that stands in the legend."""
    style = f'style="stroke:var(--c{number % N_STYLES})" stroke-dasharray="{DASHES[number % N_STYLES]}"'
    return (
        '<svg class="swatch" viewBox="0 0 34 10" aria-hidden="true" focusable="false">'
        f'<path class="line" {style} d="M0 5H34"/></svg>'
    )


def nice_ticks(most: float) -> list[float]:
    """From 0 in four to six round steps (1, 2 or 5 times a power of ten) to at least `most`."""
    if most <= 0:
        return [0.0, 1.0]
    rough = most / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * (1 - 1e-9))
    count = math.ceil(most / step - 1e-9)
    return [round(number * step, 10) for number in range(count + 1)]


def _x(k: int, n: int) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * ((k - 1) / (n - 1) if n > 1 else 0.5)


def _y(value: float, most: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / most


def _frame(n: int, ticks: Sequence[float]) -> str:
    parts = []
    for tick in ticks:
        y = _y(tick, ticks[-1])
        parts.append(f'<path class="grid" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{tick:g}</text>')
    step = max(1, math.ceil(n / 5))
    for k in sorted({1, n, *range(step, n + 1, step)}):
        parts.append(f'<text x="{_x(k, n):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{k}</text>')
    parts.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 6}" text-anchor="middle">k</text>')
    return "".join(parts)
