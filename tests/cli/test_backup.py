"""`daogou backup`, `restore` and `audit` as a person and a program see them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from daogou.cli.main import app
from daogou.core.errors import Conflict, InvalidInput


def typed(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def told(*words: object) -> dict[str, Any]:
    done = typed(*words, "--json")
    assert done.exit_code == 0, done.output
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_a_program_reads_where_the_backup_lies_and_what_was_restored(tea_house: Path, tmp_path: Path) -> None:
    made = told("backup", "create", "--shop", tea_house, "--archive")
    assert made["backup"].startswith(str(tea_house / "backups"))
    assert made["last_seq"] == 3_000
    (listed,) = told("backup", "list", "--shop", tea_house)["backups"]
    assert (listed["backup"], listed["is_complete"], listed["release"]) == (made["backup"], True, None)
    assert told("backup", "verify", "--shop", tea_house)["faults"] == []
    back = told("restore", made["backup"], "--shop", tmp_path / "new")
    assert (back["counts"]["events"], back["moved_aside"]) == (3_000, None)
    refused = typed("restore", made["backup"], "--shop", tmp_path / "new")
    assert isinstance(refused.exception, Conflict)


def test_a_person_reads_the_same(tea_house: Path, tmp_path: Path) -> None:
    done = typed("backup", "create", "--shop", tea_house)
    assert "events up to number 3,000" in " ".join(done.stdout.split())
    assert "3,000" in typed("backup", "list", "--shop", tea_house).stdout
    path = next((tea_house / "backups").glob("tea-house-*"))
    assert "Next: daogou doctor" in typed("restore", path, "--shop", tmp_path / "new").stdout


def test_a_backup_that_is_not_whole_ends_with_status_1(tea_house: Path) -> None:
    assert typed("backup", "verify", "--shop", tea_house).exit_code == 1
    made = Path(told("backup", "create", "--shop", tea_house)["backup"])
    with (made / "database.db").open("r+b") as file:
        file.seek(5_000)
        file.write(b"?")
    done = typed("backup", "verify", made, "--shop", tea_house, "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["faults"] == ["database.db is not what was written: its SHA-256 or size differs."]


def test_the_audit_log_is_shown_and_checked(tea_house: Path) -> None:
    assert typed("key", "new", "--scope", "secret", "--shop", tea_house).exit_code == 0
    told("backup", "create", "--shop", tea_house)
    shown = told("audit", "show", "--shop", tea_house)
    assert [entry["act"] for entry in shown["entries"]] == ["key_made", "backup_made"]
    assert [entry["act"] for entry in told("audit", "show", "--act", "key_made", "--shop", tea_house)["entries"]] == [
        "key_made"
    ]
    head = f"{shown['head']['number']}:{shown['head']['hash']}"
    assert told("audit", "verify", "--head", head, "--shop", tea_house)["faults"] == []
    assert head in typed("audit", "show", "--shop", tea_house).stdout.replace("\n", "")
    log = tea_house / "audit/log.jsonl"
    log.write_text(log.read_text().replace("secret", "admin"))
    done = typed("audit", "verify", "--shop", tea_house, "--json")
    assert done.exit_code == 1
    assert "was edited" in json.loads(done.stdout)["faults"][0]


def test_a_log_computed_anew_is_found_by_the_backups(tea_house: Path) -> None:
    assert typed("key", "new", "--scope", "secret", "--shop", tea_house).exit_code == 0
    told("backup", "create", "--shop", tea_house)
    for path in (tea_house / "audit").iterdir():
        path.unlink()
    assert typed("key", "new", "--scope", "secret", "--shop", tea_house).exit_code == 0
    done = typed("audit", "verify", "--shop", tea_house, "--json")
    assert done.exit_code == 1
    assert "rewritten" in json.loads(done.stdout)["faults"][0]


@pytest.mark.parametrize("head", ["7", "x:y", "7:abc"])
def test_a_head_that_is_none_is_misuse(tea_house: Path, head: str) -> None:
    done = typed("audit", "verify", "--head", head, "--shop", tea_house)
    assert isinstance(done.exception, InvalidInput)
