"""Where a shopper's address comes from: a file or a command of the shop. It is looked up, used, and never kept."""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from daogou.core.errors import InvalidInput
from daogou.serve.channels.channel import DeliveryFailed

COMMAND_SECONDS = 10.0

FindAddress = Callable[[str], str]


def address_finder(file: str, command: Sequence[str], folder: Path) -> FindAddress:
    """How the address of a user id is found; DeliveryFailed where there is none.

    file     CSV with the columns user_id and address
    command  is run with the user id as its last word and prints the address
    """
    if bool(file) == bool(command):
        raise InvalidInput(
            "[channels.email.settings] needs exactly one of addresses (a CSV file with the columns user_id and "
            "address) and address_command (words of a command that prints the address of a user id)."
        )
    if command:
        return lambda user_id: _asked(command, user_id, folder)
    known = _read(folder / file)

    def find(user_id: str) -> str:
        address = known.get(user_id, "")
        if not address:
            raise DeliveryFailed("no_address", "the file names no address for this user")
        return address

    return find


def _read(path: Path) -> dict[str, str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            table = csv.DictReader(lines)
            missing = {"user_id", "address"}.difference(table.fieldnames or ())
            known = {row["user_id"]: (row["address"] or "").strip() for row in table} if not missing else {}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidInput(f"{path} cannot be read as CSV: {error}") from error
    if missing:
        raise InvalidInput(f"{path} lacks the column {' and '.join(sorted(missing))}; it needs user_id and address.")
    return known


def _asked(command: Sequence[str], user_id: str, folder: Path) -> str:
    try:
        done = subprocess.run(
            [*command, user_id], cwd=folder, capture_output=True, text=True, timeout=COMMAND_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise DeliveryFailed("address_command", f"the address command failed: {type(error).__name__}") from error
    address = done.stdout.strip()
    if done.returncode or not address:
        raise DeliveryFailed("no_address", f"the address command gave none (exit status {done.returncode})")
    return address
