"""A new workbook, where there is none to mark: the source's cells as text, the same columns, the same marks."""

from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pandas as pd
import pytest
from report.workbooks import RUN, a_book, chunks_of, judged, report

from leadsync.codes import Code
from leadsync.records import SUMMARY_SHEET, Chunk, Outcome, Status
from leadsync.report.columns import FORM_COLUMN, HELPERS, RUN_COLUMN
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
    assert "2 cells hold what no workbook can" in " ".join(notes)
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
            row, Status.INVALID, Code.INVALID_EMAIL, "No.", "", f"{chunk.sheet}!D6" if chunk is second else ""
        )

    sheet = opened([first, second], tmp_path, judge=judge)
    assert sheet.title == "rows"
    assert [cell.value for cell in sheet[1]][:3] == ["Lead", "Name", "E-mail"]
    assert (sheet["C3"].value, sheet["C3"].fill.patternType) == ("x", "lightUp")
    assert 'Read: "x"' in sheet["C3"].comment.text
    assert sheet["B2"].fill.patternType == "solid"
    book = openpyxl.load_workbook(tmp_path / "results.xlsx")
    links = [cell.hyperlink.location for cell in book[SUMMARY_SHEET]["A"] if cell.hyperlink]
    assert links[-2:] == ["'rows'!A2", "'rows'!A3"]


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
    assert note.startswith("The source has more than 50,000 rows, so only those to look at are in this workbook")
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
