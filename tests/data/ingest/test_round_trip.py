"""What we export we import unchanged; and no bytes at all make an import crash."""

import contextlib
import gzip
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daogou.core.clock import standing_clock
from daogou.core.errors import DaogouError, InvalidField
from daogou.core.types import EVENT_NAMES, Consent, Event, EventLine, Item, StoreStock, User
from daogou.data.ingest.defaults import Defaults
from daogou.data.ingest.event_names import squeezed
from daogou.data.ingest.events import NEEDS_ITEMS, parse_event
from daogou.data.ingest.exports import event_row, item_row, user_row
from daogou.data.ingest.items import parse_item
from daogou.data.ingest.options import ImportOptions
from daogou.data.ingest.report import ImportReport
from daogou.data.ingest.run import import_files
from daogou.data.ingest.users import parse_user
from daogou.privacy.mask import is_contact_column

NOW_US = 1_795_255_200_000_000
CALM = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)

ids = st.from_regex(r"[A-Za-z\u4e00-\u4e20][A-Za-z0-9_./:\-\u4e00-\u4e20]{0,20}", fullmatch=True).filter(
    lambda text: text.lower() not in ("null", "none", "nan", "undefined")
)
words = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=30).filter(
    lambda text: (
        "@" not in text
        and "%40" not in text
        and not any(letter.isnumeric() for letter in text)
        and text == text.strip()
    )
)
minor = st.one_of(st.none(), st.integers(0, 2**40))
times = st.integers(100_000_000_000_000, NOW_US)
languages = st.sampled_from(["en", "zh", "pt-BR"])
currencies = st.sampled_from(["GBP", "CNY", "JPY", "KWD"])
consents = st.builds(Consent, st.sampled_from(["granted", "denied"]), st.sampled_from(["granted", "denied"]))
harmless = words.filter(lambda text: not is_contact_column(squeezed(text), of_person=True))
attributes = st.dictionaries(harmless, st.lists(words, min_size=1, max_size=3).map(tuple), max_size=3)
stocks = st.builds(
    StoreStock, ids, st.one_of(st.none(), st.integers(0, 999)), minor, st.sampled_from(["in_stock", "backorder"])
)
items = st.builds(
    Item,
    id=ids,
    title=st.dictionaries(languages, words, min_size=1),
    group_id=st.one_of(st.none(), ids),
    kind=st.sampled_from(["product", "coupon", "bundle", "article", "course", "financial_product"]),
    description=st.dictionaries(languages, words),
    url=st.one_of(st.none(), st.just("https://shop.example/p?a=1"), st.just("/p/1")),
    images=st.lists(st.sampled_from(["/1.jpg", "https://shop.example/2.jpg"]), max_size=2).map(tuple),
    price_minor=minor,
    list_price_minor=minor,
    cost_minor=minor,
    currency=currencies,
    availability=st.sampled_from(["in_stock", "out_of_stock", "preorder", "backorder"]),
    brand=st.one_of(st.none(), words),
    categories=st.lists(st.lists(words, min_size=1, max_size=3).map(tuple), max_size=2, unique=True).map(tuple),
    tags=st.lists(words, max_size=3).map(tuple),
    attributes=attributes,
    stores=st.lists(stocks, max_size=2).map(tuple),
    created_at_us=st.one_of(st.none(), times),
    available_at_us=st.one_of(st.none(), times),
    expires_at_us=st.one_of(st.none(), times),
    rating=st.one_of(st.none(), st.floats(1, 5)),
    is_hidden=st.booleans(),
)
lines = st.builds(
    EventLine, ids, st.integers(1, 999), minor, st.one_of(st.none(), st.integers(0, 99)),
    st.one_of(st.none(), st.floats(0.001, 1)),
)  # fmt: skip
ratings = {"rate_item": st.floats(1, 5), "view_portion": st.floats(0, 1)}


