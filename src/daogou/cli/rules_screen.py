"""How `daogou rules` shows versions, findings and previews."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from rich.table import Table

from daogou.cli.screen import cell, out, print_json
from daogou.core.clock import isoformat
from daogou.data.store.rule_log import RuleVersion
from daogou.decide.rules.findings import Finding
from daogou.decide.rules.preview import Preview


def print_written(made: RuleVersion, findings: Sequence[Finding], language: str, as_json: bool) -> None:
    """What is in force now, and what there is to say about it."""
    if as_json:
        print_json({"written": version_row(made), "findings": msgspec.to_builtins(findings)})
        return
    out.print(f"Version {made.version} is in force: {made.n_rules} rules.")
    print_findings(findings, language, as_json=False)


def print_findings(findings: Sequence[Finding], language: str, as_json: bool) -> None:
    """One line per finding."""
    if as_json:
        print_json({"findings": msgspec.to_builtins(findings)})
        return
    for one in findings:
        text = one.text["zh" if language.startswith("zh") else "en"]
        out.print(f"{one.severity}: {text}", markup=False, soft_wrap=True)
    if not findings:
        out.print("Nothing contradicts itself.")


def print_preview(one: Preview) -> None:
    """One list before and after, and what moved by which rule."""
    table = Table("", "before", "after", title=cell(f"{one.placement} for {one.user_id or one.visitor_id or 'nobody'}"))
    for place in range(max(len(one.before), len(one.after))):
        table.add_row(str(place), *(cell(held[place]) if place < len(held) else "" for held in (one.before, one.after)))
    out.print(table)
    for moved in one.moved:
        places = [("-" if place is None else str(place)) for place in (moved.before, moved.after)]
        by = f", by {', '.join(moved.rules)}" if moved.rules else ""
        out.print(f"{moved.item_id} {moved.title}: {' → '.join(places)}{by}", markup=False, soft_wrap=True)


def version_row(made: RuleVersion) -> dict[str, Any]:
    """A version for programs."""
    row: dict[str, Any] = msgspec.to_builtins(made)
    return {**row, "at": isoformat(row.pop("at_us"))}


def told(row: Mapping[str, Any]) -> str:
    """The fields of a rule, one per line."""
    return "\n".join(f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in row.items())
