"""The first sheet of `results.xlsx`: what happened, and what to do about it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import ceil
from typing import Any, Protocol, TypeAlias

from openpyxl import Workbook  # type: ignore[import-untyped]  # openpyxl has no types of its own
from openpyxl.styles.cell_style import StyleArray  # type: ignore[import-untyped]  # likewise
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]  # likewise
from openpyxl.worksheet.hyperlink import Hyperlink  # type: ignore[import-untyped]  # likewise

from leadsync.codes import CATALOGUE, STATUSES, Code
from leadsync.quoting import visible
from leadsync.records import BAD, SUMMARY_SHEET, Status, Summary
from leadsync.report.about import About
from leadsync.report.problems import Problem
from leadsync.report.verdict import followed_up, headline_of
from leadsync.report.words import KINDS, banners, next_steps, told_of_source
from leadsync.report.workbook.comments import NOT_HERE
from leadsync.report.workbook.styles import Look, Styles, put_text
from leadsync.report.workbook.texts import NO_VALUE, clipped, link_to, plain

_WIDTHS = (16, 25, 12, 21, 30, 46, 46)
_LAST = len(_WIDTHS)
_PLACE = "Cell or row"
_HEADER = ("Lead", "Status", "Code", "What was read", "What is wrong", "What to do")
_LINE = 15.0
"""Points of a line of text."""
_TITLE_HEIGHT = 1.6
_WRAPPED = 0.92
"""How much of a line words fill, on average."""
_CLIP = 500
_SENTENCES = 50
"""Nobody reads more of them, and openpyxl looks through all merged cells at each new one."""

Entry: TypeAlias = tuple[int, int, str]


class Book(Protocol):
    """What the summary needs of the workbook that it stands in."""

    workbook: Workbook
    styles: Styles
    is_new: bool
    """Its rows are in other places than those of the source."""

    def place(self, sheet: str, row: int, address: str) -> str:
        """Give where a link to a row, or to a cell of it, leads; empty where it is not there."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the summary tells."""

    about: About
    problems: Sequence[Problem]
    """The rows that it lists."""
    notes: Sequence[str]
    """On the workbook."""
    surplus: Mapping[tuple[str, int], Sequence[str]]
    """By sheet and row: cells without a header."""


def write_summary(book: Book, told: Told) -> None:
    """Put the summary in front of the other sheets, and let the workbook open there."""
    workbook = book.workbook
    titles = {title.casefold() for title in workbook.sheetnames}
    title = next(name for name in _titles() if name.casefold() not in titles)
    page = _Page(workbook.create_sheet(title, 0), book)
    page.head(told.about)
    page.statuses(told.about.summary)
    codes = page.codes(told.about.summary)
    page.notes(_sentences(told))
    firsts = page.problems(told)
    for code, cell in codes.items():
        if code in firsts:
            page.link(cell, link_to(title, f"A{firsts[code]}"))
    _settle(workbook, page.sheet)


def _titles() -> Iterator[str]:
    yield SUMMARY_SHEET
    number = 2
    while True:
        yield f"{SUMMARY_SHEET} {number}"
        number += 1


def _settle(workbook: Workbook, sheet: Any) -> None:
    """Show this sheet first, and have it alone selected: what is typed goes into all that are."""
    workbook.active = 0
    for view in workbook.views:
        view.activeTab = view.firstSheet = 0
    views = [(other, other.views) for other in workbook.worksheets]
    views += [(other, other.sheetViews) for other in workbook.chartsheets]
    for other, of_sheet in views:
        for view in of_sheet.sheetView:
            view.tabSelected = other is sheet
    sheet.freeze_panes = "A2"
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


