"""Going on with a run: what is sent again, what is taken over, and what cannot be resumed."""

import asyncio
import functools
import os
import re
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import CHANNEL, Keen, lead_id, read_report
from pydantic import SecretStr
from syncing import sync

from leadsync.codes import Code
from leadsync.errors import SettingsError, SetupError, SourceError, StopRunError
from leadsync.journal import Journal, RunHead, SourceHead, Usage
from leadsync.sandbox import DEMO_KEY, EmbeddedSandbox, Faults, World
from leadsync.settings import load_settings
from leadsync.sync.begin import JOURNAL, tidy
from leadsync.sync.job import Control, Inputs, Job, MaxFailures, RunResult, SourceFile
from leadsync.sync.prepare import Work, prepare
from leadsync.sync.resume import Past, find_run, head_of, inputs_of, past_of

MAPPING = f"""
version: 1
channel: {CHANNEL}
lead: {{id: Id}}
fields:
  email: {{column: E-mail, check: email}}
  first_name: Name
"""
INTERRUPTED = StopRunError("The run was interrupted (Ctrl-C).", Code.INTERRUPTED)


@dataclass
class Bench:
    """A sandbox, a mapping and a state folder, to run in this process."""

    keen: Keen
    folder: Path

    @property
    def state(self) -> Path:
        """Give the state folder."""
        return self.folder / "state"

    @property
    def names(self) -> list[str]:
        """Give the first names that Keen was sent, in order."""
        return [update["first_name"] for update in self.keen.updates()]

    def write(self, rows: list[str], header: str = "Id,E-mail,Name") -> Path:
        """Write the source."""
        path = self.folder / "leads.csv"
        path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
        return path

    def sync(self, *sources: Path, sheet: str | None = None, **more: Any) -> RunResult:
        """Do a run."""
        with prepare(Inputs([SourceFile(str(s)) for s in sources], self.folder / "m.yaml", sheet)) as work:
            return self._run(work, **more)

    def resume(self, run_id: str | None = None, *, accept_changes: bool = False, **more: Any) -> RunResult:
        """Go on with a run."""
        record = find_run(self.state, run_id)
        head = head_of(record)
        with prepare(inputs_of(head, self.state)) as work:
            past = past_of(record, work, self.keen.sandbox.url, accept_changes=accept_changes)
            return self._run(work, past, **more)

    def _run(
        self,
        work: Work,
        past: Past | None = None,
        *,
        stop_after: int | None = None,
        max_failures: MaxFailures | None = None,
        **options: Any,
    ) -> RunResult:
        """Run in this process; with `stop_after` it is interrupted when Keen has had so many more calls."""
        if stop_after:
            self.keen.sandbox.faults = Faults(latency=0.01)
        job = Job(self.state, self.keen.options(**options), max_failures=max_failures)
        control, enough = Control(), self.keen.sandbox.stats.calls + (stop_after or 0)

        async def watched() -> RunResult:
            run = asyncio.create_task(sync(work, job, control, past))
            while stop_after and self.keen.sandbox.stats.calls < enough and not run.done():
                await asyncio.sleep(0.001)
            if stop_after:
                control.stop(INTERRUPTED)
            return await run

        result = asyncio.run(watched())
        assert result.summary.unaccounted == 0
        self.keen.sandbox.faults = Faults()
        return result


@pytest.fixture
def bench(keen: Keen, tmp_path: Path) -> Bench:
    """Prepare a folder with a mapping in it."""
    (tmp_path / "m.yaml").write_text(MAPPING, encoding="utf-8")
    return Bench(keen, tmp_path)


@contextmanager
def stuck_from_the_first_answer_on(bench: Bench) -> Iterator[None]:
    """Hold the journal as another process that writes into it would, from the moment of the next update on."""
    other = sqlite3.connect(bench.state / JOURNAL, isolation_level=None, check_same_thread=False)
    before, ended = len(bench.names), threading.Event()

    def hold() -> None:
        while len(bench.names) == before and not ended.is_set():
            time.sleep(0.001)
        other.execute("BEGIN IMMEDIATE")

    bench.keen.sandbox.faults = Faults(latency=0.3)
    holder = threading.Thread(target=hold)
    holder.start()
    try:
        yield
    finally:
        ended.set()
        holder.join()
        other.close()


def rows(first: int, count: int) -> list[str]:
    """Give rows N<first> … about the ten leads in turn."""
    return [f"{lead_id(n % 10)},,N{n}" for n in range(first, first + count)]


