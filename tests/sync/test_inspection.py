"""All rows are looked at before the first is sent, and what they tell together is applied to each."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import openpyxl
import pytest
from conftest import CHANNEL, Keen, lead_id, read_report
from syncing import sync

from leadsync.codes import Code
from leadsync.errors import SourceError, StopRunError
from leadsync.records import Level, Status
from leadsync.sandbox import Faults
from leadsync.sync import source_feed
from leadsync.sync.check import CheckResult, check
from leadsync.sync.job import Control, Inputs, Job, RunResult, SourceFile
from leadsync.sync.prepare import prepare
from leadsync.sync.resume import find_run, head_of, inputs_of, past_of


@dataclass
class Desk:
    """A sandbox and a folder, in which mappings and sources are written."""

    keen: Keen
    folder: Path

    def mapping(self, fields: str, more: str = "") -> None:
        """Write the mapping."""
        text = f"version: 1\nchannel: {CHANNEL}\nlead: {{id: Id}}\nfields: {fields}\n{more}\n"
        (self.folder / "m.yaml").write_text(text, encoding="utf-8")

    def source(self, header: str, rows: list[str], name: str = "leads.csv") -> Path:
        """Write a source whose first column is the lead's, one of the ten leads for each row in turn."""
        lines = [f"Id,{header}", *(f"{lead_id(n % 10)},{row}" for n, row in enumerate(rows)), ""]
        path = self.folder / name
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    def check(
        self, *sources: Path, types: dict[str, str] | None = None, report: Path | None = None, agreed: bool = False
    ) -> CheckResult:
        """Check sources."""
        with prepare(self._inputs(sources)) as work:
            return check(work, Control(), types or {}, report, agreed=agreed)

    def sync(
        self, *sources: Path, agreed: bool = False, control: Control | None = None, encoding: str | None = None
    ) -> RunResult:
        """Sync sources."""
        with prepare(self._inputs(sources, encoding)) as work:
            job = Job(self.folder / "state", self.keen.options(), agreed=agreed)
            return asyncio.run(sync(work, job, control or Control()))

    def resume(self, *, agreed: bool = False, accept_changes: bool = False) -> RunResult:
        """Go on with the last run."""
        state = self.folder / "state"
        record = find_run(state, None)
        with prepare(inputs_of(head_of(record), state)) as work:
            past = past_of(record, work, self.keen.sandbox.url, accept_changes=accept_changes)
            job = Job(state, self.keen.options(), agreed=agreed)
            return asyncio.run(sync(work, job, Control(), past))

    def results(self, result: RunResult) -> list[tuple[str, str]]:
        """Give status and code of each row."""
        return [
            (row["leadsync_status"], row["leadsync_code"]) for row in read_report(result.report_dir / "results.csv")
        ]

    def _inputs(self, sources: tuple[Path, ...], encoding: str | None = None) -> Inputs:
        return Inputs([SourceFile(str(source)) for source in sources], self.folder / "m.yaml", encoding=encoding)


@pytest.fixture
def desk(keen: Keen, tmp_path: Path) -> Desk:
    """Prepare a folder."""
    return Desk(keen, tmp_path)


def test_a_damaged_cell_is_refused_and_the_other_rows_are_sent(desk: Desk) -> None:
    """An id in scientific notation has lost digits: its row is `invalid`, with the cell; the others go."""
    desk.mapping("{business_id: CVR}")
    result = desk.sync(desk.source("CVR", ["31415926", "1.23E+07", "27182818"]))
    assert desk.results(result) == [
        ("updated", "updated"),
        ("invalid", "scientific_notation"),
        ("updated", "updated"),
    ]
    assert [update["business_id"] for update in desk.keen.updates()] == ["31415926", "27182818"]
    assert [(d.code, d.level, d.cells) for d in result.summary.damages] == [
        (Code.SCIENTIFIC_NOTATION, Level.ERROR, ("leads.csv!B3",))
    ]


