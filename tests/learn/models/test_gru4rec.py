"""GRU4Rec: it reads order, and answers without PyTorch as its network does."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch", reason="networks need the extra `deep`")

from daogou.core.errors import InvalidField
from daogou.core.types import Query
from daogou.data.dataset import Dataset
from daogou.learn.models.gru4rec import Gru4Rec
from daogou.learn.next_item import NextItemModel

N_ITEMS = 8


def rounds(step: int = 1) -> Dataset:
    """Every shopper goes round the items from a start of their own, `step` further each time."""
    starts = np.random.default_rng(0).integers(0, N_ITEMS, 80)
    item = (starts[:, None] + step * np.arange(9)) % N_ITEMS
    return Dataset.of(np.repeat(np.arange(80, dtype=np.int32), 9), item.ravel().astype(np.int32), n_items=N_ITEMS)


def fitted(**settings: Any) -> NextItemModel:
    given = {"factors": 16, "epochs": 12, "batch_size": 8, "held_out": 20, "patience": 12, "negatives": 30}
    return Gru4Rec(**{**given, **settings}).fit(rounds())


@pytest.mark.parametrize("settings", [{}, {"loss": "full", "layers": 2}])
def test_it_learns_what_comes_next(settings: dict[str, Any]) -> None:
    model = fitted(**settings)
    for start in range(N_ITEMS):
        asked = Query(((start + np.arange(4)) % N_ITEMS).astype(np.int32))
        assert model.score_all(asked).argmax() == (start + 4) % N_ITEMS


def test_histories_of_any_length_are_answered_alone_as_in_company() -> None:
    model = fitted(epochs=1)
    queries = [Query((np.arange(length) % N_ITEMS).astype(np.int32)) for length in (1, 7, 49, 50, 51, 5_000)]
    together = model.score_batch(queries)
    for row, query in zip(together, queries, strict=True):
        np.testing.assert_allclose(row, model.score_all(query), rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize(("setting", "value"), [("layers", 0), ("loss", "bpr"), ("embedding_dropout", 1.0)])
def test_settings_that_make_no_sense_are_refused(setting: str, value: Any) -> None:
    with pytest.raises(InvalidField, match=setting):
        Gru4Rec(**{setting: value})
