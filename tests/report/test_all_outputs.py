"""The five files of a report, made by a run of hostile rows, and what a reader with nothing else can tell from them."""

import csv
import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from conftest import Keen, lead_id, read_report
from office import Office

from leadsync.cli.formats import formats_of
from leadsync.codes import CATALOGUE, Code
from leadsync.harmless import STARTS
from leadsync.report.formats import Format
from leadsync.sync.job import RunResult

ALL = formats_of(Format)
HOSTILE = (
    *("=1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("https://example.com","x")', "+45 12 34 56 78", "-5", "@SUM(A1)"),
    *("\t=1", "'=1", "''-x", "\uff1d1", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</style>"),
    *("{{7*7}}", "a\u202egnp", "x\u200by", "_x0041_", "&amp;", "]]>", "a;=1", "00123", "#N/A!", "TRUE", "1e5"),
)
HEADER = "=1+<b>"


@pytest.fixture
def office(keen: Keen, tmp_path: Path) -> Office:
    """Prepare a folder."""
    return Office(keen, tmp_path)


class Page(HTMLParser):
    """The texts of a page, and its elements that run or load something."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.active: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what runs or loads."""
        names = {name for name, _ in attrs}
        if tag in ("img", "iframe", "object", "embed", "base", "form") or any(n.startswith("on") for n in names):
            self.active.append(tag)
        self.active += ["script"] if tag == "script" else []
        if tag == "link" and dict(attrs).get("href") != "data:,":  # an icon that is none, and asked for nowhere
            self.active.append(tag)

    def handle_data(self, data: str) -> None:
        """Collect texts."""
        self.texts.append(data)

    @property
    def text(self) -> str:
        """Give all that can be read."""
        return " ".join(" ".join(self.texts).split())


def hostile_run(office: Office) -> RunResult:
    """Sync the hostile cells, once as notes that are sent and once as e-mail addresses that are refused."""
    office.mapping(f"{{notes: {{column: '{HEADER}'}}, email: {{column: Mail, check: email}}}}")
    path = office.folder / "=leads <i>.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Id", HEADER, "Mail"])
        writer.writerows([lead_id(n % 10), cell, ""] for n, cell in enumerate(HOSTILE))
        writer.writerows([lead_id(n % 10), "", cell] for n, cell in enumerate(HOSTILE))
    return office.sync(path, formats=ALL)


def test_hostile_cells_do_no_harm_in_any_output(office: Office) -> None:
    """No formula, no element, nothing that loads; and every cell is there as it is."""
    done = hostile_run(office)
    with (done.report_dir / "results.csv").open(encoding="utf-8-sig", newline="") as file:
        assert not [cell for line in csv.reader(file) for cell in line if cell.startswith(STARTS)]
    assert [row["Mail"] for row in read_report(done.report_dir / "retry.csv")] == list(HOSTILE)
    json.loads((done.report_dir / "summary.json").read_bytes())

    book = openpyxl.load_workbook(done.report_dir / "results.xlsx")
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s", "n"}
    assert [cell.value for cell in book.worksheets[1]["B"][1:25]] == [
        cell.replace("_x0", "_x005F_x0") for cell in HOSTILE
    ]
    with ZipFile(done.report_dir / "results.xlsx") as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name)]

    page = Page(done.report_dir / "report.html")
    assert page.active == ["script"]  # our own, by its digest
    assert "<script>alert(1)</script>" in page.text


def test_hostile_cells_come_back_in_from_any_output(office: Office) -> None:
    """Fed again, what was sent is unchanged and what was refused is still refused, whatever the file."""
    done = hostile_run(office)
    office.sent()
    sent = len(HOSTILE)
    for name, rows in (("results.csv", 2 * sent), ("results.xlsx", 2 * sent), ("retry.csv", sent)):
        again = office.sync(done.report_dir / name)
        counts = {str(status): count for status, count in again.summary.statuses.items()}
        assert counts == {"invalid": sent} | ({"unchanged": sent} if rows > sent else {}), name
        assert office.sent() == []


def problems_in(book: openpyxl.Workbook) -> Iterator[tuple[str, ...]]:
    """Give the rows to look at that the summary sheet lists, column by column."""
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    start = next(place for place, row in enumerate(rows) if str(row[0] or "").startswith("Cell or row"))
    yield from (tuple("" if cell is None else str(cell) for cell in row[:7]) for row in rows[start + 1 :] if row[0])


def test_a_reader_with_only_the_report_knows_what_to_do(office: Office) -> None:
    """Of each problem: its row, its cell, what was read, the cause and the remedy; in the page and in the workbook."""
    office.mapping("{email: {column: Mail, check: email}, business_id: {column: No, check: {length: {max: 3}}}}")
    rows = ["good@example.com,1", "bad,2", "x@example.com,12345", "y@example.com,3"]
    done = office.sync(office.source("Mail,No", rows, leads=[0, 1, 2, 77]), formats=ALL)
    expected = (
        ("leads.csv!B3", "bad", Code.INVALID_EMAIL),
        ("leads.csv!C4", "12345", Code.INVALID_LENGTH),
        ("leads.csv!5", "", Code.LEAD_NOT_FOUND),
    )
    results = {row["leadsync_row"]: row for row in read_report(done.report_dir / "results.csv")}
    listed = list(problems_in(openpyxl.load_workbook(done.report_dir / "results.xlsx")))
    page = Page(done.report_dir / "report.html").text
    assert len(listed) == len(expected)
    for (place, read, code), told in zip(expected, listed, strict=True):
        row = results[place[-1]]
        cause, remedy = row["leadsync_message"], CATALOGUE[code].remedy.replace("`", "")
        assert row["leadsync_code"] == code
        assert told[0] in (place, place.partition("!")[2])
        assert (told[2], told[3]) == (row["leadsync_status"], code)
        assert read in told[4]
        assert cause in told[5]
        assert remedy in told[6].replace("`", "")
        for wanted in (place, code, cause, remedy):
            assert " ".join(wanted.split()) in page, wanted
