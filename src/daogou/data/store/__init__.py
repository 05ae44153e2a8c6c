"""The shop's facts on disk: the event log, the catalogue, the users and the served slates. SQL lives only here."""

from daogou.data.store.open import open_store
from daogou.data.store.store import Appended, ServedItem, ServedSlate, Store, person_keys
from daogou.data.store.writer import EventWriter

__all__ = ["Appended", "EventWriter", "ServedItem", "ServedSlate", "Store", "open_store", "person_keys"]
