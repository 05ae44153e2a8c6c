"""A trainer beside the server is started again when it ends, with a pause, and stopped with it."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from daogou.serve.supervisor import Trainer

COUNT = "import sys, pathlib; p = pathlib.Path(sys.argv[1]); p.write_text((p.read_text() if p.exists() else '') + '.')"


def started(path: Path) -> int:
    return len(path.read_text()) if path.exists() else 0


def test_a_trainer_that_ends_is_started_again_after_a_pause(tmp_path: Path) -> None:
    counted = tmp_path / "starts"
    trainer = Trainer([sys.executable, "-c", COUNT, str(counted)])
    deadline = time.monotonic() + 60
    while started(counted) < 2 and time.monotonic() < deadline:
        trainer.keep_alive()
        time.sleep(0.05)
    assert started(counted) == 2
    trainer.stop()


def test_a_stopped_trainer_is_gone(tmp_path: Path) -> None:
    trainer = Trainer([sys.executable, "-c", f"{COUNT}\nimport time; time.sleep(60)", str(tmp_path / "starts")])
    trainer.keep_alive()
    trainer.keep_alive()
    assert trainer._process is not None
    trainer.stop()
    assert trainer._process.poll() is not None
