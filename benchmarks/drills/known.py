"""All drills, in the order of the page."""

from __future__ import annotations

from drills import r1_kills, r2_resend, r3_disk_full, r5_fsync, r6_database_away, r10_soak
from drills.elsewhere import tests

_ALL = (
    r1_kills.DRILL,
    r2_resend.DRILL,
    r3_disk_full.DRILL,
    r5_fsync.DRILL,
    r6_database_away.DRILL,
    r10_soak.DRILL,
    tests(
        "R11",
        "clock jumps, leap second, time zones, events from the future and the far past",
        "no crash, future events refused, expiry right",
        "tests/serve/api/test_clock.py",
    ),
)

DRILLS = {drill.name: drill for drill in _ALL}
