"""How texts are made alike before they are compared."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Without regard to case, to full or half width, and to spaces at the ends or in a row."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def exactly(text: str) -> str:
    """For ids, which differ where a single character does."""
    return text


def fold_path(text: str) -> str:
    """A category path with > between its levels, folded level by level."""
    return " > ".join(level for level in (fold(one) for one in unicodedata.normalize("NFKC", text).split(">")) if level)
