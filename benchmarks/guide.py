"""How good the guide is: held-out utterances, simulated shoppers, hostile turns, and latency at 100,000 items.

    python benchmarks/guide.py [--dialogues 1500] [--only utterances,shoppers,hostile,large]

Both bundled shops are imported and trained as `daogou demo` does, in a folder that is kept (--folder), so that a second
run starts at once; finished dialogues are kept there too.
Writes benchmarks/results/guide.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice, product
from pathlib import Path
from typing import Any

import numpy as np

from daogou.core.settings import SHOP_FILE, database_url, read_settings
from daogou.data.demo import demo_shop
from daogou.data.ingest.options import ImportOptions
from daogou.data.ingest.run import import_rows
from daogou.data.store import open_store
from daogou.decide.guide.evaluation.dialogue import Stage
from daogou.decide.guide.evaluation.figures import figures, missed_bars
from daogou.decide.guide.evaluation.hearing import hear_with
from daogou.decide.guide.evaluation.hostile import hostile_rows
from daogou.decide.guide.evaluation.plays import KINDS, Company, Plan, cast_of, play_all
from daogou.decide.guide.evaluation.shopper import Temper
from daogou.decide.guide.evaluation.siege import besiege
from daogou.decide.guide.evaluation.slots import Kinds
from daogou.decide.guide.evaluation.understanding import Understanding, score
from daogou.decide.guide.evaluation.utterances import read_utterances
from daogou.decide.guide.evaluation.voice import LANGUAGES
from daogou.decide.shop import Shop

ROOT = Path(__file__).parents[1]
RESULT = Path(__file__).parent / "results" / "guide.md"
HELD_OUT = ROOT / "tests" / "decide" / "guide" / "heldout"
SHOPS = ("bilingual", "giftware")
LARGE = 100_000
TURNS = 10_000
HOSTILE_SHOP = '[shop]\nid = "besieged"\nname = { en = "Besieged" }\nlanguages = ["en", "zh"]\n'
COLUMNS = {
    "SR@1": "success_at_1",
    "SR@3": "success_at_3",
    "SR@5": "success_at_5",
    "mean turns": "mean_turns",
    "violations": "violations",
    "critique respected": "critique_respected",
    "undo right": "undo_right",
    "stuck turns": "stuck_turns",
}


def demo(folder: Path) -> None:
    """Import and train both bundled shops, where that is not done yet."""
    for name in SHOPS:
        code = "from daogou.cli.main import run; run()"
        words = ["demo", "--shop", name, "--no-serve", "--folder", str(folder)]
        subprocess.run([sys.executable, "-c", code, *words], check=True, stdout=subprocess.DEVNULL)


def utterances(folder: Path) -> list[str]:
    """Slot F1 and act accuracy on the held-out sets."""
    columns = ("language", "utterances", "slots", "precision", "recall", "slot F1", "acts right", "wholly right")
    lines = ["## Held-out utterances", "", *_head(columns)]
    shops = [Shop.open(folder / name) for name in SHOPS]
    for language in LANGUAGES:
        read = read_utterances(HELD_OUT / f"{language}.jsonl")
        readings = []
        for shop in shops:
            ours = [one for one in read if one.shop == shop.settings.shop.id]
            kinds = Kinds.of(shop.catalogue.items)
            readings += score(ours, lambda one, guide=shop.guide: hear_with(guide, one), kinds).readings
        found = Understanding(tuple(readings)).figures()
        shares = (found["act_accuracy"]["mean"], found["wholly_right"]["mean"])
        figures_shown = [found["precision"], found["recall"], found["slot_f1"], *shares]
        cells = [language, found["utterances"], found["slots"], *(f"{one:.3f}" for one in figures_shown)]
        lines.append(_row(cells))
    for shop in shops:
        shop.close()
    return lines


def shoppers(folder: Path, dialogues: int, page: int) -> list[str]:
    """Simulated shoppers of both kinds in both shops."""
    columns = ("shop", "shopper", "language", *COLUMNS, "questions per success", "ungrounded", "p95 ms")
    title = [f"## Simulated shoppers, page of {page}", "", f"{dialogues:,} dialogues each; 95 % intervals.", ""]
    lines = [*title, *_head(columns)]
    missed = []
    for name in SHOPS:
        with closing(Company.of(Shop.open(folder / name))) as company:
            for kind, language in product(KINDS, LANGUAGES):
                plan = Plan(kind, language, dialogues, page)
                found = figures(play_all(company, plan, keep=folder / "played" / name))
                missed += [f"{name}, {kind}, {language}: {one}" for one in missed_bars(found)]
                lines.append(_shopper_row(name, kind, language, found))
    return [*lines, "", *([f"- below the bar: {one}" for one in missed] or ["All bars are met."])]


def _shopper_row(name: str, kind: str, language: str, found: dict[str, Any]) -> str:
    def share(figure: str) -> str:
        one = found[figure]
        return "–" if np.isnan(one["mean"]) else f"{one['mean']:.3f} ({one['low']:.3f}–{one['high']:.3f})"

    others = (f"{found['questions_per_success']:.2f}", found["ungrounded"], f"{found['latency_p95_ms']:.1f}")
    return _row((name, kind, language, *map(share, COLUMNS.values()), *others))


def _head(columns: Sequence[str]) -> list[str]:
    return [_row(columns), "|" + "---|" * len(columns)]


def _row(cells: Sequence[object]) -> str:
    return "| " + " | ".join(map(str, cells)) + " |"


def hostile(turns: int) -> list[str]:
    """Hostile turns against a hostile catalogue."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / SHOP_FILE).write_text(
            '[shop]\nid = "besieged"\nname = { en = "Besieged" }\nlanguages = ["en", "zh"]\n'
        )
        _import(folder, hostile_rows())
        with closing(Shop.open(folder)) as shop:
            found = besiege(shop.guide, shop.catalogue, turns=turns, seed=1)
    told = (
        f"{found.turns:,} turns against a hostile catalogue: {found.replies:,} answered, {len(found.problems)} problems"
    )
    lines = ["## Hostile turns", "", f"{told} (unknown ids, wrong amounts, sold-out offers, exceptions)."]
    return [*lines, *(f"- turn {turn}: {problem}" for turn, problem in found.problems[:10])]


