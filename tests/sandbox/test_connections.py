"""Connections that break or hang, clients that go away, and dials turned meanwhile, with the record of all that."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeAlias

import httpx
import pytest

from leadsync.sandbox import EmbeddedSandbox, Faults, World
from leadsync.sandbox.calls import applied_updates

Ask: TypeAlias = Callable[..., httpx.Response]

LEAD = "11111111-1111-4111-8111-111111111111"
UPDATE = {"action": "update_lead", "lead_id": LEAD, "email": "new@example.com"}
NEW = "new@example.com"
OLD = "ann@example.com"


def email(sandbox: EmbeddedSandbox) -> str:
    """Give the lead's e-mail as the sandbox holds it."""
    lead = sandbox.world.lead(LEAD)
    assert lead
    return lead.fields["email"]


def connection(sandbox: EmbeddedSandbox) -> socket.socket:
    """Connect to a sandbox."""
    url = httpx.URL(sandbox.url)
    return socket.create_connection((url.host, url.port), timeout=5)


def request(sandbox: EmbeddedSandbox, body: dict[str, Any]) -> bytes:
    """Write a whole request."""
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()  # as httpx writes it
    head = f"POST {httpx.URL(sandbox.url).path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Api-Key: {sandbox.api_key}\r\n"
    return head.encode() + b"Content-Length: %d\r\n\r\n" % len(content) + content


def read_until_reset(client: socket.socket) -> bytes:
    """Read what comes until the connection is reset; it must not be closed properly."""
    received = b""
    try:
        while block := client.recv(65536):
            received += block
    except ConnectionResetError:
        return received
    raise AssertionError("The connection was closed, not reset.")


def settled(sandbox: EmbeddedSandbox, calls: int, in_flight: int = 0) -> None:
    """Wait until so many calls have arrived, and all but so many of them have ended."""
    while sandbox.stats.calls < calls or sandbox.stats.in_flight != in_flight:
        time.sleep(0.001)


@pytest.mark.parametrize(("name", "expected"), [("drop_before", OLD), ("drop_after", NEW)])
def test_a_dropped_connection_gives_no_answer(sandbox: EmbeddedSandbox, post: Ask, name: str, expected: str) -> None:
    """The client cannot tell whether the update was applied; the sandbox can."""
    sandbox.faults = Faults(chances={name: 1})
    with pytest.raises(httpx.TransportError):
        post(**UPDATE)
    assert email(sandbox) == expected
    (call,) = sandbox.calls
    assert (call.status, call.applied, call.fault) == (None, expected == NEW, name)
    sandbox.faults = Faults()
    assert post(**UPDATE).status_code == 200


@pytest.mark.parametrize(
    ("name", "expected", "status"),
    [("reset_before", OLD, None), ("reset_after", NEW, None), ("reset_during", NEW, 200), ("reset_answered", NEW, 200)],
)
def test_a_connection_is_reset_for_real(sandbox: EmbeddedSandbox, name: str, expected: str, status: int | None) -> None:
    """RST, not FIN: reading fails with ECONNRESET, before, during or after the answer."""
    sandbox.faults = Faults(chances={name: 1})
    with connection(sandbox) as client:
        client.sendall(request(sandbox, UPDATE))
        received = read_until_reset(client)
    head, _, body = received.partition(b"\r\n\r\n")
    length = int(head.rpartition(b"content-length: ")[2] or 0)
    if name == "reset_during":
        assert 0 < len(body) < length
    else:
        assert len(body) == length
        assert bool(body) == (name == "reset_answered")
    assert email(sandbox) == expected
    assert (sandbox.calls[0].status, sandbox.calls[0].applied) == (status, expected == NEW)


def test_a_dropped_connection_is_closed_not_reset(sandbox: EmbeddedSandbox) -> None:
    """FIN: reading ends without an error."""
    sandbox.faults = Faults(chances={"drop_before": 1})
    with connection(sandbox) as client:
        client.sendall(request(sandbox, UPDATE))
        assert client.recv(65536) == b""


def test_an_answer_before_a_reset_is_a_good_answer(sandbox: EmbeddedSandbox) -> None:
    """The client has it; only a next call on that connection could meet the reset."""
    sandbox.faults = Faults(chances={"reset_answered": 1})
    for _ in range(3):
        answer = httpx.post(sandbox.url, json=UPDATE, headers={"X-Api-Key": sandbox.api_key}, verify=False)
        assert answer.json()["lead"]["email"] == NEW


@pytest.mark.parametrize(("name", "expected"), [("hang_before", OLD), ("hang_after", NEW)])
def test_a_hang_lasts_until_the_client_gives_up(sandbox: EmbeddedSandbox, post: Ask, name: str, expected: str) -> None:
    """No answer comes; the sandbox stops at once although the call never ended by itself."""
    sandbox.faults = Faults(chances={name: 1})
    with pytest.raises(httpx.ReadTimeout):
        post(timeout=0.2, **UPDATE)
    assert email(sandbox) == expected


def test_a_hang_ends_with_504_at_the_platforms_idle_limit(sandbox: EmbeddedSandbox, post: Ask) -> None:
    """150 seconds unless the dial says otherwise."""
    sandbox.faults = Faults(chances={"hang_after": 1}, hang_seconds=0.05)
    assert post(**UPDATE).status_code == 504
    assert email(sandbox) == NEW


