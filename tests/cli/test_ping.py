"""Pings, as a health-check service on the other side of a socket gets them."""

import queue
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import typer
from structlog.testing import capture_logs

from leadsync.cli import ping
from leadsync.cli.ping import Pinger, pinging
from leadsync.codes import Code
from leadsync.errors import MappingError, SettingsError, SourceError, StateError, StateHeldError, StopRunError

SECRET = "5f0c8a3e-secret-uuid"


@dataclass
class Service:
    """A health-check service that keeps what it was told."""

    port: int
    statuses: list[int] = field(default_factory=list)
    """What it answers to the next calls; then 200."""
    calls: list[tuple[str, str, str]] = field(default_factory=list)
    """Method, path with query, and body of each."""
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Give the address of a check."""
        return f"http://127.0.0.1:{self.port}/{SECRET}"

    @property
    def paths(self) -> list[str]:
        """Give the paths that were called, without the check's own part."""
        return [path.removeprefix(f"/{SECRET}") for _, path, _ in self.calls]


@pytest.fixture
def service() -> Iterator[Service]:
    """Serve a health-check service."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            kept.calls.append((self.command, self.path, body))
            kept.headers.append(dict(self.headers))
            self.send_response(kept.statuses.pop(0) if kept.statuses else 200)
            self.send_header("Location", f"http://127.0.0.1:{kept.port}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        kept = Service(server.server_port)
        thread = threading.Thread(target=server.serve_forever, args=(0.005,))
        thread.start()
        yield kept
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait shortly between tries."""
    monkeypatch.setattr(ping, "_PAUSE", 0.001)


def command(url: str | None, error: BaseException, verdict: str = "") -> None:
    """Be a command that ends with an exception, typer.Exit for one, after it has told its verdict."""
    with pinging(url) as report:
        if verdict:
            report(verdict)
        raise error


def test_a_run_that_ends_well_is_told_so(service: Service) -> None:
    """Start, then success with the verdict."""
    with pytest.raises(typer.Exit):
        command(service.url, typer.Exit(0), "12 rows in 3.0 s, every row was fine.")
    assert service.paths[0] == "/start"
    assert service.calls[1:] == [("POST", f"/{SECRET}", "exit 0: 12 rows in 3.0 s, every row was fine.")]


