"""The command line: what `--help` costs, and how mistakes reach a person."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

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
        "print('HEAVY', sorted({'numpy', 'polars', 'fastapi', 'scipy', 'numba', 'sqlalchemy'} & set(sys.modules)))\n"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "HEAVY []" in shown
    assert all(f" {name} " in shown for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    shown = daogou(name, "--help")
    assert shown.returncode == 0, shown.stderr
    assert "--help" in shown.stdout


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
