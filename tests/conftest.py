"""What many tests need: a sandbox, a client of it, and the command line as a process."""

import csv
import json
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pytest
from pydantic import SecretStr
from warm.client import Mother, Running

from leadsync.keen.options import ClientOptions
from leadsync.sandbox import DEMO_KEY, Channel, EmbeddedSandbox, World

ROOT = Path(__file__).parents[1]
CHANNEL = "Acme Corp Partnership"


LONG_FILES = (
    *("test_kill.py", "test_readme.py", "test_matrix.py", "test_corpus.py", "test_sync.py", "test_wire.py"),
    *("test_warm.py", "test_resume.py", "test_changes.py", "test_plans.py", "test_plan_apply_undo.py"),
    *("test_page_browser.py", "test_page.py", "test_notify.py", "test_guards.py", "test_inspection.py"),
)


def pytest_configure() -> None:
    """Let Ctrl-C work in the processes under test, also where a shell started the tests in the background."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest: workers share them out whole, and none is left alone with one."""
    places = {name: place for place, name in enumerate(LONG_FILES)}
    items.sort(key=lambda item: places.get(item.path.name, len(places)))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name packed content by its parameter: it holds the moment at which it was packed, and workers must agree."""
    return argname if isinstance(val, bytes) else None


def lead_id(number: int) -> str:
    """Give the UUID of a made-up lead."""
    return f"10000000-0000-4000-8000-{number:012d}"


@dataclass
class Keen:
    """A sandbox with a channel, its properties, and leads that are easy to name."""

    sandbox: EmbeddedSandbox
    channel: Channel
    property_ids: dict[str, str]

    @property
    def world(self) -> World:
        """Give the world that the sandbox serves."""
        return self.sandbox.world

    def add_leads(self, count: int) -> None:
        """Add leads 0 … count-1, with the legacy ids 1000 and up."""
        for number in range(count):
            self.world.add_lead(self.channel, lead_id=lead_id(number), legacy_id=1000 + number)

    def options(self, **changes: Any) -> ClientOptions:
        """Give options for a fast client of the sandbox."""
        given: dict[str, Any] = {
            "api_key": SecretStr(self.sandbox.api_key),
            "base_url": self.sandbox.url,
            "rate": 10_000.0,
            "backoff": 0.001,
            "timeout": 5.0,
            "patience": 5.0,
        }
        return ClientOptions(**(given | changes))

    def updates(self) -> list[dict[str, Any]]:
        """Give the bodies of the updates that arrived, in order."""
        return [call.body for call in self.sandbox.calls if call.action == "update_lead"]


@pytest.fixture
def keen() -> Iterator[Keen]:
    """Serve a sandbox with one channel, two properties and ten leads."""
    world = World()
    company = world.add_company("Acme", key=DEMO_KEY)
    channel = world.add_channel(CHANNEL, creator=company)
    ids = {
        "Deal size": world.add_definition(channel, "Deal size", type="number").id,
        "Tier": world.add_definition(channel, "Tier", type="select").id,
    }
    with EmbeddedSandbox(world) as sandbox:
        keen = Keen(sandbox, channel, ids)
        keen.add_leads(10)
        yield keen


@dataclass
class Ended:
    """A process of leadsync's that has ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Give standard output as JSON."""
        return json.loads(self.out)


def end(process: Running) -> Ended:
    """Wait for the end of a process."""
    out, err = process.communicate()
    return Ended(process.wait(), out.decode(), err.decode())


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Give an environment without anything of leadsync's in it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LEADSYNC_")}
    # A workbook and a page take longer than most stories, which are not about them.
    ours = {"LEADSYNC_STATE_DIR": str(tmp_path / "state"), "LEADSYNC_REPORT_FORMATS": "csv,json"}
    return kept | ours | {"PYTHONPATH": str(ROOT), "COLUMNS": "80"}


@pytest.fixture(scope="session")
def mother() -> Iterator[Mother]:
    """Give the process whose forks are command lines, for all tests of this worker."""
    with Mother() as mother:
        yield mother


@pytest.fixture
def start(mother: Mother, tmp_path: Path, environment: dict[str, str]) -> Callable[..., Running]:
    """Start the command line in an empty folder, and do not wait for it; variables are added to the environment."""

    def start(
        *arguments: object,
        cwd: Path = tmp_path,
        stdin: IO[bytes] | bytes | None = None,
        umask: int | None = None,
        script: str | None = None,
        **variables: str,
    ) -> Running:
        return mother.start(
            *arguments,
            folder=cwd,
            environment=environment | variables,
            stdin=stdin,
            umask=umask,
            script=script,
        )

    return start


@pytest.fixture
def leadsync(start: Callable[..., Running]) -> Callable[..., Ended]:
    """Run the command line to its end."""

    def run(*arguments: object, **more: Any) -> Ended:
        return end(start(*arguments, **more))

    return run


@pytest.fixture
def at_keen(keen: Keen, leadsync: Callable[..., Ended]) -> Callable[..., Ended]:
    """Run the command line against the sandbox of the `keen` fixture."""

    def run(*arguments: object, **more: Any) -> Ended:
        given = {
            "LEADSYNC_API_KEY": keen.sandbox.api_key,
            "LEADSYNC_BASE_URL": keen.sandbox.url,
            "LEADSYNC_RATE": "5000",
            "LEADSYNC_PATIENCE": "5",
        }
        return leadsync(*arguments, **(given | {"LEADSYNC_BACKOFF": "0.001"} | more))

    return run


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


def read_report(path: Path) -> list[dict[str, str]]:
    """Read results.csv or retry.csv."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
