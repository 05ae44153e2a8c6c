"""Utterances with the acts that they mean, one JSON object per line, written by people who do not write the grammar."""

from __future__ import annotations

from pathlib import Path

import msgspec

from daogou.core.errors import InvalidInput
from daogou.decide.guide.acts import Act, Want


class Situation(msgspec.Struct, frozen=True, omit_defaults=True):
    """What stood before the shopper: items shown last, the field just asked for, what was wanted so far."""

    shown: tuple[str, ...] = ()
    asked: str | None = None
    wants: tuple[Want, ...] = ()


class Utterance(msgspec.Struct, frozen=True, omit_defaults=True):
    """One utterance. others: readings that are right too; may: wants that it may hold and need not."""

    id: str
    shop: str
    utterance: str
    acts: tuple[Act, ...]
    setting: Situation = Situation()
    others: tuple[tuple[Act, ...], ...] = msgspec.field(default=(), name="or")
    may: tuple[Want, ...] = ()


_READER = msgspec.json.Decoder(Utterance)


def read_utterances(path: Path) -> tuple[Utterance, ...]:
    """Raises InvalidInput with the line that is not an utterance."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            found.append(_READER.decode(line))
        except msgspec.MsgspecError as error:
            raise InvalidInput(f"{path}, line {number}: {error}. See docs/guide-evaluation.md.") from error
    return tuple(found)
