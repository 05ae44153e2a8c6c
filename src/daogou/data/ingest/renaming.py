"""Bring a row's columns to our names, and keep what has none of ours as attributes or context."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from daogou.core.errors import InvalidInput, UnknownName
from daogou.data.ingest.columns import ALIASES, FIELDS, REJECT_COLUMNS, SPELLINGS, Kind
from daogou.data.ingest.event_names import squeezed
from daogou.privacy.mask import is_contact_column

IGNORE = "-"
"""`--map column=-` leaves a column out."""

_BY_LANGUAGE = re.compile(r"(title|name|description)[\s_.:\-\[(]+([a-z]{2})(?:-[a-z0-9]{2,8})?[\])]?", re.IGNORECASE)
_LEVEL = re.compile(r"(?:categoryl|itemcategory|category)([2-9]|1)")
_EVENT_WORDS = frozenset({"eventname", "eventtype", "event", "feedbacktype", "行为", "事件"})
_EXTRAS_INTO: Mapping[Kind, str] = {"items": "attributes", "users": "attributes", "events": "context"}


@dataclass(frozen=True, slots=True)
class Extra:
    """A column that becomes an entry of a nested field: title.zh, attributes.colour, context.device."""

    place: int
    into: str
    name: str


@dataclass(frozen=True)
class Renaming:
    """How the columns of one header become the fields of one kind.

    plain     (place, our field) of columns that are simply renamed
    extras    columns that go into a nested field
    levels    places of category level columns, outermost first
    dropped   contact columns and ignored ones
    """

    kind: Kind
    header: tuple[str, ...]
    plain: tuple[tuple[int, str], ...]
    extras: tuple[Extra, ...] = ()
    levels: tuple[int, ...] = ()
    dropped: tuple[str, ...] = ()
    constants: Mapping[str, object] = field(default_factory=dict)
    language: str = "en"

    @property
    def fields(self) -> frozenset[str]:
        """Our fields that this header can fill."""
        into = {extra.into for extra in self.extras} - {"attributes", "context"}
        return frozenset(
            {ours for _, ours in self.plain} | into | set(self.constants) | ({"categories"} if self.levels else set())
        )

    def apply(self, values: Sequence[Any]) -> dict[str, Any]:
        """The row under our names; empty cells are absent."""
        raw = {ours: value for place, ours in self.plain if (value := values[place]) is not None and value != ""}
        if self.constants:
            raw = {**self.constants, **raw}
        if self.extras or self.levels:
            self._nest(raw, values)
        return raw

    def _nest(self, raw: dict[str, Any], values: Sequence[Any]) -> None:
        for extra in self.extras:
            value = values[extra.place]
            if value is None or value == "":
                continue
            held = raw.get(extra.into)
            if extra.into in ("title", "description") and isinstance(held, str):
                held = {self.language: held}
            if held is None or isinstance(held, Mapping):
                raw[extra.into] = {**(held or {}), extra.name: value}
        if self.levels and "categories" not in raw:
            path = [values[place] for place in self.levels if values[place]]
            if path:
                raw["categories"] = [path]


def rename_columns(
    kind: Kind,
    header: Sequence[str],
    mapping: Mapping[str, str],
    constants: Mapping[str, object] | None = None,
    language: str = "en",
) -> Renaming:
    """Settle what each column of the header is.

    mapping    the shop's own words: column → our field, or "-" to leave it out; wins over the tables
    constants  fields that every row gets where it has none
    language   of a bare title beside title_zh
    """
    own = {name.strip().lower(): ours for name, ours in mapping.items()}
    wanted: dict[str, tuple[int, int]] = {}  # our field → (how preferred, place)
    extras: list[Extra] = []
    dropped: list[str] = []
    for place, name in enumerate(header):
        key = squeezed(name)
        mapped = own.get(name.strip().lower())
        if mapped is not None and mapped != IGNORE:
            _place_mapped(kind, mapped, place, wanted, extras)
        elif mapped == IGNORE or key in REJECT_COLUMNS or not key:
            dropped.append(name)
        elif (found := ALIASES[kind].get(key)) is not None:
            ours, preferred = found
            if ours not in wanted or preferred < wanted[ours][0]:
                wanted[ours] = (preferred, place)
    taken = {place for _, place in wanted.values()} | {extra.place for extra in extras}
    levels = []
    for place, name in enumerate(header):
        if place in taken or name in dropped:
            continue
        if kind == "items" and _LEVEL.fullmatch(squeezed(name)):
            levels.append(place)
        elif kind != "items" and is_contact_column(squeezed(name), of_person=kind == "users"):
            dropped.append(name)
        else:
            extras.append(_extra(kind, name, place))
    plain = tuple((place, ours) for ours, (_, place) in wanted.items())
    return Renaming(
        kind=kind,
        header=tuple(header),
        plain=tuple(one for one in plain if not (levels and one[1] == "categories")),
        extras=tuple(extras),
        levels=_category_levels(header, plain, levels),
        dropped=tuple(dropped),
        constants=constants or {},
        language=language,
    )


def named_for(kind: Kind, ours: str) -> str:
    """Our field as this kind calls it: one `--map ARTNR=item_id` serves the catalogue and the orders."""
    return "id" if (kind, ours) in (("items", "item_id"), ("users", "user_id")) else ours


def _place_mapped(kind: Kind, ours: str, place: int, wanted: dict[str, tuple[int, int]], extras: list[Extra]) -> None:
    ours = named_for(kind, ours)
    if ours in FIELDS[kind]:
        wanted[ours] = (-1, place)
    elif "." in ours and ours.split(".", 1)[0] in FIELDS[kind]:
        extras.append(Extra(place, *ours.split(".", 1)))
    else:
        raise UnknownName(f"field of {kind}", ours, sorted(FIELDS[kind]))


def _extra(kind: Kind, name: str, place: int) -> Extra:
    spoken = _BY_LANGUAGE.fullmatch(name.strip()) if kind == "items" else None
    if spoken is None:
        return Extra(place, _EXTRAS_INTO[kind], name.strip())
    return Extra(place, "description" if spoken[1].lower() == "description" else "title", spoken[2].lower())


def _category_levels(header: Sequence[str], plain: tuple[tuple[int, str], ...], levels: list[int]) -> tuple[int, ...]:
    """Level columns by their number; GA4 calls the outermost level plainly item_category."""
    outermost = [place for place, ours in plain if ours == "categories"] if levels else []
    return (*outermost, *sorted(levels, key=lambda place: squeezed(header[place])[-1]))


def detect_kind(header: Sequence[str], mapping: Mapping[str, str]) -> Kind | None:
    """Whether these columns are items, users or events; None where they could be anything."""
    own = {name.strip().lower(): ours for name, ours in mapping.items()}
    found: dict[Kind, set[str]] = {}
    for kind, table in ALIASES.items():
        found[kind] = set()
        for name in header:
            ours = named_for(kind, own.get(name.strip().lower()) or table.get(squeezed(name), ("", 0))[0])
            if ours in FIELDS[kind]:
                found[kind].add(ours)
    events, items, users = found["events"], found["items"], found["users"]
    about_item = bool(events & {"item_id", "items", "search_term"})
    has_person = bool(events & {"user_id", "visitor_id", "session_id"})
    described = items & {"title", "categories", "brand", "description", "availability", "hidden", "images"}
    says_event = any(squeezed(name) in _EVENT_WORDS for name in header) or "event_name" in own.values()
    if items <= {"id", "availability", "hidden"}:
        described = set()  # a list of stock alone: read as a catalogue it would empty the titles there are
    if "id" in items and described and not has_person and not says_event:
        return "items"
    if "timestamp" in events and sum((has_person, about_item, "event_name" in events)) >= 2:
        return "events"
    if has_person and about_item:
        return "events"  # without a time: the complaint about it comes next
    if "id" in items and (described or items & {"price", "price_minor"}):
        return "items"
    if "id" in items and about_item and not has_person and items & {"attributes", "created_at"}:
        return "items"
    named_user = any(ALIASES["users"].get(squeezed(name), ("", 0))[0] == "id" != squeezed(name) for name in header)
    is_user = named_user or "id" in own.values() or users & {"consent", "friends"}
    if "id" in users and is_user and not about_item and "timestamp" not in events:
        return "users"
    return "events" if "timestamp" in events and says_event else None


NEEDED: Mapping[Kind, tuple[str, ...]] = {"items": ("id",), "users": ("id",), "events": ("event_name", "timestamp")}
"""For each kind, the fields that must have a column."""


def check_needed(renaming: Renaming, where: str) -> None:
    """Raise InvalidInput that names every missing column, what the file has, and the likely matches."""
    missing = [ours for ours in NEEDED[renaming.kind] if ours not in renaming.fields]
    if missing:
        raise InvalidInput(_missing_columns(renaming, missing, where))


def _missing_columns(renaming: Renaming, missing: Sequence[str], where: str) -> str:
    columns = ", ".join(renaming.header[:20]) + (", …" if len(renaming.header) > 20 else "")
    spare = [renaming.header[extra.place] for extra in renaming.extras]
    parts = [f"{where}: no column for {' and '.join(missing)} of {renaming.kind}. Its columns: {columns}."]
    for ours in missing:
        close = likely_column(renaming.kind, ours, spare)
        parts.append(
            f"Did you mean {close!r}? Then add --map {close}={ours}." if close else f"Add --map COLUMN={ours}."
        )
        if ours == "event_name":
            parts.append("Or say what every row reports: --event-name view_item.")
        parts.append(f"Understood without: {', '.join(SPELLINGS[renaming.kind][ours][:6])}, …")
    return " ".join(parts)


def likely_column(kind: Kind, ours: str, columns: Sequence[str]) -> str | None:
    """The column most like any spelling of the field, None where none is close."""
    best, best_likeness = None, 0.6
    for column in columns:
        for spelling in SPELLINGS[kind][ours]:
            one, other = squeezed(column), squeezed(spelling)
            likeness = SequenceMatcher(None, one, other).ratio()
            if len(other) >= 4 and (other in one or one in other) and len(one) >= 3:
                likeness = max(likeness, 0.8)
            if likeness > best_likeness:
                best, best_likeness = column, likeness
    return best
