"""What a channel promises, and what it is given to send."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol, TypeVar

import msgspec

from daogou.core.errors import InvalidInput


class MessageItem(msgspec.Struct, frozen=True):
    """One item of the list, in the shopper's language; `reason` is why it is there."""

    item_id: str
    title: str
    price_minor: int | None
    currency: str
    availability: str
    url: str | None
    image: str | None
    source: str
    reason_code: str
    reason: str


class Message(msgspec.Struct, frozen=True):
    """One list for one shopper; give `recommendation_id` back in the events that follow from it."""

    user_id: str
    recommendation_id: str
    channel: str
    placement: str
    title: str
    language: str
    neutral: bool
    at: str
    items: tuple[MessageItem, ...]


class DeliveryFailed(Exception):
    """This message did not go out, others may.

    code  short and stable, for the outcomes file; the text never holds an address
    """

    def __init__(self, code: str, text: str) -> None:
        self.code = code
        super().__init__(text)


class Channel(Protocol):
    """Sends messages, one at a time. A plug-in's entry point in the group `daogou.channels` opens one."""

    def send(self, message: Message) -> None:
        """Send it, once. Raises DeliveryFailed when it did not go out."""
        ...

    def close(self) -> None:
        """Let go of connections and files."""
        ...


class OpenChannel(Protocol):
    """What an entry point names."""

    def __call__(self, settings: Mapping[str, Any], folder: Path) -> Channel: ...


T = TypeVar("T")


def read_channel_settings(kind: type[T], settings: Mapping[str, Any], name: str) -> T:
    """[channels.NAME.settings] as `kind`; InvalidInput names what is wrong."""
    try:
        return msgspec.convert(dict(settings), kind)
    except msgspec.ValidationError as error:
        raise InvalidInput(f"[channels.{name}.settings]: {error}. See docs/campaigns.md.") from error
