"""A search as tables in a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from daogou.learn.metrics.intervals import Interval
from daogou.learn.tuning.proposal import value_text
from daogou.learn.tuning.trial import Found, Trial
from daogou.learn.tuning.tune import Tuning
from daogou.learn.tuning.words import say, sentences, verdict


def print_tuning(tuning: Tuning, console: Console, *, language: str, n_trials: int, page: str) -> None:
    """What was done, what was found, and the best trials of each model.

    n_trials  trials shown per model; the page at `page` has them all
    """
    for one in sentences(tuning, language):
        console.print(f"• {one}", markup=False)
    if tuning.is_continued:
        console.print(f"• {say('continued', language)}")
    console.print(_overview(tuning, language))
    for found in tuning.outcome.found:
        if len(found.trials) > 1 and n_trials > 0:
            console.print(_trials(found, language, n_trials))
            if len(found.trials) > n_trials:
                more = say("more", language, n=len(found.trials) - n_trials, path=page)
                console.print(more, style="dim", soft_wrap=True)


def gain_text(gain: Interval | None) -> str:
    """A paired difference with its interval; a dash where nothing was better."""
    return "–" if gain is None else f"{gain.mean:+.4f}  ({gain.low:+.4f} … {gain.high:+.4f})"


def settings_text(settings: Mapping[str, Any]) -> str:
    """Settings as in shop.toml."""
    return ", ".join(f"{name} = {value_text(value)}" for name, value in settings.items()) or "–"


def ordered(found: Found) -> list[Trial]:
    """Best first; what was not measured last."""
    measured = [one for one in found.trials if one.is_measured]
    rest = [one for one in found.trials if not one.is_measured]
    return sorted(measured, key=lambda one: (-one.figure, one.number)) + rest


def searched(found: Found, trial: Trial) -> dict[str, Any]:
    """The settings of a trial that differ anywhere among the model's trials."""
    varied = {
        name for one in found.trials for name, value in one.settings.items() if value != found.present.settings[name]
    }
    return {name: value for name, value in trial.settings.items() if name in varied}


def trial_note(trial: Trial, language: str) -> str:
    """Where a trial came from, or why it has no figure."""
    if trial.is_measured:
        return "" if trial.origin == "search" else say(trial.origin, language)
    return say(trial.state, language, note=trial.note)


def _overview(tuning: Tuning, language: str) -> Table:
    table = Table(title=say("models", language), title_justify="left")
    table.add_column(say("model", language), overflow="fold")
    for name in ("count", "now", "best"):
        table.add_column(say(name, language), justify="right")
    for name in ("gain", "verdict"):
        table.add_column(say(name, language), overflow="fold")
    for one in tuning.outcome.found:
        style = "green" if one.is_sure else None
        table.add_row(
            one.model,
            str(len(one.trials)),
            f"{one.present.figure:.4f}",
            f"{one.best.figure:.4f}",
            gain_text(one.gain),
            verdict(one, language),
            style=style,
        )
    return table


def _trials(found: Found, language: str, n_trials: int) -> Table:
    table = Table(title=say("trials_of", language, model=found.model), title_justify="left")
    for name in ("number", "best", "seconds", "speed"):
        table.add_column("NDCG@20" if name == "best" else say(name, language), justify="right")
    table.add_column(say("settings", language), overflow="fold")
    table.add_column("", overflow="fold")
    for one in ordered(found)[:n_trials]:
        figures = (f"{one.figure:.4f}", f"{one.seconds:.1f}", f"{one.ms_per_query:.2f}")
        table.add_row(
            str(one.number + 1),
            *(figures if one.is_measured else ("–", f"{one.seconds:.1f}", "–")),
            escape(settings_text(searched(found, one))),
            escape(trial_note(one, language)),
            style="bold" if one is found.best else None,
        )
    return table
