"""What each serving process runs: the application, with Python's garbage collector out of the shoppers' way.

Everything loaded until the shop is open stays for the life of the process. The collector would go through it again and
again: while loading, 0.14 of 0.89 s of CPU, and later in pauses of a tenth of a second on a shop of 3,800 items, in the
middle of someone's answer. So it rests while loading and leaves alone what is there once the shop is open.
Source: https://docs.python.org/3.11/library/gc.html#gc.freeze
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

NEW_OBJECTS = 20_000
"""Allocated before the collector looks among the newest: a list makes some hundreds, and none of them in a circle."""

if TYPE_CHECKING:
    from starlette.applications import Starlette


def create_worker() -> Starlette:
    """The application of the shop that the environment names."""
    gc.disable()
    from daogou.serve.api.app import create_app  # after the line above: half of what is loaded comes with it

    return create_app(when_open=_collect_only_what_comes)


def _collect_only_what_comes() -> None:
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS)
    gc.enable()
