"""`leadsync resume`: a run that did not end goes on, in a process of its own, where the last one stopped."""

import json
import os
import signal
import stat
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import CHANNEL, Ended, Keen, end, lead_id, read_report
from warm.client import Running

from leadsync.sandbox import Faults

MAPPING = f"""
version: 1
channel: {CHANNEL}
lead: {{id: Keen Lead ID}}
fields:
  email: {{column: E-mail, check: email}}
  first_name: First name
"""


@dataclass
class Desk:
    """Where a person sits who types commands: a folder, and a sandbox that answers."""

    keen: Keen
    folder: Path
    begin: Callable[..., Running]

    def start(self, *arguments: object, **more: Any) -> Running:
        """Start the command line and do not wait for it."""
        given = {
            "LEADSYNC_API_KEY": self.keen.sandbox.api_key,
            "LEADSYNC_BASE_URL": self.keen.sandbox.url,
            "LEADSYNC_RATE": "5000",
            "LEADSYNC_BACKOFF": "0.001",
        }
        return self.begin(*arguments, **(given | more))

    def run(self, *arguments: object, **more: Any) -> Ended:
        """Run the command line to its end."""
        return end(self.start(*arguments, **more))

    def stop(self, *arguments: object, how: Callable[[Running], None], **more: Any) -> Ended:
        """Run the command line; when Keen has had twenty more calls, something happens to it."""
        before = self.keen.sandbox.stats.calls
        self.keen.sandbox.faults = Faults(latency=0.05)
        process = self.start(*arguments, **more)
        wait_for(lambda: self.keen.sandbox.stats.calls >= before + 20 or process.poll() is not None)
        how(process)
        stopped = end(process)
        self.keen.sandbox.faults = Faults()
        return stopped

    @property
    def names(self) -> list[str]:
        """Give the first names that Keen was sent, in order."""
        return [update["first_name"] for update in self.keen.updates()]


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until something has happened; a minute at most."""
    until = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.005)


def interrupt(process: Running) -> None:
    """Press Ctrl-C."""
    process.send_signal(signal.SIGINT)


@pytest.fixture
def desk(keen: Keen, start: Callable[..., Running], tmp_path: Path) -> Desk:
    """Sit down in an empty folder with a mapping in it."""
    (tmp_path / "m.yaml").write_text(MAPPING, encoding="utf-8")
    return Desk(keen, tmp_path, start)


def sources(first: int, count: int) -> list[str]:
    """Give rows N<first> … about the ten leads in turn."""
    return [f"{lead_id(n % 10)},,N{n}" for n in range(first, first + count)]


def write_csv(path: Path, rows: list[str]) -> Path:
    """Write a source with the mapping's columns."""
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(["Keen Lead ID,E-mail,First name", *rows, ""]), encoding="utf-8")
    return path


def report(folder: Path) -> list[tuple[str, str, str]]:
    """Give sheet, row and status of each line of results.csv."""
    rows = read_report(folder / "results.csv")
    return [(row["leadsync_sheet"], row["leadsync_row"], row["leadsync_status"]) for row in rows]


def test_an_interrupted_run_goes_on_as_if_nothing_had_been(desk: Desk) -> None:
    """From another folder, with nothing but its name said: each row once, one id, one report, one bill."""
    rows = [f"{lead_id(0)},no address,X", f"{lead_id(77)},,Y", ",,", *sources(0, 97), "this,row,is,beyond,the,limit"]
    write_csv(desk.folder / "a" / "leads.csv", rows)
    given = ("sync", "leads.csv", "-m", "../m.yaml", "--report-dir", "r", "--limit", 100, "--json")
    first = desk.stop(*given, cwd=desk.folder / "a", how=interrupt).json
    assert first["exit_code"] == 130
    assert first["statuses"]["not_sent"] > 0
    (desk.folder / "b").mkdir()
    ended = desk.run("resume", "--json", cwd=desk.folder / "b")
    second = ended.json
    assert (ended.code, ended.err, second["exit_code"], second["stopped_because"]) == (1, "", 1, None)
    assert second == json.loads((desk.folder / "a" / "r" / "summary.json").read_text())
    same = ("run_id", "started_at", "source", "mapping", "rows_read")
    assert [first[key] for key in same] == [second[key] for key in same]
    assert (second["source"], second["mapping"], second["rows_read"]) == ("leads.csv", "../m.yaml", 100)
    assert second["statuses"] == {"updated": 97, "skipped": 1, "invalid": 1, "rejected": 1}
    assert (first["unaccounted"], second["unaccounted"]) == (0, 0)
    assert (second["requests"], second["retries"]) == (desk.keen.sandbox.stats.calls, 0)
    assert second["duration_s"] > first["duration_s"]
    assert Counter(desk.names) == Counter(["Y", *(f"N{n}" for n in range(97))])
    assert [row for _, row, _ in report(desk.folder / "a" / "r")] == [str(n) for n in range(2, 102)]
    assert not any((desk.folder / "b").iterdir())
    assert {path.name for path in (desk.folder / "state").iterdir()} == {"holder.json", "journal.sqlite", "lock"}
    again = desk.run("resume")
    assert (again.code, again.out) == (2, "")
    assert again.err == f"There is nothing to resume: every row of run {first['run_id']} has its final answer.\n"
    assert desk.keen.sandbox.stats.calls == second["requests"]