def test_a_warning_is_told_and_everything_is_sent(desk: Desk) -> None:
    """A placeholder is sent as the mapping says, and the summary tells of it, in the file too."""
    desk.mapping("{notes: Notes}")
    result = desk.sync(desk.source("Notes", ["N/A", "called", "will call"]))
    assert desk.results(result) == [("updated", "updated")] * 3
    (told,) = json.loads((result.report_dir / "summary.json").read_text(encoding="utf-8"))["damage"]
    assert (told["code"], told["level"], told["column"], told["count"]) == ("placeholder", "warning", "Notes", 1)


def test_the_mapping_says_how_much_damage_weighs(desk: Desk) -> None:
    """A warning can be made an error, and an error nothing at all."""
    desk.mapping("{notes: Notes, business_id: CVR}", "damage: {placeholder: error, scientific_notation: off}")
    result = desk.sync(desk.source("Notes,CVR", ["N/A,31415926", "called,1.23E+07"]))
    assert desk.results(result) == [("invalid", "placeholder"), ("updated", "updated")]


def test_what_was_found_at_first_holds_for_a_run_that_goes_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that is resumed reads numbers, and refuses cells, as it did when it began; it does not look again."""
    desk.mapping("{business_id: CVR}", "properties: {Deal size: {column: Amount, type: number}}")
    source = desk.source("CVR,Amount", ["31415926,1.234", "1.23E+07,2.000", '27182818,"1.234,50"'])
    desk.keen.sandbox.faults = Faults(chances={"500": 1.0}, action="update_lead")
    assert desk.sync(source).summary.exit_code == 1
    desk.keen.sandbox.faults = Faults()
    monkeypatch.setattr(source_feed, "inspect", None)
    result = desk.resume()
    assert desk.results(result) == [("updated", "updated"), ("invalid", "scientific_notation"), ("updated", "updated")]
    assert [update["properties"][0]["value"] for update in desk.keen.updates()][-2:] == [1234, 1234.5]


def test_a_run_that_keen_would_not_begin_settles_no_row(desk: Desk) -> None:
    """Where the key is refused nobody knows the properties' types: every row is `not_sent`, and `resume` looks."""
    desk.mapping("{}", "properties: {Deal size: Amount}\nrules: {duplicates: last}")
    source = desk.source("Amount", [f"{n}" for n in range(11, 21)] + ["many"])
    desk.keen.sandbox.faults = Faults(chances={"401:none": 1.0})
    stopped = desk.sync(source)
    assert desk.results(stopped) == [("not_sent", "key_refused")] * 11
    desk.keen.sandbox.faults = Faults()
    result = desk.resume()
    assert desk.results(result) == [("updated", "updated")] * 10 + [("invalid", "not_the_propertys_type")]


def test_numbers_are_read_as_the_whole_column_is_written(desk: Desk) -> None:
    """The last of 2,100 rows tells that a point stands between thousands: the first is read so too."""
    desk.mapping("{}", "properties: {Deal size: {column: Amount, type: number}}")
    source = desk.source("Amount", ["1.234"] * 2099 + ['"1.234,50"'])
    result = desk.sync(source)
    assert result.summary.statuses == {Status.UPDATED: 2100}
    assert {update["properties"][0]["value"] for update in desk.keen.updates()} == {1234, 1234.5}


def test_a_source_that_breaks_off_sends_nothing(desk: Desk) -> None:
    """A malformed quotation mark in the last row is found before the first is sent."""
    desk.mapping("{notes: Notes}")
    source = desk.source("Notes", ["fine"] * 3000 + ['"broken" here'])
    with pytest.raises(SourceError, match="quotation mark"):
        desk.sync(source)
    assert desk.keen.updates() == []
    with pytest.raises(SourceError, match="quotation mark"):
        desk.check(source)


def test_a_signal_while_rows_are_looked_at_leaves_every_row_to_be_sent(desk: Desk) -> None:
    """Nothing was sent, every row is told so, and the run can go on."""
    desk.mapping("{notes: Notes}")
    control = Control()
    control.stop(StopRunError("The run was interrupted (Ctrl-C).", Code.INTERRUPTED))
    result = desk.sync(desk.source("Notes", ["a", "", "b"]), control=control)
    assert result.summary.exit_code == 130
    assert desk.results(result) == [("not_sent", "interrupted")] * 3
    assert desk.keen.updates() == []
    assert desk.resume().summary.statuses == {Status.UPDATED: 2, Status.SKIPPED: 1}


