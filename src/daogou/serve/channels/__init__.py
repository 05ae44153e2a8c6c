"""Ways in which lists go out. The table below is all that come along; others are found by their entry points."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any, cast

from daogou.core.errors import UnknownName
from daogou.serve.channels.channel import Channel, OpenChannel

GROUP = "daogou.channels"
BUILT_IN: dict[str, str] = {
    "file": "daogou.serve.channels.file:open_channel",
    "email": "daogou.serve.channels.email:open_channel",
    "webpush": "daogou.serve.channels.webpush:open_channel",
}
"""Name of a channel → the function that opens it."""


def channel_names() -> list[str]:
    """Every channel that can be opened, plug-ins last."""
    return list(dict.fromkeys([*BUILT_IN, *(one.name for one in entry_points(group=GROUP))]))


def open_channel(name: str, settings: Mapping[str, Any], folder: Path) -> Channel:
    """The channel of this name; a plug-in goes before a built-in one of the same name.

    settings  as in [channels.NAME.settings]
    folder    of the shop, from where relative paths count

    Raises UnknownName, and InvalidInput for settings that are wrong.
    """
    plugged: dict[str, EntryPoint] = {one.name: one for one in entry_points(group=GROUP)}
    if name in plugged:
        return cast(OpenChannel, plugged[name].load())(settings, folder)
    if name not in BUILT_IN:
        raise UnknownName("channel", name, channel_names())
    module, _, function = BUILT_IN[name].partition(":")
    return cast(OpenChannel, getattr(import_module(module), function))(settings, folder)
