"""A new workbook, where there is none to mark: the source's cells as text, the same columns, the same marks."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pandas as pd
import pytest
import structlog
from report.workbooks import RUN, a_book, a_summary, chunks_of, judged, report, rewrite

from leadsync.codes import Code
from leadsync.errors import ReportError
from leadsync.loader import open_source
from leadsync.records import SUMMARY_SHEET, Answered, Chunk, HiddenRows, Outcome, SourceOptions, Status
from leadsync.report.about import About
from leadsync.report.columns import FORM_COLUMN, HELPERS, RUN_COLUMN, Columns
from leadsync.report.workbook import ResultsWorkbook, fresh
from leadsync.report.workbook.fresh import MOST_ROWS

HOSTILE = (
    *(
        "x" * 100,
        "=1+1",
        "=cmd|' /C calc'!A0",
        "+45 12 34 56 78",
        "-5",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "#N/A",
        "TRUE",
        "00123",
        " a ",
    ),
    *("<b>&amp;", "_x0041_", "a\r\nb", "'=1", "1e5", "\uff1d1", "ø\u202e"),
)


def a_csv(path: Path, cells: tuple[str, ...] = HOSTILE) -> list[Chunk]:
    """Make a source of two columns, of which the second holds the cells."""
    lines = ["Lead,Cell", *(f'{place},"{cell}"' for place, cell in enumerate(cells))]
    path.write_text("\r\n".join(lines), encoding="utf-8", newline="")
    return chunks_of(path, None, 1)


def opened(chunks: list[Chunk], folder: Path, **options: Any) -> Any:
    """Write a new workbook, and open its sheet of rows."""
    report(chunks, folder / "results.xlsx", **options)
    book = openpyxl.load_workbook(folder / "results.xlsx")
    assert book.sheetnames[0] == SUMMARY_SHEET
    return book.worksheets[1]


def test_the_form_is_that_of_a_marked_one(tmp_path: Path) -> None:
    """Source columns first, helper columns right of them; header bold and frozen, filter, widths, rules."""
    sheet = opened(a_csv(tmp_path / "leads.csv"), tmp_path)
    assert sheet.title == "leads.csv"
    assert [cell.value for cell in sheet[1]] == ["Lead", "Cell", *HELPERS, RUN_COLUMN, FORM_COLUMN]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", f"A1:M{len(HOSTILE) + 1}")
    assert all(cell.font.b for cell in sheet[1])
    assert (sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width) == (8, 50)
    assert next(rule.formula[0] for each in sheet.conditional_formatting for rule in each.rules) == '$F2="updated"'
    assert [cell.value for cell in sheet[4]][2:12] == [
        *("leads.csv", 4, "lead-id-4", "updated", "updated", None, None, 200, 1, RUN),
    ]


def test_text_is_text(tmp_path: Path) -> None:
    """Whatever a cell begins with, it is typed as text, and the loader reads it as it was."""
    chunks = a_csv(tmp_path / "leads.csv")
    sheet = opened(chunks, tmp_path)
    assert {cell.data_type for row in sheet["A2:B20"] for cell in row} == {"s"}
    with ZipFile(tmp_path / "results.xlsx") as archive:
        assert "<f>" not in archive.read("xl/worksheets/sheet2.xml").decode()
    again = chunks_of(tmp_path / "results.xlsx", "leads.csv", 1)
    assert [cell for chunk in again for cell in chunk.column(1)] == list(HOSTILE)


def test_control_characters_are_kept(tmp_path: Path) -> None:
    """XML has no way to write them, and Excel has: they come back, and so does what looks like its way."""
    cells = ["\x00a\x1b", "_x0007_\x07", "\r\n\t"]
    frame = pd.DataFrame([[cell] for cell in cells], dtype=object)
    opened([Chunk("-", "stdin", ("He\x01",), 0, range(2, 5), frame)], tmp_path)
    (again,) = chunks_of(tmp_path / "results.xlsx", "stdin", 1)
    assert (again.headers, again.column(0)) == (("He\x01",), cells)


def test_what_no_workbook_can_hold_is_changed_and_refused_when_it_is_fed_again(tmp_path: Path) -> None:
    """Half of a character, and a text that is too long: neither is sent in another form than the source's."""
    frame = pd.DataFrame([["\ud800"], ["y" * 40_000], ["fine"]], dtype=object)
    chunk = Chunk("-", "stdin", ("Cell",), 0, range(2, 5), frame)
    notes = report([chunk], tmp_path / "results.xlsx")
    assert notes[0].startswith(
        '1 cell holds more than 32,767 characters, which no workbook can (stdin!3 in "Cell"): it is changed here'
    )
    assert notes[1].startswith(
        '1 cell holds characters that are none, such as half of one, which no workbook can (stdin!2 in "Cell"): '
    )
    assert ".csv" not in " ".join(notes)
    (again,) = chunks_of(tmp_path / "results.xlsx", "stdin", 1)
    assert again.column(0)[0] == "\\ud800"
    refused = {*again.issues, *(row for rows in again.faults.values() for row in rows)}
    assert refused == {0, 1}


