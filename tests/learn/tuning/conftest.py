"""A small shop whose shoppers have tastes, long enough in time to hold two parts of it out."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from daogou.core.settings import HistorySettings, ModelSettings, Settings
from daogou.data.dataset import Dataset

DAY = 86_400_000_000


def tasteful_shop(n_users: int = 160, n_items: int = 40, n: int = 6_000, days: int = 100, seed: int = 3) -> Dataset:
    """Each shopper takes mostly from one quarter of the catalogue."""
    generator = np.random.default_rng(seed)
    user = generator.integers(0, n_users, n)
    at_us = np.sort(generator.integers(0, days * DAY, n))
    quarter = n_items // 4
    taste = np.where(generator.random(n) < 0.85, user % 4, generator.integers(0, 4, n))
    item = (taste * quarter + generator.integers(0, quarter, n)).astype(np.int64)
    n_baskets = -(-n // 3)
    baskets = csr_matrix((np.ones(n, np.float32), (np.arange(n) // 3, item)), shape=(n_baskets, n_items))
    baskets.data[:] = 1.0
    return Dataset.of(
        user.astype(np.int32),
        item.astype(np.int32),
        at_us=at_us,
        n_users=n_users,
        n_items=n_items,
        baskets=baskets,
        basket_at_us=at_us[::3],
    )


def settings_with(*names: str, already_bought: str = "allow", **chosen: dict[str, float]) -> Settings:
    """Settings of a shop with these recipes; keyword arguments are settings of theirs."""
    plain = Settings(history=HistorySettings(half_life_days=60))
    models = {name: ModelSettings(recipe=name, settings=chosen.get(name, {})) for name in names}
    rules = plain.rules.model_copy(update={"already_bought": already_bought})
    return plain.model_copy(update={"models": models, "rules": rules})


@pytest.fixture(scope="session")
def shop() -> Dataset:
    return tasteful_shop()


@pytest.fixture(scope="session")
def make_shop() -> Callable[..., Dataset]:
    return tasteful_shop


@pytest.fixture(scope="session")
def settings_of_shop() -> Callable[..., Settings]:
    return settings_with
