"""The table of rules: each speaks exactly from its bounds on, in both languages, about a recipe there is."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from daogou.data.dataset import Dataset
from daogou.learn.advice.facts import Facts, facts_of
from daogou.learn.advice.rules import RULES, Condition, Rule, spoken
from daogou.learn.models import RECIPES

ROOT = Path(__file__).parents[3]
NAMED = [f"{number:02}-{rule.recipe}-{rule.says}" for number, rule in enumerate(RULES)]
BOUNDS = [(rule, number) for rule in RULES for number in range(len(rule.when))]


@pytest.fixture(scope="module")
def plain() -> Facts:
    return facts_of(Dataset.of(np.zeros(1, np.int32), np.zeros(1, np.int32)))


def with_fact(facts: Facts, name: str, value: float) -> Facts:
    return replace(facts, **{name: value})  # type: ignore[arg-type]


def at_the_bounds(facts: Facts, rule: Rule) -> Facts:
    """Every condition of the rule holds, and only just."""
    for one in rule.when:
        facts = with_fact(facts, one.fact, one.bound if one.is_at_least else float(np.nextafter(one.bound, -np.inf)))
    return facts


@pytest.mark.parametrize("rule", RULES, ids=NAMED)
def test_a_rule_speaks_at_its_bounds(plain: Facts, rule: Rule) -> None:
    assert rule.when, "a rule without a condition is an opinion"
    assert rule.speaks(at_the_bounds(plain, rule))
    assert rule in spoken(rule.recipe, at_the_bounds(plain, rule))


@pytest.mark.parametrize(("rule", "number"), BOUNDS, ids=[f"{rule.recipe}-{rule.says}-{n}" for rule, n in BOUNDS])
def test_a_rule_is_silent_just_beyond_each_of_its_bounds(plain: Facts, rule: Rule, number: int) -> None:
    one = rule.when[number]
    beyond = float(np.nextafter(one.bound, -np.inf)) if one.is_at_least else one.bound
    assert not rule.speaks(with_fact(at_the_bounds(plain, rule), one.fact, beyond))


@pytest.mark.parametrize("rule", RULES, ids=NAMED)
def test_a_rule_gives_a_reason_in_both_languages_and_its_source(plain: Facts, rule: Rule) -> None:
    english, chinese = (rule.reason(at_the_bounds(plain, rule), language) for language in ("en", "zh"))
    assert "{" not in english + chinese
    assert english.endswith(".")
    assert re.search("[一-鿿]", chinese)
    assert not re.search("[一-鿿]", english)
    assert rule.source


@pytest.mark.parametrize("rule", RULES, ids=NAMED)
def test_both_languages_cite_the_same_facts(rule: Rule) -> None:
    cited = re.compile(r"\{(\w+)[:}]")
    assert set(cited.findall(rule.en)) == set(cited.findall(rule.zh))


@pytest.mark.parametrize("rule", RULES, ids=NAMED)
def test_a_rule_is_about_a_recipe_and_facts_that_exist(plain: Facts, rule: Rule) -> None:
    assert rule.recipe in RECIPES
    assert {one.fact for one in rule.when} <= set(plain.numbers())


@pytest.mark.parametrize("rule", RULES, ids=NAMED)
def test_a_page_that_a_rule_cites_exists(rule: Rule) -> None:
    for page in re.findall(r"(?:docs|benchmarks)/[\w/.]+\.md", rule.source):
        assert (ROOT / page).is_file(), page


def test_for_and_against_of_one_recipe_never_share_a_bound() -> None:
    """Where both speak about the same fact, there is room between them."""
    for one in RULES:
        for other in RULES:
            if one.recipe == other.recipe and (one.says, other.says) == ("suits", "avoid"):
                for first in one.when:
                    for second in other.when:
                        if first.fact == second.fact and first.is_at_least != second.is_at_least:
                            low, high = sorted((first, second), key=lambda bound: bound.is_at_least)
                            assert low.bound <= high.bound, (one, other)


def test_a_condition_reads_from_its_bound_on(plain: Facts) -> None:
    facts = with_fact(plain, "repeats", 0.1)
    assert Condition("repeats", True, 0.1).holds(facts)
    assert not Condition("repeats", False, 0.1).holds(facts)
    assert not Condition("repeats", True, 0.11).holds(facts)
