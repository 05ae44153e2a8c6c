"""Figures for Prometheus. With several workers each writes its own files and any of them answers for all."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
LATENCY_SECONDS = (0.001, 0.002, 0.004, 0.008, 0.015, 0.02, 0.03, 0.06, 0.12, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
CONTENT_TYPE = CONTENT_TYPE_LATEST


@dataclass
class Metrics:
    """What is counted. Labels are few and known beforehand: route templates, status codes, placement names."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)

    def __post_init__(self) -> None:
        own = self.registry
        self.requests = Counter("daogou_requests", "Calls answered", ["route", "method", "status"], registry=own)
        self.latency = Histogram(
            "daogou_request_seconds", "Time to answer", ["route"], buckets=LATENCY_SECONDS, registry=own
        )
        self.events = Counter("daogou_events", "Events by what became of them", ["outcome"], registry=own)
        self.items = Counter("daogou_items_written", "Items put, patched or deleted", registry=own)
        self.slates = Counter("daogou_slates", "Slates served", ["placement", "personalized"], registry=own)
        self.places = Counter(
            "daogou_slate_places", "Places of slates by who chose", ["placement", "kind"], registry=own
        )
        self.empty = Counter("daogou_slates_empty", "Slates without any item", ["placement"], registry=own)
        self.subscribers = Gauge("daogou_streams", "Open streams", multiprocess_mode="livesum", registry=own)
        self.pushes = Counter("daogou_pushes", "Slates sent over streams", ["placement", "kind"], registry=own)
        self.push_latency = Histogram(
            "daogou_push_seconds",
            "From the last look that did not see a change to the slate that shows it: at least since its commit",
            buckets=LATENCY_SECONDS,
            registry=own,
        )
        self.not_logged = Gauge(
            "daogou_slates_not_logged", "Slates the disk had no time for", multiprocess_mode="sum", registry=own
        )
        self.model_age = Gauge(
            "daogou_model_age_seconds",
            "Age of the serving model; -1 without one",
            multiprocess_mode="mostrecent",
            registry=own,
        )
        self.unknown_stores = Gauge(
            "daogou_unknown_stores",
            "Stores that requests named and no item has stock in, 20 at most",
            multiprocess_mode="max",
            registry=own,
        )
        self.drift = Gauge(
            "daogou_drift_ratio",
            "Figure over its bound at the last `daogou drift`; more than 1 is an alarm",
            ["part", "what"],
            multiprocess_mode="mostrecent",
            registry=own,
        )
        self.drift_alarms = Gauge(
            "daogou_drift_alarms", "Alarms of the last `daogou drift`", multiprocess_mode="mostrecent", registry=own
        )
        self.held = Gauge(
            "daogou_held", "Held back from learning, by kind", ["kind"], multiprocess_mode="mostrecent", registry=own
        )
        self.catalogue = Gauge(
            "daogou_catalogue_items", "Items in the catalogue", multiprocess_mode="mostrecent", registry=own
        )

    def text(self) -> bytes:
        """Everything in Prometheus' text format, of all workers together."""
        if SHARED_FOLDER not in os.environ:
            return generate_latest(self.registry)
        everyone = CollectorRegistry()
        MultiProcessCollector(everyone)  # type: ignore[no-untyped-call]
        return generate_latest(everyone)
