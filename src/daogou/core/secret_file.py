"""Files that hold a secret: read only where nobody but their owner can."""

from __future__ import annotations

import stat
import sys
from collections.abc import Mapping
from pathlib import Path

from daogou.core.errors import InvalidInput

MOST_BYTES = 64_000
OTHERS = stat.S_IRWXG | stat.S_IRWXO
FILE_SUFFIX = "_FILE"


def secret_named(name: str, environment: Mapping[str, str]) -> str | None:
    """The secret that the variable `name` holds, or the file that `name`_FILE names; None without either."""
    held, file = environment.get(name), environment.get(name + FILE_SUFFIX)
    if held is not None and file is not None:
        raise InvalidInput(f"{name} and {name}{FILE_SUFFIX} are both set. Set one of them.")
    return held if file is None else read_secret(Path(file), name + FILE_SUFFIX)


def secrets_in_files(environment: Mapping[str, str], prefix: str) -> dict[str, str]:
    """Every variable of this prefix whose value stands in a file, as if the value stood in the environment."""
    named = [name for name in environment if name.startswith(prefix) and name.endswith(FILE_SUFFIX)]
    found = {
        name.removesuffix(FILE_SUFFIX): secret_named(name.removesuffix(FILE_SUFFIX), environment) for name in named
    }
    return {name: value for name, value in found.items() if value is not None}


def read_secret(path: Path, where: str) -> str:
    """The text of the file without the line's end. `where` names the setting in errors, which never hold the text."""
    refuse_readable_by_others(path, where)
    try:
        content = path.read_bytes()
        text = content.decode().rstrip("\r\n")
    except OSError as error:
        raise InvalidInput(f"{where} names {path}, which cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise InvalidInput(f"{where} names {path}, which is not UTF-8 text.") from None
    if not text or len(content) > MOST_BYTES:
        raise InvalidInput(f"{where} names {path}, which holds {len(content)} bytes; a secret has 1 to {MOST_BYTES}.")
    return text


def refuse_readable_by_others(path: Path, where: str) -> None:
    """Raise InvalidInput where the group or the world may read, write or run the file."""
    if sys.platform == "win32" or not path.is_file():
        return
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & OTHERS:
        raise InvalidInput(
            f"{where}: {path} holds a secret, and its mode {mode:03o} opens it to others than its owner. "
            f"Run: chmod 600 {path}"
        )
