"""Say which recipes suit a shop, which do not, and why: rules for a first guess, a quick measurement to settle it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from daogou.core.errors import InvalidInput, MissingExtra
from daogou.core.protocols import Progress, silent
from daogou.core.settings import ModelSettings, Settings
from daogou.data.dataset import Dataset
from daogou.learn.advice.facts import Facts, facts_of
from daogou.learn.advice.measure import Evidence, Row, measure
from daogou.learn.advice.rules import Rule, Says, spoken
from daogou.learn.advice.stars import StarRow, measure_stars
from daogou.learn.evaluation.protocols import split_global_time, time_cuts
from daogou.learn.evaluation.result import Repeats
from daogou.learn.models import RECIPES
from daogou.learn.training.plan import check
from daogou.learn.tuning.attempt import Candidate
from daogou.learn.tuning.held_out import held_out
from daogou.learn.tuning.proposal import Change

Verdict = Literal["use", "keep", "try", "skip", "cannot", "open"]

CARRIES = 0.05
"""A model with at least this share in the blend of all is worth its place."""

STARS_SHARE = 0.2
"""Share of the time for the rating shelf, where shoppers gave stars."""

OWN_PLACES = ("popularity", "trending", "repeat", "bought_together", "content")
"""Recipes that answer something of their own, whatever they add to the personal list."""


@dataclass(frozen=True)
class Advice:
    """What to do with one recipe.

    name      among the shop's models, or the recipe's own name where the shop does not use it
    rules     those that speak in this shop
    row       what was measured; None where nothing was
    obstacle  why it cannot be used or was not measured, as an error says it; empty where there is none
    """

    name: str
    recipe_name: str
    is_used: bool
    verdict: Verdict
    rules: tuple[Rule, ...]
    row: Row | None
    obstacle: str = ""

    def to_dict(self, facts: Facts, language: str) -> dict[str, Any]:
        return {
            "name": self.name,
            "recipe": self.recipe_name,
            "is_used": self.is_used,
            "verdict": self.verdict,
            "reasons": [
                {"says": one.says, "text": one.reason(facts, language), "source": one.source} for one in self.rules
            ],
            "measured": None if self.row is None else self.row.to_dict(),
            "obstacle": self.obstacle,
        }


@dataclass(frozen=True)
class Report:
    """Everything that `daogou advise` says.

    evidence  None where nothing was measured; `note` says why where the log is to blame
    n_kept    newest interactions that were not looked at: the test part
    """

    facts: Facts
    advice: tuple[Advice, ...]
    evidence: Evidence | None
    stars: tuple[StarRow, ...]
    repeats: Repeats
    cuts: tuple[int, int] | None
    n_kept: int
    note: str = ""

    @property
    def additions(self) -> tuple[Change, ...]:
        """Models worth adding to shop.toml."""
        return tuple(
            Change(one.name, one.recipe_name, {}) for one in self.advice if one.verdict == "use" and not one.is_used
        )

    def to_dict(self, language: str) -> dict[str, Any]:
        measured = self.evidence
        return {
            "facts": self.facts.to_dict(),
            "repeats": self.repeats,
            "cuts_us": self.cuts,
            "n_kept_aside": self.n_kept,
            "n_users": measured.n_users if measured else 0,
            "n_train": measured.n_train if measured else 0,
            "sample": measured.sample if measured else 0.0,
            "advice": [one.to_dict(self.facts, language) for one in self.advice],
            "stars": [one.to_dict() for one in self.stars],
            "add": [one.model for one in self.additions],
            "note": self.note,
        }


def advise_shop(dataset: Dataset, settings: Settings, *, minutes: float = 3.0, progress: Progress = silent) -> Report:
    """Look at the data, apply the rules, measure for so many minutes.

    minutes  0 measures nothing: the rules alone speak

    Time is cut as for `daogou evaluate`, and nothing after the test begins is looked at, not even by the facts.
    Raises InvalidInput where there is nothing to look at, or a setting of shop.toml is wrong.
    """
    check(dataset)
    if not minutes >= 0:
        raise InvalidInput(f"--minutes {minutes} is not allowed. Use a number of minutes from 0 on.")
    repeats: Repeats = "excluded" if settings.rules.already_bought == "exclude" else "counted"
    cuts, n_all = time_cuts(dataset), dataset.n_interactions
    known = dataset if cuts is None else dataset.between(None, cuts[1])
    del dataset
    facts = facts_of(known, None if cuts is None else cuts[0])
    candidates, obstacles = _candidates(settings.models, known.n_items)
    ordered = sorted(candidates, key=lambda one: _eagerness(one, facts))
    evidence, note = None, ""
    stars: tuple[StarRow, ...] = ()
    if cuts is not None and minutes > 0:
        split = split_global_time(known, *cuts)
        budget = 60.0 * minutes
        stars = measure_stars(
            split.train, split.validation, seconds=STARS_SHARE * budget, seed=settings.seed, progress=progress
        )
        try:
            asked = held_out(known, cuts[0], repeats=repeats, history=settings.history, seed=settings.seed)
            evidence = measure(
                asked, split, ordered, history=settings.history, seed=settings.seed, progress=progress,
                seconds=budget * (1 - STARS_SHARE if stars else 1),
            )  # fmt: skip
        except InvalidInput as error:
            note = str(error)
    advice = _advice(candidates, obstacles, facts, evidence, settings.models)
    return Report(facts, advice, evidence, stars, repeats, cuts, n_all - known.n_interactions, note)


def verdict_of(recipe_name: str, says: Sequence[Says], row: Row | None, *, is_blocked: bool) -> Verdict:
    """What to do with a recipe: what was measured counts more than what the rules guess."""
    if is_blocked:
        return "cannot"
    if row is None:
        return "skip" if "avoid" in says else "try" if "suits" in says else "open"
    if not row.is_surely_behind or (row.weight or 0.0) >= CARRIES:
        return "use"
    if recipe_name in OWN_PLACES and "avoid" not in says:
        return "keep"
    return "open" if row.weight is None and "avoid" not in says else "skip"


def _candidates(models: Mapping[str, ModelSettings], n_items: int) -> tuple[list[Candidate], dict[str, str]]:
    """The shop's models and every other recipe of the shelf, and what stands in the way of those that cannot be."""
    candidates = [Candidate(name, one.recipe, one.settings, one.events) for name, one in models.items()]
    used = {one.recipe_name for one in candidates}
    candidates += [Candidate(name, name, {}, is_new=True) for name in RECIPES if name not in used | set(models)]
    obstacles = {}
    for one in candidates:
        try:
            refusal = one.refusal(n_items)
        except (MissingExtra, ImportError) as error:
            refusal = str(error)
        if refusal:
            obstacles[one.name] = refusal
    return [one for one in candidates if one.name not in obstacles], obstacles


