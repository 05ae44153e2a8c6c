"""How good search is on judged queries: what people said of items for a query, against what search shows for it.

A file of judgements has one JSON object per line: {"query": "red mug", "item_id": "84030", "grade": 2}; a grade of 0
says "not this". Items that nobody judged count as 0.
"""

from __future__ import annotations

import math
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import msgspec
import numpy as np

from daogou.core.errors import InvalidInput
from daogou.core.types import Item
from daogou.decide.words.cut import terms
from daogou.learn.metrics.intervals import bootstrap_interval

Find: TypeAlias = Callable[[str], Sequence[str]]
"""Words → ids of items, best first."""

K1, B = 1.2, 0.75


class Judgement(msgspec.Struct, frozen=True):
    """What somebody said of one item for one query."""

    query: str
    item_id: str
    grade: float


@dataclass(frozen=True)
class Judged:
    """Figures of one way to search. ndcg, mrr: one per query."""

    queries: tuple[str, ...]
    ndcg: tuple[float, ...]
    mrr: tuple[float, ...]
    empty: tuple[str, ...]
    latencies_ms: tuple[float, ...]

    def figures(self) -> dict[str, Any]:
        """Means with 95 % intervals over queries."""
        return {
            "queries": len(self.queries),
            "ndcg_at_10": bootstrap_interval(np.asarray(self.ndcg)).to_dict(),
            "mrr": bootstrap_interval(np.asarray(self.mrr)).to_dict(),
            "zero_results": len(self.empty) / max(len(self.queries), 1),
            "p50_ms": float(np.percentile(self.latencies_ms, 50)),
            "p99_ms": float(np.percentile(self.latencies_ms, 99)),
        }


def read_judgements(path: Path) -> dict[str, dict[str, float]]:
    """Grades by query and item. Raises InvalidInput with the line that is not a judgement."""
    found: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            one = msgspec.json.decode(line, type=Judgement)
        except msgspec.MsgspecError as error:
            raise InvalidInput(f"{path}, line {number}: {error}") from error
        found[one.query][one.item_id] = one.grade
    if not found:
        raise InvalidInput(f"{path} holds no judgement.")
    return dict(found)


def judge(grades: Mapping[str, Mapping[str, float]], find: Find, *, k: int = 10) -> Judged:
    """Ask every query once, after one that warms up."""
    find(next(iter(grades)))
    ndcg, mrr, empty, latencies = [], [], [], []
    for query, graded in grades.items():
        began = time.perf_counter()
        found = find(query)[:k]
        latencies.append((time.perf_counter() - began) * 1e3)
        ndcg.append(_ndcg([graded.get(one, 0.0) for one in found], graded.values(), k))
        mrr.append(next((1 / place for place, one in enumerate(found, start=1) if graded.get(one, 0.0) > 0), 0.0))
        if not found:
            empty.append(query)
    return Judged(tuple(grades), tuple(ndcg), tuple(mrr), tuple(empty), tuple(latencies))


def _ndcg(shown: Iterable[float], judged: Iterable[float], k: int) -> float:
    """Gains 2^grade - 1, as TREC's and Järvelin & Kekäläinen's are usually taken."""
    ideal = _gain(sorted(judged, reverse=True)[:k])
    return _gain(shown) / ideal if ideal else 0.0


def _gain(grades: Iterable[float]) -> float:
    return math.fsum((2.0**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def title_bm25(items: Sequence[Item]) -> Find:
    """The plain baseline beside which any search must be shown: BM25 over titles, nothing else.

    Source: Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009.
    """
    documents = [Counter(word for title in set(item.title.values()) for word in terms(title)) for item in items]
    lengths = np.array([max(one.total(), 1) for one in documents], np.float64)
    postings: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, one in enumerate(documents):
        for word, count in one.items():
            postings[word].append((number, count))
    weight = K1 * (1 - B + B * lengths / lengths.mean())
    ids = [item.id for item in items]

    def find(words: str) -> Sequence[str]:
        scores = np.zeros(len(ids))
        for word in set(terms(words)):
            held = postings.get(word)
            if held:
                numbers, counts = np.array(held).T
                rarity = math.log(1 + (len(ids) - len(held) + 0.5) / (len(held) + 0.5))
                scores[numbers] += rarity * counts * (K1 + 1) / (counts + weight[numbers])
        best = np.argsort(-scores, kind="stable")[:100]
        return [ids[number] for number in best.tolist() if scores[number] > 0]

    return find
