"""Does any list ever hold an item that may not be shown? Random shops, judged by rules written a second time.

    python benchmarks/eligibility.py [CASES] [SEED]

A case is one item of the catalogue in one list: is it barred, and is it shown? Shops, shoppers, their past, what they
want nothing of, consents, rules with dates, pins, fillers, filters, placements and requests are drawn by chance. The
judge below reads the plain facts of each shop with plain loops; it calls nothing of `daogou.decide`.
"""

from __future__ import annotations

import platform
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from daogou.core.clock import DAY_US, standing_clock
from daogou.core.settings import PlacementSettings, Settings, read_settings
from daogou.core.types import F32, I32, Consent, Event, EventLine, Item, Query, StoreStock, User
from daogou.data.store import ServedItem, ServedSlate, open_store
from daogou.decide.catalogue import Catalogue
from daogou.decide.pipeline import recommend_many
from daogou.decide.request import RecommendRequest
from daogou.decide.rules.reading import read_rules
from daogou.decide.served_model import ServedModel
from daogou.decide.shop import Shop

NOW_US = 1_700_000_000_000_000
N_ITEMS, N_LISTS, N_PEOPLE = 200, 100, 12
RESULTS = Path(__file__).parent / "results" / "eligibility.md"

FILTERS: dict[str, Callable[[Item], bool]] = {
    "price < 2000": lambda item: item.price_minor is not None and item.price_minor < 2000,
    'brand in ["Clay", "Tin"]': lambda item: item.brand in ("Clay", "Tin"),
    'not tags has "sale"': lambda item: "sale" not in item.tags,
    'category under "Home > Mugs"': lambda item: any(path[:2] == ("Home", "Mugs") for path in item.categories),
    'attributes.colour has "red" or brand missing': lambda item: (
        "red" in item.attributes.get("colour", ()) or item.brand is None
    ),
}
"""Expressions, and what they mean, written a second time."""

PLACEMENTS: dict[str, dict[str, Any]] = {
    "mixed": {"retrievers": {"personal": 1.0, "newest": 0.5}, "max_per_brand": 2, "already_bought": "allow"},
    "cheap": {"retrievers": {"trending": 1.0}, "filter": "price < 2000"},
    "coupons": {"retrievers": {"newest": 1.0, "popular": 1.0}, "kinds": ["coupon"]},
    "varied": {
        "retrievers": {"personal": 1.0, "popular": 1.0, "newest": 1.0},
        "diversity": {"method": "dpp", "strength": 0.6},
        "rotation": 0.5,
        "new_items": {"share": 0.3, "days": 30},
        "margin": 0.5,
        "stock": 5,
        "max_per_category": None,
    },
}


@dataclass
class Found:
    """cases: items judged, each in each list; barred: cases that may not be shown, by the first reason found."""

    n_lists: int = 0
    cases: int = 0
    barred: Counter[str] = field(default_factory=Counter)
    shown: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


@dataclass
class World:
    """The plain facts of one shop, kept beside what it is given."""

    items: list[Item]
    events: list[Event]
    rules: list[dict[str, Any]]
    never: dict[str, set[str]]
    users: dict[str, User]
    policy: str
    by_category: dict[str, str]
    days: int


@dataclass(frozen=True)
class Links:
    """A model that links items by chance."""

    links: F32

    @property
    def n_items(self) -> int:
        return len(self.links)

    def score(self, query: Query, items: I32) -> F32:
        return self.score_all(query)[items]

    def score_all(self, query: Query) -> F32:
        return query.strengths() @ self.links[query.history]

    def contributions(self, query: Query, items: I32) -> F32:
        return query.strengths()[:, None] * self.links[np.ix_(query.history, items)]


@dataclass(frozen=True)
class Everybody:
    """A model that knows nobody."""

    strengths: F32

    @property
    def n_items(self) -> int:
        return len(self.strengths)

    def score(self, query: Query, items: I32) -> F32:
        return self.strengths[items]

    def score_all(self, query: Query) -> F32:
        return self.strengths


