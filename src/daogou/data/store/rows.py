"""Between our words and table rows: events, items, users and slates to tuples, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np

from daogou.core.errors import InvalidInput
from daogou.core.types import (
    EVENT_NAMES,
    EVENT_NUMBER,
    PAST_EVENTS,
    Consent,
    Event,
    EventLine,
    HistoryRow,
    Item,
    Seen,
    User,
)
from daogou.data.store.store import USER_PREFIX, VISITOR_PREFIX, EventRow, ServedItem, ServedSlate, Showing

EVENT_COLUMNS = (
    "event_id",
    "name",
    "at_us",
    "person",
    "visitor_id",
    "session_id",
    "recommendation_id",
    "placement",
    "search_term",
    "transaction_id",
    "value_minor",
    "currency",
    "rating",
    "coupon",
    "denied",
    "context",
    "past_lines",
    "lines",
)
"""What `event_row` gives; rows that are read have `seq` before these."""

HAPPENED_COLUMNS = ("seq", "name", "at_us", "denied", "person", "session_id", "context", "lines")
"""What counting needs of an event."""

NAMING = (
    "person",
    "visitor_id",
    "session_id",
    "recommendation_id",
    "search_term",
    "transaction_id",
    "coupon",
    "context",
)
"""Columns that may lead back to a person; emptied when one is forgotten."""

LineRow = tuple[str, int, int | None, int | None, float | None]
"""item_id, quantity, price_minor, position, propensity."""

PERSONALIZATION_DENIED, ANALYTICS_DENIED = 1, 2


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise InvalidInput(f"{type(value).__name__} cannot be stored; use text, numbers, lists and objects.")


PastRow = tuple[int, int, str | None, int, str]
"""at_us, name, transaction_id, past_lines, lines: what a person's past needs of an event."""

_encode = msgspec.json.Encoder(enc_hook=_plain).encode
_decode_context = msgspec.json.Decoder(dict[str, Any]).decode
_decode_item = msgspec.json.Decoder(Item).decode
_decode_user = msgspec.json.Decoder(User).decode


class _ServedText(msgspec.Struct, array_like=True, gc=False):
    """One place; what was logged before scores and reasons were has none."""

    item_id: str
    position: int
    propensity: float | None = None
    source: str | None = None
    score: float | None = None
    reason: str | None = None


_decode_served = msgspec.json.Decoder(list[_ServedText]).decode
decode_lines = msgspec.json.Decoder(list[LineRow]).decode
decode_many_lines = msgspec.json.Decoder(list[list[LineRow]]).decode


def event_row(event: Event) -> EventRow:
    """One event as EVENT_COLUMNS; without consent it names nobody."""
    number = EVENT_NUMBER.get(event.name)
    if number is None:
        raise InvalidInput(f"No event is called {event.name!r}. Known: {', '.join(EVENT_NAMES)}.")
    consent = event.consent
    person = visitor = session = None
    denied = ANALYTICS_DENIED if consent.analytics == "denied" else 0
    if consent.personalization == "denied":
        denied |= PERSONALIZATION_DENIED
    else:
        session = event.session_id
        if event.user_id:
            person, visitor = USER_PREFIX + event.user_id, event.visitor_id
        elif event.visitor_id:
            person = VISITOR_PREFIX + event.visitor_id
    lines = event.lines
    return (
        event.event_id,
        number,
        event.at_us,
        person,
        visitor,
        session,
        event.recommendation_id,
        event.placement,
        event.search_term,
        event.transaction_id,
        event.value_minor,
        event.currency,
        event.rating,
        event.coupon,
        denied,
        _encode(event.context).decode() if event.context else None,
        len(lines) if person is not None and event.name in PAST_EVENTS else 0,
        _encode([(one.item_id, one.quantity, one.price_minor, one.position, one.propensity) for one in lines]).decode()
        if lines
        else None,
    )


def event_rows(events: Iterable[Event]) -> list[EventRow]:
    """`event_row` of each. Raises InvalidInput for an event that cannot be stored."""
    try:
        return [event_row(event) for event in events]
    except (TypeError, UnicodeEncodeError, msgspec.MsgspecError) as error:
        raise InvalidInput(f"An event cannot be stored: {error}") from error


