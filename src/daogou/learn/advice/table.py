"""The advice in a terminal: facts, measurements, and what to do, in plain words."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from daogou.learn.advice.advise import Report
from daogou.learn.advice.measure import Evidence
from daogou.learn.advice.stars import StarRow
from daogou.learn.advice.words import fact_lines, reasons, say, sentences
from daogou.learn.tuning.proposal import lines_of

STYLES = {"use": "bold green", "keep": "bold", "try": "bold yellow", "open": "bold", "skip": "dim", "cannot": "red"}


def print_report(report: Report, console: Console, *, language: str) -> None:
    """Everything, the figures first and the advice last, where the eye rests."""
    console.print(_facts(report, language))
    for sentence in sentences(report, language):
        console.print(f"• {sentence}", markup=False)
    if report.evidence is not None and report.evidence.rows:
        console.print(_measured(report.evidence, language))
    if report.stars:
        console.print(_stars(report.stars, language))
    console.print(Text(say("advice", language), style="bold"))
    for one in report.advice:
        head = Text(f"{one.name}: ", style="bold")
        head.append(say(one.verdict, language), style=STYLES[one.verdict])
        if one.is_used:
            head.append(f"  ({say('is_used', language)})", style="dim")
        console.print(head)
        for reason in reasons(one, report, language):
            console.print(Padding(Text(reason), (0, 0, 0, 2)))
    console.print()
    if report.additions:
        console.print(say("add", language))
        lines = "\n".join(map(lines_of, report.additions))
        console.print(lines, markup=False, highlight=False, soft_wrap=True)
    else:
        console.print(say("nothing_to_add", language))
    console.print(say("next", language))


def _facts(report: Report, language: str) -> Table:
    table = Table(title=say("facts", language), title_justify="left", show_header=False)
    table.add_column(overflow="fold")
    table.add_column(justify="right", overflow="fold")
    for name, figure in fact_lines(report.facts, language):
        table.add_row(name, figure)
    return table


def _measured(evidence: Evidence, language: str) -> Table:
    table = Table(title=say("measured", language), title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column(say("model", language), no_wrap=True)
    table.add_column("NDCG@20 (95 %)", justify="right", no_wrap=True)
    for name in ("behind", "blend", "fit", "speed"):
        table.add_column(say(name, language), justify="right", no_wrap=True)
    table.caption, table.caption_justify = say("columns", language), "left"
    for row in evidence.rows:
        behind = row.behind
        table.add_row(
            row.name,
            f"{row.ndcg.mean:.4f}\n{row.ndcg.low:.4f}–{row.ndcg.high:.4f}",
            "–" if behind is None else f"{behind.mean:.4f}\n{behind.low:+.4f}…{behind.high:+.4f}",
            "–" if row.weight is None else f"{row.weight:.0%}",
            f"{row.fit_seconds:.1f}",
            f"{row.ms_per_query:.2f}",
            style=None if row.is_surely_behind else "bold",
        )
    return table


def _stars(rows: tuple[StarRow, ...], language: str) -> Table:
    table = Table(title=say("stars", language), title_justify="left")
    table.add_column(say("model", language))
    for name in ("rmse", "fit"):
        table.add_column(say(name, language), justify="right")
    for row in rows:
        rmse = f"{row.rmse.mean:.4f}  ({row.rmse.low:.4f} – {row.rmse.high:.4f})"
        table.add_row(row.recipe_name, rmse, f"{row.fit_seconds:.1f}")
    return table
