"""The command line: what `--help` costs, and how mistakes reach a person."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from daogou.cli import main
from daogou.cli.main import COMMANDS


def daogou(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from daogou.cli.main import run; run()", *words],
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_lists_every_command_and_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from daogou.cli.main import app\n"
        "try:\n    app(['--help'])\nexcept SystemExit:\n    pass\n"
        "print('HEAVY', sorted({'numpy', 'polars', 'starlette', 'scipy', 'numba', 'sqlalchemy'} & set(sys.modules)))\n"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "HEAVY []" in shown
    assert all(f" {name} " in shown for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    shown = daogou(name, "--help")
    assert shown.returncode == 0, shown.stderr
    assert "--help" in shown.stdout
    assert "--install-completion" not in shown.stdout, "it would write into the person's shell for a part of a program"


def test_a_wrong_command_is_misuse() -> None:
    shown = daogou("recomend")
    assert shown.returncode == 2
    assert "recomend" in shown.stderr


def test_a_folder_without_a_shop_says_how_to_start_one(tmp_path: Path) -> None:
    shown = daogou("train", "--shop", str(tmp_path))
    assert shown.returncode == 1
    assert "daogou shop new" in shown.stderr
    assert "Traceback" not in shown.stderr


def test_a_new_shop_is_made_once(tmp_path: Path) -> None:
    folder = str(tmp_path / "tea house")
    assert daogou("shop", "new", folder, "--currency", "CNY", "--language", "zh", "--language", "en").returncode == 0
    assert 'id = "tea-house"' in (tmp_path / "tea house" / "shop.toml").read_text(encoding="utf-8")
    again = daogou("shop", "new", folder)
    assert (again.returncode, "exists already" in again.stderr) == (2, True)


def test_a_wrong_currency_is_named(tmp_path: Path) -> None:
    shown = daogou("shop", "new", str(tmp_path / "x"), "--currency", "pounds")
    assert shown.returncode == 2
    assert "'pounds'" in shown.stderr


@pytest.mark.parametrize(("number", "part"), [(errno.ENOSPC, "Free some space"), (errno.EROFS, "Let this account")])
def test_a_disk_that_takes_nothing_is_told_in_one_line_with_the_next_step(
    number: int, part: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused() -> None:
        raise OSError(number, os.strerror(number), "/shop/keys.json")

    monkeypatch.setattr(main, "app", refused)
    with pytest.raises(SystemExit) as left:
        main.run()
    told = capsys.readouterr().err
    assert left.value.code == 1
    assert told.startswith("daogou: /shop/keys.json cannot be written: ")
    assert part in told
    assert told.count("\n") == 1


def test_a_failure_of_the_machine_that_nobody_can_mend_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(main, "app", broken)
    with pytest.raises(OSError, match="Input/output"):
        main.run()


def test_a_command_stopped_from_the_keyboard_says_what_is_kept() -> None:
    code = (
        "import daogou.cli.train as train\n"
        "def stopped(*_): raise KeyboardInterrupt\n"
        "train.settings_at = stopped\n"
        "from daogou.cli.main import run; run()"
    )
    done = subprocess.run([sys.executable, "-c", code, "train"], capture_output=True, text=True, check=False)
    assert done.returncode == 130
    assert "What was finished is kept" in done.stderr
    assert "Traceback" not in done.stderr
