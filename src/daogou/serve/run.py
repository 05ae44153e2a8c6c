"""Start the server: one process or several, each answering for the same shop."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from daogou import __version__
from daogou.core.errors import InvalidInput
from daogou.core.settings import ServerSettings, Settings
from daogou.decide.filters.placements import check_placements
from daogou.serve.audit.log import SERVER, AuditLog
from daogou.serve.audit.settings_digest import settings_digests
from daogou.serve.handover import environment_for, folder_and_settings
from daogou.serve.keys import storefront_key
from daogou.serve.monitor.log import LOG_CONFIG, configure_log

FACTORY = "daogou.serve.worker:create_worker"
METRICS_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
SECONDS_TO_FINISH = 20
SECONDS_TO_KEEP_ALIVE = 30
WAITING_CONNECTIONS = 2_048


def run_server(folder: Path, settings: Settings) -> None:
    """Serve the shop in `folder` until told to stop; then finish what was begun and commit what was taken.

    This process is replaced by the server, so that it starts with the right environment and nothing else in memory.
    """
    check_placements(settings)
    check_address(settings.server)
    storefront_key(folder, settings)  # made here, so that workers do not race for it
    environment = {**os.environ, **environment_for(folder, settings)}
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
    folder, settings = folder_and_settings()
    configure_log()
    AuditLog(folder).add("server_started", SERVER, version=__version__, **settings_digests(settings))
    server = settings.server
    shared = tempfile.mkdtemp(prefix="daogou-metrics-") if server.workers > 1 else None
    if shared:
        os.environ[METRICS_VARIABLE] = shared
    try:
        _serve(server)
    finally:
        if shared:
            shutil.rmtree(shared, ignore_errors=True)


def _serve(server: ServerSettings) -> None:
    import uvicorn  # here, so that the process that is replaced does not load it

    uvicorn.run(
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
        proxy_headers=False,
        backlog=WAITING_CONNECTIONS,
        timeout_keep_alive=SECONDS_TO_KEEP_ALIVE,
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
    )


if __name__ == "__main__":
    main()
