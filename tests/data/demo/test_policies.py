"""What a bundled shop says of itself is found by the questions that shoppers ask."""

from __future__ import annotations

from pathlib import Path

import pytest

from daogou.data.demo import demo_policies
from daogou.decide.guide.policies import answering
from daogou.decide.guide.policy_parts import read_policies


@pytest.mark.parametrize("topic", ["shipping", "returns", "payment", "privacy"])
@pytest.mark.parametrize(("language", "word"), [("en", "demonstration"), ("zh", "演示")])
def test_every_topic_has_a_part_in_both_languages(tmp_path: Path, topic: str, language: str, word: str) -> None:
    for name, text in demo_policies().items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    part = answering(read_policies(tmp_path), topic, "", language)
    assert part is not None
    assert part.language == language
    assert word in part.text
