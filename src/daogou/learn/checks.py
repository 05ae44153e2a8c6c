"""Checks that recipes make on their settings and models on their arrays, worded the same everywhere."""

from __future__ import annotations

from daogou.core.errors import InvalidField, InvalidInput


def at_least(field: str, value: float, least: float) -> None:
    """Refuse a setting below `least`, or one that is not a number."""
    if not value >= least:
        raise InvalidField(field, value, f"a number of at least {least:g}", rule="out_of_range")


def more_than(field: str, value: float, bound: float) -> None:
    """Refuse a setting that is not strictly above `bound`."""
    if not value > bound:
        raise InvalidField(field, value, f"a number above {bound:g}", rule="out_of_range")


def between(field: str, value: float, least: float, most: float) -> None:
    """Refuse a setting outside the closed range."""
    if not least <= value <= most:
        raise InvalidField(field, value, f"a number from {least:g} to {most:g}", rule="out_of_range")


def one_of(field: str, value: str, allowed: tuple[str, ...]) -> None:
    """Refuse a word that is not in `allowed`."""
    if value not in allowed:
        raise InvalidField(field, value, " or ".join(allowed), rule="unknown_choice")


def same_shape(field: str, seen: tuple[int, ...], wanted: tuple[int, ...]) -> None:
    """Refuse an array of a model whose shape does not fit its other arrays."""
    if seen != wanted:
        raise InvalidInput(f"{field} has shape {seen}, but the other arrays of this model ask for {wanted}.")
