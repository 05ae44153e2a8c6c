"""Read one item from a row or a request body."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from daogou.core.errors import InvalidField
from daogou.core.types import Availability, Item, ItemKind, StoreStock
from daogou.data.ingest import fields
from daogou.data.ingest.defaults import Defaults
from daogou.data.ingest.moments import read_moment_us
from daogou.data.ingest.money import read_currency, read_price

ITEM_FIELDS = frozenset(
    (
        "id", "group_id", "kind", "title", "description", "url", "images", "price", "price_minor",
        "list_price", "list_price_minor", "cost", "cost_minor", "currency", "availability", "brand",
        "categories", "tags", "attributes", "stores", "created_at", "available_at", "expires_at", "rating",
        "hidden",
    )
)  # fmt: skip
STORE_FIELDS = frozenset({"store_id", "quantity", "price", "price_minor", "availability"})
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
LONGEST_TITLE = 1_000
DEEPEST_CATEGORY = 10

_AVAILABILITY_WORDS: Mapping[Availability, tuple[str, ...]] = {
    "in_stock": ("in_stock", "instock", "available", "true", "1", "yes", "limitedavailability", "有货"),
    "out_of_stock": (
        "out_of_stock", "outofstock", "soldout", "sold_out", "discontinued", "unavailable", "false",
        "0", "no", "缺货", "售罄",
    ),
    "preorder": ("preorder", "pre_order", "presale", "预售"),
    "backorder": ("backorder", "back_order", "onbackorder", "available_for_order"),
}  # fmt: skip
_AVAILABILITY = {word: canonical for canonical, words in _AVAILABILITY_WORDS.items() for word in words}
_COUNT = re.compile(r"[+-]?\d[\d.,']*")
_KINDS = {kind: kind for kind in ("product", "coupon", "bundle", "article", "course", "financial_product")}


def parse_item(raw: Mapping[str, object], defaults: Defaults) -> Item:
    """One item from its JSON shape, or a flat row whose nested cells hold JSON or separated text.

    Raises InvalidField with the path, the value and what is allowed.
    """
    fields.only_known(raw, ITEM_FIELDS)
    get = raw.get
    currency, (price, list_price, cost) = _prices(raw, defaults)
    description, attributes, group_id = get("description"), get("attributes"), get("group_id")
    availability, kind, rating, hidden = get("availability"), get("kind"), get("rating"), get("hidden")
    return Item(
        id=fields.identifier(fields.required(raw, "id"), "id"),
        title=_texts(fields.required(raw, "title"), "title", defaults, LONGEST_TITLE),
        group_id=None if group_id is None else fields.identifier(group_id, "group_id"),
        kind="product" if kind is None else cast(ItemKind, fields.one_of(kind, "kind", _KINDS)),
        description={} if description is None else _texts(description, "description", defaults, fields.LONGEST_TEXT),
        url=_link(get("url"), "url"),
        images=_images(get("images")),
        price_minor=price,
        list_price_minor=list_price,
        currency=currency,
        availability="in_stock" if availability is None else _availability(availability, "availability"),
        brand=_first(get("brand"), "brand"),
        categories=_categories(get("categories")),
        tags=() if get("tags") is None else fields.values(get("tags"), "tags", separators="|,"),
        attributes={} if attributes is None else fields.attributes(attributes, "attributes"),
        stores=_stores(get("stores"), currency),
        created_at_us=_moment(raw, "created_at", defaults),
        available_at_us=_moment(raw, "available_at", defaults),
        expires_at_us=_moment(raw, "expires_at", defaults),
        cost_minor=cost,
        rating=None if rating is None else fields.number(rating, "rating", 0.0, 5.0) or None,
        is_hidden=False if hidden is None else fields.flag(hidden, "hidden"),
    )


def _moment(raw: Mapping[str, object], name: str, defaults: Defaults) -> int | None:
    value = raw.get(name)
    return None if value is None else read_moment_us(value, name, defaults)


def _prices(raw: Mapping[str, object], defaults: Defaults) -> tuple[str, list[int | None]]:
    """The one currency of the row, and price, list price and cost in its minor units."""
    stated = raw.get("currency")
    currency = defaults.currency if stated is None else read_currency(stated, "currency")
    is_stated = stated is not None
    found: list[int | None] = []
    for name in ("price", "list_price", "cost"):
        major, minor = raw.get(name), raw.get(f"{name}_minor")
        if major is not None and minor is not None:
            raise InvalidField(name, major, f"{name} or {name}_minor, not both", rule="two_prices")
        if minor is not None:
            found.append(fields.whole(minor, f"{name}_minor", 0, 2**53))
        elif major is not None:
            amount, currency = read_price(major, name, currency, stated=is_stated)
            is_stated = True  # the first price that is read decides for the others
            found.append(amount)
        else:
            found.append(None)
    return currency, found


def _texts(value: object, field: str, defaults: Defaults, longest: int) -> dict[str, str]:
    """A text by language; a bare one is in the shop's own language."""
    given = value
    if isinstance(value, str) and value.lstrip()[:2] in ('{"', "{}"):
        try:
            given = fields.structure(value, field)
        except InvalidField:
            given = value  # a title may begin with a brace
    if not isinstance(given, Mapping):
        return {defaults.language: fields.text(given, field, longest=longest)}
    for language in given:
        if not isinstance(language, str) or not LANGUAGE.fullmatch(language):
            raise InvalidField(
                f"{field}.{language}", language, "a language tag such as en or zh", rule="not_a_language"
            )
    read = {tag: fields.text(one, f"{field}.{tag}", longest=longest) for tag, one in given.items() if one is not None}
    if not read and field == "title":
        raise InvalidField(field, value, "a title in at least one language", rule="required")
    return read


