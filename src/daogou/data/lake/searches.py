"""What was searched for in a shop, what found nothing, and what nobody clicked: for the merchant.

From two sources that know different things. The server counts the searches it answered, without shoppers, and so knows
what finds nothing; events say by how many shoppers the words were typed, and whether they clicked.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from daogou.core.clock import DAY_US
from daogou.data.lake.outcomes import SHOPPER, is_heard, lines_of
from daogou.data.searched_words import SearchedWords, SearchOrder, SearchReport
from daogou.data.store.rows import ANALYTICS_DENIED
from daogou.data.store.store import Store
from daogou.privacy.searched import counted_words

SEARCHES = ("search", "view_search_results")
CLICKS = ("select_item", "add_to_cart", "purchase")


def search_report(
    store: Store, folder: Path, now_us: int, *, days: int, fewest_shoppers: int, order: SearchOrder, limit: int
) -> SearchReport:
    """The last `days` days, today among them, as of now."""
    first_day = now_us // DAY_US - days + 1
    every = _searched(store, folder, first_day)
    shown = [one for one in every if one.shoppers >= fewest_shoppers or fewest_shoppers <= 1]
    wanted = _sorted(shown, order)
    return SearchReport(
        days,
        sum(one.searches for one in every),
        sum(one.empty for one in every),
        fewest_shoppers,
        len(every) - len(shown),
        sum(one.searches for one in every) - sum(one.searches for one in shown),
        tuple(wanted[:limit]),
    )


def _sorted(rows: Sequence[SearchedWords], order: SearchOrder) -> list[SearchedWords]:
    """The most searched first, the most often empty first, or the least clicked first."""
    if order == "searches":
        return sorted(rows, key=lambda one: (-one.searches, one.words))
    if order == "empty":
        return sorted((one for one in rows if one.empty), key=lambda one: (-one.empty, -one.searches, one.words))
    seen = [(one.click_share, one) for one in rows if one.click_share is not None]
    return [one for _, one in sorted(seen, key=lambda pair: (pair[0], -pair[1].searches, pair[1].words))]


def _searched(store: Store, folder: Path, first_day: int) -> list[SearchedWords]:
    noted: dict[str, tuple[int, int]] = {}
    for one in store.searches.since(first_day):
        count, empty = noted.get(one.words, (0, 0))
        noted[one.words] = (count + one.count, empty + one.empty)
    told = {words: facts for words, *facts in _told(store, folder, first_day * DAY_US).iter_rows()}
    found = []
    for words in noted.keys() | told.keys():
        count, empty = noted.get(words, (0, 0))
        searches, shoppers, visits, clicked = told.get(words, (0, 0, 0, 0))
        found.append(SearchedWords(words, max(count, searches), shoppers, empty, clicked / visits if visits else None))
    return found


def _told(store: Store, folder: Path, from_us: int) -> pl.DataFrame:
    """What events say of each words: words, searches, shoppers, visits, clicked.

    A visit is a shopper, or where none is named the one answer that was given. A click belongs to the words that the
    answer it names was given to, else to those it names itself.
    """
    columns = ("seq", "name", "at_us", "person", "session_id", "recommendation_id", "search_term", "denied")
    wanted = (pl.col("at_us") >= from_us) & pl.col("name").is_in([*SEARCHES, *CLICKS])
    lines = lines_of(store, folder, columns, wanted).unique("seq")
    heard = lines.filter((pl.col("denied") & ANALYTICS_DENIED == 0) & is_heard(store))
    words = pl.col("search_term").map_elements(counted_words, return_dtype=pl.String)
    events = heard.with_columns(words.alias("words"), SHOPPER.alias("shopper")).with_columns(
        pl.coalesce("shopper", pl.lit("r:") + pl.col("recommendation_id"), pl.lit("e:") + pl.col("seq").cast(pl.String))
        .alias("visit")
    )  # fmt: skip
    asked = events.filter(pl.col("name").is_in(SEARCHES) & (pl.col("words") != ""))
    answered = asked.filter(pl.col("recommendation_id").is_not_null())
    given = answered.select("recommendation_id", pl.col("words").alias("given")).unique("recommendation_id")
    clicks = events.filter(pl.col("name").is_in(CLICKS)).join(given, on="recommendation_id", how="left")
    clicked = clicks.select(pl.coalesce("given", "words").alias("words"), "visit").drop_nulls().unique()
    was_clicked = asked.join(clicked.with_columns(clicked=pl.lit(1)), on=["words", "visit"], how="left")
    typed, shown = (pl.col("name") == name for name in SEARCHES)
    return was_clicked.group_by("words").agg(
        pl.when(typed.sum() > 0).then(typed.sum()).otherwise(shown.sum()).alias("searches"),
        pl.col("shopper").drop_nulls().n_unique().alias("shoppers"),
        pl.col("visit").n_unique().alias("visits"),
        pl.col("visit").filter(pl.col("clicked") == 1).n_unique().alias("clicked"),
    )
