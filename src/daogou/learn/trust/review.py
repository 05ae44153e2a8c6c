"""What a training learns from: judge the shoppers, read what remains, and hold back what grows too suddenly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from daogou.core.clock import DAY_US
from daogou.core.settings import TrustSettings
from daogou.data.dataset import Dataset
from daogou.data.lake import read_dataset
from daogou.data.store.store import Store
from daogou.data.store.trust_log import Mark, pair_subject, released
from daogou.data.trust.scan import Scan, scan
from daogou.learn.trust.bursts import Burst, bursts

KNOWN_ENOUGH = 0.5
"""An item whose new shoppers were mostly there before is told and not held: so does real demand grow."""


@dataclass(frozen=True, eq=False)
class Review:
    """What was decided before a training.

    scan   what was found of shoppers; None where the filter is off
    marks  every mark that was added
    """

    scan: Scan | None
    marks: Sequence[Mark]

    def notes(self) -> list[str]:
        """One sentence for each thing a merchant should know; none where all is well."""
        said = []
        if self.scan is not None and self.scan.n_new:
            said.append(
                f"{self.scan.n_new:,} shoppers look like programs and are left out of learning and counts. "
                "See why: daogou trust report"
            )
        for kind, what in (("pair", "pairs of items"), ("item", "items")):
            if n := sum(one.kind == kind and one.state == "held" for one in self.marks):
                said.append(f"{n:,} {what} grew far beyond their own past and are held for review: daogou trust report")
        return said


def trusted_dataset(
    store: Store, files: Path, trust: TrustSettings, now_us: int, weights: Mapping[str, float]
) -> tuple[Dataset, Review]:
    """The dataset to learn from, after everything new was judged. What was released by hand stays released."""
    if not trust.filter:
        return read_dataset(store, files, weights=weights, trust=trust), Review(None, ())
    found = scan(store, files, trust, now_us)
    over = _over(store.trust.marks(), trust, now_us)
    store.trust.put(over)
    dataset = read_dataset(store, files, weights=weights, trust=trust)
    window_us = int(trust.burst_days * DAY_US)
    new = new_marks(
        bursts(dataset, window_us=window_us, least_z=trust.burst), dataset.item_ids, store.trust.marks(), now_us
    )
    store.trust.put(new)
    if any(one.state == "held" for one in new):
        dataset = read_dataset(store, files, weights=weights, trust=trust)
    return dataset, Review(found, new)


def new_marks(found: Sequence[Burst], item_ids: Sequence[str], marks: Sequence[Mark], now_us: int) -> list[Mark]:
    """A mark for every burst of something that has none yet."""
    known = {one.subject for one in marks}
    made = []
    for one in found:
        is_item = one.second < 0
        subject = item_ids[one.first] if is_item else pair_subject(item_ids[one.first], item_ids[one.second])
        if subject in known:
            continue
        grounds = (
            ("burst", one.z, 0.0),
            ("new_shoppers", float(one.new), one.expected),
            ("known", one.known, KNOWN_ENOUGH),
        )
        mark = Mark(subject, "item" if is_item else "pair", "held", grounds, now_us)
        made.append(replace(mark, state="told") if is_item and one.known >= KNOWN_ENOUGH else mark)
    return made


def _over(marks: Sequence[Mark], trust: TrustSettings, now_us: int) -> list[Mark]:
    """The words that end holds of pairs and items whose time is up."""
    if not trust.hold_days:
        return []
    until_us = int(trust.hold_days * DAY_US)
    return [
        released(one, now_us)
        for one in marks
        if one.kind != "shopper" and one.state == "held" and now_us - one.at_us >= until_us
    ]
