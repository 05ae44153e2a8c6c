"""Global trade item numbers: EAN, UPC, ISBN, JAN, with their check digit.

Source: GS1 General Specifications, section 7.9: weights 3 and 1 from the right. ISBN-10: ISO 2108, weights 10 to 1.
"""

from __future__ import annotations

LENGTHS = (8, 12, 13, 14)


def read_gtin(text: str) -> str | None:
    """The digits of a number whose check digit is right; an ISBN-10 as the ISBN-13 it stands for; None otherwise."""
    digits = "".join(text.split()).replace("-", "")
    if len(digits) == 10 and (made := _isbn_13(digits)) is not None:
        return made
    if not (digits.isascii() and digits.isdigit()) or len(digits) not in LENGTHS or not int(digits):
        return None
    return digits if check_digit(digits[:-1]) == digits[-1] else None


def check_digit(body: str) -> str:
    """The digit that belongs behind these."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body)))
    return str(-total % 10)


def _isbn_13(text: str) -> str | None:
    body, last = text[:9], text[9]
    if not (body.isascii() and body.isdigit() and ((last.isascii() and last.isdigit()) or last in "Xx")):
        return None
    total = sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), body, strict=True))
    if (total + (10 if last in "Xx" else int(last))) % 11:
        return None
    return f"978{body}{check_digit('978' + body)}"
