"""How the command line tells the serving processes which shop to open: through their environment."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

import msgspec

from daogou.core.errors import InvalidInput
from daogou.core.settings import Settings, read_settings, secret_fields

FOLDER_VARIABLE = "DAOGOU_FOLDER"
FLAGS_VARIABLE = "DAOGOU_FLAGS"
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")


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
