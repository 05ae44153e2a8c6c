"""An amount of money in a sentence."""

from __future__ import annotations

from daogou.data.ingest.money import minor_digits

SIGNS = {"GBP": "£", "EUR": "€", "USD": "$", "CNY": "¥"}


def money(minor: int, currency: str) -> str:
    """£12.50 or 12.500 KWD: with the sign where it can mean one currency only, else with the code."""
    digits = minor_digits(currency)
    amount = f"{minor / 10**digits:,.{digits}f}"
    sign = SIGNS.get(currency)
    return f"{sign}{amount}" if sign else f"{amount} {currency}"
