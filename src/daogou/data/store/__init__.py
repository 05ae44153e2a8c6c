"""The shop's facts on disk: event log, catalogue, users, served slates and rules. SQL lives only here."""

from daogou.data.store.open import database_file, move_store, open_store, place_snapshot
from daogou.data.store.store import Appended, ServedItem, ServedSlate, Store, person_keys
from daogou.data.store.writer import EventWriter

__all__ = [
    "Appended",
    "EventWriter",
    "ServedItem",
    "ServedSlate",
    "Store",
    "database_file",
    "move_store",
    "open_store",
    "person_keys",
    "place_snapshot",
]
