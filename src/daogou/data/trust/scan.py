"""Judge everybody in the log, and remember who is held back; asked for by training and by `daogou trust`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from daogou.core.settings import TrustSettings
from daogou.data.lake.outcomes import SHOPPER, lines_of
from daogou.data.store.store import Store
from daogou.data.store.trust_log import Ground, Mark, held_shoppers
from daogou.data.trust.behaviour import Behaviour, behaviour
from daogou.data.trust.bots import verdicts

_COLUMNS = ("seq", "name", "at_us", "person", "session_id", "item_id", "context")


@dataclass(frozen=True, eq=False)
class Scan:
    """What one look at the log found.

    grounds    by shopper, why they look like a program
    n_new      how many were not held before
    n_events, n_held_events  events of known shoppers, and those of shoppers now held
    """

    found: Behaviour
    grounds: Mapping[str, Sequence[Ground]]
    n_new: int
    n_events: int
    n_held_events: int


def read_behaviour(store: Store, folder: Path, settings: TrustSettings, names: Sequence[str] = ()) -> Behaviour:
    """How everybody in the log behaves; `names` limits it to some kinds of event."""
    wanted = pl.col("name").is_in(names) if names else pl.lit(value=True)
    lines = lines_of(store, folder, _COLUMNS, wanted)
    said = {"agent": settings.agent_key, "device": settings.device_key, "network": settings.network_key}
    return behaviour(
        lines.select(
            "seq", "name", "at_us", "item_id", SHOPPER.alias("shopper"),
            *(pl.col("context").str.json_path_match(f"$['{key}']").alias(name) for name, key in said.items()),
        )
    )  # fmt: skip


def scan(store: Store, folder: Path, settings: TrustSettings, now_us: int) -> Scan:
    """Judge everybody and mark who looks like a program. Who was released by hand stays released."""
    found = read_behaviour(store, folder, settings)
    grounds = verdicts(found, settings)
    before = store.trust.marks()
    known = {one.subject for one in before if one.kind == "shopper"}
    new = [Mark(who, "shopper", "held", tuple(why), now_us) for who, why in grounds.items() if who not in known]
    store.trust.put(new)
    held = held_shoppers(before) | {one.subject for one in new}
    acts = dict(zip(found.shoppers, found.acts.tolist(), strict=True))
    return Scan(found, grounds, len(new), int(found.acts.sum()), sum(acts.get(who, 0) for who in held))
