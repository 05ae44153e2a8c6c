"""Open a file by what is in it, not by its name: plain, gzip or zstd around CSV, JSON lines, a JSON array or Parquet.

Damage in a compressed file does not lose what came before it: the reader ends early and says where.
"""

from __future__ import annotations

import io
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal, Protocol, TypeAlias

import zstandard

from daogou.core.errors import InvalidInput, Malformed

Peekable: TypeAlias = "io.BufferedReader[Any]"
Compression = Literal["plain", "gzip", "zstd"]
Container = Literal["csv", "jsonl", "json", "parquet"]
HEAD_BYTES = 1 << 16
LONGEST_LINE = 1 << 26
_BITE = 1 << 10
"""Compressed bytes inflated at a time: zstd grows them 32,768 times at most, so a bomb fills 32 MB, not the memory."""

_GZIP, _ZSTD, _PARQUET = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PAR1"
_UTF8_BOM = b"\xef\xbb\xbf"
_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a zip archive or an Excel workbook. Unpack it, or save the sheet as CSV UTF-8"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook. Save the sheet as CSV UTF-8"),
    (b"BZh", "a bzip2 archive. Unpack it first"),
    (b"\xfd7zXZ", "an xz archive. Unpack it first"),
    (b"\xff\xfe", "UTF-16 text. Save it as UTF-8"),
    (b"\xfe\xff", "UTF-16 text. Save it as UTF-8"),
    (b"%PDF", "a PDF. Export the table as CSV"),
    (b"SQLite format 3", "an SQLite database. Export its tables as CSV"),
    (b"ORC", "an ORC file. Convert it to Parquet"),
    (b"Obj\x01", "an Avro file. Convert it to JSON lines or Parquet"),
    (b"<?xml", "XML. Convert it to CSV or JSON lines"),
    (b"<html", "a web page, not a data file: check the download"),
    (b"<!DOCTYPE", "a web page, not a data file: check the download"),
)


class _Inflater(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /) -> bytes: ...


class Inflated(io.RawIOBase):
    """A readable stream over gzip or zstd; on damage it ends early and `damage` says why."""

    def __init__(self, source: IO[bytes], start: Callable[[], _Inflater], what: str) -> None:
        self._source, self._start, self._what = source, start, what
        self._inflater = start()
        self._ready = memoryview(b"")
        self._packed = b""
        self._is_fresh = True
        self.damage: str | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        while not self._ready:
            if not self._refill():
                return 0
        taken = self._ready[: len(buffer)]
        self._ready = self._ready[len(taken) :]
        buffer[: len(taken)] = taken
        return len(taken)

    def close(self) -> None:
        self._source.close()
        super().close()

    def _refill(self) -> bool:
        """Inflate the next bite; False at the end or at damage."""
        if self.damage is not None:
            return False
        bite = self._bite()
        if not bite:
            if not self._inflater.eof and not self._is_fresh:
                self.damage = f"the {self._what} data ends before its end mark: the file was cut off"
            return False
        if self._inflater.eof:
            self._inflater, self._is_fresh = self._start(), True
            bite = bite.lstrip(b"\0")  # padding between members
            if not bite:
                return True
        try:
            self._ready = memoryview(self._inflater.decompress(bite))
        except (zlib.error, zstandard.ZstdError) as error:
            self.damage = f"the {self._what} data is damaged ({error})"
            return True
        self._is_fresh = False
        if self._inflater.eof:
            self._packed = self._inflater.unused_data
        return True

    def _bite(self) -> bytes:
        bite, self._packed = self._packed or self._source.read(_BITE), b""
        return bite


