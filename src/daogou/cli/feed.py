"""Feeds: write the catalogue for search engines, marketplaces and assistants, and say what they will miss."""

from __future__ import annotations

import dataclasses
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import err, out, print_json, progress_bar
from daogou.core.errors import InvalidInput
from daogou.decide.shop import Shop
from daogou.serve.feeds import FORMATS, format_named
from daogou.serve.feeds.check import check as look
from daogou.serve.feeds.export import Export
from daogou.serve.feeds.export import export as write
from daogou.serve.feeds.feed import Format
from daogou.serve.feeds.openai import made
from daogou.serve.feeds.profile import read_profile
from daogou.serve.feeds.words import LEVELS, left_out_word, sentences

app = typer.Typer(add_completion=False, no_args_is_help=True)

Named = Annotated[str, typer.Option("--format", "-f", help="One of " + ", ".join(FORMATS) + ".")]
ProfileFile = Annotated[
    Path | None, typer.Option("--profile", help="Columns of the flat feed, for openai; see docs/feeds.md.")
]


@app.command()
def export(
    format: Named,
    to: Annotated[Path, typer.Option("--out", help="A file, .gz for a packed one; for acp a folder.")],
    language: Annotated[str | None, typer.Option(help="Language of the texts; the shop's first by default.")] = None,
    profile: ProfileFile = None,
    folder: ShopFolder = Path("."),
    as_json: AsJson = False,
) -> None:
    """Write everything that anybody may see; items without what the format needs are left out and counted."""
    kind = _format(format, profile, to)
    settings = settings_at(folder)
    with closing(Shop.open(folder, settings)) as shop, progress_bar() as progress:
        done = write(shop, kind, to, language or shop.language, progress)
    print_json(dataclasses.asdict(done)) if as_json else _tell(done)


@app.command()
def check(
    format: Named,
    language: Annotated[str, typer.Option(help="Of the report: en or zh.")] = "en",
    texts: Annotated[str | None, typer.Option(help="Language of the texts; the shop's first by default.")] = None,
    profile: ProfileFile = None,
    fail: Annotated[bool, typer.Option("--fail", help="Exit with 1 where items are left out for a field.")] = False,
    folder: ShopFolder = Path("."),
    as_json: AsJson = False,
) -> None:
    """Say what readers of the feed will miss or refuse, with counts and examples."""
    if language not in LEVELS:
        raise InvalidInput(f"--language {language!r} is not known. Use en or zh.")
    kind = _format(format, profile, None)
    settings = settings_at(folder)
    with closing(Shop.open(folder, settings)) as shop, progress_bar() as progress:
        report = look(shop, kind, texts or shop.language, progress)
    if as_json:
        print_json(dataclasses.asdict(report))
    else:
        for line in sentences(report, language):
            out.print(line, markup=False, highlight=False, soft_wrap=True)
    if fail and report.items < report.seen:
        raise typer.Exit(1)


def _format(name: str, profile: Path | None, to: Path | None) -> Format:
    kind = format_named(name)
    if name != "openai":
        if profile is not None:
            raise InvalidInput(f"--profile is for the format openai, not for {name}.")
        return kind
    as_csv = to is not None and to.name.removesuffix(".gz").endswith(".csv")
    return made(read_profile(profile), as_csv=as_csv)


def _tell(done: Export) -> None:
    out.print(f"{done.products:,} products, {done.items:,} items: {done.files[0]}", markup=False, soft_wrap=True)
    for name, count in done.left_out.items():
        err.print(f"  {count:,} items are left out: {left_out_word(name, 'en')}", markup=False, soft_wrap=True)
    for name, count in done.lacking.items():
        err.print(f"  {count:,} items are left out for want of {name}", markup=False, soft_wrap=True)
