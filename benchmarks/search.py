"""Does search find the right things, and how soon? Against plain BM25, and beside tantivy.

    python benchmarks/search.py --data FOLDER     (or set DAOGOU_DATA; --only PART ... measures some parts anew)

chorus   FOLDER/search-chorus-icecat: 19,406 products of electronics, 135 queries with grades of three raters each
two      un-spaced two-word Chinese queries in the bilingual demo shop: is what is found what has both words?
speed    a hundred thousand items of that shop's kind, in both languages: building, searching, completing

Weights were chosen for the odd queries of chorus, with the means of all in sight. Writes benchmarks/results/search.md.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import platform
import re
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from unittest import mock

import numpy as np
import rjieba

from daogou.core.settings import SearchSettings, read_settings
from daogou.core.types import F64, Item
from daogou.data.demo.bilingual import generate
from daogou.data.ingest.defaults import Defaults
from daogou.data.ingest.items import parse_item
from daogou.data.store import open_store
from daogou.decide.search import collecting, fields, finding, matching
from daogou.decide.search.dictionary import Dictionary, words_of
from daogou.decide.search.finding import find_all, kept
from daogou.decide.search.index import Index
from daogou.decide.search.reading import read_query
from daogou.decide.search.request import SearchRequest
from daogou.decide.search.thesaurus import Thesaurus
from daogou.decide.shop import Shop
from daogou.decide.words.cut import stem
from daogou.learn.metrics.intervals import bootstrap_interval

RESULT = Path(__file__).parent / "results" / "search.md"
Ranking = Callable[[str], list[str]]
Grades = Mapping[str, Mapping[str, int]]
DEPTH = 10


def products(folder: Path) -> list[Item]:
    """The products with their text attributes; they have no categories."""
    made = []
    with gzip.open(folder / "products.jsonl.gz", "rt") as file:
        for row in map(json.loads, file):
            values = {name[7:]: (str(value),) for name, value in row.items() if name.startswith("attr_t_")}
            title, told = row.get("title") or row.get("name", ""), row.get("short_description") or ""
            made.append(
                Item(
                    str(row["id"]),
                    {"en": title},
                    description={"en": told},
                    brand=row.get("supplier"),
                    attributes=values,
                )
            )
    return made


def grades(folder: Path) -> Grades:
    """By query, the final grade of each judged product, 0 to 3."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    with gzip.open(folder / "Broad_Query_Set_individual_ratings.csv.gz", "rt") as file:
        for row in csv.DictReader(file):
            if row["query"] and row["final_rating"]:
                found[row["query"]][row["docid"]] = int(row["final_rating"])
    return {query: of for query, of in found.items() if any(of.values())}


def ndcg(ranked: Sequence[str], of: Mapping[str, int]) -> float:
    """NDCG at ten with gains 2^grade - 1; what is not judged gains nothing."""
    gains = [2.0 ** of.get(one, 0) - 1 for one in ranked[:DEPTH]]
    ideal = sorted((2.0**grade - 1 for grade in of.values()), reverse=True)[:DEPTH]
    discount = 1 / np.log2(np.arange(2, DEPTH + 2))
    return float(gains @ discount[: len(gains)] / (ideal @ discount[: len(ideal)]))


def plain_bm25(items: Sequence[Item]) -> Ranking:
    """BM25 with k1 1.2 and b 0.75 over title and description, stemmed, any word."""
    counts = [Counter(_plain(f"{item.title['en']} {item.description['en']}")) for item in items]
    lengths = np.array([sum(one.values()) for one in counts], float)
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, one in enumerate(counts):
        for word, count in one.items():
            found[word].append((number, count))

    def rank(query: str) -> list[str]:
        scores = np.zeros(len(items))
        for word in _plain(query):
            numbers, count = np.array(found.get(word, []), float).reshape(-1, 2).T
            rarity = np.log1p((len(items) - len(numbers) + 0.5) / (len(numbers) + 0.5))
            at = numbers.astype(int)
            scores[at] += rarity * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * lengths[at] / lengths.mean()))
        return [items[at].id for at in np.argsort(-scores, kind="stable") if scores[at] > 0]

    return rank


def _plain(text: str) -> list[str]:
    return [stem(word) for word in re.findall(r"[a-z0-9]+", text.lower())]


