"""`daogou tune` as a shop's developer meets it: killed, stopped, read, and written."""

from __future__ import annotations

import json
import random
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
from daogou.data.ingest.run import import_rows
from daogou.data.store import open_store

COMMAND = [sys.executable, "-c", "from daogou.cli.main import run; run()", "tune"]
SHOP_FILE = """\
# The tea house.
[shop]
id = "tea-house"
name = { en = "Tea house" }

[rules]
already_bought = "allow"   # people come back for tea

[models.user_knn]          # tastes come in groups
recipe = "user_knn"
settings = { neighbours = 1 } # a guess
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Three months of a shop with tastes: a shopper takes mostly from one quarter of the catalogue."""
    (tmp_path / "shop.toml").write_text(SHOP_FILE, encoding="utf-8")
    rng = random.Random(5)
    items = [{"id": f"i{number}", "title": f"Tea {number}", "price": "3.00"} for number in range(40)]
    events = []
    for number in range(3_000):
        user = rng.randrange(100)
        quarter = user % 4 if rng.random() < 0.85 else rng.randrange(4)
        minutes = 40 * number
        events.append(
            {
                "event_id": f"e{number}",
                "event_name": "purchase",
                "user_id": f"u{user}",
                "item_id": f"i{quarter * 10 + rng.randrange(10)}",
                "transaction_id": f"t{number}",
                "timestamp": f"2026-0{6 + minutes // 43_200}-{1 + minutes % 43_200 // 1440:02}"
                f"T{minutes % 1440 // 60:02}:{minutes % 60:02}:00Z",
            }
        )
    with closing(open_store(f"sqlite:///{tmp_path / 'daogou.db'}")) as store:
        import_rows(store, "items", items)
        report = import_rows(store, "events", events)
    assert report.accepted == 3_000
    return tmp_path


def tune(shop: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["--shop", str(shop), *words])


def found_in(shop: Path, *words: str) -> Any:
    shown = tune(shop, "--json", *words)
    assert shown.exit_code == 0, shown.output
    return json.loads(shown.stdout)


def n_completed(shop: Path) -> int:
    path = shop / "files" / "tuning" / "trials.db"
    if not path.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            (count,) = database.execute("SELECT count(*) FROM trials WHERE state = 'COMPLETE'").fetchone()
            return int(count)
    except sqlite3.OperationalError:  # not made in full yet
        return 0


def started_and_stopped(shop: Path, how: signal.Signals, n_trials: int = 4) -> tuple[int, str]:
    """Start a long search, wait until some trials are through, and send the signal."""
    running = subprocess.Popen(
        [*COMMAND, "--shop", str(shop), "--minutes", "30", "--model", "user_knn", "--model", "ease"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        until = time.monotonic() + 120
        while n_completed(shop) < n_trials:
            assert running.poll() is None, running.communicate()[1]
            assert time.monotonic() < until
            time.sleep(0.01)
        running.send_signal(how)
        _, told = running.communicate(timeout=60)
    finally:
        running.kill()
    return running.returncode, told


def trials_of(found: Any) -> dict[str, list[tuple[Any, float]]]:
    return {model["model"]: [(one["settings"], one["ndcg@20"]) for one in model["trials"]] for model in found["models"]}


def test_a_search_that_was_killed_goes_on_with_all_it_had(shop: Path) -> None:
    code, _ = started_and_stopped(shop, signal.SIGKILL)
    assert code == -signal.SIGKILL
    kept = trials_of(found_in(shop, "--minutes", "0", "-m", "user_knn", "-m", "ease"))
    assert sum(len(one) for one in kept.values()) >= 4
    after = found_in(shop, "--minutes", "0.08", "-m", "user_knn", "-m", "ease")
    assert after["is_continued"]
    later = trials_of(after)
    for model, trials in kept.items():
        assert later[model][: len(trials)] == trials
    assert sum(map(len, later.values())) > sum(map(len, kept.values()))
    for trials in later.values():
        assert len({json.dumps(settings, sort_keys=True) for settings, _ in trials}) == len(trials), "none twice"


def test_a_search_that_is_stopped_by_hand_says_how_to_go_on(shop: Path) -> None:
    code, told = started_and_stopped(shop, signal.SIGINT)
    assert code == 130
    assert "the same command goes on from there" in told
    assert "Traceback" not in told
    assert sum(map(len, trials_of(found_in(shop, "--minutes", "0", "-m", "user_knn", "-m", "ease")).values())) >= 4


def test_the_proposal_is_shown_and_written_only_when_asked_for(shop: Path) -> None:
    path = shop / "shop.toml"
    words = ("--minutes", "0.1", "--model", "user_knn")
    shown = found_in(shop, *words)
    (model,) = shown["models"]
    assert model["gain"]["mean"] > 0
    assert not shown["is_written"]
    assert path.read_text(encoding="utf-8") == SHOP_FILE
    neighbours = shown["proposed"]["user_knn"]["neighbours"]
    assert f"-settings = {{ neighbours = 1 }} # a guess\n+settings = {{ neighbours = {neighbours}" in shown["diff"]

    printed = tune(shop, *words, "--minutes", "0", "--write")
    assert printed.exit_code == 0, printed.output
    assert "Next: daogou train" in printed.stdout
    written = path.read_text(encoding="utf-8")
    for comment in ("# The tea house.", "# people come back for tea", "# tastes come in groups", "# a guess"):
        assert comment in written
    assert dict(read_settings(shop).models["user_knn"].settings) == shown["proposed"]["user_knn"]

    again = found_in(shop, "--minutes", "0", "--model", "user_knn")
    assert again["proposed"] == {}
    assert again["diff"] == ""


def test_it_speaks_chinese_and_leaves_a_page(shop: Path) -> None:
    shown = tune(shop, "--minutes", "0.05", "--model", "user_knn", "--lang", "zh")
    assert shown.exit_code == 0, shown.output
    assert "测试段从未读取" in shown.stdout
    assert "搜索结果" in shown.stdout
    assert '<html lang="zh"' in (shop / "files" / "tuning" / "tuning.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("--model", "magic"), "No model or recipe is called 'magic'"),
        (("--minutes", "-1"), "--minutes -1.0 is not allowed"),
        (("--lang", "fr"), "No language is called 'fr'. Known: en, zh."),
    ],
)
def test_a_wrong_word_is_misuse_and_said(shop: Path, words: tuple[str, ...], part: str) -> None:
    shown = tune(shop, *words)
    assert isinstance(shown.exception, InvalidInput)
    assert part in str(shown.exception)
