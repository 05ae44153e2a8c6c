"""Versions of rules: compared, rolled back, and in force in every process with its next answer."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest

from daogou.core.errors import Conflict, NotFound
from daogou.decide.pipeline import recommend
from daogou.decide.request import RecommendRequest
from daogou.decide.rules.book import RuleChange, difference
from daogou.decide.rules.rule import Rule
from daogou.decide.shop import Shop

from ..conftest import NOW_US, Everybody

HIDE, PUSH = Rule("no", "hide", ("i7",)), Rule("push", "boost", ("i1",), factor=2.0)


def test_versions_differ_by_rule_and_by_field() -> None:
    assert difference([HIDE, PUSH], [HIDE, PUSH]) == []
    assert difference([HIDE], [PUSH]) == [RuleChange("no", HIDE, None, ()), RuleChange("push", None, PUSH, ())]
    stronger = replace(PUSH, factor=3.0, note="more")
    assert difference([HIDE, PUSH], [HIDE, stronger]) == [RuleChange("push", PUSH, stronger, ("factor", "note"))]
    assert [one.fields for one in difference([HIDE, PUSH], [PUSH, HIDE])] == [("order",), ("order",)]


def test_a_roll_back_is_a_new_version_and_can_be_taken_back(make_shop: Callable[..., Shop]) -> None:
    book = make_shop().rules
    for version, rules in enumerate([[HIDE], [HIDE, PUSH]]):
        book.write(rules, expected_version=version, at_us=NOW_US, author="a test")
    made = book.roll_back(1, expected_version=2, at_us=NOW_US, author="a test")
    assert (made.version, made.note, made.n_rules) == (3, "back to version 1", 1)
    assert book.live.rules == (HIDE,)
    assert book.roll_back(2, expected_version=3, at_us=NOW_US, author="a test").n_rules == 2
    assert book.read(4)[0] == [HIDE, PUSH]
    assert [one.version for one in book.versions.versions(10)] == [4, 3, 2, 1]
    with pytest.raises(NotFound, match="no version 9"):
        book.roll_back(9, expected_version=4, at_us=NOW_US, author="a test")
    with pytest.raises(Conflict, match="at version 4, not 3"):
        book.write([], expected_version=3, at_us=NOW_US, author="a test")
    assert book.version == 4


OTHER_PROCESS = """
import sys
from daogou.data.store import open_store
from daogou.decide.rules.book import RuleBook
from daogou.decide.rules.rule import Rule
book = RuleBook(open_store(sys.argv[1]).rules, "UTC")
for _ in sys.stdin:
    rules = [] if book.live.rules else [Rule("no", "hide", ("i7",))]
    print(book.write(rules, expected_version=book.version, at_us=1, author="another").version, flush=True)
"""


def test_what_another_process_wrote_acts_on_the_next_answer(
    make_shop: Callable[..., Shop], everybody: Everybody
) -> None:
    shop = make_shop(models={"trending": everybody})
    url = f"sqlite:///{shop.folder}/shop.db"
    with subprocess.Popen(
        [sys.executable, "-c", OTHER_PROCESS, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        for version in range(1, 7):
            other.stdin.write("\n")
            other.stdin.flush()
            assert int(other.stdout.readline()) == version
            first = recommend(shop, RecommendRequest("trending")).items[0].item_id
            assert first == ("i6" if version % 2 else "i7")
        other.stdin.close()
    assert other.returncode == 0
