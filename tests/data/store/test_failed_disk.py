"""The disk says that it could not keep what was written: from then on this process writes nothing more."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from daogou.data.store import open_store

PROGRAM = """
import sys
from daogou.core.errors import DaogouError
from daogou.core.types import Event
from daogou.data.store import open_store

store = open_store(sys.argv[1])
print("open", flush=True)
sys.stdin.readline()
for number in range(10):
    try:
        store.append([Event(f"e{number}", "search", number)])
        print("kept", number, flush=True)
    except DaogouError as error:
        print(error.code, number, flush=True)
print("reads", store.last_seq() >= 0, flush=True)
"""


def said_under(fault: str, folder: Path, url: str) -> list[str]:
    """The first word for each of ten events, where system calls fail as strace is told."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("needs strace, which answers in place of the disk")
    calls = fault.split(":")[0]
    command = [strace, "-f", "-qq", "-o", str(folder / "calls"), "-e", f"trace={calls}", "-e", f"inject={fault}"]
    program = [sys.executable, "-c", PROGRAM, url]
    done = subprocess.run([*command, *program], input="\n", capture_output=True, text=True, check=False)
    if "open" not in done.stdout:
        pytest.skip(f"strace may not look at another process here: {done.stderr[-200:]}")
    *events, reads = done.stdout.splitlines()[1:]
    assert reads == "reads True"
    return [line.split()[0] for line in events]


def test_after_a_failed_fsync_nothing_is_acknowledged_until_a_restart(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/shop.db"
    open_store(url).close()
    said = said_under("fsync,fdatasync:error=EIO:when=1", tmp_path, url)
    assert said == ["disk_failed"] * 10  # the disk itself failed only once
    store = open_store(url)
    there = {event.event_id for _, event in store.iterate_events()}
    assert not there - {"e0"}  # what failed may come back from the log: it was not acknowledged, it counts once
    store.close()


@pytest.mark.parametrize("error", ["EIO", "EROFS"])
def test_a_write_that_the_disk_refuses_is_not_acknowledged_and_the_next_one_may_be(tmp_path: Path, error: str) -> None:
    url = f"sqlite:///{tmp_path}/shop.db"
    open_store(url).close()
    keeper = open_store(url)
    keeper.last_seq()  # an open reader keeps the log file, so that opening writes nothing
    said = said_under(f"pwrite64:error={error}:when=1..6", tmp_path, url)
    keeper.close()
    assert said[0] == "storage_unavailable"
    assert said[-1] == "kept"
    kept = {f"e{number}" for number, word in enumerate(said) if word == "kept"}
    store = open_store(url)
    assert {event.event_id for _, event in store.iterate_events()} >= kept
    store.close()
