"""Simulated shoppers find things, are the same for the same seed, and resume where they were interrupted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from daogou.core.settings import SHOP_FILE, database_url, read_settings
from daogou.core.types import Item
from daogou.data.demo.bilingual import generate, shop_settings
from daogou.data.ingest.options import ImportOptions
from daogou.data.ingest.run import import_rows
from daogou.data.store import open_store
from daogou.decide.guide.acts import Want
from daogou.decide.guide.evaluation.cast import utility
from daogou.decide.guide.evaluation.dialogue import Dialogue, TurnRecord
from daogou.decide.guide.evaluation.facts import holds
from daogou.decide.guide.evaluation.figures import figures, missed_bars
from daogou.decide.guide.evaluation.plays import Company, Plan, play_all
from daogou.decide.guide.evaluation.shop_words import ShopWords
from daogou.decide.guide.evaluation.voice import Voice, phrases
from daogou.decide.shop import Shop


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    """A small bilingual shop with its log, not trained."""
    place = tmp_path_factory.mktemp("simulated")
    (place / SHOP_FILE).write_text(shop_settings(), encoding="utf-8")
    made = generate(seed=3, n_items=600, n_users=40)
    with closing(open_store(database_url(read_settings(place), place))) as store:
        for kind, rows in (("items", made.items), ("users", made.users), ("events", made.events)):
            import_rows(store, kind, rows, ImportOptions())
    with closing(Company.of(Shop.open(place))) as found:
        yield found


PLAN = Plan("known", "zh", dialogues=12, by_acts=True)


def timeless(dialogues: list[Dialogue]) -> list[tuple[object, ...]]:
    return [(one.number, one.wish, one.found_at, [turn.said for turn in one.turns]) for one in dialogues]


def test_shoppers_of_a_seed_say_the_same_and_most_find_what_they_want(company: Company) -> None:
    first, again = play_all(company, PLAN), play_all(company, PLAN)
    assert timeless(first) == timeless(again)
    assert timeless(first) != timeless(play_all(company, replace(PLAN, seed=8)))
    found = figures(first)
    assert found["success_at_5"]["mean"] >= 0.75
    assert found["ungrounded"] == 0
    assert found["stuck_turns"]["mean"] == 0


def test_a_run_goes_on_where_it_was_interrupted(company: Company, tmp_path: Path) -> None:
    whole = play_all(company, PLAN)
    play_all(company, replace(PLAN, dialogues=5), keep=tmp_path)
    kept = tmp_path / PLAN.name
    before = kept.read_bytes()
    kept.write_bytes(before + b'{"number": 5, "lang')  # the power went off in the middle of a line
    assert timeless(play_all(company, PLAN, keep=tmp_path)) == timeless(whole)
    assert kept.read_bytes().startswith(before)


def test_target_free_shoppers_speak_words_in_two_languages_at_once(company: Company) -> None:
    played = play_all(company, Plan("free", "mixed", dialogues=3))
    assert all(one.turns and one.turns[0].said for one in played)


def test_what_an_item_does_not_state_contradicts_nothing() -> None:
    mug = Item(id="m", title={"en": "Mug"}, price_minor=500, attributes={"colour": ("red",)})
    assert holds(mug, Want("colour", "is", ("Red", "blue"))) is True
    assert holds(mug, Want("colour", "is_not", ("red",))) is False
    assert holds(mug, Want("material", "is", ("glass",))) is None
    assert holds(mug, Want("price", "at_most", number=499)) is False
    assert holds(mug, Want("price", "at_least", number=500)) is True


def test_an_item_serves_instead_of_another_only_if_it_is_of_the_kind_and_not_dearer() -> None:
    wish = Item(id="a", title={}, price_minor=100, categories=(("K", "Mugs"),), attributes={"colour": ("red",)})
    assert utility(replace(wish, id="b"), wish) == 1.0
    assert utility(replace(wish, price_minor=200), wish) == pytest.approx(0.8)
    assert utility(replace(wish, attributes={"colour": ("blue",)}), wish) == pytest.approx(0.6)
    assert utility(replace(wish, categories=(("K", "Bowls"),)), wish) == 0.0


def test_money_is_spoken_as_people_do() -> None:
    said = {Voice("zh", ShopWords.of("x"), "CNY", Random(seed), 0.0).under(25_000) for seed in range(80)}
    assert any("两百五" in one for one in said)
    assert any("250" in one for one in said)


def test_both_languages_have_every_phrase() -> None:
    assert phrases("zh").keys() == phrases("en").keys()


def test_figures_of_two_dialogues_worked_by_hand() -> None:
    good = TurnRecord("a", ("found",), ("x",), 10.0, matching=4)
    bad = TurnRecord(
        "b", ("found",), (), 30.0, matching=4, violating=("y",), is_empty=True, is_stuck=True, asked="colour"
    )
    found = figures(
        [Dialogue(0, "en", "known", "x", (good,), 1), Dialogue(1, "en", "known", "z", (bad, bad, good), None)]
    )
    assert found["success_at_1"]["mean"] == 0.5
    assert found["mean_turns"]["mean"] == 2.0
    assert found["violations"]["mean"] == pytest.approx(2 / 16)
    assert found["stuck_turns"]["mean"] == 0.5
    assert found["repeated_questions"] == 0.5
    assert [sentence.split()[0] for sentence in missed_bars(found)] == ["success_at_3", "violations", "stuck_turns"]
