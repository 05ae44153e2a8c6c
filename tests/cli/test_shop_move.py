"""`daogou shop move`, and a shop that is started in another database."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


def said(*words: str) -> tuple[int, str, str]:
    command = [sys.executable, "-c", "from daogou.cli.main import run; run()", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_a_shop_moves_and_is_compared(tea_house: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    status, out, _ = said("shop", "move", "--shop", str(tea_house), "--to", postgres_url, "--json")
    assert status == 0
    rows = {one["table"]: one["rows"] for one in json.loads(out)["tables"]}
    assert (rows["events"], rows["items"]) == (3_000, 40)
    monkeypatch.setenv("DAOGOU_SHOP__DATABASE", postgres_url)
    status, out, _ = said("items", "--shop", str(tea_house), "--json")
    assert status == 0
    assert json.loads(out)["total"] == 40
    status, _, err = said("shop", "move", "--shop", str(tea_house), "--to", postgres_url)
    assert status == 2
    assert "already. Name another database with --to" in err


def test_a_shop_in_a_database_that_is_away_is_not_begun(tmp_path: Path) -> None:
    url = "postgresql+psycopg://anna:secret@127.0.0.1:1/x"
    status, _, err = said("shop", "new", str(tmp_path / "shop"), "--database", url)
    assert status == 1
    assert "cannot be reached" in err
    assert not (tmp_path / "shop" / "shop.toml").exists()


def test_a_password_is_not_shown(tea_house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAOGOU_SHOP__DATABASE", "postgresql+psycopg://anna:s3cr3t@db/x")
    status, out, _ = said("shop", "show", "--shop", str(tea_house))
    assert status == 0
    assert "anna:(hidden)@db" in out
    assert "s3cr3t" not in out
