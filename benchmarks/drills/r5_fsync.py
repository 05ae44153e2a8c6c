"""R5: the disk answers fsync with an error."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import time

from drills.callers import lost_and_doubled, spelled, status_of, stored, traffic
from drills.drill import Drill, Given, Outcome, not_here
from drills.place import scratch, small_shop
from http_server import Server

INJECT = ("-f", "-qq", "-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:error=EIO", "-o", "/dev/null")


def run(given: Given) -> Outcome:
    """Let strace answer for the disk, then let go, then restart."""
    strace = shutil.which("strace")
    if strace is None:
        return not_here("needs strace")
    seconds = 2.0 if given.is_short else 10.0
    with scratch() as place:
        folder = small_shop(place / "shop")
        server = Server(folder)
        server.start()
        assert server.process is not None
        before = asyncio.run(traffic(server, 1.0))
        tracer = subprocess.Popen([strace, *INJECT, "-p", str(server.process.pid)], stderr=subprocess.PIPE)
        time.sleep(1.0)
        if tracer.poll() is not None:
            server.stop()
            return not_here("strace may not look at another process here")
        during = asyncio.run(traffic(server, seconds))
        tracer.terminate()
        tracer.wait(10)
        after = asyncio.run(traffic(server, 1.0))
        health = asyncio.run(status_of(server, "/healthz"))
        server.kill()
        server.start()
        again = asyncio.run(traffic(server, 1.0))
        server.stop()
        there = stored(folder)
    lost = sum(lost_and_doubled(told, there)[0] for told in (before, during, after, again))
    measured = (
        f"events while fsync fails {spelled(during.events)}, codes {spelled(during.codes)}; after the disk came back, "
        f"same process: {spelled(after.events)}, /healthz {health}; lists {during.share_answered:.2%} answered; after "
        f"a restart {spelled(again.events)}; {lost} acknowledged lost"
    )
    passed = (
        during.events[200] == 0
        and during.codes["disk_failed"] > 0
        and during.share_answered == 1.0
        and after.events[200] == 0
        and health == 503
        and set(again.events) == {200}
        and lost == 0
    )
    return Outcome(passed, measured)


DRILL = Drill("R5", "fsync answers EIO", "write refused, process reports unhealthy, no acknowledgement", run)
