"""Which settings are secret, and how settings are shown without them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, SecretStr

from daogou.core.secret_file import refuse_readable_by_others

HIDDEN = "(hidden)"
_SECRET_NAME = re.compile(r"(password|passwd|secret|token|pepper|api_?key|(^|_)key)$", re.IGNORECASE)
_PASSWORD = re.compile(r"(?P<before>:?//[^:/@\s]*:)[^@\s]+(?=@)")
_PARAMETER = re.compile(r"(?P<before>[?&](?:password|sslpassword)=)[^&\s]*", re.IGNORECASE)


def secret_fields(model: type[BaseModel], before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The path of every setting whose type says that it is a secret."""
    for name, field in model.model_fields.items():
        kinds = (field.annotation, *get_args(field.annotation))
        if SecretStr in kinds:
            yield (*before, name)
        for kind in kinds:
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from secret_fields(kind, (*before, name))


def without_password(url: str) -> str:
    """A database's address with its password hidden."""
    return _PARAMETER.sub(rf"\g<before>{HIDDEN}", _PASSWORD.sub(rf"\g<before>{HIDDEN}", url))


def masked(value: Any, name: str = "") -> Any:
    """Settings as they may be printed: what is called a secret is hidden, and passwords in addresses too."""
    if isinstance(value, Mapping):
        return {key: masked(one, str(key)) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [masked(one, name) for one in value]
    if isinstance(value, str | SecretStr) and str(value) and _SECRET_NAME.search(name):
        return HIDDEN
    return without_password(value) if isinstance(value, str) else value


def refuse_open_secrets(path: Path, model: type[BaseModel]) -> None:
    """Raise InvalidInput where a settings file that holds a secret may be read by others than its owner."""
    written = tomllib.loads(path.read_text(encoding="utf-8"))
    for field in secret_fields(model):
        if _at(written, field):
            refuse_readable_by_others(path, ".".join(field))
    database = _at(written, ("shop", "database"))
    if isinstance(database, str) and without_password(database) != database:
        refuse_readable_by_others(path, "shop.database")


def _at(written: Mapping[str, Any], field: tuple[str, ...]) -> Any:
    value: Any = written
    for part in field:
        value = value.get(part) if isinstance(value, Mapping) else None
    return value
