"""Reports of ours that are fed again are read as their source was, however they were saved meanwhile."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from loader.old_formats import xls_bytes, xls_stream
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from leadsync.codes import Code
from leadsync.errors import SourceError
from leadsync.loader import open_source
from leadsync.records import SUMMARY_SHEET, Answered, Chunk, HiddenRows, Origins, Outcome, SourceOptions, Status
from leadsync.report.columns import Columns
from leadsync.report.table import Table

RUN = "20261122T010203-abc"
HOSTILE = [
    *("+45 12 34 56 78", "-5", "=1+1", "@SUM(A1)", "\tx", "\nx", "'=x", "''+1", "'plain", "'", "''", "plain", ""),
    *("\uff1d1+1", "=cmd|' /C calc'!A0", "5'", "+", '"=1"'),
]
HEADERS = ("Id", "=Phone", "'+Note", "leads")
FORMS = ('{"typed":{"CVR":"12"}}', '{"faults":{"CVR":["error_value","#N/A"]}}')


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Chunk]:
    """Give a function that reads bytes as a file of some name: its only chunk."""

    def read_all(content: bytes | str, name: str = "results.csv", **options: Any) -> Chunk:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        with open_source(str(path), SourceOptions(**options)) as source:
            (chunk,) = source.chunks(0)
        return chunk

    return read_all


@pytest.fixture
def hostile(read: Callable[..., Chunk]) -> Chunk:
    """Give a source whose cells and headers may be taken for formulas; a row has one such cell, or none."""
    text = StringIO()
    csv.writer(text).writerows([HEADERS, *([f"lead {n}", cell, "x", cell] for n, cell in enumerate(HOSTILE))])
    return read(text.getvalue(), "=leads.csv", delimiter=",")


def results(chunk: Chunk, statuses: Sequence[Status] = ()) -> tuple[str, str]:
    """Give retry.csv and results.csv of all rows of a chunk."""
    outcomes = [Outcome(n, status, Code.INVALID_EMAIL, "Told.") for n, status in enumerate(statuses)]
    answered = Answered(chunk, outcomes or [None] * len(chunk))
    table = Table(Columns([chunk.headers]), RUN, has_forms=True)
    exact, harmless = table.exact_lines(answered), table.lines(answered)
    return "\n".join([table.exact_head(), *exact, ""]), "\n".join([table.harmless_head(), *harmless, ""])


def saved(book: openpyxl.Workbook) -> bytes:
    """Save a workbook."""
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def cells(chunk: Chunk) -> list[list[str]]:
    """Give the rows of a chunk."""
    rows: list[list[str]] = chunk.frame.to_numpy().tolist()
    return rows


def saved_as_workbook(text: str, workbook: Callable[..., bytes]) -> bytes:
    """Save a CSV file as a workbook, every cell as text."""
    return workbook({"results": list(csv.reader(StringIO(text)))})


def test_cells_like_formulas_survive_the_way_out_and_in(
    read: Callable[..., Chunk], hostile: Chunk, workbook: Callable[..., bytes]
) -> None:
    """By either file, saved as a workbook meanwhile or not; so do the headers, and the name of the sheet."""
    retry, result = results(hostile)
    assert "'+45" not in retry
    for again in (
        read(retry),
        read(result),
        read(saved_as_workbook(retry, workbook), "retry.xlsx"),
        read(saved_as_workbook(result, workbook), "results.xlsx"),
    ):
        assert again.headers == HEADERS
        assert cells(again) == cells(hostile)
        assert again.origins


def test_a_cell_that_somebody_freed_of_its_apostrophe_stays_as_it_is(
    read: Callable[..., Chunk], hostile: Chunk
) -> None:
    """And so does one that was typed anew, also with an apostrophe that protects nothing."""
    lines = results(hostile)[1].splitlines()
    mended = lines[1].replace("'+45 12 34 56 78", "+45 87", 1).replace("'+45 12 34 56 78", "'plain", 1)
    assert mended != lines[1]
    assert cells(read("\n".join([lines[0], mended, ""])))[0] == ["lead 0", "+45 87", "x", "'plain"]


def test_a_row_without_the_mark_keeps_its_apostrophes(read: Callable[..., Chunk]) -> None:
    """Somebody added it by hand, or its cells had them before us."""
    chunk = read("leadsync_sheet,Name,leadsync_escaped\nA,'+1,'\nA,'+2,\nA,'+3,x\n")
    assert chunk.column(0) == ["+1", "'+2", "'+3"]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_forms_are_told_of_restored_cells(read: Callable[..., Chunk], place: int) -> None:
    """The form names headers and cells as the source had them."""
    columns = [("=CVR", "'=CVR"), ("x", "x"), ("y", "y")]
    columns = columns[-place:] + columns[:-place]
    forms = '"{""faults"":{""=CVR"":[""error_value"",""-#N/A""]},""typed"":{""x"":""a""}}"'
    text = ",".join(["leadsync_form", *(told for _, told in columns), "leadsync_escaped"])
    values = {"=CVR": "'-#N/A", "x": "a", "y": "a"}
    chunk = read(f"{text}\n{forms},{','.join(values[name] for name, _ in columns)},'\n")
    assert chunk.headers == tuple(name for name, _ in columns)
    assert list(chunk.faults) == [place]
    assert chunk.typed == {chunk.headers.index("x"): frozenset({0})}


def test_forms_are_known_in_a_workbook_too(read: Callable[..., Chunk], workbook: Callable[..., bytes]) -> None:
    """Beside what the workbook itself knows: numbers are numbers, and its own errors say so themselves."""
    table = [
        ["Name", "CVR", "leadsync_form"],
        ["12", "12", FORMS[0]],
        ["a", "#N/A", FORMS[1]],
        [7, 13, FORMS[0]],
        ["b", "1", '{"surplus":["more"]}'],
        ["c", "1", "{"],
    ]
    chunk = read(workbook({"results": table}), "results.xlsx")
    assert chunk.typed == {0: frozenset({2}), 1: frozenset({0, 2})}
    assert {column: list(rows) for column, rows in chunk.faults.items()} == {1: [1]}
    fault = chunk.faults[1][1]
    assert (fault.code, str(fault.cell)) == (Code.ERROR_VALUE, "results!B3")
    assert {row: issue.code for row, issue in chunk.issues.items()} == {3: Code.RAGGED_ROW, 4: Code.INVALID_JSON}
    assert str(chunk.issues[3].cell) == "results!C5"
    assert chunk.surplus == {3: ["more"], 4: ["{"]}


def test_an_error_of_the_workbook_goes_before_what_the_form_tells(
    read: Callable[..., Chunk], workbook: Callable[..., bytes]
) -> None:
    """Excel has made a formula's error of the text that the report had."""
    content = workbook({"a": [["CVR", "leadsync_form"], ["#N/A", FORMS[1]]]})
    assert "first read" in read(content, "a.xlsx").faults[0][0].message
    book = openpyxl.load_workbook(BytesIO(content))
    book["a"]["A2"].data_type = "e"
    assert "shows #N/A" in read(saved(book), "b.xlsx").faults[0][0].message


