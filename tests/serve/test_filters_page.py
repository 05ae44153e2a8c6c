"""docs/filters.md and contracts/filter-language.md: their examples run, and nothing of the language is left out."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest

from daogou.core.clock import DAY_US
from daogou.core.errors import InvalidFilter
from daogou.core.settings import Settings
from daogou.core.types import Item, StoreStock
from daogou.decide.filters import parse_filter
from daogou.decide.filters.columns import Columns
from daogou.decide.filters.fields import FIELDS, OPERATORS
from daogou.decide.filters.parse import MOST_CHARACTERS, MOST_LEVELS, MOST_TESTS, MOST_TITLES, MOST_VALUES, RESERVED
from daogou.decide.filters.placements import check_placements

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/filters.md").read_text("utf-8")
CONTRACT = (ROOT / "contracts/filter-language.md").read_text("utf-8")
GOLDEN = json.loads((ROOT / "contracts/golden/filters.json").read_text("utf-8"))
NOW_US = 1_795_255_200_000_000  # 2026-11-21T10:00:00Z

ITEMS = [
    Item(
        "mug-red", {"en": "Red mug", "zh": "红色马克杯"}, price_minor=600, list_price_minor=1000, cost_minor=300,
        brand="Apple", categories=(("Home", "Mugs"),), tags=("gift",), rating=4.8, stores=(StoreStock("leeds"),),
        attributes={"colour": ("red",), "颜色": ("红色",)}, created_at_us=NOW_US - 3 * DAY_US,
        expires_at_us=NOW_US + 2 * DAY_US,
    ),
    Item(
        "desk", {"en": "Desk"}, price_minor=9_000, brand="Clay", categories=(("Home", "Office"),), tags=("clearance",),
        created_at_us=NOW_US - 200 * DAY_US, attributes={"screen size": ("6.1 in",)},
    ),
    Item("c1", {"en": "Coupon"}, kind="coupon"),
]  # fmt: skip


def blocks(kind: str, page: str = PAGE) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", page, re.DOTALL | re.MULTILINE)


def expressions() -> list[str]:
    commands = [shlex.split(line) for block in blocks("sh") for line in block.splitlines() if line.startswith("daogou")]
    typed = [words[words.index("--filter") + 1] for words in commands]
    return [*(line for block in blocks("filter") for line in block.splitlines()), *typed]


def test_the_page_has_examples() -> None:
    assert len(expressions()) > 20


@pytest.mark.parametrize("text", expressions())
def test_every_example_passes_some_items_and_not_all(text: str) -> None:
    passing = parse_filter(text)._mask(Columns(ITEMS), None, NOW_US).tolist()
    assert len(set(passing)) == 2, passing


@pytest.mark.parametrize(
    "text", re.findall(r"`([^`]*(?:[<=]|has|＜|【)[^`]* [^`]*)`", PAGE.split("- **What")[1].split("##")[0])
)
def test_every_example_within_a_sentence_is_read(text: str) -> None:
    parse_filter(text)


def test_the_example_of_a_request_is_answered(shop: Any) -> None:
    (command,) = [shlex.split(block) for block in blocks("sh") if block.startswith("curl")]
    body = json.loads(command[command.index("-d") + 1])
    assert [one["item_id"] for one in shop.recommend(**body)["items"] if "Mug" not in one["item"]["title"]] == []
    assert len(shop.recommend(**body)["items"]) == 4


def test_the_example_of_a_placement_is_accepted() -> None:
    (block,) = blocks("toml")
    settings = Settings(**tomllib.loads(block))
    assert settings.placements["gifts_under_20"].filter
    check_placements(settings)


def test_the_example_of_an_error_is_what_is_said() -> None:
    (block,) = blocks("text")
    with pytest.raises(InvalidFilter) as refused:
        parse_filter(block.splitlines()[1].strip())
    assert str(refused.value) == block.rstrip("\n")


@pytest.mark.parametrize("page", [PAGE, CONTRACT], ids=["docs", "contract"])
def test_every_field_operator_and_limit_is_told(page: str) -> None:
    assert [name for name in FIELDS if f"`{name}`" not in page] == []
    assert [one for allowed in OPERATORS.values() for one in allowed if f"`{one}`" not in page] == []
    for limit in (f"{MOST_CHARACTERS:,} characters", f"{MOST_LEVELS} levels", f"{MOST_VALUES} values"):
        assert limit in page
    assert re.search(rf"{MOST_TESTS} (tests|claims)\W+{MOST_TITLES} of them", page)


def test_the_contract_holds_every_word_rule_and_operator_of_each_type() -> None:
    assert [word for word in RESERVED if f'"{word}"' not in CONTRACT] == []
    assert {case["rule"] for case in GOLDEN["refused"]} <= set(re.findall(r"`(\w+)`", CONTRACT.split("## Errors")[1]))
    for kind, allowed in OPERATORS.items():
        (row,) = re.findall(rf"^\| {kind} \| (.*?) \|", CONTRACT, re.MULTILINE)
        assert {one.strip("`") for one in row.split()} == set(allowed), kind
