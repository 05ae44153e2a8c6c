"""What the border assumes where a row is silent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Defaults:
    """The shop's own words for what rows leave out, and the bounds on their times.

    currency            ISO 4217 code of prices without one
    language            language tag of texts without one
    timezone            IANA name of the zone of times without one
    max_future_seconds  how far after now an event may claim to be
    max_age_days        how long before now an event may claim to be
    date_order          how to read 01/12/2010; None refuses it
    allow_contact_ids   True only where ids that look like phone numbers are known to be none; e-mails never are ids
    """

    currency: str = "GBP"
    language: str = "en"
    timezone: str = "UTC"
    max_future_seconds: int = 300
    max_age_days: int = 36_500
    date_order: Literal["day_first", "month_first"] | None = None
    allow_contact_ids: bool = False
