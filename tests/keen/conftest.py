"""Servers that no emulator of Keen would be."""

import socket
import threading
from collections.abc import Callable, Iterator

import pytest


@pytest.fixture
def unused_tcp_port() -> int:
    """Give a port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


@pytest.fixture
def raw_server() -> Iterator[Callable[[bytes], int]]:
    """Serve one connection: read a request, answer with the given bytes, close. Gives the port."""
    servers: list[socket.socket] = []
    threads: list[threading.Thread] = []

    def serve(answer: bytes) -> int:
        server = socket.create_server(("127.0.0.1", 0))
        servers.append(server)

        def answer_once() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(answer)

        thread = threading.Thread(target=answer_once)
        thread.start()
        threads.append(thread)
        port: int = server.getsockname()[1]
        return port

    yield serve
    for thread in threads:
        thread.join()
    for server in servers:
        server.close()
