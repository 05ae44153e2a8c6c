"""What Prometheus reads."""

from __future__ import annotations

from typing import Any

from prometheus_client.parser import text_string_to_metric_families


def figures(shop: Any) -> dict[tuple[str, ...], float]:
    text = shop.client.get("/metrics").text
    return {
        (sample.name, *(value for name, value in sorted(sample.labels.items()) if name != "shop")): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_events_calls_and_slates_are_counted(shop: Any) -> None:
    events = [shop.event("a"), shop.event("b"), shop.event("a"), shop.event("c", timestamp=1)]
    shop.call("POST", "/v1/events", json={"events": events})
    shop.recommend(placement="home_for_you", visitor_id="new", limit=3)
    shop.recommend(placement="buy_again", visitor_id="new")
    seen = figures(shop)
    assert seen["daogou_events_total", "accepted"] == 2
    assert seen["daogou_events_total", "duplicate"] == 1
    assert seen["daogou_events_total", "rejected"] == 1
    assert seen["daogou_requests_total", "POST", "/v1/recommendations", "200"] == 2
    assert seen["daogou_request_seconds_count", "/v1/recommendations"] == 2
    assert seen["daogou_slates_total", "no", "home_for_you"] == 1
    assert seen["daogou_slate_places_total", "filler", "home_for_you"] == 3
    assert seen["daogou_slates_empty_total", "buy_again"] == 1
    assert seen["daogou_catalogue_items",] == 12
    assert seen["daogou_model_age_seconds",] == -1


def test_labels_do_not_grow_with_what_callers_make_up(shop: Any) -> None:
    for number in range(20):
        shop.call("GET", f"/v1/items/x{number}")
        shop.call("GET", f"/nothing-{number}.js")
        shop.call(f"METHOD{number}", "/v1/shop")
        shop.call("POST", "/v1/recommendations", json={"placement": f"made-up-{number}"})
    routes = {labels[1:] for labels in figures(shop) if labels[0] == "daogou_requests_total"}
    assert len(routes) <= 8
    assert not any("made-up" in "".join(labels) for labels in figures(shop))
