"""Search better settings for several models at once, for as many minutes as there are.

Every model is measured as it stands first, so nothing found is worse than that on the shoppers who guide the search.
Then the model that was given the least time so far is next, until the time is over. A search that was stopped, however
it was stopped, goes on from the trials that were completed.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from daogou.core.protocols import Progress, silent
from daogou.learn.metrics.intervals import Interval, paired_bootstrap
from daogou.learn.tuning.attempt import REFUSALS, Candidate, Examiner
from daogou.learn.tuning.deadline import TimeUp, deadline
from daogou.learn.tuning.spaces import space_of
from daogou.learn.tuning.study import Proposal, Study
from daogou.learn.tuning.trial import Found, Origin, Trial

SLOWEST = 8.0
"""A trial may take so many times what its model usually takes, so that one odd proposal does not eat the budget."""

QUICK_SECONDS = 20.0
"""… or so long, whichever is more."""

TRIAL_SECONDS = 0.3
"""What a trial costs beside fitting and ranking: choosing it and writing it down."""

PATIENCE = (10, 15)
"""A model's search is over when nothing better came in so many trials, and so many more per setting searched."""

MOST_REPETITIONS = 12
"""Proposals in a row that were tried before, after which a model's search is over."""


@dataclass
class _Lane:
    """One model on its way through the search."""

    candidate: Candidate
    study: Study
    trials: list[Trial]
    is_over: bool = False
    note: str = ""

    @property
    def measured(self) -> list[Trial]:
        return [one for one in self.trials if one.is_measured]

    @property
    def spent(self) -> float:
        return sum(one.seconds for one in self.trials)

    @property
    def turn(self) -> float:
        """Who has least of this is next: the time it was given, and more the longer it found nothing better."""
        return self.spent * (1.0 + self.stale / self.patience) + TRIAL_SECONDS * len(self.trials)

    @property
    def stale(self) -> int:
        """Trials since the best one."""
        best = max(self.measured, key=lambda one: (one.figure, -one.number))
        return len(self.trials) - 1 - best.number

    @property
    def patience(self) -> int:
        return PATIENCE[0] + PATIENCE[1] * len(space_of(self.candidate.recipe_name))

    @property
    def usual(self) -> float:
        return statistics.median(one.seconds for one in self.measured)

    def tried(self, settings: Mapping[str, Any]) -> Trial | None:
        return next((one for one in self.trials if dict(one.settings) == dict(settings)), None)


@dataclass(frozen=True)
class Outcome:
    """What a search found, and what could not be searched and why."""

    found: tuple[Found, ...]
    notes: tuple[str, ...]
    seconds: float


