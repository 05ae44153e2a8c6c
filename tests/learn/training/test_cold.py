"""New items stand in the blend's lists at their right rate, and every share of a score stays exact."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from daogou.core.types import Item, Query
from daogou.data.dataset import Dataset
from daogou.learn.evaluation.protocols import split_global_time
from daogou.learn.evaluation.task import make_task
from daogou.learn.models import recipe
from daogou.learn.training.cold import calibrated, cold_trial, untaken
from daogou.learn.training.mix import Blend, Mix
from daogou.learn.training.plan import Member
from daogou.learn.training.scales import measure, rescaled

DAY = 86_400_000_000
N_USERS, N_ITEMS, N_NEW = 1_200, 120, 12
KINDS = ("mug", "candle", "spade", "ribbon")


def shop() -> Dataset:
    """Each shopper mostly keeps to one kind of item; the last items come on sale on day 80."""
    random = np.random.default_rng(4)
    user = np.repeat(np.arange(N_USERS), 14)
    at_us = random.integers(0, 100, len(user)) * DAY
    on_sale = np.where(at_us < 80 * DAY, N_ITEMS - N_NEW, N_ITEMS)
    kind = np.where(random.random(len(user)) < 0.3, random.integers(0, 4, len(user)), user % 4)
    item = random.integers(0, on_sale // 4) * 4 + kind
    items = [Item(id=str(n), title={"en": f"{KINDS[n % 4]} {KINDS[n % 4]}s number {n}"}) for n in range(N_ITEMS)]
    return Dataset.of(
        user.astype(np.int32), item.astype(np.int32), at_us=at_us, n_users=N_USERS, n_items=N_ITEMS, items=items
    )


MEMBERS = (
    Member("ease", "ease", recipe("ease", regularization=5.0), ()),
    Member("content", "content", recipe("content", dimensions=8, factors=4, neighbours=40), ()),
)
MIX = Mix({"ease": 1.0, "content": 0.0}, {"ease": 0.1, "content": 1.0})


@pytest.fixture(scope="module")
def learned():
    split = split_global_time(shop(), 80 * DAY, 90 * DAY)
    models = {member.name: member.fit(split.train, 0) for member in MEMBERS}
    task = make_task(
        split.train, split.validation, repeats="excluded", now_us=80 * DAY, history=None, with_history_only=True
    )
    trial = cold_trial(models, MEMBERS, split.train, 0)
    assert trial is not None
    return split, models, task, trial, calibrated(MIX, models, trial, task, masked=True)


def shown(blend: Blend, task, is_new: np.ndarray) -> float:
    """Share of the first twenty places that such items fill."""
    scores = blend.score_batch(task.queries)
    scores[task.owned.nonzero()] = -np.inf
    best = np.argsort(-scores, axis=1, kind="stable")[:, :20]
    return float((is_new[best] & (np.take_along_axis(scores, best, 1) > 0)).mean())


def test_without_a_weight_of_their_own_new_items_are_never_shown_and_with_it_they_are(learned) -> None:
    split, models, task, _, mix = learned
    is_new = untaken(split.train)
    assert is_new.sum() == N_NEW
    assert shown(Blend(models, MIX, is_new), task, is_new) == 0
    rate = shown(Blend(models, mix, is_new), task, is_new)
    relevant = task.relevant.toarray() > 0
    wanted = relevant[:, is_new].sum() / relevant.sum()
    assert wanted > 0.05
    assert wanted / 3 < rate < wanted * 2


def test_the_weights_of_taken_items_stay_as_they_were_learned(learned) -> None:
    split, models, _, _, mix = learned
    assert mix.weights == MIX.weights
    assert set(mix.cold) == {"content"}
    query, is_new = Query(np.array([0, 4], np.int32)), untaken(split.train)
    before, after = Blend(models, MIX, is_new).score_all(query), Blend(models, mix, is_new).score_all(query)
    np.testing.assert_array_equal(before[~is_new], after[~is_new])
    assert (after[is_new] > before[is_new]).any()


def test_shares_of_new_and_taken_items_sum_to_their_scores(learned) -> None:
    split, models, _, _, mix = learned
    blend = Blend(models, mix, untaken(split.train))
    query = Query(np.array([0, 4, 9], np.int32), np.array([1.0, 2.0, 0.5], np.float32))
    items = np.array([8, 12, N_ITEMS - 1, N_ITEMS - 4], np.int32)
    scores = blend.score(query, items)
    np.testing.assert_allclose(blend.contributions(query, items).sum(axis=0), scores, rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(sum(blend.member_scores(query, items).values()), scores, rtol=1e-5, atol=1e-7)
    np.testing.assert_allclose(blend.score_all(query)[items], scores, rtol=1e-5, atol=1e-7)
    np.testing.assert_allclose(blend.score_batch([query])[0][items], scores, rtol=1e-5, atol=1e-7)


def test_items_treated_as_new_are_unknown_to_the_member_that_places_them(learned) -> None:
    split, models, _, trial, _ = learned
    assert not (trial.is_hidden & trial.is_cold).any()
    assert trial.is_hidden.sum() == (N_ITEMS - N_NEW) // 10
    hidden = int(np.flatnonzero(trial.is_hidden)[0])
    twin = recipe("content", dimensions=8, factors=4, neighbours=40).fit(
        split.train.keep(~trial.is_hidden[split.train.item])
    )
    np.testing.assert_array_equal(trial.models["content"].vectors[hidden], twin.vectors[hidden])
    assert not np.array_equal(models["content"].vectors[hidden], twin.vectors[hidden])


def test_where_no_member_can_place_new_items_nothing_changes() -> None:
    dataset = shop()
    ease = MEMBERS[:1]
    assert cold_trial({"ease": ease[0].fit(dataset, 0)}, ease, dataset, 0) is None


def test_where_words_say_nothing_new_items_keep_to_the_learned_weights(learned) -> None:
    split, _, task, _, _ = learned
    silent = MEMBERS[1].recipe.fit(without_words(split.train), seed=0)
    models = {"ease": learned[1]["ease"], "content": silent}
    trial = cold_trial(models, MEMBERS, without_words(split.train), 0)
    assert trial is not None
    assert calibrated(MIX, models, trial, task, masked=True) == MIX


def without_words(dataset: Dataset) -> Dataset:
    return replace(dataset, items=())


def test_refitting_keeps_the_weight_of_new_items(learned) -> None:
    _, models, task, _, mix = learned
    again = rescaled(mix, measure(models, task.queries[:20]), measure(models, task.queries[:20]))
    assert again.cold == mix.cold
    assert again.cold_factor("content") == pytest.approx(mix.cold_factor("content"))


def test_a_mix_with_new_items_survives_its_json_and_one_from_before_still_reads(learned) -> None:
    *_, mix = learned
    assert Mix.from_dict(mix.to_dict()) == mix
    old = Mix.from_dict({"weights": {"ease": 1.0}, "scales": {"ease": 2.0}})
    assert old.cold_factor("ease") == old.factor("ease") == 0.5


def test_the_page_tells_the_figures_that_were_measured() -> None:
    root = Path(__file__).parents[3]
    page = (root / "docs" / "cold-start.md").read_text(encoding="utf-8")
    measured = (root / "benchmarks" / "results" / "cold_items.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|]+) \| (0\.\d+)? ?\| (0\.\d+) \|$", page, flags=re.MULTILINE)
    assert len(rows) == 5
    (alone,) = re.findall(r"^\| November.* no known shopper took \| \d+ \|(.*)$", measured, flags=re.MULTILINE)
    for name, among_new, in_lists in rows:
        assert among_new in alone
        by = re.escape(name.replace("of the category", "of it"))
        assert re.search(rf"^\| November.* excluded \| {by} \| {in_lists} \|", measured, flags=re.MULTILINE), name