def test_rows_know_where_they_come_from(read: Callable[..., Chunk], hostile: Chunk) -> None:
    """Run, sheet, row and status as the report told them; the first of columns of one name counts."""
    chunk = read(results(replace(hostile.head(2), sheet="Leads"), [Status.UPDATED, Status.INVALID])[1])
    assert chunk.origins == Origins([RUN] * 2, ["Leads!2", "Leads!3"], ["updated", "invalid"])
    text = "leadsync_status,Name,leadsync_run,leadsync_status\n updated ,Bo, r1 ,x\n,Eva,,\n"
    assert read(text).origins == Origins(["r1", ""], ["", ""], ["updated", ""])
    assert read("Name\nBo\n").origins is None
    assert read("leadsync_sheet,Name\nA,Bo\n").origins is None


def test_the_report_of_an_older_leadsync_names_no_run(read: Callable[..., Chunk]) -> None:
    """Its rows are known by the other three."""
    chunk = read("leadsync_sheet,leadsync_row,leadsync_status,Name\nLeads,17,failed,Bo\n")
    assert chunk.origins == Origins([""], ["Leads!17"], ["failed"])
    assert chunk.take([0]).origins == chunk.origins


def marked(rows: Sequence[Sequence[object]], gap: int = 0, top: int = 1) -> bytes:
    """Mark a workbook as a report does: helper columns right of a gap, fills, a comment, and a summary in front."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Leads"
    width = max(map(len, rows)) + gap
    for number, values in enumerate(rows, top):
        for column, value in enumerate(values, 1):
            sheet.cell(number, column).value = value
        told = ("leadsync_row", "leadsync_status", "leadsync_run") if number == top else (number, "invalid", RUN)
        for column, value in enumerate(told, width + 1):
            sheet.cell(number, column).value = value
        for column in range(1, width + 1):
            sheet.cell(number, column).fill = PatternFill("solid", fgColor="FFC7CE")
    sheet.cell(top + 1, 1).comment = Comment("Mend it.", "leadsync")
    book.create_sheet(SUMMARY_SHEET, 0).append(["2 rows are invalid."])
    return saved(book)


ROWS = [["Id", "Name", "Born"], ["a", "Bo", 7], ["b", None, 1.5], [None, None, None], ["c", "'=x", True]]


@pytest.mark.parametrize("gap", [0, 1, 5])
def test_a_marked_workbook_is_read_as_its_source(
    read: Callable[..., Chunk], workbook: Callable[..., bytes], gap: int
) -> None:
    """Fills, comments, our columns and the blank ones between change nothing of what is read."""
    before, chunk = read(workbook({"Leads": ROWS}), "a.xlsx"), read(marked(ROWS, gap), "b.xlsx")
    assert (chunk.sheet, chunk.headers, cells(chunk)) == (before.sheet, before.headers, cells(before))
    assert (chunk.numbers, chunk.typed, chunk.faults) == (before.numbers, before.typed, before.faults)
    assert chunk.positions == before.positions
    assert chunk.origins == Origins([RUN] * 4, ["!2", "!3", "!4", "!5"], ["invalid"] * 4)


def test_columns_without_header_are_read_as_before_the_marking(
    read: Callable[..., Chunk], workbook: Callable[..., bytes]
) -> None:
    """Up to the last that holds something: beyond it there is nothing but our columns."""
    rows: list[list[object]] = [["Id", "Name"], ["a", "Bo", None, "aside"]]
    before, chunk = read(workbook({"Leads": rows}), "a.xlsx"), read(marked(rows, 3), "b.xlsx")
    assert chunk.headers == before.headers == ("Id", "Name", "", "")
    assert cells(chunk) == cells(before)


def test_our_columns_may_stand_anywhere(read: Callable[..., Chunk], workbook: Callable[..., bytes]) -> None:
    """A column that somebody added behind them is a column of the source; the row's cells keep their names."""
    table = [["leadsync_run", "Id", None, "leadsync_row", "Name", None], ["r", "a", None, 2, "Bo", None]]
    chunk = read(workbook({"Leads": table}), "a.xlsx")
    assert chunk.headers == ("Id", "", "Name")
    assert chunk.positions == (1, 2, 4)
    assert chunk.origins == Origins(["r"], ["!2"], [""])


