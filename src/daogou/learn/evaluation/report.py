"""Everything that was measured as one HTML page: what it means, what to do, charts and tables, in English and Chinese.

The page needs nothing from outside, follows the reader's light or dark, works by keyboard and prints.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any, Protocol

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

import daogou
from daogou.learn.evaluation import words
from daogou.learn.evaluation.findings import findings_of, in_order
from daogou.learn.evaluation.findings_served import findings_of_served
from daogou.learn.evaluation.newcomers import NewcomerShare
from daogou.learn.evaluation.over_time import Demand
from daogou.learn.evaluation.report_models import demand_view, models_view, reliability_view
from daogou.learn.evaluation.report_newcomers import findings_of_newcomers, newcomers_view
from daogou.learn.evaluation.report_served import served_view
from daogou.learn.evaluation.report_tiles import model_tiles, served_tiles
from daogou.learn.evaluation.result import Evaluation
from daogou.learn.evaluation.served import Served
from daogou.learn.metrics.calibration import Reliability

TEMPLATE, STYLE, SCRIPT = "report.html.j2", "report.css", "report.js"


class Weighed(Protocol):
    """What the report needs of a mix."""

    @property
    def weights(self) -> Mapping[str, float]: ...


@dataclass(frozen=True)
class Content:
    """What a report is made of; all of it may be missing, but not everything at once.

    evaluations  the first is the one the summary speaks of
    mixes        learned weights by how repeats are treated ("counted", "excluded")
    reliability  by name of what predicts probabilities
    shop         its name by language
    newcomers    what new items got of the places, by placement
    """

    evaluations: Sequence[Evaluation] = ()
    mixes: Mapping[Any, Weighed] = field(default_factory=dict)
    served: Served | None = None
    demand: Demand | None = None
    reliability: Mapping[str, Reliability] = field(default_factory=dict)
    shop: Mapping[str, str] | None = None
    newcomers: Sequence[NewcomerShare] = ()


def html_report(
    evaluations: Evaluation | Sequence[Evaluation],
    path: Path | str,
    *,
    mixes: Mapping[Any, Weighed] | None = None,
    served: Served | None = None,
    demand: Demand | None = None,
    reliability: Mapping[str, Reliability] | None = None,
    shop: Mapping[str, str] | None = None,
    newcomers: Sequence[NewcomerShare] = (),
) -> None:
    """Write the page to `path`; arguments as in `Content`."""
    chosen = [evaluations] if isinstance(evaluations, Evaluation) else list(evaluations)
    content = Content(chosen, mixes or {}, served, demand, reliability or {}, shop, newcomers)
    Path(path).write_text(render(content), encoding="utf-8")


def render(content: Content) -> str:
    """The page as text."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, loader=FunctionLoader(_source)
    )
    environment.globals.update(
        say=_say,
        per_cent=_per_cent,
        word=words.word,
        metric_name=words.metric_name,
        term_name=words.term_name,
        meanings=words.METRIC_MEANINGS,
        languages=words.LANGUAGES,
        definitions=words.definitions(),
        style=Markup(_source(STYLE)),
        script=Markup(_source(SCRIPT)),
        version=daogou.__version__,
    )
    return environment.get_template(TEMPLATE).render(page=_page(content))


def _page(content: Content) -> dict[str, Any]:
    served = served_view(content.served) if content.served else None
    sections = [models_view(one, content.mixes) for one in content.evaluations]
    found = findings_of(content.evaluations[0], content.demand) if content.evaluations else []
    tiles = model_tiles(content.evaluations[0]) if content.evaluations else []
    if content.served:
        found = in_order([*found, *findings_of_served(content.served)])
        tiles += served_tiles(content.served)
    found = in_order([*found, *findings_of_newcomers(content.newcomers)])
    fresh = newcomers_view(content.newcomers)
    return {
        "shop": content.shop,
        "tiles": tiles,
        "findings": found,
        "served": served,
        "newcomers": fresh,
        "sections": sections,
        "demand": demand_view(content.demand) if content.demand else None,
        "reliability": reliability_view(content.reliability),
        "contents": _contents({"served": served, "newcomers": fresh}, sections),
    }


def _contents(
    optional: Mapping[str, Any], sections: Sequence[Mapping[str, Any]]
) -> list[tuple[str, Mapping[str, str]]]:
    anchors = ["short", *(name for name, part in optional.items() if part)]
    names = {"quality": "best", "whom": "segments", "catalogue": "beyond", "bias": "bias"}
    if sections:
        has = {"quality": True, "whom": sections[0]["groups"], "catalogue": sections[0]["beyond"],
               "bias": sections[0]["exposure"]}  # fmt: skip
        anchors += [one for one in names if has[one]]
        anchors += ["all", "method"]
    names |= {"all": "figures", "method": "done"}
    return [(one, words.word(f"menu_{names.get(one, one)}")) for one in (*anchors, "words")]


def _say(text: Mapping[str, str]) -> Markup:
    """Every language of a text; the page shows the chosen one."""
    return Markup("").join(
        Markup('<span lang="{}">{}</span>').format(language, value) for language, value in text.items()
    )


def _per_cent(share: float, digits: int = 1) -> str:
    return f"{share:.{digits}%}"


def _source(name: str) -> str:
    return resources.files(__package__ or "").joinpath(name).read_text(encoding="utf-8")
