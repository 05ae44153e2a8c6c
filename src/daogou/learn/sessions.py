"""What was done in one go: past sessions cut out of the log, and how far back each item of a history lies.

A session ends where nothing happened for a while. Its *moments* are its distinct times, counted from 0: the lines of
one order share a moment, clicks have one each. Where a log knows no times, a shopper's rows are one session in order.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from daogou.core.clock import SECOND_US
from daogou.core.types import F32, I32, I64, Bools, Query
from daogou.data.dataset import Dataset
from daogou.learn.histories import is_known

MINUTE_US = 60 * SECOND_US


@dataclass(frozen=True, eq=False)
class Sessions:
    """Rows of past sessions, the session that ended first coming first.

    item      (n,) item numbers; clicks of one item in a row are one row
    moment    (n,) which moment of its session, from 0
    starts    (n_sessions + 1,) rows of session s are starts[s]:starts[s + 1]
    ended_us  (n_sessions,) when its last row happened
    """

    item: I32
    moment: I32
    starts: I64
    ended_us: I64

    @property
    def number(self) -> I32:
        """(n,) the session of every row."""
        return np.repeat(np.arange(len(self.ended_us), dtype=np.int32), np.diff(self.starts))


def sessions_of(dataset: Dataset, gap_minutes: float) -> Sessions:
    """Cut each shopper's rows of positive weight where more than `gap_minutes` passed without one.

    An item that follows itself alone (viewed, then put into the cart, then bought) counts once, at its first time, and
    so does a line that was reported twice. Bought with others in one order and with others again in the next, it counts
    in both.
    """
    wanted = dataset.weight > 0
    user, item, at_us = dataset.user[wanted], dataset.item[wanted], dataset.at_us[wanted]
    if not len(user):
        nothing = np.empty(0, np.int32)
        return Sessions(nothing, nothing, np.zeros(1, np.int64), np.empty(0, np.int64))
    begins = begins_session(user, at_us, gap_minutes)
    first = np.flatnonzero(begins)
    ended_us = at_us[np.append(first[1:], len(user)) - 1]
    kept = begins | ~_says_nothing_new(begins, item, at_us)
    by_end = np.argsort(ended_us, kind="stable")
    place = np.empty(len(first), np.int64)
    place[by_end] = np.arange(len(first))
    session = place[np.cumsum(begins) - 1][kept]
    order = np.argsort(session, kind="stable")
    session, item, at_us = session[order], item[kept][order], at_us[kept][order]
    starts = np.searchsorted(session, np.arange(len(first) + 1)).astype(np.int64)
    return Sessions(item, _moments(session, at_us, starts), starts, ended_us[by_end])


def begins_session(user: I32, at_us: I64, gap_minutes: float) -> Bools:
    """(n,) whether each row is the first of a session; rows are sorted by user and time."""
    begins = np.diff(user, prepend=-1) != 0
    begins[1:] |= np.diff(at_us) > gap_minutes * MINUTE_US
    return np.asarray(begins, np.bool_)


def moments_back(query: Query, n_items: int) -> I32:
    """(n_known,) for each known item of the history how many moments before the newest it lies."""
    known = is_known(query, n_items)
    if len(query.at_us) != len(query.history):
        return np.arange(int(known.sum()), dtype=np.int32)[::-1]
    changes = np.diff(query.at_us[known]) != 0
    return np.concatenate((np.cumsum(changes[::-1])[::-1], np.zeros(int(known.any())))).astype(np.int32)


def fading(moments: I32, reach: float) -> F32:
    """exp(-moments / reach); ones where `reach` is 0, which stands for "without end"."""
    if not reach:
        return np.ones(len(moments), np.float32)
    return np.exp(-moments / reach).astype(np.float32)


def _says_nothing_new(begins: Bools, item: I32, at_us: I64) -> Bools:
    """(n,) rows of the item of the row before, at the same time, or where both stand alone at theirs."""
    changes = np.diff(at_us, prepend=at_us[0] - 1) != 0
    same = np.diff(item, prepend=-1) == 0
    moment = np.cumsum(changes | begins) - 1
    alone = np.bincount(moment, weights=begins | changes | ~same)[moment] == 1
    return np.asarray(same & (~changes | (alone & np.roll(alone, 1))), np.bool_)


def _moments(session: I64, at_us: I64, starts: I64) -> I32:
    changes = np.zeros(len(session), np.int64)
    changes[1:] = (np.diff(at_us) != 0) & (np.diff(session) == 0)
    counted = np.cumsum(changes)
    return np.asarray(counted - np.repeat(counted[starts[:-1]], np.diff(starts)), np.int32)
