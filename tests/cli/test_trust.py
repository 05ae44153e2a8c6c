"""`daogou trust`, `daogou drift` and what follows `daogou import`, as people and programs use them."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from daogou.cli import drift, import_, trust
from daogou.core.clock import SECOND_US, system_clock
from daogou.core.errors import NotFound
from daogou.core.types import Event, EventLine
from daogou.data.store import open_store


@pytest.fixture
def crawled(tea_house: Path) -> Path:
    """The tea house, with a crawler in it."""
    begin = system_clock() - 3_600 * SECOND_US
    with closing(open_store(f"sqlite:///{tea_house / 'daogou.db'}")) as store:
        store.append(
            [
                Event(f"c{n}", "view_item", begin + 2 * n * SECOND_US, (EventLine(f"i{n % 40}"),), visitor_id="crawler")
                for n in range(60)
            ]
        )
    return tea_house


def test_a_crawler_is_told_with_its_grounds_and_released_by_number(crawled: Path) -> None:
    shop = ["--shop", str(crawled)]
    assert "Nothing is held back" in CliRunner().invoke(trust.app, ["report", *shop]).stdout
    found = json.loads(CliRunner().invoke(trust.app, ["scan", *shop, "--json"]).stdout)
    assert (found["shoppers_new"], found["events_held"]) == (1, 60)
    told = json.loads(CliRunner().invoke(trust.app, ["report", *shop, "--json"]).stdout)
    (mark,) = [one for one in told["marks"] if one["kind"] == "shopper"]
    assert (mark["subject"], mark["state"]) == ("v:crawler", "held")
    assert "pauses as even as a clock's" in mark["grounds"][0]["text"]
    assert "v:crawler" in CliRunner().invoke(trust.app, ["report", *shop]).stdout
    assert CliRunner().invoke(trust.app, ["release", str(mark["id"]), *shop]).exit_code == 0
    after = json.loads(CliRunner().invoke(trust.app, ["report", *shop, "--json"]).stdout)
    assert after["counts"]["shopper"] == {"released": 1}
    assert json.loads(CliRunner().invoke(trust.app, ["scan", *shop, "--json"]).stdout)["shoppers_new"] == 0


def test_releasing_what_has_no_mark_says_where_the_marks_are(tea_house: Path) -> None:
    done = CliRunner().invoke(trust.app, ["release", "77", "--shop", str(tea_house)])
    assert isinstance(done.exception, NotFound)
    assert "daogou trust report --all" in str(done.exception)


def test_drift_leaves_a_page_and_a_file_for_servers(tea_house: Path) -> None:
    done = CliRunner().invoke(drift.app, ["--shop", str(tea_house), "--json"])
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert json.loads((tea_house / "files" / "drift.json").read_text()) == found
    assert (tea_house / "files" / "drift.html").exists()


def test_an_import_is_followed_by_findings_and_a_page(tmp_path: Path) -> None:
    (tmp_path / "shop.toml").write_text('[shop]\nlanguages = ["zh"]\n', encoding="utf-8")
    (tmp_path / "items.csv").write_text("id,title,price\na,CafÃ©,3.00\n", encoding="utf-8")
    call = [str(tmp_path / "items.csv"), "--shop", str(tmp_path)]
    done = CliRunner().invoke(import_.app, call)
    assert done.exit_code == 0
    assert "乱码" in done.stdout
    assert "encoding" in (tmp_path / "files" / "import-report.html").read_text(encoding="utf-8")
    told = json.loads(CliRunner().invoke(import_.app, [*call, "--json"]).stdout)["quality"]
    assert "damaged" in {one["code"] for one in told["findings"]}
    assert "quality" not in json.loads(CliRunner().invoke(import_.app, [*call, "--json", "--no-check"]).stdout)
