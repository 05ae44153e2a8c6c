from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from daogou.core.errors import ArtifactRefused, InvalidInput, NotFound, NotReady
from daogou.learn import releases as module
from daogou.learn.artifact import current_release, open_release, publish, releases
from daogou.learn.locks import InUse
from daogou.learn.releases import add_candidate, candidates, find_release, previous_release, release_name

PUBLISH = """
import sys, pathlib
from daogou.learn.releases import publish
print('now', flush=True)
publish(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
"""
NOON = 1_795_262_400_000_000  # 2026-11-21T12:00:00Z


def made(root: Path, name: str, content: str = "good") -> Path:
    folder = root / "staging" / name
    folder.mkdir(parents=True)
    (folder / "release.json").write_text(content)
    return folder


def load(path: Path) -> str:
    content = (path / "release.json").read_text()
    if content == "bad":
        raise ArtifactRefused(f"{path.name} is bad")
    return content


def test_names_sort_by_time_and_never_meet() -> None:
    assert release_name(NOON).startswith("20261121T120000Z-")
    assert release_name(NOON) != release_name(NOON)
    assert release_name(NOON) < release_name(NOON + 1_000_000)


def test_before_the_first_release_the_next_step_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="Train one with: daogou train"):
        current_release(tmp_path)
    assert releases(tmp_path) == []


def test_a_published_release_is_in_force_and_the_one_before_is_kept(tmp_path: Path) -> None:
    first = publish(made(tmp_path, "a"), tmp_path)
    second = publish(made(tmp_path, "b"), tmp_path)
    assert current_release(tmp_path) == second == tmp_path / "releases" / "b"
    assert releases(tmp_path) == [second, first]
    assert not (tmp_path / "staging" / "b").exists()


def test_a_release_already_in_place_is_put_in_force_where_it_lies(tmp_path: Path) -> None:
    publish(made(tmp_path, "a"), tmp_path)
    publish(made(tmp_path, "b"), tmp_path)
    assert publish(tmp_path / "releases" / "a", tmp_path) == current_release(tmp_path)
    assert [path.name for path in releases(tmp_path)] == ["a", "b"]


def test_only_so_many_are_kept_and_never_less_than_the_one_to_fall_back_on(tmp_path: Path) -> None:
    for name in "abcd":
        publish(made(tmp_path, name), tmp_path, keep=2)
    assert [path.name for path in releases(tmp_path)] == ["d", "c"]
    with pytest.raises(InvalidInput, match="at least 2"):
        publish(made(tmp_path, "e"), tmp_path, keep=1)


def test_two_releases_of_one_name_are_refused(tmp_path: Path) -> None:
    publish(made(tmp_path, "a"), tmp_path)
    with pytest.raises(InvalidInput, match="already there"):
        publish(made(tmp_path, "a"), tmp_path)
    assert load(current_release(tmp_path)) == "good"


def test_what_is_not_a_folder_is_not_published(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="is not a folder"):
        publish(tmp_path / "nothing", tmp_path)


def test_the_current_release_is_opened_when_it_is_sound(tmp_path: Path) -> None:
    publish(made(tmp_path, "a", "old"), tmp_path)
    publish(made(tmp_path, "b", "new"), tmp_path)
    opened = open_release(tmp_path, load)
    assert (opened.value, opened.path.name, opened.refused) == ("new", "b", ())


def test_a_refused_release_falls_back_on_the_one_before_and_says_so(tmp_path: Path) -> None:
    publish(made(tmp_path, "a", "old"), tmp_path)
    broken = publish(made(tmp_path, "b", "bad"), tmp_path)
    opened = open_release(tmp_path, load)
    assert opened.value == "old"
    assert opened.refused == ((broken, "b is bad"),)


def test_when_all_are_refused_every_reason_is_given(tmp_path: Path) -> None:
    publish(made(tmp_path, "a", "bad"), tmp_path)
    publish(made(tmp_path, "b", "bad"), tmp_path)
    with pytest.raises(ArtifactRefused, match="Reasons: b is bad; a is bad"):
        open_release(tmp_path, load)


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_while_publishing_leaves_the_old_release_in_force(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    publish(made(tmp_path, "a", "old"), tmp_path)
    calls = []

    def fail_late(*arguments: object) -> None:
        calls.append(arguments)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, fail_late)
    with pytest.raises(OSError, match="No space left"):
        publish(made(tmp_path, "b", "new"), tmp_path)
    monkeypatch.undo()
    assert calls
    assert open_release(tmp_path, load).value == "old"


