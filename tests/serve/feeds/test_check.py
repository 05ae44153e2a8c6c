"""What the check of a feed finds, and says in both languages."""

from __future__ import annotations

import pytest

from daogou.decide.eligibility import GATES
from daogou.decide.shop import Shop
from daogou.serve.feeds import FORMATS, format_named
from daogou.serve.feeds.check import Fault, FeedReport, check
from daogou.serve.feeds.export import export
from daogou.serve.feeds.words import FAULTS, LEFT_OUT, sentences


def test_each_lack_is_counted_with_its_examples(loom: Shop) -> None:
    report = check(loom, format_named("google"), "en")
    assert (report.items, report.seen) == (5, 8)
    lacks = {one.field: (one.level, one.count, one.total, one.examples) for one in report.lacks}
    assert lacks["image_link"] == ("required", 1, 8, ("bare",))
    assert lacks["price"] == ("required", 1, 8, ("unpriced",))
    assert lacks["availability_date"] == ("required", 1, 8, ("soon",))
    assert lacks["brand"][1] == 5
    assert [one.level for one in report.lacks] == sorted((one.level for one in report.lacks), reverse=True)


def test_faults_are_found(loom: Shop) -> None:
    faults = {one.code: (one.count, one.examples) for one in check(loom, format_named("google"), "en").faults}
    assert faults["gtin_wrong"] == (1, ("bare",))
    assert faults["not_translated"] == (6, ("bare", "plain", "soon", "sum", "unpriced"))


@pytest.mark.parametrize("name", FORMATS)
def test_as_many_items_go_in_as_the_check_says(loom: Shop, tmp_path: object, name: str) -> None:
    from pathlib import Path

    assert isinstance(tmp_path, Path)
    report = check(loom, format_named(name), "en")
    assert export(loom, format_named(name), tmp_path / "feed", "en").items == report.items


def test_the_report_reads_in_both_languages(loom: Shop) -> None:
    report = check(loom, format_named("google"), "en")
    english, chinese = sentences(report, "en"), sentences(report, "zh")
    assert english[0] == "google: 5 of 8 items go in"
    assert "5 of 8 products lack brand (recommended), such as bare, plain, soon, unpriced, yen" in english
    assert "8 件商品中有 5 件缺少 brand（建议填写），例如 bare、plain、soon、unpriced、yen" in chinese
    assert len(english) == len(chinese)


def test_every_finding_has_words_in_both_languages() -> None:
    assert all(set(words) == {"en", "zh"} for words in (*FAULTS.values(), *LEFT_OUT.values()))
    assert set(LEFT_OUT) <= set(GATES)
    report = FeedReport("x", "en", 1, 1, dict.fromkeys(LEFT_OUT, 1), (), tuple(
        Fault(code, "product", 1, 2, ("a",)) for code in FAULTS
    ), ("[shop] url",))  # fmt: skip
    assert all(line.strip() for language in ("en", "zh") for line in sentences(report, language))


def test_what_the_format_asks_of_the_shop_is_said(loom: Shop) -> None:
    assert check(loom, format_named("openai"), "en").settings == ()
