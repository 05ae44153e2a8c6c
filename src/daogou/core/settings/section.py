"""What every section of shop.toml has in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """Unknown names are refused; a field's docstring is its text on the settings page."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)
