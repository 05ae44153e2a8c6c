"""The advice: measured where there is time, never from the test part, said in both languages."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from io import StringIO
from typing import Any

import numpy as np
import pytest
from rich.console import Console

from daogou.core.errors import InvalidField, InvalidInput, MissingExtra
from daogou.core.settings import HistorySettings, ModelSettings, Settings
from daogou.core.types import EVENT_NUMBER
from daogou.data.dataset import Dataset
from daogou.learn.advice import advise as advise_module
from daogou.learn.advice import measure as measure_module
from daogou.learn.advice.advise import Advice, Report, advise_shop, verdict_of
from daogou.learn.advice.measure import Row, measure
from daogou.learn.advice.rules import Says
from daogou.learn.advice.stars import measure_stars
from daogou.learn.advice.table import print_report
from daogou.learn.advice.words import FACTS, WORDS
from daogou.learn.evaluation.protocols import split_global_time, time_cuts
from daogou.learn.metrics.intervals import Interval
from daogou.learn.tuning.attempt import Candidate
from daogou.learn.tuning.held_out import held_out

DAY = 86_400_000_000
FEW = {name: advise_module.RECIPES[name] for name in ("popularity", "repeat", "item_knn", "ease", "user_knn")}


@pytest.fixture(autouse=True)
def few_recipes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shelf may grow; these tests need not."""
    monkeypatch.setattr(advise_module, "RECIPES", FEW)


def shop(n_users: int = 160, n_items: int = 40, n: int = 6_000, seed: int = 3) -> Dataset:
    generator = np.random.default_rng(seed)
    user = generator.integers(0, n_users, n)
    quarter = n_items // 4
    taste = np.where(generator.random(n) < 0.85, user % 4, generator.integers(0, 4, n))
    item = taste * quarter + generator.integers(0, quarter, n)
    at_us = np.sort(generator.integers(0, 100 * DAY, n))
    return Dataset.of(user.astype(np.int32), item.astype(np.int32), at_us=at_us, n_users=n_users, n_items=n_items)


def settings(**models: dict[str, Any]) -> Settings:
    plain = Settings(history=HistorySettings(half_life_days=60))
    chosen = {name: ModelSettings(recipe=name, settings=values) for name, values in models.items()}
    return plain.model_copy(update={"models": chosen})


def row(mean: float, behind: tuple[float, float, float] | None, weight: float | None = None) -> Row:
    return Row("m", "m", Interval(mean, mean, mean), None if behind is None else Interval(*behind), 1.0, 1.0, weight)


@pytest.fixture(scope="module")
def report() -> Report:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(advise_module, "RECIPES", FEW)
        return advise_shop(shop(), settings(popularity={}, item_knn={"neighbours": 1}), minutes=1.0)


def advice_on(report: Report, name: str) -> Advice:
    return next(one for one in report.advice if one.name == name)


BEST, EQUAL, BEHIND = row(0.5, None), row(0.4, (0.1, -0.01, 0.2)), row(0.3, (0.2, 0.1, 0.3))


@pytest.mark.parametrize(
    ("recipe_name", "says", "measured", "is_blocked", "expected"),
    [
        ("ease", ["suits"], BEST, True, "cannot"),
        ("ease", ["avoid"], BEST, False, "use"),
        ("ease", [], EQUAL, False, "use"),
        ("ease", ["suits"], row(0.3, (0.2, 0.1, 0.3), 0.05), False, "use"),
        ("ease", ["suits"], row(0.3, (0.2, 0.1, 0.3), 0.0499), False, "skip"),
        ("ease", ["suits"], BEHIND, False, "open"),
        ("ease", ["avoid"], BEHIND, False, "skip"),
        ("repeat", [], row(0.3, (0.2, 0.1, 0.3), 0.0), False, "keep"),
        ("repeat", ["avoid"], row(0.3, (0.2, 0.1, 0.3), 0.0), False, "skip"),
        ("ease", ["suits"], None, False, "try"),
        ("ease", ["suits", "avoid"], None, False, "skip"),
        ("ease", [], None, False, "open"),
    ],
)
def test_what_was_measured_counts_more_than_what_rules_guess(
    recipe_name: str, says: Sequence[Says], measured: Row | None, is_blocked: bool, expected: str
) -> None:
    assert verdict_of(recipe_name, says, measured, is_blocked=is_blocked) == expected


