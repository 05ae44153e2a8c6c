"""The Encoder port: texts and pictures of items in, vectors of one space out, with a name for that space.

Vectors of two spaces look alike and mean nothing to each other, so every encoder has a fingerprint, which is kept
beside its vectors and compared before they are used together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from daogou.core.errors import InvalidInput
from daogou.core.protocols import Progress, silent
from daogou.core.types import F32
from daogou.learn.vectors import unit_rows


@dataclass(frozen=True, slots=True)
class Encodable:
    """What an encoder is given of one item; either part may be missing.

    text     the words, "" where there are none
    picture  the bytes of a picture file, None where there is none
    """

    id: str
    text: str = ""
    picture: bytes | None = None


@dataclass(frozen=True, eq=False)
class Encoded:
    """vectors   (n, dimension) rows of length 1, in the order asked; a row of zeros where nothing could be encoded
    problems  by item id, why a part of it, or all, could not be encoded
    """

    vectors: F32
    problems: Mapping[str, str] = field(default_factory=dict)


class Encoder(Protocol):
    """Turns items into vectors of one space."""

    @property
    def dimension(self) -> int:
        """Numbers per vector."""
        ...

    @property
    def fingerprint(self) -> str:
        """Names the space: equal for equal vectors of equal items, otherwise different."""
        ...

    def encode(self, things: Sequence[Encodable], *, progress: Progress = silent) -> Encoded:
        """One vector per thing. A thing that cannot be encoded gets zeros and a problem; the others are not lost."""
        ...


def checked_vectors(rows: F32, n: int, dimension: int, source: str) -> F32:
    """(n, dimension) float32 of length 1. Raises InvalidInput for another shape or a number that is not finite."""
    if rows.shape != (n, dimension):
        raise InvalidInput(
            f"{source} gave vectors of shape {rows.shape}, expected {(n, dimension)}. Set the dimension it has."
        )
    if not np.isfinite(rows).all():
        raise InvalidInput(f"{source} gave a vector with NaN or infinity. Such a vector cannot be compared.")
    return unit_rows(np.asarray(rows, np.float32))
