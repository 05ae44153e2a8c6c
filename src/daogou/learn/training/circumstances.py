"""The lift of circumstances (when, where, in which weather) and of what people told about themselves, at training.

Learned on the first eight tenths of the takings by time, its exponents chosen on the next tenth, measured on the last.
Where it makes the last tenth no likelier, it is published with factors of 1. Else it is fitted again on everything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from daogou.core.clock import HOUR_US
from daogou.core.settings import Settings
from daogou.core.types import F64, I32, I64, Item, User
from daogou.learn.circumstances import Calendar, moment_at
from daogou.learn.lift import Dimension, Lift, group_of, save_lift
from daogou.learn.training.lift_weights import chosen_weights, group_gain, item_gain
from daogou.learn.training.lifts import MOST, Takings, fit_factors
from daogou.learn.training.release import CONTEXT_FOLDER, NEWCOMERS_FOLDER

OF_THE_MOMENT = ("daypart", "week", "season", "holiday")
OF_THE_EVENT = ("store", "region", "device", "weather")
BY_ITEM = frozenset({"daypart", "week", "store", "region", "device", "weather"})
"""Not season and holiday: in less than some years of log an item's own season is when it was new."""

FEWEST_TAKINGS = 200
MOST_OWN_WEIGHTS = 10
"""Of more dimensions all share one exponent."""
MOST_VALUES = 64
FEWEST_SHARE = 0.001
FEWEST_PEOPLE = 20
"""Nothing is learned of, or told about, fewer people than this who said the same."""

EVERYTHING_BUT = (0.8, 0.9)


@dataclass(frozen=True, eq=False)
class Known:
    """What is known beside who took what.

    taken  as `data.lake.outcomes.read_taken` gives it
    users  the shop's records
    """

    taken: pl.DataFrame
    users: Sequence[User] = field(default_factory=list)


def save_lifts(known: Known | None, items: Sequence[Item], settings: Settings, release: Path) -> dict[str, Any]:
    """Learn both lifts and write them into the release's folder; what was measured, by name."""
    if known is None:
        return {}
    chosen = settings.context
    calendar = Calendar(settings.shop.timezone, chosen.hemisphere, chosen.country)
    found = {
        CONTEXT_FOLDER: circumstances_lift(known.taken, items, calendar) if chosen.learned else None,
        NEWCOMERS_FOLDER: newcomers_lift(known.taken, items, known.users),
    }
    lifts = {name: lift for name, lift in found.items() if lift is not None}
    for name, lift in lifts.items():
        save_lift(lift, release / name)
    return {name: dict(lift.told) for name, lift in lifts.items()}


def circumstances_lift(taken: pl.DataFrame, items: Sequence[Item], calendar: Calendar) -> Lift | None:
    """What `taken` says of circumstances; None where there is too little of it.

    taken  at_us, item_id, store, region, device, weather; oldest first
    """
    columns = {name: taken[name].to_list() for name in OF_THE_EVENT}
    columns |= _moments(taken["at_us"].to_numpy(), calendar)
    return _learned(taken, items, columns, BY_ITEM)


def newcomers_lift(taken: pl.DataFrame, items: Sequence[Item], users: Sequence[User]) -> Lift | None:
    """What people who told the same of themselves take: one dimension per value that at least 20 takers share.

    taken  at_us, item_id, user_id; oldest first
    """
    told = {user.id: user.attributes for user in users if user.consent.personalization != "denied"}
    known = taken.filter(pl.col("user_id").is_in(list(told)))
    takers = known["user_id"].unique().to_list()
    people: dict[tuple[str, str], set[str]] = {}
    for user_id in takers:
        for name, values in told[user_id].items():
            for value in values:
                people.setdefault((name, value), set()).add(user_id)
    shared = {one: who for one, who in sorted(people.items()) if FEWEST_PEOPLE <= len(who) < len(takers)}
    shared = dict(sorted(shared.items(), key=lambda one: -len(one[1]))[:MOST_VALUES])
    ids = known["user_id"].to_list()
    columns = {
        f"{name}:{value}": ["yes" if one in who else None for one in ids] for (name, value), who in shared.items()
    }
    learned = _learned(known, items, columns, frozenset(columns))
    if learned is None:
        return None
    counts = {f"{name}:{value}": len(who) for (name, value), who in shared.items()}
    return replace(learned, told={**learned.told, "people": counts})


