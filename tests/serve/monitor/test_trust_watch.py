"""Prometheus is told what drifted and what is held, and again only when that changed."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from daogou.data.store import open_store
from daogou.data.store.trust_log import Mark
from daogou.serve.monitor.metrics import Metrics
from daogou.serve.monitor.trust_watch import TrustWatch


def test_alarms_and_held_shoppers_are_told(tmp_path: Path) -> None:
    with closing(open_store(f"sqlite:///{tmp_path}/shop.db")) as store:
        watch, metrics = TrustWatch(store, tmp_path), Metrics()
        watch.tell(metrics)
        assert b'daogou_held{kind="shopper",shop=""} 0.0' in metrics.text()
        store.trust.put([Mark("v:bot", "shopper", "held", (("declared", 1.0, 0.0),), 5)])
        figure = {"part": "events", "what": "purchase", "ratio": 2.5}
        (tmp_path / "drift.json").write_text(json.dumps({"alarms": 1, "figures": [figure]}))
        watch.tell(metrics)
        told = metrics.text()
    assert b'daogou_held{kind="shopper",shop=""} 1.0' in told
    assert b'daogou_drift_ratio{part="events",shop="",what="purchase"} 2.5' in told
    assert b'daogou_drift_alarms{shop=""} 1.0' in told


def test_a_damaged_file_is_told_in_the_log_and_stops_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "drift.json").write_text("{")
    with closing(open_store(f"sqlite:///{tmp_path}/shop.db")) as store:
        TrustWatch(store, tmp_path).tell(Metrics())
    assert "cannot be read" in caplog.text