@st.composite
def events(draw: st.DrawFn) -> Event:
    name = draw(st.sampled_from(EVENT_NAMES))
    some_lines = draw(st.lists(lines, min_size=1 if name in NEEDS_ITEMS else 0, max_size=3).map(tuple))
    value = draw(minor)
    has_money = value is not None or any(line.price_minor is not None for line in some_lines)
    maybe = st.one_of(st.none(), ids)
    return Event(
        event_id=draw(ids), name=name, at_us=draw(times), lines=some_lines, user_id=draw(maybe), visitor_id=draw(maybe),
        session_id=draw(maybe), recommendation_id=draw(maybe), placement=draw(maybe),
        search_term=draw(st.one_of(st.none(), words)), transaction_id=draw(maybe), value_minor=value,
        currency=draw(currencies) if has_money else None, rating=draw(ratings.get(name, st.none())), coupon=draw(maybe),
        consent=draw(consents), context=draw(st.dictionaries(words, st.one_of(words, st.integers(), st.booleans()))),
    )  # fmt: skip


@CALM
@given(items)
def test_an_exported_item_is_read_back_unchanged(item: Item) -> None:
    assert parse_item(json.loads(json.dumps(item_row(item))), Defaults()) == item


@CALM
@given(st.builds(User, ids, attributes, consents, st.lists(ids, max_size=3).map(tuple), st.one_of(st.none(), times)))
def test_an_exported_user_is_read_back_unchanged(user: User) -> None:
    assert parse_user(json.loads(json.dumps(user_row(user))), Defaults()) == user


@CALM
@given(events())
def test_an_exported_event_is_read_back_unchanged(event: Event) -> None:
    assert parse_event(json.loads(json.dumps(event_row(event))), Defaults(), NOW_US) == event


@settings(CALM, max_examples=25)
@given(st.lists(events(), min_size=1, max_size=5, unique_by=lambda event: event.event_id))
def test_a_file_of_exported_events_is_imported_unchanged(new_shelf: Any, some: list[Event]) -> None:
    shelf = new_shelf()
    report = imported("".join(json.dumps(event_row(event)) + "\n" for event in some).encode(), shelf)
    assert report.rejected_by_rule == {}
    assert list(shelf.events.values()) == some


AT = "2020-01-01"
json_values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=8),
        st.sampled_from([AT, "p1"]),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("parse", "fields"),
    [
        (
            lambda raw: parse_event(raw, Defaults(), NOW_US),
            ["event_name", "timestamp", "items", "item_id", "context", "value", "consent"],
        ),
        (
            lambda raw: parse_item(raw, Defaults()),
            ["id", "title", "price", "categories", "attributes", "stores", "images", "tags"],
        ),
        (lambda raw: parse_user(raw, Defaults()), ["id", "attributes", "friends", "consent", "created_at"]),
    ],
)  # fmt: skip
def test_no_json_value_makes_a_parser_raise_anything_but_an_invalid_field(parse: Any, fields: list[str]) -> None:
    valid = {"event_name": "view_item", "timestamp": AT, "item_id": "p1", "id": "p1", "title": "x"}
    good = {name: valid[name] for name in fields if name in valid}

    @CALM
    @given(st.dictionaries(st.sampled_from(fields), json_values))
    def check(raw: dict[str, Any]) -> None:
        with contextlib.suppress(InvalidField):
            assert parse({**good, **raw}) is not None

    check()


def imported(raw: bytes, shelf: Any) -> ImportReport:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(raw)
        options = ImportOptions(clock=standing_clock(NOW_US), reject_folder=Path(folder) / "rejected")
        return import_files(shelf, [path], options)


starts = st.sampled_from(
    [b"", b"{", b"[", b'[{"', b"PAR1", b"\x1f\x8b\x08\x00", b"\x28\xb5\x2f\xfd", b"event,item_id,user_id,time\n",
     b'{"event_name":"view_item","timestamp":"2020-01-01","item_id":"p1"}\n', b"id,title\n", b'{"events":[{',
     b"\xef\xbb\xbf"]
)  # fmt: skip
packs = st.sampled_from([bytes, lambda raw: gzip.compress(raw, mtime=0), zstandard.compress])


@settings(CALM, max_examples=300)
@given(
    starts,
    st.one_of(st.binary(max_size=300), st.text(max_size=100).map(lambda text: text.encode("utf-8", "ignore"))),
    packs,
)
def test_no_bytes_make_an_import_crash(new_shelf: Any, start: bytes, rest: bytes, pack: Any) -> None:
    shelf = new_shelf()
    try:
        report = imported(pack(start + rest), shelf)
    except DaogouError:
        assert not shelf.events
    else:
        assert report.rows == report.rejected + report.accepted + report.duplicates + sum(report.skipped.values())
