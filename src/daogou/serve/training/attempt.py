"""One whole attempt: train a candidate, hold it against the serving release, and do what the verdict says."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from daogou.core.clock import Clock
from daogou.core.errors import ArtifactRefused, NotReady
from daogou.core.protocols import Progress, silent
from daogou.core.settings import Settings, database_url, files_folder
from daogou.data.dataset import Dataset
from daogou.data.store import open_store
from daogou.decide.guardrail import Verdict, judge, unsound
from daogou.decide.rehearsal import rehearse
from daogou.decide.shop import Shop
from daogou.learn.canary import read_canary
from daogou.learn.promotion import promote, start_canary, stop_canary, write_verdict
from daogou.learn.release_log import note
from daogou.learn.training.against import measure_against
from daogou.learn.training.release import Release, load_release, read_release
from daogou.learn.training.shop_training import train_shop
from daogou.serve.audit import AuditLog

BY = "worker"


@dataclass(frozen=True)
class Attempt:
    """release: name of what was trained; became: serving, canary, held or refused."""

    release: str
    verdict: Verdict
    became: str


def train_and_judge(
    folder: Path, settings: Settings, clock: Clock, *, why: str = "", progress: Progress = silent
) -> Attempt:
    """Raises as `train_shop` does; what serves is then as it was."""
    files = files_folder(settings, folder)
    root = files / "models"
    with closing(open_store(database_url(settings, folder))) as store:
        trained = train_shop(
            store, files, settings, folder, now_us=clock(), in_force=False, progress=progress
        )  # fmt: skip
    path = trained.path
    reasons = [{"en": f"Begun for: {why}.", "zh": f"起因：{why}。"}] if why else []
    note(root, clock(), "trained", path.name, BY, reasons=reasons)
    verdict = verdict_on(path, folder, settings, clock, trained.dataset, progress=progress)
    write_verdict(path, verdict.to_dict())
    note(root, clock(), "judged", path.name, BY, outcome=verdict.ruling, reasons=verdict.reasons)
    became = _act(root, path.name, verdict, settings, clock)
    if became == "serving":
        AuditLog(folder, clock).add("release_promoted", BY, release=path.name)
    return Attempt(path.name, verdict, became)


def verdict_on(
    path: Path, folder: Path, settings: Settings, clock: Clock, dataset: Dataset, *, progress: Progress = silent
) -> Verdict:
    """What the guardrail says of a candidate that was trained on `dataset`."""
    limits = settings.training.guardrail
    with closing(Shop.open(folder, settings, clock)) as shop:
        try:
            new = read_release(path)
            side = shop.beside(new)
        except ArtifactRefused as error:
            return unsound(str(error))
        serving = _serving(shop)
        against = None
        if serving is not None:
            against = measure_against(
                serving, new, dataset, settings, least=limits.least_shoppers, progress=progress
            )  # fmt: skip
        shop.refresh()
        people = _sample(dataset, limits.sample, settings.seed)
        return judge(against, rehearse(shop, side, people), limits)


def _serving(shop: Shop) -> Release | None:
    try:
        return load_release(shop.model_root)
    except (NotReady, ArtifactRefused):
        return None


def _act(root: Path, name: str, verdict: Verdict, settings: Settings, clock: Clock) -> str:
    chosen = settings.training
    if verdict.ruling == "refuse":
        return "refused"
    if verdict.ruling == "hold" or chosen.promote == "manual":
        return "held"
    running = read_canary(root)
    if running is not None:
        told = {"en": f"{name} takes its place.", "zh": f"由 {name} 取代。"}
        stop_canary(root, running.name, now_us=clock(), by=BY, outcome="superseded", reasons=[told])
    if chosen.canary.share and any((root / "releases").glob("*")):
        start_canary(root, name, chosen.canary.share, now_us=clock(), by=BY)
        return "canary"
    promote(root, name, keep=chosen.keep, now_us=clock(), by=BY, reasons=verdict.reasons)
    return "serving"


def _sample(dataset: Dataset, n: int, seed: int) -> Sequence[str]:
    """Person keys of shoppers with a history, drawn at random."""
    known = np.flatnonzero(np.diff(dataset.starts) > 0)
    if len(known) > n:
        known = np.sort(np.random.default_rng(seed).choice(known, n, replace=False))
    return [dataset.user_ids[number] for number in known.tolist()]