def test_a_bad_cell_is_marked_where_its_column_stands(tmp_path: Path) -> None:
    """Sheets with other columns in another order share one header; a fault's address is that of its source."""
    frame = pd.DataFrame([["x", "bad"]], dtype=object)
    first = Chunk("a.csv", "a.csv", ("Lead", "Name"), 0, [2], frame)
    second = Chunk("b.csv", "b.csv", ("E-mail", "Lead"), 1, [6], frame, positions=[3, 5])

    def judge(chunk: Chunk, row: int) -> Outcome:
        return Outcome(
            row, Status.INVALID, Code.INVALID_EMAIL, "No.", "", f"{chunk.sheet}!{'D6' if chunk is second else 'B2'}"
        )

    sheet = opened([first, second], tmp_path, judge=judge)
    assert sheet.title == "rows"
    assert [cell.value for cell in sheet[1]][:3] == ["Lead", "Name", "E-mail"]
    assert (sheet["C3"].value, sheet["C3"].fill.patternType) == ("x", "lightUp")
    assert 'Read: "x"' in sheet["C3"].comment.text
    assert sheet["A2"].fill.patternType == "solid"
    book = openpyxl.load_workbook(tmp_path / "results.xlsx")
    links = [cell.hyperlink.location for cell in book[SUMMARY_SHEET]["A"] if cell.hyperlink]
    assert links[-2:] == ["'rows'!B2", "'rows'!C3"]
    places = [cell.value for cell in book[SUMMARY_SHEET]["A"]]
    assert places[-3:] == ["Cell or row of the source", "a.csv!B2", "b.csv!D6\n(here C3)"]


@pytest.mark.parametrize(
    ("name", "title"), [("a:b[1]?.csv", "a_b_1__.csv"), ("History", "rows"), ("'q'", "q"), ("n" * 40, "n" * 31)]
)
def test_a_sheet_has_a_title_that_excel_allows(tmp_path: Path, name: str, title: str) -> None:
    """The source's name, as far as can be."""
    frame = pd.DataFrame([["x"]], dtype=object)
    assert opened([Chunk("s", name, ("Lead",), 0, [2], frame)], tmp_path).title == title


def test_of_very_many_rows_only_those_to_look_at_are_in_it(tmp_path: Path) -> None:
    """The notes say so, and where the others are."""
    chunks = a_csv(tmp_path / "leads.csv")
    out = tmp_path / "results.xlsx"
    (note,) = report(chunks, out, rows=MOST_ROWS + 1)
    assert note == (
        "The source has more than 50,000 rows, so only those to look at are in this workbook; the other files of the "
        "report have all rows."
    )
    rows = list(openpyxl.load_workbook(out).worksheets[1].iter_rows(min_row=2, values_only=True))
    assert {row[5] for row in rows} == {"invalid", "failed"}
    assert [row[3] for row in rows] == [n for n in range(2, len(HOSTILE) + 2) if n % 6 in (0, 1)]


def test_a_marked_workbook_is_not_tried_for_very_many_rows(tmp_path: Path) -> None:
    """The new one has those to look at."""
    source = a_book(tmp_path / "leads.xlsx")
    report(chunks_of(source), tmp_path / "results.xlsx", source, rows=MOST_ROWS + 1)
    book = openpyxl.load_workbook(tmp_path / "results.xlsx")
    assert book.sheetnames == [SUMMARY_SHEET, "Leads"]
    rows = [judged(chunk, row) for chunk in chunks_of(source) for row in range(len(chunk))]
    assert book["Leads"].max_row == 1 + sum(row.status in {"invalid", "failed"} for row in rows)


