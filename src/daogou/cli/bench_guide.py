"""Measure the guide of a shop: simulated shoppers, annotated utterances, hostile turns."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import cell, err, out, print_json, progress_bar
from daogou.core.errors import InvalidField
from daogou.decide.guide.evaluation.dialogue import Dialogue
from daogou.decide.guide.evaluation.figures import figures, missed_bars
from daogou.decide.guide.evaluation.hearing import hear_with
from daogou.decide.guide.evaluation.plays import KINDS, Company, Plan, play_all
from daogou.decide.guide.evaluation.siege import besiege
from daogou.decide.guide.evaluation.slots import Kinds
from daogou.decide.guide.evaluation.understanding import Understanding, score
from daogou.decide.guide.evaluation.utterances import read_utterances
from daogou.decide.guide.evaluation.voice import LANGUAGES
from daogou.decide.shop import Shop


def guide(
    folder: ShopFolder = Path("."),
    dialogues: Annotated[int, typer.Option(min=1, help="Dialogues per language and kind of shopper.")] = 1_500,
    language: Annotated[str | None, typer.Option(help=f"One of {', '.join(LANGUAGES)}; all by default.")] = None,
    page: Annotated[int, typer.Option(min=1, max=24, help="Items per answer.")] = 10,
    by_acts: Annotated[
        bool, typer.Option("--by-acts", help="Shoppers hand over acts: leaves understanding out.")
    ] = False,
    seed: Annotated[int, typer.Option(help="Another seed, other shoppers.")] = 7,
    processes: Annotated[int, typer.Option(min=1, max=64, help="Play in several processes.")] = 1,
    keep: Annotated[Path | None, typer.Option(help="Keep dialogues in this folder, and go on from there.")] = None,
    utterances: Annotated[Path | None, typer.Option(help="Score understanding of this file instead.")] = None,
    hostile: Annotated[int, typer.Option(min=0, help="Hold so many hostile turns instead.")] = 0,
    misses: Annotated[int, typer.Option(min=0, help="Print so many of what went wrong.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Simulated shoppers talk with the guide; or an annotated file is read; or hostile turns are held."""
    if utterances is not None:
        _understanding(folder, utterances, misses, as_json=as_json)
    elif hostile:
        _siege(folder, hostile, seed, misses, as_json=as_json)
    else:
        if language is not None and language not in LANGUAGES:
            raise InvalidField("language", language, ", ".join(LANGUAGES))
        found: dict[str, Any] = {}
        missed: list[Dialogue] = []
        with closing(Company.of(Shop.open(folder, settings_at(folder)))) as company, progress_bar() as progress:
            for spoken in LANGUAGES if language is None else [one for one in LANGUAGES if one == language]:
                for kind in KINDS:
                    plan = Plan(kind, spoken, dialogues, page, by_acts, seed)
                    played = play_all(company, plan, keep=keep, processes=processes, progress=progress)
                    found[f"{kind} {spoken}"] = figures(played)
                    missed += [one for one in played if one.found_at is None]
        below = {who: missed_bars(one) for who, one in found.items()}
        if as_json:
            print_json({"figures": found, "below_bars": below, "misses": [_told(one) for one in missed[:misses]]})
            return
        _print_figures(found)
        for who, sentences in below.items():
            for sentence in sentences:
                out.print(f"{who}: {sentence}", markup=False)
        _print_dialogues(missed[:misses])


def _print_figures(found: dict[str, dict[str, Any]]) -> None:
    table = Table("figure", *found)
    for name in next(iter(found.values()), {}):
        table.add_row(name.replace("_", " "), *(_shown(one[name]) for one in found.values()))
    out.print(table)


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return f"{value['mean']:.3f} ({value['low']:.3f}–{value['high']:.3f})"
    return f"{value:.3f}" if isinstance(value, float) else f"{value:,}"


def _told(dialogue: Dialogue) -> dict[str, Any]:
    turns = [{"said": one.said, "answered": one.answered, "items": len(one.items)} for one in dialogue.turns]
    return {"number": dialogue.number, "language": dialogue.language, "wish": dialogue.wish, "turns": turns}


def _print_dialogues(missed: Sequence[Dialogue]) -> None:
    for one in missed:
        out.print(f"\n{one.kind} {one.language} {one.number}: {one.wish} was not found", markup=False)
        for turn in one.turns:
            out.print(f"  {turn.said}  →  {', '.join(turn.answered)}; {len(turn.items)} items", markup=False)


def _understanding(folder: Path, path: Path, misses: int, *, as_json: bool) -> None:
    read = read_utterances(path)
    settings = settings_at(folder)
    names = {one.shop for one in read}
    with closing(Shop.open(folder, settings)) as shop:
        ours = [one for one in read if one.shop == settings.shop.id]
        if len(ours) < len(read):
            err.print(
                f"{len(read) - len(ours)} of {len(read)} utterances are about other shops than this: {sorted(names)}"
            )
        scored = score(ours, lambda one: hear_with(shop.guide, one), Kinds.of(shop.catalogue.items))
    if as_json:
        print_json({"figures": scored.figures(), "misses": [one.to_dict() for one in scored.misses[:misses]]})
        return
    _print_understanding(scored, misses)


def _print_understanding(scored: Understanding, misses: int) -> None:
    table = Table("figure", "value")
    for name, value in scored.figures().items():
        table.add_row(name.replace("_", " "), "" if value is None else _shown(value))
    out.print(table)
    by_act = Table("act", "wholly right", "of")
    for tag, (right, n) in scored.by_act().items():
        by_act.add_row(tag, str(right), str(n))
    out.print(by_act)
    for one in scored.misses[:misses]:
        told = one.to_dict()
        out.print(
            cell(f"{told['id']}  {told['utterance']}"),
            cell(f"  missed {told['missed']}  wrong {told['wrong']}"),
            sep="\n",
        )


def _siege(folder: Path, turns: int, seed: int, misses: int, *, as_json: bool) -> None:
    with closing(Shop.open(folder, settings_at(folder))) as shop, progress_bar() as progress:
        found = besiege(shop.guide, shop.catalogue, turns=turns, seed=seed, progress=progress)
    if as_json:
        told = [{"turn": turn, "problem": problem} for turn, problem in found.problems[:misses]]
        print_json({"turns": found.turns, "replies": found.replies, "problems": len(found.problems), "first": told})
        return
    out.print(f"{found.turns:,} hostile turns, {found.replies:,} answered, {len(found.problems):,} problems")
    for turn, problem in found.problems[:misses]:
        out.print(f"  turn {turn}: {problem}", markup=False)
