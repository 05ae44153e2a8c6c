"""The page of figures, the dashboard and the alert rules speak of figures that a real server has."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "metrics.md").read_text("utf-8")
DASHBOARD = json.loads((ROOT / "deploy" / "grafana" / "daogou.json").read_text("utf-8"))
ALERTS = yaml.safe_load((ROOT / "deploy" / "prometheus" / "daogou.yml").read_text("utf-8"))
NAME = re.compile(r"\bdaogou_[a-z_]+\b")


@pytest.fixture(scope="module")
def known(kept_shop: Any) -> dict[str, str]:
    """The figures of a server that has answered, by name, with their kind."""
    text = kept_shop.client.get("/metrics").text
    return {
        f"{one.name}_total" if one.type == "counter" else one.name: one.type
        for one in text_string_to_metric_families(text)
        if not one.name.endswith("_created")  # when counting began; Prometheus' own
    }


def samples(known: dict[str, str]) -> set[str]:
    """What an expression may name."""
    parts = {
        f"{name}{end}" for name, kind in known.items() if kind == "histogram" for end in ("_bucket", "_sum", "_count")
    }
    return parts | {name for name, kind in known.items() if kind != "histogram"}


def test_the_page_names_every_figure_and_no_other(known: dict[str, str]) -> None:
    told = set(re.findall(r"^\| `(daogou_[a-z_]+)` \|", PAGE, re.MULTILINE))
    assert told == set(known)


def test_every_panel_asks_for_figures_that_are_there(known: dict[str, str]) -> None:
    panels = DASHBOARD["panels"]
    assert len({one["id"] for one in panels}) == len(panels)
    for panel in panels:
        for target in panel["targets"]:
            asked = set(NAME.findall(target["expr"]))
            assert asked, panel["title"]
            assert asked <= samples(known), panel["title"]
            assert target["expr"].count("(") == target["expr"].count(")"), panel["title"]


def test_every_figure_is_on_the_dashboard(known: dict[str, str]) -> None:
    asked = set(NAME.findall(json.dumps(DASHBOARD)))
    missing = {name for name in known if not asked & {name, f"{name}_bucket", f"{name}_sum", f"{name}_count"}}
    assert missing == set()


def test_every_alert_asks_for_figures_that_are_there_and_says_what_it_means(known: dict[str, str]) -> None:
    rules = [rule for group in ALERTS["groups"] for rule in group["rules"]]
    assert len({rule["alert"] for rule in rules}) == len(rules) >= 10
    for rule in rules:
        assert set(NAME.findall(rule["expr"])) <= samples(known), rule["alert"]
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert rule["annotations"]["summary"].endswith(".")


def test_labels_in_expressions_are_labels_of_the_figures(kept_shop: Any) -> None:
    kept_shop.recommend(placement="home_for_you")
    kept_shop.call("POST", "/v1/events", json=kept_shop.event("figures"))
    text = kept_shop.client.get("/metrics").text
    labels: dict[str, set[str]] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            labels.setdefault(sample.name, {"instance", "job"}).update(sample.labels)
    expressions = [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]]
    expressions += [rule["expr"] for group in ALERTS["groups"] for rule in group["rules"]]
    for expression in expressions:
        for name, inside in re.findall(r"(daogou_[a-z_]+)\{([^}]*)\}", expression):
            if name in labels:
                assert set(re.findall(r"(\w+)(?:=~|!~|!=|=)", inside)) <= labels[name], expression
