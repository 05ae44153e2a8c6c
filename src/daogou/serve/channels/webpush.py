"""Lists as Web Push notifications: builds the request; encrypting and sending it is the library pywebpush's work.

Web Push wants the payload encrypted for each browser (RFC 8291) and the sender signed (RFC 8292). Python's standard
library does neither, so `daogou lists --send` over this channel needs `pip install pywebpush`; building a request does
not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec

from daogou.core.errors import InvalidInput
from daogou.serve.channels.channel import DeliveryFailed, Message, read_channel_settings
from daogou.serve.channels.letter import link

MOST_BYTES = 3_993
"""RFC 8291: an encrypted message of 4,096 bytes holds so much."""


class Subscription(msgspec.Struct, frozen=True):
    """What the browser gave the page when the shopper allowed notifications."""

    user_id: str
    endpoint: str
    keys: dict[str, str]


class WebPushSettings(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """subscriptions  JSON lines, one Subscription each; relative to the shop's folder
    private_key       file of the VAPID key (PEM); contact: mailto: or https: of who sends, for the push service
    ttl_seconds       how long the push service keeps it for a browser that is off
    """

    subscriptions: str
    private_key: str
    contact: str
    ttl_seconds: int = 86_400
    urgency: Literal["very-low", "low", "normal", "high"] = "low"


@dataclass(frozen=True, slots=True)
class PushRequest:
    """A POST to `endpoint` before its encryption; `payload` is JSON for the page's service worker."""

    endpoint: str
    headers: Mapping[str, str]
    payload: bytes


def push_request(message: Message, subscription: Subscription, settings: WebPushSettings) -> PushRequest:
    """As many of the items as one notification may hold. Raises DeliveryFailed for an endpoint that is not https."""
    if urlsplit(subscription.endpoint).scheme != "https":
        raise DeliveryFailed("bad_endpoint", "the endpoint of the subscription is not an https address")
    headers = {"TTL": str(settings.ttl_seconds), "Urgency": settings.urgency, "Topic": _topic(message.placement)}
    for n_items in range(len(message.items), 0, -1):
        payload = msgspec.json.encode(_payload(message, n_items))
        if len(payload) <= MOST_BYTES:
            return PushRequest(subscription.endpoint, headers, payload)
    raise DeliveryFailed("too_large", "not even one item fits into a notification")


def _payload(message: Message, n_items: int) -> dict[str, Any]:
    return {
        "title": message.title,
        "language": message.language,
        "recommendation_id": message.recommendation_id,
        "placement": message.placement,
        "items": [
            {"item_id": one.item_id, "title": one.title, "reason": one.reason, "image": one.image,
             "url": link(one, message.recommendation_id)}
            for one in message.items[:n_items]
        ],
    }  # fmt: skip


def _topic(placement: str) -> str:
    """A newer list takes the place of an older one not yet shown; RFC 8030 allows 32 URL-safe characters."""
    return "".join(one if one.isascii() and one.isalnum() else "-" for one in placement)[:32]


class WebPushChannel:
    """Sends through pywebpush, to every browser in which the shopper allowed it."""

    def __init__(self, settings: WebPushSettings, subscriptions: list[Subscription], post: Callable[..., Any]) -> None:
        self._settings = settings
        self._post = post
        self._of: dict[str, list[Subscription]] = {}
        for one in subscriptions:
            self._of.setdefault(one.user_id, []).append(one)

    def send(self, message: Message) -> None:
        """To all browsers of the shopper; it counts as sent when one of them was reached."""
        found = self._of.get(message.user_id, [])
        if not found:
            raise DeliveryFailed("no_subscription", "the shopper allowed notifications in no browser")
        failures = [failure for one in found if (failure := self._try(message, one)) is not None]
        if len(failures) == len(found):
            raise failures[0]

    def _try(self, message: Message, subscription: Subscription) -> DeliveryFailed | None:
        settings = self._settings
        try:
            request = push_request(message, subscription, settings)
            self._post(
                subscription_info={"endpoint": subscription.endpoint, "keys": subscription.keys},
                data=request.payload,
                headers=dict(request.headers),
                ttl=settings.ttl_seconds,
                vapid_private_key=settings.private_key,
                vapid_claims={"sub": settings.contact},
            )
        except DeliveryFailed as failure:
            return failure
        except Exception as error:  # whatever the library raises, it did not go out
            return DeliveryFailed("push_error", f"the push service failed: {type(error).__name__}")
        return None

    def close(self) -> None:
        """Nothing is held open."""


def open_channel(settings: Mapping[str, Any], folder: Path) -> WebPushChannel:
    """Raises InvalidInput, with what to install, where the library is missing."""
    read = read_channel_settings(WebPushSettings, settings, "webpush")
    if find_spec("pywebpush") is None:
        raise InvalidInput(
            "The channel webpush encrypts with the library pywebpush, which is not installed. Install it with: "
            "pip install pywebpush. Without it, write the lists with --out and send them with a program of your own."
        )
    path = folder / read.subscriptions
    try:
        lines = path.read_bytes().splitlines()
        subscriptions = [msgspec.json.decode(line, type=Subscription) for line in lines if line.strip()]
    except (OSError, msgspec.MsgspecError) as error:
        raise InvalidInput(f"{path} cannot be read as lines of subscriptions: {error}") from error
    read = msgspec.structs.replace(read, private_key=str(folder / read.private_key))
    return WebPushChannel(read, subscriptions, import_module("pywebpush").webpush)