def ours(items: Sequence[Item], *, corrected: bool = True) -> tuple[Ranking, Ranking]:
    """Our index: what a list shows, and everything with any of the words."""
    held = Index(items)
    held.take(range(len(items)))
    dictionary, thesaurus = Dictionary(), Thesaurus.of(SearchSettings(), lambda _: ())
    if corrected:
        dictionary.take(items)

    def rank(query: str, *, all_words: bool) -> list[str]:
        found = find_all(read_query(query, held, dictionary, thesaurus), held)
        if all_words:
            found = kept(found, np.ones(len(found.numbers), bool))
        return [items[at].id for at in found.numbers[np.lexsort((found.numbers, -found.scores))]]

    return partial(rank, all_words=True), partial(rank, all_words=False)


def measure_chorus(data: Path) -> list[str]:
    folder = data / "search-chorus-icecat"
    items, of = products(folder), grades(folder)
    queries = sorted(of)

    def scored(rank: Ranking, pool: Ranking | None = None) -> tuple[F64, F64]:
        listed = np.array([ndcg(rank(query), of[query]) for query in queries])
        judged = [[one for one in (pool or rank)(query) if one in of[query]] for query in queries]
        return np.array([ndcg(one, of[query]) for one, query in zip(judged, queries, strict=True)]), listed

    flat = {name: fields.Field(1.0, 0.75) for name in fields.FIELDS}
    rows: dict[str, tuple[F64, F64]] = {"plain BM25, title and description": scored(plain_bm25(items))}
    with mock.patch.object(finding, "SHARE", 0.0), mock.patch.object(finding, "WHOLE", 0.0):
        rows["ours, without all words first"] = scored(ours(items)[1])
    with mock.patch.dict(fields.FIELDS, flat):
        rows["ours, all fields alike"] = scored(*ours(items))
    with mock.patch.object(
        collecting,
        "fields_of",
        lambda item: (one for one in fields.fields_of(item) if one[0] in ("title", "description")),
    ):
        rows["ours, title and description only"] = scored(*ours(items))
    with mock.patch.object(matching, "THING", 0.0):
        rows["ours, without the word for the thing"] = scored(*ours(items))
    rows["ours, without corrections"] = scored(*ours(items, corrected=False))
    rows["ours"] = scored(*ours(items))
    plain = rows["plain BM25, title and description"][1]
    lines = [
        "## chorus: human grades",
        "",
        f"{len(items):,} products, {len(queries)} queries with a product that is right. NDCG@10, gains 2^grade − 1. "
        "“Unjudged 0”: the whole list as shown, what nobody judged counts as wrong. “Judged only”: the judged products "
        "alone, in the order of everything with any of the words. Weights were chosen for the odd queries, with the "
        "means of all in sight, so neither half is strictly held out. The last column: unjudged 0, how much more than "
        "plain BM25, paired, 95 %.",
        "",
        "| | judged only | unjudged 0 | unjudged 0, odd | unjudged 0, even | more than BM25 |",
        "|---|---|---|---|---|---|",
    ]
    for name, (judged, listed) in rows.items():
        gain = bootstrap_interval(listed - plain, seed=0)
        lines.append(
            f"| {name} | {judged.mean():.4f} | {listed.mean():.4f} | {listed[1::2].mean():.4f} "
            f"| {listed[0::2].mean():.4f} | {gain.mean:+.4f} ({gain.low:+.4f} … {gain.high:+.4f}) |"
        )
    return lines


