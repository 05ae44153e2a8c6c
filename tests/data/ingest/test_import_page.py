"""docs/import.md says what the code does: its examples run, and its tables are complete."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from daogou.data.ingest.columns import KINDS, SPELLINGS, Kind
from daogou.data.ingest.event_names import ALIASES

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/import.md").read_text(encoding="utf-8")


def part(mark: str) -> str:
    found = re.search(rf"<!-- {mark} -->\n(.*?)<!-- end -->", PAGE, re.DOTALL)
    assert found is not None
    return found[1]


def table(mark: str) -> dict[str, list[str]]:
    rows = re.findall(r"^\| `([^`]+)` \| (.*) \|$", part(mark), re.MULTILINE)
    return {ours: re.findall(r"`([^`]+)`", others) for ours, others in rows}


@pytest.mark.parametrize("kind", KINDS)
def test_every_spelling_of_a_column_is_on_the_page(kind: Kind) -> None:
    assert table(f"spellings: {kind}") == {
        ours: [name for name in names if name != ours] for ours, names in SPELLINGS[kind].items()
    }


def test_every_spelling_of_an_event_name_is_on_the_page() -> None:
    shown = table("event names")
    assert {name: list(aliases) for name, aliases in ALIASES.items()} == {name: shown[name] for name in ALIASES}


def test_every_rule_is_on_the_page() -> None:
    folders = (ROOT / "src/daogou/data/ingest", ROOT / "src/daogou/privacy")
    code = "".join(path.read_text(encoding="utf-8") for folder in folders for path in folder.rglob("*.py"))
    rules = set(re.findall(r'rule="(\w+)"', code))
    assert rules - set(table("rules")) == set()


def test_the_shell_example_runs(tmp_path: Path) -> None:
    script = "set -e\n" + "\n".join(re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL))
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "2 items, 3 events went in; 0 known already, 0 refused" in done.stdout


def test_the_python_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for example in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL):
        exec(compile(example, "docs/import.md", "exec"), {})
