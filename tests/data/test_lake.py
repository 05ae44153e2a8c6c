"""The lake: nothing is lost or doubled on the way to Parquet, and learning reads one Dataset from lake and log."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from daogou.core.clock import DAY_US
from daogou.core.errors import InvalidInput, StorageFull, StorageUnavailable, UnknownName
from daogou.core.types import EVENT_NUMBER, Consent, Event, EventLine, Item, User
from daogou.data.dataset import Dataset
from daogou.data.lake import check_lake, compact, files, open_dataset, prune, read_dataset, save_dataset
from daogou.data.lake.frame import COLUMNS, frame_of
from daogou.data.store import Appended, Store, open_store

DAY = 1_700_006_400_000_000  # 2023-11-15T00:00:00Z


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    opened = open_store(database)
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "files"


def view(event_id: str, at_us: int, item: str, person: str = "v1") -> Event:
    return Event(event_id, "view_item", at_us, (EventLine(item),), visitor_id=person)


def buy(event_id: str, at_us: int, items: str, **rest: str) -> Event:
    return Event(event_id, "purchase", at_us, tuple(EventLine(one, 2, 100) for one in items), **rest)  # type: ignore[arg-type]


def three_days() -> list[Event]:
    return [
        view("a", DAY + 5, "p"),
        buy("b", DAY + 7, "qr", user_id="anna", transaction_id="t1"),
        Event("c", "search", DAY + DAY_US, search_term="mug", visitor_id="v1"),
        view("d", DAY + DAY_US + 3, "p", "v2"),
        buy("e", DAY + 2 * DAY_US, "pq", user_id="anna", transaction_id="t2"),
        view("f", DAY + 1, "q"),
    ]


def lines(store: Store, folder: Path) -> list[tuple[object, ...]]:
    """Everything the shop knows, line by line, from the manifest's files and the log's tail."""
    manifest, tail = store.manifest_and_tail()
    frames = [pl.read_parquet(folder / file.path, hive_partitioning=False) for file in manifest.files]
    return sorted(pl.concat([frame_of(tail), *frames]).drop("seq").rows(), key=repr)


def same(one: Dataset, other: Dataset) -> bool:
    arrays = ("user", "item", "weight", "at_us", "event", "value", "basket_at_us")
    return (
        all(np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True) for name in arrays[:6])
        and (list(one.user_ids), list(one.item_ids)) == (list(other.user_ids), list(other.item_ids))
        and list(one.items) == list(other.items)
        and one.baskets.shape == other.baskets.shape
        and (one.baskets != other.baskets).nnz == 0
        and np.array_equal(one.basket_at_us, other.basket_at_us)
    )


def test_a_dataset_worked_by_hand(store: Store, folder: Path) -> None:
    store.put_items([Item("q", {"en": "Q"}), Item("never", {})])
    store.put_users([User("gone", consent=Consent(personalization="denied"))])
    store.append(
        [
            buy("late", DAY + 9, "xq", user_id="anna", transaction_id="t2"),
            view("early", DAY + 1, "p"),
            Event("shown", "impression", DAY + 2, (EventLine("shown"),), visitor_id="v1"),
            Event("rated", "rate_item", DAY + 3, (EventLine("q"),), visitor_id="v1", rating=4.0),
            buy("nobody", DAY + 4, "qy", transaction_id="t1"),
            buy("withdrawn", DAY + 5, "z", user_id="gone"),
            buy("again", DAY + 10, "qw", user_id="anna", transaction_id="t2"),
        ]
    )
    got = read_dataset(store, folder)
    assert list(got.item_ids) == ["q", "never", "p", "y", "z", "x", "w"]
    assert [item.id for item in got.items] == list(got.item_ids)
    assert got.items[0].title == {"en": "Q"}
    assert list(got.user_ids) == ["v:v1", "u:anna"]
    assert got.user.tolist() == [0, 0, 1, 1, 1, 1]
    assert got.item.tolist() == [2, 0, 0, 5, 0, 6]
    assert got.at_us.tolist() == [DAY + 1, DAY + 3, DAY + 9, DAY + 9, DAY + 10, DAY + 10]
    assert got.weight.tolist() == [1, 1, 8, 8, 8, 8]
    assert got.event.tolist() == [EVENT_NUMBER[n] for n in ("view_item", "rate_item", *["purchase"] * 4)]
    assert got.value[1] == 4.0
    assert np.isnan(np.delete(got.value, 1)).all()
    assert got.basket_at_us.tolist() == [DAY + 4, DAY + 5, DAY + 9]
    assert [row.nonzero()[1].tolist() for row in got.baskets] == [[0, 3], [4], [0, 5, 6]]
    assert got.baskets.data.tolist() == [1.0] * 6
    dtypes = [getattr(got, name).dtype for name in ("user", "item", "weight", "at_us", "event", "value")]
    assert dtypes == [np.int32, np.int32, np.float32, np.int64, np.uint8, np.float32]


def test_weights_say_which_events_are_interactions(store: Store, folder: Path) -> None:
    store.append(three_days())
    got = read_dataset(store, folder, weights={"view_item": 0.5, "purchase": 0.0})
    assert got.weight.tolist() == [0.5, 0.5, 0.5]
    assert set(got.user_ids) == {"v:v1", "v:v2"}
    assert got.baskets.shape[0] == 2


def test_a_weight_for_an_event_nobody_knows_is_refused(store: Store, folder: Path) -> None:
    with pytest.raises(UnknownName, match="No event is called 'veiw_item'"):
        read_dataset(store, folder, weights={"veiw_item": 1.0})


def test_an_empty_shop_gives_an_empty_dataset(store: Store, folder: Path) -> None:
    got = read_dataset(store, folder)
    assert (got.n_users, got.n_items, got.n_interactions, got.baskets.shape) == (0, 0, 0, (0, 0))
    assert compact(store, folder).files == ()


def test_the_dataset_is_the_same_from_the_log_the_lake_and_both(store: Store, folder: Path) -> None:
    store.put_items([Item("r", {})])
    store.append(three_days())
    from_log = read_dataset(store, folder)
    compact(store, folder)
    assert same(read_dataset(store, folder), from_log)
    assert prune(store, DAY + 9 * DAY_US, keep_per_person=1) == 3
    assert same(read_dataset(store, folder), from_log)

    more = [view("g", DAY + 2, "s"), buy("h", DAY + 4 * DAY_US, "p", user_id="ben")]
    store.append(more)
    from_both = read_dataset(store, folder)
    assert from_both.n_interactions == from_log.n_interactions + 2
    compact(store, folder)
    assert same(read_dataset(store, folder), from_both)


def test_files_lie_by_day_and_late_events_add_a_file(store: Store, folder: Path) -> None:
    store.append(three_days())
    manifest = compact(store, folder)
    assert [file.path for file in manifest.files] == [
        "events/date=2023-11-15/000000000001-000000000006.parquet",
        "events/date=2023-11-16/000000000003-000000000004.parquet",
        "events/date=2023-11-17/000000000005-000000000005.parquet",
    ]
    assert [(file.rows, file.events) for file in manifest.files] == [(4, 3), (2, 2), (2, 1)]
    assert (manifest.watermark, manifest.rows, manifest.events) == (6, 8, 6)
    store.append([view("late", DAY + 2, "p")])
    added = compact(store, folder)
    assert "events/date=2023-11-15/000000000007-000000000007.parquet" in [file.path for file in added.files]
    assert compact(store, folder) == added


def test_any_parquet_reader_finds_every_column_and_the_date(store: Store, folder: Path) -> None:
    store.append(three_days())
    compact(store, folder)
    read = pl.read_parquet(folder / "events" / "**" / "*.parquet", hive_partitioning=True)
    assert tuple(read.columns) == (*COLUMNS, "date")
    assert read.filter(pl.col("event_id") == "b").select("line", "item_id", "quantity", "price_minor").rows() == [
        (0, "q", 2, 100),
        (1, "r", 2, 100),
    ]
    assert read.filter(pl.col("name") == "search").select("search_term", "item_id").rows() == [("mug", None)]


def test_a_day_begins_when_the_shop_says(store: Store, folder: Path) -> None:
    store.append([view("a", DAY - 1, "p"), view("b", DAY, "p")])
    days = [file.path.split("/")[1] for file in compact(store, folder, timezone="Asia/Shanghai").files]
    assert days == ["date=2023-11-15"]


def test_a_crowded_day_is_merged_and_its_old_files_go_one_run_later(store: Store, folder: Path) -> None:
    for number in range(4):
        store.append([view(f"e{number}", DAY + 10 - number, "p")])
        manifest = compact(store, folder, max_files_per_day=3)
    assert [file.path for file in manifest.files] == ["events/date=2023-11-15/000000000001-000000000004.v4.parquet"]
    assert len(list(folder.glob("events/*/*.parquet"))) == 5
    merged = pl.read_parquet(folder / manifest.files[0].path, hive_partitioning=False)
    assert merged["event_id"].to_list() == ["e3", "e2", "e1", "e0"]
    compact(store, folder)
    assert len(list(folder.glob("events/*/*.parquet"))) == 1
    assert check_lake(store, folder) == []


def test_reading_while_files_are_merged_away_begins_again(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.append(three_days())
    compact(store, folder)
    stale = store.manifest_and_tail()
    for number in range(3):
        store.append([view(f"more{number}", DAY, "p")])
        compact(store, folder, max_files_per_day=2)
    compact(store, folder)
    expected = read_dataset(store, folder)
    answers = [stale, store.manifest_and_tail()]
    monkeypatch.setattr(store, "manifest_and_tail", lambda: answers.pop(0))
    assert same(read_dataset(store, folder), expected)
    assert answers == []


def test_pruning_keeps_what_answers_are_made_from_and_remembers_every_id(store: Store, folder: Path) -> None:
    sent = [view(f"e{number}", DAY + number, f"i{number}", f"v{number % 2}") for number in range(20)]
    anonymous = [buy("nobody", DAY, "p"), Event("shown", "impression", DAY, (EventLine("p"),), visitor_id="v0")]
    store.append([*sent, *anonymous])
    past = store.history(["v:v0"], 3)
    assert prune(store, DAY + DAY_US, keep_per_person=3) == 0  # the lake does not hold them yet
    compact(store, folder)
    assert prune(store, DAY + 2, keep_per_person=3) == 4
    assert prune(store, DAY + DAY_US, keep_per_person=3) == 12
    assert store.history(["v:v0"], 3) == past
    assert store.statistics()["events"] == 6
    assert store.append([*sent, *anonymous]) == Appended(accepted=0, duplicates=22)
    assert store.count_events() == 22
    assert len(lines(store, folder)) == 22


def test_a_seq_is_never_given_twice_even_when_the_log_is_emptied(store: Store, folder: Path) -> None:
    store.append([buy("a", DAY, "p"), buy("b", DAY, "p")])
    compact(store, folder)
    assert prune(store, DAY + 1, keep_per_person=0) == 2
    store.append([buy("c", DAY, "p")])
    assert compact(store, folder).watermark == 3
    assert [row[0] for row in lines(store, folder)] == ["a", "b", "c"]


class Crash(BaseException):
    """The power goes."""


def crash_at(step: int, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop dead at the `step`-th thing done to the disk or the manifest, before it is done."""
    done = 0

    def counted(action: Callable[..., object]) -> Callable[..., object]:
        def act(*arguments: object, **named: object) -> object:
            nonlocal done
            done += 1
            if done > step:
                raise Crash
            return action(*arguments, **named)

        return act

    monkeypatch.setattr(files.os, "fsync", counted(os.fsync))
    monkeypatch.setattr(Path, "replace", counted(Path.replace))
    monkeypatch.setattr(Path, "unlink", counted(Path.unlink))
    monkeypatch.setattr(store, "commit_lake", counted(store.commit_lake))


