"""An evaluation as tables in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from daogou.learn.evaluation import words
from daogou.learn.evaluation.findings import Finding
from daogou.learn.evaluation.report_served import part_name
from daogou.learn.evaluation.result import Evaluation
from daogou.learn.evaluation.sentences import served_sentences
from daogou.learn.evaluation.served import Part, Served

NARROW = 120
"""Below this many columns only the longest lists are shown: figures that are cut off say nothing."""


def terminal_table(evaluation: Evaluation, *, language: str = "en", metrics: tuple[str, ...] = ()) -> Group:
    """What was done, the figures with their intervals, and the paired differences; print it with rich.

    metrics  keys like "ndcg@20"; empty means NDCG and recall at every length
    """
    keys = metrics or tuple(f"{name}@{k}" for k in evaluation.setup.ks for name in ("ndcg", "recall"))
    done = Text(_said("done", language) + "\n", style="bold")
    done.append("\n".join("• " + one[language] for one in words.sentences(evaluation.setup)), style="not bold")
    parts: list[Text | Table] = [done, _figures(evaluation, keys, language)]
    if evaluation.comparisons:
        parts.append(_differences(evaluation, keys, language))
    return Group(*parts)


def print_table(evaluation: Evaluation, console: Console | None = None, *, language: str = "en") -> None:
    """Print to stdout, or to the console given."""
    console = console or Console()
    longest = max(evaluation.setup.ks)
    narrow = (f"ndcg@{longest}", f"recall@{longest}") if console.width < NARROW else ()
    console.print(terminal_table(evaluation, language=language, metrics=narrow))


def print_served(served: Served, console: Console | None = None, *, language: str = "en") -> None:
    """What was counted, then the rates by placement, and by release where there are several."""
    console = console or Console()
    title = Text(_said("served", language) + "\n", style="bold")
    title.append("\n".join("• " + one[language] for one in served_sentences(served)), style="not bold")
    console.print(title)
    console.print(_rates([served.whole, *served.of("placement")], "placement", language))
    releases = served.of("release")
    if len(releases) > 1:
        console.print(_rates(releases, "release", language))


def print_findings(findings: Sequence[Finding], console: Console | None = None, *, language: str = "en") -> None:
    """Each finding with what to do about it."""
    console = console or Console()
    said = Text(_said("short", language), style="bold")
    for one in findings:
        said.append(f"\n{_said(f'tone_{one.tone}', language)}: ", style=STYLES[one.tone])
        said.append(one.text[language], style="not bold")
        if one.advice:
            said.append(f" {_said('what_to_do', language)} {one.advice[language]}", style="not bold dim")
    console.print(said)


STYLES = {"act": "bold red", "watch": "bold yellow", "good": "bold green", "know": "bold"}


def _rates(parts: Sequence[Part], kind: str, language: str) -> Table:
    table = Table(_said(kind, language))
    table.add_column(words.term_name("impression")[language], justify="right")
    shown = ("ctr", "cart_rate", "purchase_rate", "dislike_rate")
    for key in shown:
        table.add_column(words.term_name(key)[language], justify="right", overflow="fold")
    for one in parts:
        name = part_name(one)[language]
        marked = name if one.is_seen else f"{name} {_said('only_served', language)}"
        cells = [
            f"{rate.mean:.2%}\n{rate.low:.2%} – {rate.high:.2%}" if rate else "–"
            for rate in (one.rates.get(key) for key in shown)
        ]
        table.add_row(marked, f"{one.n_places:,}", *cells)
    return table


def _figures(evaluation: Evaluation, keys: tuple[str, ...], language: str) -> Table:
    table = Table(title=_said(evaluation.setup.repeats, language), title_justify="left")
    table.add_column(_said("model", language))
    k = max(evaluation.setup.ks)
    names = (f"{name}@{k}" for name in ("coverage", "novelty", "popularity_lift", "diversity"))
    extra = [key for key in names if key in evaluation.models[0].beyond]
    for key in (*keys, *extra):
        table.add_column(words.metric_name(key)[language], justify="right", overflow="fold")
    table.add_column(_said("speed", language), justify="right")
    foremost = evaluation.comparisons[0].model if evaluation.comparisons else None
    for one in evaluation.models:
        cells = [
            f"{one.metrics[key].mean:.4f}\n{one.metrics[key].low:.4f} – {one.metrics[key].high:.4f}" for key in keys
        ]
        beyond = [f"{one.beyond[key]:.3g}" for key in extra]
        style = "bold" if one.name == foremost else None
        table.add_row(one.name, *cells, *beyond, f"{one.ms_per_query:.2f}", style=style)
    return table


def _differences(evaluation: Evaluation, keys: tuple[str, ...], language: str) -> Table:
    model = evaluation.comparisons[0].model
    table = Table(title=words.word("compared", model=model)[language], title_justify="left")
    for name in ("model", "metric", "difference", "p_adjusted", "verdict"):
        table.add_column(_said(name, language), justify="left")
    for one in evaluation.comparisons:
        if one.metric not in keys:
            continue
        found = one.difference
        table.add_row(
            one.baseline if one.model == model else f"{one.model} − {one.baseline}",
            words.metric_name(one.metric)[language],
            f"{found.mean:+.4f}  {found.low:+.4f} … {found.high:+.4f}",
            "< 0.001" if one.adjusted < 0.001 else f"{one.adjusted:.3f}",
            Text(_said(one.verdict, language), style="green" if one.verdict == "sure" else ""),
        )
    return table


def _said(key: str, language: str) -> str:
    return words.word(key)[language]
