"""Write, check, preview and roll back the merchant's rules; running servers obey with their next answer."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich.table import Table
from rich.text import Text

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.rules_screen import print_findings, print_preview, print_written, told, version_row
from daogou.cli.screen import cell, err, out, print_json
from daogou.core.clock import isoformat
from daogou.core.errors import InvalidInput, Malformed, NotFound
from daogou.data.ingest.defaults import Defaults
from daogou.data.ingest.moments import read_moment_us
from daogou.decide.request import RecommendRequest
from daogou.decide.rules.book import difference
from daogou.decide.rules.preview import preview as previewed
from daogou.decide.rules.review import RulesRefused, look_over, refuse_contradictions, review
from daogou.decide.rules.rule import row_of
from daogou.decide.rules.ruling import RuleSet
from daogou.decide.shop import Shop
from daogou.serve.audit import AuditLog

app = typer.Typer(
    help="Pin, hide, boost, bury, cap and quota: the merchant's rules.", no_args_is_help=True, add_completion=False
)

AUTHOR = "command line"
TOP = ("rules", "version", "note")
RulesFile = Annotated[Path, typer.Argument(help="A .toml or .json file with a list `rules`; see docs/rules.md.")]
Note = Annotated[str, typer.Option(help="Why; kept with the version.")]
Expected = Annotated[
    int | None, typer.Option("--expected", min=0, help="Write only if this version is in force; else the one now.")
]
Language = Annotated[str | None, typer.Option(help="en or zh; else the shop's first.")]


@app.command()
def show(
    version: Annotated[int | None, typer.Option(min=0, help="An earlier version.")] = None,
    folder: ShopFolder = Path("."),
    as_json: AsJson = False,
) -> None:
    """Print the rules in force; with --json as a file that `apply` reads."""
    with _open(folder) as shop:
        number = shop.rules.version if version is None else version
        rules, problems = shop.rules.read(number)
    if as_json:
        print_json({"version": number, "rules": [row_of(rule) for rule in rules]})
    else:
        table = Table("id", "action", "what", "where and when", title=f"version {number}")
        for rule in rules:
            row = row_of(rule)
            what: dict[str, Any] = {name: row[name] for name in ("items", "filter") if name in row}
            rest = {name: value for name, value in row.items() if name not in ("id", "action", "items", "filter")}
            table.add_row(cell(rule.id), rule.action, Text(told(what)), Text(told(rest)))
        out.print(table)
    for problem in problems:
        err.print(f"Not read: {problem}", markup=False, soft_wrap=True)


@app.command()
def check(file: RulesFile, folder: ShopFolder = Path("."), language: Language = None, as_json: AsJson = False) -> None:
    """Say what contradicts itself or does nothing; exit status 1 where something contradicts itself."""
    with _open(folder) as shop, _every_mistake():
        _, findings = review(shop, _read(file)["rules"])
        print_findings(findings, language or shop.language, as_json)
    if any(one.severity == "error" for one in findings):
        raise typer.Exit(1)


@app.command()
def apply(
    file: RulesFile,
    note: Note = "",
    expected: Expected = None,
    force: Annotated[bool, typer.Option("--force", help="Write contradictions all the same.")] = False,
    folder: ShopFolder = Path("."),
    as_json: AsJson = False,
) -> None:
    """Put the rules of a file in force, in place of all others."""
    given = _read(file)
    with _open(folder) as shop, _every_mistake():
        rules, findings = review(shop, given["rules"])
        if not force:
            refuse_contradictions(rules, findings)
        guard = given.get("version", shop.rules.version) if expected is None else expected
        made = shop.rules.write(
            rules, expected_version=guard, at_us=shop.clock(), author=AUTHOR, note=note or given.get("note", "")
        )
        AuditLog(folder).add("rules_written", version=made.version, rules=made.n_rules, forced=force)
        print_written(made, findings, shop.language, as_json)


@app.command()
def preview(
    file: RulesFile,
    placement: Annotated[list[str] | None, typer.Option(help="Which list; repeat for several.")] = None,
    user: Annotated[list[str] | None, typer.Option(help="A known user; repeat for several.")] = None,
    visitor: Annotated[list[str] | None, typer.Option(help="An unknown visitor; repeat for several.")] = None,
    item: Annotated[list[str] | None, typer.Option(help="Item being looked at; repeat for several.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, max=100)] = None,
    at: Annotated[str | None, typer.Option(help="Another moment, for example 2026-12-24.")] = None,
    folder: ShopFolder = Path("."),
    language: Language = None,
    as_json: AsJson = False,
) -> None:
    """Show lists as they are and as the rules of a file would make them; nothing is written."""
    rows = _read(file)["rules"]
    with _open(folder) as shop, _every_mistake():
        at_us = None if at is None else read_moment_us(at, "--at", Defaults(timezone=shop.settings.shop.timezone))
        rules, findings = review(shop, rows, at_us)
        draft = RuleSet(rules)
        who = [*((one, None) for one in user or ()), *((None, one) for one in visitor or ())] or [(None, None)]
        lists = [
            previewed(
                shop, draft, RecommendRequest(name, *whom, tuple(item or ()), limit=limit, language=language), at_us
            )
            for name in placement or ["home_for_you"]
            for whom in who
        ]
        if as_json:
            print_json({"lists": msgspec.to_builtins(lists), "findings": msgspec.to_builtins(findings)})
            return
        for one in lists:
            print_preview(one)
        print_findings(findings, language or shop.language, as_json=False)


@app.command()
def versions(
    limit: Annotated[int, typer.Option(min=1, max=500)] = 20, folder: ShopFolder = Path("."), as_json: AsJson = False
) -> None:
    """List when the rules changed, through whom and why, newest first."""
    with _open(folder) as shop:
        found = shop.rules.versions.versions(limit)
    if as_json:
        print_json({"versions": [version_row(one) for one in found]})
        return
    table = Table("version", "at", "by", "rules", "note")
    for one in found:
        table.add_row(str(one.version), isoformat(one.at_us), cell(one.author), str(one.n_rules), cell(one.note))
    out.print(table)


@app.command()
def diff(
    since: Annotated[int | None, typer.Argument(metavar="[FROM]", help="Else the one before TO.")] = None,
    to: Annotated[int | None, typer.Argument(metavar="[TO]", help="Else the one in force.")] = None,
    folder: ShopFolder = Path("."),
    as_json: AsJson = False,
) -> None:
    """Print what one version has otherwise than another."""
    with _open(folder) as shop:
        last = shop.rules.version if to is None else to
        first = max(last - 1, 0) if since is None else since
        changes = difference(shop.rules.read(first)[0], shop.rules.read(last)[0])
    rows = [(one.id, one.fields, one.before and row_of(one.before), one.after and row_of(one.after)) for one in changes]
    if as_json:
        named = [dict(zip(("id", "fields", "before", "after"), row, strict=True)) for row in rows]
        print_json({"from": first, "to": last, "changes": named})
        return
    for rule_id, fields, before, after in rows:
        names = fields or (after or before or {}).keys()
        out.print(f"{'+' if before is None else '-' if after is None else '~'} {rule_id}", markup=False)
        for name in (one for one in names if one not in ("id", "order")):
            shown = [json.dumps(one[name], ensure_ascii=False) for one in (before, after) if one and name in one]
            out.print(f"    {name}: {' → '.join(shown)}", markup=False, soft_wrap=True)
    if not rows:
        out.print(f"Versions {first} and {last} say the same.")


@app.command()
def rollback(
    version: Annotated[int, typer.Argument(min=0, help="From `daogou rules versions`.")],
    note: Note = "",
    expected: Expected = None,
    folder: ShopFolder = Path("."),
    as_json: AsJson = False,
) -> None:
    """Put an earlier version in force again, as a new version."""
    with _open(folder) as shop:
        guard = shop.rules.version if expected is None else expected
        made = shop.rules.roll_back(version, expected_version=guard, at_us=shop.clock(), author=AUTHOR, note=note)
        AuditLog(folder).add("rules_rolled_back", version=made.version, to=version)
        print_written(made, look_over(shop, shop.rules.read(made.version)[0]), shop.language, as_json)


@contextmanager
def _open(folder: Path) -> Iterator[Shop]:
    with closing(Shop.open(folder, settings_at(folder))) as shop:
        yield shop


@contextmanager
def _every_mistake() -> Iterator[None]:
    """A refused set ends the command as misuse, with one line per mistake."""
    try:
        yield
    except RulesRefused as error:
        for cause in error.causes:
            err.print(f"{cause.field}: {cause}", markup=False, soft_wrap=True)
        err.print(f"{len(error.causes)} to correct; nothing was written.")
        raise typer.Exit(2) from None


def _read(path: Path) -> dict[str, Any]:
    """What the file holds: `rules`, and maybe `version` and `note`."""
    readers = {".toml": tomllib.loads, ".json": json.loads}
    if path.suffix.lower() not in readers:
        raise InvalidInput(f"{path} is neither .toml nor .json.")
    try:
        given = readers[path.suffix.lower()](path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotFound(f"No file is at {path}.") from None
    except (ValueError, RecursionError) as error:
        raise Malformed(f"{path} cannot be read: {error}") from error
    if not isinstance(given, dict) or "rules" not in given or not set(given) <= set(TOP):
        raise InvalidInput(f"{path} needs a list `rules`, and may have `version` and `note`; nothing else.")
    version, note = given.get("version", 0), given.get("note", "")
    if not isinstance(version, int) or not isinstance(note, str):
        raise InvalidInput(f"{path}: version is a whole number and note a text.")
    return given
