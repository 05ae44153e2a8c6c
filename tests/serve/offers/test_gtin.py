"""Trade item numbers."""

from __future__ import annotations

import pytest

from daogou.serve.offers.gtin import read_gtin


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4006381333931", "4006381333931"),  # GS1's own example of an EAN-13
        ("400638133393 1", "4006381333931"),
        ("036000291452", "036000291452"),  # UPC-A
        ("73513537", "73513537"),  # EAN-8
        ("10614141000415", "10614141000415"),  # GTIN-14
        ("978-3-16-148410-0", "9783161484100"),
        ("3-16-148410-X", "9783161484100"),  # the same book as an ISBN-10
        ("4006381333932", None),
        ("400638133393", None),
        ("3161484101", None),
        ("0000000000000", None),
        ("４００６３８１３３３９３１", None),
        ("unknown", None),
        ("", None),
    ],
)
def test_the_check_digit_decides(text: str, expected: str | None) -> None:
    assert read_gtin(text) == expected
