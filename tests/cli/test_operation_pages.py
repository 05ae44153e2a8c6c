"""The operator's pages: every command on them runs, every link leads somewhere, every finding's page exists."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from daogou.cli.main import app
from daogou.serve.upkeep.doctor.words import WORDS

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted((DOCS / "operation").glob("*.md"))
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
LINK = re.compile(r"\]\(([^)#]+)\)")
MAY_FAIL = {"doctor"}
"""Commands whose status says how the shop is."""


def commands(page: Path) -> list[list[str]]:
    """The words after `daogou` of each line of the page's shell blocks that begins with it."""
    lines = [line for block in BLOCK.findall(page.read_text(encoding="utf-8")) for line in block.splitlines()]
    return [shlex.split(line)[1:] for line in lines if line.startswith("daogou ")]


@pytest.fixture
def place(tea_house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """/srv/shop and /mnt/backup of the pages, with one backup, and two files to import."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "items.csv").write_text("id,title,price\nt1,Tea,3.00\nt2,Cup,4.00\n")
    rows = [f"e{n},purchase,u{n % 7},t{1 + n % 2},2026-06-{1 + n % 28:02}T10:00:00Z" for n in range(60)]
    (tmp_path / "events.csv").write_text("\n".join(["event_id,event_name,user_id,item_id,timestamp", *rows]) + "\n")
    done = CliRunner().invoke(app, ["backup", "create", "--shop", str(tea_house), "--to", str(tmp_path / "backup")])
    assert done.exit_code == 0, done.output
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_command_on_the_page_runs(page: Path, place: Path) -> None:
    if page.stem == "install":
        shutil.rmtree(place / "tea-house")
    backup = next((place / "backup").glob("tea-house-*")).name
    asked = commands(page)
    assert asked or page.stem in ("README", "faults")  # the latter tells, and sends to the others
    for words in asked:
        named = {"/srv/shop": "tea-house", "/srv/restored": "restored", "/mnt/backup": "backup"}
        typed = [word.replace("/mnt/backup/NAME", str(place / "backup" / backup)) for word in words]
        typed = [str(place / named[word]) if word in named else word for word in typed]
        done = CliRunner().invoke(app, typed)
        assert done.exit_code in ((0, 1) if words[0] in MAY_FAIL else (0,)), (words, done.output)
        assert done.exception is None or isinstance(done.exception, SystemExit), (words, done.exception)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_link_on_the_page_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert target.startswith("http") or (page.parent / target).exists(), target


def test_every_page_is_on_the_first_one() -> None:
    first = (DOCS / "operation/README.md").read_text(encoding="utf-8")
    assert all(f"({page.name})" in first for page in PAGES if page.stem != "README")
    assert "operation/README.md" in (DOCS / "README.md").read_text(encoding="utf-8")


def test_every_page_that_the_doctor_names_exists() -> None:
    named = {
        path
        for texts in WORDS.values()
        for parts in texts.values()
        for path in re.findall(r"docs/[a-z/-]+\.md", " ".join(parts))
    }
    assert named
    assert all((DOCS.parent / path).exists() for path in named), named