def _moments(at_us: I64, calendar: Calendar) -> dict[str, list[str | None]]:
    hours, of = np.unique(at_us // HOUR_US, return_inverse=True)
    moments = [moment_at(int(hour) * HOUR_US, calendar) for hour in hours]
    return {name: [getattr(moments[one], name) for one in of.tolist()] for name in OF_THE_MOMENT}


def _learned(
    taken: pl.DataFrame, items: Sequence[Item], columns: Mapping[str, Sequence[str | None]], by_item: frozenset[str]
) -> Lift | None:
    numbers = {item.id: number for number, item in enumerate(items)}
    item = np.array([numbers.get(one, -1) for one in taken["item_id"].to_list()], np.int32)
    is_known = item >= 0
    groups = tuple(dict.fromkeys(group_of(one) for one in items))
    place_of = {one: place for place, one in enumerate(groups)}
    names, values, codes = _coded(columns)
    if is_known.sum() < FEWEST_TAKINGS or not names:
        return None
    everything = Takings(
        codes[is_known], item[is_known], np.array([place_of[group_of(one)] for one in items], np.int32), len(groups),
        names, values, by_item,
    )  # fmt: skip
    begins, ends = (int(len(everything) * share) for share in EVERYTHING_BUT)
    at = np.arange(len(everything))
    factors = fit_factors(everything.only(at < begins))
    later = everything.only((at >= begins) & (at < ends))
    weights = chosen_weights(factors, later, is_shared=len(names) > MOST_OWN_WEIGHTS)
    newest = everything.only(at >= ends)
    gain = group_gain(factors, newest, weights[0]) + item_gain(factors, newest, weights[1])
    told: dict[str, Any] = {
        "n_takings": len(everything),
        "n_measured_on": len(newest),
        "gain_nats": round(gain, 5),
        "weights": {name: list(pair) for name, pair in zip(names, zip(*weights, strict=True), strict=True)},
    }
    final = fit_factors(everything)
    is_used = gain > 0
    dimensions = tuple(
        _dimension(name, values[place], is_used * weights[0][place] * final.groups[place],
                   is_used * weights[1][place] * final.items[place], everything.group)
        for place, name in enumerate(names)
    )  # fmt: skip
    return Lift(dimensions, groups, [one.id for one in items], told)


def _coded(
    columns: Mapping[str, Sequence[str | None]],
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], I32]:
    """Names, values and (n, n_dimensions) codes of the columns that say more than one thing often enough."""
    names: list[str] = []
    values: list[tuple[str, ...]] = []
    codes: list[I32] = []
    for name, column in columns.items():
        counted = pl.Series(column, dtype=pl.String).value_counts(sort=True).drop_nulls()
        often = [one for one, n in counted.iter_rows() if n >= max(FEWEST_SHARE * len(column), FEWEST_PEOPLE)]
        often = sorted(often[:MOST_VALUES])
        if not often or (len(often) == 1 and None not in column):
            continue
        place_of = {one: place for place, one in enumerate(often)}
        names.append(name)
        values.append(tuple(often))
        codes.append(np.array([-1 if one is None else place_of.get(one, -1) for one in column], np.int32))
    return tuple(names), tuple(values), np.stack(codes, axis=1) if codes else np.empty((0, 0), np.int32)


def _dimension(name: str, values: tuple[str, ...], groups: F64, items: F64, group: I32) -> Dimension:
    both = np.clip(np.exp(groups[:, group] + items), 1 / MOST, MOST)
    return Dimension(name, values, np.exp(groups).astype(np.float32), both.astype(np.float32))