def test_the_summary_sheet_is_never_taken_for_the_source(
    tmp_path: Path, read: Callable[..., Chunk], workbook: Callable[..., bytes]
) -> None:
    """Not by default and not by number, however it is written; by its name it can be asked for."""
    table = [["Name"], ["Bo"]]
    book = workbook({"Leadsync Summary 2": table, SUMMARY_SHEET: table, "Leads": table, "Old": table})
    assert read(book, "a.xlsx").sheet == "Leads"
    assert [read(book, "a.xlsx", sheet=place).sheet for place in (1, 2, "1")] == ["Leads", "Old", "Leads"]
    assert read(book, "a.xlsx", sheet=SUMMARY_SHEET).sheet == SUMMARY_SHEET
    with open_source(str(tmp_path / "a.xlsx"), SourceOptions()) as source:
        assert source.sheets == ("Leads", "Old")
    with pytest.raises(SourceError, match="no sheet number 3; it has 2, counted from 1: 'Leads', 'Old'"):
        read(book, "a.xlsx", sheet=3)
    with pytest.raises(SourceError, match="holds only the summary of a leadsync report; name the file with its rows"):
        read(workbook({SUMMARY_SHEET: table}), "b.xlsx")


def test_the_summary_sheet_is_passed_over_in_other_workbooks_too(tmp_path: Path) -> None:
    """Somebody has saved the report anew in another format."""
    stream = xls_stream(lambda sheet: sheet.write(0, 0, "Name"), SUMMARY_SHEET, "Old")
    (tmp_path / "results.xls").write_bytes(xls_bytes(stream))
    with open_source(str(tmp_path / "results.xls"), SourceOptions()) as source:
        assert source.sheets == ("Leads", "Old")
    with pytest.raises(SourceError, match="Sheet 'Old' of"):
        open_source(str(tmp_path / "results.xls"), SourceOptions(sheet=2))


