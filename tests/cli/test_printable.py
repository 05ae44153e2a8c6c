"""What others wrote cannot steer the terminal of whoever reads it."""

from __future__ import annotations

import pytest

from daogou.cli.printable import printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J\x1b]0;title\x07", r"\x1b[2J\x1b]0;title\x07"),
        ("price\r0.00", r"price\r0.00"),
        ("a\x9bb", r"a\x9bb"),
        ("\u202egnp.exe", r"\u202egnp.exe"),
        ("马克杯 é\tb\nc", "马克杯 é\tb\nc"),
        ("plain [bold]", "plain [bold]"),
    ],
)
def test_controls_and_turned_writing_are_shown_as_what_they_are(text: str, shown: str) -> None:
    assert printable(text) == shown
