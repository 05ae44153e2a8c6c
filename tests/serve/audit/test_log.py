"""The audit log on disk: durable, whole after crashes, shared by processes."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

from daogou.core.clock import standing_clock
from daogou.serve.audit import AuditLog

NOW_US = 1_795_255_200_000_000


def log_in(folder: Path, acts: int = 0) -> AuditLog:
    log = AuditLog(folder, standing_clock(NOW_US))
    for number in range(acts):
        log.add("key_made", key_id=f"k{number}", scope="secret")
    return log


def test_what_was_added_is_read_back_in_order(tmp_path: Path) -> None:
    log = log_in(tmp_path, 3)
    entries = list(log.entries())
    assert [(entry.number, entry.facts["key_id"]) for entry in entries] == [(1, "k0"), (2, "k1"), (3, "k2")]
    assert entries[0].at == "2026-11-21T10:00:00Z"
    assert log.head().number == 3
    assert log.faults() == ([], log.head())


def test_a_shop_without_any_act_has_an_empty_log(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    assert (list(log.entries()), log.faults()[0]) == ([], [])
    assert not (tmp_path / "audit").exists()


def test_only_the_owner_reads_it(tmp_path: Path) -> None:
    log = log_in(tmp_path, 1)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (log.path, log.head_path)] == [0o600, 0o600]


def test_half_a_line_left_by_a_crash_is_cut_off_and_the_chain_goes_on(tmp_path: Path) -> None:
    log = log_in(tmp_path, 2)
    with log.path.open("ab") as file:
        file.write(b'{"act":"key_ma')
    assert log.faults()[0] == []
    log.add("key_revoked", key_id="k0")
    assert log.faults()[0] == []
    assert [entry.number for entry in log.entries()] == [1, 2, 3]


def test_a_crash_between_the_entry_and_the_head_is_no_fault(tmp_path: Path) -> None:
    log = log_in(tmp_path, 1)
    before = log.head_path.read_bytes()
    log.add("key_made", key_id="k1")
    log.head_path.write_bytes(before)
    assert log.faults()[0] == []
    log.add("key_made", key_id="k2")
    assert log.faults()[0] == []
    assert [entry.number for entry in log.entries()] == [1, 2, 3]


def test_a_cut_end_shows_for_good_even_after_more_acts(tmp_path: Path) -> None:
    log = log_in(tmp_path, 4)
    lines = log.path.read_bytes().splitlines(keepends=True)
    log.path.write_bytes(b"".join(lines[:2]))
    assert "cut off" in log.faults()[0][0]
    log.add("key_made", key_id="later")
    assert "dropped or moved" in log.faults()[0][0]


def test_a_missing_head_or_a_missing_log_shows(tmp_path: Path) -> None:
    log = log_in(tmp_path, 2)
    head = log.head_path.read_bytes()
    log.head_path.unlink()
    assert "head.json is missing" in log.faults()[0][0]
    log.head_path.write_bytes(head)
    log.path.unlink()
    assert "cut off" in log.faults()[0][0]


ADDS = """
import sys
from pathlib import Path
from daogou.serve.audit import AuditLog
log = AuditLog(Path(sys.argv[1]))
for number in range(int(sys.argv[3])):
    log.add("key_made", key_id=f"{sys.argv[2]}-{number}")
    print(number, flush=True)
"""


def adder(folder: Path, name: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", ADDS, str(folder), name, str(count)], stdout=subprocess.PIPE, text=True
    )


def test_processes_that_write_at_once_make_one_chain(tmp_path: Path) -> None:
    writers = [adder(tmp_path, str(number), 25) for number in range(3)]
    for writer in writers:
        writer.communicate()
    log = AuditLog(tmp_path)
    assert log.faults()[0] == []
    assert sorted(str(entry.facts["key_id"]) for entry in log.entries()) == sorted(
        f"{writer}-{number}" for writer in range(3) for number in range(25)
    )


def test_a_killed_writer_loses_nothing_it_has_reported(tmp_path: Path) -> None:
    for number in range(3):
        writer = adder(tmp_path, str(number), 100_000)
        assert writer.stdout is not None
        reported = [writer.stdout.readline()]
        time.sleep(0.2)
        os.kill(writer.pid, signal.SIGKILL)
        reported += writer.communicate()[0].splitlines()
        log = AuditLog(tmp_path)
        log.add("key_revoked", key_id="x")
        assert log.faults()[0] == []
        written = {entry.facts["key_id"] for entry in log.entries()}
        assert {f"{number}-{line.strip()}" for line in reported if line.strip()} <= written
