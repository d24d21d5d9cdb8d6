"""Servers that no emulator of Keen would be."""

import socket

import pytest


@pytest.fixture
def unused_tcp_port() -> int:
    """Give a port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port
