"""The rows of the fault matrix in which no call reaches Keen: no name, no trust, no TLS, nobody there.

Where some calls are struck, they are those of `test_matrix`: a server in front of the sandbox closes each connection
after one answer, so that each call needs a connection of its own, and fails as that does.
"""

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeAlias

import aiohttp
import certifi
import httpx
import pytest
from warm.client import Mother

from leadsync.sandbox import ACTION_PATH, Faults
from leadsync.sandbox.faults import Dice

Benches: TypeAlias = Callable[..., Any]

SEED = 178
CALLS = {0.01: 102, 0.1: 110}
"""Calls until 100 have succeeded, as `test_matrix` says."""
MANY, FEW = 100, 60
SLOTS = 8
PROBES = 13
"""At most, within a patience of 0.4 s, as `test_matrix` says; a host that is not there opens the breaker at once."""


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a certificate for 127.0.0.1, in one file with its key, that nobody has reason to trust."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("there is no openssl here to make a certificate with")
    folder = tmp_path_factory.mktemp("certificate")
    command = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1"
    command += " -addext subjectAltName=IP:127.0.0.1 -addext keyUsage=critical,digitalSignature,keyCertSign"
    made = [openssl, *command.split(), "-keyout", "key.pem", "-out", "certificate.pem"]
    subprocess.run(made, cwd=folder, check=True, capture_output=True)
    both = folder / "both.pem"
    both.write_bytes((folder / "key.pem").read_bytes() + (folder / "certificate.pem").read_bytes())
    return both


class Strikes:
    """Tells of one connection after the other whether it is struck; the first is that of the run's first question."""

    def __init__(self, chance: float) -> None:
        self._dice = Dice(Faults(seed=SEED, chances={"500": chance}, action="update_lead"))
        self._is_first = True

    def next(self) -> bool:
        """Roll the dice."""
        action, self._is_first = "get_channels" if self._is_first else "update_lead", False
        return self._dice.plan(action, None, 0).fault is not None


class Front(ThreadingHTTPServer):
    """Stands before a sandbox and closes each connection after one answer; speaks TLS where it has a certificate."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, sandbox_url: str, certificate: Path | None, strikes: Strikes) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.sandbox = httpx.URL(sandbox_url)
        self.url = f"http{'s' if certificate else ''}://127.0.0.1:{self.server_port}{ACTION_PATH}"
        self._strikes = strikes
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if certificate else None
        if self._context and certificate:
            self._context.load_cert_chain(certificate)

    def get_request(self) -> tuple[socket.socket, Any]:
        """Take a connection; the handshake is made by the thread that serves it."""
        connection, address = super().get_request()
        if self._context is None or self._strikes.next():
            return connection, address
        return self._context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False), address

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients that turn away are what this server is for."""


