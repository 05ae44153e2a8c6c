"""What an import did, to be read by people and programs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

EXAMPLES_PER_RULE = 3


@dataclass(frozen=True)
class Example:
    """One refused row: where it was, what was seen and what would have been right."""

    file: str
    line: int
    field: str
    value: str
    allowed: str
    rule: str


@dataclass(frozen=True)
class ImportedFile:
    """One file of the import.

    format   as announced: "CSV, tab-separated, in gzip", "GA4 BigQuery export, JSON lines"
    columns  the file's column → our field, where they differ
    dropped  columns that were left out because they hold contact data, or on request
    """

    path: str
    kind: str
    format: str
    columns: dict[str, str] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    rows: int = 0
    resumed_rows: int = 0
    reject_file: str | None = None


@dataclass(frozen=True)
class ImportReport:
    """The summary. `problems` say what kept a file from being read to its end; `warnings` do not lose rows.

    rows             read, good and bad
    accepted         rows that went in (in a dry run: that would)
    duplicates       events whose id was already known; counted once, as they should be
    rejected_by_rule stable short names of the broken rules, with how many rows broke each
    skipped          rows that are right but not for us, by reason
    timestamp_units  how event times were written (s, ms, µs, ns, text, date, datetime)
    unknown_items    ids in events that no item has; the events are kept
    """

    rows: int
    accepted: int
    accepted_by_kind: dict[str, int]
    duplicates: int
    rejected_by_rule: dict[str, int]
    skipped: dict[str, int]
    examples: tuple[Example, ...]
    timestamp_units: dict[str, int]
    files: tuple[ImportedFile, ...]
    unknown_items: int
    unknown_item_examples: tuple[str, ...]
    unknown_item_lines: int
    warnings: tuple[str, ...]
    problems: tuple[str, ...]
    seconds: float
    is_dry_run: bool

    @property
    def rejected(self) -> int:
        """Rows that broke a rule."""
        return sum(self.rejected_by_rule.values())

    @property
    def is_complete(self) -> bool:
        """Whether every file was read to its end."""
        return not self.problems

    @property
    def reject_files(self) -> tuple[str, ...]:
        """Where the refused rows were written."""
        return tuple(one.reject_file for one in self.files if one.reject_file)

    def to_dict(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        plain = {**self.__dict__, "rejected": self.rejected, "reject_files": list(self.reject_files)}
        plain["examples"] = [vars(one) for one in self.examples]
        plain["files"] = [{**vars(one), "dropped": list(one.dropped)} for one in self.files]
        for name in ("unknown_item_examples", "warnings", "problems"):
            plain[name] = list(plain[name])
        return plain


@dataclass
class Tally:
    """Counts while an import runs."""

    rows: int = 0
    accepted: Counter[str] = field(default_factory=Counter)
    duplicates: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    units: Counter[str] = field(default_factory=Counter)
    examples: list[Example] = field(default_factory=list)
    files: list[ImportedFile] = field(default_factory=list)
    known_items: set[str] = field(default_factory=set)
    unknown_items: set[str] = field(default_factory=set)
    unknown_item_lines: int = 0
    placeholders: Counter[str] = field(default_factory=Counter)
    shared_ids: int = 0
    warnings: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def reject(self, example: Example) -> None:
        """Count a refused row and keep the first few of each rule as examples."""
        self.rejected[example.rule] += 1
        if self.rejected[example.rule] <= EXAMPLES_PER_RULE:
            self.examples.append(example)

    def take(self, other: Tally) -> None:
        """Add the counts of one file; the sets of item ids are shared with it."""
        self.accepted.update(other.accepted)
        self.duplicates += other.duplicates
        self.rejected.update(other.rejected)
        self.skipped.update(other.skipped)
        self.units.update(other.units)
        self.examples.extend(other.examples)
        self.unknown_item_lines += other.unknown_item_lines
        self.placeholders.update(other.placeholders)
        self.shared_ids += other.shared_ids
        self.warnings.extend(other.warnings)

    def report(self, seconds: float, *, is_dry_run: bool) -> ImportReport:
        """The finished report."""
        return ImportReport(
            rows=self.rows,
            accepted=sum(self.accepted.values()),
            accepted_by_kind=dict(self.accepted),
            duplicates=self.duplicates,
            rejected_by_rule=dict(self.rejected.most_common()),
            skipped=dict(self.skipped.most_common()),
            examples=tuple(self.examples),
            timestamp_units=dict(self.units.most_common()),
            files=tuple(self.files),
            unknown_items=len(self.unknown_items),
            unknown_item_examples=tuple(sorted(self.unknown_items)[:5]),
            unknown_item_lines=self.unknown_item_lines,
            warnings=(*self.warnings, *self._gathered_warnings()),
            problems=tuple(self.problems),
            seconds=seconds,
            is_dry_run=is_dry_run,
        )

    def _gathered_warnings(self) -> list[str]:
        warnings = [
            f"{count} rows had a placeholder such as NULL as {field}; it counts as missing."
            for field, count in self.placeholders.items()
        ]
        if self.shared_ids:
            warnings.append(
                f"{self.shared_ids} rows carry the event id of an earlier row but another item: "
                "each is kept as its own event."
            )
        numbers = [unit for unit in self.units if unit in ("s", "ms", "µs", "ns")]
        if len(numbers) > 1:
            warnings.append(f"Times come in several units ({', '.join(numbers)}): check the rows of the rarer one.")
        if self.unknown_items:
            warnings.append(
                f"{self.unknown_item_lines} event lines name {len(self.unknown_items)} items that the catalogue lacks, "
                f"such as {min(self.unknown_items)!r}. They are kept; import the items to recommend them."
            )
        return warnings
