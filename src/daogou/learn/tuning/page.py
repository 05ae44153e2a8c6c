"""A search as one HTML page: what was found and every trial; English and Chinese, with nothing from outside."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from itertools import accumulate
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

import daogou
from daogou.learn.evaluation import charts, report
from daogou.learn.evaluation.words import LANGUAGES
from daogou.learn.tuning import table, words
from daogou.learn.tuning.trial import Found
from daogou.learn.tuning.tune import Tuning

TEMPLATE = "page.html.j2"


def html_page(tuning: Tuning, path: Path, *, language: str = "en") -> None:
    """Write the page to `path`; it opens in `language` and can be switched."""
    path.write_text(render(tuning, language), encoding="utf-8")


def render(tuning: Tuning, language: str) -> str:
    """The page as text."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.globals.update(word=words.say, spans=_spans, both=_both, ordered=table.ordered)
    environment.globals.update(gain_text=table.gain_text, settings_text=table.settings_text, searched=table.searched)
    environment.globals.update(notes_of=lambda trial: {one: table.trial_note(trial, one) for one in LANGUAGES})
    found = tuning.outcome.found
    told = [words.sentences(tuning, one) for one in LANGUAGES]
    source = resources.files(__package__ or "").joinpath(TEMPLATE).read_text(encoding="utf-8")
    return environment.from_string(source).render(
        first=language,
        languages=LANGUAGES,
        style=Markup(_style()),
        sentences=[dict(zip(LANGUAGES, one, strict=True)) for one in zip(*told, strict=True)],
        notes=tuning.outcome.notes,
        found=found,
        verdicts={one.model: {code: words.verdict(one, code) for code in LANGUAGES} for one in found},
        chart=_chart(found),
        legend=[(one.model, Markup(charts.swatch(number))) for number, one in enumerate(found)],
        version=daogou.__version__,
    )


def best_so_far(found: Found) -> list[float]:
    """The best figure after each measured trial."""
    return list(accumulate((one.figure for one in found.trials if one.is_measured), max))


def _chart(found: tuple[Found, ...]) -> Markup | None:
    if not found:
        return None
    lines = {one.model: best_so_far(one) for one in found}
    last = ", ".join(f"{model} {values[-1]:.4f}" for model, values in lines.items())
    return Markup(charts.curves(lines, title=f"{words.say('best_so_far', 'en')}: {last}", foremost=None))


def _style() -> str:
    """The look of the evaluation's page, so that both look alike."""
    source = resources.files("daogou.learn.evaluation").joinpath(report.TEMPLATE).read_text(encoding="utf-8")
    return source[source.index("<style>") : source.index("</style>")] + "</style>"


def _spans(text: Mapping[str, str]) -> Markup:
    """Every language of a text; the page shows the chosen one."""
    return Markup("").join(Markup('<span lang="{}">{}</span>').format(code, value) for code, value in text.items())


def _both(key: str, **values: object) -> Markup:
    return _spans({language: words.say(key, language, **values) for language in LANGUAGES})
