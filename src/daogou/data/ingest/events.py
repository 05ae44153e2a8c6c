"""Read one event from a row or a request body; strict, so that what gets in is right."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any

from daogou.core.clock import DAY_US, SECOND_US
from daogou.core.errors import InvalidField
from daogou.core.types import Consent, Event, EventLine
from daogou.data.ingest import fields
from daogou.data.ingest.context import read_context
from daogou.data.ingest.defaults import Defaults
from daogou.data.ingest.event_names import event_name
from daogou.data.ingest.identity import NumberOff, content_digest, event_id_of
from daogou.data.ingest.moments import read_moment
from daogou.data.ingest.money import read_currency, read_price, to_minor
from daogou.privacy.consent import read_consent
from daogou.privacy.mask import mask_contacts

LINE_FIELDS = frozenset({"item_id", "quantity", "price", "price_minor", "index", "propensity"})
IGNORED_LINE_FIELDS = frozenset(
    (
        "item_name", "item_brand", "item_variant", "item_category", "item_category2", "item_category3",
        "item_category4", "item_category5", "affiliation", "coupon", "currency", "creative_name",
        "creative_slot", "discount", "item_list_id", "item_list_name", "location_id", "promotion_id",
        "promotion_name",
    )
)  # fmt: skip
"""What a shop's existing gtag calls carry per item; the catalogue already knows it."""
EVENT_FIELDS = LINE_FIELDS | frozenset(
    (
        "event_id", "event_name", "timestamp", "user_id", "visitor_id", "session_id", "recommendation_id",
        "placement", "items", "search_term", "transaction_id", "value", "value_minor", "currency", "rating",
        "coupon", "consent", "context", "experiment", "tax", "shipping", "affiliation",
    )
)  # fmt: skip
NEEDS_ITEMS = frozenset(
    (
        "view_item", "select_item", "add_to_wishlist", "add_to_cart", "remove_from_cart", "purchase",
        "rate_item", "dislike_item", "undo_dislike_item", "view_portion", "impression",
    )
)  # fmt: skip
MOST_LINES = 1_000
MOST_PIECES = 1_000_000

_NOBODY: tuple[str | None, str | None, str | None] = (None, None, None)
_SILENT = Consent()


def parse_event(raw: Mapping[str, object], defaults: Defaults, now_us: int) -> Event:
    """One event from its JSON shape, or from a flat row with item_id, quantity and price beside the rest.

    Raises InvalidField with the path, the value and what is allowed.
    """
    return read_event(raw, defaults, now_us)


def read_event(
    raw: Mapping[str, object],
    defaults: Defaults,
    now_us: int,
    units: MutableMapping[str, int] | None = None,
    number_off: NumberOff | None = None,
) -> Event:
    """`parse_event` for importers.

    units       counts how times were written
    number_off  tells equal events without an id apart
    """
    fields.only_known(raw, EVENT_FIELDS)
    get = raw.get
    written = fields.required(raw, "event_name")
    name = event_name(written)
    at_us, unit = _when(fields.required(raw, "timestamp"), defaults, now_us)
    if units is not None:
        units[unit] = units.get(unit, 0) + 1
    stated = get("currency")
    currency = defaults.currency if stated is None else read_currency(stated, "currency")
    lines, currency_seen = _lines(raw, name, currency, stated is not None)
    value_minor = _value(raw, currency_seen or currency, stated is not None)
    has_money = stated is not None or value_minor is not None or any(line.price_minor is not None for line in lines)
    who = _who(raw, defaults)
    recommendation_id = (
        None if get("recommendation_id") is None else fields.identifier(get("recommendation_id"), "recommendation_id")
    )
    placement = None if get("placement") is None else fields.identifier(get("placement"), "placement")
    transaction_id = (
        None if get("transaction_id") is None else fields.identifier(get("transaction_id"), "transaction_id")
    )
    coupon = None if get("coupon") is None else fields.identifier(get("coupon"), "coupon")
    search = get("search_term")
    search_term = (
        None if search is None else mask_contacts(fields.text(search, "search_term", longest=1_000, empty=True))
    )
    rating = _rating(raw, name)
    consent = get("consent")
    context = read_context(raw, name, written)
    event_id = get("event_id")
    if event_id is None:
        rest = (transaction_id, value_minor, rating, search_term, recommendation_id, placement, coupon)
        digest = content_digest(name, at_us, who, lines, rest, context)
        event_id = event_id_of(digest, at_us, 0 if number_off is None else number_off(digest))
    else:
        event_id = fields.identifier(event_id, "event_id")
    return Event(
        event_id,
        name,
        at_us,
        lines,
        who[0],
        who[1],
        who[2],
        recommendation_id,
        placement,
        search_term,
        transaction_id,
        value_minor,
        (currency_seen or currency) if has_money else None,
        rating,
        coupon,
        _SILENT if consent is None else read_consent(fields.mapping(consent, "consent")),
        context,
    )


def _when(value: object, defaults: Defaults, now_us: int) -> tuple[int, str]:
    at_us, unit = read_moment(value, "timestamp", defaults)
    if at_us > now_us + defaults.max_future_seconds * SECOND_US:
        allowed = f"a time at most {defaults.max_future_seconds} seconds from now"
        raise InvalidField("timestamp", value, allowed, rule="time_in_future")
    if at_us < now_us - defaults.max_age_days * DAY_US:
        raise InvalidField("timestamp", value, f"a time at most {defaults.max_age_days} days ago", rule="time_too_old")
    return at_us, unit