def half_compacted(folder: Path) -> Store:
    """A log with three days to take, one of which must be merged afterwards, and a leftover to sweep."""
    folder.mkdir()
    store = open_store(f"sqlite:///{folder}/shop.db")
    for number in range(2):
        store.append([view(f"before{number}", DAY + number, "p")])
        compact(store, folder)
    store.append(three_days())
    (folder / "events" / "date=2023-11-15" / ".leftover.tmp").write_bytes(b"half a file")
    return store


def test_a_crash_at_any_step_loses_and_doubles_nothing(tmp_path: Path) -> None:
    for step in range(100):
        folder = tmp_path / str(step)
        store = half_compacted(folder)
        expected = lines(store, folder)
        has_crashed = False
        with pytest.MonkeyPatch.context() as patched:
            crash_at(step, store, patched)
            try:
                compact(store, folder, max_files_per_day=2)
            except Crash:
                has_crashed = True
        assert lines(store, folder) == expected
        assert check_lake(store, folder) == []

        store.append([view("new", DAY + 5, "q")])
        expected = lines(store, folder)
        compact(store, folder, max_files_per_day=2)
        assert lines(store, folder) == expected
        compact(store, folder)
        named = {folder / file.path for file in store.manifest().files}
        assert {path for path in folder.glob("events/*/*") if path.is_file()} == named
        store.close()
        if not has_crashed:
            break
    # sweep; three files, each down, renamed and its folder down, two of them in new folders; then the merged one
    assert step == 1 + 3 * 3 + 2 + 1 + 3 + 1


