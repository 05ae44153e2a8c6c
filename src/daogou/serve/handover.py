"""How the command line tells the serving processes which shops to open: through their environment."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

import msgspec

from daogou.core.errors import InvalidInput
from daogou.core.settings import SHOP_FILE, Settings, read_settings, secret_fields

FOLDER_VARIABLE = "DAOGOU_FOLDER"
FLAGS_VARIABLE = "DAOGOU_FLAGS"
SHOPS_VARIABLE = "DAOGOU_SHOPS"
SERVER_FILE = "server.toml"
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class ManyShops:
    """Several shops for one server: each shop.toml in a folder of `parent`, or else `folders`."""

    parent: Path | None = None
    folders: tuple[Path, ...] = ()

    def wanted(self) -> list[Path]:
        """The folders of the shops, as of now."""
        if self.parent is None:
            return [folder for folder in self.folders if (folder / SHOP_FILE).is_file()]
        return sorted(path.parent for path in self.parent.glob(f"*/{SHOP_FILE}"))

    def server_settings(self, flags: Mapping[str, Any] | None = None) -> Settings:
        """Of the server itself: [server] and [limits] of server.toml beside the shops, else of the first shop."""
        if self.parent is not None:
            return read_settings(self.parent, flags, file=SERVER_FILE)
        return read_settings(self.folders[0], flags)


def environment_for_many(shops: ManyShops, settings: Settings) -> dict[str, str]:
    """The variables of a process that serves several shops; only what is the server's own goes along."""
    told = {
        "parent": str(shops.parent.resolve()) if shops.parent else None,
        "folders": [str(folder.resolve()) for folder in shops.folders],
    }
    flags = {"server": settings.server.model_dump(mode="json"), "limits": settings.limits.model_dump(mode="json")}
    threads = {name: os.environ.get(name, "1") for name in ONE_THREAD}
    return {**threads, SHOPS_VARIABLE: json.dumps(told), FLAGS_VARIABLE: json.dumps(flags)}


def many_shops(given: Mapping[str, str] = os.environ) -> tuple[ManyShops, Settings] | None:
    """What `environment_for_many` wrote, with the server's settings; None for a server of one shop."""
    if SHOPS_VARIABLE not in given:
        return None
    told = json.loads(given[SHOPS_VARIABLE])
    parent = Path(told["parent"]) if told["parent"] else None
    shops = ManyShops(parent, tuple(map(Path, told["folders"])))
    return shops, shops.server_settings(json.loads(given[FLAGS_VARIABLE]))


def environment_for(folder: Path, settings: Settings) -> dict[str, str]:
    """The variables a serving process needs.

    Linear algebra gets one thread: one answer is small, and threads inside it only fight over the cores
    (8.0 ms of CPU per answer with two threads on two cores, 2.4 ms with one). The libraries read these variables
    when they are loaded, so they must be there before the process starts.
    """
    flags = settings.model_dump(mode="json")
    for *sections, name in secret_fields(type(settings)):  # the process reads these itself, where we read them
        reduce(getitem, sections, flags).pop(name)
    threads = {name: os.environ.get(name, "1") for name in ONE_THREAD}
    return {**threads, FOLDER_VARIABLE: str(folder.resolve()), FLAGS_VARIABLE: json.dumps(flags)}


def folder_and_settings(given: Mapping[str, str] = os.environ) -> tuple[Path, Settings]:
    """What `environment_for` wrote, in a serving process; without it the shop in this folder."""
    folder = Path(given.get(FOLDER_VARIABLE, "."))
    try:
        flags = msgspec.json.decode(given.get(FLAGS_VARIABLE, "{}"), type=dict[str, Any])
    except msgspec.DecodeError as error:
        raise InvalidInput(f"{FLAGS_VARIABLE} is not a JSON object: {error}.") from error
    return folder, read_settings(folder, flags)