def _who(raw: Mapping[str, object], defaults: Defaults) -> tuple[str | None, str | None, str | None]:
    user, visitor, session = raw.get("user_id"), raw.get("visitor_id"), raw.get("session_id")
    allow = defaults.allow_contact_ids
    if user is None and visitor is None and session is None:
        return _NOBODY
    return (
        None if user is None else fields.person(user, "user_id", allow_contacts=allow),
        None if visitor is None else fields.person(visitor, "visitor_id", allow_contacts=allow),
        None if session is None else fields.person(session, "session_id", allow_contacts=allow),
    )


def _lines(
    raw: Mapping[str, object], name: str, currency: str, stated: bool
) -> tuple[tuple[EventLine, ...], str | None]:
    """The lines, and the currency their prices name where that is not the row's."""
    given = raw.get("items")
    if given is None:
        if raw.get("item_id") is not None:
            line, named = _line(raw, currency, stated)
            return (line,), named
        if name in NEEDS_ITEMS:
            raise InvalidField("items", None, f"at least one item: {name} is about an item", rule="items_required")
        return (), None
    rows = fields.structure(given, "items")
    if not isinstance(rows, list | tuple):
        raise InvalidField("items", given, 'a list, for example [{"item_id": "p1"}]', rule="not_a_list")
    if not rows and name in NEEDS_ITEMS:
        raise InvalidField("items", given, f"at least one item: {name} is about an item", rule="items_required")
    if len(rows) > MOST_LINES:
        raise InvalidField(
            "items", f"{len(rows)} items", f"at most {MOST_LINES} items in one event", rule="too_many_items"
        )
    return _read_lines(rows, currency, stated)


def _read_lines(
    rows: list[Any] | tuple[Any, ...], currency: str, stated: bool
) -> tuple[tuple[EventLine, ...], str | None]:
    lines, named = [], None
    place = 0
    try:
        for place, row in enumerate(rows):  # noqa: B007 - the place is wanted in the complaint
            if not isinstance(row, Mapping):
                raise InvalidField("item_id", row, 'an object such as {"item_id": "p1"}', rule="not_an_object")
            if not row.keys() <= LINE_FIELDS:
                fields.only_known(row, LINE_FIELDS | IGNORED_LINE_FIELDS)
            line, its = _line(row, currency, stated)
            if its is not None and its != named:
                if named is not None:
                    raise InvalidField(
                        "price", row.get("price"), f"prices in one currency: {named}", rule="currency_conflict"
                    )
                named = its
            lines.append(line)
    except InvalidField as error:
        raise error.within(f"items[{place}]") from None
    return tuple(lines), named


def _line(row: Mapping[str, object], currency: str, stated: bool) -> tuple[EventLine, str | None]:
    get = row.get
    item_id = fields.identifier(fields.required(row, "item_id"), "item_id")
    quantity, price, position, propensity = get("quantity"), get("price"), get("index"), get("propensity")
    named = None
    minor = get("price_minor")
    if minor is not None:
        minor = fields.whole(minor, "price_minor", 0, 2**53)
        if price is not None:
            raise InvalidField("price", price, "price or price_minor, not both", rule="two_prices")
    elif price is not None:
        if type(price) is float or type(price) is int:
            minor = to_minor(price, price, "price", currency)
        else:
            minor, found = read_price(price, "price", currency, stated=stated)
            named = found if found != currency else None
    line = EventLine(
        item_id,
        1 if quantity is None else _pieces(quantity),
        minor,
        None if position is None else fields.whole(position, "index", 0, 100_000),
        None if propensity is None else _propensity(propensity),
    )
    return line, named


def _pieces(value: object) -> int:
    try:
        return fields.whole(value, "quantity", 1, MOST_PIECES)
    except InvalidField as error:
        if error.rule != "out_of_range" or not float(str(value)) < 1:
            raise
        allowed = f"1 to {MOST_PIECES}; what came back is an event of its own, refund, with a quantity above 0"
        raise InvalidField("quantity", value, allowed, rule="not_positive") from None


def _propensity(value: object) -> float:
    chance = fields.number(value, "propensity", 0.0, 1.0)
    if chance == 0.0:
        raise InvalidField(
            "propensity", value, "a probability above 0: what was shown had a chance", rule="out_of_range"
        )
    return chance


def _value(raw: Mapping[str, object], currency: str, stated: bool) -> int | None:
    value, minor = raw.get("value"), raw.get("value_minor")
    if minor is not None:
        if value is not None:
            raise InvalidField("value", value, "value or value_minor, not both", rule="two_prices")
        return fields.whole(minor, "value_minor", 0, 2**53)
    if value is None:
        return None
    found, named = read_price(value, "value", currency, stated=stated)
    if named != currency:
        raise InvalidField(
            "value", value, f"an amount in {currency}, or give a currency field", rule="currency_conflict"
        )
    return found


def _rating(raw: Mapping[str, object], name: str) -> float | None:
    value = raw.get("rating")
    if name == "rate_item":
        return fields.number(fields.required(raw, "rating"), "rating", 1.0, 5.0)
    if name == "view_portion":
        return fields.number(fields.required(raw, "rating"), "rating", 0.0, 1.0)
    return None if value is None else fields.number(value, "rating", 0.0, 5.0)
