"""The key is nowhere, and lead data in no log: runs with faults and crashes, and marked words to look for."""

import base64
import html
import json
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from conftest import lead_id
from warm.client import Running

from leadsync.sandbox import EmbeddedSandbox, Faults, World

KEY = 'mk7/Zx+Qp%9&"<~KEYMARK55\\e'
"""With letters that each encoding writes in its own way."""
LEAD_MARK = "zqleadmark"
ROWS = 60

MAPPING = """
version: 1
channel: Marked
lead: {id: Id}
fields:
  email: {column: E-mail, check: email}
  first_name: First
  last_name: Last
  company_name: Company
  phone: Phone
  notes: Notes
properties:
  Tier: Tier
"""
COLUMNS = ("E-mail", "First", "Last", "Company", "Phone", "Notes", "Tier", "Unmapped")

CRASHING = """
import sys
from leadsync.cli import main
from leadsync.keen.transport import Transport

exchange, calls = Transport.exchange, []

async def break_down(self, body):
    calls.append(body)
    if len(calls) > 30:
        raise RuntimeError(f"broken while it sent {body}")
    return await exchange(self, body)

Transport.exchange = break_down
main()
"""


def key_forms() -> dict[str, bytes]:
    """Give the key as it is, and as each encoding would write it."""
    plain = KEY.encode()
    forms = {
        "plain": plain,
        "in UTF-16": KEY.encode("utf-16-le"),
        "in a URL": quote(KEY, safe="").encode(),
        "in a query": quote_plus(KEY).encode(),
        "in HTML": html.escape(KEY).encode(),
        "in JSON": json.dumps(KEY)[1:-1].encode(),
        "as repr": repr(KEY)[1:-1].encode(),
        "in hex": plain.hex().encode(),
        "in HEX": plain.hex().upper().encode(),
        "its middle": b"KEYMARK55",
    }
    for shift in range(3):  # base64 of something that has the key at any place; the ends depend on what stands beside
        for name, encode in (("base64", base64.b64encode), ("URL base64", base64.urlsafe_b64encode)):
            forms[f"in {name}, shifted by {shift}"] = encode(b"\0" * shift + plain)[4:-4]
    return forms


def lead_data() -> list[str]:
    """Write a row's marked cells for each of the rows; one e-mail in ten is none."""
    rows = []
    for number in range(ROWS):
        cells = [f"{LEAD_MARK}-{column.lower()}-{number}" for column in COLUMNS]
        cells[0] = f"{LEAD_MARK}{number}@{'example.com' if number % 10 else 'nowhere'}"
        cells[4] = f"+45 20 11 {number:02} 77 {LEAD_MARK}" if number % 10 == 3 else "+4520114477"
        rows.append(",".join([lead_id(number), *cells]))
    return rows


@dataclass
class Ran:
    """What a run has left behind."""

    code: int
    out: bytes
    err: bytes
    folders: tuple[Path, ...]

    def texts(self) -> Iterator[tuple[str, bytes]]:
        """Give everything that it has written, by name; what is packed, unpacked as well."""
        yield from (("stdout", self.out), ("stderr", self.err))
        for path in (path for folder in self.folders for path in folder.rglob("*")):
            yield f"the name of {path}", os.fsencode(path)
            if path.is_file():
                yield str(path), path.read_bytes()
                if zipfile.is_zipfile(path):
                    with zipfile.ZipFile(path) as packed:
                        yield from ((f"{path}:{name}", packed.read(name)) for name in packed.namelist())

    def holds_the_key(self) -> list[str]:
        """Name every place where the key is, with the form in which it is there."""
        return [f"{form}: {name}" for name, text in self.texts() for form, key in key_forms().items() if key in text]


@pytest.fixture
def sandbox() -> Iterator[EmbeddedSandbox]:
    """Serve a sandbox that knows the marked key, with faults of every kind."""
    world = World()
    channel = world.add_channel("Marked", creator=world.add_company("Marked", key=KEY))
    world.add_definition(channel, "Tier", type="text")
    for number in range(ROWS - 5):
        world.add_lead(channel, lead_id=lead_id(number))
    with EmbeddedSandbox(world) as sandbox:
        sandbox.faults = Faults(
            chances={"503": 0.15, "500": 0.1, "drop_after": 0.1, "html": 0.1, "truncated": 0.1}, action="update_lead"
        )
        yield sandbox


