"""The search: nothing found is worse than what there was, and no model can take the time of the others."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from daogou.core.errors import InvalidInput
from daogou.core.protocols import silent
from daogou.core.settings import HistorySettings
from daogou.data.dataset import Dataset
from daogou.learn.evaluation.protocols import time_cuts
from daogou.learn.tuning import search as search_module
from daogou.learn.tuning.attempt import Answer, Candidate, Examiner
from daogou.learn.tuning.held_out import HeldOut, held_out
from daogou.learn.tuning.search import Outcome, Search
from daogou.learn.tuning.study import opened

EASE, POPULARITY = Candidate("ease", "ease", {}), Candidate("popularity", "popularity", {})


@pytest.fixture(scope="module")
def asked(shop: Dataset) -> HeldOut:
    cuts = time_cuts(shop)
    assert cuts is not None
    return held_out(shop.between(None, cuts[1]), cuts[0], repeats="counted", history=HistorySettings(), seed=0)


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Any]:
    with opened(tmp_path / "trials.db") as storage:
        yield storage


@dataclass(frozen=True)
class Scripted(Examiner):
    """Answers from a function of the settings and lets a clock of its own pass."""

    figures: Callable[[Mapping[str, Any]], Any] = lambda settings: 0.5
    now: list[float] = field(default_factory=lambda: [0.0])
    takes: float = 1.0

    def examine(
        self, candidate: Candidate, settings: Mapping[str, Any], is_hopeless: Callable[[int, float], bool]
    ) -> Answer:
        self.now[0] += self.takes
        values = np.asarray(self.figures(settings)) * np.ones(self.asked.n_users)
        return Answer(values, 0.1, self.takes, {})


def scripted(asked: HeldOut, figures: Callable[[Mapping[str, Any]], Any], takes: float = 1.0) -> Scripted:
    now = [0.0]
    return Scripted(asked, 0, clock=lambda: now[0], figures=figures, now=now, takes=takes)


def searched(storage: Any, examiner: Examiner, candidates: tuple[Candidate, ...], seconds: float = 12.0) -> Outcome:
    return Search(examiner, storage, seconds, silent).run(candidates)


def test_the_settings_in_force_are_tried_first_and_then_the_recipes_own(asked: HeldOut, storage: Any) -> None:
    own = Candidate("mine", "ease", {"regularization": 12.0})
    outcome = searched(storage, scripted(asked, lambda settings: 0.5), (own,), 5.0)
    trials = outcome.found[0].trials
    assert [(one.origin, one.settings["regularization"]) for one in trials[:2]] == [
        ("present", 12.0),
        ("default", 250.0),
    ]
    assert {one.origin for one in trials[2:]} == {"search"}


def test_what_is_found_is_never_worse_than_what_there_was(asked: HeldOut, storage: Any) -> None:
    outcome = searched(storage, scripted(asked, lambda settings: 1 / settings["regularization"]), (EASE,))
    found = outcome.found[0]
    assert found.best.figure > found.present.figure
    worse = searched(storage, scripted(asked, lambda settings: -abs(settings["regularization"] - 250.0)), (
        Candidate("other", "ease", {}),
    ))  # fmt: skip
    assert worse.found[0].best is worse.found[0].present
    assert (worse.found[0].gain, worse.found[0].changes, worse.found[0].is_proposed) == (None, {}, False)


def test_the_gain_is_that_of_shoppers_the_search_never_saw(asked: HeldOut, storage: Any) -> None:
    """Everything is better for the guiding half and worse for the other: luck is seen through."""

    def figures(settings: Mapping[str, Any]) -> Any:
        better = 0.0 if settings["regularization"] == 250.0 else 0.1
        return np.where(asked.guides, 0.5 + better, 0.5 - better)

    found = searched(storage, scripted(asked, figures), (EASE,)).found[0]
    assert found.best.figure == pytest.approx(0.6)
    assert found.gain is not None
    assert found.gain.mean == pytest.approx(-0.1)
    assert not found.is_proposed


def test_the_checking_half_steers_nothing(asked: HeldOut, tmp_path: Path) -> None:
    """Whatever the checking shoppers' figures are, the same settings are tried and chosen."""
    runs = []
    for name, noise in (("plain", 0.0), ("poisoned", 1e6)):

        def figures(settings: Mapping[str, Any], noise: float = noise) -> Any:
            good = 1 / (1 + abs(np.log10(settings["regularization"]) - 1.0))
            return np.where(asked.guides, good, noise * settings["regularization"])

        with opened(tmp_path / f"{name}.db") as storage:
            found = searched(storage, scripted(asked, figures), (EASE,)).found[0]
        runs.append(([dict(one.settings) for one in found.trials], dict(found.best.settings)))
    assert runs[0] == runs[1]


def test_the_time_is_kept_and_shared(asked: HeldOut, storage: Any) -> None:
    examiner = scripted(asked, lambda settings: np.random.default_rng(0).random(asked.n_users))
    candidates = tuple(Candidate(name, name, {}) for name in ("ease", "item_knn", "trending"))
    outcome = searched(storage, examiner, candidates, 15.0)
    assert examiner.now[0] <= 15.0
    counts = [len(one.trials) for one in outcome.found]
    assert sum(counts) == 15
    assert max(counts) - min(counts) <= 2


def test_a_search_without_time_measures_nothing_and_shows_what_was_found(asked: HeldOut, storage: Any) -> None:
    before = searched(storage, scripted(asked, lambda settings: 0.5), (EASE,), 4.0)
    examiner = scripted(asked, lambda settings: pytest.fail("measured"))
    after = searched(storage, examiner, (EASE, POPULARITY), 0.0)
    assert [len(one.trials) for one in after.found] == [len(before.found[0].trials)]
    assert "popularity was not measured yet" in after.notes[0]


