"""Whose events teach the shop, and how much agreement a pair of items needs."""

from __future__ import annotations

from pydantic import Field

from daogou.core.settings.section import Section


class TrustSettings(Section):
    """[trust]: which events are left out of learning and counting, and why; see docs/trust.md."""

    filter: bool = True
    """Judge all shoppers before each training and leave out what looks like a program. Nothing is deleted."""
    acts_per_minute: int = Field(60, ge=5)
    """Page views, searches and carts within sixty seconds from which nobody can be a person."""
    same_second: int = Field(8, ge=2)
    """Different items opened within one second from which nobody can be a person."""
    even_gaps: float = Field(0.35, ge=0, lt=1)
    """Pauses between acts that vary less than this (standard deviation over mean) are a clock's, not a person's."""
    least_gaps: int = Field(20, ge=5)
    """Pauses needed before their evenness is judged."""
    hours_awake: int = Field(20, ge=12, le=24)
    """Different hours of one day with acts in them from which nobody can be a person."""
    click_share: float = Field(0.5, gt=0)
    """Share of the places of lists shown that a shopper opens, from which nobody can be a person."""
    least_clicks: int = Field(8, ge=2)
    """Items opened from lists before that share is judged."""
    views_per_day: int = Field(1_000, ge=50)
    """Items opened on one day from which a shopper is suspected."""
    crawl_views: int = Field(200, ge=20)
    """Items opened, nine in ten of them different and none put into a cart, from which a shopper is suspected."""
    views_unseen: int = Field(20, ge=5)
    """Items opened without ever having been shown a list, where the shop reports what is shown: suspected."""
    device_key: str = "device_id"
    """Name, in the context of events, of what tells devices apart."""
    people_per_device: int = Field(20, ge=2)
    """Shoppers of one device on one day from which those of them who never bought are left out."""
    network_key: str = "network"
    """Name, in the context of events, of what tells networks apart, for example a keyed hash of the address."""
    people_per_network: int = Field(200, ge=2)
    """The same for shoppers of one network."""
    agent_key: str = "user_agent"
    """Name, in the context of events, of what a browser calls itself."""
    pair_shoppers: int = Field(5, ge=1)
    """Different trusted shoppers a pair of items needs before lists may show it; fewer in small shops."""
    account_days: float = Field(7.0, ge=0)
    """A shopper who came back after so many days is trusted, and so is one who bought."""
    stranger_vote: float = Field(0.1, ge=0, le=1)
    """What a shopper who is not trusted counts in pairs that enough trusted ones made."""
    burst: float = Field(6.0, gt=0)
    """Growth of a pair or an item over its own past, in standard deviations, from which it is held for review."""
    burst_days: float = Field(7.0, gt=0)
    """Over how many newest days growth is looked at."""
    hold_days: float = Field(28.0, ge=0)
    """A pair or an item that nobody reviewed is heard again after so many days; 0 means only when released by hand."""
