"""Figures about training for Prometheus, read from the worker's small file whenever somebody asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from daogou.core.clock import SECOND_US, Clock
from daogou.learn.canary import read_canary
from daogou.serve.training.state import read_state


class TrainingMetrics(Collector):
    """Of the shop whose releases lie under `root`, whichever process trains."""

    def __init__(self, root: Path, clock: Clock) -> None:
        self._root, self._clock = root, clock
        self.registry = CollectorRegistry()
        self.registry.register(self)

    def collect(self) -> Iterator[Metric]:
        """All of them, as of now."""
        state, canary = read_state(self._root), read_canary(self._root)
        attempts = CounterMetricFamily("daogou_trainings", "Attempts to train by their outcome", labels=["outcome"])
        attempts.add_metric(["trained"], state.trained)
        attempts.add_metric(["failed"], state.failed)
        yield attempts
        age = (self._clock() - state.ended_well_us) / SECOND_US if state.ended_well_us else -1.0
        yield GaugeMetricFamily("daogou_training_age_seconds", "Since a training last ended well; -1 before that", age)
        yield GaugeMetricFamily("daogou_training_failures", "Attempts in a row that failed", state.failures)
        yield GaugeMetricFamily("daogou_training_runs", "1 while an attempt is under way", float(state.is_open))
        yield GaugeMetricFamily(
            "daogou_canary_share", "Share of shoppers a canary serves", canary.share if canary else 0.0
        )