def large(dialogues: int) -> list[str]:
    """Latency where the catalogue is large."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / SHOP_FILE).write_text(demo_shop("bilingual").settings, encoding="utf-8")
        _import(folder, _many())
        with closing(Shop.open(folder)) as shop:
            cast = cast_of(shop)
            stage = Stage(shop.guide, shop.catalogue)
            first = stage.play(cast.target_known(0, "zh", Temper(), 1), 0, "known", "")
            played = [
                stage.play(cast.target_known(number, language, Temper(), 1), number, "known", "")
                for number in range(1, dialogues)
                for language in LANGUAGES
            ]
    found = figures(played)
    speed = ", ".join(f"{name} {found[f'latency_{name}_ms']:.0f} ms" for name in ("p50", "p95", "p99"))
    first_seconds = first.turns[0].latency_ms / 1e3
    told = f"{found['turns']:,} turns: {speed}. The first turn of the process, which builds what is kept in memory:"
    return [f"## {LARGE:,} items", "", f"{told} {first_seconds:.1f} s."]


def _many() -> Iterator[dict[str, Any]]:
    """The bilingual shop over and over, each round with other prices."""
    rows = [row for row in demo_shop("bilingual").items if row.get("kind", "product") == "product"]

    def rounds() -> Iterator[dict[str, Any]]:
        for turn in range(LARGE // len(rows) + 1):
            for row in rows:
                price = max(100, round(row["price_minor"] * (0.6 + 0.03 * turn)))
                group = f"{row.get('group_id') or row['id']}-{turn}"
                extra = {"id": f"{row['id']}-{turn}", "group_id": group, "price_minor": price, "list_price_minor": None}
                yield {**row, **extra}

    return islice(rounds(), LARGE)


def _import(folder: Path, rows: Any) -> None:
    with closing(open_store(database_url(read_settings(folder), folder))) as store:
        import_rows(store, "items", rows, ImportOptions())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dialogues", type=int, default=1_500)
    parser.add_argument("--turns", type=int, default=TURNS)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "daogou-bench-guide")
    parser.add_argument("--only", default="utterances,shoppers,hostile,large")
    asked = parser.parse_args()
    demo(asked.folder)
    parts: dict[str, list[str]] = {}
    for part in asked.only.split(","):
        if part == "utterances":
            parts[part] = utterances(asked.folder)
        elif part == "shoppers":
            parts[part] = [
                *shoppers(asked.folder, asked.dialogues, 10),
                "",
                *shoppers(asked.folder, asked.dialogues, 6),
            ]
        elif part == "hostile":
            parts[part] = hostile(asked.turns)
        else:
            parts[part] = large(max(asked.dialogues // 15, 10))
    machine = f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores"
    lines = [
        "# The guide",
        "",
        f"{machine}; `python benchmarks/guide.py`. How it is measured: docs/guide-evaluation.md.",
        "",
    ]
    body = "\n\n".join("\n".join(part) for part in parts.values())
    RESULT.write_text("\n".join(lines) + "\n" + body + "\n", encoding="utf-8")
    print(RESULT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
