"""The first sheet: what happened, and what to do, without another look anywhere."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from report.workbooks import RUN, a_book, a_summary, chunks_of, report

from leadsync.codes import CATALOGUE, STATUSES, Code
from leadsync.records import SUMMARY_SHEET, Damage, FollowUp, Level, Status
from leadsync.report.about import About
from leadsync.report.verdict import followed_up, headline_of
from leadsync.report.words import banners, next_steps, told_of_source


@pytest.fixture
def page(tmp_path: Path) -> Any:
    """Give the summary sheet of a marked workbook."""
    source = a_book(tmp_path / "leads.xlsx")
    report(chunks_of(source), tmp_path / "results.xlsx", source)
    return openpyxl.load_workbook(tmp_path / "results.xlsx")[SUMMARY_SHEET]


def texts(page: Any) -> list[tuple[Any, ...]]:
    """Give the rows of the sheet that hold something, without their blank cells."""
    rows = [tuple(value for value in row if value is not None) for row in page.iter_rows(values_only=True)]
    return [row for row in rows if row]


def test_the_verdict_comes_first_and_then_what_to_do(page: Any) -> None:
    """Run, kind, source, mapping and times are below."""
    assert page["A1"].value == "4 rows need a look."
    steps = [page.cell(row, 1).value for row in (2, 3)]
    assert steps[0].startswith("Mend 2 rows: ")
    assert steps[1].endswith("2 rows failed, or got no answer.")
    rows = texts(page)
    for fact in (
        ("Run", RUN),
        ("Kind", "Sync"),
        ("Source", "leads.xlsx"),
        ("Mapping", "mapping.yaml"),
        ("Rows read", "12"),
    ):
        assert fact in rows


def test_statuses_and_codes_are_told_in_words(page: Any) -> None:
    """With their colours as a key, and each code with its meaning and remedy."""
    rows = texts(page)
    assert (2, "invalid", STATUSES["invalid"]) in rows
    assert (4, "updated", CATALOGUE[Code.UPDATED].meaning) in rows
    entry = CATALOGUE[Code.INVALID_EMAIL]
    assert (2, "invalid_email", entry.meaning, entry.remedy) in rows
    assert 'The delimiter ";" was found by evidence.' in {row[0] for row in rows}


def test_each_problem_names_its_cell_and_leads_there(page: Any) -> None:
    """Cell, lead, status, code, what was read, what is wrong, what to do; a code's count leads to its first row."""
    listed = {row[0].value: row for row in page.iter_rows() if isinstance(row[0].value, str) and "!" in row[0].value}
    assert list(listed) == ["Leads!D6", "Leads!7", "Leads!D12", "Leads!13"]
    row = [cell.value for cell in listed["Leads!D12"]]
    assert row == [
        *("Leads!D12", "lead-id-12", "invalid", "invalid_email", "E-mail: p8@example.com"),
        *('Leads!D12 holds "=x": no e-mail address.', CATALOGUE[Code.INVALID_EMAIL].remedy),
    ]
    assert listed["Leads!D12"][0].hyperlink.location == "'Leads'!D12"
    assert listed["Leads!7"][0].hyperlink.location == "'Leads'!B7"
    counts = {row[1].value: row[0] for row in page.iter_rows() if row[1].value in set(Code)}
    first = listed["Leads!D6"][0].coordinate
    assert counts["invalid_email"].hyperlink.location == f"'{SUMMARY_SHEET}'!{first}"
    assert counts["updated"].hyperlink is None
    assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value is not None} == {"s", "n"}


def test_it_can_be_printed(page: Any) -> None:
    """Landscape, all columns on one page, the verdict frozen."""
    assert (page.page_setup.orientation, page.page_setup.fitToWidth, page.page_setup.fitToHeight) == ("landscape", 1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.freeze_panes == "A2"


def test_it_says_what_the_page_and_the_command_line_say(tmp_path: Path) -> None:
    """Headline, what kind of run it was, next steps, what was found of the source, and what became of earlier rows."""
    source = a_book(tmp_path / "leads.xlsx")
    before = FollowUp(run_id=RUN, rows=5, problems=3, became={Status.UPDATED: 2, Status.INVALID: 1}, left_out=1)
    told = "`Name` looks odd."
    damage = Damage(Code.MOJIBAKE, Level.WARNING, "Name", 1, 1.0, ("Leads!C4",), told)
    summary = replace(a_summary(), fed_from=(before,), hidden_rows=3, cleared_rows=1, damages=(damage,))
    about = About(summary, (), is_rehearsal=True, resume="leadsync resume --state-dir 'x'")
    report(chunks_of(source), tmp_path / "results.xlsx", source, about=about)
    shown = {row[0] for row in texts(openpyxl.load_workbook(tmp_path / "results.xlsx")[SUMMARY_SHEET])}
    steps = next_steps(about)
    assert any(step.command for step in steps)
    assert list(banners(about))
    wanted = [
        *(headline_of(about), *banners(about), followed_up(before), *told_of_source(summary), told),
        *(f"{step.text} {step.command}".strip() for step in steps),
    ]
    assert {text.replace("`", "") for text in wanted} <= shown
    assert not any("`" in text for text in shown if isinstance(text, str))


def test_a_report_of_some_rows_says_so(tmp_path: Path) -> None:
    """Once, at the top."""
    source = a_book(tmp_path / "leads.xlsx")
    some = "2 rows of 12: those with status invalid."
    about = About(a_summary([some]), (), selection=some)
    report(chunks_of(source), tmp_path / "results.xlsx", source, about=about)
    rows = texts(openpyxl.load_workbook(tmp_path / "results.xlsx")[SUMMARY_SHEET])
    assert rows[0] == (some,)
    assert [row[0] for row in rows].count(some) == 1
    assert ("Rows in this report", "12") in rows
