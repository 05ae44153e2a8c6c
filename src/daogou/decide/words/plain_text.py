"""Texts of a catalogue or a model as plain words: no markup, nothing that is not seen, no longer than asked.

What a supplier hides in a text (tags, zero-width and tag characters, marks that turn the direction of writing) would
reach a language model or a page of somebody else that trusts the shop. Source of the invisible ones: Unicode 16,
general category Cf and the property Default_Ignorable_Code_Point.
"""

from __future__ import annotations

import html
import re
import unicodedata

ROUNDS = 4
"""Markup may hide in markup; what is left after so many rounds loses its opening marks."""

_SILENT = re.compile(r"<(script|style|template|noscript)\b.*?(</\1\s*>|$)|<!--.*?(-->|$)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z!?][^<>]*(>|$)")
_OPENING = re.compile(r"<(?=[a-zA-Z/!?])")
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0e\ufeff\uffa0\ufff0-\uffff\ufdd0-\ufdef\ue000-\uf8ff\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U0010ffff]"
)
_AS_PICTURE = "\ufe0f"
"""Has the character before it drawn as a picture: shows nothing itself, but belongs to many emoji."""

_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
_SPACE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_PILED = re.compile("([\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe0f]{2})[\u0300-\u036f\u1ab0-\u1aff"
                    "\u1dc0-\u1dff\u20d0-\u20ff\ufe0f]+")  # fmt: skip


def plain(text: str, longest: int) -> str:
    """The words of `text` on one line, at most `longest` characters, with … where it was cut."""
    text = text[: 8 * longest + 1_000]
    if not (text.isascii() and text.isprintable()):
        text = _PILED.sub(r"\1", _SPACE.sub(" ", _UNSEEN.sub("", unicodedata.normalize("NFC", text))))
    if "<" in text or "&" in text:
        text = _without_markup(text)
    return cut(" ".join(text.split()), longest)


def is_hidden(character: str) -> bool:
    """Whether a character shows nothing of itself; plain spaces and line ends are not meant."""
    if character in "\n\r\t":
        return False
    return unicodedata.category(character) in _HIDDEN or character == _AS_PICTURE or bool(_UNSEEN.match(character))


def cut(text: str, longest: int) -> str:
    """At most `longest` characters, never between a letter and its marks."""
    if len(text) <= longest:
        return text
    end = longest - 1
    while end > 0 and unicodedata.combining(text[end]):
        end -= 1
    return text[:end].rstrip() + "…"


def _without_markup(text: str) -> str:
    for _ in range(ROUNDS):
        before = text
        text = _TAG.sub(" ", _SILENT.sub(" ", html.unescape(text)))
        text = _UNSEEN.sub("", text)  # an entity may stand for one
        if text == before:
            break
    return _OPENING.sub(" ", text)