def test_a_run_without_rows_has_a_workbook(tmp_path: Path) -> None:
    """A header, and the summary."""
    frame = pd.DataFrame([], columns=[0], dtype=object)
    sheet = opened([Chunk("s", "s", ("Lead",), 0, range(0), frame)], tmp_path, problems=[])
    assert sheet["A1"].value == "Lead"
    assert sheet.max_row == 1


def test_what_a_person_types_stays_text(tmp_path: Path) -> None:
    """`00456` and `=1+1` typed over a cell, or into a blank one, become no number and no formula."""
    sheet = opened(a_csv(tmp_path / "leads.csv", ("00123", "", *HOSTILE)), tmp_path)
    assert sheet["B3"].value is None
    assert {cell.number_format for row in sheet["A1:B21"] for cell in row if cell.has_style} == {"@"}
    fills = {cell.fill.patternType for row in sheet["A1:B21"] for cell in row if cell.number_format == "@"}
    assert fills == {None, "solid", "lightUp"}
    assert {cell.number_format for row in sheet["C1:M21"] for cell in row} == {"General"}
    with ZipFile(tmp_path / "results.xlsx") as archive:
        xml = archive.read("xl/worksheets/sheet2.xml").decode()
    styles = openpyxl.load_workbook(tmp_path / "results.xlsx").worksheets[1].column_dimensions
    assert [styles[letter].number_format for letter in "ABC"] == ["@", "@", "General"]
    assert '<c r="B3"' not in xml  # so that its column's style is all there is


