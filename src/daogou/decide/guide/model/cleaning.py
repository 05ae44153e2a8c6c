"""Plain text as a language model gets it: no angle brackets either, which set off what is data from what is asked."""

from __future__ import annotations

from daogou.decide.words.plain_text import is_hidden, plain

_BRACKETS = str.maketrans("<>", "  ")


def cleaned(text: str, most: int) -> str:
    """At most `most` characters of the text as a person would see it, on one line."""
    seen = "".join(one for one in plain(text, most) if not is_hidden(one))
    return " ".join(seen.translate(_BRACKETS).split())
