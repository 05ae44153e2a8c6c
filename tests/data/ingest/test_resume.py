"""An import that is cut off goes on where it stopped, and nothing counts twice."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from daogou.core.clock import Clock
from daogou.data.ingest.options import ImportOptions
from daogou.data.ingest.run import import_files

Write = Callable[..., Path]


def table(n_rows: int) -> str:
    rows = [f"view,p{n % 7},u{n % 3},2020-01-01 10:00:00,{'x' if n % 10 == 9 else n}\n" for n in range(n_rows)]
    return "event,item_id,user_id,time,price\n" + "".join(rows)


@pytest.fixture
def options(clock: Clock, tmp_path: Path) -> ImportOptions:
    return ImportOptions(
        clock=clock, reject_folder=tmp_path / "rejected", state_folder=tmp_path / "state", batch_size=20
    )


@pytest.mark.parametrize("pack", [None, "gzip"])
def test_an_interrupted_import_goes_on_where_it_stopped(
    shelf: Any, write: Write, options: ImportOptions, pack: str | None
) -> None:
    file = write("a.csv", table(200), pack=pack)
    shelf.fails_after = 90
    with pytest.raises(KeyboardInterrupt):
        import_files(shelf, [file], options)
    stored = len(shelf.events)
    assert 0 < stored <= 90
    shelf.fails_after = None
    before = shelf.transactions
    report = import_files(shelf, [file], options)
    assert report.files[0].resumed_rows > 80
    assert shelf.transactions - before < 8  # of ten
    assert (len(shelf.events), report.accepted, report.duplicates, report.rejected) == (180, 180, 0, 20)
    assert len(Path(report.reject_files[0]).read_text().splitlines()) == 1 + 20


def test_a_resumed_import_gives_twins_the_ids_they_would_have_had(
    shelf: Any, write: Write, options: ImportOptions
) -> None:
    rows = "event,item_id,user_id,time\n" + "view,p1,u1,2020-01-01 10:00:00\n" * 100
    file = write("a.csv", rows)
    shelf.fails_after = 50
    with pytest.raises(KeyboardInterrupt):
        import_files(shelf, [file], options)
    shelf.fails_after = None
    assert import_files(shelf, [file], options).duplicates == 0
    assert len(shelf.events) == 100


def test_nothing_is_left_behind_once_a_file_is_in(
    shelf: Any, write: Write, options: ImportOptions, tmp_path: Path
) -> None:
    import_files(shelf, [write("a.csv", table(50))], options)
    assert list((tmp_path / "state").iterdir()) == []


@pytest.mark.parametrize("change", [{"resume": False}, {"mapping": {"price": "-"}}])
def test_without_resume_or_with_other_settings_the_file_is_read_anew(
    shelf: Any, write: Write, options: ImportOptions, change: dict[str, Any]
) -> None:
    file = write("a.csv", table(200))
    shelf.fails_after = 90
    with pytest.raises(KeyboardInterrupt):
        import_files(shelf, [file], options)
    shelf.fails_after = None
    report = import_files(shelf, [file], ImportOptions(**{**vars(options), **change}))
    assert report.files[0].resumed_rows == 0


def test_a_changed_file_is_read_anew(shelf: Any, write: Write, options: ImportOptions) -> None:
    shelf.fails_after = 90
    with pytest.raises(KeyboardInterrupt):
        import_files(shelf, [write("a.csv", table(200))], options)
    shelf.fails_after = None
    report = import_files(shelf, [write("a.csv", table(300))], options)
    assert (report.files[0].resumed_rows, len(shelf.events), report.accepted + report.duplicates) == (0, 270, 270)


def test_an_emptied_store_is_filled_from_the_start(shelf: Any, write: Write, options: ImportOptions) -> None:
    file = write("a.csv", table(200))
    shelf.fails_after = 90
    with pytest.raises(KeyboardInterrupt):
        import_files(shelf, [file], options)
    shelf.fails_after = None
    shelf.events.clear()
    import_files(shelf, [file], options)
    assert len(shelf.events) == 180
