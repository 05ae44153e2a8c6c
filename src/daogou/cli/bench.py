"""Measure in a way that anyone can repeat: models on the bundled real shop, the guide and search of any shop."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from daogou.cli.at import AsJson
from daogou.cli.bench_guide import guide
from daogou.cli.bench_search import search
from daogou.cli.screen import err, out, print_json, progress_bar
from daogou.learn.evaluation.report import html_report
from daogou.learn.evaluation.table import print_table
from daogou.learn.training.quality import measure_quality

app = typer.Typer(
    help="Measure quality in a way that anyone can repeat.",
    no_args_is_help=True,
    add_completion=False,
)
app.command()(guide)
app.command()(search)


@app.callback()
def _root() -> None:
    """Measure quality in a way that anyone can repeat."""


@app.command()
def quality(
    report: Annotated[Path | None, typer.Option(help="Also write an HTML report with plots.")] = None,
    as_json: AsJson = False,
) -> None:
    """Online Retail: train before October 2011, learn the blend on October, measure from November on."""
    with progress_bar() as progress:
        found = measure_quality(progress=progress)
    if as_json:
        print_json(found.to_dict())
    else:
        for one in found.evaluations:
            print_table(one, out)
            out.print()
        out.print(f"peak memory {found.peak_memory_mb:.0f} MB; {found.machine}", markup=False)
        for step, seconds in found.seconds.items():
            out.print(f"  {seconds:7.2f} s  {step}", markup=False)
    if report is not None:
        html_report(found.evaluations, report, mixes=found.mixes)
        err.print(f"Report: {report}", soft_wrap=True)
