"""What the model cost today, kept in one small file of the shop's folder that all its processes share."""

from __future__ import annotations

import hashlib
import logging
import threading
from pathlib import Path

import msgspec

from daogou.core.clock import SECOND_US, Clock
from daogou.decide.guide.model.budget import Spent
from daogou.learn.locks import locked

FILE = "language_model_spent.json"
DAY_US = 86_400 * SECOND_US
_LOG = logging.getLogger("daogou.serve")


class Spending:
    """Takes from the day's caps before a call and gives back what was not used. Blocks on a file lock: use a thread.

    Where the file cannot be written, this process counts for itself.
    """

    def __init__(self, folder: Path, clock: Clock, *, of_session: int, of_shop: int) -> None:
        self._path = folder / FILE
        self._clock = clock
        self._of_session, self._of_shop = of_session, of_shop
        self._own = Spent()
        self._lock = threading.Lock()

    def take(self, session: str, tokens: int) -> bool:
        """Set tokens aside for a call; False, and nothing set aside, where a cap is reached."""
        return self._change(session, tokens, is_call=True)

    def settle(self, session: str, taken: int, used: int) -> None:
        """A call that set `taken` aside has ended, and used so much."""
        if used != taken:
            self._change(session, used - taken, is_call=False)

    def _change(self, session: str, tokens: int, *, is_call: bool) -> bool:
        day = self._clock() // DAY_US
        named = hashlib.sha256(session.encode()).hexdigest()[:12]
        with self._lock:
            try:
                with locked(self._path.with_suffix(".lock")):
                    spent = self._read()
                    if is_call and not self._may(spent, day, named, tokens):
                        return False
                    spent.add(day, named, tokens)
                    written = self._path.with_suffix(".new")
                    written.write_bytes(msgspec.json.encode(spent))
                    written.replace(self._path)
                    self._own = spent
            except OSError as error:
                _LOG.warning("%s cannot be written: %s. This process counts for itself.", self._path, error)
                if is_call and not self._may(self._own, day, named, tokens):
                    return False
                self._own.add(day, named, tokens)
        return True

    def _may(self, spent: Spent, day: int, session: str, tokens: int) -> bool:
        return spent.may(day, session, tokens, of_session=self._of_session, of_shop=self._of_shop)

    def _read(self) -> Spent:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=Spent)
        except FileNotFoundError:
            return Spent()
        except msgspec.MsgspecError:
            return self._own