@pytest.fixture
def run(tmp_path: Path, start: Callable[..., Running], sandbox: EmbeddedSandbox) -> Callable[..., Ran]:
    """Run a sync of marked data with the marked key; after 40 calls Keen refuses the key."""
    (tmp_path / "m.yaml").write_text(MAPPING)
    (tmp_path / "leads.csv").write_text("\n".join([",".join(["Id", *COLUMNS]), *lead_data(), ""]))
    (tmp_path / "tmp").mkdir()

    given = ("sync", "leads.csv", "-m", "m.yaml", "--report-dir", "report")
    variables = {"LEADSYNC_API_KEY": KEY, "LEADSYNC_BASE_URL": sandbox.url, "TMPDIR": str(tmp_path / "tmp")}
    variables |= {"LEADSYNC_RATE": "500", "LEADSYNC_BACKOFF": "0.001", "LEADSYNC_TRIES": "8"}

    def run(*arguments: str, crashes: bool = False) -> Ran:
        process = start(*given, *arguments, script=CRASHING if crashes else None, **variables)
        if not crashes:
            while len(sandbox.calls) < 40 and process.poll() is None:
                time.sleep(0.005)
            sandbox.faults = Faults(chances={"401": 1.0})
        out, err = process.communicate()
        return Ran(process.wait(), out, err, tuple(tmp_path / name for name in ("state", "report", "tmp")))

    return run


RUNS = pytest.mark.parametrize(
    "arguments",
    [("--log-format", "json"), ("--log-format", "json", "--debug", "--json"), ("--debug",)],
    ids=["json", "json at debug", "console at debug"],
)


@RUNS
def test_a_run_with_faults_gives_nothing_away(
    run: Callable[..., Ran], sandbox: EmbeddedSandbox, arguments: tuple[str, ...]
) -> None:
    """The key is in no file (the raw bytes of the journal among them) and in no output."""
    ran = run(*arguments)
    assert ran.code == 3
    assert b"refused" in ran.out + ran.err
    assert len(sandbox.calls) > 40
    names = {Path(name).name for name, _ in ran.texts()}
    assert {"results.csv", "retry.csv", "summary.json", "journal.sqlite"} <= names
    assert LEAD_MARK in (ran.folders[1] / "results.csv").read_text()
    assert ran.holds_the_key() == []
    look_for_lead_data(ran, arguments)


def test_the_process_list_does_not_show_the_key(
    environment: dict[str, str], sandbox: EmbeddedSandbox, tmp_path: Path
) -> None:
    """While a run goes on, its command line is what was typed, and its title is nothing else."""
    if not Path("/proc/self/cmdline").exists():
        pytest.skip("there is no process list to read here")
    (tmp_path / "m.yaml").write_text(MAPPING)
    (tmp_path / "leads.csv").write_text("\n".join([",".join(["Id", *COLUMNS]), *lead_data(), ""]))
    command = [sys.executable, "-W", "error", "-m", "leadsync", "sync", "leads.csv", "-m", "m.yaml"]
    sandbox.faults = Faults(latency=0.05)
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env=environment | {"LEADSYNC_API_KEY": KEY, "LEADSYNC_BASE_URL": sandbox.url},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    ) as process:
        while len(sandbox.calls) < 5 and process.poll() is None:
            time.sleep(0.005)
        seen = [Path(f"/proc/{process.pid}/{name}").read_bytes() for name in ("cmdline", "comm")]
        process.kill()
    assert seen[0] == b"".join(os.fsencode(part) + b"\0" for part in command)
    assert not any(key in text for text in seen for key in key_forms().values())


@RUNS
def test_a_crash_gives_nothing_away(run: Callable[..., Ran], arguments: tuple[str, ...]) -> None:
    """An exception that nobody foresaw, with the key in the variables of its frames and lead data in its message."""
    ran = run(*arguments, crashes=True)
    assert ran.code == 3
    assert b"leadsync has a fault" in ran.err
    assert (b"RuntimeError: broken while it sent" in ran.err) == ("--debug" in arguments)
    assert ran.holds_the_key() == []
    look_for_lead_data(ran, arguments)


def look_for_lead_data(ran: Ran, arguments: tuple[str, ...]) -> None:
    """Look for it in what is logged at info, to the last sentence; with --debug, in each event above that level."""
    if "--debug" not in arguments:
        assert LEAD_MARK.encode() not in ran.err
    if "json" in arguments:
        events = [json.loads(line) for line in ran.err.splitlines() if line.startswith(b"{")]
        assert sum(event["event"] == "call_troubled" for event in events) > 2
        assert [event for event in events if event["level"] != "debug" and LEAD_MARK in str(event)] == []


def test_the_search_finds_what_it_looks_for(tmp_path: Path) -> None:
    """Each form of the key is found in a file of its own: the tests above cannot pass by looking past it."""
    for number, form in enumerate(key_forms().values()):
        (tmp_path / str(number)).write_bytes(b"..." + form + b"...")
    found = Ran(0, b"", b"", (tmp_path,)).holds_the_key()
    assert {text.split(": ")[0] for text in found} == set(key_forms())
    assert Ran(0, KEY.encode(), b"", ()).holds_the_key()[0] == "plain: stdout"
