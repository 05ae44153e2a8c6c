"""A model over an endpoint on this machine that plays what endpoints do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.serve.language_model import played
from tests.serve.language_model.played import Place

from daogou.core.clock import system_clock
from daogou.core.settings import LanguageModelSettings
from daogou.serve.language_model.talk import LanguageModel, open_language_model
from daogou.serve.monitor.metrics import Metrics

pytest.importorskip("httpx", reason="needs httpx: pip install 'daogou[http]'")


@pytest.fixture
def place() -> Iterator[Place]:
    one = Place()
    yield one
    one.close()


@pytest.fixture
def open_model(tmp_path: Path, place: Place) -> Callable[..., LanguageModel]:
    """Opens the model over the endpoint; settings may be given."""

    def opened(**settings: Any) -> LanguageModel:
        chosen = LanguageModelSettings.model_validate({"url": place.url, "model": "small", **settings})
        return open_language_model(chosen, tmp_path, system_clock, Metrics())

    return opened


@pytest.fixture
def nowhere() -> Iterator[str]:
    """An address whose connections never come about."""
    with played.nowhere() as url:
        yield url
