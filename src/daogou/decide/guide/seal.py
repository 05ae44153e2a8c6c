"""The state as text that the caller carries: authentic, bound to one shop, and good for a limited time.

It is not secret: it holds what the shopper said and saw. It is sealed so that nobody can make one up.
"""

from __future__ import annotations

import hmac
import os
import secrets
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import suppress
from pathlib import Path

import msgspec

from daogou.core.clock import HOUR_US
from daogou.core.settings import Settings
from daogou.decide.guide.state import VERSION, State, bounded

KEY_FILE = "guide.key"
KEY_BYTES = 32
MOST_CHARACTERS = 8_000
MOST_UNPACKED = 64_000
DIGEST_BYTES = 20
_DECODER = msgspec.msgpack.Decoder(State)


def seal(state: State, key: bytes) -> str:
    """The state as text of at most MOST_CHARACTERS; where it is longer, the oldest steps back are forgotten."""
    state = bounded(state)
    text = _sealed(state, key)
    while len(text) > MOST_CHARACTERS and state.trail:
        state = msgspec.structs.replace(state, trail=state.trail[1:])
        text = _sealed(state, key)
    if len(text) > MOST_CHARACTERS:
        text = _sealed(State(at_us=state.at_us, language=state.language, turn=state.turn), key)
    return text


def unseal(text: str, key: bytes, now_us: int, state_hours: float = 24.0) -> State | None:
    """The state, or None where the text is not one that this shop gave out lately."""
    if len(text) > MOST_CHARACTERS:
        return None
    try:
        sealed = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
        body, digest = sealed[:-DIGEST_BYTES], sealed[-DIGEST_BYTES:]
        if not hmac.compare_digest(_digest(body, key), digest):
            return None
        unpacker = zlib.decompressobj()
        state = _DECODER.decode(unpacker.decompress(body, MOST_UNPACKED))
    except (ValueError, zlib.error, msgspec.DecodeError):
        return None
    is_fresh = state.at_us - HOUR_US <= now_us <= state.at_us + state_hours * HOUR_US
    return state if state.version == VERSION and is_fresh else None


def state_key(folder: Path, settings: Settings) -> bytes:
    """The shop's own key: from its pepper where the settings hold one, else from a file that only its owner reads.

    A folder that cannot be written gives a key of this process alone; its conversations end with it.
    """
    pepper = settings.key_pepper
    if pepper is not None:
        return hmac.digest(pepper.get_secret_value().encode(), b"guide state of " + settings.shop.id.encode(), "sha256")
    path = folder / KEY_FILE
    try:
        return _read(path) or _made(path)
    except OSError:
        return secrets.token_bytes(KEY_BYTES)


def _read(path: Path) -> bytes | None:
    try:
        held = path.read_bytes()
    except FileNotFoundError:
        return None
    return held if len(held) >= KEY_BYTES else None


def _made(path: Path) -> bytes:
    """A new key under this name, whole from the first moment on; whoever comes second takes the first one's."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
        with suppress(FileExistsError):
            os.link(draft, path)
        return path.read_bytes()
    finally:
        draft.unlink(missing_ok=True)


def _sealed(state: State, key: bytes) -> str:
    body = zlib.compress(msgspec.msgpack.encode(state), 6)
    return urlsafe_b64encode(body + _digest(body, key)).decode("ascii").rstrip("=")


def _digest(body: bytes, key: bytes) -> bytes:
    return hmac.digest(key, body, "sha256")[:DIGEST_BYTES]