def by_status(result: RunResult) -> dict[str, int]:
    """Give the counts of a summary with plain names."""
    return {str(status): count for status, count in result.summary.statuses.items()}


def test_rows_that_failed_or_are_unknown_are_sent_again_and_no_others(bench: Bench) -> None:
    """A run that came to its end has no rows that were not sent, and yet there may be something to resume."""
    source = bench.write([*rows(0, 60), f"{lead_id(0)},no address,X", ",,"])
    bench.keen.sandbox.faults = Faults(chances={"503:none": 0.2, "drop_after": 0.2}, action="update_lead", seed=4)
    first = bench.sync(source, tries=1)
    assert (first.summary.exit_code, first.summary.stopped_because) == (1, None)
    statuses, sent = by_status(first), len(bench.names)
    assert statuses.keys() == {"updated", "failed", "unknown", "not_sent", "invalid", "skipped"}
    told = read_report(first.report_dir / "results.csv")
    left = [row["Name"] for row in told if row["leadsync_status"] in ("failed", "unknown", "not_sent")]
    second = bench.resume()
    assert (second.summary.run_id, second.report_dir) == (first.summary.run_id, first.report_dir)
    assert (second.summary.exit_code, by_status(second)) == (1, {"updated": 60, "skipped": 1, "invalid": 1})
    assert sorted(bench.names[sent:]) == sorted(left)
    assert first.summary.codes[Code.HELD_BACK] == statuses["not_sent"]  # behind a failed row of their lead


def test_a_row_that_is_sent_again_does_not_undo_a_later_row(bench: Bench) -> None:
    """Rows for one lead are applied in file order, also when the first of them fails and the run is resumed."""
    bench.keen.sandbox.faults = Faults(chances={"503:none": 1.0}, first=1, action="update_lead")
    first = bench.sync(bench.write([f"{lead_id(0)},,earlier", f"{lead_id(0)},,later"]), tries=1)
    assert by_status(first)["failed"] == 1
    bench.resume()
    lead = bench.keen.world.lead(lead_id(0))
    assert lead
    assert lead.fields["first_name"] == "later"


def test_a_refused_key_loses_nothing_of_what_is_known(bench: Bench) -> None:
    """The session that it ends sends nothing, and the rows stay as the one before told of them."""
    first = bench.sync(bench.write(rows(0, 60)), stop_after=20)
    refused = bench.resume(api_key=SecretStr("no-such-key"))
    assert (refused.summary.exit_code, by_status(refused)) == (3, by_status(first))
    assert refused.summary.codes == {
        Code.UPDATED: first.summary.codes[Code.UPDATED],
        Code.KEY_REFUSED: first.summary.codes[Code.INTERRUPTED],
    }
    third = bench.resume()
    assert (third.summary.exit_code, by_status(third)) == (0, {"updated": 60})
    assert third.summary.requests == bench.keen.sandbox.stats.calls
    assert sorted(bench.names) == sorted(f"N{n}" for n in range(60))


def test_sheets_keep_their_labels(bench: Bench) -> None:
    """Two workbooks with a sheet of one name, chosen on the command line: read again, they are told apart as before."""
    books = [bench.folder / name for name in ("one.xlsx", "two.xlsx")]
    for number, path in enumerate(books):
        book = openpyxl.Workbook()
        sheet = book.create_sheet("Leads")
        sheet.append(["Id", "E-mail", "Name"])
        for row in rows(40 * number, 40):
            sheet.append(row.split(","))
        book.save(path)
    first = bench.sync(*books, sheet="Leads", stop_after=20)
    assert first.summary.exit_code == 130
    second = bench.resume()
    assert by_status(second) == {"updated": 80}
    told = read_report(second.report_dir / "results.csv")
    labels = [(f"[{path}]Leads", str(row)) for path in books for row in range(2, 42)]
    assert [(row["leadsync_sheet"], row["leadsync_row"]) for row in told] == labels
    assert sorted(bench.names) == sorted(f"N{n}" for n in range(80))


