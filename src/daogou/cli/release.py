"""List releases, show one with its verdict, put one in force, go back, or try one on some shoppers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich.table import Column, Table

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import out, print_json
from daogou.core.clock import system_clock
from daogou.core.errors import InvalidInput, NotFound
from daogou.core.settings import files_folder
from daogou.learn import promotion
from daogou.learn.canary import read_canary
from daogou.learn.release_log import happenings
from daogou.learn.releases import candidates, find_release
from daogou.serve.audit import AuditLog

app = typer.Typer(help="Releases: list, show, promote, roll back, canary.", no_args_is_help=True, add_completion=False)

BY = "command line"
Name = Annotated[str, typer.Argument(help="From `daogou release list`.")]
Language = Annotated[str, typer.Option(help="en or zh.")]


def _root(folder: Path) -> Path:
    return files_folder(settings_at(folder), folder) / "models"


@app.command("list")
def list_all(folder: ShopFolder = Path("."), as_json: AsJson = False) -> None:
    """Every release there is, the serving one first."""
    found = promotion.standings(_root(folder))
    if as_json:
        print_json({"releases": [msgspec.to_builtins(one) for one in found]})
        return
    table = Table(Column("release", no_wrap=True), "standing", "trained", "interactions", "models", "verdict")
    for one in found:
        count = "" if one.interactions is None else f"{one.interactions:,}"
        models = one.problem or str(len(one.models))
        table.add_row(one.name, one.standing, (one.created_at or "")[:16], count, models, one.verdict or "")
    out.print(table)


@app.command()
def show(name: Name, folder: ShopFolder = Path("."), language: Language = "en", as_json: AsJson = False) -> None:
    """One release: where it stands, what its guardrail found, how its canary does, what happened to it."""
    root = _root(folder)
    path = find_release(root, name)
    standing = next(one for one in promotion.standings(root) if one.name == name)
    verdict, log = promotion.read_verdict(path), happenings(root, name)
    figures = _canary_figures(folder, root, name)
    if as_json:
        print_json({
            **msgspec.to_builtins(standing), "judged": verdict, "canary": figures, "log": msgspec.to_builtins(log)
        })  # fmt: skip
        return
    out.print(f"[bold]{name}[/bold]: {standing.standing}", soft_wrap=True)
    for finding in (verdict or {}).get("findings", ()):
        out.print(f"  {finding['ruling']:8} {finding['text'].get(language, '')}", soft_wrap=True, markup=False)
    if figures:
        out.print(f"  canary   {msgspec.json.encode(figures).decode()}", soft_wrap=True, markup=False)
    for one in log:
        told = " ".join(reason.get(language, "") for reason in one.reasons)
        out.print(f"  {one.at[:19]} {one.what} {one.outcome} ({one.by}) {told}", soft_wrap=True, markup=False)


@app.command()
def promote(name: Name, folder: ShopFolder = Path("."), as_json: AsJson = False) -> None:
    """Put a release in force, whatever its guardrail said; servers take it over within a second or two."""
    root, keep = _root(folder), settings_at(folder).training.keep
    promotion.promote(root, name, keep=keep, now_us=system_clock(), by=BY)
    AuditLog(folder).add("release_promoted", release=name)
    _done({"serving": name}, f"{name} is in force.", as_json)


@app.command()
def rollback(
    name: Annotated[str | None, typer.Argument(help="Which; the one that served before by default.")] = None,
    folder: ShopFolder = Path("."),
    as_json: AsJson = False,
) -> None:
    """Put the release in force again that served before."""
    root, keep = _root(folder), settings_at(folder).training.keep
    place = promotion.roll_back(root, keep=keep, now_us=system_clock(), by=BY, name=name)
    AuditLog(folder).add("release_rolled_back", left=name or "", serving=place.name)
    _done({"serving": place.name}, f"{place.name} is in force again.", as_json)


@app.command()
def canary(
    name: Annotated[str | None, typer.Argument(help="Which candidate; the newest by default.")] = None,
    share: Annotated[
        float | None, typer.Option(help="Share of shoppers, for example 0.1; [training.canary] share.")
    ] = None,
    stop: Annotated[bool, typer.Option("--stop", help="End the running canary; what serves goes on serving.")] = False,
    folder: ShopFolder = Path("."),
    as_json: AsJson = False,
) -> None:
    """Let a candidate serve some shoppers first; `daogou worker` promotes it or takes it back when that is sure."""
    root, now_us = _root(folder), system_clock()
    if stop:
        running = read_canary(root)
        if running is None:
            raise NotFound("No canary is running.")
        promotion.stop_canary(root, running.name, now_us=now_us, by=BY, outcome="stopped")
        _done({"stopped": running.name}, f"{running.name} serves nobody any more.", as_json)
        return
    chosen = name or next((path.name for path in candidates(root)), None)
    if chosen is None:
        raise NotFound("There is no candidate. Train one with: daogou worker --once")
    wanted = settings_at(folder).training.canary.share if share is None else share
    if not wanted:
        raise InvalidInput("No share is set. Give --share 0.1, or set share in [training.canary].")
    made = promotion.start_canary(root, chosen, wanted, now_us=now_us, by=BY)
    _done(msgspec.to_builtins(made), f"{made.name} serves {made.share:.0%} of shoppers.", as_json)


def _canary_figures(folder: Path, root: Path, name: str) -> dict[str, Any] | None:
    running = read_canary(root)
    if running is None or running.name != name:
        return None
    from daogou.serve.training.watch import figures_of

    return figures_of(folder, settings_at(folder), running).to_dict()


def _done(facts: dict[str, Any], text: str, as_json: bool) -> None:
    if as_json:
        print_json(facts)
    else:
        out.print(text, soft_wrap=True)
