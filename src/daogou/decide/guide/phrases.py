"""Free words, looked up in the shop's search."""

from __future__ import annotations

import numpy as np

from daogou.core.types import F32
from daogou.decide.guide.view import View

ALL_WORDS = 4.0
"""Score from which search says that an item has all the words."""
MOST = 20_000


def phrase_scores(view: View, phrase: str) -> F32:
    """(n_items,) how well each item answers these words, 1.0 the best; 0.0 where it does not.

    Where items have all the words, those with some of them do not count.
    """
    held = view.phrases.get(phrase)
    if held is not None:
        return held
    scores = np.zeros(len(view.shop.catalogue), np.float32)
    numbers, said = view.shop.search.match(phrase, most=MOST)
    if len(said) and said.max() >= ALL_WORDS:
        numbers, said = numbers[said >= ALL_WORDS], said[said >= ALL_WORDS]
    if len(said):
        spread = float(said.max() - said.min())
        scores[numbers] = 1.0 if spread <= 0 else 0.4 + 0.6 * (said - said.min()) / np.float32(spread)
    view.phrases[phrase] = scores
    return scores
