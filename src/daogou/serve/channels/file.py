"""The plainest channel: every message becomes a line of a file that another program sends."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from daogou.serve.channels.channel import Message, read_channel_settings


class FileSettings(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """path  JSON lines are added to it; relative to the shop's folder"""

    path: str = "outgoing.jsonl"


class FileChannel:
    """Every line is on the disk when `send` returns."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab")

    def send(self, message: Message) -> None:
        """Add the line."""
        self._file.write(msgspec.json.encode(message) + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def open_channel(settings: Mapping[str, Any], folder: Path) -> FileChannel:
    """Open the file for adding."""
    return FileChannel(folder / read_channel_settings(FileSettings, settings, "file").path)
