"""The page after an import: both languages, nothing from outside, nothing of the data run as a program."""

from __future__ import annotations

from daogou.data.quality.check import Quality
from daogou.data.quality.finding import Finding
from daogou.learn.quality.page import quality_page

FOUND = Quality({"items": 3}, {"purchase": 2}, {"title": 1.0}, "2026-01-01", "2026-02-01",
                [Finding("damaged", "act", 1, 3, ("<script>alert(1)</script>",))])  # fmt: skip


def test_findings_are_told_in_both_languages_with_what_to_do() -> None:
    page = quality_page(FOUND, {"en": "Tea house", "zh": "茶馆"})
    for text in ("Tea house", "茶馆", "wrong encoding", "乱码", "--encoding", "100.0%"):
        assert text in page


def test_nothing_of_the_data_becomes_markup_and_nothing_comes_from_outside() -> None:
    page = quality_page(FOUND)
    assert "<script>alert(1)" not in page
    assert "http://" not in page
    assert "https://" not in page


def test_a_sound_shop_is_told_that_nothing_is_amiss() -> None:
    assert "Nothing is amiss." in quality_page(Quality({}, {}, {}, None, None, []))