def test_of_two_compactions_at_once_one_is_told_to_wait(store: Store, folder: Path) -> None:
    store.append(three_days())
    with files.sole_compactor(folder), pytest.raises(StorageUnavailable, match=r"Another compaction of .* is running"):
        compact(store, folder)
    assert compact(store, folder).events == 6


def test_a_manifest_that_changed_meanwhile_is_not_written_over(store: Store, folder: Path) -> None:
    store.append(three_days())
    manifest = compact(store, folder)
    with pytest.raises(StorageUnavailable, match="is at version 1, not 0: another compaction ran"):
        store.commit_lake(expected_version=0, add=[], remove=[manifest.files[0].path], watermark=99)
    assert store.manifest() == manifest


def test_altered_and_missing_files_are_named(store: Store, folder: Path) -> None:
    store.append(three_days())
    first, second, _ = compact(store, folder).files
    (folder / first.path).unlink()
    (folder / second.path).write_bytes(b"PAR1")
    assert check_lake(store, folder) == [
        f"{first.path} is missing.",
        f"{second.path} is not what was written: its SHA-256 or size differs.",
    ]
    with pytest.raises(StorageUnavailable, match="is missing"):
        read_dataset(store, folder)
    (folder / first.path).write_bytes(b"PAR1")
    with pytest.raises(StorageUnavailable, match="is damaged"):
        read_dataset(store, folder)


