"""What a feed's readers will miss or refuse, counted per kind of item, with examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from daogou.core.protocols import Progress, silent
from daogou.core.types import Item
from daogou.decide.shop import Shop
from daogou.serve.feeds.feed import Format, Level, Need, lacking
from daogou.serve.feeds.walk import by_product, shown
from daogou.serve.offers.gtin import read_gtin
from daogou.serve.offers.offer import GTIN_NAMES, Offer, Teller, offer_of
from daogou.serve.offers.variants import options_of

EXAMPLES = 5
LONG_TITLE = 150
TELL_EVERY = 1_000


@dataclass(frozen=True, slots=True)
class Lack:
    """So many items of a kind lack a field; a required one keeps them out of the feed."""

    field: str
    level: Level
    kind: str
    count: int
    total: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """So many items of a kind have something that readers refuse or misread; the code names the sentence."""

    code: str
    kind: str
    count: int
    total: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FeedReport:
    """items: that go into the feed; left_out: by gate; settings: of the shop that the format asks for."""

    format: str
    language: str
    items: int
    seen: int
    left_out: Mapping[str, int]
    lacks: tuple[Lack, ...]
    faults: tuple[Fault, ...]
    settings: tuple[str, ...]


@dataclass(slots=True)
class _Tally:
    """Counts and first examples by what they are about."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def add(self, what: str, kind: str, item_id: str) -> None:
        self.counts[what, kind] += 1
        held = self.examples.setdefault((what, kind), [])
        if len(held) < EXAMPLES:
            held.append(item_id)


def check(shop: Shop, kind: Format, language: str, progress: Progress = silent) -> FeedReport:
    """Look at everything that `export` would write."""
    numbers, left_out = shown(shop)
    teller, items = Teller.of(shop.settings, language), shop.catalogue.items
    lacks, faults, totals = _Tally(), _Tally(), Counter[str]()
    levels = {need.field: need.level for need in kind.needs}
    n_in = n_seen = 0
    for ones in by_product(shop, numbers):
        offers = [offer_of(items[number], teller) for number in ones]
        for number, offer in zip(ones, offers, strict=True):
            totals[offer.kind] += 1
            missing = list(lacking(offer, kind.needs))
            n_in += all(levels[one] != "required" for one in missing)
            for one in missing:
                lacks.add(one, offer.kind, offer.id)
            for code in _faults(items[number], offer, shop.settings.shop.languages):
                faults.add(code, offer.kind, offer.id)
        for code, offer in _of_product(offers):
            faults.add(code, offer.kind, offer.id)
        if n_seen // TELL_EVERY != (n_seen := n_seen + len(ones)) // TELL_EVERY:
            progress(n_seen, len(numbers), "items looked at")
    progress(len(numbers), len(numbers), "items looked at")
    return FeedReport(
        kind.name, language, n_in, len(numbers), left_out, _ordered(lacks, kind.needs, totals),
        tuple(
            Fault(code, of, count, totals[of], tuple(faults.examples[code, of]))
            for (code, of), count in sorted(faults.counts.items(), key=lambda one: (-one[1], one[0]))
        ),
        tuple(kind.needs_of_shop(shop.settings)),
    )  # fmt: skip


def _ordered(lacks: _Tally, needs: Sequence[Need], totals: Mapping[str, int]) -> tuple[Lack, ...]:
    """What is required first, then by how many lack it."""
    levels = {need.field: need.level for need in needs}
    found = [
        Lack(name, levels[name], of, count, totals[of], tuple(lacks.examples[name, of]))
        for (name, of), count in lacks.counts.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.level != "required", -one.count, one.field, one.kind)))


def _faults(item: Item, offer: Offer, languages: Sequence[str]) -> Iterator[str]:
    numbers = [text for name, values in item.attributes.items() if name.casefold() in GTIN_NAMES for text in values]
    if numbers and not any(map(read_gtin, numbers)):
        yield "gtin_wrong"
    if item.images and not offer.images:
        yield "image_address"
    if item.url and offer.url is not None and not offer.url.startswith("https://"):
        yield "page_not_https"
    if len(offer.title) > LONG_TITLE:
        yield "title_long"
    if offer.price_minor == 0:
        yield "price_zero"
    if any(not item.title.get(language) for language in languages):
        yield "not_translated"


def _of_product(offers: Sequence[Offer]) -> Iterator[tuple[str, Offer]]:
    """What is wrong between the variants of one product."""
    if len(offers) < 2:
        return
    for offer in offers[1:]:
        if offer.currency != offers[0].currency:
            yield "currencies", offer
    options, seen = options_of(offers), set()
    for offer in offers:
        chosen = tuple(offer.attributes[name] for name in options)
        if chosen in seen:
            yield "variants_alike", offer
        seen.add(chosen)
