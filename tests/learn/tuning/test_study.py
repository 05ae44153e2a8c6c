"""The memory of a search survives, and what it proposes depends on what was completed alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import event

from daogou.core.errors import InvalidInput, MissingExtra, StorageFull
from daogou.learn.tuning.ranges import Choice, Number, Space, Whole
from daogou.learn.tuning.study import Study, opened
from daogou.learn.tuning.trial import Trial

SPACE: Space = {"strength": Number(0.1, 1_000.0), "neighbours": Whole(10, 500)}


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Any]:
    with opened(tmp_path / "trials.db") as storage:
        yield storage


def measured(settings: dict[str, Any], figure: float, number: int = 0) -> Trial:
    return Trial("m", number, settings, "search", "measured", figure, np.array([figure, 0.1234567]), 1.5, 0.25)


def figure_of(settings: dict[str, Any]) -> float:
    return 1.0 - abs(float(np.log10(settings["strength"])) - 1.7) / 10


def run_through(study: Study, n: int) -> list[dict[str, Any]]:
    points = []
    for _ in range(n):
        proposal = study.propose()
        assert proposal is not None
        proposal.measured(measured(proposal.point, figure_of(proposal.point)))
        points.append(proposal.point)
    return points


def test_a_trial_comes_back_as_it_was_entered(storage: Any) -> None:
    study = Study(storage, "m", "m", SPACE, 0)
    study.add(measured({"strength": 5.0, "neighbours": 40}, 0.5), {})
    (kept,) = Study(storage, "m", "m", SPACE, 0).trials()
    assert (kept.settings, kept.figure, kept.state, kept.seconds, kept.ms_per_query) == (
        {"strength": 5.0, "neighbours": 40}, 0.5, "measured", 1.5, 0.25,
    )  # fmt: skip
    np.testing.assert_array_equal(kept.per_user, [0.5, 0.123457])


def test_every_proposal_lies_within_the_ranges(storage: Any) -> None:
    for point in run_through(Study(storage, "m", "m", SPACE, 0), 11):
        assert all(SPACE[name].holds(value) for name, value in point.items())


def test_the_search_goes_where_the_figures_are_better(storage: Any) -> None:
    points = run_through(Study(storage, "m", "m", SPACE, 0), 24)
    figures = [figure_of(point) for point in points]
    assert np.mean(figures[14:]) > np.mean(figures[:8])


def test_a_search_that_is_opened_again_proposes_what_it_would_have(tmp_path: Path) -> None:
    with opened(tmp_path / "whole.db") as storage:
        expected = run_through(Study(storage, "m", "m", SPACE, 7), 12)
    seen = []
    for n in (4, 1, 7):
        with opened(tmp_path / "parts.db") as storage:
            study = Study(storage, "m", "m", SPACE, 7)
            seen += run_through(study, n)
            study.propose()  # asked for and never answered, as by a process that was killed
    assert seen == expected


def test_another_seed_proposes_something_else(tmp_path: Path) -> None:
    points = []
    for seed in (1, 2):
        with opened(tmp_path / f"{seed}.db") as storage:
            points.append(run_through(Study(storage, "m", "m", SPACE, seed), 3))
    assert points[0] != points[1]


def test_a_small_space_is_gone_through_once_and_then_ends(storage: Any) -> None:
    space: Space = {"count": Choice(("shoppers", "orders", "both"))}
    study = Study(storage, "m", "m", space, 0)
    study.add(measured({"count": "orders"}, 0.1), {})
    points = []
    while (proposal := study.propose()) is not None:
        points.append(proposal.point["count"])
        proposal.measured(measured(proposal.point, 0.2))
    assert sorted(points) == ["both", "shoppers"]


def test_settings_outside_the_ranges_count_as_a_result(storage: Any) -> None:
    study = Study(storage, "m", "m", SPACE, 0)
    study.add(measured({"strength": 90_000.0, "neighbours": 40}, 0.9), {})
    run_through(study, 2)
    assert study.trials()[0].settings["strength"] == 90_000.0


def test_what_was_tried_before_is_told_to_the_sampler_and_not_listed_again(storage: Any) -> None:
    study = Study(storage, "m", "m", SPACE, 0)
    study.add(measured({"strength": 5.0, "neighbours": 40}, 0.5), {})
    proposal = study.propose()
    assert proposal is not None
    proposal.repeated(study.trials()[0])
    following = study.propose()
    assert following is not None
    assert following.point != proposal.point
    assert len(study.trials()) == 1


def test_what_was_given_up_is_listed_and_what_was_withdrawn_is_not(storage: Any) -> None:
    study = Study(storage, "m", "m", SPACE, 0)
    proposal = study.propose()
    assert proposal is not None
    proposal.given_up(Trial("m", 0, proposal.point, "search", "failed", seconds=0.5, note="not positive definite"))
    other = study.propose()
    assert other is not None
    other.withdrawn()
    (kept,) = study.trials()
    assert (kept.state, kept.note, kept.is_measured) == ("failed", "not positive definite", False)


def test_a_figure_below_the_median_on_the_sample_is_hopeless(storage: Any) -> None:
    study = Study(storage, "m", "m", SPACE, 0)
    for number, figure in enumerate((0.3, 0.4, 0.5)):
        study.add(measured({"strength": 1.0 + number, "neighbours": 40}, figure), {0: figure})
    low, high = study.propose(), study.propose()
    assert low is not None
    assert high is not None
    assert low.is_hopeless(0, 0.35)
    assert not high.is_hopeless(0, 0.45)


def test_a_file_that_is_none_of_ours_is_refused_with_the_next_step(tmp_path: Path) -> None:
    (tmp_path / "trials.db").write_bytes(b"this is no database at all" * 100)
    with pytest.raises(InvalidInput, match="daogou tune --fresh"), opened(tmp_path / "trials.db"):
        pass


def test_without_optuna_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "optuna", None)
    with pytest.raises(MissingExtra, match=r"pip install 'daogou\[tune\]'"), opened(tmp_path / "trials.db"):
        pass


def test_a_full_disk_is_told_as_such_and_keeps_what_was_completed(tmp_path: Path) -> None:
    def fill(storage: Any) -> None:
        study = Study(storage, "m", "m", SPACE, 0)
        run_through(study, 1)
        with storage.engine.connect() as connection:
            n_pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        event.listen(storage.engine, "connect", lambda raw, _: raw.execute(f"PRAGMA max_page_count={n_pages}"))
        storage.engine.dispose()
        for number in range(50):
            study.add(
                Trial("m", number, {"strength": 5.0, "neighbours": 40}, "search", "measured", 0.5, np.ones(9_000)), {}
            )

    with pytest.raises(StorageFull, match="Free some space"), opened(tmp_path / "trials.db") as storage:
        fill(storage)
    with opened(tmp_path / "trials.db") as storage:
        assert len(Study(storage, "m", "m", SPACE, 0).trials()) >= 1
