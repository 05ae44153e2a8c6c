"""The catalogue as files that search engines, marketplaces and assistants take in; one file per format."""

from __future__ import annotations

from importlib import import_module

from daogou.core.errors import UnknownName
from daogou.serve.feeds.feed import Format

FORMATS: dict[str, str] = {
    "schema-org": "daogou.serve.feeds.schema_org",
    "google": "daogou.serve.feeds.google",
    "acp": "daogou.serve.feeds.acp",
    "openai": "daogou.serve.feeds.openai",
}
"""Every format by its name; each module has a FORMAT."""


def format_named(name: str) -> Format:
    """The format; UnknownName says which there are."""
    if name not in FORMATS:
        raise UnknownName("feed format", name, FORMATS)
    found: Format = import_module(FORMATS[name]).FORMAT
    return found
