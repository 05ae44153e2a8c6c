"""With personalisation off two shoppers are the same shopper, and nobody's past is read."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

PLACEMENTS = ("home_for_you", "trending", "item_similar", "new_arrivals", "cart_addon", "recently_viewed", "buy_again")
PERSONAL_READS = ("history", "past_stamp", "decisions", "showings")


@pytest.fixture
def two_shoppers(shop: Any) -> Any:
    """Two users who did opposite things."""
    events = [
        shop.event(f"{user}-{number}", user_id=user, event_name="add_to_cart", items=[{"item_id": f"p{number}"}])
        for user, parity in (("even", 0), ("odd", 1))
        for number in range(parity, 12, 2)
    ]
    assert shop.call("POST", "/v1/events", json={"events": events}).json()["accepted"] == len(events)
    return shop


@pytest.fixture
def reads(two_shoppers: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the reads of a shopper's past, as they happen."""
    seen: list[str] = []
    store = two_shoppers.client.app.state.service.shop.store
    for name in PERSONAL_READS:
        real = getattr(store, name)

        def spy(*arguments: Any, name: str = name, real: Any = real) -> Any:
            if arguments[0]:  # asked about anybody at all
                seen.append(name)
            return real(*arguments)

        monkeypatch.setattr(store, name, spy)
    return seen


def as_shown(answer: dict[str, Any]) -> bytes:
    """The answer as bytes, without its own name and the time that it took."""
    return msgspec.json.encode(
        {key: one for key, one in answer.items() if key not in ("recommendation_id", "latency_ms")}
    )


@pytest.mark.parametrize("placement", PLACEMENTS)
def test_two_shoppers_get_byte_equal_lists_and_no_past_is_read(
    two_shoppers: Any, reads: list[str], placement: str
) -> None:
    question = {"placement": placement, "item_ids": ["p3"], "cart": ["p4"], "personalize": False}
    lists = {as_shown(two_shoppers.recommend(**question, user_id=user)) for user in ("even", "odd", "nobody")}
    assert len(lists) == 1
    assert reads == []


def test_the_spy_sees_a_past_that_is_read(two_shoppers: Any, reads: list[str]) -> None:
    two_shoppers.recommend(placement="home_for_you", user_id="even")
    assert "past_stamp" in reads


def test_a_refusal_in_the_shoppers_record_acts_on_the_next_request(two_shoppers: Any, reads: list[str]) -> None:
    question = {"placement": "recently_viewed"}
    assert two_shoppers.recommend(**question, user_id="even")["personalized"]
    users = [{"id": user, "consent": {"personalization": "denied"}} for user in ("even", "odd")]
    assert two_shoppers.call("PUT", "/v1/users", json={"users": users}).status_code == 200
    reads.clear()
    lists = {as_shown(two_shoppers.recommend(**question, user_id=user)) for user in ("even", "odd")}
    assert len(lists) == 1
    assert reads == []


def test_an_explanation_without_personalisation_reads_no_past(two_shoppers: Any, reads: list[str]) -> None:
    question = {"placement": "home_for_you", "item_id": "p1", "user_id": "even", "personalize": False}
    answer = two_shoppers.call("POST", "/v1/explain", json=question)
    assert answer.status_code == 200
    assert answer.json()["history"] == []
    assert reads == []