CLEARING = "{notes: {column: Notes, on_blank: clear}}"


def test_a_run_that_would_clear_much_asks_first(desk: Desk) -> None:
    """Where nobody can be asked it stops with every row `not_sent`, and `resume --yes` sends them."""
    desk.mapping(CLEARING)
    stopped = desk.sync(desk.source("Notes", ["a", "", "", "b"]))
    assert stopped.summary.exit_code == 3
    assert desk.results(stopped) == [("not_sent", "too_many_cleared")] * 4
    assert "2 of the 4 rows" in (stopped.summary.stopped_because or "")
    assert desk.keen.updates() == []
    result = desk.resume(agreed=True)
    assert result.summary.statuses == {Status.UPDATED: 4}
    assert result.summary.cleared_rows == 2


def test_what_was_agreed_to_once_is_not_asked_again(desk: Desk) -> None:
    """A run with consent that Keen stops goes on by itself, also when it was stopped twice."""
    desk.mapping(CLEARING)
    desk.keen.sandbox.faults = Faults(chances={"500": 1.0}, action="update_lead")
    desk.sync(desk.source("Notes", ["a", "", "", "b"]), agreed=True)
    desk.keen.sandbox.faults = Faults(chances={"401:none": 1.0})
    assert desk.resume().summary.exit_code == 3
    desk.keen.sandbox.faults = Faults()
    assert desk.resume().summary.statuses == {Status.UPDATED: 4}


def test_a_changed_source_is_asked_about_anew(desk: Desk) -> None:
    """Consent, or the lack of need for it, does not pass to what `--accept-changes` takes over."""
    desk.mapping(CLEARING)
    source = desk.source("Notes", ["a", "b", "c", "d"])
    desk.keen.sandbox.faults = Faults(chances={"500": 1.0}, action="update_lead")
    desk.sync(source)
    desk.keen.sandbox.faults = Faults()
    before = len(desk.keen.updates())
    desk.source("Notes", [""] * 4)
    result = desk.resume(accept_changes=True)
    assert result.summary.exit_code == 3
    assert len(desk.keen.updates()) == before


def test_refused_rows_clear_nothing(desk: Desk) -> None:
    """The guard, the summary and `check` count the rows that are sent, after damage was refused."""
    desk.mapping("{notes: {column: Notes, on_blank: clear}, business_id: CVR}")
    rows = [",1.23E+07"] * 10 + [f"note {n},3141592{n}" for n in range(10)]
    source = desk.source("Notes,CVR", rows)
    checked = desk.check(source)
    assert (checked.guard, checked.cleared_rows, checked.invalid) == (None, 0, 10)
    result = desk.sync(source)
    assert result.summary.statuses == {Status.INVALID: 10, Status.UPDATED: 10}
    assert result.summary.cleared_rows == 0


def test_a_check_ends_as_the_run_would(desk: Desk) -> None:
    """Where a run would stop at the guard, a check exits with 3, and tells why; consent changes both."""
    desk.mapping(CLEARING)
    source = desk.source("Notes", ["a", "", "", "b"])
    checked = desk.check(source)
    assert checked.exit_code == 3
    assert "2 of the 4 rows" in (checked.guard or "")
    assert desk.check(source, agreed=True).exit_code == 0


def test_a_signal_at_the_question_is_an_interruption(desk: Desk) -> None:
    """Whoever is asked and presses Ctrl-C has interrupted the run."""
    desk.mapping(CLEARING)
    control = Control()

    def interrupted(_: str) -> bool:
        control.reason = StopRunError("The run was interrupted (Ctrl-C).", Code.INTERRUPTED)
        return False

    control.agrees = interrupted
    result = desk.sync(desk.source("Notes", ["a", "", "", "b"]), control=control)
    assert result.summary.exit_code == 130


