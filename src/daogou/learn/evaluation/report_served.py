"""What shoppers did with their lists, arranged for the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from daogou.learn.evaluation import charts, words
from daogou.learn.evaluation.sentences import served_sentences
from daogou.learn.evaluation.served import Day, Part, Served
from daogou.learn.evaluation.served_places import EARLIER_RELEASE
from daogou.learn.metrics.intervals import Interval

MOST_SOURCES = 12


def served_view(served: Served) -> dict[str, Any]:
    """The whole section."""
    places = served.of("place")
    releases = served.of("release")
    return {
        "sentences": served_sentences(served),
        "placements": _rows([served.whole, *served.of("placement")]),
        "releases": _rows(releases) if len(releases) > 1 else [],
        "sources": _rows(served.of("source")[:MOST_SOURCES]),
        "by_place": _by_place(served, places),
        "has_effects": bool(served.place_effects),
        "effects": _effects(served, places),
        "days": _days(served.days),
    }


def part_name(one: Part) -> dict[str, str]:
    """What a slice goes by: places count from 1 for people."""
    if one.kind == "all":
        return words.word("all_lists")
    if one.kind == "release" and one.name == EARLIER_RELEASE:
        return words.word("earlier")
    return dict.fromkeys(words.LANGUAGES, str(int(one.name) + 1) if one.kind == "place" else one.name)


def _rows(parts: Sequence[Part]) -> list[dict[str, Any]]:
    most = max((one.rates["ctr"].high for one in parts), default=0.0)
    return [
        {"name": part_name(one), "one": one, "drawing": Markup(charts.dots(one.rates["ctr"], None, most))}
        for one in parts
    ]


def _by_place(served: Served, places: Sequence[Part]) -> Markup:
    effects = {one.place: one.ratio for one in served.place_effects}
    rates = [one.rates["ctr"] for one in places]
    names = [str(int(one.name) + 1) for one in places]
    title = ", ".join(f"{name}: {one.mean:.1%}" for name, one in zip(names, rates, strict=True))
    line = (
        [Interval(1.0, 1.0, 1.0) if one.name == "0" else effects.get(int(one.name)) for one in places]
        if effects
        else []
    )
    return Markup(charts.columns(rates, names, title=title, line=line, unit=100.0))


def _effects(served: Served, places: Sequence[Part]) -> list[dict[str, Any]]:
    found = {one.place: one for one in served.place_effects}
    first = places[0].rates["ctr"].mean if places else 0.0
    if not first:
        return []
    rows = []
    for one in places:
        effect = found.get(int(one.name))
        ctr = one.rates["ctr"]
        ratio = effect.ratio if effect else None
        rows.append({"place": int(one.name) + 1, "ctr": ctr, "raw": ctr.mean / first, "ratio": ratio})
    return rows


def _days(days: Sequence[Day]) -> list[tuple[Mapping[str, str], Markup]]:
    """Two lines over time; with fewer than three days there is nothing to draw."""
    if len(days) < 3:
        return []
    names = [one.day[5:] for one in days]
    title = f"{days[0].day} … {days[-1].day}"
    found: list[tuple[Mapping[str, str], Markup]] = [
        (words.word("ctr_by_day"), Markup(charts.series([one.ctr for one in days], names, title=title)))
    ]
    if any(one.head_share is not None for one in days):
        heads = [one.head_share for one in days]
        found.append((words.word("head_by_day"), Markup(charts.series(heads, names, title=title))))
    return found