def test_a_legacy_id_is_looked_up_once_however_often_the_run_stops(bench: Bench) -> None:
    """What Keen said of it, also that there is no such lead, is kept with the run."""
    (bench.folder / "m.yaml").write_text("version: 1\nlead: {legacy_id: Id}\nfields: {first_name: Name}\n")
    source = bench.write([f"{1000 + n % 10 if n % 11 else 4711},N{n}" for n in range(110)], "Id,Name")
    first = bench.sync(source, stop_after=30)
    assert by_status(first).keys() >= {"updated", "not_sent"}
    second = bench.resume(stop_after=30)
    assert by_status(second).keys() >= {"updated", "not_sent"}
    third = bench.resume()
    assert (third.summary.exit_code, by_status(third)) == (1, {"updated": 100, "rejected": 10})
    looked_up = [c.body["legacy_id"] for c in bench.keen.sandbox.calls if c.action == "get_lead_by_legacy_id"]
    assert sorted(looked_up) == [*range(1000, 1010), 4711]
    assert sorted(bench.names) == sorted(f"N{n}" for n in range(110) if n % 11)


def test_a_mapping_that_was_mended_sends_what_it_had_refused(bench: Bench) -> None:
    """What Keen has acknowledged is taken over; what the old mapping held for invalid is sent."""
    source = bench.write([*rows(0, 6), f"{lead_id(6)},six@example,N6", f"{lead_id(7)},,N7"])
    bench.keen.sandbox.faults = Faults(chances={"503": 1.0}, lead_id=lead_id(7))
    first = bench.sync(source, patience=0.05)
    assert {"updated": 6, "invalid": 1}.items() <= by_status(first).items()
    sent = len(bench.names)
    (bench.folder / "m.yaml").write_text(MAPPING.replace(", check: email", ""))
    with pytest.raises(SourceError, match=r"since it began the mapping .*m\.yaml was changed\. Nothing was sent\."):
        bench.resume()
    mended = bench.resume(accept_changes=True)
    assert (mended.summary.exit_code, by_status(mended)) == (0, {"updated": 8})
    assert mended.summary.run_id != first.summary.run_id
    assert sorted(bench.names[sent:]) == ["N6", "N7"]


def test_what_another_keen_acknowledged_is_never_taken_over(bench: Bench) -> None:
    """Rows that a test address has seen are not `updated` at the real one: they are sent there, or nothing is."""
    bench.sync(bench.write(rows(0, 60)), stop_after=20)
    world = World()
    channel = world.add_channel(CHANNEL, creator=world.add_company("Acme", key=DEMO_KEY))
    for number in range(10):
        world.add_lead(channel, lead_id=lead_id(number))
    with EmbeddedSandbox(world) as real:
        here, bench.keen.sandbox = bench.keen.sandbox, real
        with pytest.raises(SettingsError, match="was sent to"):
            bench.resume()
        try:
            updated = by_status(bench.resume(accept_changes=True))["updated"]
        except SetupError:
            updated = 0
        bench.keen.sandbox = here
        assert updated == real.stats.applied


def test_failures_that_are_taken_over_are_not_held_against_a_session(bench: Bench) -> None:
    """`--max-failures` is about what goes wrong now."""
    refused = [f"{lead_id(1000 + n)},,U{n}" for n in range(5)]
    first = bench.sync(bench.write([*refused, *rows(0, 60)]), stop_after=20)
    assert by_status(first).keys() == {"rejected", "updated", "not_sent"}
    bench.write([*refused, *rows(0, 61)])
    second = bench.resume(accept_changes=True, max_failures=MaxFailures(0))
    assert (second.summary.stopped_because, by_status(second)) == (None, {"updated": 61, "rejected": 5})


def test_too_many_failures_stop_a_run_and_each_session_counts_its_own(bench: Bench) -> None:
    """A share is judged from the hundredth row on, and few more rows are sent than it takes to see it."""
    refused = [f"{lead_id(1000 + n)},,U{n}" for n in range(60)]
    source = bench.write([*refused[:9], *rows(0, 300), *refused[9:]])
    few = bench.sync(source, max_failures=MaxFailures(8))
    assert (few.summary.exit_code, few.summary.codes[Code.TOO_MANY_FAILURES]) == (3, by_status(few)["not_sent"])
    assert re.fullmatch(r"9 of \d+ rows went wrong, and --max-failures allows 8\.", str(few.summary.stopped_because))
    then = bench.resume(max_failures=MaxFailures(share=0.1))
    assert then.summary.exit_code == 3
    assert str(then.summary.stopped_because).endswith("rows went wrong, and --max-failures allows 10% of the rows.")
    last = bench.resume()
    assert (last.summary.exit_code, by_status(last)) == (1, {"updated": 300, "rejected": 60})
    assert len(bench.names) == 360


