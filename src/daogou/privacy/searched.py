"""What somebody searched for, in the form in which it may be counted: equal for everybody who means the same words."""

from __future__ import annotations

import unicodedata

from daogou.privacy.mask import mask_contacts, mask_numbers

MOST_CHARACTERS = 80
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))


def counted_words(words: str) -> str:
    """Small letters, one width, single spaces, no contact data and no long numbers; empty when nothing is left."""
    folded = unicodedata.normalize("NFKC", words[: 20 * MOST_CHARACTERS]).casefold()
    seen = "".join(" " if unicodedata.category(one) in _UNSEEN else one for one in folded)
    return mask_numbers(mask_contacts(" ".join(seen.split())))[:MOST_CHARACTERS].strip()