def measure_two(_: Path) -> list[str]:
    shares, n = {"words run together": [], "words with a space": []}, 400
    items = [parse_item(row, Defaults(currency="CNY")) for row in generate(seed=3).items]
    titles = {item.id: item.title["zh"] for item in items}
    groups = {item.id: item.group_id or item.id for item in items}
    rng = np.random.default_rng(0)
    with tempfile.TemporaryDirectory() as folder, closing(_shop(Path(folder), items)) as shop:
        shop.search.refresh()
        while len(shares["words run together"]) < n:
            words = [word for word in words_of(items[rng.integers(len(items))].title["zh"]) if len(word) > 1]
            if len(words) < 2:
                continue
            one, other = rng.choice(words, 2, replace=False).tolist()
            right = {groups[item] for item, title in titles.items() if one in title and other in title}
            for name, joint in (("words run together", ""), ("words with a space", " ")):
                found = shop.search.search(SearchRequest(one + joint + other, limit=20)).items
                n_right = sum(one in titles[place.item_id] and other in titles[place.item_id] for place in found)
                shares[name].append(n_right / min(20, len(right)) if right else 1.0)
    lines = [
        "## two: two Chinese words without a space",
        "",
        f"{len(items):,} items, {n} pairs of words of one title, in any order. Right is whatever has both words in its "
        "title; the share of the first 20 places (or of as many products as are right) that hold one. The list shows "
        "each product once, whatever its variants.",
        "",
        "| | share right |",
        "|---|---|",
    ]
    return lines + [f"| {name} | {np.minimum(found, 1).mean():.4f} |" for name, found in shares.items()]


def _shop(folder: Path, items: Sequence[Item]) -> Shop:
    (folder / "shop.toml").write_text('[shop]\ncurrency = "CNY"\nlanguages = ["zh", "en"]\n')
    with closing(open_store(f"sqlite:///{folder}/daogou.db")) as store:
        store.put_items(items)
    return Shop.open(folder, read_settings(folder))


def many_items(n: int) -> list[Item]:
    """The demo shop's items again and again, each time with another number of their model in the titles."""
    once = [parse_item(row, Defaults(currency="CNY")) for row in generate(seed=3).items]
    made = []
    for at in range(n):
        item, copy = once[at % len(once)], at // len(once)
        title = {language: f"{text} K{copy:02d}" for language, text in item.title.items()}
        made.append(
            Item(
                f"{copy}-{item.id}", title, f"{copy}-{item.group_id}" if item.group_id else None, item.kind,
                item.description, price_minor=item.price_minor, currency="CNY", availability=item.availability,
                brand=item.brand, categories=item.categories, tags=item.tags, attributes=item.attributes,
                rating=item.rating,
            )
        )  # fmt: skip
    return made


def queries_of(items: Sequence[Item], n: int) -> list[str]:
    """One to three neighbouring words of a title, half of the Chinese ones without spaces."""
    rng, made = np.random.default_rng(1), []
    while len(made) < n:
        language = ("zh", "en")[rng.integers(2)]
        words = words_of(items[rng.integers(len(items))].title[language])
        many = int(rng.integers(1, 4))
        if len(words) >= many:
            at = int(rng.integers(len(words) - many + 1))
            made.append(("" if language == "zh" and rng.random() < 0.5 else " ").join(words[at : at + many]))
    return made


def measure_speed(_: Path) -> list[str]:
    items = many_items(100_000)
    queries = queries_of(items, 500)
    rows = []
    with tempfile.TemporaryDirectory() as folder, closing(_shop(Path(folder), items)) as shop:
        began, cpu = time.perf_counter(), time.process_time()
        shop.search.refresh()
        rows.append(("ours: build, all fields of both languages", _seconds(began, cpu)))
        began, cpu = time.perf_counter(), time.process_time()
        shop.search.prepare()
        rows.append(("ours: facets, corrections and completions made ready", _seconds(began, cpu)))
        rows.append(
            ("ours: a whole search with facets", _timed(lambda one: shop.search.search(SearchRequest(one)), queries))
        )
        rows.append(
            ("ours: the same, facets not asked for",
             _timed(lambda one: shop.search.search(SearchRequest(one, count_facets=False)), queries))
        )  # fmt: skip
        beginnings = [query[:length] for query in queries for length in (1, 2, 4)]
        rows.append(("ours: completing", _timed(shop.search.complete, beginnings)))
        changed = [Item(items[0].id, {"en": f"changed {at}"}) for at in range(20)]
        took = []
        for one in changed:
            shop.store.put_items([one])
            began = time.perf_counter()
            found = shop.search.search(SearchRequest(one.title["en"]))
            took.append(1000 * (time.perf_counter() - began))
            assert found.items[0].item_id == one.id
        rows.append(("ours: the first search after an item changed, ms", f"{np.median(took):.1f} wall"))
    titles = items
    titles_only = Index([Item(item.id, item.title) for item in titles])
    began, cpu = time.perf_counter(), time.process_time()
    titles_only.take(range(len(items)))
    rows.append(("ours: build, titles alone", _seconds(began, cpu)))
    dictionary, thesaurus = Dictionary(), Thesaurus.of(SearchSettings(), lambda _: ())

    def best(query: str) -> None:
        found = find_all(read_query(query, titles_only, dictionary, thesaurus), titles_only)
        np.lexsort((found.numbers, -found.scores))[:24]

    rows.append(("ours: the best 24 of titles alone", _timed(best, queries)))
    rows += _tantivy(items, queries)
    lines = [
        "## speed: a hundred thousand items",
        "",
        f"{len(items):,} items with titles and descriptions in Chinese and English, {len(queries)} queries of one to "
        "three words. A whole search reads the query, passes the gate, counts up to twelve facets and prices, orders, "
        "and gives reasons; tantivy finds and orders titles, cut beforehand by rjieba, any word. CPU time beside the "
        "clock's, for the machine had other work.",
        "",
        "| | |",
        "|---|---|",
    ]
    return lines + [f"| {name} | {figure} |" for name, figure in rows]


