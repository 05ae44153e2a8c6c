"""Findings on one HTML page, in English and in Chinese, in the look of the evaluation report; nothing from outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from daogou.data.quality.check import Quality
from daogou.data.quality.words import advice, said

Text = Mapping[str, str]
_LOOK = "daogou.learn.evaluation"
WORDS: Mapping[str, Text] = {
    "title": {"en": "What the data are worth", "zh": "数据质量报告"},
    "print": {"en": "Print", "zh": "打印"},
    "nothing": {"en": "Nothing is amiss.", "zh": "未发现问题。"},
    "what_to_do": {"en": "What to do:", "zh": "怎么办："},
    "tone_act": {"en": "● Do something", "zh": "● 需要处理"},
    "tone_watch": {"en": "▲ Keep an eye on it", "zh": "▲ 需要留意"},
    "tone_know": {"en": "Good to know", "zh": "供参考"},
    "findings": {"en": "What is amiss", "zh": "发现的问题"},
    "held": {"en": "What the shop holds", "zh": "商店现有数据"},
    "rows": {"en": "Rows by kind", "zh": "各类行数"},
    "events": {"en": "Events by name", "zh": "各类事件数"},
    "complete": {"en": "Items that have each field", "zh": "商品字段完整率"},
    "time": {"en": "First and last event", "zh": "首末事件时间"},
}


@dataclass(frozen=True)
class Point:
    """One finding in words."""

    tone: str
    said: Text
    advice: Text
    examples: Sequence[str]


def quality_page(quality: Quality, shop: Text | None = None) -> str:
    """The page after an import, as text."""
    points = [Point(one.tone, said(one), advice(one), one.examples) for one in quality.findings]
    tables = [
        _table("rows", [(name, f"{count:,}") for name, count in quality.rows.items()]),
        _table("time", [(quality.since, quality.until)] if quality.since else []),
        _table("events", [(name, f"{count:,}") for name, count in quality.events.items()]),
        _table("complete", [(name, f"{share:.1%}") for name, share in quality.complete.items()]),
    ]
    sections: list[Mapping[str, object]] = [
        {"id": "findings", "title": WORDS["findings"], "findings": points, "tables": []},
        {"id": "held", "title": WORDS["held"], "tables": [one for one in tables if one["rows"]]},
    ]
    return page_of(WORDS["title"], sections, shop)


def page_of(title: Text, sections: Sequence[Mapping[str, object]], shop: Text | None) -> str:
    """A page of findings and tables.

    sections  each with id, title, tables (title, rows of two) and, where it has any, findings (`Point`)
    """
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=FunctionLoader(_template),
    )
    look = {name: Markup(_source(_LOOK, file)) for name, file in (("style", "report.css"), ("script", "report.js"))}
    return environment.get_template("page.html.j2").render(
        title=title, sections=sections, shop=shop, words=WORDS, say=_say, **look
    )


def _table(title: str, rows: Sequence[tuple[object, object]]) -> dict[str, object]:
    return {"title": WORDS[title], "rows": rows}


def _say(text: Text) -> Markup:
    return Markup("").join(
        Markup('<span lang="{}">{}</span>').format(language, value) for language, value in text.items()
    )


def _template(name: str) -> str:
    return _source(__package__ or "", name)


def _source(package: str, name: str) -> str:
    return resources.files(package).joinpath(name).read_text(encoding="utf-8")
