"""A workbook that comes back marked, is mended as a person does in Excel, and is fed again."""

import os
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from conftest import lead_id, read_report
from office import Office

from leadsync.cli.formats import formats_of
from leadsync.errors import ReportError
from leadsync.journal import Journal, SourceHead
from leadsync.records import Status
from leadsync.report.formats import TABLES, Format
from leadsync.sync.begin import JOURNAL
from leadsync.sync.original import original_of
from leadsync.sync.reporting import Selection, report_again

ALL = formats_of(Format)


def a_workbook(office: Office) -> Path:
    """Write a workbook of two sheets, with the table on the second, below a title; two rows are wrong."""
    office.mapping("{email: {column: Mail, check: email}, business_id: CVR}", "source: {sheet: Leads, header_row: 3}")
    book = openpyxl.Workbook()
    assert book.active
    book.active.title = "Cover"
    book.active["A1"] = "About"
    sheet = book.create_sheet("Leads")
    sheet["A1"] = "Our leads"
    mails = ["a@example.com", "bad", "c@example.com", "worse"]
    for place, row in enumerate(
        [["Id", "Mail", "CVR"], *([lead_id(n), mail, 100 + n] for n, mail in enumerate(mails))]
    ):
        for column, value in enumerate(row, 1):
            sheet.cell(3 + place, column, value)
    sheet["C4"].number_format = "00000"
    path = office.folder / "leads.xlsx"
    book.save(path)
    return path


def test_a_marked_workbook_is_mended_and_fed_again(office: Office) -> None:
    """Rows that were updated are unchanged, the mended one is sent, and the report tells what became of problems."""
    first = office.sync(a_workbook(office), formats=ALL)
    assert [body["business_id"] for body in office.sent()] == ["00100", "102"]
    path = first.report_dir / "results.xlsx"
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["leadsync summary", "Cover", "Leads"]
    sheet = book["Leads"]
    assert sheet["B5"].comment
    assert "bad" in sheet["B5"].comment.text
    sheet["B5"] = "b@example.com"
    book.save(path)

    again = office.sync(path, formats=ALL)
    assert office.results(again) == [
        ("unchanged", "unchanged"),
        ("updated", "updated"),
        ("unchanged", "unchanged"),
        ("invalid", "invalid_email"),
    ]
    assert [body["email"] for body in office.sent()] == ["b@example.com"]
    (found,) = again.summary.fed_from
    assert (found.run_id, found.rows, found.problems, found.left_out) == (first.summary.run_id, 4, 2, 0)
    assert found.became == {Status.UPDATED: 1, Status.INVALID: 1}
    marked = openpyxl.load_workbook(again.report_dir / "results.xlsx")
    assert marked.sheetnames == ["leadsync summary", "Cover", "Leads"]
    assert marked["Leads"]["B5"].comment is None
    assert marked["Leads"]["B7"].comment
    assert "1 updated, 1 invalid" in (again.report_dir / "report.html").read_text(encoding="utf-8")


def test_what_somebody_mended_is_never_written_over(office: Office) -> None:
    """A report that is made again in the same folder sets the mended file aside, under a name that says so."""
    done = office.sync(a_workbook(office), formats=ALL)
    path = done.report_dir / "results.xlsx"
    book = openpyxl.load_workbook(path)
    book["Leads"]["B5"] = "mended@example.com"
    book.save(path)
    later = path.stat().st_mtime + 60
    os.utime(path, (later, later))
    report_again(office.state, "last", ALL, Selection())
    (kept,) = done.report_dir.glob("results.edited-*.xlsx")
    assert openpyxl.load_workbook(kept)["Leads"]["B5"].value == "mended@example.com"
    assert openpyxl.load_workbook(path)["Leads"]["B5"].value == "bad"
    report_again(office.state, "last", ALL, Selection())
    assert len(list(done.report_dir.glob("results.edited-*.xlsx"))) == 1


def test_a_report_without_the_workbook_keeps_what_was_said_of_it(office: Office) -> None:
    """`results.xlsx` still lies beside it."""
    office.mapping("{email: {column: Mail, check: email}}")
    sources = [office.source("Mail", ["a@example.com"], name=name) for name in ("one.csv", "two.csv")]
    book = openpyxl.Workbook()
    assert book.active
    book.active.append(["Id", "Mail"])
    book.save(office.folder / "three.xlsx")
    done = office.sync(*sources, office.folder / "three.xlsx", formats=ALL)
    (note,) = done.summary.workbook_notes
    assert note.startswith("The run read 3 sources, so results.xlsx is a new workbook")
    assert report_again(office.state, "last", TABLES, Selection()).summary.workbook_notes == (note,)


