import json
from pathlib import Path

import pytest

from daogou.core.errors import InvalidField
from daogou.core.types import EVENT_NAMES, Consent, Event, EventLine
from daogou.data.ingest.defaults import Defaults
from daogou.data.ingest.event_names import ALIASES, event_name
from daogou.data.ingest.events import EVENT_FIELDS, parse_event, read_event
from daogou.data.ingest.identity import Occurrences

AT = "2026-11-21T09:00:00Z"
AT_US = 1_795_251_600_000_000


def refusal(raw: dict[str, object], now_us: int) -> InvalidField:
    with pytest.raises(InvalidField) as caught:
        parse_event(raw, Defaults(), now_us)
    return caught.value


def test_a_whole_event_is_read_field_by_field(now_us: int) -> None:
    raw = {
        "event_id": "e1", "event_name": "purchase", "timestamp": AT, "user_id": "u1", "visitor_id": "v1",
        "session_id": "s1", "recommendation_id": "r1", "placement": "cart_addon", "transaction_id": "t1",
        "items": [{"item_id": "p1", "quantity": 2, "price": 19.9, "index": 3, "propensity": 0.25}],
        "value": 39.8, "currency": "CNY", "coupon": "c1", "context": {"device": "phone"},
        "consent": {"personalization": "denied"},
    }  # fmt: skip
    assert parse_event(raw, Defaults(), now_us) == Event(
        event_id="e1", name="purchase", at_us=AT_US, user_id="u1", visitor_id="v1", session_id="s1",
        lines=(EventLine("p1", 2, 1990, 3, 0.25),), recommendation_id="r1", placement="cart_addon",
        transaction_id="t1", value_minor=3980, currency="CNY", coupon="c1", context={"device": "phone"},
        consent=Consent(personalization="denied"),
    )  # fmt: skip


def test_a_flat_row_is_an_event_with_one_line(now_us: int) -> None:
    raw = {"event_id": "e1", "event_name": "purchase", "timestamp": "1795251600", "item_id": "p1", "quantity": "2",
           "price": "12.50"}  # fmt: skip
    event = parse_event(raw, Defaults(currency="EUR"), now_us)
    assert (event.at_us, event.lines, event.currency) == (AT_US, (EventLine("p1", 2, 1250),), "EUR")


@pytest.mark.parametrize(("name", "aliases"), ALIASES.items())
def test_every_alias_is_understood_in_any_case(name: str, aliases: tuple[str, ...]) -> None:
    for alias in aliases:
        assert event_name(alias) == event_name(alias.upper()) == event_name(f" {alias} ") == name


@pytest.mark.parametrize("name", EVENT_NAMES)
def test_our_own_names_stay_as_they_are(name: str) -> None:
    assert event_name(name) == name


def test_the_original_word_of_an_event_is_kept(now_us: int) -> None:
    event = parse_event({"event_name": "View", "timestamp": AT, "item_id": "p1"}, Defaults(), now_us)
    assert (event.name, event.context) == ("view_item", {"event_text": "View"})


def test_an_unknown_event_name_gets_a_suggestion(now_us: int) -> None:
    error = refusal({"event_name": "purchse", "timestamp": AT, "item_id": "p1"}, now_us)
    assert error.rule == "unknown_event"
    assert error.allowed.startswith("'purchase' if that was meant")