class Handler(BaseHTTPRequestHandler):
    """Hands a call on to the sandbox. What speaks TLS to it where it does not is answered with 400, in the clear."""

    server: Front

    def do_POST(self) -> None:
        """Hand it on."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        keen = HTTPConnection(self.server.sandbox.host, self.server.sandbox.port)
        keen.request("POST", ACTION_PATH, body, {"X-Api-Key": self.headers["X-Api-Key"]})
        answer = keen.getresponse()
        content = answer.read()
        keen.close()
        self.send_response_only(answer.status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the base class calls it so
        """Say nothing."""


@contextmanager
def served(front: Front) -> Iterator[Front]:
    """Serve in a thread."""
    thread = threading.Thread(target=front.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield front
    finally:
        front.shutdown()
        thread.join()
        front.server_close()


@contextmanager
def failing(way: str, chance: float, bench: Any, certificate: Path) -> Iterator[str]:
    """Serve a Keen that can be reached for the first question, and then not always; give its address."""
    with bench.sandbox as keen, pytest.MonkeyPatch.context() as patch:
        if way == "DNS":
            patch.setattr(aiohttp.TCPConnector, "_resolve_host", resolver(Strikes(chance)))
            front = Front(keen.url, None, Strikes(0))
        else:
            patch.setattr(certifi, "where", lambda: str(certificate))
            front = Front(keen.url, certificate, Strikes(chance))
        with served(front):
            yield front.url


def resolver(strikes: Strikes) -> Callable[..., Any]:
    """Make a resolver that fails where the dice say so, before the cache of names."""
    found = aiohttp.TCPConnector._resolve_host

    async def resolve(self: aiohttp.TCPConnector, *args: Any, **kwargs: Any) -> Any:
        if strikes.next():
            raise OSError(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return await found(self, *args, **kwargs)

    return resolve


@pytest.mark.parametrize("chance", CALLS, ids=["at 1%", "at 10%"])
@pytest.mark.parametrize("way", ["DNS", "TLS"])
def test_a_keen_that_is_not_always_reached_costs_calls_and_no_row(
    make_bench: Benches, certificate: Path, way: str, chance: float
) -> None:
    """A call that fails never reaches Keen, and is made once more."""
    bench = make_bench(MANY)
    with failing(way, chance, bench, certificate) as url:
        ran = bench.run(url)
    bench.check_what_is_always_true(ran)
    assert (ran.exit_code, dict(ran.statuses)) == (0, {("updated", "updated"): MANY}), ran.told
    assert ran.summary["requests"] == 1 + CALLS[chance]
    assert len(bench.updates) == MANY


@pytest.mark.parametrize("way", ["DNS", "TLS"])
def test_a_keen_that_cannot_be_reached_any_more_ends_the_run(make_bench: Benches, certificate: Path, way: str) -> None:
    """The first question was answered; a failure opens the breaker, and probes go out until patience is over.

    As many calls as there are slots may be on their way by then.
    """
    bench = make_bench(FEW, {"patience": 0.4})
    with failing(way, 1, bench, certificate) as url:
        ran = bench.run(url)
    bench.check_what_is_always_true(ran)
    assert (ran.exit_code, dict(ran.statuses)) == (3, {("not_sent", "keen_down"): FEW}), ran.told
    assert 1 < ran.summary["requests"] - 1 <= SLOTS + PROBES
    assert not bench.updates


def _dns(bench: Any, mother: Mother, _: Path) -> Any:
    return bench.run_process(mother, f"https://leadsync-test.invalid{ACTION_PATH}")


def _refused(bench: Any, mother: Mother, _: Path) -> Any:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    return bench.run_process(mother, f"https://127.0.0.1:{port}{ACTION_PATH}")


def _no_tls(bench: Any, mother: Mother, _: Path) -> Any:
    with bench.sandbox as keen:
        return bench.run_process(mother, keen.url.replace("http:", "https:"))


def _self_signed(bench: Any, mother: Mother, certificate: Path) -> Any:
    with bench.sandbox as keen, served(Front(keen.url, certificate, Strikes(0))) as front:
        return bench.run_process(mother, front.url)


UNREACHABLE: Mapping[str, Callable[[Any, Any, Path], Any]] = {
    "DNS: no such name": _dns,
    "TLS: a certificate that nobody trusts": _self_signed,
    "TLS: the server speaks none": _no_tls,
    "nobody listens": _refused,
}


@pytest.fixture(scope="module")
def ended(
    request: pytest.FixtureRequest, make_bench: Benches, mother: Mother, certificate: Path
) -> Iterator[Mapping[str, Future[tuple[Any, Any]]]]:
    """Run the command line for each way in which Keen cannot be reached that is asked for, two at a time."""

    def run(way: str) -> tuple[Any, Any]:
        bench = make_bench(FEW, {"patience": 0.4})
        return bench, UNREACHABLE[way](bench, mother, certificate)

    asked: set[Any] = {
        item.callspec.params["way"]
        for item in request.session.items
        if isinstance(item, pytest.Function) and item.originalname == "test_a_keen_that_cannot_be_reached_is_waited_for"
    }
    with ThreadPoolExecutor(2) as pool:
        yield {way: pool.submit(run, way) for way in asked}


@pytest.mark.parametrize("way", UNREACHABLE)
def test_a_keen_that_cannot_be_reached_is_waited_for(ended: Mapping[str, Future[tuple[Any, Any]]], way: str) -> None:
    """By the command line: it is probed, one call at a time, until patience is over; then the run can be resumed."""
    bench, ran = ended[way].result()
    bench.check_what_is_always_true(ran)
    assert (ran.exit_code, dict(ran.statuses)) == (3, {("not_sent", "keen_down"): FEW}), ran.told
    assert 1 < ran.summary["requests"] <= 1 + PROBES
    assert not bench.updates
