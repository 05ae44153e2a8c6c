"""Bring in items, users and events from files."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import err, out, print_json, progress_bar
from daogou.core.clock import system_clock
from daogou.core.errors import InvalidInput, UnknownName
from daogou.core.settings import database_url, files_folder
from daogou.data.ingest.columns import KINDS
from daogou.data.ingest.defaults import Defaults
from daogou.data.ingest.options import ImportOptions
from daogou.data.ingest.report import ImportReport
from daogou.data.ingest.run import import_files
from daogou.data.quality.check import Quality, check
from daogou.data.quality.words import LANGUAGES, advice, said
from daogou.data.store import open_store
from daogou.learn.quality.page import quality_page
from daogou.serve.audit import AuditLog
from daogou.serve.audit.chain import Fact
from daogou.serve.audit.log import COMMAND_LINE

app = typer.Typer(add_completion=False)

EXAMPLES_SHOWN = 10
QUALITY_FILE = "import-report.html"
MARKS = {"act": "●", "watch": "▲", "know": "·"}
HINTS = {
    "ambiguous_date": "Say how dates are written: --date-order day_first or --date-order month_first.",
    "unknown_event": "Name your own event words: --map event:YOUR_WORD=view_item, or leave those rows out.",
}
"""What to type where rows of a rule were refused."""


@app.command()
def bring_in(
    files: Annotated[list[Path], typer.Argument(help="CSV, JSON lines or Parquet, plain or .gz or .zst.")],
    folder: ShopFolder = Path("."),
    mapping: Annotated[
        list[str] | None,
        typer.Option("--map", help="Your column for our field: SKU=id; an event word: event:KAUF=purchase; repeat."),
    ] = None,
    kind: Annotated[str | None, typer.Option(help=f"{', '.join(KINDS)}, where the files do not tell.")] = None,
    event_name: Annotated[str | None, typer.Option(help="What every row reports, where rows do not say.")] = None,
    date_order: Annotated[
        str | None, typer.Option(help="day_first or month_first, for dates such as 03/04/2026.")
    ] = None,
    encoding: Annotated[str, typer.Option(help="Of CSV files, for example gb18030.")] = "utf-8",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check everything, store nothing.")] = False,
    resume: Annotated[bool, typer.Option(help="Go on where an interrupted import stopped.")] = True,
    look_over: Annotated[
        bool,
        typer.Option("--check/--no-check", help="Look over all the shop's data afterwards, and write a page on it."),
    ] = True,
    as_json: AsJson = False,
) -> None:
    """Bring in items, users and events from files. Good rows go in; bad ones land in a reject file."""
    settings = settings_at(folder)
    if kind is not None and kind not in KINDS:
        raise UnknownName("kind of row", kind, KINDS)
    place = files_folder(settings, folder)
    options = ImportOptions(
        kind=kind,
        mapping=dict(_pair(one) for one in mapping or []),
        defaults=Defaults(
            currency=settings.shop.currency,
            language=settings.shop.languages[0],
            timezone=settings.shop.timezone,
            allow_contact_ids=settings.shop.allow_contact_ids,
            **({"date_order": date_order} if date_order else {}),  # type: ignore[arg-type]
        ),
        event_name=event_name,
        dry_run=dry_run,
        resume=resume,
        state_folder=place / "imports",
        reject_folder=place / "rejects",
        encoding=encoding,
    )
    with closing(open_store(database_url(settings, folder))) as store, progress_bar() as progress:
        report = import_files(store, files, options, progress)
        quality, page = None, place / QUALITY_FILE
        if look_over and not dry_run:
            quality = check(store, place, settings.trust, system_clock(), report)
            place.mkdir(parents=True, exist_ok=True)
            page.write_text(quality_page(quality, settings.shop.name), encoding="utf-8")
    if not dry_run and report.accepted:
        facts: dict[str, Fact] = {**report.accepted_by_kind, "refused": report.rejected}
        AuditLog(folder).add("rows_imported", COMMAND_LINE, **facts)
    if as_json:
        print_json({**report.to_dict(), **({"quality": _facts(quality, page)} if quality else {})})
    else:
        _tell(report)
        if quality:
            _tell_quality(quality, settings.shop.languages[0])
            err.print(f"Report: {page}", markup=False, soft_wrap=True)
    if not report.is_complete or (report.rejected and not report.accepted + report.duplicates):
        raise typer.Exit(1)


def _pair(text: str) -> tuple[str, str]:
    own, equals, ours = text.rpartition("=")
    if not equals or not own or not ours:
        raise InvalidInput(f"--map {text!r} is not of the form YOUR_COLUMN=our_field, for example --map SKU=id.")
    return own, ours


def _tell(report: ImportReport) -> None:
    for one in report.files:
        out.print(f"{one.path}: {one.kind}, {one.format}, {one.rows:,} rows", markup=False, soft_wrap=True)
        if one.columns:
            read = ", ".join(f"{own} as {ours}" for own, ours in one.columns.items())
            out.print(f"  read {read}", markup=False, soft_wrap=True)
        if one.dropped:
            out.print(f"  left out the columns {', '.join(one.dropped)}", markup=False, soft_wrap=True)
        if one.resumed_rows:
            out.print(f"  went on after row {one.resumed_rows:,}")
        if one.reject_file:
            out.print(f"  refused rows: {one.reject_file}", markup=False, soft_wrap=True)
    if report.timestamp_units:
        units = ", ".join(f"{unit} ({count:,})" for unit, count in report.timestamp_units.items())
        out.print(f"times were written as {units}")
    for what, count in report.skipped.items():
        out.print(f"left out: {count:,} {what}", markup=False, soft_wrap=True)
    _tell_refused(report)
    for text in (*report.warnings, *report.problems):
        err.print(text, markup=False, soft_wrap=True)
    verb = "would go in" if report.is_dry_run else "went in"
    by_kind = ", ".join(f"{count:,} {name}" for name, count in report.accepted_by_kind.items()) or "nothing"
    out.print(
        f"[bold]{by_kind} {verb}[/bold]; {report.duplicates:,} known already, {report.rejected:,} refused, "
        f"{report.seconds:.1f} s"
    )


def _facts(quality: Quality, page: Path) -> dict[str, object]:
    return {
        "page": str(page),
        "rows": dict(quality.rows),
        "events": dict(quality.events),
        "complete": dict(quality.complete),
        "since": quality.since,
        "until": quality.until,
        "findings": [
            {"code": one.code, "tone": one.tone, "count": one.count, "total": one.total, "examples": list(one.examples),
             "said": said(one), "advice": advice(one)}
            for one in quality.findings
        ],
    }  # fmt: skip


def _tell_quality(quality: Quality, language: str) -> None:
    """The findings in the shop's language, else in English; refused rows have been told already."""
    chosen = language if language in LANGUAGES else "en"
    for one in quality.findings:
        if one.code == "refused":
            continue
        out.print(f"{MARKS[one.tone]} {said(one)[chosen]}", markup=False, soft_wrap=True)
        if one.examples:
            out.print(f"    {'; '.join(one.examples)}", markup=False, soft_wrap=True)
        out.print(f"    {advice(one)[chosen]}", markup=False, soft_wrap=True)


def _tell_refused(report: ImportReport) -> None:
    if not report.rejected:
        return
    table = Table("reason", "rows", title="Refused")
    for rule, count in report.rejected_by_rule.items():
        table.add_row(rule, f"{count:,}")
    out.print(table)
    examples = {(one.file, one.field, one.value, one.allowed): one for one in reversed(report.examples)}
    for one in sorted(examples.values(), key=report.examples.index)[:EXAMPLES_SHOWN]:
        said = f"  {one.file}, line {one.line}: {one.field}: {one.value!r}. Use {one.allowed}."
        out.print(said, markup=False, soft_wrap=True)
    for rule, hint in HINTS.items():
        if rule in report.rejected_by_rule:
            out.print(hint, markup=False, soft_wrap=True)
