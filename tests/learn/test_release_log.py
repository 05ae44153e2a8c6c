"""The log of releases is added to, survives a cut line, and tells of one release."""

from __future__ import annotations

from pathlib import Path

from daogou.learn.release_log import LOG_FILE, happenings, note


def test_what_happened_is_told_in_order_and_by_release(tmp_path: Path) -> None:
    assert happenings(tmp_path) == []
    note(tmp_path, 0, "trained", "r1", "worker")
    note(tmp_path, 1_000_000, "judged", "r1", "worker", outcome="hold", reasons=[{"en": "Why.", "zh": "原因。"}])
    note(tmp_path, 2_000_000, "promoted", "r2", "ann")
    assert [(one.what, one.release, one.by) for one in happenings(tmp_path)] == [
        ("trained", "r1", "worker"), ("judged", "r1", "worker"), ("promoted", "r2", "ann"),
    ]  # fmt: skip
    judged = happenings(tmp_path, "r1")[-1]
    assert (judged.at, judged.outcome, judged.reasons) == (
        "1970-01-01T00:00:01Z", "hold", ({"en": "Why.", "zh": "原因。"},),
    )  # fmt: skip


def test_a_line_that_a_crash_cut_short_hides_no_other(tmp_path: Path) -> None:
    note(tmp_path, 0, "trained", "r1", "worker")
    with (tmp_path / LOG_FILE).open("ab") as file:
        file.write(b'{"at": "1970\n')
    note(tmp_path, 0, "promoted", "r1", "worker")
    assert [one.what for one in happenings(tmp_path)] == ["trained", "promoted"]