def test_a_run_that_was_stopped_by_keen_goes_on_when_keen_works(desk: Desk) -> None:
    """Down in the middle of it, and later well: the rows that are left are sent, and what was used adds up."""
    source = write_csv(desk.folder / "leads.csv", sources(0, 100))

    def fall(_: object) -> None:
        desk.keen.sandbox.faults = Faults(chances={"503": 1.0})

    first = desk.stop("sync", source, "-m", "m.yaml", "--json", how=fall, LEADSYNC_PATIENCE="0.2")
    assert first.code == 3
    assert first.json["codes"].keys() == {"updated", "keen_down"}
    assert "`leadsync resume` goes on from here" in first.json["stopped_because"]
    second = desk.run("resume", first.json["run_id"])
    assert (second.code, second.err) == (0, "")
    assert f"Run {first.json['run_id']}." in second.out
    assert "100 rows in" in second.out
    summary = json.loads((desk.folder / "state" / "runs" / first.json["run_id"] / "summary.json").read_text())
    assert (summary["statuses"], summary["unaccounted"]) == ({"updated": 100}, 0)
    assert summary["requests"] == desk.keen.sandbox.stats.calls
    assert summary["retries"] == first.json["retries"]
    applied = [call.body["first_name"] for call in desk.keen.sandbox.calls if call.applied]
    assert sorted(applied) == sorted(f"N{n}" for n in range(100))


def test_what_came_by_a_pipe_is_kept_until_it_is_not_needed(desk: Desk) -> None:
    """Standard input and a FIFO: copies for their owner only, as long as a row may need them."""
    piped = write_csv(desk.folder / "piped.csv", sources(0, 50))
    fifo, inputs = desk.folder / "fifo", desk.folder / "state" / "inputs"
    os.mkfifo(fifo)
    with piped.open("rb") as stdin:
        assert desk.run("sync", "-", "-m", "m.yaml", "--dry-run", stdin=stdin).code == 0
    assert not inputs.exists()  # nothing of a trial run is ever resumed
    writer = subprocess.Popen(["cp", write_csv(desk.folder / "for_fifo.csv", sources(50, 50)), fifo])
    with piped.open("rb") as stdin:
        first = desk.stop("sync", "-", "fifo", "-m", "m.yaml", "--json", stdin=stdin, how=interrupt)
    writer.wait()
    assert (first.code, first.json["source"]) == (130, "-, fifo")
    copies = sorted(inputs.iterdir())
    assert [path.read_bytes() for path in copies] == [
        piped.read_bytes(), (desk.folder / "for_fifo.csv").read_bytes(),
    ]  # fmt: skip
    assert [stat.S_IMODE(path.stat().st_mode) for path in (inputs, *copies)] == [0o700, 0o600, 0o600]
    folder = desk.folder / "state" / "runs" / first.json["run_id"]
    labels = [(sheet, row) for sheet, row, _ in report(folder)]
    assert labels == [(sheet, str(row)) for sheet in ("stdin", "fifo") for row in range(2, 52)]
    second = desk.run("resume", "--json")
    assert (second.code, second.json["statuses"]) == (0, {"updated": 100})
    assert [(sheet, row) for sheet, row, _ in report(folder)] == labels
    assert sorted(desk.names) == sorted(f"N{n}" for n in range(100))
    assert not any(inputs.iterdir())


