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


def test_after_a_failed_fsync_nothing_is_acknowledged_until_a_restart(tmp_path: Path) -> None:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("needs strace, which answers fsync in place of the disk")
    url, fault = f"sqlite:///{tmp_path}/shop.db", tmp_path / "calls"
    open_store(url).close()
    only_once = "inject=fsync,fdatasync:error=EIO:when=1"
    command = [strace, "-f", "-qq", "-o", str(fault), "-e", "trace=fsync,fdatasync", "-e", only_once]
    done = subprocess.run(
        [*command, sys.executable, "-c", PROGRAM, url], input="\n", capture_output=True, text=True, check=False
    )
    if "open" not in done.stdout:
        pytest.skip(f"strace may not look at another process here: {done.stderr[-200:]}")
    said = done.stdout.split("\n")
    assert [line.split()[0] for line in said[1:11]] == ["disk_failed"] * 10  # the disk itself failed only once
    assert said[11] == "reads True"
    store = open_store(url)
    there = {event.event_id for _, event in store.iterate_events()}
    assert not there - {"e0"}  # what failed may come back from the log: it was not acknowledged, it counts once
    store.close()