def _eagerness(candidate: Candidate, facts: Facts) -> tuple[bool, int]:
    """Measured first: what the shop uses, then what rules speak for, last what they speak against."""
    says = {one.says for one in spoken(candidate.recipe_name, facts)}
    return candidate.is_new, 2 if "avoid" in says else 0 if "suits" in says else 1


def _advice(
    candidates: Sequence[Candidate],
    obstacles: Mapping[str, str],
    facts: Facts,
    evidence: Evidence | None,
    models: Mapping[str, ModelSettings],
) -> tuple[Advice, ...]:
    names = {one.name: one.recipe_name for one in candidates}
    names |= {name: models[name].recipe if name in models else name for name in obstacles}
    left_out = evidence.left_out if evidence else {}
    found = []
    for name, recipe_name in names.items():
        rules = spoken(recipe_name, facts)
        row = evidence.row(name) if evidence else None
        why, text = left_out.get(name, ("", ""))
        obstacle = obstacles.get(name, text if why in ("extra", "refused") else "")
        is_blocked = name in obstacles or why in ("extra", "refused")
        verdict = verdict_of(recipe_name, [one.says for one in rules], row, is_blocked=is_blocked)
        found.append(Advice(name, recipe_name, name in models, verdict, rules, row, obstacle))
    order: tuple[Verdict, ...] = ("use", "keep", "try", "open", "skip", "cannot")
    return tuple(sorted(found, key=lambda one: (order.index(one.verdict), -(one.row.ndcg.mean if one.row else -1.0))))