def test_columns_are_laid_out_once_for_a_chunk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once for each column would take minutes where there are thousands of them."""
    asked: list[Chunk] = []
    cells = Columns.cells

    def counted(self: Columns, chunk: Chunk) -> list[Sequence[str]]:
        asked.append(chunk)
        return cells(self, chunk)

    monkeypatch.setattr(Columns, "cells", counted)
    chunks = a_csv(tmp_path / "leads.csv")
    report(chunks, tmp_path / "results.xlsx")
    assert len(asked) == len(chunks)


@pytest.fixture
def no_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be written into the system's folder for temporary files, nor kept in memory."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    monkeypatch.setattr(fresh, "_IN_MEMORY", 1)


@pytest.mark.usefixtures("no_temporary_folder")
def test_rows_are_kept_in_a_nameless_file_of_the_folder(tmp_path: Path) -> None:
    """Lead data stands nowhere else, and nothing is left behind."""
    chunks = a_csv(tmp_path / "leads.csv")
    source = a_book(tmp_path / "leads.xlsx")
    folder = tmp_path / "report"
    folder.mkdir()
    workbook = ResultsWorkbook(Columns([chunks[0].headers]), RUN, rows=1, original=None, has_forms=False, folder=folder)
    workbook.add(Answered(chunks[0], [None] * len(chunks[0])))
    assert not list(folder.iterdir())
    workbook.close()
    report(chunks, folder / "results.xlsx", folder=folder)
    report(chunks_of(source), folder / "marked.xlsx", source, folder=folder)
    assert sorted(path.name for path in folder.iterdir()) == ["marked.xlsx", "results.xlsx"]


@pytest.mark.usefixtures("no_temporary_folder")
@pytest.mark.parametrize("during", ["add", "save"])
def test_a_fault_in_the_middle_costs_the_workbook_only(tmp_path: Path, during: str) -> None:
    """It is told in half a sentence, and logged by its kind: its text may quote cells."""
    (chunk,) = a_csv(tmp_path / "leads.csv", ("secret",))
    workbook = ResultsWorkbook(Columns([chunk.headers]), RUN, rows=1, original=None, has_forms=False, folder=tmp_path)
    told = Outcome(0, Status.UPDATED, Code.UPDATED, "", attempts="secret" if during == "add" else 1)
    about = About(replace(a_summary(), codes={"secret": 1}), ())

    def make() -> None:
        workbook.add(Answered(chunk, [told]))
        with (tmp_path / "results.xlsx").open("wb") as file:
            workbook.save(file, about, [])

    wanted = {
        "add": ("a row cannot be put into it (ValueError)", "ValueError"),
        "save": ("it cannot be written (KeyError)", "KeyError"),
    }[during]
    with structlog.testing.capture_logs() as logs, pytest.raises(ReportError) as raised:
        make()
    assert raised.value.message == wanted[0]
    (event,) = logs
    assert event == {"event": "workbook_fault", "log_level": "warning", "during": during, "fault": wanted[1]}
    with pytest.raises(ValueError, match="closed"):
        workbook._book._spool.write("")  # it holds no file any more


def test_too_little_memory_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a workbook that cannot be opened a new one is made; where that fails too, there is none."""
    source = a_book(tmp_path / "leads.xlsx")
    chunks = chunks_of(source)

    def give_up(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("leadsync.report.workbook.opened.must_be_writable", give_up)
    (note,) = report(chunks, tmp_path / "results.xlsx", source)
    assert note == "This is a new workbook and not leads.xlsx itself, marked: there is not enough memory for it."
    monkeypatch.setattr("leadsync.report.workbook.fresh.save", give_up)
    with pytest.raises(ReportError, match=r"^there is not enough memory for it$"):
        report(chunks, tmp_path / "results.xlsx", source)


def test_a_workbook_that_openpyxl_cannot_write_is_told_apart(tmp_path: Path) -> None:
    """One that can be read, such as of hidden sheets only; and what went wrong is logged."""
    source = a_book(tmp_path / "leads.xlsx")
    chunks = chunks_of(source)
    book = openpyxl.load_workbook(source)
    book.save(source)
    hide = {"xl/workbook.xml": lambda xml: xml.replace('state="visible"', 'state="hidden"')}
    rewrite(source, hide)
    with structlog.testing.capture_logs() as logs:
        (note,) = report(chunks, tmp_path / "results.xlsx", source)
    assert note.endswith("marked: openpyxl cannot write it (IndexError).")
    assert [(each["event"], each["during"], each["fault"]) for each in logs] == [
        ("workbook_fault", "write", "IndexError")
    ]


def test_a_ragged_row_says_where_it_is_to_be_mended(tmp_path: Path) -> None:
    """Its message is marked, as it has no cell here; comment and summary tell of the cells without a header."""
    path = tmp_path / "leads.csv"
    path.write_text("Lead,Name\na,b\nc,Smith, John\nd\n", encoding="utf-8")

    def judge(chunk: Chunk, row: int) -> Outcome:
        if row not in chunk.issues:
            return Outcome(row, Status.UPDATED, Code.UPDATED, "")
        issue = chunk.issues[row]
        return Outcome(row, Status.INVALID, issue.code, issue.message, "", str(issue.cell or ""))

    sheet = opened(chunks_of(path, None, 1), tmp_path, judge=judge, has_forms=True)
    message = sheet.cell(3, 3 + HELPERS.index("leadsync_message"))
    assert message.fill.patternType == "lightUp"
    assert 'Read without a header: " John"' in message.comment.text
    assert sheet["B4"].fill.patternType == "lightUp"
    for cell in (message, sheet["B4"]):
        assert "Mend the row in the file that it came from" in cell.comment.text
    summary = openpyxl.load_workbook(tmp_path / "results.xlsx")[SUMMARY_SHEET]
    rows = {row[0].value: row for row in summary.iter_rows() if row[3].value == "ragged_row"}
    row = rows[f"leads.csv!C3\n(here {message.coordinate})"]
    assert row[4].value == "without a header:  John"
    assert "Mend the row in the file that it came from" in row[6].value
    assert row[0].hyperlink.location == f"'leads.csv'!{message.coordinate}"


def test_rows_left_out_as_hidden_are_hidden_and_left_out_again(tmp_path: Path) -> None:
    """Under `hidden_rows: skip`, as in the source."""
    chunks = a_csv(tmp_path / "leads.csv")

    def judge(_: Chunk, row: int) -> Outcome:
        if row in (2, 5):
            return Outcome(row, Status.SKIPPED, Code.HIDDEN_ROW, "")
        return Outcome(row, Status.UPDATED, Code.UPDATED, "")

    sheet = opened(chunks, tmp_path, judge=lambda chunk, row: judge(chunk, chunk.first + row))
    hidden = [number for number, row in sheet.row_dimensions.items() if row.hidden]
    assert hidden == [4, 7]
    options = SourceOptions(hidden_rows=HiddenRows.SKIP)
    with open_source(str(tmp_path / "results.xlsx"), options) as source:
        (again,) = source.chunks(0, 100)
    assert {again.numbers[row] for row in again.left_out} == {4, 7}
