"""Put found settings into shop.toml so that everything else in it, comments too, stays as it was."""

from __future__ import annotations

import difflib
import os
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from daogou.core.errors import InvalidInput, MissingExtra


@dataclass(frozen=True)
class Change:
    """New settings of one model; `recipe_name` and `events` are written where the file does not have the model."""

    model: str
    recipe_name: str
    settings: Mapping[str, Any]
    events: Sequence[str] = ()


def lines_of(change: Change) -> str:
    """The change as the lines a person would write."""
    events = f"events = [{', '.join(map(value_text, change.events))}]\n" if change.events else ""
    settings = f"{_settings_line(change)}\n" if change.settings else ""
    return f'[models.{_key(change.model)}]\nrecipe = "{change.recipe_name}"\n{settings}{events}'


def proposed(text: str, changes: Sequence[Change]) -> str:
    """The text of shop.toml with these settings in it. Raises InvalidInput where it cannot be put in safely."""
    if not changes:
        return text
    try:
        import tomlkit
    except ModuleNotFoundError as error:
        raise MissingExtra("tomlkit", "tune", "Changing shop.toml") from error
    from tomlkit.exceptions import TOMLKitError

    raw = tomllib.loads(text)
    known = raw.get("models", {})
    try:
        document = tomlkit.parse(text)
        for change in changes:
            if change.model in known:
                _put(tomlkit, document["models"][change.model], change)
        written = _appended(tomlkit.dumps(document), [one for one in changes if one.model not in known])
        is_right = tomllib.loads(written) == _wanted(raw, changes)
    except (TOMLKitError, tomllib.TOMLDecodeError, TypeError, AttributeError) as error:
        raise _by_hand(changes) from error
    if not is_right:
        raise _by_hand(changes)
    return written


def diff_of(before: str, after: str, name: str) -> str:
    """What would change, as a unified diff; empty where nothing would."""
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), name, f"{name}, proposed"
    )
    return "".join(line if line.endswith("\n") else line + "\n" for line in lines)


def read_text(path: Path) -> str:
    """shop.toml with its line ends as they are."""
    return path.read_bytes().decode("utf-8")


def write_text(path: Path, text: str) -> None:
    """Replace the file in one step, so that a crash leaves the old or the new one; its permissions stay."""
    place = path.resolve()
    number, aside = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
    try:
        with os.fdopen(number, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        Path(aside).chmod(place.stat().st_mode & 0o7777)
        Path(aside).replace(place)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise


def _put(tomlkit: Any, entry: Any, change: Change) -> None:
    """Set the settings of a model that the file has."""
    if "settings" not in entry:
        spaces = []
        while hasattr(entry, "value") and isinstance(entry.value.body[-1][1], tomlkit.items.Whitespace):
            spaces.append(entry.value.body.pop()[1])  # the empty line before the next table stays there
        entry["settings"] = tomlkit.parse(_settings_line(change))["settings"]
        for space in reversed(spaces):
            entry.add(space)
        return
    for name, value in change.settings.items():
        entry["settings"][name] = value


def _appended(text: str, changes: Sequence[Change]) -> str:
    """Models that the file does not have go to its end."""
    if not changes:
        return text
    end = "\r\n" if "\r\n" in text else "\n"
    before = text if not text or text.endswith("\n") else text + end
    return before + ("\n" * bool(text) + "\n".join(map(lines_of, changes))).replace("\n", end)


def _wanted(raw: Mapping[str, Any], changes: Sequence[Change]) -> dict[str, Any]:
    """What the file must say once it is changed."""
    models = dict(raw.get("models", {}))
    for change in changes:
        new = {"recipe": change.recipe_name, **({"events": list(change.events)} if change.events else {})}
        entry = dict(models.get(change.model, new))
        models[change.model] = {**entry, "settings": {**entry.get("settings", {}), **change.settings}}
    return {**raw, "models": models}


def _settings_line(change: Change) -> str:
    settings = ", ".join(f"{name} = {value_text(value)}" for name, value in change.settings.items())
    return f"settings = {{ {settings} }}"


def _by_hand(changes: Sequence[Change]) -> InvalidInput:
    lines = "\n".join(lines_of(one) for one in changes)
    return InvalidInput(f"shop.toml is written in a way that cannot be changed safely. Write this by hand:\n{lines}")


def _key(name: str) -> str:
    plain = name.replace("-", "").replace("_", "")
    return name if plain.isascii() and plain.isalnum() else '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def value_text(value: Any) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' if isinstance(value, str) else repr(value)
