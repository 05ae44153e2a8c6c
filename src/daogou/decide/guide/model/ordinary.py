"""Everyday words of talk in a shop, from ordinary.toml: what a sentence may be made of beside the facts it is about."""

from __future__ import annotations

import tomllib
from importlib.resources import files

_WORDS = tomllib.loads(files(__package__).joinpath("ordinary.toml").read_text("utf-8"))

ENGLISH = frozenset(_WORDS["en"].split())
CHINESE = frozenset(_WORDS["zh"].split())
