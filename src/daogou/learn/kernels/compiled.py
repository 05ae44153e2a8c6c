"""Compile a loop on first use, and keep the result on disk where a folder for it can be written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Loop = TypeVar("Loop", bound=Callable[..., Any])


def compiled(*, parallel: bool) -> Callable[[Loop], Loop]:
    """A decorator; where no folder can be written the loop compiles anew in every process."""

    def compile_loop(function: Loop) -> Loop:
        try:
            return cast(Loop, njit(parallel=parallel, fastmath=True, cache=True)(function))
        except RuntimeError:
            return cast(Loop, njit(parallel=parallel, fastmath=True)(function))

    return compile_loop
