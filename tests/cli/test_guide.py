"""Talking with the guide in a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from daogou.cli.main import app
from daogou.core.types import Item
from daogou.data.store import open_store

RUN = CliRunner()


@pytest.fixture()
def folder(tmp_path: Path) -> Path:
    """A shop of mugs."""
    (tmp_path / "shop.toml").write_text('[shop]\nid = "mugs"\nlanguages = ["en", "zh"]\n')
    store = open_store(f"sqlite:///{tmp_path}/daogou.db")
    colours = ["red", "blue"]
    store.put_items(
        [
            Item(
                f"m{n}", {"en": f"Mug {n}", "zh": f"马克杯{n}"}, price_minor=100 * n, categories=(("Kitchen", "Mugs"),),
                attributes={"colour": (colours[n % 2],)},
            )
            for n in range(1, 7)
        ]
    )  # fmt: skip
    store.close()
    return tmp_path


def test_a_conversation_goes_on_from_turn_to_turn(folder: Path):
    said = ["guide", "--shop", str(folder), "--say", "red mugs", "--say", "cheaper", "--json"]
    turns = json.loads(RUN.invoke(app, said, catch_exceptions=False).stdout)["turns"]
    assert sorted(card["item_id"] for card in turns[0]["cards"]) == ["m2", "m4", "m6"]
    assert all(card["item_id"] in ("m2", "m4") for card in turns[1]["cards"])


def test_a_person_types_sentences_and_numbers_of_buttons(folder: Path):
    typed = "blue mugs under 1\n#1\nquit\n"
    answer = RUN.invoke(app, ["guide", "--shop", str(folder)], input=typed, catch_exceptions=False)
    assert answer.exit_code == 0
    assert "Mug 1" in answer.stdout
    assert "£1" in answer.stdout


def test_a_button_that_is_not_there_is_said(folder: Path):
    answer = RUN.invoke(app, ["guide", "--shop", str(folder)], input="mugs\n#99\n", catch_exceptions=False)
    assert "There is no such button" in answer.stderr