def test_in_a_shop_with_tastes_what_finds_them_is_advised(report: Report) -> None:
    assert report.evidence is not None
    assert {one.name for one in report.evidence.rows} == set(FEW)
    assert advice_on(report, "ease").verdict == "use"
    assert advice_on(report, "popularity").verdict == "keep"
    assert "ease" in [one.model for one in report.additions]
    assert "item_knn" not in [one.model for one in report.additions], "the shop has it"


def test_rows_stand_best_first_with_paired_differences_and_weights(report: Report) -> None:
    assert report.evidence is not None
    rows = report.evidence.rows
    assert [one.ndcg.mean for one in rows] == sorted((one.ndcg.mean for one in rows), reverse=True)
    assert rows[0].behind is None
    for one in rows[1:]:
        assert one.behind is not None
        assert one.behind.mean == pytest.approx(rows[0].ndcg.mean - one.ndcg.mean)
        assert one.behind.low <= one.behind.mean <= one.behind.high
    assert sum(one.weight or 0.0 for one in rows) == pytest.approx(1.0, abs=1e-3)
    assert all(one.ms_per_query > 0 and one.fit_seconds >= 0 for one in rows)


def test_the_test_part_is_never_looked_at() -> None:
    whole = shop()
    cuts = time_cuts(whole)
    assert cuts is not None
    after = whole.at_us >= cuts[1]
    poisoned = Dataset(
        whole.user_ids, whole.item_ids, whole.user,
        np.where(after, 10**9, whole.item).astype(np.int32),
        np.where(after, np.nan, whole.weight).astype(np.float32),
        whole.at_us,
        np.where(after, 255, whole.event).astype(np.uint8),
        whole.value, whole.items, whole.baskets, whole.basket_at_us,
    )  # fmt: skip
    reports = [advise_shop(one, settings(popularity={}, ease={}), minutes=1.0) for one in (whole, poisoned)]
    assert reports[0].facts == reports[1].facts
    first, second = (one.evidence for one in reports)
    assert first is not None
    assert second is not None
    assert [(one.name, one.ndcg, one.behind, one.weight) for one in first.rows] == [
        (one.name, one.ndcg, one.behind, one.weight) for one in second.rows
    ]
    assert reports[0].n_kept == after.sum() > 500


def test_without_time_the_rules_alone_speak() -> None:
    found = advise_shop(shop(), settings(popularity={}), minutes=0.0)
    assert found.evidence is None
    assert {one.verdict for one in found.advice} <= {"try", "skip", "open"}
    assert advice_on(found, "ease").verdict == "try"


def test_a_catalogue_too_large_is_refused_with_the_recipes_own_words() -> None:
    nothing = np.zeros(1, np.int32)
    found = advise_shop(Dataset.of(nothing, nothing, n_items=40_000), settings(popularity={}))
    ease = advice_on(found, "ease")
    assert ease.verdict == "cannot"
    assert "needs 6,400 MB" in ease.obstacle
    assert found.evidence is None


def test_a_library_that_is_missing_is_an_obstacle_with_the_next_step(monkeypatch: pytest.MonkeyPatch) -> None:
    def fit(self: Any, dataset: Dataset, *, seed: int = 0) -> None:
        raise MissingExtra("PyTorch", "deep", "Training networks")

    monkeypatch.setattr("daogou.learn.models.user_knn.UserKnn.fit", fit)
    found = advise_shop(shop(), settings(popularity={}), minutes=0.5)
    assert advice_on(found, "user_knn").verdict == "cannot"
    assert "pip install 'daogou[deep]'" in advice_on(found, "user_knn").obstacle


def test_a_slow_model_takes_no_time_from_the_others_and_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def fit(self: Any, dataset: Dataset, *, seed: int = 0) -> None:
        time.sleep(60)

    monkeypatch.setattr("daogou.learn.models.ease.Ease.fit", fit)
    began = time.monotonic()
    found = advise_shop(shop(), settings(popularity={}), minutes=0.15)
    assert time.monotonic() - began < 40
    assert found.evidence is not None
    assert found.evidence.left_out["ease"][0] == "slow"
    assert advice_on(found, "ease").verdict == "try"
    assert found.evidence.row("popularity") is not None