def _link(value: object, field: str) -> str | None:
    if value is None:
        return None
    link = fields.text(value, field, longest=4_000)
    scheme = re.match(r"\s*([A-Za-z][A-Za-z0-9+.\-]*):", link)
    if (scheme and scheme[1].lower() not in ("http", "https")) or not link.isprintable():
        raise InvalidField(field, value, "an http or https address, or a path such as /images/1.jpg", rule="not_a_link")
    return link


def _images(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    parts = fields.sequence(value, "images", separators="|,")
    links = (_link(one, f"images[{place}]") for place, one in enumerate(parts))
    return tuple(link for link in links if link)


def _availability(value: object, field: str) -> Availability:
    """One of our four words, or what a count of pieces says: in stock above 0, else not."""
    pieces = str(value).strip()
    if not isinstance(value, bool) and _COUNT.fullmatch(pieces):
        return "in_stock" if pieces[0] != "-" and pieces.strip("+0.,") else "out_of_stock"
    word = value.rsplit("/", 1)[-1] if isinstance(value, str) and "schema.org" in value else value
    return cast(Availability, fields.one_of(word, field, _AVAILABILITY))


def _first(value: object, field: str) -> str | None:
    """A lone text, or the first of a list (Google Retail has brands[])."""
    if isinstance(value, list | tuple):
        value = value[0] if value else None
    return None if value is None else fields.text(value, field, longest=500)


def _categories(value: object) -> tuple[tuple[str, ...], ...]:
    """Paths, outermost first, from ["A > B"], [["A", "B"]] or the text "A > B|C"."""
    if value is None:
        return ()
    paths = []
    for place, one in enumerate(fields.sequence(value, "categories")):
        names = one if isinstance(one, list | tuple) else fields.text(one, f"categories[{place}]").split(">")
        path = tuple(fields.text(name, f"categories[{place}]", longest=300) for name in names)
        if not path or len(path) > DEEPEST_CATEGORY:
            raise InvalidField(f"categories[{place}]", one, f"1 to {DEEPEST_CATEGORY} names", rule="category_depth")
        paths.append(path)
    return tuple(dict.fromkeys(paths))


def _stores(value: object, currency: str) -> tuple[StoreStock, ...]:
    if value is None:
        return ()
    stores = []
    for place, raw in enumerate(fields.sequence(value, "stores")):
        field = f"stores[{place}]"
        if not isinstance(raw, Mapping):
            raise InvalidField(field, raw, 'an object such as {"store_id": "s1", "quantity": 3}', rule="not_an_object")
        try:
            stores.append(_store(raw, currency))
        except InvalidField as error:
            raise error.within(field) from None
    return tuple(stores)


def _store(raw: Mapping[str, object], currency: str) -> StoreStock:
    fields.only_known(raw, STORE_FIELDS)
    quantity, price, minor, availability = (
        raw.get("quantity"),
        raw.get("price"),
        raw.get("price_minor"),
        raw.get("availability"),
    )
    if price is not None:
        minor = read_price(price, "price", currency, stated=True)[0]
    pieces = None if quantity is None else fields.whole(quantity, "quantity", 0, 10**9)
    return StoreStock(
        store_id=fields.identifier(fields.required(raw, "store_id"), "store_id"),
        quantity=pieces,
        price_minor=None if minor is None else fields.whole(minor, "price_minor", 0, 2**53),
        availability=("out_of_stock" if pieces == 0 else "in_stock")
        if availability is None
        else _availability(availability, "availability"),
    )
