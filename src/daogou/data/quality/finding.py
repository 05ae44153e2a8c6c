"""One thing that is amiss in a shop's data, as figures; its sentences are in `words`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Tone = Literal["act", "watch", "know"]
EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """code    names the sentence
    tone     act: lists will be wrong until it is mended; watch: some may be; know: worth knowing
    count    how many rows, items, days or shoppers
    total    out of how many; 0 where that says nothing
    examples a few of them, as they were seen
    values   what else the sentence names
    """

    code: str
    tone: Tone
    count: int
    total: int = 0
    examples: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)


def found(
    code: str, tone: Tone, cases: Sequence[str], total: int = 0, values: Mapping[str, Any] | None = None
) -> list[Finding]:
    """A finding with its first few cases, none where there is no case."""
    return [Finding(code, tone, len(cases), total, tuple(cases[:EXAMPLES]), values or {})] if cases else []
