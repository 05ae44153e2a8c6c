"""`daogou feed`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from daogou.cli.feed import app
from daogou.core.settings import read_settings
from daogou.data.ingest.defaults import Defaults
from daogou.data.ingest.items import parse_item
from daogou.decide.shop import Shop

RUN = CliRunner()
ROWS = [
    {
        "id": "a",
        "title": {"en": "Mug", "zh": "马克杯"},
        "price": 5,
        "images": ["https://a.example/a.jpg"],
        "brand": "Clay",
    },
    {"id": "b", "title": {"en": "Pot"}, "price": 6},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "shop.toml").write_text('[shop]\nlanguages = ["en", "zh"]\nurl = "https://shop.example"\n')
    shop = Shop.open(tmp_path, read_settings(tmp_path))
    shop.store.put_items([parse_item(row, Defaults(currency="GBP", language="en")) for row in ROWS])
    shop.close()
    return tmp_path


def test_export_writes_and_counts(folder: Path) -> None:
    out = folder / "feed.tsv"
    done = RUN.invoke(app, ["export", "-f", "google", "--out", str(out), "--shop", str(folder), "--json"])
    assert done.exit_code == 0, done.output
    report = json.loads(done.stdout)
    assert (report["products"], report["items"], report["lacking"]) == (1, 1, {"image_link": 1})
    assert len(out.read_text().splitlines()) == 2


def test_export_speaks_the_language_that_is_asked_for(folder: Path) -> None:
    out = folder / "feed.jsonl"
    RUN.invoke(app, ["export", "-f", "openai", "--out", str(out), "--shop", str(folder), "--language", "zh"])
    assert json.loads(out.read_text("utf-8"))["title"] == "马克杯"


def test_check_says_what_is_missing_in_both_languages(folder: Path) -> None:
    asked = ["check", "-f", "google", "--shop", str(folder)]
    assert "1 of 2 products lack image_link (required), such as b" in RUN.invoke(app, asked).stdout
    assert "2 件商品中有 1 件缺少 image_link（必填），例如 b" in RUN.invoke(app, [*asked, "--language", "zh"]).stdout
    report = json.loads(RUN.invoke(app, [*asked, "--json"]).stdout)
    assert report["lacks"][0]["field"] == "image_link"
    assert RUN.invoke(app, [*asked, "--fail"]).exit_code == 1


def test_wrong_words_are_told(folder: Path) -> None:
    for words, said in (
        (["check", "-f", "yandex"], "No feed format is called 'yandex'"),
        (["check", "-f", "google", "--language", "fr"], "Use en or zh"),
        (["check", "-f", "google", "--profile", "x.toml"], "--profile is for the format openai"),
    ):
        failed = RUN.invoke(app, [*words, "--shop", str(folder)])
        assert said in str(failed.exception)