def test_an_encoding_of_the_command_line_is_remembered(desk: Desk) -> None:
    """A run of a file in cp1252 goes on as it began."""
    desk.mapping("{notes: Notes}")
    source = desk.source("Notes", ["a"])
    source.write_bytes(f"Id,Notes\n{lead_id(1)},S\xf8ren\n".encode("cp1252"))
    desk.keen.sandbox.faults = Faults(chances={"500": 1.0}, action="update_lead")
    desk.sync(source, encoding="cp1252")
    desk.keen.sandbox.faults = Faults()
    assert desk.resume().summary.statuses == {Status.UPDATED: 1}
    assert desk.keen.updates()[-1]["notes"] == "S\xf8ren"


@pytest.mark.parametrize(("answer", "sent"), [(True, 4), (False, 0)])
def test_a_person_is_asked_whether_to_clear(desk: Desk, answer: bool, sent: int) -> None:
    """The question has the numbers in it, and the answer counts."""
    desk.mapping(CLEARING)
    questions: list[str] = []
    control = Control()
    control.agrees = lambda question: questions.append(question) or answer
    desk.sync(desk.source("Notes", ["a", "", "", "b"]), control=control)
    assert len(questions) == 1
    assert "2 of the 4 rows" in questions[0]
    assert len(desk.keen.updates()) == sent


def test_few_cleared_values_need_no_question(desk: Desk) -> None:
    """One row in forty is below the share that is set by itself, and the summary counts it."""
    desk.mapping(CLEARING)
    result = desk.sync(desk.source("Notes", ["a"] * 39 + [""]))
    assert result.summary.statuses == {Status.UPDATED: 40}
    assert result.summary.cleared_rows == 1


def test_a_value_of_another_type_than_the_propertys_is_refused(desk: Desk) -> None:
    """Keen's property is a number, and the cell holds a word: it is refused here, and `check` with a key says so."""
    desk.mapping("{}", "properties: {Deal size: Amount}")
    source = desk.source("Amount", ["12", "many"])
    result = desk.sync(source)
    assert desk.results(result) == [("updated", "updated"), ("invalid", "not_the_propertys_type")]
    assert desk.check(source).invalid == 0
    checked = desk.check(source, types={"Deal size": "number"})
    assert (checked.sendable, checked.invalid) == (1, 1)


def test_only_the_last_row_of_a_lead_counts_and_a_refused_one_does_not(desk: Desk) -> None:
    """With `duplicates: last` a damaged later row does not take the place of an earlier one."""
    desk.mapping("{business_id: CVR}", "rules: {duplicates: last}")
    rows = [f"{n}2345678" for n in range(1, 10)] + ["92345678", "1.23E+07", "77777777"]
    result = desk.sync(desk.source("CVR", rows))
    found = desk.results(result)
    assert found[0] == ("updated", "updated")
    assert found[1] == ("skipped", "superseded")
    assert found[10] == ("invalid", "scientific_notation")
    assert found[11] == ("updated", "updated")


