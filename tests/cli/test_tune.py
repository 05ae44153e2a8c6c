"""`daogou tune` as a shop's developer meets it: killed, stopped, read, and written."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from daogou.cli.tune import app
from daogou.core.errors import InvalidInput
from daogou.core.settings import read_settings
from daogou.learn.tuning import search

COMMAND = [sys.executable, "-c", "from daogou.cli.main import run; run()", "tune"]


def tune(tea_house: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["--shop", str(tea_house), *words])


def found_in(tea_house: Path, *words: str) -> Any:
    shown = tune(tea_house, "--json", *words)
    assert shown.exit_code == 0, shown.output
    return json.loads(shown.stdout)


def n_completed(tea_house: Path) -> int:
    path = tea_house / "files" / "tuning" / "trials.db"
    if not path.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            (count,) = database.execute("SELECT count(*) FROM trials WHERE state = 'COMPLETE'").fetchone()
            return int(count)
    except sqlite3.OperationalError:  # not made in full yet
        return 0


def started_and_stopped(tea_house: Path, how: signal.Signals, n_trials: int = 3) -> tuple[int, str]:
    """Start a long search, wait until some trials are through, and send the signal."""
    running = subprocess.Popen(
        [*COMMAND, "--shop", str(tea_house), "--minutes", "30", "--model", "trending", "--model", "repeat"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        until = time.monotonic() + 300  # a busy machine needs long to load its libraries
        while n_completed(tea_house) < n_trials:
            assert running.poll() is None, running.communicate()[1]
            assert time.monotonic() < until
            time.sleep(0.01)
        running.send_signal(how)
        _, told = running.communicate(timeout=60)
    finally:
        running.kill()
    return running.returncode, told


def trials_of(found: Any) -> dict[str, list[tuple[Any, float | None]]]:
    return {
        model["model"]: [(one["settings"], one.get("ndcg@20")) for one in model["trials"]] for model in found["models"]
    }


@pytest.fixture
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Searches end by number of trials, so that a busy machine changes nothing."""
    monkeypatch.setattr(search, "PATIENCE", (3, 0))


@pytest.mark.usefixtures("short_patience")
def test_a_search_that_was_killed_goes_on_with_all_it_had(tea_house: Path) -> None:
    code, _ = started_and_stopped(tea_house, signal.SIGKILL)
    assert code == -signal.SIGKILL
    kept = trials_of(found_in(tea_house, "--minutes", "0", "-m", "trending", "-m", "repeat"))
    assert sum(len(one) for one in kept.values()) >= 3
    after = found_in(tea_house, "--minutes", "9", "-m", "trending", "-m", "repeat")
    assert after["is_continued"]
    later = trials_of(after)
    for model, trials in kept.items():
        assert later[model][: len(trials)] == trials
    assert sum(map(len, later.values())) > sum(map(len, kept.values()))
    for trials in later.values():
        assert len({json.dumps(settings, sort_keys=True) for settings, _ in trials}) == len(trials), "none twice"


def test_a_search_that_is_stopped_by_hand_says_how_to_go_on(tea_house: Path) -> None:
    code, told = started_and_stopped(tea_house, signal.SIGINT)
    assert code == 130
    assert "the same command goes on from there" in told
    assert "Traceback" not in told
    kept = trials_of(found_in(tea_house, "--minutes", "0", "-m", "trending", "-m", "repeat"))
    assert sum(map(len, kept.values())) >= 3


@pytest.mark.usefixtures("short_patience")
def test_the_proposal_is_shown_and_written_only_when_asked_for(tea_house: Path) -> None:
    path = tea_house / "shop.toml"
    before = path.read_text(encoding="utf-8")
    words = ("--minutes", "9", "--model", "user_knn")
    shown = found_in(tea_house, *words)
    (model,) = shown["models"]
    assert model["gain"]["mean"] > 0
    assert not shown["is_written"]
    assert path.read_text(encoding="utf-8") == before
    neighbours = shown["proposed"]["user_knn"]["neighbours"]
    assert f"-settings = {{ neighbours = 1 }} # a guess\n+settings = {{ neighbours = {neighbours}" in shown["diff"]

    printed = tune(tea_house, *words, "--minutes", "0", "--write")
    assert printed.exit_code == 0, printed.output
    assert "Next: daogou train" in printed.stdout
    written = path.read_text(encoding="utf-8")
    for comment in ("# The tea house.", "# people come back for tea", "# tastes come in groups", "# a guess"):
        assert comment in written
    assert dict(read_settings(tea_house).models["user_knn"].settings) == shown["proposed"]["user_knn"]

    again = found_in(tea_house, "--minutes", "0", "--model", "user_knn")
    assert again["proposed"] == {}
    assert again["diff"] == ""


@pytest.mark.usefixtures("short_patience")
def test_it_speaks_chinese_and_leaves_a_page(tea_house: Path) -> None:
    shown = tune(tea_house, "--minutes", "9", "--model", "repeat", "--lang", "zh")
    assert shown.exit_code == 0, shown.output
    assert "测试段从未读取" in shown.stdout
    assert "搜索结果" in shown.stdout
    assert '<html lang="zh"' in (tea_house / "files" / "tuning" / "tuning.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("--model", "magic"), "No model or recipe is called 'magic'"),
        (("--minutes", "-1"), "--minutes -1.0 is not allowed"),
        (("--lang", "fr"), "No language is called 'fr'. Known: en, zh."),
    ],
)
def test_a_wrong_word_is_misuse_and_said(tea_house: Path, words: tuple[str, ...], part: str) -> None:
    shown = tune(tea_house, *words)
    assert isinstance(shown.exception, InvalidInput)
    assert part in str(shown.exception)
