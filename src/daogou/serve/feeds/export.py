"""Write a feed: product by product into a draft, which takes its place only when it is whole."""

from __future__ import annotations

import gzip
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from daogou.core.clock import isoformat
from daogou.core.errors import InvalidInput, NotReady
from daogou.core.protocols import Progress, silent
from daogou.decide.shop import Shop
from daogou.serve.feeds.feed import Format, Place, lacking
from daogou.serve.feeds.walk import by_product, shown
from daogou.serve.offers.offer import Offer, Teller, offer_of, seller_name

TELL_EVERY = 1_000


@dataclass(frozen=True, slots=True)
class Export:
    """What was written.

    left_out  how many items each gate kept out, and how many lacked each field that the format needs
    """

    files: tuple[str, ...]
    products: int
    items: int
    left_out: Mapping[str, int]
    lacking: Mapping[str, int]


def export(shop: Shop, kind: Format, to: Path, language: str, progress: Progress = silent) -> Export:
    """Write the feed to `to`, a folder for formats that are one; a name that ends in .gz is packed.

    Raises InvalidInput where `to` cannot be such a file or folder, and NotReady where no item can go in: whoever reads
    an empty feed takes the whole shop off its pages, so what was written before stays.
    """
    place = Place(shop.settings, language, seller_name(shop.settings, language), isoformat(shop.clock()))
    target = _target(kind, to)
    numbers, left_out = shown(shop)
    teller, items = Teller.of(shop.settings, language), shop.catalogue.items
    lacks: Counter[str] = Counter()
    n_products = n_items = n_seen = 0
    with _draft(target) as file:
        if (header := kind.header(place)) is not None:
            file.write(header + "\n")
        for ones in by_product(shop, numbers):
            offers: list[Offer] = []
            for number in ones:
                offer = offer_of(items[number], teller)
                missing = list(lacking(offer, kind.needs, "required"))
                lacks.update(missing)
                if not missing and (not offers or offers[0].currency == offer.currency):
                    offers.append(offer)
            if offers:
                n_products, n_items = n_products + 1, n_items + len(offers)
                file.writelines(f"{line}\n" for line in kind.lines(offers, place))
            if n_seen // TELL_EVERY != (n_seen := n_seen + len(ones)) // TELL_EVERY:
                progress(n_seen, len(numbers), "items written")
        if not n_items:
            raise NotReady(_nothing(kind, lacks))
    progress(len(numbers), len(numbers), "items written")
    beside = kind.beside(place)
    for name, content in beside.items():
        with _draft(target.parent / name) as file:
            file.write(content)
    written = (target, *(target.parent / name for name in beside))
    return Export(tuple(map(str, written)), n_products, n_items, left_out, dict(lacks))


def _nothing(kind: Format, lacks: Counter[str]) -> str:
    if not lacks:
        return "No item may be shown to everybody, so nothing was written."
    told = ", ".join(f"{name} ({count:,} items)" for name, count in lacks.most_common())
    return f"No item has what the format {kind.name} needs, so nothing was written. Lacking: {told}."


def _target(kind: Format, to: Path) -> Path:
    if not kind.is_folder:
        if to.is_dir():
            raise InvalidInput(f"{to} is a folder. Name a file, for example {to / ('feed' + kind.suffix)}.")
        to.parent.mkdir(parents=True, exist_ok=True)
        return to
    if to.exists() and not to.is_dir():
        raise InvalidInput(f"{to} is a file; a feed of this format is a folder.")
    to.mkdir(parents=True, exist_ok=True)
    return to / kind.suffix


@contextmanager
def _draft(path: Path) -> Iterator[TextIO]:
    """A file beside `path` that becomes it at the end, durably; whoever reads `path` never sees half a feed."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    try:
        with draft.open("wb") as raw:
            # the same catalogue gives the same bytes: no name and no time in the packing
            packed = gzip.GzipFile("", "wb", 6, raw, mtime=0) if path.suffix == ".gz" else None
            with TextIOWrapper(packed or raw, encoding="utf-8", newline="\n", write_through=False) as text:
                yield text
                text.flush()
                if packed is not None:
                    packed.close()
                raw.flush()
                os.fsync(raw.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
