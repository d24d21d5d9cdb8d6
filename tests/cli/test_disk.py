"""A disk that fills up, a journal that breaks: the run stops, says so, and can go on later."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from conftest import Ended, Keen, end, lead_id, read_report
from warm.client import Running

from leadsync.journal import Journal, RunHead, Usage
from leadsync.records import Chunk
from leadsync.sandbox import Faults

CONCURRENCY = 4
CONFINED = """
import resource
from leadsync.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
main()
"""
"""The command line, where it can write no file beyond so many bytes: as on a full disk, without a disk."""


@dataclass
class Desk:
    """A folder with a mapping, a sandbox, and a command line that may write files of so many bytes only."""

    keen: Keen
    folder: Path
    begin: Callable[..., Running]

    @property
    def journal(self) -> Path:
        """Give the place of the journal."""
        return self.folder / "state" / "journal.sqlite"

    @property
    def names(self) -> Counter[str]:
        """Count the first names that Keen was sent."""
        return Counter(update["first_name"] for update in self.keen.updates())

    def start(self, *arguments: object, limit: int | None = None, **more: Any) -> Running:
        """Start the command line; no file of its may grow beyond the limit, as on a full disk."""
        given = {
            "LEADSYNC_API_KEY": self.keen.sandbox.api_key,
            "LEADSYNC_BASE_URL": self.keen.sandbox.url,
            "LEADSYNC_RATE": "5000",
            "LEADSYNC_CONCURRENCY": str(CONCURRENCY),
        }
        return self.begin(*arguments, script=CONFINED.format(limit=limit) if limit else None, **(given | more))

    def run(self, *arguments: object, **more: Any) -> Ended:
        """Run the command line to its end."""
        return finish(self.start(*arguments, **more))

    @contextmanager
    def running(self, *arguments: object) -> Iterator[Running]:
        """Run the command line against a slow Keen, within the block from its twentieth call on."""
        before = self.keen.sandbox.stats.calls
        self.keen.sandbox.faults = Faults(latency=0.05)
        process = self.start(*arguments)
        until = time.monotonic() + 60
        while self.keen.sandbox.stats.calls < before + 20 and process.poll() is None:
            assert time.monotonic() < until
            time.sleep(0.005)
        yield process
        self.keen.sandbox.faults = Faults()


def finish(process: Running) -> Ended:
    """Wait for the end of a process; whatever happens, nobody sees a traceback."""
    ended = end(process)
    assert "Traceback" not in ended.err
    assert "leadsync has a fault" not in ended.err
    return ended


@pytest.fixture
def desk(keen: Keen, start: Callable[..., Running], tmp_path: Path) -> Desk:
    """Sit down in a folder with a mapping in it, and a journal of an earlier run of some size."""
    (tmp_path / "m.yaml").write_text(
        "version: 1\nlead: {id: Id}\nfields: {first_name: Name, notes: Notes}\n", encoding="utf-8"
    )
    (tmp_path / "state").mkdir(mode=0o700)
    noise = [random.randbytes(500).hex() for _ in range(1_000)]
    with Journal(tmp_path / "state" / "journal.sqlite") as journal:
        old = RunHead("old", "2026-11-01T00:00:00Z", (), "m.yaml", "m.yaml", "", "", "")
        number = journal.begin(old)
        journal.add_chunk(number, Chunk("a", "a", ("A",), 0, range(2, 1_002), pd.DataFrame({0: noise}, dtype=object)))
        summary = b'{"statuses": {"updated": 1000}, "exit_code": 0, "finished_at": "2026-11-01T00:01:00Z"}'
        journal.finish(number, summary, Usage())
    return Desk(keen, tmp_path, start)


def write_csv(path: Path, count: int, memo: str = "") -> Path:
    """Write rows N0 … about the ten leads in turn; nothing is sent of a memo."""
    rows = [f"{lead_id(n % 10)},N{n},,{memo}" for n in range(count)]
    path.write_text("\n".join(["Id,Name,Notes,Memo", *rows, ""]), encoding="utf-8")
    return path


def told(folder: Path) -> Counter[tuple[str, str]]:
    """Count the lines of results.csv by status and code."""
    return Counter((row["leadsync_status"], row["leadsync_code"]) for row in read_report(folder / "results.csv"))


def test_a_disk_that_fills_up_stops_the_run_and_it_goes_on_when_there_is_room(desk: Desk) -> None:
    """Nothing is sent that cannot be written down, save what is in flight; the report says what became of each row."""
    source = write_csv(desk.folder / "leads.csv", 600)
    full = desk.journal.stat().st_size + 60_000
    first = desk.run("sync", source, "-m", "m.yaml", "--json", limit=full)
    assert (first.code, first.json["exit_code"], first.json["unaccounted"]) == (3, 3, 0)
    assert "journal in the state folder cannot be used" in first.json["stopped_because"]
    assert first.json["stopped_because"].count("\n") == 0
    statuses = first.json["statuses"]
    assert statuses.keys() == {"updated", "unknown", "not_sent"}
    assert statuses["updated"] <= desk.names.total() <= statuses["updated"] + CONCURRENCY
    folder = desk.folder / "state" / "runs" / first.json["run_id"]
    assert told(folder) == {
        ("updated", "updated"): statuses["updated"],
        ("unknown", "state_unwritable"): statuses["unknown"],
        ("not_sent", "state_unwritable"): statuses["not_sent"],
    }
    unsent = {row["Name"] for row in read_report(folder / "results.csv") if row["leadsync_status"] == "not_sent"}
    assert not unsent & desk.names.keys()
    second = desk.run("resume", "--json")
    assert (second.code, second.json["statuses"], second.json["unaccounted"]) == (0, {"updated": 600}, 0)
    assert second.json["run_id"] == first.json["run_id"]
    assert told(folder) == {("updated", "updated"): 600}
    assert desk.names.keys() == {f"N{n}" for n in range(600)}
    assert desk.names.total() <= 600 + CONCURRENCY


def test_a_disk_that_is_full_from_the_start_sends_nothing_and_leaves_nothing(desk: Desk) -> None:
    """A run that cannot be written down asks for no update; the copy of its pipe, which no run would own, is gone."""
    with write_csv(desk.folder / "leads.csv", 30).open("rb") as piped:
        ended = desk.run("sync", "-", "-m", "m.yaml", "--quiet", limit=2 * 4096, stdin=piped)  # two of many pages
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.startswith("The journal in the state folder cannot be used")
    assert not desk.keen.updates()
    assert not [*(desk.folder / "state").glob("inputs/*")]


def test_a_journal_that_is_overwritten_stops_the_run(desk: Desk) -> None:
    """There is nothing left to report from; whoever asks afterwards is told that the journal cannot be used."""
    source = write_csv(desk.folder / "leads.csv", 300)
    with desk.running("sync", source, "-m", "m.yaml", "--report-dir", "r") as process:
        desk.journal.write_bytes(b"something else that is no database" * 100)
        sent = desk.names.total()
        ended = finish(process)
    assert (ended.code, ended.out) == (3, "")
    assert desk.names.total() <= sent + 2 * CONCURRENCY  # in flight, and in a commit
    assert "The journal in the state folder cannot be used" in ended.err
    assert "no report" in ended.err
    assert not (desk.folder / "r" / "summary.json").exists()
    later = desk.run("resume")
    assert later.code == 2
    assert f"The journal {desk.journal} cannot be used" in later.err


def test_a_report_folder_that_is_full_loses_nothing(desk: Desk) -> None:
    """What became of the rows is in the journal; `resume` sends nothing and writes the report."""
    source = write_csv(desk.folder / "leads.csv", 200, memo="long " * 1_200)
    room = desk.journal.stat().st_size + 300_000  # the journal packs what repeats itself, a report does not
    first = desk.run("sync", source, "-m", "m.yaml", "--report-dir", "r", limit=room)
    assert (first.code, first.out) == (3, "")
    assert "report folder" in first.err
    assert desk.names.total() == 200
    assert not (desk.folder / "r" / "summary.json").exists()
    second = desk.run("resume", "--json")
    assert (second.code, second.json["statuses"]) == (0, {"updated": 200})
    assert second.json["requests"] == desk.keen.sandbox.stats.calls
    assert desk.names.total() == 200
    assert told(desk.folder / "r") == {("updated", "updated"): 200}
