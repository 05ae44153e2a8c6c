"""A stream of pieces becomes sentences as soon as each is whole, whatever the pieces are cut like."""

from __future__ import annotations

import re

LONGEST = 400
"""Characters after which a sentence that does not end is cut, and so will not pass."""

_END = re.compile(r"[。！？!?…]+[”’\"'）)]*|\.(?=\s|$)[”’\"')]*|\n+")


class Sentences:
    """Feed it pieces; it gives whole sentences, in order, and what remains at the end."""

    def __init__(self) -> None:
        self._held = ""

    def feed(self, piece: str) -> list[str]:
        """Sentences that are whole now. A stop at the very end waits: what follows may make it a decimal point."""
        self._held += piece
        found: list[str] = []
        start = 0
        for end in _END.finditer(self._held):
            if end.end() == len(self._held) and end[0].startswith("."):
                break
            found.append(self._held[start : end.end()])
            start = end.end()
        self._held = self._held[start:]
        if len(self._held) > LONGEST:
            found.append(self._held)
            self._held = ""
        return [one.strip() for one in found if one.strip()]

    def rest(self, *, is_whole: bool) -> list[str]:
        """What is left when the stream ended; nothing where it was cut off."""
        held, self._held = self._held.strip(), ""
        return [held] if held and is_whole else []
