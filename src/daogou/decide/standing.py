"""What of a shopper's past still stands: a dislike that was taken back is as if it had never been."""

from __future__ import annotations

from daogou.core.types import DISLIKED, TAKEN_BACK, HistoryRow


def standing(rows: list[HistoryRow]) -> list[HistoryRow]:
    """The rows, oldest first, without dislikes that were taken back afterwards and without the taking back."""
    if not any(row.name == TAKEN_BACK for row in rows):
        return rows
    undone: set[str] = set()
    kept = []
    for row in reversed(rows):
        if row.name == TAKEN_BACK:
            undone.add(row.item_id)
        elif row.name != DISLIKED or row.item_id not in undone:
            kept.append(row)
    return kept[::-1]
