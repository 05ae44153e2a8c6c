"""What a person should take away from what shoppers did with the lists they were shown."""

from __future__ import annotations

from collections.abc import Iterator

from daogou.learn.evaluation.findings import Finding, finding, in_order
from daogou.learn.evaluation.served import Part, Served

FEW_CLICKS = 100
MANY_DISLIKES = 0.01
HALF = 0.5


def findings_of_served(served: Served) -> list[Finding]:
    """Most pressing first."""
    rules = (_basis, _sample, _clicks, _weak_placement, _place, _dislikes, _releases)
    return in_order([one for rule in rules for one in rule(served)])


def _basis(served: Served) -> Iterator[Finding]:
    if not served.has_impressions:
        yield finding("act", "no_impressions", "served")


def _sample(served: Served) -> Iterator[Finding]:
    clicks = served.whole.counts["was_clicked"]
    if clicks < FEW_CLICKS:
        yield finding("watch", "few_clicks", "served", clicks=clicks)


def _clicks(served: Served) -> Iterator[Finding]:
    rates, counts = served.whole.rates, served.whole.counts
    seen, sent = {"en": "seen", "zh": "被看到"}, {"en": "served", "zh": "下发"}
    yield finding(
        "know",
        "clicks",
        "served",
        shown=seen if served.has_impressions else sent,
        clicked=1000 * rates["ctr"].mean,
        low=1000 * rates["ctr"].low,
        high=1000 * rates["ctr"].high,
        bought=1000 * rates["purchase_rate"].mean,
        days=served.window_days,
        n=counts["was_bought"],
    )


def _weak_placement(served: Served) -> Iterator[Finding]:
    """The placement with most places among those surely clicked less than half as often as all lists are."""
    whole = served.whole.rates["ctr"]
    weak = [one for one in served.of("placement") if one.is_seen and one.rates["ctr"].high < HALF * whole.low]
    for one in weak[:1]:
        yield finding("watch", "weak_placement", "served", name=one.name, rate=one.rates["ctr"].mean, whole=whole.mean)


def _place(served: Served) -> Iterator[Finding]:
    last = served.place_effects[-1] if served.place_effects else None
    if last is not None and last.ratio.high < 1.0:
        low, high = last.ratio.low, last.ratio.high
        yield finding(
            "know", "position_bias", "places", ratio=last.ratio.mean, low=low, high=high, place=last.place + 1
        )


def _dislikes(served: Served) -> Iterator[Finding]:
    for one in served.of("placement"):
        rate = one.rates["dislike_rate"]
        if rate.low > MANY_DISLIKES:
            yield finding("act", "dislikes", "served", name=one.name, rate=rate.mean)


def _releases(served: Served) -> Iterator[Finding]:
    releases = served.of("release")
    if len(releases) < 2 or not _differ(*releases[-2:]):
        return
    before, last = releases[-2:]
    new, old = last.rates["ctr"].mean, before.rates["ctr"].mean
    values = {"last": last.name, "before": before.name, "new": new, "old": old}
    if new > old:
        yield finding("good", "release_better", "served", **values)
    else:
        yield finding("watch", "release_worse", "served", **values)


def _differ(one: Part, other: Part) -> bool:
    """Whether the intervals of the click rate lie apart: stricter than a test of the difference."""
    left, right = one.rates["ctr"], other.rates["ctr"]
    return left.high < right.low or right.high < left.low
