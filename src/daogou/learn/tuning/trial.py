"""One trial: these settings, that figure. And what a whole search found for one model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from daogou.core.types import F64
from daogou.learn.metrics.intervals import Interval

State = Literal["measured", "pruned", "failed"]
Origin = Literal["present", "default", "search"]


@dataclass(frozen=True)
class Trial:
    """One set of settings that was tried.

    settings   every setting of the recipe
    origin     present: as in shop.toml now; default: as the recipe comes; search: proposed by the search
    figure     mean NDCG@20 of the shoppers who guide the search; NaN where it was not measured
    per_user   (n_users,) NDCG@20 of every shopper, guiding or checking; empty where it was not measured
    seconds    of fitting and ranking
    note       why it failed or was given up early
    """

    model: str
    number: int
    settings: Mapping[str, Any]
    origin: Origin
    state: State
    figure: float = float("nan")
    per_user: F64 = field(default_factory=lambda: np.empty(0), repr=False, compare=False)
    seconds: float = 0.0
    ms_per_query: float = float("nan")
    note: str = ""

    @property
    def is_measured(self) -> bool:
        return self.state == "measured"

    def to_dict(self) -> dict[str, Any]:
        """For a person or a program to read: without the figures of single shoppers."""
        measured = {"ndcg@20": self.figure, "ms_per_query": self.ms_per_query} if self.is_measured else {}
        return {
            "number": self.number,
            "origin": self.origin,
            "state": self.state,
            "settings": dict(self.settings),
            **measured,
            "seconds": round(self.seconds, 3),
            **({"note": self.note} if self.note else {}),
        }

    def kept(self) -> dict[str, Any]:
        """As it is kept between runs."""
        return {
            "settings": dict(self.settings),
            "origin": self.origin,
            "state": self.state,
            "per_user": [round(float(value), 6) for value in self.per_user],
            "seconds": self.seconds,
            "ms_per_query": self.ms_per_query if self.is_measured else None,
            "note": self.note,
        }

    @classmethod
    def from_dict(cls, model: str, number: int, kept: Mapping[str, Any], figure: float | None) -> Trial:
        """What `kept` wrote, with its place among the model's trials and its figure."""
        return cls(
            model,
            number,
            kept["settings"],
            kept["origin"],
            kept["state"],
            float("nan") if figure is None else float(figure),
            np.asarray(kept["per_user"], np.float64),
            kept["seconds"],
            float("nan") if kept["ms_per_query"] is None else kept["ms_per_query"],
            kept["note"],
        )


@dataclass(frozen=True)
class Found:
    """What the search found for one model.

    present  the trial of the settings in force
    best     the best trial by the shoppers who guide the search; `present` itself where nothing is better
    gain     best minus present for the shoppers the search never looked at, paired; None where best is present
    """

    model: str
    recipe_name: str
    trials: tuple[Trial, ...]
    present: Trial
    best: Trial
    gain: Interval | None

    @property
    def changes(self) -> dict[str, Any]:
        """The settings in which the best differs from those in force."""
        return {name: value for name, value in self.best.settings.items() if value != self.present.settings.get(name)}

    @property
    def is_proposed(self) -> bool:
        """Whether shoppers the search never looked at agree that it is better."""
        return self.gain is not None and self.gain.mean > 0

    @property
    def is_sure(self) -> bool:
        return self.gain is not None and self.gain.low > 0

    def to_dict(self) -> dict[str, Any]:
        return {
            "model": self.model,
            "recipe": self.recipe_name,
            "present": self.present.to_dict(),
            "best": self.best.to_dict(),
            "changes": self.changes,
            "gain": None if self.gain is None else self.gain.to_dict(),
            "is_proposed": self.is_proposed,
            "is_sure": self.is_sure,
            "trials": [one.to_dict() for one in self.trials],
        }