def test_a_full_disk_leaves_the_log_as_it_was(store: Store, tmp_path: Path) -> None:
    mount = shutil.which("mount")
    small = tmp_path / "small"
    small.mkdir()
    if os.name == "nt" or os.geteuid() != 0 or mount is None:
        pytest.skip("needs the right to mount a small disk")
    if subprocess.run([mount, "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(small)], capture_output=True).returncode:
        pytest.skip("needs the right to mount a small disk")
    try:
        store.append([view(f"e{number:x}", DAY + number, f"i{number * 7919:x}") for number in range(3_000)])
        with pytest.raises(StorageFull, match="Nothing was taken out of the log"):
            compact(store, small)
        assert store.manifest().watermark == 0
        assert list(small.glob("events/*/*")) == []
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_a_saved_dataset_opens_memory_mapped_and_equal(store: Store, folder: Path, tmp_path: Path) -> None:
    store.put_items([Item("q", {"zh": "茶壶"})])
    store.append(three_days())
    dataset = read_dataset(store, folder)
    save_dataset(Dataset.of(np.array([0], np.int32), np.array([0], np.int32)), tmp_path / "saved")
    save_dataset(dataset, tmp_path / "saved")
    opened = open_dataset(tmp_path / "saved")
    assert same(opened, dataset)
    assert opened.fingerprint == dataset.fingerprint
    assert isinstance(opened.user, np.memmap)
    with pytest.raises(ValueError, match="read-only"):
        opened.user[0] = 1


def test_an_empty_dataset_can_be_saved_too(store: Store, folder: Path, tmp_path: Path) -> None:
    save_dataset(read_dataset(store, folder), tmp_path / "saved")
    assert open_dataset(tmp_path / "saved").n_interactions == 0


def test_a_folder_that_holds_no_dataset_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="holds no saved dataset"):
        open_dataset(tmp_path)


def test_a_dislike_that_was_taken_back_is_in_no_interactions(store: Store, folder: Path) -> None:
    def said(event_id: str, name: str, at_us: int, person: str = "v1") -> Event:
        return Event(event_id, name, at_us, (EventLine("p"),), visitor_id=person)

    store.append([view("a", DAY, "p"), said("b", "dislike_item", DAY + 1), said("c", "dislike_item", DAY + 1, "v2")])
    store.append([said("d", "undo_dislike_item", DAY + 2), said("e", "dislike_item", DAY + 3, "v3")])
    found = read_dataset(store, folder)
    assert [found.user_ids[one] for one in found.user] == ["v:v1", "v:v2", "v:v3"]
    assert found.event.tolist() == [EVENT_NUMBER[one] for one in ("view_item", "dislike_item", "dislike_item")]


def test_old_looks_leave_the_log_of_shoppers_with_few_and_decisions_stay(store: Store, folder: Path) -> None:
    store.append([*three_days(), Event("g", "add_to_cart", DAY, (EventLine("p"),), visitor_id="v1")])
    compact(store, folder)
    assert prune(store, DAY + 9 * DAY_US, keep_per_person=300) == 1  # the search belongs to no past
    assert prune(store, DAY + 9 * DAY_US, keep_per_person=300, looks_before_us=DAY + DAY_US) == 2
    assert [event.event_id for _, event in store.iterate_events()] == ["b", "d", "e", "g"]
    assert store.append([view("a", DAY + 5, "p")]) == Appended(0, 1)
