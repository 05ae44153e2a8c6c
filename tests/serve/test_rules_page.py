"""The page about rules is complete, and its examples run: the file, the commands and the calls, on one shop."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from daogou.cli.rules import app
from daogou.decide.rules.findings import ERRORS, WORDS
from daogou.decide.rules.reading import FIELDS
from daogou.decide.rules.rule import ACTIONS

PAGE = (Path(__file__).parents[2] / "docs/rules.md").read_text("utf-8")
TOML, COMMANDS, CALLS = re.findall(r"```(?:toml|sh)\n(.*?)```", PAGE, re.DOTALL)


def test_every_field_action_and_finding_stands_on_the_page() -> None:
    assert all(f"`{field}`" in PAGE for field in (*FIELDS, *ACTIONS))
    for code in WORDS:
        assert f"| `{code}` | {'error' if code in ERRORS else 'warning'} |" in PAGE


def test_the_commands_on_the_page_run_and_the_server_obeys_them(shop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def first() -> str:
        return str(shop.recommend(placement="new_arrivals", limit=4)["items"][0]["item_id"])

    (shop.folder / "shop.toml").write_text("", encoding="utf-8")
    (shop.folder / "rules.toml").write_text(TOML, encoding="utf-8")
    monkeypatch.chdir(shop.folder)
    lines = COMMANDS.splitlines()
    before = first()
    for line in lines:
        daogou, rules, *words = shlex.split(line)
        done = CliRunner().invoke(app, words)
        assert (daogou, rules, done.exit_code) == ("daogou", "rules", 0), (line, done.output)
        assert "error" not in done.output
        if words[0] == "apply":
            assert first() == "p3"
    assert len(lines) == 7
    assert first() == before


def test_the_calls_on_the_page_run(shop: Any) -> None:
    calls = [shlex.split(command) for command in re.split(r"\n(?=curl)", CALLS)]
    assert len(calls) == 7
    for words in calls:
        url = next(word for word in words if word.startswith("$SHOP_URL"))
        body = words[words.index("-d") + 1] if "-d" in words else None
        method = words[words.index("-X") + 1] if "-X" in words else "GET"
        headers = {"Content-Type": "application/json"} if body else {}
        answer = shop.call(method, url.removeprefix("$SHOP_URL"), shop.admin, content=body, headers=headers)
        assert answer.status_code == 200, (words, answer.text)
