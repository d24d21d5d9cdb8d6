"""Reports that are fed again, and reports that are made again."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import lead_id, read_report
from office import Office

from leadsync.codes import Code
from leadsync.errors import SettingsError
from leadsync.records import Status
from leadsync.report.about import About
from leadsync.report.formats import TABLES
from leadsync.sync.job import RunResult
from leadsync.sync.reporting import Selection, report_again

HOSTILE = ["+45 12 34 56 78", "-5", "=1+1", "'=1", "''+x", "@SUM(A1)"]


def summary(result: RunResult) -> dict[str, object]:
    """Read summary.json."""
    read: dict[str, object] = json.loads((result.report_dir / "summary.json").read_bytes())
    return read


def test_cells_like_formulas_survive_the_way_out_and_back_in(office: Office) -> None:
    """What results.csv and retry.csv tell is read as it first was: the rows are unchanged, and nothing new is sent."""
    office.mapping("{notes: Notes}")
    first = office.sync(office.source("Notes", HOSTILE))
    assert [body["notes"] for body in office.sent()] == HOSTILE
    assert {row["leadsync_escaped"] for row in office.report(first)} == {"'"}
    again = office.sync(first.report_dir / "results.csv")
    assert office.results(again) == [("unchanged", "unchanged")] * len(HOSTILE)
    assert office.sent() == []


def test_a_report_that_is_fed_again_follows_its_run_up(office: Office) -> None:
    """The new report tells what became of the earlier problems, and how many did not come back."""
    office.mapping("{email: {column: Mail, check: email}, notes: Notes}")
    first = office.sync(office.source("Mail,Notes", ["a@example.com,=x", "bad,b", "worse,c", "worst,d"]))
    rows = (first.report_dir / "results.csv").read_text(encoding="utf-8").splitlines()
    fed = office.folder / "mended.csv"
    fed.write_text("\n".join([*rows[:4], ""]).replace(",bad,", ",b@example.com,"), encoding="utf-8")
    again = office.sync(fed)
    assert office.results(again) == [("unchanged", "unchanged"), ("updated", "updated"), ("invalid", "invalid_email")]
    (found,) = again.summary.fed_from
    assert (found.run_id, found.rows, found.problems, found.left_out) == (first.summary.run_id, 3, 2, 1)
    assert found.became == {Status.UPDATED: 1, Status.INVALID: 1}
    assert summary(again)["fed_from"][0]["became"] == {"updated": 1, "invalid": 1}  # type: ignore[index]


def test_a_report_can_be_made_again_whole(office: Office) -> None:
    """From the journal alone: the same files, byte for byte, also where the source has gone."""
    office.mapping("{notes: Notes}")
    source = office.source("Notes", ["a", "=b", "c"], leads=[0, 1, 77])
    done = office.sync(source)
    before = {path.name: path.read_bytes() for path in done.report_dir.iterdir()}
    source.unlink()
    told = report_again(office.state, "last", TABLES, Selection())
    assert told.folder == done.report_dir
    assert {path.name: path.read_bytes() for path in done.report_dir.iterdir()} == before


def test_a_report_of_some_rows_leaves_the_whole_one_alone(office: Office) -> None:
    """By status and by code; its summary counts those rows, and says of how many."""
    office.mapping("{email: {column: Mail, check: email}}")
    done = office.sync(office.source("Mail", ["a@example.com", "bad", "c@example.com"], leads=[0, 1, 77]))
    before = (done.report_dir / "results.csv").read_bytes()
    told = report_again(office.state, done.summary.run_id, TABLES, Selection(codes=[Code.LEAD_NOT_FOUND]))
    assert told.folder == done.report_dir / "selected"
    (row,) = read_report(told.folder / "results.csv")
    assert (row["Id"], row["leadsync_code"], row["leadsync_row"]) == (lead_id(77), "lead_not_found", "4")
    assert told.summary.statuses == {Status.REJECTED: 1}
    assert told.headline == "1 row of 3: those with code lead_not_found."
    assert (done.report_dir / "results.csv").read_bytes() == before
    fine = report_again(office.state, "last", TABLES, Selection(statuses=[Status.UPDATED]), office.folder / "fine")
    assert [row["Mail"] for row in read_report(fine.folder / "results.csv")] == ["a@example.com"]


def test_no_report_without_a_run(tmp_path: Path) -> None:
    """The sentence names the state folder."""
    with pytest.raises(SettingsError, match=r"no run yet in .*nowhere"):
        report_again(tmp_path / "nowhere", "last", TABLES, Selection())


def test_what_changed_is_told_with_what_was_there_before(office: Office) -> None:
    """Where leads were looked at first; by field, and value by value with its row."""
    office.mapping("{first_name: Name, notes: Notes}")
    office.edit(0, first_name="Old", notes="same")
    seen: list[About] = []

    def page(about: About, *_: object) -> bytes:
        seen.append(about)
        return b""

    source = office.source("Name,Notes", ["New,same", ",x"])
    office.sync(source, keeps_before=True, formats=replace(TABLES, page=page))
    (about,) = seen
    shown = [(change.place, change.field, change.before, change.after) for change in about.changes.shown]
    assert shown == [("leads.csv!2", "first_name", "Old", "New"), ("leads.csv!3", "notes", "", "x")]
    assert about.changes.counts == {"first_name": 1, "notes": 1}
    assert [timeline.slots[0].requests > 0 for timeline in about.timelines] == [True]


def test_a_row_that_was_pasted_twice_hides_none_that_is_missing(office: Office) -> None:
    """What did not come back is counted by the rows that did, not by lines."""
    office.mapping("{email: {column: Mail, check: email}}")
    first = office.sync(office.source("Mail", ["bad", "worse"]))
    head, one, _, *_ = (first.report_dir / "retry.csv").read_text(encoding="utf-8").splitlines()
    fed = office.folder / "twice.csv"
    fed.write_text(f"{head}\n{one}\n{one}\n", encoding="utf-8")
    (found,) = office.sync(fed).summary.fed_from
    assert (found.problems, found.left_out) == (2, 1)


def test_a_file_of_very_many_runs_tells_of_the_largest(office: Office) -> None:
    """The others stand together, under no run's name."""
    office.mapping("{notes: Notes}")
    rows = [f"{lead_id(n % 10)},n{n},invalid,run-{n % 40}" for n in range(60)]
    fed = office.folder / "many.csv"
    fed.write_text("\n".join(["Id,Notes,leadsync_status,leadsync_run", *rows, ""]), encoding="utf-8")
    told = office.sync(fed).summary.fed_from
    assert len(told) == 21
    assert (told[0].rows, told[-1].run_id, told[-1].rows) == (2, "", 20)
    assert sum(each.problems for each in told) == 60
