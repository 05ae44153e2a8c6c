"""The file that a run writes: one message per line, and beside it how far the run and its deliveries came.

    FILE.jsonl            the messages
    FILE.jsonl.run        what the run was asked, and whether it is complete
    FILE.jsonl.outcomes   begun, then sent or failed, by recommendation_id

A line is on the disk before it counts, and a delivery is noted as begun before it is tried. So whatever stops a run,
the next one goes on behind the last line, and no message is ever sent twice.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Literal

import msgspec

from daogou.core.errors import InvalidInput
from daogou.serve.channels.channel import Message

OutcomeName = Literal["begun", "sent", "failed"]


class Outcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of one message; `detail` is the code of a failure."""

    recommendation_id: str
    outcome: OutcomeName
    detail: str = ""


class _Run(msgspec.Struct):
    asked: dict[str, Any]
    is_complete: bool = False


class Outbox:
    """Opened for one run, which holds the shop's lock meanwhile."""

    def __init__(self, path: Path, asked: Mapping[str, Any]) -> None:
        """Raises InvalidInput where the file belongs to a run that was asked something else, or to none."""
        self._path = path
        self._note = path.with_name(path.name + ".run")
        self._outcomes = path.with_name(path.name + ".outcomes")
        self._run = self._read_note(dict(asked))
        self.messages: list[Message] = _whole_lines(path, Message)
        self.outcomes: dict[str, Outcome] = {
            one.recommendation_id: one for one in _whole_lines(self._outcomes, Outcome)
        }

    @property
    def is_complete(self) -> bool:
        """Whether every shopper of the run had a turn."""
        return self._run.is_complete

    def add(self, messages: Sequence[Message]) -> None:
        """Write these, and return when they are on the disk."""
        _append(self._path, messages)
        self.messages += messages

    def note(self, outcome: Outcome) -> None:
        """Remember what became of a message, on the disk."""
        _append(self._outcomes, [outcome])
        self.outcomes[outcome.recommendation_id] = outcome

    def complete(self) -> None:
        """Every shopper had a turn."""
        self._run.is_complete = True
        self._write_note()

    def _read_note(self, asked: dict[str, Any]) -> _Run:
        if not self._note.exists():
            if self._path.exists() and self._path.stat().st_size:
                raise InvalidInput(f"{self._path} is there already and was not written by such a run. Choose another.")
            self._run = _Run(asked)
            self._write_note()
            return self._run
        try:
            run = msgspec.json.decode(self._note.read_bytes(), type=_Run)
        except msgspec.MsgspecError as error:
            raise InvalidInput(f"{self._note} cannot be read: {error}. Choose another --out.") from error
        if run.asked != asked:
            told = ", ".join(f"{name} {value}" for name, value in run.asked.items())
            raise InvalidInput(
                f"{self._path} belongs to a run with {told}. Ask the same again, or choose another --out."
            )
        return run

    def _write_note(self) -> None:
        fresh = self._note.with_name(self._note.name + ".new")
        fresh.write_bytes(msgspec.json.encode(self._run))
        os.replace(fresh, self._note)


def _whole_lines(path: Path, kind: Any) -> list[Any]:
    """The lines of a file; what an interrupted run left half-written at its end is cut off."""
    if not path.exists():
        return []
    content = path.read_bytes()
    whole = content.rfind(b"\n") + 1
    if whole < len(content):
        with path.open("r+b") as file:
            file.truncate(whole)
    try:
        return [msgspec.json.decode(line, type=kind) for line in content[:whole].splitlines()]
    except msgspec.MsgspecError as error:
        raise InvalidInput(f"{path} was changed and cannot be read any more: {error}") from error


def _append(path: Path, rows: Iterable[Any]) -> None:
    file: IO[bytes]
    with path.open("ab") as file:
        file.writelines(msgspec.json.encode(row) + b"\n" for row in rows)
        file.flush()
        os.fsync(file.fileno())