@dataclass(frozen=True)
class Opened:
    """A file that is ready to be read from its first byte of content.

    stream    decompressed bytes, without a byte order mark
    raw       the file itself; its position tells how far we are
    inflated  the decompressor, None where the file is plain
    """

    path: Path
    compression: Compression
    container: Container
    size: int
    raw: IO[bytes]
    stream: Peekable
    inflated: Inflated | None

    @property
    def damage(self) -> str | None:
        """Why the content ended early; None while all is well."""
        return None if self.inflated is None else self.inflated.damage

    @property
    def announced(self) -> str:
        """The format as people say it: "CSV", "Parquet in zstd"."""
        names = {"csv": "CSV", "jsonl": "JSON lines", "json": "JSON array", "parquet": "Parquet"}
        inside = "" if self.compression == "plain" else f" in {self.compression}"
        return names[self.container] + inside

    def lines(self) -> Iterator[bytes]:
        """The lines with their ends; of one longer than LONGEST_LINE bytes only its start, without an end."""
        while line := self.stream.readline(LONGEST_LINE):
            yield line
            part = line
            while len(part) == LONGEST_LINE and part[-1:] != b"\n":
                part = self.stream.readline(LONGEST_LINE)

    def close(self) -> None:
        self.stream.close()
        self.raw.close()


def open_file(path: Path) -> Opened:
    """Open and recognise a file. Raises InvalidInput where it is missing, Malformed where it cannot be data of ours."""
    try:
        raw: Peekable = io.BufferedReader(io.FileIO(path), HEAD_BYTES)
        size = path.stat().st_size
    except OSError as error:
        raise InvalidInput(f"{path} cannot be opened: {error.strerror or error}.") from error
    try:
        return _recognise(path, raw, size)
    except BaseException:
        raw.close()
        raise


def _recognise(path: Path, raw: Peekable, size: int) -> Opened:
    magic = raw.read(4)
    raw.seek(0)
    compression: Compression = "gzip" if magic[:2] == _GZIP else "zstd" if magic == _ZSTD else "plain"
    inflated = _inflated(raw, compression)
    stream: Peekable = raw if inflated is None else io.BufferedReader(inflated, HEAD_BYTES)
    head = stream.peek(HEAD_BYTES)
    if not head.strip(b"\0 \t\r\n") or head == _UTF8_BOM:
        why = (inflated.damage if inflated else None) or (
            "it is empty" if not head else "it holds nothing but white space"
        )
        raise Malformed(f"{path}: nothing to import, {why}.")
    for start, what in _FOREIGN:
        if head[: len(start)].lower() == start.lower() and (start != b"ORC" or b"," not in head[:80]):
            raise Malformed(f"{path} is {what}; then import that.")
    if head.startswith(_UTF8_BOM):
        stream.read(len(_UTF8_BOM))
    return Opened(path, compression, _container(head.removeprefix(_UTF8_BOM)), size, raw, stream, inflated)


def _inflated(raw: IO[bytes], compression: Compression) -> Inflated | None:
    if compression == "gzip":
        return Inflated(raw, lambda: zlib.decompressobj(wbits=31), "gzip")
    if compression == "zstd":
        return Inflated(raw, lambda: zstandard.ZstdDecompressor().decompressobj(), "zstd")
    return None


def _container(head: bytes) -> Container:
    if head.startswith(_PARQUET):
        return "parquet"
    start = head.lstrip()
    if start.startswith(b"["):
        return "json"
    if not start.startswith(b"{"):
        return "csv"
    return "json" if _is_wrapped(start) else "jsonl"


def _is_wrapped(start: bytes) -> bool:
    """Whether the text is one object around a list, such as {"events": [ … ]}."""
    squeezed = b"".join(start[:200].split())
    names = (b"events", b"items", b"users", b"userEvents", b"products", b"feedback")
    return any(squeezed.startswith(b'{"' + name + b'":[{') for name in names) and b"}\n{" not in start


def unpacked(opened: Opened) -> tuple[IO[bytes], str | None]:
    """The whole content as a seekable file, for formats that are read from their end, and the damage, if any."""
    if opened.inflated is None:
        opened.raw.seek(0)
        return opened.raw, None
    copy = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    shutil.copyfileobj(opened.stream, copy)
    copy.seek(0)
    return copy, opened.damage
