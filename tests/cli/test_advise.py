"""`daogou advise` as a shop's developer meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from daogou.cli import advise as command
from daogou.cli.advise import app
from daogou.core.errors import InvalidInput
from daogou.learn.advice import advise as advice
from daogou.learn.models import RECIPES


def test_the_rules_alone_speak_at_once_in_both_languages(tea_house: Path) -> None:
    before = (tea_house / "shop.toml").read_bytes()
    for language, words in (("en", "What your shop is like"), ("zh", "您的店铺数据")):
        shown = CliRunner().invoke(app, ["--shop", str(tea_house), "--minutes", "0", "--lang", language])
        assert shown.exit_code == 0, shown.output
        assert words in shown.stdout
        assert "bought_together" in shown.stdout
    assert (tea_house / "shop.toml").read_bytes() == before


def test_for_programs_it_prints_one_document_with_what_was_measured(
    tea_house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(advice, "RECIPES", {name: RECIPES[name] for name in ("popularity", "user_knn", "ials")})
    shown = CliRunner().invoke(app, ["--shop", str(tea_house), "--minutes", "0.2", "--json"])
    assert shown.exit_code == 0, shown.output
    told = json.loads(shown.stdout)
    assert told["facts"]["items"] == 40
    measured = {one["recipe"]: one["measured"] for one in told["advice"] if one["measured"]}
    assert {"popularity", "user_knn"} <= set(measured)
    assert measured["popularity"]["ndcg@20"]["low"] < measured["popularity"]["ndcg@20"]["high"]
    used = {one["name"]: one["is_used"] for one in told["advice"]}
    assert (used["user_knn"], used["ials"]) == (True, False)


@pytest.mark.parametrize(
    ("words", "part"), [(("--minutes", "-2"), "--minutes -2.0 is not allowed"), (("--lang", "de"), "No language")]
)
def test_a_wrong_word_is_misuse_and_said(tea_house: Path, words: tuple[str, ...], part: str) -> None:
    shown = CliRunner().invoke(app, ["--shop", str(tea_house), *words])
    assert isinstance(shown.exception, InvalidInput)
    assert part in str(shown.exception)


def test_stopped_by_hand_it_says_that_nothing_was_changed(tea_house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*rest: object, **named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "advise_shop", stopped)
    shown = CliRunner().invoke(app, ["--shop", str(tea_house)])
    assert shown.exit_code == 130
    assert "Nothing was changed" in shown.stderr
