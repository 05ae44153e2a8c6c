"""What the last `daogou drift` found and what is held back, for Prometheus; read again only when it changed."""

from __future__ import annotations

import json
import logging
from collections import Counter
from pathlib import Path

from daogou.data.store.store import Store
from daogou.learn.drift import DRIFT_FILE
from daogou.serve.monitor.metrics import Metrics

_LOG = logging.getLogger("daogou.serve")


class TrustWatch:
    """`tell` before figures are given out."""

    def __init__(self, store: Store, files: Path) -> None:
        self._store = store
        self._path = files / DRIFT_FILE
        self._read_at_ns = 0
        self._version = -1

    def tell(self, metrics: Metrics) -> None:
        """Bring the figures up to date: one number from the store and the time of one file where nothing changed."""
        version = self._store.trust.version()
        if version != self._version:
            self._version = version
            held = Counter(one.kind for one in self._store.trust.marks() if one.state == "held")
            for kind in ("shopper", "pair", "item"):
                metrics.held.labels(kind).set(held[kind])
        try:
            changed_ns = self._path.stat().st_mtime_ns
            if changed_ns == self._read_at_ns:
                return
            found = json.loads(self._path.read_bytes())
            metrics.drift_alarms.set(found["alarms"])
            metrics.drift.clear()
            for one in found["figures"]:
                metrics.drift.labels(one["part"], one["what"]).set(one["ratio"])
            self._read_at_ns = changed_ns
        except FileNotFoundError:
            return
        except (OSError, ValueError, KeyError, TypeError) as error:
            _LOG.warning("What drifted cannot be told: %s cannot be read: %s", self._path, error)
