"""Free words, looked up in the shop's search."""

from __future__ import annotations

import numpy as np

from daogou.core.types import F32
from daogou.decide.filters.fields import FIELDS, TextField
from daogou.decide.filters.folding import fold
from daogou.decide.guide.view import View

LEAST = 0.35
"""Part of the best score below which an item only brushes the words."""


def phrase_scores(view: View, phrase: str) -> F32:
    """(n_items,) how well each item answers these words, 1.0 the best; 0.0 where it does not."""
    title = FIELDS["title"]
    assert isinstance(title, TextField)
    return view.shop.catalogue.columns.words("title", title).having(fold(phrase)).astype(np.float32)
