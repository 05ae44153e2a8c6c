"""Small drawings as inline SVG. Colours come from the page and follow its light and dark; no text needs translating."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

from daogou.learn.metrics.calibration import Reliability
from daogou.learn.metrics.intervals import Interval

WIDTH, HEIGHT = 480, 270
LEFT, RIGHT, TOP, BOTTOM = 52, 12, 12, 34
DASHES = ("", "7 3", "2 3", "10 3 2 3", "4 4", "1 3", "12 4", "6 2 2 2 2 2", "9 6", "3 1")
"""So that lines differ without colour, too."""
N_STYLES = len(DASHES)
HIDDEN = 'preserveAspectRatio="none" aria-hidden="true" focusable="false"'


def bar(interval: Interval, most: float) -> str:
    """One bar from 0 to the mean, out of `most`, with a whisker; screen readers read the figure beside it."""
    scale = 100.0 / most if most > 0 else 0.0
    mean, low, high = (min(max(0.0, value) * scale, 100.0) for value in (interval.mean, interval.low, interval.high))
    return (
        f'<svg class="bar" viewBox="0 0 100 16" {HIDDEN}>'
        f'<rect class="fill" x="0" y="2" width="{mean:.2f}" height="12"/>{_whisker(low, high)}</svg>'
    )


def dots(main: Interval, reference: float | None, most: float) -> str:
    """A dot with its whisker, and a tick for the reference, on a line from 0 to `most`."""
    scale = 100.0 / most if most > 0 else 0.0
    mean, low, high = (min(max(0.0, value) * scale, 100.0) for value in (main.mean, main.low, main.high))
    tick = "" if reference is None else f'<path class="reference" d="M{min(reference * scale, 100.0):.2f} 1V15"/>'
    return (
        f'<svg class="bar" viewBox="0 0 100 16" {HIDDEN}><path class="rail" d="M0 8H100"/>{tick}'
        f'{_whisker(low, high)}<path class="dot" d="M{mean:.2f} 8h0"/></svg>'
    )


def pair(chosen: float, shown: float, most: float) -> str:
    """Two thin bars, one over the other: what shoppers chose, and what they were shown."""
    scale = 100.0 / most if most > 0 else 0.0
    return (
        f'<svg class="bar" viewBox="0 0 100 16" {HIDDEN}>'
        f'<rect class="chosen" x="0" y="1" width="{min(chosen * scale, 100.0):.2f}" height="6"/>'
        f'<rect class="fill" x="0" y="9" width="{min(shown * scale, 100.0):.2f}" height="6"/></svg>'
    )


def curves(lines: Mapping[str, Sequence[float]], *, title: str, foremost: str | None) -> str:
    """Lines over k = 1, 2, …; `foremost` is drawn thicker. The label carries what the picture shows in words."""
    n = max(len(values) for values in lines.values())
    ticks = nice_ticks(max(max(values) for values in lines.values()))
    step = max(1, math.ceil(n / 5))
    drawn = [_grid(ticks)]
    drawn += [_below(_x(k, n), str(k)) for k in sorted({1, n, *range(step, n + 1, step)})]
    for number, (name, values) in enumerate(lines.items()):
        points = " ".join(f"{_x(k, n):.1f},{_y(value, ticks[-1]):.1f}" for k, value in enumerate(values, 1))
        thick = " foremost" if name == foremost else ""
        drawn.append(
            f'<polyline class="line{thick}" style="stroke:var(--c{number % N_STYLES})" '
            f'stroke-dasharray="{DASHES[number % N_STYLES]}" points="{points}"/>'
        )
    return _chart(title, drawn)


def columns(
    values: Sequence[Interval],
    names: Sequence[str],
    *,
    title: str,
    line: Sequence[Interval | None] = (),
    unit: float = 1.0,
) -> str:
    """One column per value with its whisker (none where low is high), and a line of other figures over the columns.

    line  with whiskers, on a scale of its own from 0 to 1, the height of the first column
    unit  100 draws per cent
    """
    ticks = nice_ticks(max((one.high for one in values), default=0.0) * unit)
    n, width = len(values), (WIDTH - LEFT - RIGHT) / max(len(values), 1)
    drawn = [_grid(ticks)]
    step = max(1, math.ceil(n / 14))
    for number, (one, name) in enumerate(zip(values, names, strict=True)):
        x, y = LEFT + width * (number + 0.5), _y(one.mean * unit, ticks[-1])
        drawn.append(f'<rect class="fill" x="{x - width * 0.36:.1f}" y="{y:.1f}" width="{width * 0.72:.1f}" '
                     f'height="{HEIGHT - BOTTOM - y:.1f}"/>')  # fmt: skip
        if one.high > one.low:
            low, high = _y(one.low * unit, ticks[-1]), _y(one.high * unit, ticks[-1])
            drawn.append(f'<path class="whisker" d="M{x:.1f} {low:.1f}V{high:.1f}M{x - 4:.1f} {low:.1f}h8'
                         f'M{x - 4:.1f} {high:.1f}h8"/>')  # fmt: skip
        if number % step == 0:
            drawn.append(_below(x, name))
    if line and values:
        base = values[0].mean * unit / ticks[-1]
        points = [(LEFT + width * (place + 0.5) + 5, one) for place, one in enumerate(line) if one is not None]
        drawn.append(_polyline("line over", [(x, _y(one.mean * base, 1.0)) for x, one in points]))
        for x, one in points:
            low, high = _y(one.low * base, 1.0), max(_y(one.high * base, 1.0), float(TOP))
            drawn.append(f'<path class="over-whisker" d="M{x:.1f} {low:.1f}V{high:.1f}"/>')
            drawn.append(f'<circle class="over-dot" cx="{x:.1f}" cy="{_y(one.mean * base, 1.0):.1f}" r="3.5"/>')
    return _chart(title, drawn)


def series(values: Sequence[float | None], names: Sequence[str], *, title: str, unit: float = 100.0) -> str:
    """One line over days or months, in per cent; gaps where there is no figure."""
    known = [one for one in values if one is not None]
    ticks = nice_ticks(max(known, default=0.0) * unit)
    n = len(values)
    drawn = [_grid(ticks)]
    step = max(1, math.ceil(n / 6))
    drawn += [_below(_x(place, n), names[place - 1]) for place in range(1, n + 1, step)]
    points = [(_x(place, n), _y(one * unit, ticks[-1])) for place, one in enumerate(values, 1) if one is not None]
    drawn.append(_polyline("line solid", points))
    if n <= 40:
        drawn += [f'<circle class="solid-dot" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in points]
    return _chart(title, drawn)


def reliability_plot(found: Reliability, *, title: str) -> str:
    """Predicted against observed, one dot with whisker per bin; on the diagonal it can be taken at its word."""
    top = max(max(one.predicted, one.observed.high) for one in found.bins)
    ticks = nice_ticks(top)
    most = ticks[-1]
    span = WIDTH - LEFT - RIGHT
    drawn = [
        _grid(ticks),
        f'<path class="reference" d="M{LEFT} {_y(0, most):.1f}L{LEFT + span} {_y(most, most):.1f}"/>',
    ]
    drawn += [_below(LEFT + span * tick / most, f"{tick:g}") for tick in ticks]
    for one in found.bins:
        x, low, high = LEFT + span * one.predicted / most, _y(one.observed.low, most), _y(one.observed.high, most)
        drawn.append(f'<path class="whisker" d="M{x:.1f} {low:.1f}V{high:.1f}"/>')
        drawn.append(f'<circle class="solid-dot" cx="{x:.1f}" cy="{_y(one.observed.mean, most):.1f}" r="4.5"/>')
    return _chart(title, drawn)


def swatch(number: int) -> str:
    """The sample of a line that stands in the legend."""
    style = f'style="stroke:var(--c{number % N_STYLES})" stroke-dasharray="{DASHES[number % N_STYLES]}"'
    return (
        '<svg class="swatch" viewBox="0 0 34 10" aria-hidden="true" focusable="false">'
        f'<path class="line" {style} d="M0 5H34"/></svg>'
    )


def nice_ticks(most: float) -> list[float]:
    """From 0 in four to six round steps (1, 2 or 5 times a power of ten) to at least `most`."""
    if not most > 0:
        return [0.0, 1.0]
    rough = most / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * (1 - 1e-9))
    count = math.ceil(most / step - 1e-9)
    return [round(number * step, 10) for number in range(count + 1)]


def _chart(title: str, drawn: Sequence[str]) -> str:
    inside = "".join(drawn)
    return f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">{inside}</svg>'


def _polyline(kind: str, points: Sequence[tuple[float, float]]) -> str:
    return f'<polyline class="{kind}" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>'


def _whisker(low: float, high: float) -> str:
    return f'<path class="whisker" d="M{low:.2f} 8H{high:.2f}M{low:.2f} 4V12M{high:.2f} 4V12"/>'


def _x(k: int, n: int) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * ((k - 1) / (n - 1) if n > 1 else 0.5)


def _y(value: float, most: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / most


def _below(x: float, text: str) -> str:
    return f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{escape(text)}</text>'


def _grid(ticks: Sequence[float]) -> str:
    parts = []
    for tick in ticks:
        y = _y(tick, ticks[-1])
        parts.append(f'<path class="grid" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{tick:g}</text>')
    return "".join(parts)
