"""Train in the background, hold new releases against the serving one, and watch over canaries."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import out, print_json, progress_bar
from daogou.core.clock import system_clock

app = typer.Typer(add_completion=False)


@app.command()
def work(
    folder: ShopFolder = Path("."),
    once: Annotated[bool, typer.Option("--once", help="Train and judge now, in this process, and stop.")] = False,
    as_json: AsJson = False,
) -> None:
    """Train when [training] says so, until stopped. Releases that pass their guardrail serve."""
    settings = settings_at(folder)
    if not once:
        from daogou.serve.training.worker import run_worker

        run_worker(folder, settings)
        return
    from daogou.serve.training.attempt import train_and_judge

    with progress_bar() as progress:
        made = train_and_judge(folder, settings, system_clock, why="daogou worker --once", progress=progress)
    if as_json:
        print_json({"release": made.release, "became": made.became, **made.verdict.to_dict()})
    else:
        out.print(f"{made.release}: {made.verdict.ruling}; it is now: {made.became}.", soft_wrap=True)
        for reason in made.verdict.reasons:
            out.print(f"  {reason['en']}", soft_wrap=True, markup=False)
    if made.became == "refused":
        raise typer.Exit(1)
