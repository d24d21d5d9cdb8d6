"""Serves the emulator on a loopback address: embedded in a thread, or blocking for the command line.

Under uvicorn, with two changes. Its protocol class hands each connection's transport to the emulator, because only
the transport can drop a connection or send a broken body; `connection_made` is where asyncio gives it, for whichever
HTTP parser uvicorn picks (with `httptools` installed a call costs half the CPU that it costs with `h11`). And its
main loop and shut-down wait for events rather than poll, so that a sandbox starts and stops within milliseconds, and
a hung call cannot hold up the shut-down.
"""

import asyncio
import contextlib
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from functools import partial
from types import TracebackType
from typing import Any, Self

import uvicorn
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from leadsync.sandbox.app import ACTION_PATH, CONTROL_PATH, Emulator, is_loopback
from leadsync.sandbox.calls import Call, Stats
from leadsync.sandbox.faults import Faults
from leadsync.sandbox.seed import DEMO_KEY, demo_world
from leadsync.sandbox.state import World

_KEEP_ALIVE_SECONDS = 75
_BACKLOG = 1024


class NotLoopbackError(ValueError):
    """The sandbox was told to listen where other machines could reach it."""


class _Protocol(AutoHTTPProtocol):  # type: ignore[misc, valid-type]  # uvicorn picks the class when it is imported
    """uvicorn's HTTP protocol, which tells the application the transport of its connection."""

    app: Any

    def connection_made(self, transport: asyncio.Transport) -> None:
        super().connection_made(transport)
        # asyncio does this only for sockets made with the TCP protocol number, which `socket.create_server` leaves
        # out; without it every answer waits some 40 ms for an acknowledgement.
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.app = partial(self.app, transport=transport)


class _Server(uvicorn.Server):
    """uvicorn's server without signal handlers, polling or a wait for calls that hang."""

    def __init__(self, emulator: Emulator, on_ready: Callable[[], None]) -> None:
        config = uvicorn.Config(
            emulator,
            loop="none",
            http=_Protocol,
            ws="none",
            interface="asgi3",
            lifespan="off",
            proxy_headers=False,
            access_log=False,
            log_config=None,
            log_level="error",
            server_header=False,
            timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        )
        super().__init__(config)
        self._on_ready = on_ready
        self._stop = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def stop(self) -> None:
        """Ask for the shut-down, from any thread or signal handler."""
        # The loop is closed where the server ended by itself before it was asked to.
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._stop.set)

    async def main_loop(self) -> None:
        self._on_ready()
        await self._stop.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for listener in sockets or ():
            listener.close()
        # Twice: a connection may have been accepted while the tasks of the others ended.
        while self.server_state.connections or self.server_state.tasks:
            for connection in list(self.server_state.connections):
                connection.transport.abort()
            await asyncio.gather(*self.server_state.tasks, asyncio.sleep(0))

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class EmbeddedSandbox:
    """A sandbox in a thread of this process, as a context manager.

    It listens on 127.0.0.1, on a free port; it installs no signal handler. Without a world it serves `demo_world()`.
    `keep_calls` bounds the calls that `calls` gives; `stats` counts all.
    """

    def __init__(self, world: World | None = None, faults: Faults | None = None, *, keep_calls: int = 100_000) -> None:
        self._emulator = Emulator(demo_world() if world is None else world, faults, keep_calls=keep_calls)
        self._address = ""
        self._ready = threading.Event()
        self._server: _Server | None = None
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._work, name="leadsync-sandbox", daemon=True)

    @property
    def url(self) -> str:
        """The action URL, such as `http://127.0.0.1:40123/functions/v1/keen-api`."""
        return self._address + ACTION_PATH

    @property
    def control_url(self) -> str:
        """The control address, such as `http://127.0.0.1:40123/control`."""
        return self._address + CONTROL_PATH

    @property
    def api_key(self) -> str:
        """The demo key where the world knows it, otherwise the key of the world's first company; empty without one."""
        if self.world.company_of(DEMO_KEY):
            return DEMO_KEY
        return next((company.key for company in self.world.companies.values()), "")

    @property
    def world(self) -> World:
        """The world; it may be read and added to while the sandbox serves."""
        return self._emulator.world

    @property
    def calls(self) -> tuple[Call, ...]:
        """The last calls received, in the order of arrival."""
        return self._emulator.calls

    @property
    def stats(self) -> Stats:
        """All calls received, counted."""
        return self._emulator.stats

    @property
    def faults(self) -> Faults:
        """The dials; assign another `Faults` to change them while the sandbox serves."""
        return self._emulator.faults

    @faults.setter
    def faults(self, faults: Faults) -> None:
        self._emulator.faults = faults

    def __enter__(self) -> Self:
        self._listener = open_listener("127.0.0.1", 0)
        self._address = _address(self._listener)
        self._thread.start()
        self._ready.wait()
        if self._failure:
            raise self._failure
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._server:
            self._server.stop()
        self._thread.join()

    def _work(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:  # noqa: BLE001 -- carried to the thread that waits for the server, and raised there
            self._failure = error
        finally:
            self._listener.close()
            self._ready.set()

    async def _serve(self) -> None:
        self._server = _Server(self._emulator, self._ready.set)
        await self._server.serve(sockets=[self._listener])


def serve(
    host: str,
    port: int,
    world: World,
    faults: Faults | None = None,
    *,
    on_ready: Callable[[str], None] | None = None,
) -> None:
    """Serve until SIGINT or SIGTERM, then return; for the main thread.

    `on_ready` is called with the address (`http://127.0.0.1:8765`) once the sandbox listens. Raises NotLoopbackError
    for a host that other machines could reach, OSError where the port cannot be had.
    """
    listener = open_listener(host, port)
    address = _address(listener)
    emulator = Emulator(world, faults)

    async def run() -> None:
        server = _Server(emulator, lambda: on_ready(address) if on_ready else None)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: server.stop())
        await server.serve(sockets=[listener])

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        asyncio.run(run())
    finally:
        listener.close()
        for number, handler in before.items():
            signal.signal(number, handler)


def open_listener(host: str, port: int) -> socket.socket:
    """Bind a loopback address. Raises NotLoopbackError, or OSError where the port cannot be had."""
    if not is_loopback(host):
        raise NotLoopbackError(f"The sandbox listens on a loopback address only, and {host!r} is none: use 127.0.0.1.")
    address = "127.0.0.1" if host == "localhost" else host
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return socket.create_server((address, port), family=family, backlog=_BACKLOG)


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
