"""`daogou rules`: the same rules, checks and versions as over HTTP, from files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from daogou.cli.explain import app as explain_app
from daogou.cli.rules import app
from daogou.core.errors import Conflict, InvalidInput, Malformed, NotFound

GOOD = """\
note = "autumn teas"

[[rules]]
id = "hero"
action = "pin"
position = 0
items = ["i7", "i8"]
placements = ["new_arrivals"]

[[rules]]
id = "resting"
action = "hide"
items = "i3"
from = 2020-01-01
until = 2090-12-31
"""
BAD = """\
[[rules]]
id = "hero"
action = "pin"
position = "first"
items = ["i7"]

[[rules]]
id = "loud"
action = "boost"
factor = 0.5
items = ["i7"]
"""

Run = Callable[..., Result]


@pytest.fixture()
def run(tea_house: Path, tmp_path: Path) -> Run:
    """Run one command in the tea house; a file's text comes in as `file`."""

    def go(*words: str, file: str | None = None, suffix: str = ".toml", status: int = 0) -> Result:
        arguments = list(words)
        if file is not None:
            path = tmp_path / f"rules{suffix}"
            path.write_text(file, encoding="utf-8")
            arguments.insert(1, str(path))
        done = CliRunner().invoke(app, [*arguments, "--shop", str(tea_house)])
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert done.exit_code == status, done.output
        return done

    return go


def printed(done: Result) -> Any:
    return json.loads(done.stdout)


def test_a_file_is_put_in_force_and_shown_as_a_file_that_can_be_applied_again(run: Run) -> None:
    assert "Version 1 is in force: 2 rules." in run("apply", file=GOOD).output
    shown = printed(run("show", "--json"))
    assert (shown["version"], [rule["id"] for rule in shown["rules"]]) == (1, ["hero", "resting"])
    assert shown["rules"][1]["from"] == "2020-01-01"
    assert "hero" in run("show").output
    shown["rules"].pop()
    assert "Version 2" in run("apply", file=json.dumps(shown), suffix=".json").output
    with pytest.raises(Conflict, match="at version 2, not 1"):
        run("apply", file=json.dumps(shown), suffix=".json")
    with pytest.raises(Conflict):
        run("apply", "--expected", "0", file=GOOD)
    (_, first) = printed(run("versions", "--json"))["versions"]
    assert (first["author"], first["note"], first["n_rules"]) == ("command line", "autumn teas", 2)
    assert "autumn teas" in run("versions").output


def test_every_mistake_is_told_and_nothing_is_written(run: Run) -> None:
    for command in ("apply", "check", "preview"):
        told = run(command, file=BAD, status=2).stderr
        assert "rules[0].position: Rule 'hero': position: 'first' is not allowed." in told
        assert "rules[1].factor: Rule 'loud': factor: 0.5 is not allowed." in told
        assert "2 to correct" in told
    assert printed(run("show", "--json")) == {"version": 0, "rules": []}


def test_contradictions_end_the_check_with_failure_and_are_written_only_when_forced(run: Run) -> None:
    clash = GOOD.replace('items = "i3"', 'items = "i7"')
    told = run("check", file=clash, status=1).output
    assert "error: Rules hero and resting: item i7 is pinned and hidden at the same time." in told
    assert "商品 i7" in run("check", "--language", "zh", file=clash, status=1).output
    assert printed(run("check", "--json", file=clash, status=1))["findings"][0]["code"] == "pinned_and_hidden"
    assert "rules[1].items" in run("apply", file=clash, status=2).stderr
    assert "Version 1 is in force" in run("apply", "--force", file=clash).output
    assert "Nothing contradicts itself." in run("check", file=GOOD).output


def test_a_preview_shows_what_moves_and_writes_nothing(run: Run) -> None:
    asked = ("preview", "--placement", "new_arrivals", "--limit", "4")
    (told,) = printed(run(*asked, "--user", "u1", "--json", file=GOOD))["lists"]
    assert (told["user_id"], told["after"][:2]) == ("u1", ["i7", "i8"])
    assert told["moved"][0]["rules"] == ["hero"]
    assert "by hero" in run(*asked, file=GOOD).output
    (later,) = printed(run(*asked, "--at", "2091-01-01", "--json", file=GOOD))["lists"]
    assert later["after"][0] == "i7"
    assert printed(run("show", "--json"))["version"] == 0


def test_versions_are_compared_and_rolled_back(run: Run) -> None:
    run("apply", file=GOOD)
    run("apply", file=GOOD.replace("position = 0", "position = 2").partition('[[rules]]\nid = "resting"')[0])
    told = run("diff").output
    assert "~ hero\n    position: 0 → 2\n" in told
    assert "- resting\n" in told
    changes = printed(run("diff", "0", "1", "--json"))["changes"]
    assert [(one["id"], one["before"]) for one in changes] == [("hero", None), ("resting", None)]
    assert "Version 3 is in force: 2 rules." in run("rollback", "1").output
    assert "say the same" in run("diff", "1", "3").output
    with pytest.raises(NotFound, match="no version 9"):
        run("rollback", "9")
    with pytest.raises(Conflict):
        run("rollback", "1", "--expected", "2")


def test_an_explanation_on_the_command_line_names_the_rule(run: Run, tea_house: Path) -> None:
    run("apply", file=GOOD)
    words = ["i3", "--placement", "new_arrivals", "--shop", str(tea_house)]
    told = CliRunner().invoke(explain_app, words).output
    assert told.startswith("Not shown: a rule of the shop hides it here.")
    assert "=>  Rule resting hides it here." in told


@pytest.mark.parametrize(
    ("text", "suffix", "error"),
    [
        ("rules = [", ".toml", Malformed),
        ("{", ".json", Malformed),
        ("[]", ".json", InvalidInput),
        ("{}", ".json", InvalidInput),
        ('{"rules": [], "version": "1"}', ".json", InvalidInput),
        ("rules: []", ".yaml", InvalidInput),
    ],
)
def test_a_file_that_is_none_says_what_one_is(run: Run, text: str, suffix: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        run("check", file=text, suffix=suffix)


def test_a_missing_file_is_named(run: Run) -> None:
    with pytest.raises(NotFound, match=r"No file is at nowhere\.toml"):
        run("check", "nowhere.toml")
