"""The shops that one process has open. A key decides which of them a call is about, and nothing else does.

Each shop has its own settings, store, models and keys; nothing of one can be reached from another. A shop that cannot
be opened is told at /readyz and keeps no other from opening. With several shops the folders are looked at again and
again: a new one is opened, one that is gone is closed, and one whose shop.toml changed is opened anew.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from starlette.concurrency import run_in_threadpool

from daogou.core.errors import DaogouError, InvalidInput, Unauthorized
from daogou.core.settings import SHOP_FILE, database_url, files_folder
from daogou.serve.api.errors import in_public
from daogou.serve.api.service import Service
from daogou.serve.keys import KeyHolder, key_id_of
from daogou.serve.monitor.log import logger

LOOK_SECONDS = 2.0
TRY_AGAIN_SECONDS = 30.0
FINISH_SECONDS = 20.0


@dataclass
class OpenShop:
    """One shop and how many calls it is answering; `hang_up` ends its streams."""

    folder: Path
    service: Service
    stamp: int
    open_calls: int = 0
    hang_up: list[Callable[[], None]] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.service.settings.shop.id


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a shop is not open, and when it is tried again."""

    told: str
    stamp: int
    again_at: float


class Shops:
    """All shops of this process.

    wanted  the folders that should be open, as of now
    open_   opens the shop in a folder, in a thread
    """

    def __init__(self, wanted: Callable[[], Sequence[Path]], open_: Callable[[Path], Service], *, is_one: bool) -> None:
        self._wanted = wanted
        self._open = open_
        self.is_one = is_one
        self._by_folder: dict[Path, OpenShop] = {}
        self._problems: dict[Path, Problem] = {}
        self._only: OpenShop | None = None

    @property
    def all(self) -> list[OpenShop]:
        """Those that are open."""
        return list(self._by_folder.values())

    @property
    def problems(self) -> Mapping[str, str]:
        """By name of the folder, why a shop is not open."""
        return {folder.name: problem.told for folder, problem in self._problems.items()}

    @property
    def only(self) -> OpenShop | None:
        """The one shop of a server that has one."""
        return self._only

    def open_all(self) -> None:
        """Open what is wanted. One shop alone raises what is wrong with it; among several it is noted."""
        for folder in self._wanted():
            self._try(folder)
        if self.is_one:
            self._only = next(iter(self._by_folder.values()))

    def holder(self, text: str) -> tuple[OpenShop, KeyHolder]:
        """Whose key this is, and the shop it belongs to; Unauthorized without exactly one such shop."""
        if self._only is not None:
            return self._only, self._only.service.keys.holder(text)
        key_id = key_id_of(text)
        found: list[tuple[OpenShop, KeyHolder]] = []
        for shop in self._by_folder.values():
            if shop.service.keys.knows(key_id):
                try:
                    found.append((shop, shop.service.keys.holder(text)))
                except Unauthorized:
                    continue
        if len(found) > 1:  # only copies of one keys.json, under one pepper, can both take it
            logger().warning(
                "A key is of several shops, and so of none.", key_id=key_id, shops=[s.id for s, _ in found]
            )
        if len(found) != 1:
            raise Unauthorized("This API key is not valid. Check that it was copied whole and has not been revoked.")
        return found[0]

    def of_host(self, host: str) -> OpenShop | None:
        """The shop whose pages appear under a host name; a server with one shop has it under every name."""
        if self._only is not None:
            return self._only
        name = host.partition(":")[0].lower()
        return next((shop for shop in self._by_folder.values() if name in shop.service.settings.server.hosts), None)

    def of_id(self, shop_id: str) -> OpenShop | None:
        """The shop with this id."""
        return next((shop for shop in self._by_folder.values() if shop.id == shop_id), None)

    async def watch(self) -> None:
        """Keep step with the folders until cancelled."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self.look()
            except Exception:
                logger().exception("The folders of the shops could not be looked at.")

    async def look(self) -> None:
        """Open, close and open anew what changed since the last look."""
        wanted = await run_in_threadpool(self._wanted)
        for folder in [one for one in self._by_folder if one not in wanted]:
            await self.close(folder)
        for folder in [one for one in self._problems if one not in wanted]:
            del self._problems[folder]
        for folder in wanted:
            shop, problem = self._by_folder.get(folder), self._problems.get(folder)
            stamp = _stamp(folder)
            if shop is not None and shop.stamp != stamp:
                await self.close(folder)
            elif shop is not None:
                continue
            if problem is None or problem.stamp != stamp or time.monotonic() >= problem.again_at:
                await run_in_threadpool(self._try, folder)

    async def close(self, folder: Path) -> None:
        """Take no more calls for a shop, finish those that are there, and let go of it."""
        shop = self._by_folder.pop(folder)
        for hang_up in shop.hang_up:
            hang_up()
        deadline = time.monotonic() + FINISH_SECONDS
        while shop.open_calls and time.monotonic() < deadline:
            await asyncio.sleep(0.02)
        await shop.service.hang_up()
        await run_in_threadpool(shop.service.close)
        logger().info("closed", shop=shop.id)

    def close_all(self) -> None:
        """The server stops."""
        for shop in self.all:
            del self._by_folder[shop.folder]
            shop.service.close()
            logger().info("closed", shop=shop.id)
        self._only = None

    def _try(self, folder: Path) -> None:
        stamp = _stamp(folder)
        try:
            service = self._open(folder)
            try:
                self._check_apart(folder, service)
            except DaogouError:
                service.close()
                raise
        except Exception as error:
            if self.is_one:
                raise
            told = str(in_public(error)) if isinstance(error, DaogouError) else f"{type(error).__name__}, see the log"
            if folder not in self._problems or self._problems[folder].told != told:
                logger().error("A shop cannot be opened.", folder=folder.name, reason=told, exc_info=error)
            self._problems[folder] = Problem(told, stamp, time.monotonic() + TRY_AGAIN_SECONDS)
            return
        self._problems.pop(folder, None)
        self._by_folder[folder] = OpenShop(folder, service, stamp)
        release = service.shop.release_name
        logger().info("open", shop=service.settings.shop.id, items=len(service.shop.catalogue), model=release)

    def _check_apart(self, folder: Path, service: Service) -> None:
        """InvalidInput where the shop shares with an open one what makes a shop its own."""
        mine = _own(folder, service)
        for other in self.all:
            for what, value in _own(other.folder, other.service).items():
                if mine[what] == value:
                    raise InvalidInput(
                        f"The shops in {folder.name} and {other.folder.name} have the same {what}. Give each its own "
                        f"in [shop] of its {SHOP_FILE}; settings in the environment hold for all shops of a server."
                    )


def _own(folder: Path, service: Service) -> dict[str, str]:
    settings = service.settings
    return {
        "id": settings.shop.id,
        "database": database_url(settings, folder),
        "files": str(files_folder(settings, folder)),
    }


def _stamp(folder: Path) -> int:
    try:
        return (folder / SHOP_FILE).stat().st_mtime_ns
    except OSError:
        return 0