def test_a_small_space_ends_the_search_early(asked: HeldOut, storage: Any) -> None:
    examiner = scripted(asked, lambda settings: 0.5)
    outcome = searched(storage, examiner, (POPULARITY,), 1_000.0)
    assert [one.settings["count"] for one in outcome.found[0].trials] == ["shoppers", "orders"]
    assert examiner.now[0] == 2.0


def test_a_search_ends_when_nothing_better_comes_in(
    asked: HeldOut, storage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_module, "PATIENCE", (3, 4))
    examiner = scripted(asked, lambda settings: 0.5 if settings["regularization"] == 250.0 else 0.4)
    outcome = searched(storage, examiner, (EASE,), 1e9)
    assert len(outcome.found[0].trials) == 1 + 3 + 4


def test_a_model_too_slow_for_its_share_is_set_aside_with_the_next_step(
    asked: HeldOut, storage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(self: Any, dataset: Dataset, *, seed: int = 0) -> None:
        time.sleep(60)

    monkeypatch.setattr("daogou.learn.models.ease.Ease.fit", slow)
    began = time.monotonic()
    outcome = searched(storage, Examiner(asked, 0), (EASE, POPULARITY), 2.0)
    assert time.monotonic() - began < 20
    assert [one.model for one in outcome.found] == ["popularity"]
    assert "daogou tune --model ease --minutes" in outcome.notes[0]


def test_a_trial_far_slower_than_usual_is_given_up_and_the_search_goes_on(
    asked: HeldOut, storage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_module, "QUICK_SECONDS", 1.5)
    monkeypatch.setattr(search_module, "SLOWEST", 0.0)
    examiner = Examiner(asked, 0)
    whole = Examiner.examine

    def examine(self: Examiner, candidate: Candidate, settings: Mapping[str, Any], is_hopeless: Any) -> Answer:
        if settings["regularization"] > 250:
            time.sleep(60)
        return whole(self, candidate, settings, is_hopeless)

    monkeypatch.setattr(Examiner, "examine", examine)
    monkeypatch.setattr(search_module, "PATIENCE", (2, 2))
    found = searched(storage, examiner, (EASE,), 60.0).found[0]
    slow = [one for one in found.trials if one.state == "pruned"]
    assert slow
    assert all("slower than" in one.note and one.settings["regularization"] > 250 for one in slow)


@pytest.mark.parametrize("error", [InvalidInput("not positive definite"), MemoryError(), AssertionError("scored NaN")])
def test_settings_a_recipe_refuses_are_noted_and_the_search_goes_on(
    asked: HeldOut, storage: Any, error: Exception
) -> None:
    def figures(settings: Mapping[str, Any]) -> float:
        if settings["regularization"] < 250:
            raise error
        return 0.5

    found = searched(storage, scripted(asked, figures), (EASE,), 6.0).found[0]
    refused = [one for one in found.trials if one.state == "failed"]
    assert refused
    assert {one.note for one in refused} == {str(error) or "MemoryError"}


def test_a_fault_of_ours_is_not_hidden(asked: HeldOut, storage: Any) -> None:
    def figures(settings: Mapping[str, Any]) -> float:
        if settings["regularization"] != 250:
            raise ZeroDivisionError
        return 0.5

    with pytest.raises(ZeroDivisionError):
        searched(storage, scripted(asked, figures), (EASE,))


def test_a_catalogue_too_large_for_a_recipe_is_said(asked: HeldOut, storage: Any) -> None:
    tiny = Candidate("ease", "ease", {"memory_limit_mb": 1})
    one = np.zeros(1, np.int32)
    large = HeldOut(Dataset.of(one, one, n_items=5_000), asked.task, "counted", asked.guides, asked.ties)
    outcome = searched(storage, scripted(large, lambda settings: 0.5), (tiny, POPULARITY))
    assert [one.model for one in outcome.found] == ["popularity"]
    assert outcome.notes[0].startswith("ease was left out: EASE on 5,000 items needs 100 MB")


def test_large_shops_try_on_a_sample_first_and_give_up_what_lies_below_the_median(asked: HeldOut, storage: Any) -> None:
    examiner = Examiner(asked, 0, rung_above=1_000)
    assert examiner.sample is not None
    found = searched(storage, examiner, (Candidate("t", "trending", {}),), 6.0).found[0]
    given_up = [one for one in found.trials if one.state == "pruned"]
    assert given_up
    assert all("below the median on a sample" in one.note for one in given_up)
    assert found.best.is_measured


def test_real_models_are_searched_and_the_figures_are_theirs(asked: HeldOut, storage: Any) -> None:
    outcome = searched(storage, Examiner(asked, 0), (EASE, POPULARITY), 4.0)
    ease, popularity = outcome.found
    assert ease.present.figure > popularity.present.figure
    again = Examiner(asked, 0).examine(EASE, ease.best.settings, lambda rung, figure: False)
    assert asked.guide(again.per_user) == pytest.approx(ease.best.figure, rel=1e-12)


def test_a_model_learns_from_its_own_events_only(asked: HeldOut) -> None:
    nothing = Candidate("popularity", "popularity", {}, events=("refund",))
    everything = Examiner(asked, 0).examine(POPULARITY, {}, lambda rung, figure: False)
    assert (
        Examiner(asked, 0).examine(nothing, {}, lambda rung, figure: False).per_user.mean() < everything.per_user.mean()
    )