class _Page:
    """Writes the sheet from its top down."""

    def __init__(self, sheet: Any, book: Book) -> None:
        self.sheet = sheet
        self._book = book
        self._look: Look = book.styles.look()
        self._row = 0
        for place, width in enumerate(_WIDTHS, 1):
            sheet.column_dimensions[get_column_letter(place)].width = width

    def head(self, about: About) -> None:
        """Tell how it ended, and what the run was."""
        self._put((1, _LAST, headline_of(about), self._look.title), height=_TITLE_HEIGHT)
        steps = (" ".join(filter(None, (step.text, step.command))) for step in next_steps(about))
        for sentence in chain(banners(about), steps):
            self._put((1, _LAST, plain(sentence), self._look.wrapped))
        self._row += 1
        for label, text in _facts(about):
            self._put((1, 1, label, self._look.label), (2, _LAST, text, self._look.wrapped))

    def statuses(self, summary: Summary) -> None:
        """Give the rows by status, with their colours."""
        styles, look = self._book.styles, self._look
        self._section("Rows by status")
        self._header("Rows", "Status", (3, _LAST, "What it means"))
        for status in Status:
            if count := summary.statuses.get(status, 0):
                colour = styles.filled(look.wrapped, styles.rows[status])
                self._put(
                    (1, 1, count, look.wrapped), (2, 2, status, colour), (3, _LAST, _meaning(status), look.wrapped)
                )
        if any(summary.statuses.get(status, 0) for status in BAD):
            colour = styles.filled(look.wrapped, styles.bad)
            meaning = "A cell at fault, in its row; its comment tells what is wrong."
            self._put((2, 2, "hatched", colour), (3, _LAST, meaning, look.wrapped))

    def codes(self, summary: Summary) -> dict[Code, Any]:
        """Give the rows by code; the cells with their counts are to be linked."""
        self._section("Rows by code")
        self._header("Rows", "Code", (3, 6, "What it means"), (7, 7, "What to do"))
        cells = {}
        for code, count in sorted(summary.codes.items(), key=lambda each: -each[1]):
            entry = CATALOGUE[code]
            self._put(
                (1, 1, count, self._look.wrapped),
                (2, 2, code, self._look.wrapped),
                (3, 6, plain(entry.meaning), self._look.wrapped),
                (7, 7, plain(entry.remedy), self._look.wrapped),
            )
            cells[code] = self.sheet.cell(self._row, 1)
        return cells

    def notes(self, told: Sequence[str]) -> None:
        """Tell what else there is to know."""
        if told:
            self._section("Worth knowing")
        for sentence in told[:_SENTENCES]:
            self._put((1, _LAST, sentence, self._look.wrapped))
        if len(told) > _SENTENCES:
            self._put((1, _LAST, f"… and {len(told) - _SENTENCES:,} more.", self._look.wrapped))

    def problems(self, told: Told) -> dict[Code, int]:
        """List the rows to look at; gives the row here of the first with each code."""
        if not told.problems:
            return {}
        self._section("Rows to look at")
        listed = len(told.problems)
        bad = sum(told.about.summary.statuses.get(status, 0) for status in BAD)
        if bad > listed:
            more = f"Here are {listed:,} of them; filter the sheet by leadsync_status for the others."
            self._put((1, _LAST, more, self._look.wrapped))
        self._header(f"{_PLACE} of the source" if self._book.is_new else _PLACE, *_HEADER)
        firsts: dict[Code, int] = {}
        for problem in told.problems:
            self._problem(problem, told.surplus.get((problem.sheet, problem.row), ()))
            firsts.setdefault(problem.outcome.code, self._row)
        return firsts

    def link(self, cell: Any, place: str) -> None:
        """Let a cell lead to another."""
        cell._style = self._look.link  # noqa: SLF001  # shared (see `styles`)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place)

    def _problem(self, problem: Problem, surplus: Sequence[str]) -> None:
        outcome = problem.outcome
        parts = [_read(outcome.code, fault.column, fault.text) for fault in problem.faults if fault.column]
        parts += [f"without a header: {visible(text)}" for text in surplus]
        address = problem.faults[0].address if problem.faults else ""
        link = self._book.place(problem.sheet, problem.row, address)
        shown = clipped(outcome.cell or problem.place, _CLIP) + self._moved(link, address or f"A{problem.row}")
        remedy = plain(CATALOGUE[outcome.code].remedy)
        if self._book.is_new and outcome.code is Code.RAGGED_ROW:
            remedy += f" {NOT_HERE}"
        texts = (clipped(text, _CLIP) for text in ("; ".join(parts), outcome.message))
        entries = (shown, problem.lead_id, outcome.status, outcome.code, *texts, remedy)
        self._put(*((place, place, text, self._look.wrapped) for place, text in enumerate(entries, 1)))
        if link:
            self.link(self.sheet.cell(self._row, 1), link)

    def _moved(self, link: str, address: str) -> str:
        """Tell where a link leads if that is another place than the source's."""
        here = link.rpartition("!")[2]
        return f"\n(here {here})" if self._book.is_new and link and here != address else ""

    def _section(self, title: str) -> None:
        self._row += 1
        self._put((1, _LAST, title, self._look.section))

    def _header(self, *names: str | Entry) -> None:
        entries = [(place, place, name) if isinstance(name, str) else name for place, name in enumerate(names, 1)]
        self._put(*((*entry, self._look.header) for entry in entries))

    def _put(self, *entries: tuple[int, int, str | int, StyleArray], height: float = 1) -> None:
        """Write a row: the first and the last column of each entry, its content and its style.

        The row gets its height here: programs give none to merged cells, and LibreOffice to no row of a file.
        """
        self._row += 1
        lines = 1
        for first, last, content, style in entries:
            for column in range(first, last + 1):
                self.sheet.cell(self._row, column)._style = style  # noqa: SLF001  # shared (see `styles`)
            cell = self.sheet.cell(self._row, first)
            if isinstance(content, str):
                put_text(cell, content)
                width = sum(_WIDTHS[first - 1 : last]) * _WRAPPED / height
                lines = max(lines, sum(ceil(len(line) / width) or 1 for line in content.split("\n")))
            else:
                cell.value = content
            if last > first:
                self.sheet.merge_cells(start_row=self._row, end_row=self._row, start_column=first, end_column=last)
        self.sheet.row_dimensions[self._row].height = _LINE * lines * height


def _facts(about: About) -> Iterator[tuple[str, str]]:
    summary = about.summary
    if summary.run_id:
        yield "Run", summary.run_id
    yield "Kind", KINDS.get(about.kind, about.kind)
    yield "Source", ", ".join(map(visible, summary.sources))
    yield "Mapping", visible(summary.mapping)
    yield "Began", summary.started_at
    yield "Ended", summary.finished_at
    yield "Rows in this report" if about.selection else "Rows read", f"{summary.rows_read:,}"
    if about.who:
        yield "Who", visible(about.who)
    if about.base_url:
        yield "Keen", about.base_url


def _sentences(told: Told) -> list[str]:
    """Give the sentences about the run that are not about single rows."""
    summary = told.about.summary
    sentences = [*map(followed_up, summary.fed_from), *summary.workbook_notes, *told.notes, *told_of_source(summary)]
    sentences += [damage.message for damage in summary.damages]
    return [plain(sentence) for sentence in dict.fromkeys(sentences) if sentence != told.about.selection]


def _meaning(status: Status) -> str:
    return plain(STATUSES[status] if status in STATUSES else CATALOGUE[Code(status)].meaning)


def _read(code: Code, column: str, text: str) -> str:
    shown = visible(text) or ("(no value)" if code in NO_VALUE else "(blank)")
    return f"{visible(column)}: {shown}" if column else shown
