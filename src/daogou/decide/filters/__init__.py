"""The filter language: `price < 20000 and brand in ["小米", "Apple"] and not tags has "clearance"`.

From text to answer: tokens → parse, check → tree → compile → a mask over the catalogue's columns. What each expression
means is written down in contracts/filter-language.md, which a second implementation answers to as well.
"""

from daogou.decide.filters.filter import Filter, parse_filter

__all__ = ["Filter", "parse_filter"]
