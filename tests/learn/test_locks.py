"""A lock is let go of with its holder, and a folder in use is known to be."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from daogou.learn.locks import InUse, is_in_use, locked

HOLD = """
import sys, time, pathlib
from daogou.learn.locks import InUse, locked
used = InUse(pathlib.Path(sys.argv[1]))
with locked(pathlib.Path(sys.argv[1]) / "lock"):
    print("held", flush=True)
    time.sleep(60)
"""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="advisory locks of POSIX")


def test_a_killed_process_holds_no_lock_and_uses_no_folder(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        assert is_in_use(tmp_path)
        with pytest.raises(BlockingIOError), locked(tmp_path / "lock", waiting=False):
            pass
        other.send_signal(signal.SIGKILL)
    with locked(tmp_path / "lock", waiting=False):
        assert not is_in_use(tmp_path)


def test_a_folder_is_in_use_until_it_is_let_go(tmp_path: Path) -> None:
    first, second = InUse(tmp_path), InUse(tmp_path)
    first.let_go()
    assert is_in_use(tmp_path)
    second.let_go()
    assert not is_in_use(tmp_path)