def _tantivy(items: Sequence[Item], queries: Sequence[str]) -> list[tuple[str, str]]:
    import tantivy

    def cut(text: str) -> str:
        return " ".join(word for word in rjieba.cut(text.lower()) if word.strip())

    schema = tantivy.SchemaBuilder()
    schema.add_unsigned_field("number", stored=True)
    schema.add_text_field("title", tokenizer_name="whitespace")
    began, cpu = time.perf_counter(), time.process_time()
    peer = tantivy.Index(schema.build())
    writer = peer.writer(heap_size=128_000_000, num_threads=1)
    for number, item in enumerate(items):
        writer.add_document(tantivy.Document(number=number, title=cut(" ".join(item.title.values()))))
    writer.commit()
    peer.reload()
    rows = [("tantivy: build, titles alone", _seconds(began, cpu))]
    searcher = peer.searcher()

    def best(query: str) -> None:
        parsed = peer.parse_query(re.sub(r"[^\w ]", " ", cut(query)), ["title"])
        for _, address in searcher.search(parsed, 24).hits:
            searcher.doc(address)

    return [*rows, ("tantivy: the best 24 of titles alone", _timed(best, queries))]


def _seconds(began: float, cpu: float) -> str:
    return f"{time.perf_counter() - began:.1f} s wall, {time.process_time() - cpu:.1f} s CPU"


def _timed(run: Callable[[str], object], queries: Sequence[str]) -> str:
    walls, cpus = [], []
    for query in queries:
        wall, cpu = time.perf_counter(), time.process_time()
        run(query)
        walls.append(1000 * (time.perf_counter() - wall))
        cpus.append(1000 * (time.process_time() - cpu))
    told = [f"p50 {np.percentile(one, 50):.2f}, p99 {np.percentile(one, 99):.1f} ms" for one in (walls, cpus)]
    return f"{told[0]} wall; {told[1]} CPU"


PARTS: Mapping[str, Callable[[Path], list[str]]] = {
    "chorus": measure_chorus,
    "two": measure_two,
    "speed": measure_speed,
}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("DAOGOU_DATA", ".")))
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    asked = parser.parse_args()
    told = _kept()
    for name in asked.only:
        told[name] = measure_and_say(name, asked.data)
    head = (
        f"# Search\n\n{os.cpu_count()} cores shared with other work, one thread, Python {platform.python_version()}, "
        f"numpy {np.__version__}. Made by: `python benchmarks/search.py`\n"
    )
    RESULT.write_text("\n".join([head, *("\n".join(told[name]) + "\n" for name in PARTS if name in told)]))


def measure_and_say(name: str, data: Path) -> list[str]:
    lines = PARTS[name](data)
    print("\n".join(lines), flush=True)
    return lines


def _kept() -> dict[str, list[str]]:
    """The parts of the page that are not measured anew."""
    if not RESULT.exists():
        return {}
    parts = re.split(r"^(?=## )", RESULT.read_text(), flags=re.MULTILINE)[1:]
    return {part[3:].partition(":")[0]: part.rstrip().split("\n") for part in parts}


if __name__ == "__main__":
    main()
