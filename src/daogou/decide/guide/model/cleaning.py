"""Texts of the catalogue and of a model as plain text: nothing hidden, nothing that a page or a model could obey.

Catalogue texts are data, whoever wrote them. What is cut here: control, direction, zero-width and tag characters,
HTML, and everything beyond a length.
"""

from __future__ import annotations

import html
import re
import unicodedata

_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1>|\Z)|</?[A-Za-z!][^<>]*(?:>|\Z)", re.DOTALL | re.IGNORECASE
)
_SPACE = re.compile(r"\s+")
_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffc") | {chr(n) for n in range(0x180B, 0x1810)}
"""Letters and marks that are drawn as nothing."""


def is_hidden(character: str) -> bool:
    """Whether a character shows nothing of itself; plain spaces and line ends are not meant."""
    code = ord(character)
    if 0xFE00 <= code <= 0xFE0F or 0xE0000 <= code <= 0xE0FFF:  # variation selectors and tags
        return True
    return character in _FILLERS or (character not in "\n\r\t" and unicodedata.category(character) in _HIDDEN)


def cleaned(text: str, most: int) -> str:
    """At most `most` characters of the text as a person would see it, on one line."""
    text = html.unescape(html.unescape(text[: 20 * most]))
    text = _MARKUP.sub(" ", text).replace("<", " ").replace(">", " ")
    text = "".join(" " if one.isspace() else one for one in text if one.isspace() or not is_hidden(one))
    text = _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