def event_of(row: EventRow) -> tuple[int, Event]:
    """A row that was read, as (seq, event)."""
    seq, event_id, name, at_us, person, visitor, session, recommendation, placement, term, transaction = row[:11]
    value_minor, currency, rating, coupon, denied, context, _, lines = row[11:]
    user_id = person.removeprefix(USER_PREFIX) if person is not None and person.startswith(USER_PREFIX) else None
    if person is not None and person.startswith(VISITOR_PREFIX):
        visitor = person.removeprefix(VISITOR_PREFIX)
    return seq, Event(
        event_id=event_id,
        name=EVENT_NAMES[name],
        at_us=at_us,
        lines=tuple(EventLine(*line) for line in decode_lines(lines)) if lines else (),
        user_id=user_id,
        visitor_id=visitor,
        session_id=session,
        recommendation_id=recommendation,
        placement=placement,
        search_term=term,
        transaction_id=transaction,
        value_minor=value_minor,
        currency=currency,
        rating=rating,
        coupon=coupon,
        consent=Consent(
            personalization="denied" if denied & PERSONALIZATION_DENIED else "granted",
            analytics="denied" if denied & ANALYTICS_DENIED else "granted",
        ),
        context=_decode_context(context) if context else {},
    )


def history_of(past: Sequence[PastRow]) -> list[HistoryRow]:
    """The lines of these events, in their order."""
    lines_of = decode_many_lines("[" + ",".join([row[4] for row in past]) + "]")
    return [
        HistoryRow(EVENT_NAMES[name], line[0], at_us, line[1], transaction_id)
        for (at_us, name, transaction_id, _, _), lines in zip(past, lines_of, strict=True)
        for line in lines
    ]


def body_of(value: Item | User) -> str:
    """An item or user as JSON text."""
    try:
        return _encode(value).decode()
    except (TypeError, UnicodeEncodeError, msgspec.MsgspecError) as error:
        raise InvalidInput(f"{type(value).__name__} {value.id!r} cannot be stored: {error}") from error


def item_of(body: str) -> Item:
    """An item from its JSON text."""
    return _decode_item(body)


def user_of(body: str) -> User:
    """A user from its JSON text."""
    return _decode_user(body)


def slate_row(slate: ServedSlate) -> tuple[Any, ...]:
    """recommendation_id, placement, at_us, person, items, seen, release, took_us."""
    items = [_place_of(one) for one in slate.items]
    seen = None if slate.seen is None else seen_text(slate.seen)
    told = _encode(items).decode(), seen, slate.release, slate.took_us
    return slate.recommendation_id, slate.placement, slate.at_us, slate.person, *told


def _place_of(one: ServedItem) -> tuple[Any, ...]:
    """A place as it is kept: without score and reason where there are none."""
    place = (one.item_id, one.position, one.propensity, one.source)
    return place if one.score is None and one.reason is None else (*place, one.score, one.reason)


def slate_of(row: Sequence[Any]) -> ServedSlate:
    """A slate from recommendation_id, placement, at_us, person, items, seen, release, took_us."""
    recommendation_id, placement, at_us, person, items, seen, release, took_us = row
    served = tuple(
        ServedItem(one.item_id, one.position, one.propensity, one.source, one.score, one.reason)
        for one in _decode_served(items)
    )
    known = None if seen is None else seen_of(seen, len(served))
    return ServedSlate(recommendation_id, placement, at_us, person, served, known, release, took_us)


class _SeenText(msgspec.Struct):
    """features: half precision, row by row; history: 32-bit numbers; both little-endian, as base64."""

    features: bytes
    history: bytes
    circumstances: dict[str, str] = {}


_decode_seen = msgspec.json.Decoder(_SeenText).decode


def seen_text(seen: Seen) -> str:
    """What was known, as JSON text."""
    features, history = seen.features.astype("<f2").tobytes(), seen.history.astype("<i4").tobytes()
    return _encode(_SeenText(features, history, dict(seen.circumstances))).decode()


def seen_of(text: str, n_items: int) -> Seen:
    """What was known of a list of so many items, from its JSON text."""
    found = _decode_seen(text)
    features = np.frombuffer(found.features, "<f2").astype(np.float32).reshape(n_items, -1)
    return Seen(features, np.frombuffer(found.history, "<i4").astype(np.int32), found.circumstances)


def showing_of(row: Sequence[Any]) -> Showing:
    """What was shown, from at_us, items."""
    at_us, items = row
    return Showing(at_us, tuple(one.item_id for one in _decode_served(items)))
