"""Measure search of a shop on judged queries, beside plain BM25 over titles in the same run."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import cell, out, print_json
from daogou.decide.search.judged import judge, read_judgements, title_bm25
from daogou.decide.search.request import SearchRequest
from daogou.decide.shop import Shop


def search(
    judgements: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="Queries, items and grades.")],
    folder: ShopFolder = Path("."),
    misses: Annotated[int, typer.Option(min=0, help="Print so many of the queries answered worst.")] = 0,
    as_json: AsJson = False,
) -> None:
    """NDCG@10, MRR, queries without a result and latency on judged queries; neutral order, no shopper."""
    grades = read_judgements(judgements)
    with closing(Shop.open(folder, settings_at(folder))) as shop:
        shop.search.refresh()

        def find(words: str) -> Sequence[str]:
            found = shop.search.search(SearchRequest(words=words, limit=10, order="neutral", personalize=False))
            return [item.item_id for item in found.items]

        ours = judge(grades, find)
        plain = judge(grades, title_bm25(shop.catalogue.items))
    worst = sorted(zip(ours.ndcg, ours.queries, strict=True))[:misses]
    found = {"search": ours.figures(), "BM25 over titles": plain.figures()}
    if as_json:
        print_json({"figures": found, "worst": [{"query": query, "ndcg_at_10": value} for value, query in worst]})
        return
    table = Table("figure", *found)
    for name in found["search"]:
        table.add_row(name.replace("_", " "), *(_shown(one[name]) for one in found.values()))
    out.print(table)
    for value, query in worst:
        out.print(cell(f"{value:.3f}  {query}"))


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return f"{value['mean']:.3f} ({value['low']:.3f}–{value['high']:.3f})"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
