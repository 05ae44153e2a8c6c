"""Spellings that readers take for the same letters."""

from __future__ import annotations

import pytest

from daogou.decide.words.fold import fold
from daogou.decide.words.traditional import SIMPLIFIED


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("Café CRÈME", "cafe creme"),
        ("紅色馬克杯", "红色马克杯"),
        ("無線藍牙耳機", "无线蓝牙耳机"),
        ("mug\u200b\u202e\ufeff", "mug"),
        ("10″", '10"'),
        ("T‑shirt", "t-shirt"),
        ("soft\u00adware", "software"),
    ],
)
def test_what_reads_alike_is_spelled_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other) == other


def test_folding_twice_changes_nothing() -> None:
    for text in ("Café", "紅色 ＡＢＣ", "ﬁne ½ ㎡", "İstanbul ß"):
        assert fold(fold(text)) == fold(text)


def test_traditional_characters_sound_like_their_simplified_ones() -> None:
    from pypinyin import Style, pinyin

    for traditional, simple in SIMPLIFIED.items():
        sounds = [set(pinyin(chr(one), heteronym=True, style=Style.NORMAL)[0]) for one in (traditional, simple)]
        assert sounds[0] & sounds[1], chr(traditional)
