"""The settings page is written from the program, so the two cannot disagree."""

from __future__ import annotations

from pathlib import Path

from daogou.cli.settings_page import SECTIONS, page

COMMITTED = Path(__file__).parents[2] / "docs" / "settings.md"


def test_the_committed_page_is_the_one_the_program_writes() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == page(), "write it again: python -m daogou.cli.settings_page"


def test_every_setting_has_a_meaning() -> None:
    silent = [
        f"{section}.{name}"
        for section, fields in SECTIONS.items()
        for name, field in fields.model_fields.items()
        if not field.description
    ]
    assert silent == []