def test_a_new_workbook_is_read_as_we_write_it(read: Callable[..., Chunk], workbook: Callable[..., bytes]) -> None:
    """Its header is in row 1, and its one sheet has our name, whatever is declared of the file that it was made of."""
    table = [["Name", "leadsync_row", "leadsync_status"], ["Bo", "7", "invalid"], ["Eva", "9", "invalid"]]
    book = workbook({SUMMARY_SHEET: [["Told."]], "rows": table})
    for sheet in ("Leads", 2, "2"):
        chunk = read(book, "results.xlsx", sheet=sheet, header_row=3)
        assert (chunk.sheet, chunk.headers, chunk.column(0)) == ("rows", ("Name",), ["Bo", "Eva"])
    rows = [["Export"], ["of today"], ["Id", "Name"], ["a", "Bo"]]
    assert read(marked(rows[2:], top=3), "marked.xlsx", header_row=3).headers == ("Id", "Name")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_rows_below_the_table_are_left_out_again(
    read: Callable[..., Chunk], workbook: Callable[..., bytes], kind: str
) -> None:
    """By what the report tells of each, as it need not have all rows of its source; not if they are none any more."""
    text = "leadsync_sheet,leadsync_code,Name\nA,invalid_email,Bo\nA,below_table,Total\n,,New\n"
    content = text if kind == "csv" else saved_as_workbook(text, workbook)
    chunk = read(content, f"results.{kind}", skip_footer=1)
    assert {row: issue.code for row, issue in chunk.left_out.items()} == {1: Code.BELOW_TABLE}
    assert chunk.left_out[1].message == (
        "This row is none of the table's, as the report that it is from tells; "
        f"empty leadsync_code ({chunk.sheet if kind == 'xlsx' else 'results.csv'}!B3) to send it."
    )
    assert list(read(content, f"results.{kind}", stop_at_blank=True).left_out) == [1]
    assert read(content, f"results.{kind}").left_out == {}


def test_hidden_rows_stay_left_out_of_a_report_that_shows_them(
    read: Callable[..., Chunk], workbook: Callable[..., bytes]
) -> None:
    """A CSV file hides nothing; in a workbook whoever shows a hidden row wants it sent."""
    text = "leadsync_sheet,leadsync_code,Name\nA,hidden_row,Bo\nA,updated,Eva\n"
    assert list(read(text, hidden_rows=HiddenRows.SKIP).left_out) == [0]
    assert read(text).left_out == {}
    assert read(saved_as_workbook(text, workbook), "a.xlsx", hidden_rows=HiddenRows.SKIP).left_out == {}


def test_a_table_of_ours_that_was_saved_as_a_workbook_need_not_have_the_declared_sheet(tmp_path: Path) -> None:
    """Excel calls its one sheet after the file; of any other workbook the declared sheet is asked for."""
    options = SourceOptions(sheet="Kunder")
    for header, is_ours in (("leadsync_status", True), ("Status", False)):
        book = openpyxl.Workbook()
        assert book.active
        book.active.title = "retry"
        book.active.append([header, "Id"])
        book.active.append(["invalid", "7"])
        book.save(tmp_path / "retry.xlsx")
        if is_ours:
            with open_source(str(tmp_path / "retry.xlsx"), options) as source:
                assert (source.sheet, source.headers) == ("retry", ("Id",))
                assert "though source" in source.read_as[0]
        else:
            with pytest.raises(SourceError, match="has no sheet 'Kunder'"):
                open_source(str(tmp_path / "retry.xlsx"), options)
