"""Workbooks as people have them, and runs over them."""

import re
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from leadsync.codes import Code
from leadsync.loader import open_source
from leadsync.records import Answered, Chunk, Outcome, SourceOptions, Status, Summary, column_letters
from leadsync.report.about import About, Original
from leadsync.report.columns import Columns
from leadsync.report.problems import Problem, Problems
from leadsync.report.workbook import ResultsWorkbook

RUN = "20260305T020012Z-7k2m"
HEADERS = ("Lead", "Name", "E-mail", "Amount", "Since", "Twice")
HELPERS_AT = 9
"""The first helper column of a marked `a_book`: I, right of the note in H."""
_MADE: dict[int, bytes] = {}
Judge = Callable[[Chunk, int], Outcome | None]


def a_book(path: Path, rows: int = 12) -> Path:
    """Write a workbook with what people put into one: its table begins in row 3, its cells in column B."""
    if rows not in _MADE:
        _make(path, rows)
        _MADE[rows] = path.read_bytes()
    path.write_bytes(_MADE[rows])
    return path


def _make(path: Path, rows: int) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Leads"
    sheet["B1"], sheet["H2"] = "Our leads", "A note"
    sheet.merge_cells("B1:D1")
    for column, header in enumerate(HEADERS, 2):
        sheet.cell(3, column, header).font = Font(bold=True, color="FF112233")
    for number in range(rows):
        row = number + 4
        values = (f"lead-{number}", f"Person {number}", f"p{number}@example.com", 10.25 + number, 45000 + number / 7)
        for column, value in enumerate(values, 2):
            sheet.cell(row, column, value)
        sheet.cell(row, 6).number_format = "yyyy-mm-dd hh:mm"
        sheet.cell(row, 7, f"=E{row}*2")
    sheet["C5"].fill = PatternFill("solid", fgColor="FF00FFFF")
    sheet["D6"].comment = Comment("Ask her again", "Ada")
    sheet.column_dimensions["C"].width = 33
    sheet.column_dimensions.group("I", "Z", hidden=True)
    sheet.row_dimensions[7].hidden = True
    sheet.freeze_panes = "C4"
    sheet.auto_filter.ref = f"B3:G{rows + 3}"
    validation = DataValidation(type="list", formula1='"a,b"')
    validation.add("C4:C9")
    sheet.add_data_validation(validation)
    sheet.conditional_formatting.add("E4:E9", CellIsRule(operator="greaterThan", formula=["12"], font=Font(bold=True)))
    _others(book)
    book.save(path)
    with_results(path, {f"G{number + 4}": 2 * (10.25 + number) for number in range(rows)})