@dataclass
class Search:
    """One run of a search: `seconds` of it, from wherever the studies stand."""

    examiner: Examiner
    storage: Any
    seconds: float
    progress: Progress = silent
    clock: Callable[[], float] = field(default=lambda: 0.0)
    _began: float = 0.0

    def __post_init__(self) -> None:
        self.clock = self.examiner.clock
        self._began = self.clock()

    def run(self, candidates: Sequence[Candidate]) -> Outcome:
        """Measure every candidate as it stands, then search until the time is over."""
        lanes = [self._lane(one) for one in candidates]
        for number, lane in enumerate(lanes):
            self._stand(lane, len(lanes) - number)
        while open_lanes := [one for one in lanes if not one.is_over]:
            self._next(min(open_lanes, key=lambda lane: lane.turn))
        found = [self._found(lane) for lane in lanes if self._present(lane) is not None]
        return Outcome(tuple(found), tuple(lane.note for lane in lanes if lane.note), self.clock() - self._began)

    @property
    def _left(self) -> float:
        return self.seconds - (self.clock() - self._began)

    def _lane(self, candidate: Candidate) -> _Lane:
        study = Study(self.storage, candidate.name, candidate.key, space_of(candidate.recipe_name), self.examiner.seed)
        return _Lane(candidate, study, study.trials())

    def _stand(self, lane: _Lane, n_waiting: int) -> None:
        """Measure the settings in force and the recipe's own; set a model aside that needs more than its share."""
        refusal = lane.candidate.refusal(self.examiner.asked.train.n_items)
        if refusal:
            lane.is_over, lane.note = True, f"{lane.candidate.name} was left out: {refusal}"
            return
        share = max(self._left, 0.0) / n_waiting
        starts: tuple[tuple[Origin, dict[str, Any]], ...] = (
            ("present", lane.candidate.present),
            ("default", lane.candidate.defaults),
        )
        for origin, settings in starts:
            if lane.is_over or lane.tried(settings) is not None:
                continue
            if share <= 0:
                lane.is_over, lane.note = True, f"{lane.candidate.name} was not measured yet. Run daogou tune again."
                return
            self._tell(lane, "as it stands")
            try:
                with deadline(share):
                    answer = self.examiner.examine(lane.candidate, settings, lambda rung, figure: False)
            except TimeUp:
                lane.is_over, lane.note = True, _too_slow(lane.candidate.name, share)
            except REFUSALS as error:
                lane.is_over, lane.note = True, f"{lane.candidate.name} was left out: {_said(error)}"
            else:
                figure = self.examiner.asked.guide(answer.per_user)
                trial = Trial(
                    lane.candidate.name, len(lane.trials), settings, origin, "measured", figure,
                    answer.per_user, answer.seconds, answer.ms_per_query,
                )  # fmt: skip
                lane.study.add(trial, answer.rungs)
                lane.trials.append(trial)
        lane.is_over |= not space_of(lane.candidate.recipe_name)

    def _next(self, lane: _Lane) -> None:
        """One trial of this model, or the end of its search."""
        if self._left < lane.usual or lane.stale >= lane.patience:
            lane.is_over = True
            return
        for _ in range(MOST_REPETITIONS):
            proposal = lane.study.propose()
            if proposal is None:
                break
            settings = {**lane.candidate.present, **proposal.point}
            earlier = lane.tried(settings)
            if earlier is None:
                self._tell(lane, f"trial {len(lane.trials) + 1}")
                self._try(lane, proposal, settings)
                return
            proposal.repeated(earlier)
        lane.is_over = True

    def _try(self, lane: _Lane, proposal: Proposal, settings: Mapping[str, Any]) -> None:
        name, number = lane.candidate.name, len(lane.trials)
        began = self.clock()
        left, most = self._left, max(QUICK_SECONDS, SLOWEST * lane.usual)
        limit = min(left, most)
        try:
            with deadline(limit):
                answer = self.examiner.examine(lane.candidate, settings, proposal.is_hopeless)
        except TimeUp:
            if left <= most:
                proposal.withdrawn()
                lane.is_over = True
                return
            trial = Trial(
                name, number, settings, "search", "pruned", seconds=self.clock() - began,
                note=f"slower than {limit:.0f} s",
            )  # fmt: skip
            proposal.given_up(trial)
        except REFUSALS as error:
            trial = Trial(
                name, number, settings, "search", "failed", seconds=self.clock() - began, note=_said(error)
            )  # fmt: skip
            proposal.given_up(trial)
        except BaseException:
            proposal.withdrawn()
            raise
        else:
            if answer.is_complete:
                figure = self.examiner.asked.guide(answer.per_user)
                trial = Trial(
                    name, number, settings, "search", "measured", figure,
                    answer.per_user, answer.seconds, answer.ms_per_query,
                )  # fmt: skip
                proposal.measured(trial)
            else:
                trial = Trial(
                    name, number, settings, "search", "pruned", seconds=answer.seconds,
                    note=f"below the median on a sample ({answer.rungs[0]:.4f})",
                )  # fmt: skip
                proposal.given_up(trial)
        lane.trials.append(trial)

    def _present(self, lane: _Lane) -> Trial | None:
        trial = lane.tried(lane.candidate.present)
        return trial if trial is not None and trial.is_measured else None

    def _found(self, lane: _Lane) -> Found:
        present = self._present(lane)
        assert present is not None
        best = max(lane.measured, key=lambda one: (one.figure, one is present, -one.number))
        gain: Interval | None = None
        if best is not present:
            checks = ~self.examiner.asked.guides
            gain = paired_bootstrap(best.per_user[checks], present.per_user[checks], seed=self.examiner.seed)
        return Found(lane.candidate.name, lane.candidate.recipe_name, tuple(lane.trials), present, best, gain)

    def _tell(self, lane: _Lane, what: str) -> None:
        best = max((one.figure for one in lane.measured), default=None)
        so_far = "" if best is None else f", best {best:.4f}"
        done = min(self.seconds, self.clock() - self._began)
        self.progress(int(done), max(1, int(self.seconds)), f"{lane.candidate.name} {what}{so_far}")


def _too_slow(name: str, seconds: float) -> str:
    return (
        f"{name} was left out: one fit takes longer than its share of the time ({seconds:.0f} s). "
        f"Give it more: daogou tune --model {name} --minutes {max(10, int(seconds / 60 * 10) + 1)}"
    )


def _said(error: BaseException) -> str:
    return str(error) or type(error).__name__