def test_a_crash_between_the_two_renames_leaves_the_old_release_in_force(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(made(tmp_path, "a", "old"), tmp_path)

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "_write_current", crash)
    with pytest.raises(KeyboardInterrupt):
        publish(made(tmp_path, "b", "new"), tmp_path)
    assert open_release(tmp_path, load).value == "old"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"current": "../../etc", "previous": null}', '{"current": "gone"}'])
def test_a_broken_pointer_means_the_newest_folder(tmp_path: Path, text: str) -> None:
    publish(made(tmp_path, "a", "old"), tmp_path)
    publish(made(tmp_path, "b", "new"), tmp_path)
    (tmp_path / "CURRENT").write_text(text)
    assert open_release(tmp_path, load).value == "new"


def test_a_current_release_that_was_deleted_falls_back_too(tmp_path: Path) -> None:
    publish(made(tmp_path, "a", "old"), tmp_path)
    gone = publish(made(tmp_path, "b", "new"), tmp_path)
    (gone / "release.json").unlink()
    gone.rmdir()
    opened = open_release(tmp_path, load)
    assert opened.value == "old"
    assert opened.refused == ((gone, f"{gone} is missing."),)


def test_a_candidate_is_kept_out_of_force_and_promoted_by_publishing_it(tmp_path: Path) -> None:
    publish(made(tmp_path, "a", "old"), tmp_path)
    candidate = add_candidate(made(tmp_path, "b", "new"), tmp_path)
    assert candidates(tmp_path) == [candidate] == [find_release(tmp_path, "b")]
    assert open_release(tmp_path, load).value == "old"
    (tmp_path / "CURRENT").write_text("{")  # even a broken pointer does not put it in force
    assert open_release(tmp_path, load).value == "old"
    publish(candidate, tmp_path)
    assert (open_release(tmp_path, load).value, candidates(tmp_path)) == ("new", [])
    with pytest.raises(NotFound, match="Known: a, b"):
        find_release(tmp_path, "c")


def test_going_back_twice_leads_to_where_one_was(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="nothing to go back to"):
        previous_release(tmp_path)
    for name in "ab":
        publish(made(tmp_path, name), tmp_path)
    publish(previous_release(tmp_path), tmp_path)
    assert (current_release(tmp_path).name, previous_release(tmp_path).name) == ("a", "b")
    publish(previous_release(tmp_path), tmp_path)
    assert (current_release(tmp_path).name, previous_release(tmp_path).name) == ("b", "a")


def test_putting_the_serving_release_in_force_again_forgets_no_way_back(tmp_path: Path) -> None:
    for name in "ab":
        publish(made(tmp_path, name), tmp_path)
    publish(current_release(tmp_path), tmp_path)
    assert previous_release(tmp_path).name == "a"


def test_a_release_that_a_process_uses_is_not_deleted(tmp_path: Path) -> None:
    oldest = publish(made(tmp_path, "a"), tmp_path)
    used = InUse(oldest)
    for name in "bcd":
        publish(made(tmp_path, name), tmp_path, keep=2)
    assert oldest.is_dir()
    assert not (tmp_path / "releases" / "b").exists()
    used.let_go()
    publish(made(tmp_path, "e"), tmp_path, keep=2)
    assert not oldest.exists()


def test_a_publisher_killed_at_any_moment_leaves_the_old_or_the_new_release(tmp_path: Path) -> None:
    publish(made(tmp_path, "r00", "old"), tmp_path)
    known = {"r00"}
    for number, seconds in enumerate([0.0, 0.001, 0.003, 0.01, 0.03, 0.1], 1):
        name = f"r{number:02}"
        folder = made(tmp_path, name, name)
        for part in range(40):
            (folder / f"part{part}").write_bytes(bytes(1_000))
        command = [sys.executable, "-c", PUBLISH, str(folder), str(tmp_path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as publisher:
            assert publisher.stdout is not None
            publisher.stdout.readline()
            time.sleep(seconds)
            publisher.kill()
        known.add(name)
        opened = open_release(tmp_path, load)
        assert opened.path.name in known
        assert opened.refused == ()
        assert len(list(opened.path.glob("part*"))) == (40 if opened.path.name != "r00" else 0)
