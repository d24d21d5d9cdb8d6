"""Serving: loopback only, quick to start and stop, no signal handlers, `leadsync sandbox` from start to Ctrl-C."""

import asyncio
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import TypeAlias

import httpx
import pytest

from leadsync.cli.sandbox import sandbox as sandbox_command
from leadsync.errors import SettingsError
from leadsync.sandbox import DEMO_KEY, EmbeddedSandbox, Emulator, Faults, NotLoopbackError, World, demo_world, serve

Ask: TypeAlias = Callable[..., httpx.Response]

COMMAND = "import typer; from leadsync.cli.sandbox import sandbox; typer.run(sandbox)"


def start(*options: str) -> tuple[subprocess.Popen[str], str]:
    """Start the command on a free port; give its process and what it says until it is ready."""
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, "--port", "0", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stderr
    said = ""
    while "Ctrl-C" not in said:
        line = process.stdout.readline()
        assert line, process.stderr.read()
        said += line
    return process, said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_serves_until_it_is_stopped(number: int) -> None:
    """It prints what is needed to use it, and ends without a traceback even while a call hangs."""
    process, said = start("--fault", "hang_before=1", "--seed", "3")
    (url,) = re.findall(r"export LEADSYNC_BASE_URL=(\S+) LEADSYNC_API_KEY=" + DEMO_KEY, said)
    assert f"{url[: -len('/functions/v1/keen-api')]}/control" in said
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(url, json={"action": "get_channels"}, headers={"X-Api-Key": DEMO_KEY}, timeout=0.1)
    process.send_signal(number)
    assert process.communicate(timeout=10) == ("", "")
    assert process.returncode == 0


def test_a_port_in_use_is_told_in_a_sentence(sandbox: EmbeddedSandbox) -> None:
    """With what to do."""
    port = httpx.URL(sandbox.url).port or 0
    with pytest.raises(SettingsError, match=f"Port {port} of 127.0.0.1 is in use already: .*--port"):
        sandbox_command(port=port)


def test_a_bad_fault_is_told_in_a_sentence() -> None:
    """Before anything is served."""
    with pytest.raises(SettingsError, match="knows no fault 'drop': use a status such as 503, or one of drop_before"):
        sandbox_command(port=0, fault=["drop=0.1"])


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "example.com", ""])
def test_an_address_that_other_machines_could_reach_is_refused(host: str) -> None:
    """In the library and on the command line."""
    with pytest.raises(NotLoopbackError, match="loopback address only"):
        serve(host, 0, World())
    with pytest.raises(SettingsError, match=r"use 127\.0\.0\.1"):
        sandbox_command(port=0, host=host)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_a_loopback_address_is_served(host: str) -> None:
    """By name, IPv4 and IPv6."""
    if host == "::1":
        try:
            socket.create_server((host, 0), family=socket.AF_INET6).close()
        except OSError:
            pytest.skip("this machine has no IPv6")
    process, said = start("--host", host)
    (address,) = re.findall(r"listens at (\S+)/functions", said)
    assert httpx.get(f"{address}/control/stats", verify=False).json()["calls"] == 0
    process.terminate()
    process.communicate(timeout=10)


def test_an_embedded_sandbox_leaves_signals_threads_and_the_port_as_they_were(world: World) -> None:
    """After the block nothing of it is left, and warnings are errors here."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    with EmbeddedSandbox(world) as sandbox:
        assert {number: signal.getsignal(number) for number in before} == before
        port = httpx.URL(sandbox.url).port
        assert httpx.get(f"{sandbox.control_url}/stats", verify=False).status_code == 200
    assert "leadsync-sandbox" not in {thread.name for thread in threading.enumerate()}
    socket.create_server(("127.0.0.1", port)).close()


def test_several_sandboxes_run_side_by_side() -> None:
    """Each with its own world, port and calls."""
    with EmbeddedSandbox() as first, EmbeddedSandbox() as second:
        httpx.get(first.url, verify=False)
        assert (len(first.calls), len(second.calls)) == (1, 0)
        assert first.api_key == DEMO_KEY


def test_an_answer_is_not_held_back_by_the_network_stack(sandbox: EmbeddedSandbox, post: Ask) -> None:
    """Head and body go out in two pieces; without TCP_NODELAY each answer would wait for an acknowledgement."""
    post(action="get_channels")
    (thread,) = (thread for thread in threading.enumerate() if thread.name == "leadsync-sandbox")
    assert thread.daemon
    assert sandbox._server
    (connection,) = sandbox._server.server_state.connections
    assert connection.transport.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


@pytest.mark.parametrize(
    "fault", ["drop_before", "drop_after", "reset_before", "reset_during", "truncated", "wrong_length"]
)
def test_in_process_a_connection_fault_is_an_error(fault: str) -> None:
    """There is no connection to drop."""
    emulator = Emulator(demo_world(), Faults(chances={fault: 1}))

    async def call() -> None:
        transport = httpx.ASGITransport(emulator)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", trust_env=False) as client:
            await client.post("/functions/v1/keen-api", json={"action": "get_channels"})

    with pytest.raises(ConnectionResetError):
        asyncio.run(call())
