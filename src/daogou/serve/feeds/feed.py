"""What every format of a feed is: how products become lines, what they need, and where the lines go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from daogou.core.settings import Settings
from daogou.data.ingest.money import minor_digits
from daogou.serve.offers.offer import Offer

Level = Literal["required", "recommended"]
Product = Sequence[Offer]
"""All offers of one variant group, by id."""


@dataclass(frozen=True, slots=True)
class Need:
    """One thing a format asks of an offer.

    field    as the format calls it
    level    required: without it the offer is left out
    has      whether the offer has it, in a form the format takes
    applies  of which offers it is asked
    """

    field: str
    level: Level
    has: Callable[[Offer], bool]
    applies: Callable[[Offer], bool] = lambda offer: True


@dataclass(frozen=True, slots=True)
class Place:
    """The shop for which a feed is written, and in which language."""

    settings: Settings
    language: str
    seller: str
    made_at: str


@dataclass(frozen=True, slots=True)
class Format:
    """lines     of one product, or of a table its rows; the header of a table is `header`
    beside    names of further files with their content, for formats that are a folder
    """

    name: str
    suffix: str
    needs: Sequence[Need]
    lines: Callable[[Product, Place], Iterable[str]]
    header: Callable[[Place], str | None] = lambda place: None
    beside: Callable[[Place], Mapping[str, str]] = lambda place: {}
    needs_of_shop: Callable[[Settings], Sequence[str]] = lambda settings: ()
    is_folder: bool = False


def lacking(offer: Offer, needs: Iterable[Need], level: Level | None = None) -> Iterator[str]:
    """The fields that the offer lacks, those of a level where one is named."""
    for need in needs:
        if level in (None, need.level) and need.applies(offer) and not need.has(offer):
            yield need.field


def amount(minor: int, currency: str) -> str:
    """12.50, with as many decimals as the currency has."""
    digits = minor_digits(currency)
    whole, part = divmod(minor, 10**digits)
    return f"{whole}.{part:0{digits}d}" if digits else str(whole)


def priced(minor: int, currency: str) -> str:
    """12.50 GBP."""
    return f"{amount(minor, currency)} {currency}"


def named(offer: Offer, *names: str) -> tuple[str, ...]:
    """The values of the first of these attributes that the offer has; names without regard to case."""
    folded = {name.casefold(): values for name, values in offer.attributes.items()}
    return next((folded[name] for name in names if name in folded), ())


COLOUR = ("colour", "color", "颜色")
SIZE = ("size", "尺码", "尺寸")
MATERIAL = ("material", "材质", "材料")
PATTERN = ("pattern", "图案")
"""Names under which shops keep what other people's formats have fields for."""
