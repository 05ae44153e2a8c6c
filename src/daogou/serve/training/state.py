"""What the worker remembers between its looks and over its own end, in one small file beside the releases."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

STATE_FILE, ASKED_FILE = "training.json", "TRAIN_SOON"


class TrainingState(msgspec.Struct, frozen=True):
    """began_us: of the last attempt, 0 before the first; ended_us: below began_us while it runs, or when it was killed.

    n_events            accepted ever, when it began
    failures            attempts in a row that failed, since the last that did not
    trained, failed     attempts ever, by what became of them
    ended_well_us       when one last ended well; 0 before that
    why                 what the last attempt was begun for
    """

    began_us: int = 0
    ended_us: int = 0
    n_events: int = 0
    failures: int = 0
    trained: int = 0
    failed: int = 0
    ended_well_us: int = 0
    why: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the last attempt has no end yet."""
        return self.ended_us < self.began_us


def read_state(root: Path) -> TrainingState:
    """What was written last; a fresh one where there is none, or it cannot be read."""
    try:
        return msgspec.json.decode((root / STATE_FILE).read_bytes(), type=TrainingState)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return TrainingState()


def write_state(root: Path, state: TrainingState) -> None:
    """Replace it whole."""
    root.mkdir(parents=True, exist_ok=True)
    draft = root / f".{STATE_FILE}-{os.getpid()}"
    draft.write_bytes(msgspec.json.encode(state))
    os.replace(draft, root / STATE_FILE)


def ask_for_training(root: Path, reason: str) -> None:
    """Have the worker train at its next look, within its quiet hours and shortest pause: an alarm about drift calls it.

    reason  one sentence, for the log
    """
    root.mkdir(parents=True, exist_ok=True)
    (root / ASKED_FILE).write_text(reason, encoding="utf-8")


def asked_reason(root: Path) -> str | None:
    """Why a training was asked for; None where nobody did."""
    try:
        return (root / ASKED_FILE).read_text("utf-8")
    except OSError:
        return None


def forget_asking(root: Path) -> None:
    """A training that was asked for has begun."""
    (root / ASKED_FILE).unlink(missing_ok=True)
