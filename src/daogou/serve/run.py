"""Start the server: one process or several, each answering for the same shop."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

import uvicorn

from daogou.core.settings import Settings
from daogou.serve.api.app import FLAGS_VARIABLE, FOLDER_VARIABLE
from daogou.serve.keys import storefront_key
from daogou.serve.monitor.log import LOG_CONFIG, configure_log
from daogou.serve.monitor.metrics import SHARED_FOLDER

FACTORY = "daogou.serve.api.app:create_app"
SECONDS_TO_FINISH = 20
SECONDS_TO_KEEP_ALIVE = 30
WAITING_CONNECTIONS = 2_048
THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def run_server(folder: Path, settings: Settings) -> None:
    """Serve the shop in `folder` until told to stop; then finish what was begun and commit what was taken."""
    configure_log()
    storefront_key(folder, settings)  # made here, so that workers do not race for it
    os.environ[FOLDER_VARIABLE] = str(folder.resolve())
    os.environ[FLAGS_VARIABLE] = json.dumps(settings.model_dump(mode="json", exclude={"key_pepper"}))
    for name in THREAD_VARIABLES:  # one answer is small; threads inside it would only fight over the cores
        os.environ.setdefault(name, "1")
    server = settings.server
    shared = tempfile.mkdtemp(prefix="daogou-metrics-") if server.workers > 1 else None
    if shared:
        os.environ[SHARED_FOLDER] = shared
    try:
        uvicorn.run(
            FACTORY,
            factory=True,
            host=server.host,
            port=server.port,
            workers=server.workers,
            loop="uvloop" if sys.platform != "win32" else "asyncio",
            http="httptools",
            lifespan="on",
            log_config=LOG_CONFIG,
            access_log=False,
            server_header=False,
            date_header=True,
            proxy_headers=False,
            backlog=WAITING_CONNECTIONS,
            timeout_keep_alive=SECONDS_TO_KEEP_ALIVE,
            timeout_graceful_shutdown=SECONDS_TO_FINISH,
        )
    finally:
        if shared:
            os.environ.pop(SHARED_FOLDER, None)
            shutil.rmtree(shared, ignore_errors=True)
