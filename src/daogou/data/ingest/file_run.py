"""One file on its way in: rows read, stored in batches, refused rows set aside, progress noted."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from daogou.core.errors import InvalidField, StorageFull, StorageUnavailable
from daogou.core.protocols import Progress
from daogou.data.ingest.batches import Batches, ImportStore
from daogou.data.ingest.containers import Opened
from daogou.data.ingest.options import ImportOptions
from daogou.data.ingest.reading import RowReader
from daogou.data.ingest.rejects import RejectFile, without_contacts, without_field
from daogou.data.ingest.renaming import likely_column
from daogou.data.ingest.report import Example, ImportedFile, Tally
from daogou.data.ingest.resume import Progressed, ProgressNote
from daogou.data.ingest.sources import Entry, Source, entries
from daogou.data.ingest.tables import BadRow
from daogou.privacy.mask import mask_contacts

TELL_EVERY = 2_000


class Unreadable(Exception):
    """The medium failed while reading."""


class FileRun:
    """One file on its way in."""

    def __init__(
        self, store: ImportStore, source: Source, options: ImportOptions, tally: Tally, reject_path: Path | None
    ) -> None:
        self.source, self.options, self.tally = source, options, tally
        self.n_rows = 0
        self.resumed_rows = 0
        self._own = Tally(known_items=tally.known_items, unknown_items=tally.unknown_items)
        self._reader = RowReader(source.kind, options, self._own, has_titles=source.has_titles)
        self._batches = Batches(store, source.kind, options, self._own)
        header = source.renaming.header if source.delimiter else None
        self._rejects = RejectFile(reject_path, header, source.delimiter or ",") if reject_path else None
        self._columns = {ours: place for place, ours in source.renaming.plain}
        dropped = source.renaming.dropped
        self._contact_places = {place for place, name in enumerate(source.renaming.header) if name in dropped}
        texts = [place for place, ours in source.renaming.plain if ours == "search_term"]
        self._text_places = {*texts, *(extra.place for extra in source.renaming.extras)}
        self._note: ProgressNote | None = None
        if options.state_folder is not None and not options.dry_run:
            self._note = ProgressNote(options.state_folder, source.path, _settings_text(options))
        said = source.renaming.constants.get("event_name")
        if said is not None and source.shape is None and options.event_name is None:
            self._own.warnings.append(
                f"{source.path}: its rows name no event, so they are read as {said} (--event-name)."
            )
        if not source.has_items:
            self._own.warnings.append(_no_items(source))
        if not source.has_titles:
            self._own.warnings.append(
                f"{source.path}: no column for title, so descriptions or ids stand in for titles."
            )

    def read(self, opened: Opened, progress: Progress) -> None:
        """Read to the end; what was read before an interruption is passed over."""
        rows = _readable(entries(self.source, opened, self.options), self.source.path)
        try:
            self._pass_over(rows)
            for line, row, original in rows:
                self._take(line, row, original)
                self.n_rows += 1  # only now: an interruption in between costs a repeated row, never a lost one
                if self._batches.is_full:
                    self._flush()
                if self.n_rows % TELL_EVERY == 0:
                    self._tell(opened, progress)
        finally:
            # Also on damage and on Ctrl+C: what was read and is good goes in.
            self._flush()
            self._merge()
        self._tell(opened, progress, is_end=True)
        if not self.n_rows:
            self.tally.warnings.append(f"{self.source.path}: it names its columns but has no rows.")

    def forget_progress(self) -> None:
        if self._note is not None:
            self._note.remove()

    def described(self) -> ImportedFile:
        """The file's part of the report."""
        source = self.source
        header = source.renaming.header
        columns = {header[place]: ours for place, ours in source.renaming.plain if header[place] != ours}
        has_rejects = self._rejects is not None and self._rejects.flush() > 0
        return ImportedFile(
            path=str(source.path),
            kind=source.kind,
            format=source.announced,
            columns={} if source.shape else columns,
            dropped=() if source.shape else source.renaming.dropped,
            rows=self.n_rows,
            resumed_rows=self.resumed_rows,
            reject_file=str(self._rejects.path) if self._rejects is not None and has_rejects else None,
        )

    def _pass_over(self, rows: Iterator[Entry]) -> None:
        note = self._note.read(self.source.kind) if self._note is not None and self.options.resume else None
        if note is None or not self._batches.has_at_least(note.accepted):
            return
        for _, row, _ in rows:
            self.n_rows += 1
            if isinstance(row, dict):
                self._reader.recall(row)
            if self.n_rows >= note.rows:
                break
        self.resumed_rows = self.n_rows
        self._own.accepted[self.source.kind] = note.accepted
        self._own.duplicates = note.duplicates
        self._own.rejected.update(note.rejected)
        self._own.skipped.update(note.skipped)
        if self._rejects is not None:
            self._rejects.go_on_from(note.reject_bytes)

    def _take(self, line: int, row: dict[str, Any] | BadRow | str, original: object) -> None:
        if isinstance(row, dict):
            try:
                self._batches.add(self._reader.read(row))
            except InvalidField as error:
                self._reject(example_of(self.source.path.name, line, error), original)
        elif isinstance(row, str):
            self._own.skipped[row] += 1
        else:
            value = mask_contacts(row.value)
            self._reject(Example(self.source.path.name, row.line, row.field, value, row.allowed, row.rule), original)

    def _reject(self, example: Example, original: object) -> None:
        place = self._columns.get(example.field.split("[")[0].split(".")[0])
        column = None if place is None else self.source.renaming.header[place]
        if column is not None and column != example.field and self.source.shape is None:
            example = replace(example, field=f"{example.field} ({column})")
        self._own.reject(example)
        if self._rejects is not None:
            if example.rule == "contact_data":
                original = without_field(original, place if isinstance(original, list) else column)
            if self.source.kind != "items":
                of_person = self.source.kind == "users"
                original = without_contacts(original, self._contact_places, self._text_places, of_person=of_person)
            self._rejects.add(example.line, example.field, example.value, example.rule, original)

    def _flush(self) -> None:
        self._batches.flush()
        try:
            self._note_progress(self._rejects.flush() if self._rejects is not None else 0)
        except OSError as error:
            kind = StorageFull if error.errno == errno.ENOSPC else StorageUnavailable
            raise kind(
                f"{error.filename or 'The reject or progress file'} cannot be written: {error.strerror}."
            ) from error

    def _note_progress(self, n_bytes: int) -> None:
        if self._note is not None and self.n_rows > self.resumed_rows:
            own = self._own
            self._note.write(
                Progressed(
                    file=str(self.source.path),
                    kind=self.source.kind,
                    settings=self._note.settings,
                    rows=self.n_rows,
                    accepted=own.accepted[self.source.kind],
                    duplicates=own.duplicates,
                    rejected=dict(own.rejected),
                    skipped=dict(own.skipped),
                    reject_bytes=n_bytes,
                )
            )

    def _merge(self) -> None:
        self.tally.rows += self.n_rows
        self.tally.take(self._own)

    def _tell(self, opened: Opened, progress: Progress, *, is_end: bool = False) -> None:
        name = self.source.path.name
        if self.source.n_rows is not None:
            progress(self.n_rows, self.source.n_rows, name)
        else:
            progress(opened.size if is_end else min(opened.raw.tell(), opened.size), opened.size, name)


def _no_items(source: Source) -> str:
    spare = [source.renaming.header[extra.place] for extra in source.renaming.extras]
    column = likely_column("events", "item_id", spare) or "COLUMN"
    return f"{source.path}: no column says which item an event is about. Add --map {column}=item_id."


def _readable(rows: Iterator[Entry], path: Path) -> Iterator[Entry]:
    try:
        yield from rows
    except OSError as error:
        raise Unreadable(f"{path} cannot be read further: {error.strerror or error}.") from error


def example_of(file: str, line: int, error: InvalidField) -> Example:
    shown = "" if error.value is None else mask_contacts(str(error.value)[:500])
    return Example(file, line, error.field, shown, error.allowed, error.rule)


def _settings_text(options: ImportOptions) -> str:
    """What makes two imports of one file the same; changed settings start anew."""
    parts = (options.kind, sorted(options.mapping.items()), options.defaults, options.event_name, options.encoding)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]
