"""Start the server: one process or several, each answering for the same shop or shops."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from types import FrameType

from daogou import __version__
from daogou.core.errors import InvalidInput
from daogou.core.settings import ServerSettings, Settings
from daogou.decide.filters.placements import check_placements
from daogou.serve.audit.log import SERVER, AuditLog
from daogou.serve.audit.settings_digest import settings_digests
from daogou.serve.handover import (
    SHOPS_VARIABLE,
    ManyShops,
    environment_for,
    environment_for_many,
    folder_and_settings,
    many_shops,
)
from daogou.serve.keys import storefront_key
from daogou.serve.monitor.log import LOG_CONFIG, configure_log
from daogou.serve.open_files import raise_limit

FACTORY = "daogou.serve.worker:create_worker"
METRICS_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
SECONDS_TO_FINISH = 20
SECONDS_TO_KEEP_ALIVE = 30
WAITING_CONNECTIONS = 2_048
FAILED_TO_START = 3
ACCEPTED_AT_ONCE = 16
"""uvloop takes one new connection per listening socket each time it comes round. Under overload it comes round fifty
times a second, and whoever is not yet connected would wait for many seconds; so it listens several times at once."""


def run_server(folder: Path, settings: Settings) -> None:
    """Serve the shop in `folder` until told to stop; then finish what was begun and commit what was taken.

    This process is replaced by the server, so that it starts with the right environment and nothing else in memory.
    """
    check_placements(settings)
    check_address(settings.server)
    storefront_key(folder, settings)  # made here, so that workers do not race for it
    _become_server(environment_for(folder, settings))


def run_many(shops: ManyShops, settings: Settings) -> None:
    """Serve several shops; `settings` are the server's own. What is wrong with one of them is told at /readyz."""
    check_address(settings.server)
    _become_server(environment_for_many(shops, settings))


def _become_server(added: dict[str, str]) -> None:
    environment = {name: value for name, value in os.environ.items() if name != SHOPS_VARIABLE} | added
    command = [sys.executable, "-m", "daogou.serve.run"]
    sys.stdout.flush()
    sys.stderr.flush()
    if sys.platform == "win32":
        sys.exit(subprocess.run(command, env=environment, check=False).returncode)
    os.execve(sys.executable, command, environment)


def check_address(server: ServerSettings) -> None:
    """Raise InvalidInput where nothing can listen on the address, before any work is done."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(server.host, server.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            if sys.platform != "win32":  # there it would let two servers share a port
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        raise InvalidInput(
            f"Cannot listen on {server.host}, port {server.port}: {error.strerror}. "
            "Choose another, for example --port 8081."
        ) from None


def main() -> None:
    """Serve what the environment names."""
    many = many_shops()
    folder, settings = (None, many[1]) if many else folder_and_settings()
    configure_log()
    raise_limit(settings.server.max_connections)
    if folder is not None:
        AuditLog(folder).add("server_started", SERVER, version=__version__, **settings_digests(settings))
    if many and settings.training.in_server:
        logging.getLogger("daogou.serve").warning(
            "[training] in_server is for a server of one shop: run `daogou worker --shop DIR` for each of these."
        )
    shared = tempfile.mkdtemp(prefix="daogou-metrics-") if settings.server.workers > 1 else None
    if shared:
        os.environ[METRICS_VARIABLE] = shared
    try:
        _serve(settings, trains=settings.training.in_server and many is None)
    finally:
        if shared:
            shutil.rmtree(shared, ignore_errors=True)


def _serve(settings: Settings, *, trains: bool) -> None:
    import uvicorn  # here, so that the process that is replaced does not load it

    server = settings.server
    config = uvicorn.Config(
        FACTORY,
        factory=True,
        host=server.host,
        port=server.port,
        workers=server.workers,
        loop="uvloop" if sys.platform != "win32" else "asyncio",
        http="daogou.serve.connection:Connection",
        lifespan="on",
        log_config=LOG_CONFIG,
        access_log=False,
        server_header=False,
        proxy_headers=bool(server.trusted_proxies),
        forwarded_allow_ips=list(server.trusted_proxies),
        backlog=WAITING_CONNECTIONS,
        timeout_keep_alive=SECONDS_TO_KEEP_ALIVE,
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
    )
    listening = config.bind_socket()
    sockets = [listening, *(listening.dup() for _ in range(ACCEPTED_AT_ONCE - 1))]
    if server.workers > 1 or trains:
        from daogou.serve.supervisor import Supervisor, trainer_command

        Supervisor(config, sockets, trainer_command() if trains else None).run()
        return
    if sys.platform != "win32":
        signal.signal(signal.SIGHUP, _no_other_to_take_over)
    worker = uvicorn.Server(config)
    worker.run(sockets=sockets)
    if not worker.started:
        sys.exit(FAILED_TO_START)


def _no_other_to_take_over(number: int, frame: FrameType | None) -> None:
    logging.getLogger("daogou.serve").warning(
        "SIGHUP replaces processes one by one, and this is the only one: set [server] workers = 2, or stop and start."
    )


if __name__ == "__main__":
    main()
