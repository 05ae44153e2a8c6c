"""Look over everything a shop holds, after an import: figures of what is there, and findings on what is amiss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from daogou.core.clock import isoformat
from daogou.core.settings import TrustSettings
from daogou.data.ingest.report import ImportReport
from daogou.data.lake.outcomes import SHOPPER, lines_of
from daogou.data.quality.events import findings_of_events, sold_at
from daogou.data.quality.finding import Finding
from daogou.data.quality.items import completeness, findings_of_items
from daogou.data.store.store import Store
from daogou.data.trust.bots import verdicts
from daogou.data.trust.scan import read_behaviour

_TONES = ("act", "watch", "know")


@dataclass(frozen=True, eq=False)
class Quality:
    """rows        by kind, what the shop holds now
    events      by name
    complete    share of items that have each field
    since, until  first and last event; None without any
    findings    the most urgent first
    """

    rows: Mapping[str, int]
    events: Mapping[str, int]
    complete: Mapping[str, float]
    since: str | None
    until: str | None
    findings: Sequence[Finding]


def check(store: Store, files: Path, trust: TrustSettings, now_us: int, report: ImportReport | None = None) -> Quality:
    """What the shop holds; with a report also what its import refused."""
    items = list(store.all_items())
    columns = ("seq", "name", "at_us", "person", "session_id", "item_id", "price_minor")
    lines = lines_of(store, files, columns, pl.lit(value=True)).with_columns(SHOPPER.alias("shopper"))
    events = lines.unique("seq", keep="first")
    programs = verdicts(read_behaviour(store, files, trust), trust)
    by_name = events["name"].value_counts(sort=True)
    findings = [
        *(_of_import(report) if report else ()),
        *findings_of_items(items, sold_at(lines)),
        *findings_of_events(lines, [item.id for item in items], programs, now_us),
    ]
    bounds: tuple[Any, Any] = (events["at_us"].min(), events["at_us"].max())
    counted = store.statistics()
    return Quality(
        rows={"items": counted["items"], "users": counted["users"], "events": events.height},
        events=dict(zip(by_name["name"].to_list(), by_name["count"].to_list(), strict=True)),
        complete=completeness(items) if items else {},
        since=None if bounds[0] is None else isoformat(bounds[0]),
        until=None if bounds[1] is None else isoformat(bounds[1]),
        findings=sorted(findings, key=lambda one: _TONES.index(one.tone)),
    )


def _of_import(report: ImportReport) -> list[Finding]:
    refused = [
        Finding(
            "refused", "act" if count > report.rows / 20 else "watch", count, report.rows,
            tuple(f"{one.file}:{one.line} {one.field}={one.value}" for one in report.examples if one.rule == rule),
            {"rule": rule},
        )
        for rule, count in report.rejected_by_rule.items()
    ]  # fmt: skip
    again = [Finding("again", "know", report.duplicates, report.rows)] if report.duplicates else []
    return [*refused, *again]
