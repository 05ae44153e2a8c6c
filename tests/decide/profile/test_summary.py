"""A shopper's tags in one sentence."""

from __future__ import annotations

import pytest

from daogou.decide.profile.summary import summary
from daogou.decide.profile.taste import Liking


def liking(label: str) -> Liking:
    return Liking(f"tag:{label}", "Tag", label, 0.5, 2.0, 3, ())


@pytest.mark.parametrize(
    ("labels", "language", "told"),
    [
        ([], "en", None),
        (["red"], "en", "You seem to like red."),
        (["red", "glass", "red", "mugs"], "en", "You seem to like red, glass and mugs."),
        (["红色", "玻璃", "杯子"], "zh-CN", "看起来您喜欢红色、玻璃和杯子。"),
        (list("abcdef"), "en", "You seem to like a, b, c and d."),
    ],
)
def test_the_first_tags_are_named_once_each(labels: list[str], language: str, told: str | None) -> None:
    assert summary([liking(label) for label in labels], language) == told