def test_hidden_rows_are_told_and_sent_or_skipped_as_the_mapping_says(desk: Desk) -> None:
    """Whatever becomes of them, the summary says so."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Leads"
    sheet.append(["Id", "Notes"])
    for number in range(4):
        sheet.append([lead_id(number), f"note {number}"])
    sheet.row_dimensions[3].hidden = True
    path = desk.folder / "leads.xlsx"
    book.save(path)
    desk.mapping("{notes: Notes}")
    included = desk.sync(path)
    assert included.summary.statuses == {Status.UPDATED: 4}
    assert (included.summary.hidden_rows, included.summary.hidden_are_skipped) == (1, False)
    desk.mapping("{notes: Notes}", "source: {hidden_rows: skip}")
    skipped = desk.sync(path)
    assert desk.results(skipped)[1] == ("skipped", "hidden_row")
    assert (skipped.summary.hidden_rows, skipped.summary.hidden_are_skipped) == (1, True)


def test_a_check_writes_the_report_that_a_run_would(desk: Desk) -> None:
    """Every row is in it, with the code of a refused cell, and the summary adds up."""
    desk.mapping("{business_id: CVR}", "rules: {duplicates: error}")
    source = desk.source("CVR", ["31415926"] * 3 + ["1.23E+07"] + [f"{n}2345678" for n in range(1, 8)])
    result = desk.check(source, report=desk.folder / "report")
    rows = read_report(desk.folder / "report" / "results.csv")
    codes = [row["leadsync_code"] for row in rows]
    assert codes[0] == codes[10] == "duplicate_lead"
    assert codes[3] == "scientific_notation"
    summary = json.loads((desk.folder / "report" / "summary.json").read_text(encoding="utf-8"))
    assert summary["unaccounted"] == 0
    assert summary["statuses"]["invalid"] == result.invalid == 3
    assert summary["exit_code"] == result.exit_code == 1
    assert {problem.code: problem.count for problem in result.problems} == {
        Code.DUPLICATE_LEAD: 2,
        Code.SCIENTIFIC_NOTATION: 1,
    }


def test_a_refused_cell_stays_refused_when_its_report_is_fed_again(desk: Desk) -> None:
    """Without the other cells of its column nothing tells any more that zeros are gone: the report does."""
    desk.mapping("{business_id: CVR}", "damage: {leading_zeros_lost: error}")
    rows = [f"{31415926 + 7919 * n}" for n in range(40)] + [f"{3141592 + 7919 * n}" for n in range(4)]
    first = desk.check(desk.source("CVR", rows), report=desk.folder / "report")
    assert first.invalid == 4
    retry = desk.folder / "report" / "retry.csv"
    again = desk.check(retry)
    assert (again.sendable, again.invalid) == (0, 4)
    assert {problem.code for problem in again.problems} == {Code.LEADING_ZEROS_LOST}
    text = retry.read_text(encoding="utf-8-sig")
    retry.write_text(text.replace(",3141592,", ",03141592,"), encoding="utf-8-sig")
    mended = desk.check(retry)
    assert (mended.sendable, mended.invalid) == (1, 3)


def test_a_cell_refused_after_a_late_look_stays_refused_too(desk: Desk) -> None:
    """A run whose beginning Keen refused has kept its rows unlooked at; the report tells of them all the same."""
    desk.mapping("{business_id: CVR}")
    desk.keen.sandbox.faults = Faults(chances={"401:none": 1.0})
    desk.sync(desk.source("CVR", ["31415926", "1.23E+07"]))
    desk.keen.sandbox.faults = Faults()
    result = desk.resume()
    assert desk.results(result) == [("updated", "updated"), ("invalid", "scientific_notation")]
    assert '""faults""' in (result.report_dir / "retry.csv").read_text(encoding="utf-8-sig")


def test_damage_is_told_rather_than_what_it_makes_of_the_value(desk: Desk) -> None:
    """An error value in a column of numbers is no number either, but that is not what has happened."""
    desk.mapping("{}", "properties: {Deal size: {column: Amount, type: number}}")
    result = desk.sync(desk.source("Amount", ["12", "#REF!"]))
    assert desk.results(result) == [("updated", "updated"), ("invalid", "error_value")]


def test_rows_below_the_table_that_name_a_lead_are_told(desk: Desk) -> None:
    """A blank line in the middle of an export must not end a sync without a word; nor a footer take all rows."""
    desk.mapping("{notes: Notes}", "source: {stop_at_blank: true}")
    path = desk.source("Notes", ["a", "b", "c"])
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines[:2], ",", *lines[2:], ""]), encoding="utf-8")
    result = desk.sync(path)
    assert result.summary.statuses == {Status.UPDATED: 1, Status.SKIPPED: 3}
    (told,) = result.summary.damages
    assert (told.code, told.count, told.cells) == (Code.BELOW_TABLE, 2, ("leads.csv!4", "leads.csv!5"))
    desk.mapping("{notes: Notes}", "source: {skip_footer: 500}")
    with pytest.raises(SourceError, match="leaves no row"):
        desk.sync(path)


def test_a_lead_in_two_sources_is_a_repeated_lead(desk: Desk) -> None:
    """The second file's row is the one that is told."""
    desk.mapping("{notes: Notes}")
    found = desk.check(desk.source("Notes", ["a"], "one.csv"), desk.source("Notes", ["b", "c"], "two.csv")).damage
    assert [(damage.code, damage.count, damage.cells) for damage in found] == [(Code.REPEATED_LEAD, 1, ("two.csv!A2",))]


