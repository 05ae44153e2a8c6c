"""Import files or rows: good rows go in, bad rows are set aside with their reason, nothing counts twice."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from itertools import count
from pathlib import Path

from daogou.core.errors import InvalidField, InvalidInput, Malformed
from daogou.core.protocols import Progress, silent
from daogou.data.ingest.batches import Batches, ImportStore
from daogou.data.ingest.columns import KINDS, Kind
from daogou.data.ingest.containers import open_file
from daogou.data.ingest.file_run import FileRun, Unreadable, example_of
from daogou.data.ingest.options import ImportOptions
from daogou.data.ingest.reading import RowReader
from daogou.data.ingest.renaming import Renaming
from daogou.data.ingest.report import ImportedFile, ImportReport, Tally
from daogou.data.ingest.sources import Source, recognise, renamed

PLAIN = ImportOptions()


def import_files(
    store: ImportStore, files: Sequence[Path], options: ImportOptions = PLAIN, progress: Progress = silent
) -> ImportReport:
    """Import files of any of our formats; items go first, events last.

    All files are recognised before the first row goes in: a file that cannot be read at all, or lacks a needed column,
    raises InvalidInput or Malformed and nothing is imported. One that breaks off later keeps its good rows and is named
    in `report.problems`.
    """
    started = time.perf_counter()
    if not files:
        raise InvalidInput("No files were given. Name at least one, for example: daogou import orders.csv")
    tally = Tally()
    sources = [recognise(path, options) for path in dict.fromkeys(files)]
    _warn_of_idle_mapping(sources, options, tally)
    reject_names = _reject_names(sources, options)
    for source, reject_path in sorted(
        zip(sources, reject_names, strict=True), key=lambda one: KINDS.index(one[0].kind)
    ):
        _import_file(store, source, options, progress, tally, reject_path)
    return tally.report(time.perf_counter() - started, is_dry_run=options.dry_run)


def import_rows(
    store: ImportStore,
    kind: Kind,
    rows: Iterable[Mapping[str, object]],
    options: ImportOptions = PLAIN,
    progress: Progress = silent,
    total: int | None = None,
) -> ImportReport:
    """Import rows that are in memory already, under our names (or those in `options.mapping`).

    `line` in the report is the row's number from 1. Rows may be a generator; at most one batch is held.
    """
    started = time.perf_counter()
    tally = Tally()
    reader = RowReader(kind, options, tally)
    batches = Batches(store, kind, options, tally)
    renamings: dict[tuple[str, ...], Renaming] = {}
    numbers = count(1)
    for number, row in zip(numbers, rows, strict=False):
        tally.rows += 1
        try:
            raw = renamed(kind, row, options, renamings) if options.columns else row
            batches.add(reader.read(raw))
        except InvalidField as error:
            tally.reject(example_of("rows", number, error))
        if batches.is_full:
            batches.flush()
            progress(number, total, kind)
    batches.flush()
    progress(tally.rows, total, kind)
    tally.files.append(ImportedFile("rows", kind, "rows in memory", rows=tally.rows))
    return tally.report(time.perf_counter() - started, is_dry_run=options.dry_run)


def _import_file(
    store: ImportStore,
    source: Source,
    options: ImportOptions,
    progress: Progress,
    tally: Tally,
    reject_path: Path | None,
) -> None:
    opened = open_file(source.path)
    with closing(opened):
        run = FileRun(store, source, options, tally, reject_path)
        try:
            run.read(opened, progress)
        except (Malformed, Unreadable) as error:
            tally.problems.append(
                f"{error} The {run.n_rows} rows before it were read and the good ones are in. "
                "Get the file again and import it once more: nothing counts twice."
            )
        else:
            run.forget_progress()
        finally:
            tally.files.append(run.described())


def _reject_names(sources: Sequence[Source], options: ImportOptions) -> list[Path | None]:
    """One reject file per source, named after it; files of the same name in different folders are numbered."""
    if options.reject_folder is None:
        return [None] * len(sources)
    used: dict[str, int] = {}
    names: list[Path | None] = []
    for source in sources:
        stem = source.path.name.split(".")[0] or "rows"
        ending = (".tsv" if source.delimiter == "\t" else ".csv") if source.delimiter else ".jsonl"
        used[stem + ending] = number = used.get(stem + ending, 0) + 1
        names.append(options.reject_folder / f"{stem}{'' if number == 1 else f'-{number}'}.rejected{ending}")
    return names


def _warn_of_idle_mapping(sources: Sequence[Source], options: ImportOptions, tally: Tally) -> None:
    """A mapped column that no file has is a misspelling: say so."""
    seen = {name.strip().lower() for source in sources for name in source.renaming.header}
    for own in options.columns:
        if own.strip().lower() not in seen:
            tally.warnings.append(f"No file has a column {own!r}, which is mapped to {options.columns[own]!r}.")
