"""The memory of a search: Optuna's studies in one SQLite file, one study per model.

The only file that needs Optuna. A trial is entered when it is asked for and completed when it was measured, each in one
transaction; one that a killed process left open is closed when the file is opened again, and counts for nothing. What
is proposed next depends on the seed and on the completed trials alone, so a search that was stopped goes on to propose
what it would have proposed. Source: tree-structured Parzen estimators, Bergstra, Bardenet, Bengio, Kégl, NIPS 2011.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from daogou.core.errors import InvalidInput, MissingExtra, StorageFull
from daogou.learn.tuning.ranges import Choice, Range, Space, Whole, every_point, tidied
from daogou.learn.tuning.trial import Trial

STARTS = 8
"""Points drawn evenly before the estimator takes over."""

FEWEST_COMPARED = 3
"""Trials on a sample before one of them may be given up for lying below the median."""

TRIAL, REPEATED = "trial", "repeated"


class Study:
    """The trials of one model, and what to try next."""

    def __init__(self, storage: Any, model: str, key: str, space: Space, seed: int) -> None:
        """`key` names the study in the file: trials of another key are another question."""
        self._optuna = _optuna()
        self._states = self._optuna.trial.TrialState
        self.model, self._space, self._seed = model, space, seed
        self._study = self._optuna.create_study(
            storage=storage,
            study_name=key,
            direction="maximize",
            load_if_exists=True,
            pruner=self._optuna.pruners.MedianPruner(n_startup_trials=FEWEST_COMPARED),
        )
        for left in self._study.get_trials(deepcopy=False, states=(self._states.RUNNING,)):
            self._study.tell(left.number, state=self._states.FAIL)

    def trials(self) -> list[Trial]:
        """Every completed trial, oldest first; the same settings are listed once."""
        kept = [one for one in self._completed() if REPEATED not in one.user_attrs]
        return [
            Trial.from_dict(self.model, number, one.user_attrs[TRIAL], one.value if one.values else None)
            for number, one in enumerate(kept)
        ]

    def add(self, trial: Trial, rungs: Mapping[int, float]) -> None:
        """Enter a measured trial that the search did not propose: the settings in force, or the recipe's own.

        Settings outside the ranges count as a result and say nothing about where to look.
        """
        inside = all(one.holds(trial.settings[name]) for name, one in self._space.items())
        point = {name: trial.settings[name] for name in self._space} if inside else {}
        self._study.add_trial(
            self._optuna.trial.create_trial(
                value=trial.figure,
                params=point,
                distributions={name: self._distribution(self._space[name]) for name in point},
                user_attrs={TRIAL: trial.kept()},
                intermediate_values=dict(rungs),
            )
        )

    def propose(self) -> Proposal | None:
        """The next settings to try, or None where all of a small space was tried."""
        points = every_point(self._space)
        if points is not None:
            tried = [one.settings for one in self.trials()]
            left = [one for one in points if not any(_agrees(one, settings) for settings in tried)]
            if not left:
                return None
            self._study.enqueue_trial(left[0], skip_if_exists=True)
        seed = int(np.random.default_rng([self._seed, len(self._completed())]).integers(2**31))
        self._study.sampler = self._optuna.samplers.TPESampler(seed=seed, n_startup_trials=STARTS)
        asked = self._study.ask({name: self._distribution(one) for name, one in self._space.items()})
        return Proposal(self._study, asked, tidied(self._space, asked.params), self._states)

    def _completed(self) -> list[Any]:
        return list(self._study.get_trials(deepcopy=False, states=(self._states.COMPLETE, self._states.PRUNED)))

    def _distribution(self, one: Range) -> Any:
        known = self._optuna.distributions
        if isinstance(one, Choice):
            return known.CategoricalDistribution(one.options)
        made = known.IntDistribution if isinstance(one, Whole) else known.FloatDistribution
        return made(one.low, one.high, log=one.log)


class Proposal:
    """Settings that the search wants to know about; exactly one of its last four methods ends it."""

    def __init__(self, study: Any, asked: Any, point: dict[str, Any], states: Any) -> None:
        self._study, self._asked, self._states = study, asked, states
        self.point = point

    def is_hopeless(self, rung: int, figure: float) -> bool:
        """Whether this figure on a sample lies below the median of earlier trials on the same sample."""
        self._asked.report(figure, rung)
        return bool(self._asked.should_prune())

    def measured(self, trial: Trial) -> None:
        self._asked.set_user_attr(TRIAL, trial.kept())
        self._study.tell(self._asked, trial.figure)

    def given_up(self, trial: Trial) -> None:
        """Hopeless, too slow, or refused by the recipe: the sampler learns to keep away."""
        self._asked.set_user_attr(TRIAL, trial.kept())
        self._study.tell(self._asked, state=self._states.PRUNED)

    def repeated(self, earlier: Trial) -> None:
        """The same settings were tried before: tell the sampler what came of it, and count nothing twice."""
        self._asked.set_user_attr(REPEATED, True)
        if earlier.is_measured:
            self._study.tell(self._asked, earlier.figure)
        else:
            self._study.tell(self._asked, state=self._states.PRUNED)

    def withdrawn(self) -> None:
        """Stopped from outside: as if it had never been asked for."""
        self._study.tell(self._asked, state=self._states.FAIL)


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """The SQLite file behind all studies of a shop, made where there is none.

    Raises MissingExtra without Optuna, InvalidInput when the file is none of Optuna's or of another version,
    StorageFull when the disk takes nothing more: what was completed before is kept.
    """
    optuna = _optuna()
    from sqlalchemy import event
    from sqlalchemy.exc import SQLAlchemyError

    faults = (SQLAlchemyError, optuna.exceptions.StorageInternalError)
    try:
        storage = optuna.storages.RDBStorage(f"sqlite:///{path}", engine_kwargs={"connect_args": {"timeout": 60}})
    except (RuntimeError, *faults) as error:
        if _is_full(error):
            raise _full(path) from error
        raise InvalidInput(
            f"{path} cannot be read as an earlier search. Start anew with: daogou tune --fresh"
        ) from error
    event.listen(storage.engine, "connect", _write_ahead)
    storage.engine.dispose()  # connections opened so far did not hear of it
    try:
        yield storage
    except faults as error:
        if _is_full(error):
            raise _full(path) from error
        raise
    finally:
        storage.remove_session()
        storage.engine.dispose()


def _is_full(error: BaseException) -> bool:
    """Whether SQLite said, at the bottom of it, that there is no room."""
    causes: list[BaseException | None] = [error]
    while causes[-1] is not None:
        causes.append(causes[-1].__cause__ or causes[-1].__context__)
    return any("disk is full" in str(one) for one in causes)


def _full(path: Path) -> StorageFull:
    return StorageFull(f"{path} cannot grow: the disk is full. Free some space and run the same command again.")


def _write_ahead(connection: Any, _: object) -> None:
    """A killed process loses nothing; a dozen small transactions per trial need not wait for the disk each."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")


def _optuna() -> Any:
    try:
        import optuna
    except ModuleNotFoundError as error:
        raise MissingExtra("Optuna", "tune", "Searching settings") from error
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    return optuna


def _agrees(point: Mapping[str, Any], settings: Mapping[str, Any]) -> bool:
    return all(settings.get(name) == value for name, value in point.items())
