"""Every code has its words in both languages, and the page of documentation knows them all."""

from __future__ import annotations

from pathlib import Path

import pytest

from daogou.decide.eligibility import GATES
from daogou.decide.explain.wording import GATE_WORDS, SENTENCES, VERDICTS, sentence, verdict

DOCS = Path(__file__).parents[3] / "docs"


@pytest.mark.parametrize("table", [SENTENCES, VERDICTS, GATE_WORDS])
def test_every_text_exists_in_both_languages(table: dict[str, dict[str, str]]) -> None:
    assert all(set(texts) == {"en", "zh"} and all(texts.values()) for texts in table.values())


def test_every_gate_has_words_and_a_verdict() -> None:
    assert set(GATES) == set(GATE_WORDS)
    assert set(GATES) <= set(VERDICTS)


@pytest.mark.parametrize(
    ("names", "n_causes", "language", "expected"),
    [
        (["A"], 1, "en", "Because you bought “A”"),
        (["A", "B"], 2, "en", "Because you bought “A” and “B”"),
        (["A", "B", "C"], 3, "en", "Because you bought “A”, “B” and 1 other"),
        (["A", "B", "C"], 9, "en", "Because you bought “A”, “B” and 7 others"),
        (["A"], 1, "zh", "因为您买过「A」"),
        (["A", "B"], 2, "zh", "因为您买过「A」和「B」"),
        (["A", "B", "C"], 5, "zh", "因为您买过「A」、「B」等5件商品"),
    ],
)
def test_causes_are_named_and_the_rest_counted(names: list[str], n_causes: int, language: str, expected: str) -> None:
    assert sentence("because_bought", names, n_causes, language) == expected


def test_a_verdict_carries_its_facts() -> None:
    assert verdict("outranked", "en", rank=14, limit=12) == "Not shown: it ranks 14, and the list holds 12."
    assert verdict("shown", "zh", position=3) == "显示在第3位。"


def test_the_documentation_knows_every_code() -> None:
    reasons = (DOCS / "reasons.md").read_text(encoding="utf-8")
    missing = [code for code in SENTENCES if not code.startswith("filler_") and f"`{code}`" not in reasons]
    assert missing == []
    own = [code for code in VERDICTS if code not in GATES and f"`{code}`" not in reasons]
    assert own == []
    placements = (DOCS / "placements.md").read_text(encoding="utf-8")
    assert [gate for gate in GATES if f"`{gate}`" not in placements] == []