def test_a_journal_that_another_process_holds_stops_a_resumed_run(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However much of the source the session had read, every row is counted, and as what it was known to be."""
    monkeypatch.setattr(sqlite3, "connect", functools.partial(sqlite3.connect, timeout=0.05))
    first = bench.sync(bench.write([*rows(0, 200), *[",,"] * 1_900]), stop_after=20)
    assert by_status(first)["not_sent"] + by_status(first)["updated"] == 200
    sent = len(bench.names)
    with stuck_from_the_first_answer_on(bench):
        second = bench.resume()
    assert (second.summary.exit_code, second.summary.rows_read) == (3, 2_100)
    assert "database is locked" in str(second.summary.stopped_because)
    assert by_status(second)["updated"] == by_status(first)["updated"]
    assert len(bench.names) - sent <= 8
    third = bench.resume()
    assert (third.summary.exit_code, by_status(third)) == (0, {"updated": 200, "skipped": 1_900})
    assert len(bench.names) <= 200 + 8
    assert len(set(bench.names)) == 200


def begun(journal: Journal, run_id: str, summary: str = "", **changes: Any) -> None:
    """Put a run into a journal; without a summary it was killed."""
    given: dict[str, Any] = {
        "id": run_id,
        "started_at": "2026-11-01T00:00:00Z",
        "sources": (SourceHead("leads.csv", "/gone/leads.csv", "0" * 64),),
        "mapping": "m.yaml",
        "mapping_path": "/gone/m.yaml",
        "mapping_sha256": "0" * 64,
        "base_url": "https://example.com",
        "report_dir": "/gone/report",
    }
    number = journal.begin(RunHead(**(given | changes)))
    if summary:
        journal.finish(number, summary.encode(), Usage())


def test_a_sentence_says_why_there_is_nothing_to_resume(tmp_path: Path) -> None:
    """No run, an unknown one, a trial run, one of the first leadsync; a finished one, with what an older one left."""
    with pytest.raises(SettingsError, match=r"^There is no run to resume in .*; `leadsync runs` lists them"):
        find_run(tmp_path, None)
    with Journal(tmp_path / JOURNAL) as journal:
        begun(journal, "killed")
        begun(journal, "done", '{"statuses": {"updated": 3, "rejected": 1, "invalid": 2, "skipped": 1}}')
        begun(journal, "trial", '{"statuses": {"not_sent": 3}}', dry_run=True)
        begun(journal, "killed-trial", dry_run=True)
    with closing(sqlite3.connect(tmp_path / JOURNAL)) as database:
        database.execute("UPDATE runs SET head = NULL, summary = '{\"statuses\": {\"failed\": 1}}' WHERE id = 'trial'")
        database.execute("UPDATE runs SET id = 'first' WHERE id = 'trial'")
        database.commit()
    with pytest.raises(SettingsError, match=r"^There is no run 4711 in .*; `leadsync runs` lists them"):
        find_run(tmp_path, "4711")
    with pytest.raises(SettingsError, match=r"^Run killed-trial was a trial run, which sends nothing"):
        find_run(tmp_path, "killed-trial")
    with pytest.raises(SettingsError, match=r"^Run first was begun by an earlier leadsync .* feed its retry\.csv"):
        head_of(find_run(tmp_path, None))
    with closing(sqlite3.connect(tmp_path / JOURNAL)) as database:
        database.execute("DELETE FROM runs WHERE id = 'first'")
        database.commit()
    with pytest.raises(SettingsError, match=r"every row of run done has .* Run killed has rows left; name it"):
        find_run(tmp_path, None)
    assert find_run(tmp_path, "killed").can_be_resumed


@pytest.mark.parametrize(
    ("allowed", "failures", "answered", "too_many"),
    [
        (MaxFailures(0), 0, 1_000, False),
        (MaxFailures(0), 1, 1, True),
        (MaxFailures(3), 3, 3, False),
        (MaxFailures(3), 4, 1_000_000, True),
        (MaxFailures(share=0.05), 99, 99, False),
        (MaxFailures(share=0.05), 5, 100, False),
        (MaxFailures(share=0.05), 6, 100, True),
        (MaxFailures(share=0.0), 1, 100, True),
        (MaxFailures(share=1.0), 500, 500, False),
    ],
)
def test_a_number_is_judged_at_once_and_a_share_from_the_hundredth_row_on(
    allowed: MaxFailures, failures: int, answered: int, *, too_many: bool
) -> None:
    """So that one bad row at the beginning is not all of a run's rows."""
    assert allowed.are_exceeded_by(failures, answered) is too_many


@pytest.mark.parametrize("text", ["", "-1", "5.5", "101%", "many", "5 %", "%", "1e3", "100.5%"])
def test_what_is_no_number_of_failures_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a flag and as a variable, with what to write instead."""
    says = "cannot be used: write a number of rows, such as 100, or a share of them, such as 5%"
    with pytest.raises(SettingsError, match=f"^--max-failures {says}"):
        load_settings(max_failures=text)
    if text:  # an empty variable is one that is not set
        monkeypatch.setenv("LEADSYNC_MAX_FAILURES", text)
        with pytest.raises(SettingsError, match=f"^LEADSYNC_MAX_FAILURES {says}"):
            load_settings()


def test_a_share_of_failures_is_one_of_all_rows_that_were_read(bench: Bench) -> None:
    """A chunk's invalid rows are known before any of its rows is sent, and stop no run in which few are wrong."""
    source = bench.write([f"{lead_id(n % 10)},{'no address' if n % 10 == 0 else ''},N{n}" for n in range(1_100)])
    result = bench.sync(source, max_failures=MaxFailures(share=0.5))
    assert by_status(result) == {"updated": 990, "invalid": 110}


def test_a_takeover_that_is_stopped_itself_still_knows_what_it_took_over(bench: Bench) -> None:
    """What the first run had acknowledged is not sent by the session that goes on with the second, either."""
    source = bench.write(rows(0, 60))
    bench.sync(source, stop_after=20)
    acknowledged = list(bench.names)
    bench.write([*rows(0, 59), f"{lead_id(9)},,mended"])
    bench.resume(accept_changes=True, stop_after=8)
    last = bench.resume()
    assert by_status(last) == {"updated": 60}
    assert all(bench.names.count(name) == 1 for name in acknowledged)


def test_what_a_mended_mapping_sends_otherwise_is_sent_again(bench: Bench) -> None:
    """A row is not `updated` under a mapping under which it was never sent; a comment alone changes nothing."""
    bench.sync(bench.write(rows(0, 60)), stop_after=20)
    before = len(bench.names)
    mapping = (bench.folder / "m.yaml").read_text(encoding="utf-8")
    (bench.folder / "m.yaml").write_text(mapping + "# a comment\n", encoding="utf-8")
    bench.resume(accept_changes=True, stop_after=8)
    assert not set(bench.names[:before]) & set(bench.names[before:])
    (bench.folder / "m.yaml").write_text(mapping + "  notes: {value: mended}\n", encoding="utf-8")
    assert by_status(bench.resume(accept_changes=True)) == {"updated": 60}
    assert [update["notes"] for update in bench.keen.updates()[-60:]] == ["mended"] * 60


def test_the_copy_of_a_pipe_is_found_however_the_state_folder_is_named(bench: Bench, monkeypatch: Any) -> None:
    """A link to the folder is the folder: nothing is swept away that a run needs."""
    pipe = bench.folder / "pipe"
    os.mkfifo(pipe)
    content = "\n".join(["Id,E-mail,Name", *rows(0, 60), ""])
    writer = threading.Thread(target=lambda: pipe.write_text(content, encoding="utf-8"))
    writer.start()
    bench.sync(pipe, stop_after=20)
    writer.join()
    (bench.folder / "link").symlink_to(bench.state)
    monkeypatch.setattr(Bench, "state", bench.folder / "link")
    tidy(bench.state)
    assert by_status(bench.resume()) == {"updated": 60}


def test_a_takeover_whose_key_is_refused_sends_nothing_and_can_go_on(bench: Bench) -> None:
    """Without Keen nobody can tell what would be sent, as it names the properties; what was answered is told later."""
    (bench.folder / "m.yaml").write_text(MAPPING + "properties: {Tier: {value: Gold}}\n", encoding="utf-8")
    bench.sync(bench.write(rows(0, 60)), stop_after=20)
    bench.write([*rows(0, 59), f"{lead_id(9)},,mended"])
    sent = len(bench.names)
    refused = bench.resume(accept_changes=True, api_key=SecretStr("no-such-key"))
    assert (refused.summary.exit_code, by_status(refused), len(bench.names)) == (3, {"not_sent": 60}, sent)
    assert by_status(bench.resume()) == {"updated": 60}
    assert sorted(bench.names) == sorted([*(f"N{n}" for n in range(59)), "mended"])
