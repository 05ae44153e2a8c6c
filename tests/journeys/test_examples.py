"""Every example runs as its page says, from the import to trained lists."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from daogou.cli.main import app

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = ("articles", "courses", "financial-products")
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)

Daogou = Callable[..., str]


def commands(page: Path) -> list[list[str]]:
    """The words after `daogou` of each command on a page."""
    lines = [line for block in BLOCK.findall(page.read_text(encoding="utf-8")) for line in block.splitlines()]
    return [shlex.split(line)[1:] for line in lines]


@pytest.fixture(params=NAMES)
def example(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each example in a folder of its own, which is the present one."""
    shutil.copytree(EXAMPLES / request.param, tmp_path / request.param)
    monkeypatch.chdir(tmp_path / request.param)
    return str(request.param)


@pytest.fixture
def daogou() -> Daogou:
    def typed(*words: str) -> str:
        done = CliRunner().invoke(app, list(words))
        assert done.exit_code == 0, (words, done.output)
        return done.stdout

    return typed


CLAIMS: dict[str, list[tuple[str, str, dict[str, str]]]] = {
    "articles": [
        ("friends --user reader00", "friends", {}),
        ("item_bought_together --item a01", "goes_with", {"a04": "goes_with", "a05": "goes_with"}),
    ],
    "courses": [
        ("next_course --item c01", "goes_with", {"c02": "goes_with"}),
        ("on_sale", "on_sale", {"c02": "on_sale", "c07": "on_sale", "c12": "on_sale"}),
        ("coupons --user pupil02", "coupon_fits", {"coupon-drawing": "coupon_fits"}),
        ("coupons --cart c11 --cart c12", "coupon_saves", {"coupon-drawing": "coupon_saves"}),
    ],
    "financial-products": [
        ("new_arrivals --user client00", "new_arrival", {"f01": "new_arrival", "f02": "new_arrival"})
    ],
}
"""What lists say before any training: the placement, the code of its first place, and items that it must hold."""


def test_an_example_runs_as_its_page_says(example: str, daogou: Daogou) -> None:
    steps = commands(Path("README.md"))
    trained = next(place for place, words in enumerate(steps) if words[0] == "train")
    for words in steps[:trained]:
        assert daogou(*words)
    for question, first, held in CLAIMS[example]:
        items = json.loads(daogou("recommend", *question.split(), "--shop", ".", "--json"))["items"]
        codes = {one["item_id"]: one["reason"]["code"] for one in items}
        assert items[0]["reason"]["code"] == first
        assert held.items() <= codes.items()
    for words in steps[trained:]:
        shown = daogou(*words, *(["--json"] if words[0] == "recommend" else []))
        if words[0] == "recommend":
            assert json.loads(shown)["items"], words
    if example == "financial-products":
        offered = json.loads(daogou("recommend", "home_for_you", "--user", "client00", "--shop", ".", "--json"))
        assert {one["item_id"] for one in offered["items"]} <= {"f01", "f02"}


def test_every_example_is_on_the_first_page() -> None:
    folders = sorted(path.parent.name for path in EXAMPLES.glob("*/shop.toml"))
    assert folders == sorted(NAMES)
    assert all(f"({name}/README.md)" in (EXAMPLES / "README.md").read_text(encoding="utf-8") for name in NAMES)
