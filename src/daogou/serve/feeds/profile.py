"""A profile: the columns of somebody's flat feed, read from a file, since such names change oftener than code."""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path
from typing import Literal

import msgspec

from daogou.core.errors import InvalidInput


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One column; either `take` or `value`."""

    take: str | None = None
    value: str | None = None
    level: Literal["required", "recommended", ""] = ""
    longest: int | None = None


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The columns in their order, and how states of stock are called."""

    version: str
    columns: dict[str, Column]
    availability: dict[str, str]


def read_profile(path: Path | None = None, *, shipped: str = "openai.toml") -> Profile:
    """The profile in a file, else the shipped one. InvalidInput says what is wrong with the file."""
    where = path or resources.files("daogou.serve.feeds") / "profiles" / shipped
    try:
        return msgspec.convert(tomllib.loads(where.read_text("utf-8")), Profile)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InvalidInput(f"{where} is not a feed's profile: {error}.") from error
