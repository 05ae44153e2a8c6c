"""A forgotten person is in no file of the lake, and the shop's counts stay true."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from daogou.core.types import Event, EventLine
from daogou.data.lake import Forgotten, check_lake, compact, forget, prune, read_dataset
from daogou.data.store import Store, open_store

DAY_US = 86_400_000_000


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    opened = open_store(database)
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "files"


def buy(event_id: str, day: int, user: str, visitor: str | None = None) -> Event:
    lines = (EventLine("mug"), EventLine("pot"))
    return Event(
        event_id,
        "purchase",
        day * DAY_US,
        lines,
        user_id=user,
        visitor_id=visitor,
        transaction_id=f"order-of-{user}-{day}",
        search_term=f"for {user}",
        context={"who": user},
    )


def test_forgetting_rewrites_only_the_files_that_name_the_person(store: Store, folder: Path) -> None:
    store.append([buy("a", 1, "anna"), buy("b", 1, "ben"), buy("c", 2, "ben"), buy("d", 3, "anna", "visitor-7")])
    before = compact(store, folder)
    prune(store, 9 * DAY_US, keep_per_person=0)
    store.append([buy("e", 3, "anna")])
    untouched = [file for file in before.files if "1970-01-03" in file.path]

    assert forget(store, folder, ["u:anna", "v:visitor-7"]) == Forgotten(events=1, files=2)
    after = store.manifest()
    assert [file for file in after.files if "1970-01-03" in file.path] == untouched
    assert (after.rows, after.events, after.watermark) == (before.rows, before.events, before.watermark)
    assert check_lake(store, folder) == []
    files = {path for path in folder.glob("events/*/*") if path.is_file()}
    assert files == {folder / file.path for file in after.files}

    dataset = read_dataset(store, folder)
    assert list(dataset.user_ids) == ["u:ben"]
    assert (dataset.baskets.shape, dataset.baskets.nnz) == ((5, 2), 10)
    read = pl.concat([pl.read_parquet(path, hive_partitioning=False) for path in files])
    assert not any("anna" in str(row) or "visitor-7" in str(row) for row in read.rows())
    assert sorted(read["denied"].to_list()) == [0, 0, 0, 0, 1, 1, 1, 1]
    assert forget(store, folder, ["u:anna", "v:visitor-7"]) == Forgotten(0, 0)


def test_not_a_letter_of_the_person_is_left_in_the_database_files(folder: Path, tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/shop.db")
    name = "some-very-unusual-name"
    store.append([buy(f"e{number}", number, name) for number in range(300)])
    before = b"".join(path.read_bytes() for path in tmp_path.glob("shop.db*"))
    assert name.encode() in before
    forget(store, folder, [f"u:{name}"])
    after = b"".join(path.read_bytes() for path in tmp_path.glob("shop.db*"))
    assert name.encode() not in after
    assert store.count_events() == 300


def test_a_visit_is_taken_out_and_the_user_stays(store: Store, folder: Path) -> None:
    store.append([buy("a", 1, "anna", "visitor-7"), buy("b", 1, "ben")])
    compact(store, folder)
    assert forget(store, folder, ["v:visitor-7"]).files == 1
    (file,) = store.manifest().files
    read = pl.read_parquet(folder / file.path, hive_partitioning=False)
    assert read["visitor_id"].null_count() == read.height
    assert sorted(set(read["person"].to_list())) == ["u:anna", "u:ben"]
    assert read["transaction_id"].null_count() == 0
