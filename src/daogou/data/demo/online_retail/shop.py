"""Settings that come with the shop."""

from __future__ import annotations

from importlib.resources import files


def shop_settings() -> str:
    """The text of the shop's shop.toml."""
    return files(__package__).joinpath("shop.toml").read_text(encoding="utf-8")