def _others(book: openpyxl.Workbook) -> None:
    stock = book.create_sheet("Stock")
    for row in (("Thing", "Count"), ("Pens", 3), ("Pads", 4)):
        stock.append(row)
    stock.add_table(Table(displayName="Stock", ref="A1:B3"))
    chart = BarChart()
    chart.add_data(Reference(stock, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    stock.add_chart(chart, "D2")
    book.create_sheet("Hidden").sheet_state = "hidden"


def with_results(path: Path, results: Mapping[str, float], part: str = "xl/worksheets/sheet1.xml") -> None:
    """Write the results of formulas into a workbook, as Excel does, and openpyxl does not."""

    def put(found: re.Match[str]) -> str:
        return f"{found[1]}<v>{results[found[2]]}</v></c>" if found[2] in results else found[0]

    rewrite(path, {part: lambda text: re.sub(r'(<c r="([A-Z]+\d+)"[^>]*><f>[^<]*</f>)<v ?/?>(?:</v>)?</c>', put, text)})


def rewrite(
    path: Path, changes: Mapping[str, Callable[[str], str]], added: Mapping[str, str | bytes] | None = None
) -> None:
    """Change parts of a package, and add others."""
    content = BytesIO(path.read_bytes())
    with ZipFile(content) as old, ZipFile(path, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, changes[name](part.decode()) if name in changes else part)
        for name, more in (added or {}).items():
            new.writestr(name, more)


def chunks_of(path: Path, sheet: str | None = "Leads", header_row: int = 3, size: int = 5) -> list[Chunk]:
    """Read a source, some rows at a time."""
    with open_source(str(path), SourceOptions(sheet=sheet, header_row=header_row)) as source:
        return list(source.chunks(0, size))


def cells_of(chunks: Sequence[Chunk]) -> list[object]:
    """Give all that is known of the rows that were read."""
    return [
        (chunk.headers, list(chunk.numbers), chunk.frame.to_numpy().tolist(), chunk.typed, chunk.hidden, chunk.faults)
        for chunk in chunks
    ]


def judged(chunk: Chunk, row: int) -> Outcome:
    """Make every second row go well; the others have one of a few faults."""
    number = chunk.numbers[row]

    def outcome(status: Status, code: Code, message: str = "", cell: str = "", http: int | None = None) -> Outcome:
        lead = f"lead-id-{number}"
        return Outcome(chunk.first + row, status, code, message, lead, cell, http, attempts=1 if http else 0)

    match number % 6:
        case 0:
            email = (2 if chunk.positions is None else chunk.positions[2]) if len(chunk.headers) > 2 else 0
            cell = f"{chunk.sheet}!{column_letters(email)}{number}"
            return outcome(Status.INVALID, Code.INVALID_EMAIL, f'{cell} holds "=x": no e-mail address.', cell)
        case 1:
            return outcome(Status.FAILED, Code.SERVER_ERROR, "=1+1", "", 500)
        case 2:
            return outcome(Status.UNCHANGED, Code.UNCHANGED)
        case 3:
            return outcome(Status.SKIPPED, Code.BLANK_ROW)
    return outcome(Status.UPDATED, Code.UPDATED, "", "", 200)


def a_summary(notes: Sequence[str] = ()) -> Summary:
    """Make the summary of a run."""
    return Summary(
        run_id=RUN,
        sources=("leads.xlsx",),
        mapping="mapping.yaml",
        started_at="2026-03-05T02:00:12Z",
        finished_at="2026-03-05T02:01:12Z",
        duration_s=60.0,
        rows_read=12,
        statuses={Status.UPDATED: 4, Status.INVALID: 2, Status.FAILED: 2, Status.UNCHANGED: 2, Status.SKIPPED: 2},
        codes={Code.UPDATED: 4, Code.INVALID_EMAIL: 2, Code.SERVER_ERROR: 2, Code.UNCHANGED: 2, Code.BLANK_ROW: 2},
        requests=8,
        retries=2,
        exit_code=1,
        unaccounted=0,
        stopped_because=None,
        read_as=('The delimiter ";" was found by evidence.',),
        workbook_notes=tuple(notes),
    )


def report(
    chunks: Sequence[Chunk],
    out: Path,
    original: Path | None = None,
    *,
    judge: Judge = judged,
    rows: int | None = None,
    has_forms: bool = False,
    problems: Sequence[Problem] | None = None,
    about: About | None = None,
    folder: Path | None = None,
) -> tuple[str, ...]:
    """Write the results of chunks as a workbook, and give its notes."""
    known = Original(original, original.name, chunks[0].sheet) if original else None
    columns = Columns(list(dict.fromkeys(chunk.headers for chunk in chunks)))
    count = sum(map(len, chunks)) if rows is None else rows
    workbook = ResultsWorkbook(columns, RUN, rows=count, original=known, has_forms=has_forms, folder=folder)
    found = Problems(100)
    for chunk in chunks:
        answered = Answered(chunk, [judge(chunk, row) for row in range(len(chunk))])
        workbook.add(answered)
        found.look(answered)
    with out.open("wb") as file:
        chosen = found.chosen(100) if problems is None else problems
        workbook.save(file, about or About(a_summary(), ()), chosen)
    return workbook.notes


KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def add_parts(
    path: Path, parts: Mapping[str, str | bytes], sheet: int | None = 1, types: Mapping[str, str] | None = None
) -> None:
    """Add parts to a workbook, each with a relation from a sheet, or from the workbook as a whole.

    `types` are the content types of those that need one.
    """
    owner = f"xl/worksheets/_rels/sheet{sheet}.xml.rels" if sheet else "xl/_rels/workbook.xml.rels"
    inner = "".join(
        f'<Relationship Id="odd{place}" Type="{KINDS}/{kind_of(name)}" Target="/{name}"/>'
        for place, name in enumerate(parts)
    )
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in (types or {}).items())
    with ZipFile(path) as archive:
        has_relations = owner in archive.namelist()
    whole = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )
    changes: dict[str, Callable[[str], str]] = {
        "[Content_Types].xml": lambda xml: xml.replace("</Types>", f"{overrides}</Types>")
    }
    if has_relations:
        changes[owner] = lambda xml: xml.replace("</Relationships>", f"{inner}</Relationships>")
    rewrite(path, changes, {**parts, **({} if has_relations else {owner: whole})})


def kind_of(name: str) -> str:
    """Give the kind of relation by which Excel would know a part."""
    if name.startswith("xl/drawings/"):
        return "vmlDrawing" if name.endswith(".vml") else "drawing"
    return name.split("/")[1].removesuffix(".xml")