def test_a_command_that_returns_has_ended_well(service: Service) -> None:
    """No exit is exit code 0."""
    with pinging(service.url):
        assert service.paths == ["/start"]
    assert service.paths == ["/start", ""]


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (typer.Exit(1), "exit 1: "),
        (SystemExit(3), "exit 3: "),
        (SystemExit("why"), "exit 1: "),
        (KeyboardInterrupt(), "exit 130: interrupted"),
        (MappingError("m.yaml:3:1: anna@example.com is no field."), "exit 2: the mapping cannot be used"),
        (SourceError("There is no column of the name anna@example.com."), "exit 2: the source cannot be used"),
        (SettingsError("Something of anna@example.com."), "exit 2: the settings cannot be used"),
        (StateHeldError("Something of anna@example.com."), "exit 4: another run holds the state folder"),
        (StateError("Something of anna@example.com."), "exit 3: the state or report folder"),
        (StopRunError("Something of anna@example.com.", Code.KEEN_DOWN), "exit 3: keen_down: "),
        (ZeroDivisionError("anna@example.com"), "exit 3: leadsync has a fault (ZeroDivisionError)"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_a_run_that_did_not_end_well_is_a_failure(service: Service, error: BaseException, says: str) -> None:
    """The exit code and the kind of trouble are told; a message may quote a file, and stays here."""
    with pytest.raises(type(error)) as raised:
        command(service.url, error)
    assert raised.value is error
    assert service.paths == ["/start", "/fail"]
    body = service.calls[1][2]
    assert body.startswith(says)
    assert "anna" not in body


def test_the_verdict_is_told_with_a_failure_too(service: Service) -> None:
    """Some rows need a look: exit code 1, and how many."""
    with pytest.raises(typer.Exit):
        command(service.url, typer.Exit(1), "12 rows, 2 need a look.")
    assert service.calls[1][1:] == (f"/{SECRET}/fail", "exit 1: 12 rows, 2 need a look.")


def test_without_an_address_nothing_is_called() -> None:
    """Errors pass as they are."""
    with pytest.raises(typer.Exit):
        command(None, typer.Exit(1), "unheard")


def test_a_query_is_kept(service: Service) -> None:
    """The path is made longer, not the query; what is written with % stays so."""
    pinger = Pinger(f"{service.url}/a%2Fb/?create=1&x=%C3%A6#part")
    pinger.start()
    pinger.success("")
    pinger.failure(3, "")
    assert service.paths == [
        "/a%2Fb/start?create=1&x=%C3%A6",
        "/a%2Fb/?create=1&x=%C3%A6",
        "/a%2Fb/fail?create=1&x=%C3%A6",
    ]


def test_the_service_learns_no_key(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """No header of ours but the name of the program."""
    monkeypatch.setenv("LEADSYNC_API_KEY", "8f14e45f-marked")
    with pinging(service.url):
        pass
    for headers in service.headers:
        assert headers["User-Agent"] == "leadsync"
        assert "8f14e45f" not in str(headers)
        assert {name.lower() for name in headers} <= {
            "host", "accept", "accept-encoding", "connection", "user-agent", "content-type", "content-length",
        }  # fmt: skip


def test_a_long_verdict_is_cut(service: Service) -> None:
    """The service keeps 100 kB; some lines do, whatever letters they hold."""
    Pinger(service.url).success("æ\udcff" * 100_000)
    assert len(service.calls[0][2]) < 10_000


def warnings_of(logs: list[Any]) -> list[tuple[str, str]]:
    """Give signal and reason of each warning; none of them names more of the address than its host."""
    assert SECRET not in str(logs)
    assert all((log["event"], log["log_level"], log["host"]) == ("ping_failed", "warning", "127.0.0.1") for log in logs)
    return [(log["signal"], log["reason"]) for log in logs]


def test_a_passing_fault_is_tried_once_more(service: Service) -> None:
    """503 and then 200: nothing to be said."""
    service.statuses = [503]
    with capture_logs() as logs:
        Pinger(service.url).success("fine")
    assert (len(service.calls), logs) == (2, [])


@pytest.mark.parametrize(("status", "tries"), [(503, 2), (429, 2), (404, 1), (302, 1)])
def test_a_service_that_refuses_fails_no_run(service: Service, status: int, tries: int) -> None:
    """One warning for a ping; what a second try cannot mend is not tried again, and redirects are not followed."""
    service.statuses = [status] * 2
    with capture_logs() as logs:
        Pinger(service.url).start()
    assert service.paths == ["/start"] * tries
    assert warnings_of(logs) == [("start", f"it answered {status}")]


def test_a_service_that_is_away_fails_no_run() -> None:
    """Nobody listens: one warning for the start and one for the end."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with capture_logs() as logs, pinging(f"http://127.0.0.1:{port}/{SECRET}"):
        pass
    assert warnings_of(logs) == [("start", "it cannot be reached"), ("success", "it cannot be reached")]


def test_settings_of_the_environment_that_are_broken_fail_no_run(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy that is no address."""
    monkeypatch.setenv("HTTP_PROXY", "nonsense://x")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with capture_logs() as logs:
        Pinger(service.url).start()
    assert warnings_of(logs) == [("start", "the network settings of the environment, or the address, cannot be used")]


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 2"], ids=["silence", "an answer that never ends"])
def test_a_service_that_hangs_delays_a_run_by_the_time_out_only(answer: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it does, the run goes on, and later tells its end."""
    monkeypatch.setattr(ping, "_TIMEOUT", 0.2)
    connections: queue.SimpleQueue[socket.socket] = queue.SimpleQueue()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def hang() -> None:
            try:
                while True:
                    connection, _ = server.accept()
                    connections.put(connection)
                    connection.sendall(answer)
            except OSError:
                pass

        thread = threading.Thread(target=hang)
        thread.start()
        with capture_logs() as logs:
            Pinger(f"http://127.0.0.1:{server.getsockname()[1]}/{SECRET}").start()
        server.shutdown(socket.SHUT_RDWR)
        thread.join()
    while not connections.empty():
        connections.get().close()
    assert warnings_of(logs) == [("start", "no answer in time")]


@pytest.mark.parametrize(
    "url",
    ["ftp://x.example/secret", "hc-ping.com/secret", "https:///secret", "https://x.example:port/secret",
     "http://x.example/sec\nret", "", "https://[::1/secret"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused_before_anything_happens(url: str) -> None:
    """The sentence shows how one looks, and nothing of what was given."""
    with pytest.raises(SettingsError, match=r"not a web address.*hc-ping\.com") as raised, pinging(url):
        pytest.fail("the command began")
    assert "secret" not in str(raised.value)