def measure(n_cases: int, seed: int, *, n_items: int = N_ITEMS, n_lists: int = N_LISTS) -> Found:
    """Draw shops until at least `n_cases` items were judged."""
    found, draw = Found(), random.Random(seed)
    while found.cases < n_cases:
        world = draw_world(draw, n_items)
        with tempfile.TemporaryDirectory() as folder:
            shop = open_shop(world, Path(folder), draw)
            requests = [draw_request(draw, world, tuple(shop.settings.placements)) for _ in range(n_lists)]
            for asked, slate in zip(requests, recommend_many(shop, requests), strict=True):
                shown = [one.item_id for one in slate.items]
                judge_list(world, asked, shop.settings.placements[asked.placement], shown, found)
            shop.close()
    return found


def judge_list(
    world: World, asked: RecommendRequest, placement: PlacementSettings, shown: Sequence[str], found: Found
) -> None:
    """Judge every item of the catalogue in one list."""
    found.n_lists += 1
    found.shown[asked.placement] += len(shown)
    facts = Facts(world, asked, placement)
    for item in world.items:
        found.cases += 1
        why = facts.barred(item)
        if why is not None:
            found.barred[why] += 1
            if item.id in shown:
                found.wrong.append(f"{item.id} is shown in {asked} though {why}")
    if len(set(shown)) != len(shown):
        found.wrong.append(f"an item stands twice in {asked}")


class Facts:
    """What is true of one request, gathered by plain loops; of the placement only what its settings say."""

    def __init__(self, world: World, asked: RecommendRequest, placement: PlacementSettings) -> None:
        self.world, self.asked, self.placement = world, asked, placement
        user = world.users.get(asked.user_id or "")
        self.is_known = asked.personalize and (user is None or user.consent.personalization == "granted")
        keys = {("u", asked.user_id), ("v", asked.visitor_id)} if self.is_known else set()
        self.past = [one for one in world.events if who_did(one) in keys]
        self.attributes = user.attributes if user is not None and self.is_known else {}
        people = [f"{kind}:{one}" for kind, one in keys if one]
        self.never = set().union(*(world.never.get(one, set()) for one in people))
        self.owned, self.turned_down = self._owned(), self._turned_down()

    def _owned(self) -> set[str]:
        kept: Counter[str] = Counter()
        for event in self.past:
            if event.at_us >= NOW_US - self.world.days * DAY_US:
                for line in event.lines:
                    if event.name == "purchase":
                        kept[line.item_id] += line.quantity
                    elif event.name == "refund" and line.item_id in kept:
                        kept[line.item_id] -= line.quantity
        return {one for one, quantity in kept.items() if quantity > 0}

    def _turned_down(self) -> set[str]:
        last: dict[str, str] = {}
        for event in self.past:
            if event.name in ("dislike_item", "add_to_cart", "purchase", "add_to_wishlist"):
                last |= {line.item_id: event.name for line in event.lines}
        return {one for one, name in last.items() if name == "dislike_item"}

    def barred(self, item: Item) -> str | None:
        """Why this item may not be in the list; None when it may."""
        asked, kinds, policy = self.asked, self.placement.kinds, self.placement.already_bought
        filters = [one for one in (self.placement.filter, asked.filter) if one]
        if policy is None:
            policy = self.world.by_category.get(item.categories[0][0] if item.categories else "", self.world.policy)
        reasons = {
            "hidden": item.is_hidden,
            "sold out": item.availability == "out_of_stock",
            "not on sale yet": item.available_at_us is not None and item.available_at_us > NOW_US,
            "expired": item.expires_at_us is not None and item.expires_at_us <= NOW_US,
            "of another kind": item.kind not in kinds,
            "named by the request": item.id in (*asked.item_ids, *asked.cart, *asked.exclude),
            "turned down": item.id in self.turned_down,
            "of a kind not wanted": bool(self.never & tags(item)),
            "not suitable": self._is_unsuitable(item),
            "bought before": policy == "exclude" and item.id in self.owned,
            "outside a filter": any(not FILTERS[one](item) for one in filters),
            "hidden by a rule": any(self._hides(rule, item) for rule in self.world.rules),
        }
        return next((why for why, is_so in reasons.items() if is_so), None)

    def _is_unsuitable(self, item: Item) -> bool:
        age = float(self.attributes.get("age", ("0",))[0])
        bears = float(self.attributes.get("risk_tolerance", ("1",))[0])
        least_age, risk = item.attributes.get("min_age"), item.attributes.get("risk_level")
        if least_age is not None and float(least_age[0]) > age:
            return True
        return float(risk[0]) > bears if risk is not None else item.kind == "financial_product"

    def _hides(self, rule: Mapping[str, Any], item: Item) -> bool:
        if rule["action"] != "hide" or not rule.get("enabled", True):
            return False
        if not rule["first"] <= NOW_US < rule["last"]:
            return False
        if rule.get("placements") and self.asked.placement not in rule["placements"]:
            return False
        if rule.get("store") and self.asked.context.get("store_id") != rule["store"]:
            return False
        for name, values in rule.get("segments", {}).items():
            if not set(values) & set(self.attributes.get(name, ())):
                return False
        if "items" in rule and item.id not in rule["items"]:
            return False
        return "filter" not in rule or FILTERS[rule["filter"]](item)


