"""Where the time of an answer goes: named stretches of work that a tracer may record; by default nobody does."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol


class Note(Protocol):
    """Adds figures and names from closed sets to a stretch; never anything about a shopper."""

    def __call__(self, **facts: str | int) -> None: ...


Spans = Callable[[str], AbstractContextManager[Note]]
"""`with spans("rank") as note:` around the work that is called so."""


def _ignore(**_: str | int) -> None:
    """Nobody listens."""


_NOTHING: AbstractContextManager[Note] = nullcontext(_ignore)


def no_spans(_: str) -> AbstractContextManager[Note]:
    """Records nothing."""
    return _NOTHING
