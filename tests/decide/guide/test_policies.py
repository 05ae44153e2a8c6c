"""The shop's own rules, quoted or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from daogou.decide.guide.acts import AskPolicy
from daogou.decide.guide.policy_parts import read_policies

from .conftest import Shopper, codes

RULES = {
    "returns.md": "# Returns\n\nSend it back within **30 days**. See [the form](https://shop.example/returns).\n\n"
    "## Damaged goods\n\nWrite to us within a week.\n",
    "returns.zh.md": "# 退货\n\n签收后七天内可以退货。\n",
    "delivery.md": "Delivered in three days. <!-- internal: margin 4% --> Free from £50.\n",
}


def write(folder: Path) -> None:
    (folder / "policies").mkdir()
    for name, text in RULES.items():
        (folder / "policies" / name).write_text(text, encoding="utf-8")


def test_the_part_that_answers_is_quoted_with_its_heading_and_link(make_shopper: Callable[..., Shopper]):
    shopper = make_shopper()
    write(shopper.shop.folder)
    [quote] = shopper.does(AskPolicy("returns")).quotes
    assert quote.source == "Returns"
    assert quote.text == "Send it back within 30 days. See the form."
    assert quote.url == "https://shop.example/returns"


def test_the_words_of_the_question_choose_among_parts(make_shopper: Callable[..., Shopper]):
    shopper = make_shopper()
    write(shopper.shop.folder)
    assert shopper.does(AskPolicy("returns", "it arrived damaged")).quotes[0].source == "Damaged goods"


def test_whoever_asks_in_chinese_gets_the_chinese_text(make_shopper: Callable[..., Shopper]):
    shopper = make_shopper(language="zh")
    write(shopper.shop.folder)
    assert shopper.does(AskPolicy("returns")).quotes[0].text == "签收后七天内可以退货。"
    shopper.does(AskPolicy("shipping"))
    assert shopper.reply is not None
    assert shopper.reply.quotes[0].text.startswith("Delivered in three days")


def test_what_is_not_written_is_not_answered(make_shopper: Callable[..., Shopper]):
    shopper = make_shopper()
    assert codes(shopper.does(AskPolicy("warranty"))) == ["policy_missing"]
    write(shopper.shop.folder)
    reply = shopper.does(AskPolicy("warranty"))
    assert codes(reply) == ["policy_missing"]
    assert not reply.is_answered
    assert reply.ways_out[0].acts[0].name == "hand_over"


def test_comments_and_mark_up_are_not_quoted(tmp_path: Path):
    write(tmp_path)
    [part] = [one for one in read_policies(tmp_path / "policies") if one.name == "delivery"]
    assert part.text == "Delivered in three days.  Free from £50."


def test_a_changed_file_is_read_again(make_shopper: Callable[..., Shopper]):
    shopper = make_shopper()
    write(shopper.shop.folder)
    shopper.does(AskPolicy("shipping"))
    (shopper.shop.folder / "policies" / "delivery.md").write_text("Delivery takes a week, at most.", encoding="utf-8")
    assert shopper.does(AskPolicy("shipping")).quotes[0].text == "Delivery takes a week, at most."
