"""Rules as a merchant writes them, in a file or over HTTP, to rules; every mistake is found, not only the first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from daogou.core.clock import to_datetime
from daogou.core.errors import InvalidField, InvalidFilter
from daogou.data.ingest.defaults import Defaults
from daogou.data.ingest.moments import read_moment, zone_named
from daogou.decide.filters import parse_filter
from daogou.decide.rules.rule import (
    ACTIONS,
    AMOUNTS,
    CIRCUMSTANCES,
    LARGEST_BOOST,
    MOST_ITEMS,
    MOST_PINNED,
    MOST_PLACES,
    MOST_RULES,
    SMALLEST_BURY,
    USUAL_BURY,
    Rule,
    row_of,
)

FIELDS = (
    "id", "action", "position", "factor", "at_most", "at_least", "items", "filter", "placements", "segments", "store",
    "when", "from", "until", "note", "enabled",
)  # fmt: skip
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
MOST_CHARACTERS = 256
MOST_NOTE = 500
_DATES = "a date such as 2026-12-24, or a moment such as 2026-12-24T18:00:00+08:00"


class InvalidRule(InvalidField):
    """One field of one rule is wrong; the message names the rule by its id where it has one."""

    def __init__(self, wrong: InvalidField, place: int, rule_id: object) -> None:
        super().__init__(f"rules[{place}].{wrong.field}", wrong.value, wrong.allowed, rule=wrong.rule)
        is_named = isinstance(rule_id, str) and ID.fullmatch(rule_id)
        self.args = (f"Rule {rule_id!r}: {wrong}" if is_named else f"Rule number {place + 1}: {wrong}",)


def read_rules(rows: object, timezone: str) -> tuple[list[Rule], list[InvalidField]]:
    """The good rules, and what is wrong with the others.

    rows      a list of objects with the fields of `row_of`
    timezone  IANA name; of dates and of moments without a zone
    """
    if not isinstance(rows, list):
        return [], [InvalidField("rules", rows, "a list of rules", rule="wrong_type")]
    if len(rows) > MOST_RULES:
        return [], [InvalidField("rules", f"{len(rows)} rules", f"at most {MOST_RULES} rules", rule="too_many")]
    rules: list[Rule] = []
    problems: list[InvalidField] = []
    taken: set[str] = set()
    for place, row in enumerate(rows):
        reader = _Row(row if isinstance(row, Mapping) else {}, timezone)
        if not isinstance(row, Mapping):
            reader.wrong("row", row, "an object with an id and an action", "wrong_type")
        else:
            rule = reader.rule()
            if rule is not None and rule.id in taken:
                reader.wrong("id", rule.id, "an id that no other rule has", "id_taken")
            elif rule is not None:
                taken.add(rule.id)
                rules.append(rule)
        problems += [InvalidRule(one, place, reader.row.get("id")) for one in reader.problems]
    return rules, problems


def write_rules(rules: Sequence[Rule]) -> str:
    """The set as the store keeps it."""
    return msgspec.json.encode([row_of(rule) for rule in rules]).decode()


class _Row:
    """Reads one row and remembers what is wrong with it."""

    def __init__(self, row: Mapping[str, Any], timezone: str) -> None:
        self.row = row
        self.problems: list[InvalidField] = []
        self._timezone = timezone

    def wrong(self, field: str, value: object, allowed: str, rule: str = "invalid_value") -> None:
        """Remember one mistake."""
        self.problems.append(InvalidField(field, value, allowed, rule=rule))

    def rule(self) -> Rule | None:
        """The rule, or None when anything is wrong with it."""
        for name in self.row:
            if name not in FIELDS:
                self.wrong(str(name), self.row[name], f"only the fields {', '.join(FIELDS)}", "unknown_field")
        action = self._one_of("action", ACTIONS)
        starts, from_us = self._moment("from")
        until, until_us = self._moment("until")
        rule_id = self._text("id", required=True)
        if rule_id and not ID.fullmatch(rule_id):
            self.wrong("id", rule_id, "1 to 64 of A–Z a–z 0–9 . _ -, the first a letter or digit")
        values: dict[str, Any] = {
            "items": self._texts("items", MOST_PINNED if action == "pin" else MOST_ITEMS),
            "filter": self._filter(action),
            "placements": self._texts("placements", MOST_PLACES),
            "segments": self._segments(),
            "store": self._text("store") or None,
            "when": self._when(),
            "note": self._text("note", most=MOST_NOTE),
            "is_enabled": self._flag("enabled"),
            **self._amount(action),
        }
        if not values["items"] and not self.row.get("filter"):
            named = "items (a list of ids)" if action == "pin" else "items (a list of ids) or filter (an expression)"
            self.wrong("items", None, named, "required")
        if from_us is not None and until_us is not None and from_us >= until_us:
            self.wrong("until", until, f"a time after from ({starts})", "ends_before_it_begins")
        if self.problems:
            return None
        return Rule(rule_id, action, starts=starts, until=until, from_us=from_us, until_us=until_us, **values)  # type: ignore[arg-type]

    def _amount(self, action: str) -> dict[str, Any]:
        """The one field that says how much; the others may not be there."""
        own = AMOUNTS.get(action)  # type: ignore[call-overload]
        if action in ACTIONS:
            for name in dict.fromkeys(AMOUNTS.values()):
                if name in self.row and name != own:
                    self.wrong(name, self.row[name], f"no {name}: {action} has none", "unknown_field")
        if own is None:
            return {}
        value = self.row.get(own, USUAL_BURY if action == "bury" else None)
        if own == "factor":
            low, high = (1.0, LARGEST_BOOST) if action == "boost" else (SMALLEST_BURY, 1.0)
            is_right = isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high
            if not is_right or value == 1.0:
                allowed = f"above 1 and at most {high:g}" if action == "boost" else f"from {low:g} to below 1"
                self.wrong(own, value, f"a number {allowed}", "required" if value is None else "out_of_range")
                return {}
            return {own: float(value)}
        low, high = (0, MOST_PLACES - 1) if action == "pin" else (0 if action == "cap" else 1, MOST_PLACES)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            told = f"a whole number from {low:g} to {high:g}" + (", 0 being the first place" if action == "pin" else "")
            self.wrong(own, value, told, "required" if value is None else "out_of_range")
            return {}
        return {own: value}

    def _filter(self, action: str) -> str:
        text = self._text("filter", most=4_000)
        if text and action == "pin":
            self.wrong("filter", text, "items: a pin names its items one by one", "unknown_field")
        elif text:
            try:
                parse_filter(text)
            except InvalidFilter as error:
                allowed = f"{error.expected} at column {error.position}, where {error.found} stands"
                self.wrong("filter", text, allowed, "invalid_filter")
        return text

    def _segments(self) -> dict[str, tuple[str, ...]]:
        given = self.row.get("segments", {})
        if not isinstance(given, Mapping):
            self.wrong("segments", given, 'attributes with their values, such as {"segment": ["vip"]}', "wrong_type")
            return {}
        inner = _Row(given, self._timezone)
        read = {str(name): inner._texts(str(name), MOST_PLACES) for name in given}
        for name, values in read.items():
            if not values and not inner.problems:
                inner.wrong(name, given[name], "at least one value", "required")
        self.problems += [one.within("segments") for one in inner.problems]
        return read

    def _when(self) -> dict[str, tuple[str, ...]]:
        given = self.row.get("when", {})
        if not isinstance(given, Mapping):
            self.wrong("when", given, 'circumstances with their values, such as {"weather": ["rain"]}', "wrong_type")
            return {}
        inner = _Row(given, self._timezone)
        read: dict[str, tuple[str, ...]] = {}
        for name in given:
            words = CIRCUMSTANCES.get(name)
            if words is None:
                inner.wrong(str(name), given[name], f"only {', '.join(CIRCUMSTANCES)}", "unknown_field")
                continue
            n_problems = len(inner.problems)
            read[name] = inner._texts(name, MOST_PLACES)
            unknown = [one for one in read[name] if words and one not in words]
            if unknown:
                inner.wrong(name, unknown[0], f"any of {', '.join(words)}")
            elif not read[name] and len(inner.problems) == n_problems:
                inner.wrong(name, given[name], "at least one value", "required")
        self.problems += [one.within("when") for one in inner.problems]
        return read

    def _moment(self, name: str) -> tuple[str | None, int | None]:
        value = self.row.get(name)
        if value is None:
            return None, None
        if not isinstance(value, str | date):
            self.wrong(name, value, _DATES, "not_a_time")
            return None, None
        defaults = Defaults(timezone=self._timezone)
        try:
            at_us, kind = read_moment(value, name, defaults)
            if kind == "date" and name == "until":  # the whole of that day
                last = to_datetime(at_us).astimezone(zone_named(self._timezone)).date()
                at_us, _ = read_moment(last + timedelta(days=1), name, defaults)
        except InvalidField as error:
            self.wrong(name, value, _DATES, error.rule)
            return None, None
        return value.isoformat() if isinstance(value, date | datetime) else value.strip(), at_us

    def _text(self, name: str, *, required: bool = False, most: int = MOST_CHARACTERS) -> str:
        value = self.row.get(name)
        if value is None and not required:
            return ""
        if not _is_text(value, most) or (required and not value):
            self.wrong(name, value, f"a text of 1 to {most} characters", "required" if value is None else "wrong_type")
            return ""
        return str(value)

    def _texts(self, name: str, most: int) -> tuple[str, ...]:
        """A list of different texts; one text alone counts as a list of one."""
        given = self.row.get(name, [])
        values = [given] if isinstance(given, str) else given
        if not isinstance(values, list | tuple) or not all(one and _is_text(one, MOST_CHARACTERS) for one in values):
            self.wrong(name, given, f"a list of texts of 1 to {MOST_CHARACTERS} characters", "wrong_type")
            return ()
        if len(values) > most:
            self.wrong(name, f"{len(values)} values", f"at most {most}", "too_many")
            return ()
        return tuple(dict.fromkeys(values))

    def _one_of(self, name: str, known: Sequence[str]) -> str:
        value = self.row.get(name)
        if value not in known:
            self.wrong(name, value, f"one of {', '.join(known)}", "required" if value is None else "invalid_value")
            return ""
        return str(value)

    def _flag(self, name: str) -> bool:
        value = self.row.get(name, True)
        if not isinstance(value, bool):
            self.wrong(name, value, "true or false", "wrong_type")
        return bool(value)


def _is_text(value: object, most: int) -> bool:
    """Whether it is a text of at most `most` characters that a database can keep as UTF-8."""
    if not isinstance(value, str) or len(value) > most or "\x00" in value:
        return False
    return not any("\ud800" <= one <= "\udfff" for one in value)