def test_a_sandbox_stops_while_a_call_hangs(world: World) -> None:
    """The hung client sees its connection closed, and the sandbox does not wait for it."""
    with ThreadPoolExecutor(1) as pool:
        with EmbeddedSandbox(world, Faults(chances={"hang_before": 1})) as sandbox:
            headers = {"X-Api-Key": sandbox.api_key}
            answer = pool.submit(httpx.post, sandbox.url, json=UPDATE, headers=headers, timeout=30)
            while not sandbox.calls:
                time.sleep(0.001)
        assert isinstance(answer.exception(), httpx.TransportError)
    with pytest.raises(httpx.ConnectError):
        httpx.post(sandbox.url, json=UPDATE)


def test_a_truncated_body_breaks_off(sandbox: EmbeddedSandbox, post: Ask) -> None:
    """Content-Length promises more than comes."""
    sandbox.faults = Faults(chances={"truncated": 1})
    with pytest.raises(httpx.RemoteProtocolError):
        post(**UPDATE)
    assert email(sandbox) == NEW


def test_a_client_that_leaves_early_does_no_harm(sandbox: EmbeddedSandbox, post: Ask) -> None:
    """A half request is no call that breaks the next one."""
    host, port = httpx.URL(sandbox.url).host, httpx.URL(sandbox.url).port
    with socket.create_connection((host, port)) as connection:
        connection.sendall(b"POST /functions/v1/keen-api HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\n{")
    assert post(**UPDATE).status_code == 200


def test_a_request_that_never_became_whole_is_no_call_to_carry_out(sandbox: EmbeddedSandbox, post: Ask) -> None:
    """It is recorded without an action and without an answer, and nothing of it stays in flight."""
    with connection(sandbox) as client:
        client.sendall(request(sandbox, UPDATE)[:-1])
        while not sandbox.calls:
            time.sleep(0.001)
        assert sandbox.stats.in_flight == 1
    settled(sandbox, 1)
    assert post(**UPDATE).status_code == 200
    cut, whole = sandbox.calls
    assert (cut.action, cut.status, cut.applied, cut.raw) == (None, None, False, b"")
    assert (whole.in_flight, whole.applied_as) == (1, 0)


def test_a_client_that_is_killed_in_mid_call_leaves_the_record_right(sandbox: EmbeddedSandbox, post: Ask) -> None:
    """Its update is carried out all the same, as Keen would; the next call is alone in flight."""
    sandbox.faults = Faults(latency=60)
    sends = "import socket, sys; c = socket.create_connection(('127.0.0.1', int(sys.argv[1]))); "
    sends += "c.sendall(sys.stdin.buffer.read()); c.recv(1)"
    client = subprocess.Popen([sys.executable, "-c", sends, str(httpx.URL(sandbox.url).port)], stdin=subprocess.PIPE)
    assert client.stdin
    with client.stdin as stdin:
        stdin.write(request(sandbox, UPDATE))
    while not sandbox.calls or not sandbox.calls[0].raw:
        time.sleep(0.001)
    client.kill()
    client.wait()
    settled(sandbox, 1)
    assert email(sandbox) == NEW
    sandbox.faults = Faults()
    assert post(**UPDATE).status_code == 200
    assert [(call.in_flight, call.applied_as) for call in sandbox.calls] == [(1, 0), (1, 1)]
    (update,) = applied_updates(sandbox.calls)
    assert (update.lead_id, update.body, update.calls) == (LEAD, UPDATE, (0, 1))


def test_the_order_in_which_updates_are_carried_out_is_recorded(sandbox: EmbeddedSandbox, post: Ask) -> None:
    """It need not be the order of arrival."""
    sandbox.faults = Faults(latency=60)
    with connection(sandbox) as slow:
        slow.sendall(request(sandbox, UPDATE))
        while not sandbox.calls or not sandbox.calls[0].raw:
            time.sleep(0.001)
        sandbox.faults = Faults()
        assert post(**UPDATE, notes="Later").status_code == 200
    settled(sandbox, 2)
    assert [call.applied_as for call in sandbox.calls] == [1, 0]
    assert [update.calls for update in applied_updates(sandbox.calls)] == [(1,), (0,)]


def test_dials_are_turned_while_calls_are_handled(sandbox: EmbeddedSandbox, post: Ask) -> None:
    """From Python and over the control address; a call that hangs keeps to the fault that struck it."""
    sandbox.faults = Faults(chances={"hang_before": 1})
    with connection(sandbox) as hung:
        hung.sendall(request(sandbox, UPDATE))
        while not sandbox.calls or not sandbox.calls[0].fault:
            time.sleep(0.001)
        httpx.post(f"{sandbox.control_url}/faults", json={"chances": {"503": 1}}, verify=False)
        assert post(**UPDATE).status_code == 503
        sandbox.faults = Faults()
        assert post(**UPDATE).status_code == 200
        settled(sandbox, 3, in_flight=1)
    settled(sandbox, 3)
    assert [call.fault for call in sandbox.calls] == ["hang_before", "503", ""]
