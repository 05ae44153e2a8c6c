"""An evaluation as tables in a terminal."""

from __future__ import annotations

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from daogou.learn.evaluation import words
from daogou.learn.evaluation.result import Evaluation

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


def _figures(evaluation: Evaluation, keys: tuple[str, ...], language: str) -> Table:
    table = Table(title=_said(evaluation.setup.repeats, language), title_justify="left")
    table.add_column(_said("model", language))
    k = max(evaluation.setup.ks)
    extra = (f"coverage@{k}", f"novelty@{k}")
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
    for name in ("model", "metric", "difference", "verdict"):
        table.add_column(_said(name, language), justify="left")
    for one in evaluation.comparisons:
        if one.metric not in keys:
            continue
        found = one.difference
        verdict = "sure" if found.low > 0 else "surely_worse" if found.high < 0 else "unsure"
        table.add_row(
            one.baseline,
            words.metric_name(one.metric)[language],
            f"{found.mean:+.4f}  {found.low:+.4f} … {found.high:+.4f}",
            Text(_said(verdict, language), style="green" if found.low > 0 else ""),
        )
    return table


def _said(key: str, language: str) -> str:
    return words.word(key)[language]
