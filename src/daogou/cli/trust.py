"""Say who and what is held back from learning, and why; take it back."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import err, out, print_json
from daogou.core.clock import isoformat, system_clock
from daogou.core.errors import NotFound
from daogou.core.settings import database_url, files_folder
from daogou.data.store import open_store
from daogou.data.store.trust_log import Ground, Mark, released
from daogou.learn.trust.review import trusted_dataset

app = typer.Typer(add_completion=False, no_args_is_help=True)

EXAMPLES = 10
RULES: dict[str, str] = {
    "declared": "its browser calls itself a program",
    "acts_per_minute": "{seen:g} acts within a minute; a person stays below {bound:g}",
    "same_second": "{seen:g} different items within a second; a person stays below {bound:g}",
    "even_gaps": "pauses as even as a clock's ({seen:g}); a person's vary by {bound:g} and more",
    "hours_awake": "active in {seen:g} hours of one day; a person stays below {bound:g}",
    "device": "{seen:g} shoppers on its device on one day; {bound:g} are suspicious",
    "network": "{seen:g} shoppers in its network on one day; {bound:g} are suspicious",
    "click_share": "opened {seen:.0%} of all places of lists it was shown; a person stays below {bound:.0%}",
    "views_per_day": "{seen:g} items opened on one day; {bound:g} are suspicious",
    "crawl": "{seen:g} items opened, almost all different, none kept; {bound:g} are suspicious",
    "views_unseen": "{seen:g} items opened without ever seeing a list; {bound:g} are suspicious",
    "hasty": "{seen:g} acts within a minute and nothing kept; {bound:g} are suspicious",
    "burst": "{seen:g} standard deviations above its own past",
    "new_shoppers": "{seen:g} new shoppers where {bound:g} were to be expected",
    "known": "{seen:.0%} of them were there before",
}


@app.command()
def report(
    folder: ShopFolder = Path("."),
    every: Annotated[bool, typer.Option("--all", help="Every mark instead of a few examples.")] = False,
    as_json: AsJson = False,
) -> None:
    """How many shoppers, pairs and items are held back, why, and examples of each."""
    settings = settings_at(folder)
    with closing(open_store(database_url(settings, folder))) as store:
        marks = store.trust.marks()
    if as_json:
        print_json({"counts": _counts(marks), "marks": [_facts(one) for one in marks]})
        return
    if not marks:
        out.print("Nothing is held back. Shoppers are judged at each training, or now by: daogou trust scan")
        return
    for kind in ("shopper", "pair", "item"):
        _tell(kind, [one for one in marks if one.kind == kind], None if every else EXAMPLES)
    out.print("To overrule a mark: daogou trust release ID")


@app.command(name="scan")
def judge(folder: ShopFolder = Path("."), as_json: AsJson = False) -> None:
    """Judge everybody now, as each training does."""
    settings = settings_at(folder)
    files = files_folder(settings, folder)
    with closing(open_store(database_url(settings, folder))) as store:
        worth = settings.objective.weights()
        chosen = settings.trust.model_copy(update={"filter": True})
        _, review = trusted_dataset(store, files, chosen, system_clock(), worth)
        marks = store.trust.marks()
    found = review.scan
    assert found is not None, "the filter is on"
    facts = {
        "shoppers": len(found.found.shoppers), "events": found.n_events, "events_held": found.n_held_events,
        "shoppers_new": found.n_new, "counts": _counts(marks),
    }  # fmt: skip
    if as_json:
        print_json(facts)
        return
    share = found.n_held_events / max(found.n_events, 1)
    out.print(
        f"{len(found.found.shoppers):,} shoppers judged, {found.n_new:,} newly held back; {found.n_held_events:,} of "
        f"{found.n_events:,} events ({share:.1%}) are left out of learning and counts."
    )
    for note in review.notes():
        err.print(note, soft_wrap=True)


@app.command()
def release(
    marks: Annotated[list[str], typer.Argument(help="Numbers of marks, or shoppers and items by name.")],
    folder: ShopFolder = Path("."),
    as_json: AsJson = False,
) -> None:
    """Let these be heard again, from the next training on; they are not held again by the same rules."""
    settings = settings_at(folder)
    with closing(open_store(database_url(settings, folder))) as store:
        known = store.trust.marks()
        by_name = {str(one.number): one for one in known} | {one.subject: one for one in known}
        for name in marks:
            if name not in by_name:
                raise NotFound(f"No mark has the number or name {name!r}. All of them: daogou trust report --all")
        chosen = [by_name[name] for name in dict.fromkeys(marks)]
        store.trust.put([released(one, system_clock()) for one in chosen])
    if as_json:
        print_json({"released": [one.subject for one in chosen]})
        return
    for one in chosen:
        out.print(f"Released {one.kind} {one.subject}.", markup=False, soft_wrap=True)


def _counts(marks: list[Mark] | Any) -> dict[str, dict[str, int]]:
    counted: dict[str, Counter[str]] = {"shopper": Counter(), "pair": Counter(), "item": Counter()}
    for one in marks:
        counted[one.kind][one.state] += 1
    return {kind: dict(states) for kind, states in counted.items()}


def _facts(mark: Mark) -> dict[str, Any]:
    return {
        "id": mark.number, "subject": mark.subject, "kind": mark.kind, "state": mark.state,
        "at": isoformat(mark.at_us),
        "grounds": [{"rule": rule, "seen": seen, "bound": bound, "text": _why((rule, seen, bound))}
                    for rule, seen, bound in mark.grounds],
    }  # fmt: skip


def _why(ground: Ground) -> str:
    rule, seen, bound = ground
    return RULES[rule].format(seen=seen, bound=bound) if rule in RULES else rule


def _tell(kind: str, marks: list[Mark], most: int | None) -> None:
    if not marks:
        return
    states = ", ".join(f"{count:,} {state}" for state, count in sorted(Counter(one.state for one in marks).items()))
    rules = Counter(rule for one in marks if one.state != "released" for rule, _, _ in one.grounds)
    out.print(f"[bold]{kind}s[/bold]: {states}")
    if kind == "shopper":
        out.print("  by rule: " + ", ".join(f"{name} {count:,}" for name, count in rules.most_common()), soft_wrap=True)
    table = Table("ID", kind, "state", "why")
    for one in marks[:most]:
        table.add_row(str(one.number), one.subject, one.state, "; ".join(map(_why, one.grounds)))
    out.print(table)
