"""A TCP proxy that spoils a connection on demand: late, reset, cut, silent or garbled. No rights are needed."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import threading
from typing import Literal

Fault = Literal["none", "slow", "reset", "down", "half_open", "garbage"]
SLOW_SECONDS = 2.0
_LINGER_ZERO = struct.pack("ii", 1, 0)  # closing then sends RST instead of FIN


class Proxy:
    """Passes bytes between callers and `host`:`port`, on a thread of its own; `become` changes how, at once.

    slow       every piece of an answer comes 2 seconds late
    reset      every connection is reset, new ones too
    down       nothing listens
    half_open  connections stay open and nothing comes back
    garbage    answers are noise
    """

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._fault: Fault = "none"
        self._open: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)
        self._thread.start()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self._run(self._listen())

    def become(self, fault: Fault) -> None:
        """Behave so from now on."""
        self._run(self._become(fault))

    def close(self) -> None:
        """Hang up on everybody and stop."""
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _end(self) -> None:
        await self._become("down")
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _run(self, work: object) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)  # type: ignore[arg-type]

    async def _become(self, fault: Fault) -> None:
        self._fault = fault
        if fault in ("reset", "down"):
            for writer in list(self._open):
                _reset(writer)
        if fault == "down" and self._server is not None:
            self._server.close()
            self._server = None
        if fault != "down" and self._server is None:
            await self._listen()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._fault == "reset":
            _reset(writer)
            return
        try:
            back_reader, back_writer = await asyncio.open_connection(*self._target)
        except OSError:
            _reset(writer)
            return
        self._open |= {writer, back_writer}
        await asyncio.gather(self._pass(reader, back_writer, False), self._pass(back_reader, writer, True))
        self._open -= {writer, back_writer}

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, is_answer: bool) -> None:
        with contextlib.suppress(OSError, RuntimeError):
            while piece := await reader.read(65_536):
                if self._fault == "slow" and is_answer:
                    await asyncio.sleep(SLOW_SECONDS)
                if self._fault == "half_open":
                    continue
                writer.write(bytes(len(piece)) if self._fault == "garbage" and is_answer else piece)
                await writer.drain()
        with contextlib.suppress(OSError, RuntimeError):
            writer.close()


def _reset(writer: asyncio.StreamWriter) -> None:
    peer = writer.get_extra_info("socket")
    with contextlib.suppress(OSError, AttributeError):
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_ZERO)
    writer.transport.abort()
