"""One thing a simulated shopper says, with what must hold of the answer if it was understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from daogou.core.types import Item
from daogou.decide.guide.acts import Act, Want
from daogou.decide.guide.reply import Reply

Expected = Literal["", "cheaper", "dearer", "undone", "back"]


@dataclass(frozen=True, slots=True)
class Move:
    """One utterance, or a button.

    meant      what the utterance says, as acts: what a guide that understands everything would hear
    states     what no item that matches may contradict from now on
    withdraws  what need not hold any more
    expects    what the answer must be like: all cheaper than the middle of what was shown, a want taken back, …
    field      what the utterance is about
    """

    utterance: str = ""
    acts: tuple[Act, ...] = ()
    meant: tuple[Act, ...] = ()
    states: tuple[Want, ...] = ()
    withdraws: tuple[Want, ...] = ()
    expects: Expected = ""
    field: str = ""


class Shopper(Protocol):
    """Somebody who looks for something and only sees replies."""

    language: str
    patience: int

    def open(self) -> Move:
        """What is said first."""

    def is_content(self, shown: Sequence[Item]) -> bool:
        """Whether one of these is what was looked for."""

    def react(self, reply: Reply, shown: Sequence[Item]) -> Move:
        """What is said to a reply that did not show it."""
