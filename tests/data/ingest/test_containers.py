"""Compressed files that claim far more than they hold: read in bounded memory and time."""

from __future__ import annotations

import gzip
import tracemalloc
from pathlib import Path

import pytest
import zstandard

from daogou.core.errors import Malformed
from daogou.data.ingest import containers
from daogou.data.ingest.containers import open_file
from daogou.data.ingest.tables import BadRow, open_table

MEGABYTE = 1 << 20


def packed(path: Path, start: bytes, filler: bytes, times: int) -> Path:
    """A zstd file of `start` and then `filler` many times; a few kilobytes for any number of times."""
    packer = zstandard.ZstdCompressor().compressobj()
    with path.open("wb") as file:
        file.write(packer.compress(start))
        for _ in range(times):
            file.write(packer.compress(filler))
        file.write(packer.flush())
    return path


def test_a_small_file_that_grows_a_thousandfold_is_read_in_little_memory(tmp_path: Path) -> None:
    bomb = packed(tmp_path / "bomb.csv.zst", b"item_id\n", b"x" * (MEGABYTE - 1) + b"\n", 160)
    assert bomb.stat().st_size < MEGABYTE // 10
    opened = open_file(bomb)
    tracemalloc.start()
    try:
        n_bytes = sum(map(len, opened.lines()))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        opened.close()
    assert n_bytes == 160 * MEGABYTE + len(b"item_id\n")
    assert most < 100 * MEGABYTE


def test_a_line_without_end_is_one_refused_row_and_the_next_line_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(containers, "LONGEST_LINE", 100)
    monkeypatch.setattr("daogou.data.ingest.tables.LONGEST_LINE", 100)
    path = tmp_path / "long.csv"
    path.write_bytes(b"id,title\na,A\nb," + b"x" * 1_000 + b"\nc,C\n")
    opened = open_file(path)
    refused, *rest = [row for row in open_table(opened).rows() if isinstance(row, BadRow)]
    opened.close()
    assert (refused.line, refused.rule, rest) == (3, "line_too_long", [])
    opened = open_file(path)
    assert [row for row in open_table(opened).rows() if not isinstance(row, BadRow)] == [
        (2, ["a", "A"]),
        (4, ["c", "C"]),
    ]
    opened.close()


@pytest.mark.parametrize("pack", ["gzip", "zstd"])
def test_members_and_padding_one_after_the_other_are_one_file(tmp_path: Path, pack: str) -> None:
    squeeze = gzip.compress if pack == "gzip" else zstandard.ZstdCompressor().compress
    path = tmp_path / "joined"
    path.write_bytes(squeeze(b"id,title\n") + squeeze(b"a,A\n" * 5_000) + (b"\0" * 9 if pack == "gzip" else b""))
    opened = open_file(path)
    assert b"".join(opened.lines()) == b"id,title\n" + b"a,A\n" * 5_000
    assert opened.damage is None
    opened.close()


def test_a_header_longer_than_any_line_may_be_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "LONGEST_LINE", 100)
    monkeypatch.setattr("daogou.data.ingest.tables.LONGEST_LINE", 100)
    path = tmp_path / "header.csv"
    path.write_bytes(b"id," * 1_000 + b"\n")
    opened = open_file(path)
    with pytest.raises(Malformed, match="at most 100 bytes"):
        open_table(opened)
    opened.close()
