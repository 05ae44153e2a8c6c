"""Figures for Prometheus, by shop. With several workers each writes its own files and any of them answers for all."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from daogou.serve.monitor.of_shop import Families, counter, gauge, histogram

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
LATENCY_SECONDS = (0.001, 0.002, 0.004, 0.008, 0.015, 0.02, 0.03, 0.06, 0.12, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
LAG_SECONDS = (1.0, 5.0, 15.0, 60.0, 300.0, 900.0, 3_600.0, 21_600.0, 86_400.0)
CONTENT_TYPE = CONTENT_TYPE_LATEST


@dataclass
class Metrics:
    """What is counted of one shop. Labels are few and known beforehand: route templates, status codes, placements.

    shop      its id, a label of every figure; empty where a call belongs to no shop
    families  shared by all shops of a process
    """

    shop: str = ""
    families: Families = field(default_factory=Families)

    def __post_init__(self) -> None:
        own = self.families.of(self.shop)
        self.requests = counter("daogou_requests", "Calls answered", ["route", "method", "status"], registry=own)
        self.turned_away = gauge(
            "daogou_turned_away", "Calls told to come again under overload", multiprocess_mode="sum", registry=own
        )
        self.open_calls = gauge(
            "daogou_open_calls", "Calls being answered now", multiprocess_mode="livesum", registry=own
        )
        self.limited = counter("daogou_limited", "Calls beyond what their caller may ask for", registry=own)
        self.latency = histogram(
            "daogou_request_seconds", "Time to answer", ["route"], buckets=LATENCY_SECONDS, registry=own
        )
        self.events = counter("daogou_events", "Events by what became of them", ["outcome"], registry=own)
        self.event_lag = histogram(
            "daogou_event_lag_seconds",
            "From when an event happened, as it says itself, to when it was taken",
            buckets=LAG_SECONDS,
            registry=own,
        )
        self.last_event = gauge(
            "daogou_last_event_timestamp_seconds",
            "When the last event was taken, in seconds since 1970; 0 before the first",
            multiprocess_mode="max",
            registry=own,
        )
        self.commit_latency = histogram(
            "daogou_commit_seconds", "How long callers waited for the disk", buckets=LATENCY_SECONDS, registry=own
        )
        self.write_queue = gauge(
            "daogou_write_queue",
            "Events and slates that wait for the disk",
            multiprocess_mode="livesum",
            registry=own,
        )
        self.items = counter("daogou_items_written", "Items put, patched or deleted", registry=own)
        self.slates = counter("daogou_slates", "Slates served", ["placement", "personalized"], registry=own)
        self.places = counter(
            "daogou_slate_places", "Places of slates by who chose", ["placement", "kind"], registry=own
        )
        self.empty = counter("daogou_slates_empty", "Slates without any item", ["placement"], registry=own)
        self.degraded = counter(
            "daogou_slates_degraded", "Slates made without something", ["placement", "reason"], registry=own
        )
        self.store_away = gauge(
            "daogou_store_away",
            "Processes that the database does not answer",
            multiprocess_mode="livesum",
            registry=own,
        )
        self.store_lost = gauge(
            "daogou_store_losses", "How often the database went away", multiprocess_mode="livesum", registry=own
        )
        self.subscribers = gauge("daogou_streams", "Open streams", multiprocess_mode="livesum", registry=own)
        self.pushes = counter("daogou_pushes", "Slates sent over streams", ["placement", "kind"], registry=own)
        self.push_latency = histogram(
            "daogou_push_seconds",
            "From the last look that did not see a change to the slate that shows it: at least since its commit",
            buckets=LATENCY_SECONDS,
            registry=own,
        )
        self.not_logged = gauge(
            "daogou_slates_not_logged", "Slates the disk had no time for", multiprocess_mode="sum", registry=own
        )
        self.model_age = gauge(
            "daogou_model_age_seconds",
            "Age of the serving model; -1 without one",
            multiprocess_mode="mostrecent",
            registry=own,
        )
        self.swaps = counter("daogou_release_swaps", "Releases taken over while serving", registry=own)
        self.refused = gauge(
            "daogou_releases_refused",
            "Newer releases and canaries that do not load, so that older ones serve",
            multiprocess_mode="livemax",
            registry=own,
        )
        self.canary_failures = counter(
            "daogou_canary_failures", "Lists that a canary failed to make and the serving release made", registry=own
        )
        self.lacking = gauge(
            "daogou_degraded",
            "1 where this is missing though shoppers are answered",
            ["what"],
            multiprocess_mode="mostrecent",
            registry=own,
        )
        self.unknown_stores = gauge(
            "daogou_unknown_stores",
            "Stores that requests named and no item has stock in, 20 at most",
            multiprocess_mode="max",
            registry=own,
        )
        self.drift = gauge(
            "daogou_drift_ratio",
            "Figure over its bound at the last `daogou drift`; more than 1 is an alarm",
            ["part", "what"],
            multiprocess_mode="mostrecent",
            registry=own,
        )
        self.drift_alarms = gauge(
            "daogou_drift_alarms", "Alarms of the last `daogou drift`", multiprocess_mode="mostrecent", registry=own
        )
        self.held = gauge(
            "daogou_held", "Held back from learning, by kind", ["kind"], multiprocess_mode="mostrecent", registry=own
        )
        self.model_calls = counter(
            "daogou_language_model_calls", "Calls of the language model", ["task", "outcome"], registry=own
        )
        self.model_latency = histogram(
            "daogou_language_model_seconds",
            "How long the language model took, calls that failed among them",
            ["task"],
            buckets=LATENCY_SECONDS,
            registry=own,
        )
        self.model_tokens = counter(
            "daogou_language_model_tokens", "Tokens sent to the language model and answered by it", registry=own
        )
        self.model_dropped = counter(
            "daogou_language_model_sentences_dropped",
            "Sentences of the language model that shoppers did not see",
            ["reason"],
            registry=own,
        )
        self.agent_calls = counter(
            "daogou_agent_calls",
            "Calls of assistants' tools; which assistant is what it says of itself",
            ["tool", "agent", "outcome"],
            registry=own,
        )
        self.catalogue = gauge(
            "daogou_catalogue_items", "Items in the catalogue", multiprocess_mode="mostrecent", registry=own
        )

    def of(self, shop: str) -> Metrics:
        """The same figures, of another shop."""
        return Metrics(shop, self.families)

    def text(self) -> bytes:
        """Everything in Prometheus' text format, of all workers together."""
        if SHARED_FOLDER not in os.environ:
            return generate_latest(self.families.registry)
        everyone = CollectorRegistry()
        MultiProcessCollector(everyone)  # type: ignore[no-untyped-call]
        return generate_latest(everyone)
