"""`changes.csv` and `changes.xlsx`: what a plan changes, to be read by people; nothing in them is run."""

import csv
import io
import os
import stat
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from leadsync.errors import SourceError, StateError
from leadsync.plan import Change, PlanChunk, PlanHead, PlannedRow, table, write_plan
from leadsync.plan.table import write_changes
from leadsync.records import Chunk

TIER = "019dc3f6-1790-7298-932b-90a7ee4ba10c"
LEAD = "10000000-0000-4000-8000-000000000001"
Make = Callable[..., PlanChunk]
HEADER = ["leadsync_sheet", "leadsync_row", "leadsync_lead_id", "field", "old", "new", "what"]

HOSTILE = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+45 12 34 56 78",
    "-5",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\uff1d1+1",
    "#N/A",
    "#REF!",
    "=",
]


def in_csv(folder: Path) -> list[list[str]]:
    """Give the lines of the CSV file."""
    return list(csv.reader(io.StringIO((folder / "changes.csv").read_bytes().decode("utf-8-sig"), newline="")))


def in_xlsx(folder: Path) -> list[list[Any]]:
    """Give the lines of the workbook."""
    sheet = openpyxl.load_workbook(folder / "changes.xlsx")["changes"]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_one_line_for_each_value(tmp_path: Path, head: PlanHead, planned: Make) -> None:
    """Where it comes from, whose it is, its field as people know it, from what to what, and what that means."""
    chunks = [
        planned(
            [Change("email", "a@example.com", "b@example.com"), Change("notes", "old", "")],
            [Change(TIER, None, 12.5), Change("phone", "", "+45 12")],
        ),
        planned([Change(TIER, "Gold", None)], first=10, sheet="Bob's"),
        planned([Change(TIER, "x", True)], [Change(TIER, '["a"]', ["ø", 1])], first=20),
    ]
    write_plan(tmp_path / "p", head, chunks)
    written = write_changes(tmp_path / "out", tmp_path / "p")
    assert (written.lines, written.csv, written.xlsx) == (
        *(7, tmp_path / "out" / "changes.csv"),
        tmp_path / "out" / "changes.xlsx",
    )

    def lead(number: int) -> str:
        return f"10000000-0000-4000-8000-{number:012d}"

    expected = [
        ["Leads", 2, lead(0), "email", "a@example.com", "b@example.com", "changes"],
        ["Leads", 2, lead(0), "notes", "old", "", "clears"],
        ["Leads", 3, lead(1), "Tier", "", "12.5", "fills"],
        ["Leads", 3, lead(1), "phone", "", "+45 12", "fills"],
        ["Bob's", 12, lead(10), "Tier", "Gold", "", "cannot be undone"],
        ["Leads", 22, lead(20), "Tier", "x", "true", "changes"],
        ["Leads", 23, lead(21), "Tier", '["a"]', '["ø",1]', "changes"],
    ]
    assert in_xlsx(tmp_path / "out") == [HEADER, *([cell or None for cell in line] for line in expected)]
    expected[3][5] = "'+45 12"
    assert in_csv(tmp_path / "out") == [HEADER, *([str(cell) for cell in line] for line in expected)]


def test_nothing_becomes_a_formula(tmp_path: Path, head: PlanHead) -> None:
    """Neither a value nor a sheet's or a field's name: text in the workbook, behind an apostrophe in the CSV file."""
    path = tmp_path / "p"
    chunk = Chunk("s", "=Sheet", ("h",), 0, range(2, 2 + len(HOSTILE)), pd.DataFrame({0: HOSTILE}, dtype=object))
    rows = [
        PlannedRow(row, LEAD, [Change("notes", text, "x"), Change(TIER, "x", text)]) for row, text in enumerate(HOSTILE)
    ]
    write_plan(path, replace(head, names={TIER: "=HYPERLINK(1)"}), [PlanChunk(chunk, rows)])
    write_changes(tmp_path, path)
    for line in in_csv(tmp_path)[1:]:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d")) for cell in line)
    assert [line[4].removeprefix("'") for line in in_csv(tmp_path)[1::2]] == HOSTILE
    with zipfile.ZipFile(tmp_path / "changes.xlsx") as book:
        xml = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml
    assert 't="e"' not in xml
    sheet = openpyxl.load_workbook(tmp_path / "changes.xlsx")["changes"]
    kinds = {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row if cell.column != 2}
    assert kinds == {"s"}
    read = [row[4].value for row in sheet.iter_rows(min_row=2)][::2]
    assert read == [text.replace("\r", "\n") for text in HOSTILE]


