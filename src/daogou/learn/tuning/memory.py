"""Which search the trials in a shop's folder belong to, so that only trials of one question are ever compared.

A shop goes on taking events while a search runs, and the newest tenth moves with them. So the search keeps the two
moments it was cut at, and goes on with them as long as what happened before is unchanged and the shop's log has not
grown much since.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

import daogou
from daogou.core.settings import HistorySettings
from daogou.data.dataset import Dataset
from daogou.learn.evaluation.result import Repeats

SEARCH_FILE, TRIALS_FILE = "search.json", "trials.db"

GROWTH = 0.05
"""A log that grew by more than this share is a new question: begin again on newer time."""


@dataclass(frozen=True)
class Question:
    """Everything that decides what a trial's figure is, apart from the model and its settings.

    cuts         where validation and test begin, microseconds
    n_at_start   interactions in the log when the search began, the test part included
    fingerprint  of everything before the test
    """

    cuts: tuple[int, int]
    n_at_start: int
    fingerprint: str
    repeats: Repeats
    half_life_days: float
    history_rows: int
    seed: int
    program: str = field(default=daogou.__version__)

    @classmethod
    def of(
        cls, dataset: Dataset, cuts: tuple[int, int], *, repeats: Repeats, history: HistorySettings, seed: int
    ) -> Question:
        """The question for this dataset; of the test part only its size is looked at."""
        return cls(
            cuts,
            dataset.n_interactions,
            fingerprint_before(dataset, cuts[1]),
            repeats,
            history.half_life_days,
            history.max_rows,
            seed,
        )

    def goes_on(self, dataset: Dataset, *, repeats: Repeats, history: HistorySettings, seed: int) -> bool:
        """Whether the same question can still be asked of what the log holds now."""
        if dataset.n_interactions > (1 + GROWTH) * self.n_at_start:
            return False
        now = Question.of(dataset, self.cuts, repeats=repeats, history=history, seed=seed)
        return {**asdict(now), "n_at_start": self.n_at_start} == asdict(self)


def fingerprint_before(dataset: Dataset, before_us: int) -> str:
    """Sixteen hex digits that change when anything before this moment does, and not when newcomers are numbered."""
    known = dataset.between(None, before_us)
    digest = hashlib.sha256()
    for ids, numbers in ((known.user_ids, known.user), (known.item_ids, known.item)):
        present, compact = np.unique(numbers, return_inverse=True)
        digest.update("\n".join(ids[int(one)] for one in present).encode())
        digest.update(np.ascontiguousarray(compact, np.int64).data)
    for column in (known.weight, known.at_us, known.event):
        digest.update(np.ascontiguousarray(column).data)
    digest.update(f"{known.baskets.shape[0]} {known.baskets.nnz}".encode())
    return digest.hexdigest()[:16]


def earlier_question(folder: Path) -> Question | None:
    """The question of the search that left its trials here; None where there is none, or none that can be read."""
    try:
        raw: dict[str, Any] = json.loads((folder / SEARCH_FILE).read_text(encoding="utf-8"))
        return Question(**{**raw, "cuts": (int(raw["cuts"][0]), int(raw["cuts"][1]))})
    except (OSError, ValueError, TypeError, KeyError, IndexError):
        return None


def begin(folder: Path, question: Question) -> None:
    """Forget the trials of another question, then say which one it is now: in this order, so that a crash between
    the two begins again and never mixes them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in (SEARCH_FILE, TRIALS_FILE, f"{TRIALS_FILE}-journal", f"{TRIALS_FILE}-wal", f"{TRIALS_FILE}-shm"):
        (folder / name).unlink(missing_ok=True)
    aside = folder / f".{SEARCH_FILE}"
    with aside.open("w", encoding="utf-8") as file:
        json.dump(asdict(question), file)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(folder / SEARCH_FILE)