def test_a_rehearsal_goes_on_against_the_sandbox(desk: Desk) -> None:
    """It needs no key either time, and nothing goes to the configured address."""
    source = write_csv(desk.folder / "leads.csv", sources(0, 60))
    given = ("sync", source, "-m", "m.yaml", "--sandbox", "--rate", 20, "--log-format", "json")
    process = desk.start(*given, "--json", LEADSYNC_API_KEY="")
    assert json.loads(process.stderr.readline())["event"] == "run_started"
    interrupt(process)
    first = end(process)
    assert first.code == 130
    second = desk.run("resume", "--json", "--rate", 5000, LEADSYNC_API_KEY="", LEADSYNC_BASE_URL="http://127.0.0.1:9/x")
    assert second.code in (0, 1)
    assert (second.json["rows_read"], second.json["unaccounted"]) == (60, 0)
    assert second.json["statuses"].keys() <= {"updated", "rejected"}
    assert second.json["run_id"] == first.json["run_id"]
    assert not desk.keen.sandbox.calls


def test_what_was_changed_is_named_and_nothing_is_sent_until_it_is_meant(desk: Desk) -> None:
    """A mended row, a mended mapping: exit 2. Said to be meant, what is still right is taken over."""
    source = write_csv(desk.folder / "leads.csv", [f"{lead_id(66)},,refused", *sources(0, 98), f"{lead_id(0)},,old"])
    first = desk.stop("sync", source, "-m", "m.yaml", "--json", "--report-dir", "r", how=interrupt)
    done = [int(row) - 3 for _, row, status in report(desk.folder / "r") if status == "updated"]
    calls, sent = desk.keen.sandbox.stats.calls, len(desk.names)
    rows = [f"{lead_id(66)},,refused", *sources(0, 98), *sources(200, 3)]
    rows[done[0] + 1] = f"{lead_id(5)},,mended"
    write_csv(source, rows)
    changed = desk.run("resume")
    assert (changed.code, changed.out) == (2, "")
    assert f"Run {first.json['run_id']} cannot simply go on, for since it began {source} was changed" in changed.err
    assert "the mapping" not in changed.err
    assert "--accept-changes" in changed.err
    (desk.folder / "m.yaml").write_text(MAPPING + "  last_name: First name\n", encoding="utf-8")
    everything = desk.run("resume")
    assert (everything.code, everything.out) == (2, "")
    for name in (f"{source} was changed", "the mapping m.yaml was changed"):
        assert name in everything.err
    assert desk.keen.sandbox.stats.calls == calls
    (desk.folder / "m.yaml").write_text(MAPPING, encoding="utf-8")
    accepted = desk.run("resume", "--accept-changes", "--json")
    assert (accepted.code, accepted.json["statuses"]) == (1, {"updated": 101, "rejected": 1})
    assert (accepted.json["unaccounted"], accepted.json["requests"]) == (0, desk.keen.sandbox.stats.calls - calls)
    assert accepted.json["run_id"] != first.json["run_id"]
    again, leads = [], {5}  # whatever is about a lead with a row to send, and stands behind that row
    for n in range(98):
        if n != done[0] and (n not in done or (n % 10 in leads and n > done[0])):
            again.append(f"N{n}")
            leads.add(n % 10)
    assert sorted(desk.names[sent:]) == sorted([*again, "mended", "N200", "N201", "N202"])


def test_too_many_failures_stop_a_run_and_each_session_counts_its_own(desk: Desk) -> None:
    """Exit 3, with what was not sent left to resume; what went wrong before the session is not held against it."""
    rows = sources(0, 10)
    bad = [f"{lead_id(n)},no address,B{n}" for n in range(4)]
    source = write_csv(desk.folder / "leads.csv", [*rows, *bad])
    first = desk.run("sync", source, "-m", "m.yaml", "--json", "--max-failures", 3)
    assert (first.code, first.json["exit_code"]) == (3, 3)
    assert first.json["stopped_because"] == "4 of 14 rows went wrong, and --max-failures allows 3."
    assert first.json["codes"] == {"too_many_failures": 10, "invalid_email": 4}
    assert not desk.keen.updates()
    second = desk.run("resume", "--json", LEADSYNC_MAX_FAILURES="0")
    assert (second.code, second.json["statuses"], second.json["unaccounted"]) == (1, {"updated": 10, "invalid": 4}, 0)
    assert sorted(desk.names) == sorted(f"N{n}" for n in range(10))
