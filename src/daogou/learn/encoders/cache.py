"""Vectors already made, kept on disk by what they were made of: nothing is encoded, or paid for, twice.

One file per space, only ever appended to: records of SHA-256 of the content, CRC-32 of the vector, the vector. A
record cut off by a crash is cut away when the file is opened next, so an interrupted run goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import os
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from daogou.core.protocols import Progress, silent
from daogou.core.types import F32
from daogou.learn.encoders.port import Encodable, Encoded, Encoder

KEY_BYTES, CHECK_BYTES = 32, 4
BATCH = 256
"""Things encoded before they are put on disk."""


@dataclass(frozen=True)
class Cached:
    """Any encoder, asked only for what was never asked before. Its space is that of the encoder inside."""

    encoder: Encoder
    folder: Path
    batch: int = BATCH

    @property
    def dimension(self) -> int:
        return self.encoder.dimension

    @property
    def fingerprint(self) -> str:
        return self.encoder.fingerprint

    @property
    def path(self) -> Path:
        """The file that holds this space."""
        return self.folder / f"{re.sub(r'[^A-Za-z0-9._-]', '_', self.fingerprint)}.{self.dimension}.vectors"

    def known(self, things: Sequence[Encodable]) -> Encoded:
        """What is on disk already, zeros for the rest; asks nobody."""
        kept = dict(self._records())
        empty = np.zeros(self.dimension, np.float32)
        rows = [kept.get(content_key(thing), empty) for thing in things]
        return Encoded(np.array(rows, np.float32).reshape(len(things), self.dimension))

    def encode(self, things: Sequence[Encodable], *, progress: Progress = silent) -> Encoded:
        """Each batch is on disk before the next begins; a thing that could not be encoded is asked again next time."""
        vectors = self.known(things).vectors
        missing = np.flatnonzero(~vectors.any(axis=1)).tolist()
        problems: dict[str, str] = {}
        for done, numbers in enumerate(_batches(missing, self.batch)):
            progress(len(things) - len(missing) + done * self.batch, len(things), "encode items")
            made = self.encoder.encode([things[number] for number in numbers])
            vectors[numbers] = made.vectors
            problems |= made.problems
            self._append([things[number] for number in numbers], made.vectors)
        progress(len(things), len(things), "encode items")
        return Encoded(vectors, problems)

    @property
    def _record_bytes(self) -> int:
        return KEY_BYTES + CHECK_BYTES + 4 * self.dimension

    def _records(self) -> Iterator[tuple[bytes, F32]]:
        if not self.path.exists():
            return
        data = self.path.read_bytes()
        for start in range(0, len(data) - self._record_bytes + 1, self._record_bytes):
            key = data[start : start + KEY_BYTES]
            check = data[start + KEY_BYTES : start + KEY_BYTES + CHECK_BYTES]
            body = data[start + KEY_BYTES + CHECK_BYTES : start + self._record_bytes]
            if zlib.crc32(body).to_bytes(CHECK_BYTES, "little") == check:
                yield key, np.frombuffer(body, "<f4").astype(np.float32)

    def _append(self, things: Sequence[Encodable], vectors: F32) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        parts = []
        for thing, vector in zip(things, vectors, strict=True):
            if vector.any():
                body = vector.astype("<f4").tobytes()
                parts += [content_key(thing), zlib.crc32(body).to_bytes(CHECK_BYTES, "little"), body]
        with self.path.open("ab") as file:
            file.truncate(file.tell() - file.tell() % self._record_bytes)
            file.write(b"".join(parts))
            file.flush()
            os.fsync(file.fileno())


def content_key(thing: Encodable) -> bytes:
    """SHA-256 of the content, whatever the item is called."""
    text = thing.text.encode("utf-8", "replace")
    digest = hashlib.sha256(len(text).to_bytes(8, "little") + text)
    if thing.picture is not None:
        digest.update(thing.picture)
    return digest.digest()


def _batches(numbers: Sequence[int], size: int) -> Iterator[list[int]]:
    return (list(numbers[start : start + size]) for start in range(0, len(numbers), size))
