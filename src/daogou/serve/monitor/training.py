"""Figures about training for Prometheus, read from the worker's small file whenever somebody asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from daogou.core.clock import SECOND_US, Clock
from daogou.learn.canary import read_canary
from daogou.serve.training.state import read_state


class TrainingMetrics(Collector):
    """Of these shops, whichever process trains: the id of each, the folder of its releases, its clock."""

    def __init__(self, shops: Sequence[tuple[str, Path, Clock]]) -> None:
        self._shops = shops
        self.registry = CollectorRegistry()
        self.registry.register(self)

    def collect(self) -> Iterator[Metric]:
        """All of them, as of now."""
        attempts = CounterMetricFamily(
            "daogou_trainings", "Attempts to train by their outcome", labels=["shop", "outcome"]
        )
        age = _gauge("daogou_training_age_seconds", "Since a training last ended well; -1 before that")
        failures = _gauge("daogou_training_failures", "Attempts in a row that failed")
        runs = _gauge("daogou_training_runs", "1 while an attempt is under way")
        share = _gauge("daogou_canary_share", "Share of shoppers a canary serves")
        for shop, root, clock in self._shops:
            state, canary = read_state(root), read_canary(root)
            attempts.add_metric([shop, "trained"], state.trained)
            attempts.add_metric([shop, "failed"], state.failed)
            age.add_metric([shop], (clock() - state.ended_well_us) / SECOND_US if state.ended_well_us else -1.0)
            failures.add_metric([shop], state.failures)
            runs.add_metric([shop], float(state.is_open))
            share.add_metric([shop], canary.share if canary else 0.0)
        yield from (attempts, age, failures, runs, share)


def _gauge(name: str, told: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, told, labels=["shop"])
