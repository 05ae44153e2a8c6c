"""Looks at a running canary and promotes it or takes it back as soon as that is sure."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from daogou.core.settings import Settings, database_url, files_folder
from daogou.data.lake.outcomes import read_outcomes, read_served
from daogou.data.store import open_store
from daogou.learn.canary import Canary, read_canary
from daogou.learn.evaluation.canary import CanaryFigures, Conclusion, canary_figures, conclude
from daogou.learn.promotion import promote, stop_canary
from daogou.serve.audit import AuditLog
from daogou.serve.monitor.log import logger

BY = "canary"


def figures_of(folder: Path, settings: Settings, canary: Canary) -> CanaryFigures:
    """What is known of a canary by now."""
    files = files_folder(settings, folder)
    with closing(open_store(database_url(settings, folder))) as store:
        served = read_served(store, from_us=canary.since_us)
        outcomes = read_outcomes(store, files, from_us=canary.since_us)
    return canary_figures(outcomes, served, canary.name, canary.since_us, level=settings.training.canary.level)


def watch_canary(folder: Path, settings: Settings, now_us: int) -> Conclusion | None:
    """Act on what is sure; None where there is no canary. Logged, and kept in the log of releases."""
    root = files_folder(settings, folder) / "models"
    canary = read_canary(root)
    if canary is None:
        return None
    figures = figures_of(folder, settings, canary)
    conclusion, reasons = conclude(figures, canary.since_us, now_us, settings.training.canary)
    if conclusion == "promote":
        if stop_canary(root, canary.name, now_us=now_us, by=BY, outcome="promoted", reasons=reasons):
            promote(root, canary.name, keep=settings.training.keep, now_us=now_us, by=BY, reasons=reasons)
            AuditLog(folder).add("release_promoted", BY, release=canary.name)
    elif conclusion in ("roll_back", "ask"):
        outcome = "rolled_back" if conclusion == "roll_back" else "undecided"
        stop_canary(root, canary.name, now_us=now_us, by=BY, outcome=outcome, reasons=reasons)
    logger().info(
        "canary looked at", name=canary.name, conclusion=conclusion, reason=reasons[0]["en"],
        canary_lists=figures.canary.n_lists, serving_lists=figures.serving.n_lists,
    )  # fmt: skip
    return conclusion