def test_a_recipe_that_trains_as_long_as_it_is_told_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    data = shop()
    cuts = time_cuts(data)
    assert cuts is not None
    known = data.between(None, cuts[1])
    history = HistorySettings()
    asked = held_out(known, cuts[0], repeats="counted", history=history, seed=0)
    told: list[float] = []

    monkeypatch.setattr(measure_module, "stops_itself", lambda recipe: True)
    monkeypatch.setattr(measure_module, "within", lambda recipe, seconds: told.append(seconds) or recipe)
    measure(
        asked, split_global_time(known, *cuts), [Candidate("popularity", "popularity", {})],
        history=history, seconds=20.0,
    )  # fmt: skip
    assert told == [pytest.approx(20.0 * 0.85 * 0.7, rel=0.05)]


def test_a_large_shop_is_measured_on_a_sample_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure_module, "MOST_INTERACTIONS", 2_000)
    found = advise_shop(shop(), settings(popularity={}), minutes=0.5)
    assert found.evidence is not None
    assert found.evidence.sample == pytest.approx(2_000 / 4_800, rel=0.01)
    assert found.evidence.n_train < 2_600


def test_models_of_a_large_catalogue_are_not_held_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure_module, "MOST_BLENDED_ITEMS", 10)
    found = advise_shop(shop(), settings(popularity={}, item_knn={"neighbours": 1}), minutes=0.5)
    assert found.evidence is not None
    assert {one.weight for one in found.evidence.rows} == {None}


def test_stars_are_foretold_where_there_are_enough_of_them() -> None:
    generator = np.random.default_rng(0)
    n = 3_000
    user, item = generator.integers(0, 60, n).astype(np.int32), generator.integers(0, 30, n).astype(np.int32)
    stars = np.clip(np.round(3 + (item % 5 - 2) * 0.8 + generator.normal(0, 0.4, n)), 1, 5).astype(np.float32)
    data = Dataset.of(
        user, item, at_us=np.arange(n, dtype=np.int64), value=stars,
        event=np.full(n, EVENT_NUMBER["rate_item"], np.uint8),
    )  # fmt: skip
    train, validation = data.between(None, 2_400), data.between(2_400, None)
    rows = measure_stars(train, validation, seconds=30.0)
    assert [one.rmse.mean for one in rows] == sorted(one.rmse.mean for one in rows)
    assert "baseline" in {one.recipe_name for one in rows}
    assert rows[0].rmse.low < rows[0].rmse.mean < rows[0].rmse.high
    assert rows[0].rmse.mean < np.std(stars)
    assert measure_stars(data.between(None, 100), validation, seconds=30.0) == ()


def test_a_wrong_setting_in_shop_toml_is_said() -> None:
    with pytest.raises(InvalidField, match="neighbours"):
        advise_shop(shop(), settings(item_knn={"neighbours": 0}))


def test_nothing_to_look_at_names_the_next_step() -> None:
    nothing = np.empty(0, np.int32)
    with pytest.raises(InvalidInput, match="daogou import"):
        advise_shop(Dataset.of(nothing, nothing), settings(popularity={}))


def test_too_few_who_come_back_are_said_and_rules_speak_all_the_same() -> None:
    found = advise_shop(shop(n_users=20, n=400), settings(popularity={}))
    assert "shoppers came back" in found.note
    assert found.evidence is None
    assert found.advice


@pytest.mark.parametrize(("language", "words"), [("en", "Best alone: NDCG@20"), ("zh", "单独使用时最好")])
def test_it_is_said_in_plain_words(report: Report, language: str, words: str) -> None:
    screen = StringIO()
    print_report(report, Console(file=screen, width=100), language=language)
    shown = screen.getvalue()
    assert words in shown
    assert "[models.ease]" in shown
    for name, text in FACTS:
        assert text[language].split(",")[0][:20] in shown, name
    assert (WORDS["keeps_shoppers"][language][:12] in shown) == (advice_on(report, "user_knn").verdict == "use")


def test_for_programs_it_is_plain_data(report: Report) -> None:
    again = json.loads(json.dumps(report.to_dict("zh"), ensure_ascii=False))
    assert again["facts"]["items"] == 40
    assert {one["name"] for one in again["advice"]} == set(FEW)
    assert again["add"] == [one.model for one in report.additions]


def test_every_word_exists_in_both_languages() -> None:
    for name, text in WORDS.items():
        assert set(text) == {"en", "zh"}, name
        assert text["en"].count("{") == text["zh"].count("{"), name
