"""An open shop keeps in step with what is published, whatever the clock or the disk does."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from daogou.core.clock import SECOND_US
from daogou.core.errors import ArtifactRefused
from daogou.decide import shop as shop_module
from daogou.decide.shop import Shop
from daogou.learn.artifact import Artifact
from daogou.learn.training.mix import Mix
from daogou.learn.training.release import Release


def test_a_clock_that_is_set_back_does_not_hide_a_new_release(
    make_shop: Callable[..., Shop], monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = make_shop()
    now_us = shop.clock()
    looks: list[Path] = []
    monkeypatch.setattr(shop_module, "current_name", looks.append)
    shop.refresh()
    shop.refresh()
    assert len(looks) == 1  # at most once a second
    shop.clock = lambda: now_us - 3_600 * SECOND_US
    shop.refresh()
    shop.refresh()
    assert len(looks) == 2


def test_a_refused_release_leaves_what_served_and_is_told_in_the_log(
    make_shop: Callable[..., Shop], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refused(_: Path) -> None:
        raise ArtifactRefused("weights.safetensors was altered.")

    shop = make_shop()
    served = shop.models
    monkeypatch.setattr(shop_module, "current_name", lambda _: "20261121T101500Z-9f3a2c")
    monkeypatch.setattr(shop_module, "load_release", refused)
    with caplog.at_level(logging.WARNING, "daogou.decide"):
        shop.refresh()
    assert shop.models is served
    assert shop.problems == ("weights.safetensors was altered.",)
    assert "was altered" in caplog.text


def test_an_item_that_nobody_took_yet_counts_by_the_weight_of_new_items(make_shop: Callable[..., Shop]) -> None:
    shop = make_shop()
    mix = Mix({"content": 1.0}, {"content": 2.0}, {"content": 3.0})
    learned = {"content": Artifact(None, {}, ["i0", "i1"])}  # type: ignore[arg-type]
    shop.release = Release("r", Path(), learned, mix, {"counted": mix, "excluded": mix}, {}, frozenset({"i1"}))
    shop._weigh()
    weights = shop.weights["exclude"]["content"]
    taken, known_but_new, added_since = (shop.catalogue.number_of[one] for one in ("i0", "i1", "i2"))
    assert weights[taken] == 0.5  # type: ignore[index]
    assert weights[known_but_new] == weights[added_since] == 1.5  # type: ignore[index]
