"""Random items and random filters over few values, so that they often meet."""

from __future__ import annotations

from hypothesis import strategies as st

from daogou.core.types import Item, StoreStock
from daogou.decide.filters.tree import And, Claim, Node, Not, Or

NOW_US = 1_700_000_000_000_000
DAY_US = 86_400_000_000
MINUTE_US = 60_000_000
WORDS = ["red", "Red", "ＲＥＤ", " red ", "blue", "红色", "小米", "mug", "home", 'a "b"', ""]
NAMES = ["colour", "Colour", "screen size", "颜色"]

amounts = st.none() | st.sampled_from([0, 1, 99, 100, 20_000, 29_999])
moments = st.none() | st.integers(-3 * 1440, 3 * 1440).map(lambda minutes: NOW_US + minutes * MINUTE_US)
words = st.sampled_from(WORDS)
several = st.lists(words, max_size=3).map(tuple)


@st.composite
def items(draw: st.DrawFn, item_id: str) -> Item:
    stores = st.builds(
        StoreStock,
        st.sampled_from(["s1", "S1"]),
        st.sampled_from([None, 0, 3]),
        st.none(),
        st.sampled_from(["in_stock", "out_of_stock"]),
    )
    return Item(
        item_id,
        draw(st.dictionaries(st.sampled_from(["en", "zh"]), st.sampled_from(["Red mugs", "mug, red", "红色mug", " "]))),
        group_id=draw(st.sampled_from([None, "g", "G"])),
        kind=draw(st.sampled_from(["product", "coupon"])),
        price_minor=draw(amounts),
        list_price_minor=draw(amounts),
        currency=draw(st.sampled_from(["GBP", "CNY"])),
        availability=draw(st.sampled_from(["in_stock", "out_of_stock", "preorder"])),
        brand=draw(st.none() | words),
        categories=draw(st.lists(st.lists(words.filter(str.strip), max_size=3).map(tuple), max_size=2).map(tuple)),
        tags=draw(several),
        attributes=draw(st.dictionaries(st.sampled_from(NAMES), several, max_size=2)),
        stores=draw(st.lists(stores, max_size=2).map(tuple)),
        created_at_us=draw(moments),
        available_at_us=draw(moments),
        expires_at_us=draw(moments),
        cost_minor=draw(amounts),
        rating=draw(st.none() | st.sampled_from([1.0, 4.5, 5.0])),
    )


def claims() -> st.SearchStrategy[Node]:
    """A claim about each field with each operator that fits it."""
    number = st.sampled_from([0, 1, 100, 4.5, -1, 50, 20_000])
    order = st.sampled_from(["<", "<=", ">", ">=", "=", "!="])
    known = st.sampled_from(["exists", "missing"])
    text = words.filter(str.strip)
    money = st.sampled_from(["price", "list_price"])
    numbers = st.sampled_from(["discount", "margin", "rating"])
    whole = number.filter(lambda one: isinstance(one, int))
    ages = st.sampled_from(["age_days", "days_on_sale", "days_left"])
    dates = st.sampled_from(["created_at", "available_at", "expires_at"])
    written = ["2023-11-13", "2023-11-14", "2023-11-15", "2023-11-14T22:13:20Z", "2023-11-15T06:13+08:00"]
    sets = st.sampled_from(["tags", *(f"attributes.{name}" for name in ("colour", "screen size", "颜色", "nobody"))])
    singles = st.sampled_from(["brand", "currency"])
    exact = st.sampled_from(["id", "group_id"])
    ids = st.sampled_from(["i0", "i1", "I1", "g", "G"])
    every = st.one_of(
        money, numbers, ages, dates, sets, singles, exact, st.sampled_from(["title", "category", "stores"])
    )

    def one(value: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
        return value.map(lambda held: (held,))

    some = st.lists(text, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Claim, every, known),
        st.builds(Claim, money, order, one(whole)),
        st.builds(Claim, money, st.just("in"), st.lists(whole, min_size=1, max_size=3).map(tuple)),
        st.builds(Claim, numbers, order, one(number)),
        st.builds(Claim, ages, st.sampled_from(["<", "<=", ">", ">="]), one(st.sampled_from([-2, -0.5, 0, 1, 1.25]))),
        st.builds(Claim, dates, order, one(st.sampled_from(written))),
        st.builds(Claim, sets, st.just("has"), one(text)),
        st.builds(Claim, st.one_of(sets, singles), st.just("in"), some),
        st.builds(Claim, singles, st.sampled_from(["=", "!="]), one(text)),
        st.builds(Claim, exact, st.sampled_from(["=", "!="]), one(ids)),
        st.builds(Claim, exact, st.just("in"), st.lists(ids, min_size=1, max_size=3).map(tuple)),
        st.builds(Claim, st.just("stores"), st.just("has"), one(st.sampled_from(["s1", "S1", "s2"]))),
        st.builds(Claim, st.just("kind"), st.sampled_from(["=", "!="]), one(st.sampled_from(["product", "coupon"]))),
        st.builds(Claim, st.just("availability"), st.just("="), one(st.sampled_from(["in_stock", "preorder"]))),
        st.builds(Claim, st.just("category"), st.sampled_from(["has", "under"]), one(text)),
        st.builds(Claim, st.just("category"), st.just("under"), one(st.tuples(text, text).map(" > ".join))),
        st.builds(Claim, st.just("title"), st.just("has"), one(text)),
    )


def trees() -> st.SearchStrategy[Node]:
    """Filters of all shapes, as the parser would make them."""
    return st.recursive(claims(), _joined, max_leaves=6)


def _joined(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    def flat(kind: type[And | Or], parts: list[Node]) -> Node:
        return kind(tuple(one for part in parts for one in (part.parts if isinstance(part, kind) else (part,))))

    several_parts = st.lists(inner, min_size=2, max_size=3)
    return st.one_of(
        inner.map(Not),
        several_parts.map(lambda parts: flat(And, parts)),
        several_parts.map(lambda parts: flat(Or, parts)),
    )
