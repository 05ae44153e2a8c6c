"""A training gives way with every thread it has, whenever that began."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

SHOW = """
import json, os, threading
from daogou.serve.training.priority import give_way

over = threading.Event()
for _ in range(3):
    threading.Thread(target=over.wait, daemon=True).start()
give_way({nice})
threading.Thread(target=over.wait, daemon=True).start()
threads = [int(one) for one in os.listdir("/proc/self/task")]
print(json.dumps([[os.getpriority(os.PRIO_PROCESS, one), os.sched_getscheduler(one)] for one in threads]))
"""


@pytest.mark.skipif(not hasattr(os, "SCHED_IDLE"), reason="only Linux keeps priorities by thread")
@pytest.mark.parametrize(("nice", "policy"), [(10, "SCHED_OTHER"), (19, "SCHED_IDLE")])
def test_threads_that_began_before_give_way_too(nice: int, policy: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", SHOW.format(nice=nice)], capture_output=True, text=True, check=True, timeout=60
    )
    assert json.loads(told.stdout) == [[nice, getattr(os, policy)]] * 5
