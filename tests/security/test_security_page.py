"""The security page: every test that it names is there, and every chapter and risk is answered."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py|web/[\w/.-]+\.ts)(?:::(\w+))?`")


@cache
def functions(path: str) -> frozenset[str]:
    """The names of all tests of a file."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return frozenset(one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef))


def test_every_test_that_the_page_names_is_there() -> None:
    named = NAMED.findall(PAGE)
    assert len(named) >= 60
    missing = [
        f"{path}::{name}"
        for path, name in named
        if not (ROOT / path).is_file() or (path.endswith(".py") and name not in functions(path))
    ]
    assert missing == []


def test_every_line_of_a_checklist_has_a_test_or_a_reason() -> None:
    lines = [line for line in PAGE.splitlines() if re.match(r"\| (V\d+|API\d+) ", line)]
    silent = [line for line in lines if not NAMED.search(line) and "does not apply, because" not in line]
    assert silent == []


def test_every_chapter_and_every_risk_is_there() -> None:
    assert {int(number) for number in re.findall(r"^\| V(\d+) ", PAGE, re.MULTILINE)} == set(range(1, 18))
    assert {int(number) for number in re.findall(r"^\| API(\d+) ", PAGE, re.MULTILINE)} == set(range(1, 11))
