"""A backup as one file: a tar with the manifest first, compressed and check-summed by Zstandard."""

from __future__ import annotations

import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import zstandard

from daogou.core.errors import BackupRefused
from daogou.core.protocols import Progress, silent
from daogou.serve.upkeep.backup.copying import force
from daogou.serve.upkeep.backup.manifest import MANIFEST, MAX_MANIFEST_BYTES, Manifest, manifest_of, read_manifest

ENDING = ".tar.zst"
_LEVEL = 3


def pack(folder: Path, archive: Path, progress: Progress = silent) -> None:
    """Write the complete backup in `folder` as `archive`, which is there whole or not at all."""
    manifest = manifest_of(folder)
    aside = archive.with_name(f".{archive.name}.partial")
    done = 0
    with aside.open("wb") as file:
        os.fchmod(file.fileno(), 0o600)
        compressor = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True)
        with (
            compressor.stream_writer(file, closefd=False) as stream,
            tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT) as tar,
        ):
            tar.add(folder / MANIFEST, MANIFEST)
            for path, piece in manifest.files.items():
                tar.add(folder / path, path)
                done += piece.n_bytes
                progress(done, manifest.n_bytes, "bytes packed")
        file.flush()
        os.fsync(file.fileno())
    aside.replace(archive)
    force(archive.parent)


def unpack(archive: Path, folder: Path, progress: Progress = silent) -> Manifest:
    """Take a backup apart into the new folder `folder`; what is in it is not yet checked.

    Raises BackupRefused where the archive ends early, is damaged, or holds what its manifest does not name.
    """
    folder.mkdir(mode=0o700, parents=True)
    done = 0
    with _opened(archive) as tar:
        manifest = _first(tar, archive)
        while (member := tar.next()) is not None:
            if not member.isreg() or member.name not in manifest.files:
                raise BackupRefused(f"{archive} holds {member.name!r}, which its {MANIFEST} does not name.")
            if member.size != manifest.files[member.name].n_bytes:
                raise BackupRefused(f"{archive}: {member.name} is not as large as its {MANIFEST} says.")
            tar.extract(member, folder, set_attrs=True, filter="data")
            done += member.size
            progress(done, manifest.n_bytes, "bytes unpacked")
    return manifest


def read_archive_manifest(archive: Path) -> Manifest:
    """The manifest, without reading further. That the rest is whole only `unpack` finds."""
    with _opened(archive) as tar:
        return _first(tar, archive)


@contextmanager
def _opened(archive: Path) -> Iterator[tarfile.TarFile]:
    try:
        with (
            archive.open("rb") as file,
            zstandard.ZstdDecompressor().stream_reader(file) as stream,
            tarfile.open(fileobj=stream, mode="r|") as tar,
        ):
            yield tar
    except (tarfile.TarError, zstandard.ZstdError, EOFError) as error:
        raise BackupRefused(f"{archive} is damaged or ends early: {error}. Use another backup.") from error


def _first(tar: tarfile.TarFile, archive: Path) -> Manifest:
    member = tar.next()
    content = tar.extractfile(member) if member is not None and member.size <= MAX_MANIFEST_BYTES else None
    if member is None or member.name != MANIFEST or content is None:
        raise BackupRefused(f"{archive} is not a backup: it does not begin with {MANIFEST}.")
    return read_manifest(content.read(), archive)
