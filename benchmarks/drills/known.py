"""All drills, in the order of the page."""

from __future__ import annotations

from drills import r1_kills, r2_resend, r3_disk_full, r5_fsync, r6_database_away, r7_model_away, r10_soak, s9_grounding
from drills.elsewhere import SHOP, script, tests

_ALL = (
    r1_kills.DRILL,
    r2_resend.DRILL,
    r3_disk_full.DRILL,
    script(
        "R4",
        "kill -9 while a release is published",
        "always the old or the new one, 100 times",
        "benchmarks/swap.py",
        "--shop",
        SHOP,
    ),
    r5_fsync.DRILL,
    r6_database_away.DRILL,
    r7_model_away.DRILL,
    script(
        "R8",
        "models swapped and workers restarted under load",
        "0 failed calls, p99 ≤ 2 ×",
        "benchmarks/swap.py",
        "--shop",
        SHOP,
    ),
    script(
        "R9",
        "5 times as many calls as it can answer",
        "≥ 80 % of peak, refusals ≤ 50 ms",
        "benchmarks/overload.py",
        "--shop",
        SHOP,
    ),
    r10_soak.DRILL,
    tests(
        "R11",
        "clock jumps, leap second, time zones, events from the future and the far past",
        "no crash, future events refused, expiry right",
        "tests/serve/api/test_clock.py",
    ),
    script(
        "R12",
        "backup, then restore on an empty folder",
        "the last backup, ≤ 15 min for 10 M events",
        "benchmarks/restore.py",
    ),
    tests(
        "F1",
        "worker killed, files gone, two servers, no descriptors, no memory to train",
        "goes on, nothing acknowledged lost",
        "tests/serve/test_server_faults.py",
    ),
    tests("F2", "database away, seen from inside", "degraded, marked, back by itself", "tests/serve/api/test_away.py"),
    tests(
        "F3", "the disk refuses writes or fsync", "nothing acknowledged lost", "tests/data/store/test_failed_disk.py"
    ),
    tests(
        "S1",
        "every endpoint against its schema, fuzzed",
        "0 server errors, 0 violations",
        "tests/contracts/test_openapi.py",
        "tests/security/test_fuzzing.py",
        "--fuzz-examples=80",
    ),
    tests("S3", "every endpoint with every kind of key", "100 % right", "tests/serve/api/test_access_matrix.py"),
    tests("S4", "altered cursors and states", "no effect", "tests/security/test_tampering.py"),
    tests(
        "S5",
        "rate limits, slow and huge calls",
        "429/413/400/408, others' p99 ≤ 2 ×",
        "tests/serve/api/test_limits.py",
        "tests/serve/test_limiter.py",
        "tests/serve/test_admission.py",
        "tests/serve/test_connection.py",
    ),
    tests(
        "S7",
        "scripts and formulas in titles and exports",
        "none runs",
        "tests/security/test_hostile_words.py",
        "tests/data/ingest/test_formulas.py",
        "tests/cli/test_printable.py",
    ),
    tests(
        "S8",
        "instructions planted in titles, descriptions, attributes, policies, questions and states; a model that obeys",
        "0 foreign ids, wrong prices, links, changes, others' data",
        "tests/security/test_prompt_injection.py",
        "tests/security/test_guide_door.py",
    ),
    s9_grounding.DRILL,
    tests("S11", "canaries in logs, errors and metrics", "0 found", "tests/security/test_nothing_leaves.py"),
    tests("S13", "personalisation off", "the same list for two shoppers", "tests/security/test_personalisation_off.py"),
    tests("S14", "one price for all", "the same price and stock", "tests/security/test_one_price_for_all.py"),
    script("S15", "fake profiles for an item", "HR@10 rises ≤ 0.5 points", "benchmarks/poisoning.py"),
    script("S16", "fake sessions for a pair", "≥ 100 distinct trusted users needed", "benchmarks/poisoning.py"),
    script("S17", "half of all sessions are bots", "overlap@10 ≥ 90 %", "benchmarks/poisoning.py"),
    tests(
        "S19",
        "locked dependencies, no outbound call",
        "everything locked with hashes, 0 calls; advisories are for `make audit`",
        "tests/packaging/test_supply_chain.py",
        "tests/security/test_nothing_leaves.py",
    ),
    tests(
        "S21",
        "assistants' door: clients of both protocols, foreign hosts and pages, wrong arguments, hidden items",
        "all refused or answered as documented, 0 hidden items",
        "tests/serve/agents",
        "tests/security/test_agents.py",
    ),
    tests(
        "S24",
        "the audit log is altered",
        "every edit found",
        "tests/serve/audit/test_chain.py",
        "tests/serve/audit/test_log.py",
    ),
)

DRILLS = {drill.name: drill for drill in _ALL}
