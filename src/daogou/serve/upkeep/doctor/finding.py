"""What the doctor found, as data and in words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from daogou.core.settings import Settings
from daogou.data.store.store import Store
from daogou.serve.upkeep.doctor.words import WORDS

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know: `what` was seen, `why` it matters, what to `do`, each by language.

    error    shoppers or data suffer now; warning: they will, or a promise is not kept; note: good to know
    """

    code: str
    severity: Severity
    what: dict[str, str]
    why: dict[str, str]
    do: dict[str, str]


@dataclass(frozen=True)
class Patient:
    """The shop being looked at. `store` is None where its database cannot be opened, `settings` where they cannot."""

    folder: Path
    settings: Settings
    files: Path
    store: Store | None
    now_us: int


def finding(code: str, severity: Severity, **values: object) -> Finding:
    """One finding in words; `values` fill the blanks of its texts."""
    filled = {language: tuple(text.format(**values) for text in texts) for language, texts in WORDS[code].items()}
    what, why, do = ({language: texts[part] for language, texts in filled.items()} for part in range(3))
    return Finding(code, severity, what, why, do)