def test_a_trial_run_tells_what_a_run_would_stop_for(desk: Desk) -> None:
    """Every row has its answer, and the exit code is that of the run."""
    desk.mapping(CLEARING)
    with prepare(desk._inputs((desk.source("Notes", ["a", "", "", "b"]),))) as work:
        job = Job(desk.folder / "state", None, dry_run=True)
        result = asyncio.run(sync(work, job, Control()))
    assert result.summary.exit_code == 3
    assert desk.results(result) == [("not_sent", "dry_run")] * 4
    assert "leads.csv!3: notes; leads.csv!4: notes" in (result.summary.stopped_because or "")


def test_columns_that_were_split_in_the_wrong_place_are_found(desk: Desk) -> None:
    """A wrong delimiter is told as such, not as missing columns alone."""
    desk.mapping("{notes: Notes}", 'source: {delimiter: ","}')
    path = desk.folder / "leads.csv"
    path.write_text(f"Id;Notes\n{lead_id(1)};a\n", encoding="utf-8")
    with pytest.raises(SourceError, match="separated by semicolons"):
        desk.check(path)


def test_columns_that_cannot_be_told_apart_are_not_called_missing(desk: Desk) -> None:
    """Two columns of one name are there, in the right place: no other delimiter or row is proposed."""
    desk.mapping("{notes: Notes}")
    with pytest.raises(SourceError, match="fits several columns") as raised:
        desk.check(desk.source("Notes,Notes", ["a,b"]))
    assert "separated by" not in raised.value.message


def test_a_report_folder_can_be_named_for_a_source_that_has_an_address(desk: Desk) -> None:
    """Nightly, the report of an address takes the place of the one before."""
    desk.source("Notes", ["a"])
    desk.mapping("{notes: Notes}")
    handler = partial(SimpleHTTPRequestHandler, directory=str(desk.folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://user:secret@127.0.0.1:{server.server_port}/leads.csv"
        for _ in range(2):
            with prepare(Inputs([SourceFile(address)], desk.folder / "m.yaml")) as work:
                assert check(work, Control(), {}, desk.folder / "report").sendable == 1
        server.shutdown()
    assert b"secret" not in b"".join(path.read_bytes() for path in (desk.folder / "report").iterdir())


def test_missing_columns_are_looked_for_in_other_rows_and_sheets(desk: Desk) -> None:
    """Where another row, or another sheet, holds the mapping's columns, the message says which."""
    desk.mapping("{notes: Notes}")
    path = desk.folder / "leads.csv"
    path.write_text(f"Export of today,\n,\nId,Notes\n{lead_id(1)},a\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"Row 3 holds them: declare `source: \{header_row: 3\}`"):
        desk.check(path)
    book = openpyxl.Workbook()
    book.active.append(["Read me"])  # type: ignore[union-attr]
    book.create_sheet("Contacts").append(["Id", "Notes"])
    book.save(desk.folder / "leads.xlsx")
    with pytest.raises(SourceError, match="Sheet 'Contacts' holds them: say --sheet Contacts"):
        desk.check(desk.folder / "leads.xlsx")


def test_keen_tells_of_a_property_that_it_does_not_have(desk: Desk, at_keen: Callable[..., Any]) -> None:
    """A mistyped `property_definitions_id` is found before anything is sent, also by `check` with a key."""
    desk.mapping("{}", "properties: {00000000-0000-4000-8000-00000000000a: Tier}")
    source = desk.source("Tier", ["A"])
    for command in ("check", "sync"):
        ended = at_keen(command, source, "-m", desk.folder / "m.yaml")
        assert ended.code == 2
        assert "no channel of the key has a property with the id" in ended.err
    assert at_keen("check", source, "-m", desk.folder / "m.yaml", "--offline").code == 0
    assert desk.keen.updates() == []
