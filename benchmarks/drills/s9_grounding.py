"""S9: 10,000 turns of the guide through the door, every answer held against the store."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

from daogou.core.settings import SHOP_FILE, database_url, read_settings
from daogou.data.demo import demo_shop
from daogou.data.ingest.options import ImportOptions
from daogou.data.ingest.run import import_rows
from daogou.data.store import open_store
from daogou.data.store.store import Store
from daogou.decide.guide.evaluation.hostile import hostile_rows
from daogou.decide.guide.evaluation.shown import amounts, untrue
from daogou.decide.guide.evaluation.utterances import read_utterances
from daogou.decide.guide.evaluation.walk import next_turn
from drills.drill import Drill, Given, Outcome
from drills.place import scratch
from drills.talker import Talker
from http_server import Server, percentile

TURNS, SHORT_TURNS = 10_000, 1_000
SHOPS = ("bilingual", "giftware", "hostile")
SAID = Path(__file__).parents[2] / "tests" / "decide" / "guide" / "development"
LANGUAGES = ("zh", "en")
MOST_TOLD = 5
HOSTILE = '[shop]\nid = "besieged"\nname = { en = "Besieged" }\nlanguages = ["en", "zh"]\n'


class Walk:
    """Talks in one shop, whose prices and stock change all the while."""

    def __init__(self, server: Server, store: Store, name: str) -> None:
        self.problems: list[str] = []
        self.refusals: list[str] = []
        self.statuses: Counter[int] = Counter()
        self.seconds: list[float] = []
        self._store = store
        self._talker = Talker(server)
        self._random = Random(f"walk {name}")
        self._said = [one.utterance for language in LANGUAGES for one in read_utterances(SAID / f"{language}.jsonl")]
        self._items = {item.id: item for item in store.all_items() if not item.is_hidden}
        self._ids = sorted(self._items)[:500]

    def go(self, turns: int) -> None:
        """Hold so many turns."""
        answer: Any = None
        before: set[int] = set()
        for number in range(turns):
            if number % 25 == 24 and answer is not None:
                self._change(answer)
            turn = next_turn(self._random, answer, self._said, self._ids)
            if "state" not in turn:
                before = set()
            began = time.perf_counter()
            status, told = self._talker.whole(turn)
            self.seconds.append(time.perf_counter() - began)
            self.statuses[status] += 1
            if status != 200:
                self.refusals.append(f"{status} {told['error']['code']} ({turn})")
                continue
            self.problems += [f"{one} ({turn})" for one in untrue(told, self._items, turn.get("utterance", ""), before)]
            before |= amounts(told, (self._items[card["item_id"]] for card in told["cards"]))
            answer = told

    def _change(self, answer: Any) -> None:
        """A price, or the stock, of something shown just now: the next answer has to say the new one."""
        if not answer["cards"]:
            return
        shown = self._random.choice(answer["cards"])["item"]
        if shown["price_minor"] is None:
            return
        price = round(shown["price_minor"] * self._random.uniform(0.8, 1.2)) / 100
        stock = self._random.choice(("in_stock", "in_stock", "out_of_stock"))
        path = f"/v1/items/{shown['id']}"
        done = self._talker.call("PATCH", path, {"price": price, "list_price": None, "availability": stock})
        said = done.read()
        if done.status != 200:
            raise RuntimeError(f"{path}: {done.status} {said[:300]!r}")
        self._items |= {item.id: item for item in self._store.items([shown["id"]])}


def shop_of(name: str, folder: Path) -> Path:
    """A shop with the items of a bundled one, or with an enemy's."""
    folder.mkdir(parents=True)
    text, rows = (HOSTILE, hostile_rows()) if name == "hostile" else _bundled(name)
    (folder / SHOP_FILE).write_text(text, encoding="utf-8")
    with closing(open_store(database_url(read_settings(folder), folder))) as store:
        import_rows(store, "items", rows, ImportOptions())
    return folder


def _bundled(name: str) -> tuple[str, Iterable[Any]]:
    bundled = demo_shop(name)
    return bundled.settings, bundled.items


def run(given: Given) -> Outcome:
    """Walk through three shops, one of them an enemy's, while prices and stock move."""
    turns = (SHORT_TURNS if given.is_short else TURNS) // len(SHOPS) + 1
    problems: list[str] = []
    statuses: Counter[int] = Counter()
    seconds: list[float] = []
    with scratch() as place:
        for name in SHOPS:
            folder = shop_of(name, place / name)
            server = Server(folder)
            server.start()
            try:
                with closing(open_store(database_url(read_settings(folder), folder))) as store:
                    walk = Walk(server, store, name)
                    walk.go(turns)
            finally:
                server.stop()
            problems += [f"{name}: {one}" for one in walk.problems]
            statuses += walk.statuses
            seconds += walk.seconds
    for problem in problems[:MOST_TOLD]:
        print(problem, file=sys.stderr)
    refused = sum(number for status, number in statuses.items() if 400 <= status < 500)
    broken = sum(number for status, number in statuses.items() if status >= 500)
    measured = (
        f"{len(seconds):,} turns over HTTP in {len(SHOPS)} shops, a price or stock changed every 25: "
        f"{statuses[200]:,} answered, {refused} refused, {broken} server errors; {len(problems)} untrue ids, titles, "
        f"prices, stock, amounts, links; turn p50 {1e3 * percentile(seconds, 0.5):.0f} ms, "
        f"p95 {1e3 * percentile(seconds, 0.95):.0f} ms"
    )
    return Outcome(not problems and not broken, measured)


DRILL = Drill("S9", "every sentence and card of the guide against the store", "0 untrue in 10,000 turns", run)
