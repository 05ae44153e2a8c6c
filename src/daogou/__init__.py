"""Daogou: a self-hosted AI shopping guide that recommends, explains and keeps the shopper's data private."""

__version__ = "0.1.0"
