"""Answer a history with the past sessions that share its items: the model behind STAN and VSTAN.

    score(item) = sum over the nearest sessions holding it of
                  shared weight * voice * entry(meeting) * closeness(moments from the meeting) * worth(item)

*Shared weight* sums the weights of the history items a session holds, and the *meeting* is the newest of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.clock import DAY_US
from daogou.core.types import F32, I32, I64, Query
from daogou.data.dataset import Dataset
from daogou.learn.checks import same_shape
from daogou.learn.histories import is_known, known_history
from daogou.learn.kernels.sessions import nearest_sessions, speak
from daogou.learn.sessions import fading, moments_back, sessions_of

MOST_ASKED = 50
"""Only so many of the newest items of a history ask; what lies further back says little of a session."""

FURTHEST = 255
"""Moments from the meeting beyond which all items count alike."""

FAINTEST = 1e-9
"""However old, a session keeps this much of a voice: where only old ones speak, their order is still heard."""


@dataclass(frozen=True, eq=False)
class SessionNeighbours:
    """sessions  (n_sessions, n_items) sparse; the moment of its session at which an item last came
    holders   (n_items, n_sessions) sparse; the same by item, the newest session last
    voice     (n_sessions,) how much a session counts: its age and its length
    worth     (n_items,) how much an item counts when it is scored
    neighbours, newest  how many sessions speak; how many of each item are looked at
    memory, entry_memory, closeness  in moments; 0 means without end
    """

    sessions: csr_matrix
    holders: csr_matrix
    voice: F32
    worth: F32
    neighbours: int
    newest: int
    memory: float
    entry_memory: float
    closeness: float

    def __post_init__(self) -> None:
        same_shape("sessions", self.sessions.shape, self.holders.shape[::-1])
        same_shape("voice", self.voice.shape, (self.sessions.shape[0],))
        same_shape("worth", self.worth.shape, (self.n_items,))

    @property
    def n_items(self) -> int:
        return int(self.holders.shape[0])

    def score(self, query: Query, items: I32) -> F32:
        """What the nearest sessions say of each asked item; 0.0 with no history."""
        return self.score_all(query)[items]

    def score_all(self, query: Query) -> F32:
        """(n_items,) the same for every item."""
        return np.asarray(self.score_batch([query])[0])

    def score_batch(self, queries: Sequence[Query]) -> F32:
        """(len(queries), n_items)"""
        scores = np.zeros((len(queries), self.n_items), np.float32)
        slot = np.zeros(len(self.voice), np.int32)
        for row, query in zip(scores, queries, strict=True):
            self._speak(*self._nearest(*self._asked(query), slot), row)
        return scores

    def contributions(self, query: Query, items: I32) -> F32:
        """(len(query.history), len(items)) exact for the sessions chosen: what is shared is a sum over the history."""
        history, weights, entries = self._asked(query)
        slot = np.zeros(len(self.voice), np.int32)
        chosen, _, meeting, entered = self._nearest(history, weights, entries, slot)
        slot[chosen] = np.arange(1, len(chosen) + 1, dtype=np.int32)
        shares = np.zeros((len(query.history), len(items)), np.float32)
        asked = np.flatnonzero(is_known(query, self.n_items))[-MOST_ASKED:]
        scores = np.empty(self.n_items, np.float32)
        for row, item, weight in zip(asked, history, weights, strict=True):
            end = int(self.holders.indptr[item + 1])
            held = slot[self.holders.indices[max(int(self.holders.indptr[item]), end - self.newest) : end]]
            held = held[held > 0] - 1
            scores[:] = 0.0
            self._speak(chosen[held], weight * self.voice[chosen[held]], meeting[held], entered[held], scores)
            shares[row] = scores[items]
        return shares

    def _asked(self, query: Query) -> tuple[I32, F32, F32]:
        """The newest known items, their faded weights, and what a meeting at each counts."""
        history, strengths = known_history(query, self.n_items)
        back = moments_back(query, self.n_items)[-MOST_ASKED:]
        weights = strengths[-MOST_ASKED:] * fading(back, self.memory)
        return np.ascontiguousarray(history[-MOST_ASKED:], np.int32), weights, fading(back, self.entry_memory)

    def _nearest(self, history: I32, weights: F32, entries: F32, slot: I32) -> tuple[I32, F32, I32, F32]:
        """The sessions chosen, the weight shared times the voice, moment and entry of the meeting."""
        k = self.neighbours
        found = (np.empty(k, np.int32), np.empty(k, np.float32), np.empty(k, np.int32), np.empty(k, np.float32))
        cells = (self.holders.indptr, self.holders.indices, self.holders.data)
        n = nearest_sessions(history, weights, entries, *cells, self.voice, self.newest, slot, *found)
        chosen, strength, meeting, entered = found
        return chosen[:n], strength[:n], meeting[:n], entered[:n]

    def _speak(self, chosen: I32, strength: F32, meeting: I32, entered: F32, scores: F32) -> None:
        closeness = fading(np.arange(FURTHEST + 1, dtype=np.int32), self.closeness)
        cells = (self.sessions.indptr, self.sessions.indices, self.sessions.data)
        speak(chosen, strength, meeting, entered, *cells, closeness, self.worth, scores)


def past_table(dataset: Dataset, gap_minutes: float) -> tuple[csr_matrix, I64]:
    """(n_sessions, n_items) float32 the moment at which each item last came, and when each session ended.

    The session that ended first is the first row. Sessions of one item say nothing of others and are left out.
    """
    past = sessions_of(dataset, gap_minutes)
    n_items = max(dataset.n_items, 1)
    _, last = np.unique((past.number.astype(np.int64) * n_items + past.item)[::-1], return_index=True)
    last = len(past.item) - 1 - last
    lengths = np.bincount(past.number[last], minlength=len(past.ended_us))
    kept = lengths > 1
    last = last[kept[past.number[last]]]
    starts = np.concatenate(([0], np.cumsum(lengths[kept])))
    shape = (int(kept.sum()), dataset.n_items)
    return csr_matrix((past.moment[last].astype(np.float32), past.item[last], starts), shape=shape), past.ended_us[kept]


def by_item(table: csr_matrix) -> csr_matrix:
    """The transposed table; rows keep the order of the sessions."""
    order = np.argsort(table.indices, kind="stable")
    sessions = np.repeat(np.arange(table.shape[0], dtype=np.int32), np.diff(table.indptr))
    starts = np.concatenate(([0], np.cumsum(np.bincount(table.indices, minlength=table.shape[1]))))
    return csr_matrix((table.data[order], sessions[order], starts), shape=table.shape[::-1])


def voices(table: csr_matrix, ended_us: I64, *, freshness_days: float, length: float) -> F32:
    """(n_sessions,) exp(-age / freshness) * items^-length; the age is counted from the session that ended last.

    Counted from the moment of asking it would change every voice by one factor and no ranking.
    """
    loud = np.diff(table.indptr).astype(np.float64) ** -length
    if freshness_days and len(ended_us):
        loud *= np.maximum(np.exp((ended_us - ended_us[-1]) / (freshness_days * DAY_US)), FAINTEST)
    return np.asarray(loud, np.float32)


def rarities(table: csr_matrix) -> F32:
    """(n_items,) log(sessions / sessions with the item), 0 for an item that none holds."""
    held = np.bincount(table.indices, minlength=table.shape[1])
    n = max(table.shape[0], 1)
    return np.asarray(np.log(n / np.where(held, held, n)), np.float32)