def test_a_workbook_opens_whatever_is_in_it(tmp_path: Path, head: PlanHead, planned: Make) -> None:
    """Characters that XML cannot hold are shown by their numbers, and a text that no cell can hold is cut."""
    texts = [
        "a\x00\x07b\x1f",
        "\ufffe\uffff",
        "_x0041_",
        "x" * 40_000,
        "🙂" * 20_000,
        " space ",
        "line\nbreak",
        "<&>\"'",
    ]
    write_plan(tmp_path / "p", head, [planned(*([Change("notes", "", text)] for text in texts))])
    write_changes(tmp_path, tmp_path / "p")
    with zipfile.ZipFile(tmp_path / "changes.xlsx") as book:
        xml = book.read("xl/worksheets/sheet1.xml").decode()
    assert "_x005F_x0041_" in xml
    read = [line[5] for line in in_xlsx(tmp_path)[1:]]
    assert read[:2] == ["a\\x00\\x07b\\x1f", "\\ufffe\\uffff"]
    assert read[3] == "x" * 32_766 + "…"
    assert read[4] == "🙂" * 16_383 + "…"
    assert read[5:] == texts[5:]
    assert [line[5] for line in in_csv(tmp_path)[1:]] == texts
    frame = pd.read_excel(tmp_path / "changes.xlsx", engine="calamine", dtype=str, keep_default_na=False)
    assert frame["new"].tolist()[5:] == texts[5:]


def test_the_workbook_is_made_to_be_looked_through(tmp_path: Path, head: PlanHead, planned: Make) -> None:
    """A bold header that stays, a filter over all lines, columns that are wide enough."""
    write_plan(tmp_path / "p", head, [planned([Change("notes", "", "a")], [Change("notes", "", "b")])])
    write_changes(tmp_path, tmp_path / "p")
    sheet = openpyxl.load_workbook(tmp_path / "changes.xlsx")["changes"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:G3")
    assert all(cell.font.bold for cell in sheet[1])
    assert not any(cell.font.bold for cell in sheet[2])
    assert sheet.column_dimensions["C"].width > len(LEAD)


def test_a_plan_that_changes_nothing_has_tables(tmp_path: Path, head: PlanHead) -> None:
    """A header, and nothing below it."""
    write_plan(tmp_path / "p", head, [])
    assert write_changes(tmp_path, tmp_path / "p").lines == 0
    assert in_csv(tmp_path) == in_xlsx(tmp_path) == [HEADER]


def test_beyond_a_number_of_lines_there_is_no_workbook(
    tmp_path: Path, head: PlanHead, planned: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor that of an earlier plan, which would pass for this one's."""
    monkeypatch.setattr(table, "XLSX_LINES", 2)
    for lines, has_workbook in ((2, True), (3, False)):
        write_plan(tmp_path / "p", head, [planned(*([Change("notes", "", "a")] for _ in range(lines)))])
        written = write_changes(tmp_path, tmp_path / "p")
        assert written.lines == lines == len(in_csv(tmp_path)) - 1
        assert (written.xlsx is not None) == (tmp_path / "changes.xlsx").exists() == has_workbook


def test_only_the_owner_can_read_the_tables(tmp_path: Path, head: PlanHead) -> None:
    """They hold lead data, and so does their folder."""
    write_plan(tmp_path / "p", head, [])
    write_changes(tmp_path / "out", tmp_path / "p")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "out").iterdir()}
    assert modes == {"changes.csv": 0o600, "changes.xlsx": 0o600}
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700


def test_a_table_is_there_whole_or_not_at_all(tmp_path: Path, head: PlanHead, planned: Make) -> None:
    """A plan that breaks off half way leaves no table."""
    write_plan(tmp_path / "p", head, [planned([Change("notes", "", "a")])] * 3)
    whole = (tmp_path / "p").read_bytes()
    (tmp_path / "p").write_bytes(whole[:-30])
    with pytest.raises(SourceError, match="is cut off"):
        write_changes(tmp_path / "out", tmp_path / "p")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, head: PlanHead) -> None:
    """A sentence with its name."""
    write_plan(tmp_path / "p", head, [])
    os.mkfifo(tmp_path / "file")
    with pytest.raises(StateError, match=r"The folder .*/file/out cannot be written \(Not a directory\)"):
        write_changes(tmp_path / "file" / "out", tmp_path / "p")
