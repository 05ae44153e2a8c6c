"""What new items, brands and sellers got of the places that went out, arranged for the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from markupsafe import Markup

from daogou.learn.evaluation import charts
from daogou.learn.evaluation.findings import Finding, finding, in_order
from daogou.learn.evaluation.newcomers import NewcomerShare
from daogou.learn.metrics.intervals import Interval


def newcomers_view(shares: Sequence[NewcomerShare]) -> list[dict[str, Any]]:
    """A row per placement; none where no placement promises anything and nothing new was shown."""
    if not any(one.promised is not None or one.share for one in shares):
        return []
    most = max((max(one.high, one.promised) for one in shares if one.promised is not None), default=0.0)
    return [_row(one, most) for one in shares]


def _row(one: NewcomerShare, most: float) -> dict[str, Any]:
    """Drawn where something is promised, for there it is to be compared with that."""
    share = Interval(one.share, one.low, one.high)
    drawing = "" if one.promised is None else charts.dots(share, one.promised, most)
    return {"one": one, "share": share, "drawing": Markup(drawing)}


def findings_of_newcomers(shares: Sequence[NewcomerShare]) -> list[Finding]:
    """Promises that were broken first."""
    return in_order([one for share in shares for one in _promise(share)])


def _promise(one: NewcomerShare) -> Iterator[Finding]:
    if one.promised is None:
        return
    values = {"name": one.placement, "promised": one.promised, "share": one.share, "low": one.low, "high": one.high}
    if one.is_kept:
        yield finding("good", "new_items_shown", "newcomers", **values)
    else:
        yield finding("act", "new_items_missing", "newcomers", **values)