def who_did(event: Event) -> tuple[str, str | None]:
    """Under whose name an event is kept: what somebody does signed in is the user's, else the visitor's."""
    return ("u", event.user_id) if event.user_id else ("v", event.visitor_id)


def tags(item: Item) -> set[str]:
    """Everything that a shopper may want nothing of."""
    found = {f"category:{' > '.join(path[: n + 1])}" for path in item.categories for n in range(len(path))}
    found |= {f"brand:{item.brand}"} if item.brand else set()
    found |= {f"tag:{one}" for one in item.tags}
    return found | {f"{name}:{value}" for name, values in item.attributes.items() for value in values}


def draw_world(draw: random.Random, n_items: int) -> World:
    items = [draw_item(draw, number) for number in range(n_items)]
    ids = [item.id for item in items]
    users = {
        f"user{n}": User(
            f"user{n}",
            {
                "level": (draw.choice(["gold", "plain"]),),
                "age": (draw.choice(["12", "18", "70"]),),
                "risk_tolerance": (draw.choice(["1", "3", "5"]),),
            },
            Consent(personalization="denied" if draw.random() < 0.2 else "granted"),
        )
        for n in range(N_PEOPLE // 2)
    }
    names = ["view_item", *["purchase"] * 6, "add_to_cart", "refund", "dislike_item", "add_to_wishlist"]
    moments = sorted(draw.sample(range(1, 100 * DAY_US, 7), 40 * N_PEOPLE), reverse=True)
    events = [
        Event(
            f"e{n}",
            draw.choice(names),
            NOW_US - ago,
            tuple(EventLine(one, draw.randint(1, 2)) for one in draw.sample(ids, draw.randint(1, 2))),
            user_id=f"user{draw.randrange(N_PEOPLE)}" if draw.random() < 0.7 else None,
            visitor_id=f"visitor{draw.randrange(N_PEOPLE)}",
        )
        for n, ago in enumerate(moments)
    ]
    every_tag = sorted(set().union(*(tags(item) for item in items)))
    never = {
        f"{kind}:{name}{n}": set(draw.sample(every_tag, draw.randint(1, 2)))
        for n in range(N_PEOPLE)
        for kind, name in (("u", "user"), ("v", "visitor"))
        if draw.random() < 0.2
    }
    rules = [draw_rule(draw, n, ids) for n in range(draw.randint(0, 8))]
    by_category = {"Home": draw.choice(["allow", "exclude"])} if draw.random() < 0.5 else {}
    return World(
        items, events, rules, never, users, draw.choice(["exclude", "allow"]), by_category, draw.choice([30, 365])
    )


def draw_item(draw: random.Random, number: int) -> Item:
    def perhaps(chance: float, value: Any) -> Any:
        return value if draw.random() < chance else None

    around = NOW_US + draw.choice([-1, 1]) * draw.randrange(1, 40 * DAY_US)
    attributes = {"colour": (draw.choice(["red", "blue"]),)} if draw.random() < 0.6 else {}
    attributes |= {"min_age": (draw.choice(["16", "18"]),)} if draw.random() < 0.1 else {}
    attributes |= {"risk_level": (draw.choice("12345"),)} if draw.random() < 0.1 else {}
    path = draw.choice([("Home", "Mugs"), ("Home", "Mugs", "Tall"), ("Home", "Pots"), ("Toys",), ("Toys", "Kites")])
    return Item(
        f"i{number}",
        {"en": f"thing {number}"},
        group_id=perhaps(0.3, f"g{draw.randrange(20)}"),
        kind=draw.choice(["product"] * 15 + ["coupon", "article", "financial_product"]),
        price_minor=perhaps(0.9, draw.randrange(100, 6000)),
        cost_minor=perhaps(0.5, draw.randrange(50, 3000)),
        availability=draw.choice(["in_stock"] * 12 + ["out_of_stock", "preorder"]),
        brand=perhaps(0.8, draw.choice(["Clay", "Tin", "Glass", "Wool"])),
        categories=(path,) if draw.random() < 0.9 else (),
        tags=tuple(draw.sample(["sale", "gift", "new"], draw.randint(0, 2))),
        attributes=attributes,
        stores=(StoreStock(draw.choice(["leeds", "york"]), draw.randrange(9)),) if draw.random() < 0.4 else (),
        created_at_us=perhaps(0.8, NOW_US - draw.randrange(1, 90 * DAY_US)),
        available_at_us=perhaps(0.1, around),
        expires_at_us=perhaps(0.1, NOW_US if draw.random() < 0.1 else around),
        is_hidden=draw.random() < 0.05,
    )


def draw_rule(draw: random.Random, number: int, ids: list[str]) -> dict[str, Any]:
    action = draw.choice(["hide", "hide", "hide", "pin", "boost", "cap", "quota"])
    amounts = {"pin": {"position": draw.randrange(5)}, "boost": {"factor": 9.0}, "cap": {"at_most": 2}}
    rule: dict[str, Any] = {"id": f"r{number}", "action": action, **amounts.get(action, {})}
    if action == "quota":
        rule["at_least"] = 2
    if action == "pin" or draw.random() < 0.6:
        rule["items"] = draw.sample(ids, 3 if action == "pin" else 30)
    elif draw.random() < 0.9:
        rule["filter"] = draw.choice(sorted(FILTERS))
    else:
        rule["items"] = draw.sample(ids, 5)
    if draw.random() < 0.4:
        rule["placements"] = draw.sample(["home_for_you", "trending", "mixed", "varied", "cheap"], 2)
    if draw.random() < 0.2:
        rule["store"] = "leeds"
    if draw.random() < 0.3:
        rule["segments"] = {"level": ["gold"]}
    if draw.random() < 0.1:
        rule["enabled"] = False
    first = NOW_US + draw.choice([-9, -1, 0, 1]) * DAY_US if draw.random() < 0.3 else 0
    last = max(first + DAY_US, NOW_US + draw.choice([0, 1, 9]) * DAY_US) if draw.random() < 0.3 else 2 * NOW_US
    return {**rule, "first": first, "last": last}


def draw_request(draw: random.Random, world: World, placements: tuple[str, ...]) -> RecommendRequest:
    def some(chance: float, most: int) -> tuple[str, ...]:
        chosen = draw.sample(world.items, draw.randint(1, most)) if draw.random() < chance else []
        return tuple(item.id for item in chosen)

    return RecommendRequest(
        draw.choice(placements),
        user_id=f"user{draw.randrange(N_PEOPLE)}" if draw.random() < 0.7 else None,
        visitor_id=f"visitor{draw.randrange(N_PEOPLE)}" if draw.random() < 0.5 else None,
        item_ids=some(0.5, 3),
        cart=some(0.4, 3),
        limit=draw.choice([None, 1, 5, 40, 100]),
        personalize=draw.random() < 0.85,
        exclude=some(0.4, 60),
        context={"store_id": draw.choice(["leeds", "york"])} if draw.random() < 0.5 else {},
        filter=draw.choice(sorted(FILTERS)) if draw.random() < 0.3 else None,
    )


def open_shop(world: World, folder: Path, draw: random.Random) -> Shop:
    """The shop with all that, in a real store."""
    rules = {
        "already_bought": world.policy,
        "already_bought_by_category": world.by_category,
        "already_bought_days": world.days,
    }
    history = {"max_rows": draw.choice([5, 300])}
    settings: Settings = read_settings(folder, {"placements": PLACEMENTS, "rules": rules, "history": history})
    store = open_store(f"sqlite:///{folder}/shop.db")
    store.put_items(world.items)
    store.put_users(list(world.users.values()))
    store.append(world.events)
    for person, unwanted in world.never.items():
        for tag in sorted(unwanted):
            store.wishes.put(person, tag, "never", NOW_US)
    shown = tuple(ServedItem(item.id, place) for place, item in enumerate(draw.sample(world.items, 12)))
    store.log_slates(
        [ServedSlate(f"s{n}", "varied", NOW_US - n * DAY_US, f"u:user{n % N_PEOPLE}", shown) for n in range(40)]
    )
    catalogue, chance = Catalogue(store), np.random.default_rng(draw.randrange(1 << 30))
    n, ids = len(world.items), [item.id for item in world.items]
    links = np.where(chance.random((n, n)) < 0.2, chance.random((n, n)), 0).astype(np.float32)
    models: dict[str, Any] = {
        name: Links(links) for name in ("ease", "item_knn", "bought_together", "content", "repeat")
    } | {name: Everybody(chance.random(n).astype(np.float32)) for name in ("popularity", "trending")}
    weights = dict.fromkeys(models, 1.0)
    shop = Shop(
        folder,
        settings,
        store,
        catalogue,
        standing_clock(NOW_US),
        models={name: ServedModel(model, ids, catalogue) for name, model in models.items()},
        weights={"exclude": dict(weights), "allow": dict(weights)},
    )
    write_rules(shop, world)
    return shop


def write_rules(shop: Shop, world: World) -> None:
    rows = []
    for rule in world.rules:
        row = {name: value for name, value in rule.items() if name not in ("first", "last")}
        rows.append({**row, "from": moment(rule["first"]), "until": moment(rule["last"])})
    rules, problems = read_rules(rows, "UTC")
    assert not problems, problems
    shop.rules.write(rules, expected_version=0, at_us=NOW_US, author="a test")


def moment(at_us: int) -> str:
    return str(np.datetime64(at_us, "us").astype("datetime64[s]")) + "+00:00"


def main() -> None:
    n_cases = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    started = time.perf_counter()
    found = measure(n_cases, seed)
    seconds = time.perf_counter() - started
    lines = [
        "# Does any list hold an item that may not be shown?",
        "",
        f"Command: `python benchmarks/eligibility.py {n_cases} {seed}`; {platform.machine()}, {platform.system()}, "
        f"one core, {seconds:.0f} s. A case is one item of the catalogue in one list, judged by rules written a second "
        "time in the script.",
        "",
        "| question | figure |",
        "|---|---|",
        f"| seed | {seed} |",
        f"| cases | {found.cases:,} |",
        f"| lists, of {len(found.shown)} placements | {found.n_lists:,} |",
        f"| places filled | {sum(found.shown.values()):,} |",
        f"| cases that may not be shown | {sum(found.barred.values()):,} |",
        f"| **of those, shown** | **{len(found.wrong):,}** |",
        "",
        "| may not be shown because (first reason found) | cases |",
        "|---|---|",
        *(f"| {why} | {count:,} |" for why, count in found.barred.most_common()),
    ]
    print("\n".join([*lines, *found.wrong[:20]]))
    if not found.wrong:
        RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.exit(1 if found.wrong else 0)


if __name__ == "__main__":
    main()