def a_head(path: Path, name: str = "", sha256: str = "") -> SourceHead:
    """Make what is known of a source."""
    return SourceHead(name or path.name, str(path), sha256)


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (b"Id,Name\n1,x\n", "leads.csv", ""),
        (b"Id,Name\n1,x\n", "text.xlsx", ""),
        (None, "leads.csv", ""),
        (b"", "leads.xlsx", "leads.xlsx was changed since it was read, so results.xlsx is a new workbook"),
        (None, "leads.xlsx", "leads.xlsx is not there any more, so results.xlsx is a new workbook"),
        (b"workbook", "leads.csv", "leads.csv was changed since it was read, so results.xlsx is a new workbook"),
    ],
)
def test_why_a_workbook_does_not_come_back(office: Office, content: bytes | None, name: str, expected: str) -> None:
    """By what the file is, not by its name; of a CSV file nothing is to be said."""
    path = office.folder / "source"
    if content == b"workbook":
        a_workbook(office).rename(path)
    elif content is not None:
        path.write_bytes(content)
    original, notes = original_of([a_head(path, name)], "Leads")
    assert original is None
    assert " ".join(notes).startswith(expected)
    assert bool(notes) is bool(expected)


def test_several_workbooks_come_back_as_a_new_one(office: Office) -> None:
    """And the notes say so."""
    path = a_workbook(office)
    original, notes = original_of([a_head(path), a_head(path)], "Leads")
    assert (original, notes[0][:26]) == (None, "The run read 2 sources, so")


def test_a_report_that_is_made_holds_up_no_run(office: Office) -> None:
    """While rows of one run are read, half-way, another connection writes at once."""
    office.mapping("{notes: Notes}")
    done = office.sync(office.source("Notes", [f"n{n}" for n in range(5)]), keeps_before=True)
    with Journal(office.state / JOURNAL) as reader, Journal(office.state / JOURNAL) as writer:
        reading = (reader.answered(done.number), reader.writes(done.number))
        for rows in reading:
            next(iter(rows))
        writer._db._connection.execute("PRAGMA busy_timeout = 0")
        writer.keep_profile(done.number, "{}")


def test_a_workbook_that_cannot_be_made_costs_no_other_file(office: Office) -> None:
    """The run has come to its end, the summary says what is missing, and an earlier one does not pass for it."""

    class Broken:
        notes = ()

        def __init__(self, *_: object, folder: Path, **__: object) -> None:
            (folder / "results.xlsx").write_bytes(b"of an earlier session of the run")

        def add(self, _: object) -> None:
            raise ReportError("it broke")

        def close(self) -> None:
            pass

    office.mapping("{notes: Notes}")
    formats = replace(ALL, workbook=Broken)
    done = office.sync(office.source("Notes", ["a", "b"]), formats=formats)
    assert done.summary.workbook_notes == ("There is no results.xlsx: it broke.",)
    assert {path.name for path in done.report_dir.iterdir()} == {
        "results.csv",
        "retry.csv",
        "report.html",
        "summary.json",
    }
    assert len(read_report(done.report_dir / "results.csv")) == 2


def test_a_workbook_that_would_be_read_otherwise_does_not_come_back(office: Office) -> None:
    """What lies under merged cells is lost by openpyxl: a new workbook takes its place, with all that was read."""
    path = a_workbook(office)
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet2.xml"
    parts[name] = parts[name].replace(b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="C4:C6"/></mergeCells>')
    with ZipFile(path, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    done = office.sync(path, formats=ALL)
    (note,) = done.summary.workbook_notes
    assert note.startswith(f"{path} would not come back as it was read (see Leads!C5), so results.xlsx is a new")
    assert note in " ".join((done.report_dir / "report.html").read_text(encoding="utf-8").split())
    again = office.sync(done.report_dir / "results.xlsx", formats=TABLES)
    assert [status for status, _ in office.results(again)] == ["unchanged", "invalid", "unchanged", "invalid"]
    sheet = openpyxl.load_workbook(done.report_dir / "results.xlsx")["Leads"]
    assert [cell.value for cell in sheet["C"]][1:] == ["00100", "101", "102", "103"]
