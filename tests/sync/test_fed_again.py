"""A `retry.csv` that is fed again: rows stay refused for as long as the cells at fault are not mended."""

import asyncio
import csv
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from conftest import CHANNEL, Keen, lead_id, read_report
from syncing import sync

from leadsync.sync.check import check
from leadsync.sync.job import Control, Inputs, Job, RunResult, SourceFile
from leadsync.sync.prepare import Work, prepare

MAPPING = f"""
version: 1
channel: {CHANNEL}
lead: {{id: Id}}
fields: {{notes: {{column: Notes, on_blank: clear}}, business_id: CVR}}
"""
REFUSED = {lead_id(1): "not_calculated", lead_id(2): "digits_lost", lead_id(3): "error_value"}

Mend = Callable[[dict[str, str]], object]


@dataclass
class Desk:
    """A sandbox and a folder with a workbook, its mapping and the reports."""

    keen: Keen
    folder: Path

    def workbook(self) -> Path:
        """Write a sound row, one with a formula that was never calculated, one that lost digits, one with an error."""
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "Leads"
        for row in (
            ["Id", "Notes", "CVR"],
            [lead_id(0), "called", "31415926"],
            [lead_id(1), '="call "&C3', "27182818"],
            [lead_id(2), "called", 12345678901234567],
            [lead_id(3), "called", "#N/A"],
        ):
            sheet.append(row)
        book.save(self.folder / "leads.xlsx")
        return self.folder / "leads.xlsx"

    def sync(self, source: Path) -> RunResult:
        """Sync a source."""
        with self.prepared(source) as work:
            return asyncio.run(sync(work, Job(self.folder / "state", self.keen.options(), agreed=True), Control()))

    def prepared(self, source: Path) -> AbstractContextManager[Work]:
        """Prepare a source."""
        (self.folder / "m.yaml").write_text(MAPPING, encoding="utf-8")
        return prepare(Inputs([SourceFile(str(source))], self.folder / "m.yaml"))

    def mended(self, result: RunResult, mends: Mapping[str, Mend]) -> Path:
        """Write the rows to retry anew, mended by lead."""
        rows = read_report(result.report_dir / "retry.csv")
        for row in rows:
            mends.get(row["Id"], lambda row: row)(row)
        path = self.folder / "mended.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return path


@pytest.fixture
def desk(keen: Keen, tmp_path: Path) -> Desk:
    """Prepare a folder."""
    return Desk(keen, tmp_path)


def codes(result: RunResult) -> dict[str, str]:
    """Give the code of each row to retry, by lead."""
    return {row["Id"]: row["leadsync_code"] for row in read_report(result.report_dir / "retry.csv")}


def test_what_was_not_mended_stays_refused_however_often_it_is_fed(desk: Desk) -> None:
    """The formula's blank clears nothing, and the digits are not sent: not by the second run, not by the third."""
    first = desk.sync(desk.workbook())
    assert codes(first) == REFUSED
    second = desk.sync(first.report_dir / "retry.csv")
    assert codes(second) == REFUSED
    third = desk.sync(second.report_dir / "retry.csv")
    assert codes(third) == REFUSED
    assert [update["lead_id"] for update in desk.keen.updates()] == [lead_id(0)]
    row = read_report(third.report_dir / "retry.csv")[0]
    assert row["leadsync_cell"].startswith("retry.csv!")
    assert row["leadsync_message"].startswith(f"Notes: {row['leadsync_cell']} was refused when it was first read")


def test_mended_cells_are_sent(desk: Desk) -> None:
    """The others stay refused."""
    mends: dict[str, Mend] = {
        lead_id(1): lambda row: row.update(Notes="call 27182818"),
        lead_id(2): lambda row: row.update(CVR="12345678901234567"),
    }
    result = desk.sync(desk.mended(desk.sync(desk.workbook()), mends))
    assert codes(result) == {lead_id(3): "error_value"}
    sent = {update["lead_id"]: (update["notes"], update["business_id"]) for update in desk.keen.updates()}
    assert sent[lead_id(1)] == ("call 27182818", "27182818")
    assert sent[lead_id(2)] == ("called", "12345678901234567")


def test_a_blank_is_accepted_by_emptying_the_form(desk: Desk) -> None:
    """As the message says: then it clears Keen's value, which is what was meant."""
    first = desk.sync(desk.workbook())
    again = desk.sync(first.report_dir / "retry.csv")
    assert "empty the cell leadsync_form" in read_report(again.report_dir / "retry.csv")[0]["leadsync_message"]
    result = desk.sync(desk.mended(again, {lead_id(1): lambda row: row.update(leadsync_form="")}))
    assert lead_id(1) not in codes(result)
    assert desk.keen.updates()[-1]["notes"] == ""


def test_the_report_of_a_check_can_be_fed_too(desk: Desk) -> None:
    """It tells of the faults as that of a run does."""
    with desk.prepared(desk.workbook()) as work:
        check(work, Control(), {}, desk.folder / "checked")
    assert codes(desk.sync(desk.folder / "checked" / "results.csv")) == REFUSED
