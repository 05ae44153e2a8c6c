"""Look a live shop over and say what to do."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from daogou.cli.at import AsJson, ShopFolder
from daogou.cli.screen import err, out, print_json, progress_bar
from daogou.core.clock import system_clock
from daogou.core.errors import InvalidInput
from daogou.serve.upkeep.doctor import look_over

app = typer.Typer(add_completion=False)

COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}
LABELS = {
    "en": {"error": "error", "warning": "warning", "note": "note", "do": "do"},
    "zh": {"error": "错误", "warning": "警告", "note": "提示", "do": "请做"},
}


@app.command()
def examine(
    folder: ShopFolder = Path("."),
    url: Annotated[str | None, typer.Option(help="A running server too, for example http://127.0.0.1:8080.")] = None,
    language: Annotated[str, typer.Option(help="en or zh.")] = "en",
    as_json: AsJson = False,
) -> None:
    """Check the shop's folder and a running server; exit status 1 where anything is worse than a note."""
    if language not in LABELS:
        raise InvalidInput(f"--language {language!r} is not known. Use en or zh.")
    with progress_bar() as progress:
        looked = look_over(folder, now_us=system_clock(), url=url, progress=progress)
    if as_json:
        print_json(
            {
                "is_well": looked.is_well,
                "checked": list(looked.checked),
                "findings": [asdict(one) for one in looked.findings],
            }
        )
    else:
        labels = LABELS[language]
        for one in looked.findings:
            out.print(f"[{COLOURS[one.severity]}]{labels[one.severity]}[/]", end=" ")
            out.print(f"{one.what[language]} {one.why[language]}", markup=False, highlight=False, soft_wrap=True)
            out.print(f"    {labels['do']}: {one.do[language]}", markup=False, highlight=False, soft_wrap=True)
        err.print(f"{len(looked.checked)} checks: {', '.join(looked.checked)}.", soft_wrap=True)
        if not looked.findings:
            out.print("Nothing was found." if language == "en" else "没有发现问题。")
    if not looked.is_well:
        raise typer.Exit(1)
