"""`daogou items`: a merchant tries a filter."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


def daogou(*words: str) -> subprocess.CompletedProcess[str]:
    command = "import sys; from daogou.cli.main import run; sys.argv = ['daogou', *sys.argv[1:]]; run()"
    return subprocess.run(
        [sys.executable, "-c", command, *words], capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_a_filter_is_counted_and_its_first_items_are_printed(tea_house: Path) -> None:
    told = daogou("items", "--shop", str(tea_house), "--filter", "id in ['i3','i4', 'i7']", "--limit", "2")
    assert told.returncode == 0, told.stderr
    assert '3 of 40 items pass id in ["i3", "i4", "i7"]' in told.stdout
    assert "Tea 4" in told.stdout
    assert "Tea 7" not in told.stdout


def test_programs_get_json(tea_house: Path) -> None:
    told = daogou("items", "--shop", str(tea_house), "--filter", "price<=300 AND id=“i3”", "--json")
    assert json.loads(told.stdout) == {
        "filter": 'price <= 300 and id = "i3"',
        "total": 1,
        "items": [{"id": "i3", "title": "Tea 3", "price_minor": 300}],
    }


def test_without_a_filter_all_items_are_counted(tea_house: Path) -> None:
    assert json.loads(daogou("items", "--shop", str(tea_house), "--json").stdout)["total"] == 40


@pytest.mark.parametrize("command", [("items",), ("recommend", "new_arrivals"), ("explain", "i1")])
def test_a_wrong_filter_shows_where_it_is_wrong(tea_house: Path, command: tuple[str, ...]) -> None:
    told = daogou(*command, "--shop", str(tea_house), "--filter", "price < 2.50")
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr.startswith('daogou: filter, column 9: found "2.50", expected a whole number of minor units')
    assert "\n  price < 2.50\n          ^  [invalid_filter]\n" in told.stderr


def test_a_list_can_be_asked_for_with_a_filter(tea_house: Path) -> None:
    asked = ("--shop", str(tea_house), "--filter", 'id = "i3"')
    slate = json.loads(daogou("recommend", "new_arrivals", *asked, "--json").stdout)
    assert [one["item_id"] for one in slate["items"]] == ["i3"]
    assert json.loads(daogou("explain", "i4", "--placement", "new_arrivals", *asked, "--json").stdout)[
        "filtered_by"
    ] == ("filter")
