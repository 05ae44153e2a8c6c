"""Compile a loop, and keep the result on disk where a folder for it can be written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit, types

Loop = TypeVar("Loop", bound=Callable[..., Any])


def compiled(
    *signatures: Any, parallel: bool = False, fastmath: bool = True, nogil: bool = False
) -> Callable[[Loop], Loop]:
    """A decorator; where no folder can be written the loop compiles anew in every process.

    signatures  kinds of arguments to compile for at once; none: compile on first use, for whatever comes
    fastmath    sums may be taken in any order, and infinities and what is not a number are assumed away
    nogil       other threads go on meanwhile
    """
    asked: Any = list(signatures) or None
    how: Any = {"parallel": parallel, "fastmath": fastmath, "nogil": nogil}

    def compile_loop(function: Loop) -> Loop:
        try:
            return cast(Loop, njit(asked, **how, cache=True)(function))
        except RuntimeError:
            return cast(Loop, njit(asked, **how)(function))

    return compile_loop


def read_only(kind: Any, dimensions: int = 1) -> Any:
    """The signature of an argument that a loop only reads: takes arrays that may be written and such that may not."""
    return types.Array(kind, dimensions, "C", readonly=True)
