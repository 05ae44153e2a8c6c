"""`daogou evaluate` on a small shop with its lists and clicks: tables, JSON and the report say the same."""

import json
from html import unescape

import numpy as np
import pytest
from typer.testing import CliRunner

from daogou.cli.evaluate import app
from daogou.core.clock import DAY_US, SECOND_US
from daogou.core.errors import InvalidInput
from daogou.core.types import Event, EventLine, Item, User
from daogou.data.store import ServedItem, ServedSlate, open_store

START = 1_760_000_000_000_000
SETTINGS = """
[shop]
id = "small"
name = { en = "Small", zh = "小店" }

[models]
ease = { recipe = "ease" }
popularity = { recipe = "popularity" }
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """Two tastes, two countries; lists that went out at the end, one in three of them clicked."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "shop.toml").write_text(SETTINGS, encoding="utf-8")
    store = open_store(f"sqlite:///{folder}/daogou.db")
    store.put_items([Item(f"i{n}", {"en": f"Item {n}"}, categories=((f"C{n % 4}",),)) for n in range(40)])
    store.put_users([User(f"u{n}", {"age": ("young" if n % 3 else "old",)}) for n in range(90)])
    generator = np.random.default_rng(0)
    events = []
    for n in range(1800):
        user = int(generator.integers(90))
        item = int(generator.integers(20)) + 20 * (user % 2)
        country = {"country": "France" if user % 2 else "Spain"}
        events.append(
            Event(f"e{n}", "purchase", START + n * DAY_US // 20, (EventLine(f"i{item}", 1, 500),), user_id=f"u{user}",
                  context=country)
        )  # fmt: skip
    end = START + 90 * DAY_US
    slates = []
    for n in range(60):
        places = tuple(ServedItem(f"i{(n + place) % 40}", place, None, "ease") for place in range(4))
        slates.append(ServedSlate(f"r{n}", "home_for_you", end + n * SECOND_US, f"u:u{n}", places))
        who = {"user_id": f"u{n}", "recommendation_id": f"r{n}", "placement": "home_for_you"}
        lines = tuple(EventLine(one.item_id, 1, None, one.position) for one in places)
        events.append(Event(f"s{n}", "impression", end + n * SECOND_US + 1, lines, **who))
        if n % 3 == 0:
            events.append(Event(f"c{n}", "select_item", end + n * SECOND_US + 2, lines[:1], **who))
    store.append(events)
    store.log_slates(slates)
    store.close()
    return folder


def daogou(folder, *words):
    return CliRunner().invoke(app, ["--shop", str(folder), *words], env={"COLUMNS": "160"})


@pytest.fixture(scope="module")
def found(shop, tmp_path_factory):
    page = tmp_path_factory.mktemp("page") / "report.html"
    words = ("--compare", "ease", "popularity", "--by", "age", "--report", str(page), "--json")
    run = daogou(shop, *words)
    assert run.exit_code == 0, run.output
    return json.loads(run.stdout), page.read_text(encoding="utf-8")


def test_the_evaluation_that_fits_the_shops_own_rule_comes_first(found):
    assert [one["setup"]["repeats"] for one in found[0]["evaluations"]] == ["excluded", "counted"]


def test_two_named_models_are_compared_besides_the_blend_with_each(found):
    pairs = {(one["model"], one["baseline"]) for one in found[0]["evaluations"][0]["comparisons"]}
    assert {("ease", "popularity"), ("blend", "ease"), ("blend", "popularity")} <= pairs


def test_figures_are_given_by_country_of_the_events_and_by_attribute_of_the_users(found):
    kinds = {one["kind"] for one in found[0]["evaluations"][0]["models"][0]["segments"]}
    assert {"country", "age", "history", "visits", "popularity"} <= kinds


def test_clicks_are_counted_from_the_log(found):
    (whole,) = [one for one in found[0]["lists"]["parts"] if one["kind"] == "all"]
    assert (whole["n_places"], whole["counts"]["was_clicked"]) == (240, 20)
    assert whole["rates"]["ctr"]["mean"] == pytest.approx(20 / 240)


def test_the_report_has_the_figures_of_the_json(found):
    said, page = found
    for model in said["evaluations"][0]["models"]:
        assert f"{model['metrics']['ndcg@20']['mean']:.4f}" in page
    for one in said["findings"]:
        assert one["text"]["en"] in unescape(page)


def test_lists_alone_need_no_model(shop):
    run = daogou(shop, "--only", "lists", "--language", "zh")
    assert run.exit_code == 0
    assert "8.33%" in run.stdout
    assert "点击率" in run.stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--compare", "ease", "nobody"), "No model is called 'nobody'"),
        (("--by", "shoe_size"), "no two shoppers differ in it"),
        (("--only", "half"), "No part is called 'half'"),
        (("--language", "fr"), "No language is called 'fr'"),
    ],
)
def test_what_cannot_be_asked_is_said(shop, words, message):
    run = daogou(shop, *words)
    assert isinstance(run.exception, InvalidInput)
    assert message in str(run.exception)
