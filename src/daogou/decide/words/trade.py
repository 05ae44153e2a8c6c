"""Words of the trade that any shop may need: which spellings mean the same, see trade.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from daogou.decide.words.tokens import plain, tokens

Stems = tuple[str, ...]

NAMES, THINGS, FEATURES, TAGS = "names", "things", "features", "tags"
_ALIASES = {"product_type": THINGS, "category": THINGS, "shade": "colour"}


@dataclass(frozen=True, slots=True)
class Trade:
    """sets: by section and code, all spellings of one meaning; codes: by section, the codes a spelling belongs to."""

    sets: Mapping[str, Mapping[str, tuple[str, ...]]]
    codes: Mapping[str, Mapping[Stems, tuple[str, ...]]]

    def section_of(self, concept: str | None) -> str | None:
        """Where words for values of such an attribute stand."""
        if concept is None:
            return None
        name = _ALIASES.get(concept, concept)
        return name if name in self.sets and name not in (NAMES, FEATURES) else None

    def synonyms(self, section: str, spelling: str) -> tuple[str, ...]:
        """Other spellings of what this one means, none where it is not known."""
        codes = self.codes[section].get(stems(spelling), ())
        return tuple(dict.fromkeys(word for code in codes for word in self.sets[section][code]))

    def concept(self, name: str) -> str | None:
        """What an attribute of this name or label is about."""
        found = self.codes[NAMES].get(stems(name))
        return found[0] if found else None


def stems(text: str) -> Stems:
    """What a spelling is compared by; signs do not count."""
    return tuple(token.stem for token in tokens(plain(text)) if token.kind != "sign")


@lru_cache(maxsize=1)
def trade() -> Trade:
    """The table that comes with the program."""
    raw = tomllib.loads((files("daogou.decide.words") / "trade.toml").read_text(encoding="utf-8"))
    sets = {section: {code: tuple(line.split("|")) for code, line in lines.items()} for section, lines in raw.items()}
    codes: dict[str, dict[Stems, tuple[str, ...]]] = {}
    for section, lines in sets.items():
        of_section = codes.setdefault(section, {})
        for code, words in lines.items():
            for word in words:
                key = stems(word)
                if code not in of_section.get(key, ()):
                    of_section[key] = (*of_section.get(key, ()), code)
    return Trade(sets, codes)
