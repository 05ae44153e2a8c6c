"""The claim that the blend beats its members, on the bundled real shop, with the members that are quick to fit."""

import pytest

from daogou.core.protocols import silent
from daogou.core.settings import ModelSettings
from daogou.learn.evaluation.protocols import split_global_time
from daogou.learn.training.measured import Steps, measure_split
from daogou.learn.training.plan import members_of
from daogou.learn.training.quality import TEST_FROM_US, VALIDATION_FROM_US, Quality, giftware, markdown

NAMES = ("popularity", "trending", "repeat", "ease")


@pytest.fixture(scope="module")
def quality(tmp_path_factory):
    dataset, settings = giftware(tmp_path_factory.mktemp("shop"))
    split = split_global_time(dataset, VALIDATION_FROM_US, TEST_FROM_US)
    steps = Steps(silent, 0)
    members = members_of({name: ModelSettings(recipe=name) for name in NAMES})
    measured = measure_split(split, members, settings.history, 0, steps)
    steps.end("measured")
    return Quality(
        measured.evaluations,
        measured.mixes,
        steps.seconds,
        steps.processor_seconds,
        {"counted": (1.0, 2.0), "excluded": (1.0, 2.0)},
        100.0,
        "this machine",
    )


def test_the_blend_beats_each_of_its_members_by_more_than_chance(quality):
    assert [one.setup.repeats for one in quality.evaluations] == ["counted", "excluded"]
    assert quality.beats_all


def test_the_test_part_is_as_large_as_the_data_say(quality):
    """Counted apart with plain sets: who kept something before November and buys (something new) from then on."""
    assert [one.setup.n_users for one in quality.evaluations] == [1540, 1447]


def test_ease_alone_reaches_its_figure(quality):
    counted, excluded = quality.evaluations
    assert counted.model("ease").metrics["ndcg@20"].mean == pytest.approx(0.274, abs=0.01)
    assert excluded.model("ease").metrics["ndcg@20"].mean == pytest.approx(0.103, abs=0.01)


def test_the_committed_page_shows_every_model_and_how_it_was_measured(quality):
    page = markdown(quality, "daogou bench quality", "2026-11-21")
    assert all(f"| {name} |" in page for name in NAMES)
    assert "`daogou bench quality`" in page
    assert "Repeats are excluded" in page
