"""What the doctor says: for each finding what was seen, why it matters, and what to do, per language."""

from __future__ import annotations

from collections.abc import Mapping

from daogou.serve.upkeep.doctor.words_facts import FACT_WORDS
from daogou.serve.upkeep.doctor.words_model import MODEL_WORDS
from daogou.serve.upkeep.doctor.words_place import PLACE_WORDS
from daogou.serve.upkeep.doctor.words_server import SERVER_WORDS

WORDS: Mapping[str, Mapping[str, tuple[str, str, str]]] = {**PLACE_WORDS, **FACT_WORDS, **SERVER_WORDS, **MODEL_WORDS}
"""Every finding: what, why and do."""
