"""Search better settings for a shop's models: cut time, open or go on with the search, run it, say what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from daogou.core.errors import InvalidInput, UnknownName
from daogou.core.protocols import Progress, silent
from daogou.core.settings import ModelSettings, Settings
from daogou.data.dataset import Dataset
from daogou.learn.evaluation.protocols import time_cuts
from daogou.learn.evaluation.result import Repeats
from daogou.learn.models import RECIPES
from daogou.learn.training.lock import training_lock
from daogou.learn.training.plan import check
from daogou.learn.tuning.attempt import LARGE, Candidate, Examiner
from daogou.learn.tuning.held_out import held_out
from daogou.learn.tuning.memory import TRIALS_FILE, Question, begin, earlier_question
from daogou.learn.tuning.proposal import Change
from daogou.learn.tuning.search import Outcome, Search
from daogou.learn.tuning.study import opened


@dataclass(frozen=True)
class Tuning:
    """What a search found, over all its runs.

    question      what was asked
    n_users       shoppers who came back in the validation part and were asked about
    is_continued  whether trials of earlier runs are among them
    changes       what to write into shop.toml, only for models that are better for shoppers not searched on
    """

    question: Question
    outcome: Outcome
    n_train: int
    n_users: int
    is_continued: bool
    changes: tuple[Change, ...]

    def to_dict(self) -> dict[str, Any]:
        validation_from_us, test_from_us = self.question.cuts
        return {
            "metric": "ndcg@20",
            "repeats": self.question.repeats,
            "validation_from_us": validation_from_us,
            "test_from_us": test_from_us,
            "n_train": self.n_train,
            "n_users": self.n_users,
            "is_continued": self.is_continued,
            "seconds": round(self.outcome.seconds, 1),
            "models": [one.to_dict() for one in self.outcome.found],
            "proposed": {one.model: dict(one.settings) for one in self.changes},
            "notes": list(self.outcome.notes),
        }


def tune_shop(
    dataset: Dataset,
    settings: Settings,
    folder: Path,
    *,
    names: Sequence[str] = (),
    minutes: float = 10.0,
    fresh: bool = False,
    rung_above: int = LARGE,
    progress: Progress = silent,
) -> Tuning:
    """Search for so many minutes, going on from an earlier run of the same question in `folder`.

    names       models of shop.toml, or recipes it does not use yet; empty means every model of shop.toml
    minutes     0 runs nothing and says what was found before
    fresh       forget what earlier runs found
    rung_above  shops with more interactions try on a sample of shoppers first

    Time is cut as for `daogou evaluate`: learn, validation, test. Nothing after the test begins is handed on.
    Raises InvalidInput where there is too little data, a name is unknown, or another search is running.
    """
    check(dataset)
    if not minutes >= 0:
        raise InvalidInput(f"--minutes {minutes} is not allowed. Use a number of minutes from 0 on.")
    candidates = candidates_of(settings.models, names)
    repeats: Repeats = "excluded" if settings.rules.already_bought == "exclude" else "counted"
    with training_lock(folder):
        question, is_continued = _question(dataset, settings, repeats, folder, fresh)
        validation_from_us, test_from_us = question.cuts
        known = dataset.between(None, test_from_us)  # from here on there is no test part
        del dataset
        asked = held_out(known, validation_from_us, repeats=repeats, history=settings.history, seed=settings.seed)
        with opened(folder / TRIALS_FILE) as storage:
            search = Search(Examiner(asked, settings.seed, rung_above), storage, 60.0 * minutes, progress)
            outcome = search.run(candidates)
    return Tuning(
        question, outcome, asked.train.n_interactions, asked.n_users, is_continued, _changes(outcome, candidates)
    )


def candidates_of(models: Mapping[str, ModelSettings], names: Sequence[str]) -> tuple[Candidate, ...]:
    """The models that these names mean. Raises UnknownName, and what a recipe says of wrong settings in shop.toml."""
    found = []
    for name in dict.fromkeys(names or models):
        if name in models:
            chosen = models[name]
            found.append(Candidate(name, chosen.recipe, chosen.settings, chosen.events))
        elif name in RECIPES:
            found.append(Candidate(name, name, {}, is_new=True))
        else:
            raise UnknownName("model or recipe", name, {*models, *RECIPES})
    for one in found:
        _ = one.present  # a wrong setting is found before anything is fitted
    return tuple(found)


def _question(
    dataset: Dataset, settings: Settings, repeats: Repeats, folder: Path, fresh: bool
) -> tuple[Question, bool]:
    asked: dict[str, Any] = {"repeats": repeats, "history": settings.history, "seed": settings.seed}
    earlier = None if fresh else earlier_question(folder)
    if earlier is not None and earlier.goes_on(dataset, **asked):
        return earlier, (folder / TRIALS_FILE).exists()
    cuts = time_cuts(dataset)
    if cuts is None:
        raise InvalidInput("The events do not reach over enough time to hold a part of them out. Import more first.")
    question = Question.of(dataset, cuts, **asked)
    begin(folder, question)
    return question, False


def _changes(outcome: Outcome, candidates: Sequence[Candidate]) -> tuple[Change, ...]:
    by_name = {one.name: one for one in candidates}
    return tuple(
        Change(one.model, one.recipe_name, one.changes, by_name[one.model].events)
        for one in outcome.found
        if one.is_proposed
    )
