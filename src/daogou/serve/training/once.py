"""The process of one training: gives way to everything else, says how it ended by its exit status.

0: a candidate was made and judged; 3: another training is running; anything else: it failed.
"""

from __future__ import annotations

import os
import sys

from daogou.core.clock import system_clock
from daogou.core.errors import DaogouError, InvalidInput
from daogou.core.settings import files_folder
from daogou.learn.release_log import note
from daogou.learn.training.lock import training_lock
from daogou.serve.handover import folder_and_settings
from daogou.serve.monitor.log import SINK, configure_log, logger
from daogou.serve.training.attempt import BY, train_and_judge
from daogou.serve.training.priority import give_way

MADE, FAILED, ANOTHER_RUNS = 0, 1, 3
WHY_VARIABLE = "DAOGOU_TRAINING_FOR"


def main() -> int:
    """Train the shop that the environment names; every step is one line of the log."""
    configure_log()
    folder, settings = folder_and_settings()
    give_way(settings.training.nice)
    root = files_folder(settings, folder) / "models"
    why = os.environ.get(WHY_VARIABLE, "")
    try:
        with training_lock(root):
            pass
    except InvalidInput as error:
        logger().info("training waits", reason=str(error))
        return ANOTHER_RUNS
    logger().info("training", why=why, process=os.getpid())
    try:
        made = train_and_judge(folder, settings, system_clock, why=why, progress=_logged)
    except DaogouError as error:
        told = {"en": f"It failed: {error}", "zh": f"训练失败：{error}"}
        note(root, system_clock(), "failed", "", BY, reasons=[told])
        logger().error("training failed", error=error.code, reason=str(error))
        return FAILED
    logger().info(
        "trained", release=made.release, verdict=made.verdict.ruling, became=made.became,
        reasons=[one["en"] for one in made.verdict.reasons],
    )  # fmt: skip
    return MADE


def _logged(done: int, total: int | None, what: str) -> None:
    logger().info("training step", done=done, of=total, what=what)


if __name__ == "__main__":
    status = main()
    SINK.end()
    sys.exit(status)