@pytest.mark.parametrize(
    ("change", "field", "rule"),
    [
        ({"event_name": None}, "event_name", "required"),
        ({"timestamp": None}, "timestamp", "required"),
        ({"timestamp": "soon"}, "timestamp", "not_a_time"),
        ({"timestamp": "2026-11-21T10:06:00Z"}, "timestamp", "time_in_future"),
        ({"timestamp": "1920-01-01"}, "timestamp", "time_too_old"),
        ({"userId": "u1"}, "userId", "unknown_field"),
        ({"user_id": ""}, "user_id", "empty_id"),
        ({"user_id": "undefined"}, "user_id", "placeholder_id"),
        ({"user_id": "a\tb"}, "user_id", "control_character"),
        ({"user_id": "x" * 257}, "user_id", "id_too_long"),
        ({"user_id": True}, "user_id", "not_text"),
        ({"user_id": {"a": 1}}, "user_id", "not_text"),
        ({"user_id": "\ud800"}, "user_id", "control_character"),
        ({"items": []}, "items", "items_required"),
        ({"items": None}, "items", "items_required"),
        ({"items": "p1"}, "items", "not_a_list"),
        ({"items": ["p1"]}, "items[0].item_id", "not_an_object"),
        ({"items": [{"item_id": "p1"}, {"quantity": 1}]}, "items[1].item_id", "required"),
        ({"items": [{"item_id": "p1", "quantity": 0}]}, "items[0].quantity", "not_positive"),
        ({"items": [{"item_id": "p1", "quantity": 1.5}]}, "items[0].quantity", "not_whole"),
        ({"items": [{"item_id": "p1", "quantity": "two"}]}, "items[0].quantity", "not_a_number"),
        ({"items": [{"item_id": "p1", "price": -1}]}, "items[0].price", "negative_price"),
        ({"items": [{"item_id": "p1", "price": 1, "price_minor": 100}]}, "items[0].price", "two_prices"),
        ({"items": [{"item_id": "p1", "propensity": 0}]}, "items[0].propensity", "out_of_range"),
        ({"items": [{"item_id": "p1", "propensity": 1.1}]}, "items[0].propensity", "out_of_range"),
        ({"items": [{"item_id": "p1", "colour": "red"}]}, "items[0].colour", "unknown_field"),
        ({"items": [{"item_id": "p1"}] * 1001}, "items", "too_many_items"),
        ({"items": [{"item_id": "p1", "price": "1 USD"}, {"item_id": "p2", "price": "1 EUR"}]},
         "items[1].price", "currency_conflict"),
        ({"currency": "POUND"}, "currency", "not_a_currency"),
        ({"value": "many"}, "value", "not_a_price"),
        ({"consent": {"personalization": "perhaps"}}, "consent.personalization", "unknown_word"),
        ({"consent": "granted"}, "consent", "not_an_object"),
        ({"context": [1]}, "context", "not_an_object"),
        ({"context": {"a": "x" * 30_000}}, "context", "context_too_long"),
        ({"context": {"a": {"b": {"c": {"d": {"e": {"f": {"g": {"h": 1}}}}}}}}}, "context", "context_too_deep"),
        ({"context": {"a": "nul\0"}}, "context", "nul_byte"),
        ({"context": {"a": "\udc00"}}, "context", "not_unicode"),
        ({"context": {"a": float("nan")}}, "context", "out_of_range"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named_with_its_path_and_rule(
    change: dict[str, object], field: str, rule: str, now_us: int
) -> None:
    raw: dict[str, object] = {
        "event_id": "e1",
        "event_name": "view_item",
        "timestamp": AT,
        "items": [{"item_id": "p1"}],
    }
    error = refusal({**raw, **change}, now_us)
    assert (error.field, error.rule) == (field, rule)


def test_a_misspelt_field_gets_a_suggestion(now_us: int) -> None:
    error = refusal({"event_name": "view_item", "timestamp": AT, "item_id": "p1", "visitorid": "v"}, now_us)
    assert error.allowed == "'visitor_id' if that was meant"


def test_a_rating_must_be_one_to_five_stars_and_a_portion_up_to_one(now_us: int) -> None:
    stars = {"event_name": "rate_item", "timestamp": AT, "item_id": "p1"}
    assert parse_event({**stars, "rating": "4.5"}, Defaults(), now_us).rating == 4.5
    assert refusal(stars, now_us).rule == "required"
    assert refusal({**stars, "rating": 0.5}, now_us).rule == "out_of_range"
    assert refusal({**stars, "event_name": "view_portion", "rating": 1.5}, now_us).rule == "out_of_range"


def test_an_e_mail_address_is_no_user_id_and_is_not_repeated_in_the_message(now_us: int) -> None:
    for contact in ("jo.bloggs@example.org", "+44 20 7946 0958", "13800138000", "jo%40example.org"):
        error = refusal({"event_name": "search", "timestamp": AT, "user_id": contact}, now_us)
        assert error.rule == "contact_data"
        assert contact not in str(error)
    raw = {"event_name": "search", "timestamp": AT, "user_id": "13800138000"}
    assert parse_event(raw, Defaults(allow_contact_ids=True), now_us).user_id == "13800138000"
    with pytest.raises(InvalidField):
        parse_event({**raw, "user_id": "jo@example.org"}, Defaults(allow_contact_ids=True), now_us)


@pytest.mark.parametrize("quantity", ["many", "1,5", "nan", 1.5])
def test_a_wrong_quantity_is_told_its_bounds(now_us: int, quantity: object) -> None:
    line = {"event_name": "purchase", "timestamp": AT, "item_id": "p1", "transaction_id": "1", "quantity": quantity}
    assert refusal(line, now_us).allowed == "a whole number from 1 to 1000000"


def test_contacts_typed_into_the_search_box_are_masked(now_us: int) -> None:
    raw = {"event_name": "search", "timestamp": AT, "search_term": "mug for jo@example.org 13800138000",
           "context": {"page": "/find?q=jo@example.org", "deep": [{"x": "call +44 20 7946 0958"}]}}  # fmt: skip
    event = parse_event(raw, Defaults(), now_us)
    assert event.search_term == "mug for [email] [phone]"
    assert event.context == {"page": "/find?q=[email]", "deep": [{"x": "call [phone]"}]}


def test_the_items_of_existing_tags_are_taken_as_they_are(now_us: int) -> None:
    item = {"item_id": "p1", "item_name": "Mug", "item_brand": "B", "item_category": "Kitchen", "item_variant": "red",
            "price": 4.5, "quantity": 1, "index": 2, "discount": 1, "item_list_id": "home"}  # fmt: skip
    event = parse_event({"event_name": "select_item", "timestamp": AT, "items": [item]}, Defaults(), now_us)
    assert event.lines == (EventLine("p1", 1, 450, 2),)


def test_price_text_that_names_a_currency_sets_the_events_currency(now_us: int) -> None:
    raw = {"event_name": "purchase", "timestamp": AT, "item_id": "p1", "price": "1500 JPY"}
    event = parse_event(raw, Defaults(), now_us)
    assert (event.lines[0].price_minor, event.currency) == (1500, "JPY")


def test_an_event_without_money_has_no_currency(now_us: int) -> None:
    assert (
        parse_event({"event_name": "view_item", "timestamp": AT, "item_id": "p1"}, Defaults(), now_us).currency is None
    )


def test_an_event_without_an_id_gets_one_from_its_content(now_us: int) -> None:
    raw = {"event_name": "view_item", "timestamp": AT, "item_id": "p1", "user_id": "u1"}
    first = parse_event(raw, Defaults(), now_us).event_id
    in_seconds = {**raw, "timestamp": 1795251600, "event_name": "View", "items": [{"item_id": "p1"}]}
    del in_seconds["item_id"]
    assert parse_event(in_seconds, Defaults(), now_us).event_id == first
    for change in ({"item_id": "p2"}, {"user_id": "u2"}, {"quantity": 2}, {"timestamp": "2026-11-21T09:00:01Z"},
                   {"context": {"page": "a"}}, {"placement": "home"}, {"price": 1}):  # fmt: skip
        assert parse_event({**raw, **change}, Defaults(), now_us).event_id != first


def test_ids_do_not_depend_on_the_order_of_the_context(now_us: int) -> None:
    raw = {"event_name": "search", "timestamp": AT}
    one = parse_event({**raw, "context": {"a": "1", "b": "2"}}, Defaults(), now_us)
    other = parse_event({**raw, "context": {"b": "2", "a": "1"}}, Defaults(), now_us)
    assert one.event_id == other.event_id


def test_twins_in_one_source_get_different_ids_and_the_same_ones_again(now_us: int) -> None:
    raw = {"event_name": "view_item", "timestamp": AT, "item_id": "p1"}

    def ids() -> list[str]:
        occurrences = Occurrences()
        return [read_event(raw, Defaults(), now_us, None, occurrences).event_id for _ in range(3)]

    first = ids()
    assert len(set(first)) == 3
    assert ids() == first


def test_the_event_schema_lists_the_fields_the_parser_knows() -> None:
    schema = json.loads((Path(__file__).parents[3] / "contracts/event.schema.json").read_text())
    assert set(schema["properties"]) == EVENT_FIELDS
