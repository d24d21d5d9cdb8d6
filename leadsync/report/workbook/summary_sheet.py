"""The first sheet of `results.xlsx`: what happened, and what to do about it."""

# Cells share the arrays of their styles (see `styles`).
# ruff: noqa: SLF001

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Any, Protocol, TypeAlias

from openpyxl import Workbook  # type: ignore[import-untyped]  # openpyxl has no types of its own
from openpyxl.styles.cell_style import StyleArray  # type: ignore[import-untyped]  # likewise
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]  # likewise
from openpyxl.worksheet.hyperlink import Hyperlink  # type: ignore[import-untyped]  # likewise

from leadsync.codes import CATALOGUE, Code
from leadsync.quoting import visible
from leadsync.records import BAD, SUMMARY_SHEET, FollowUp, Status, Summary
from leadsync.report.about import About
from leadsync.report.problems import Problem
from leadsync.report.verdict import verdict
from leadsync.report.workbook.styles import Look, Styles, put_text

_WIDTHS = (16, 25, 12, 21, 30, 46, 46)
_LAST = len(_WIDTHS)
_HEADER = ("Cell or row", "Lead", "Status", "Code", "What was read", "What is wrong", "What to do")
_LINE = 15.0
"""Points of a line of text."""
_TITLE_HEIGHT = 1.6
_WRAPPED = 0.92
"""How much of a line words fill, on average."""
_CLIP = 500
_STATUSES = {
    Status.UPDATED: "Keen holds the row's values now.",
    Status.UNCHANGED: "Nothing to do: Keen holds these values already.",
    Status.SKIPPED: "Nothing to send, or not to be sent.",
    Status.INVALID: "Not sent: a cell must be mended.",
    Status.REJECTED: "Keen refused it: the row must be mended.",
    Status.FAILED: "Keen could not be reached, or failed: send it again.",
    Status.UNKNOWN: "Sent, and no answer came: send it again.",
    Status.NOT_SENT: "Not sent yet.",
}
_KINDS = {"sync": "sync", "plan": "plan: nothing was sent", "check": "check: nothing was sent"}


Entry: TypeAlias = tuple[int, int, str]


class Book(Protocol):
    """What the summary needs of the workbook that it stands in."""

    workbook: Workbook
    styles: Styles

    def place(self, sheet: str, row: int, address: str) -> str:
        """Give where a link to a row, or to a cell of it, leads; empty where it is not there."""


def write_summary(book: Book, about: About, problems: Sequence[Problem], notes: Sequence[str]) -> None:
    """Put the summary in front of the other sheets, and let the workbook open there."""
    workbook = book.workbook
    titles = {title.casefold() for title in workbook.sheetnames}
    title = next(name for name in _titles() if name.casefold() not in titles)
    page = _Page(workbook.create_sheet(title, 0), book)
    page.head(about)
    page.statuses(about.summary)
    codes = page.codes(about.summary)
    page.notes(_told(about, notes))
    firsts = page.problems(problems, about.summary)
    for code, cell in codes.items():
        if code in firsts:
            page.link(cell, f"{_quoted(title)}!A{firsts[code]}")
    _settle(workbook, page.sheet)


def _titles() -> Iterator[str]:
    yield SUMMARY_SHEET
    number = 2
    while True:
        yield f"{SUMMARY_SHEET} {number}"
        number += 1


def _quoted(title: str) -> str:
    return "'" + title.replace("'", "''") + "'"


def _settle(workbook: Workbook, sheet: Any) -> None:
    """Show this sheet first, and have it alone selected: what is typed goes into all that are."""
    workbook.active = 0
    for view in workbook.views:
        view.activeTab = view.firstSheet = 0
    for other in workbook._sheets:
        for view in getattr(getattr(other, "views", None), "sheetView", ()):
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
        summary = about.summary
        self._put((1, _LAST, verdict(summary), self._look.title), height=_TITLE_HEIGHT)
        for sentence in _next_steps(about):
            self._put((1, _LAST, sentence, self._look.wrapped))
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
                    (1, 1, count, look.wrapped), (2, 2, status, colour), (3, _LAST, _STATUSES[status], look.wrapped)
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
                (3, 6, entry.meaning, self._look.wrapped),
                (7, 7, entry.remedy, self._look.wrapped),
            )
            cells[code] = self.sheet.cell(self._row, 1)
        return cells

    def notes(self, told: Sequence[str]) -> None:
        """Tell what else there is to know."""
        if told:
            self._section("Worth knowing")
        for sentence in told:
            self._put((1, _LAST, sentence, self._look.wrapped))

    def problems(self, problems: Sequence[Problem], summary: Summary) -> dict[Code, int]:
        """List the rows to look at; gives the row here of the first with each code."""
        if not problems:
            return {}
        self._section("Rows to look at")
        listed = len(problems)
        bad = sum(summary.statuses.get(status, 0) for status in BAD)
        if bad > listed:
            more = f"Here are {listed:,} of them; filter the sheet by `leadsync_status` for the others."
            self._put((1, _LAST, more, self._look.wrapped))
        self._header(*_HEADER)
        firsts: dict[Code, int] = {}
        for problem in problems:
            self._problem(problem)
            firsts.setdefault(problem.outcome.code, self._row)
        return firsts

    def link(self, cell: Any, place: str) -> None:
        """Let a cell lead to another."""
        cell._style = self._look.link
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place)

    def _problem(self, problem: Problem) -> None:
        outcome = problem.outcome
        read = "; ".join(_read(fault.column, fault.text) for fault in problem.faults)
        shown = outcome.cell or problem.place
        texts = [shown, problem.lead_id, outcome.status, outcome.code, read, outcome.message]
        texts = [*map(_clipped, texts), CATALOGUE[outcome.code].remedy]
        self._put(*((place, place, text, self._look.wrapped) for place, text in enumerate(texts, 1)))
        address = problem.faults[0].address if problem.faults else ""
        if place := self._book.place(problem.sheet, problem.row, address):
            self.link(self.sheet.cell(self._row, 1), place)

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
                self.sheet.cell(self._row, column)._style = style
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


def _next_steps(about: About) -> Iterator[str]:
    summary = about.summary
    if about.is_rehearsal:
        yield "This was a rehearsal in the sandbox: Keen itself knows nothing of it."
    if any(summary.statuses.get(status, 0) for status in (Status.INVALID, Status.REJECTED)):
        yield (
            "What to do: mend the hatched red cells in this workbook, save it, and run `leadsync sync` on it as it is: "
            "rows that are updated come out unchanged, the mended ones are sent."
        )
    if about.resume:
        yield f"To go on with the rows that were not sent: {about.resume}"


def _facts(about: About) -> Iterator[tuple[str, str]]:
    summary = about.summary
    if summary.run_id:
        yield "Run", summary.run_id
    yield "Kind", _KINDS.get(about.kind, about.kind) + (" (trial run: nothing was sent)" if summary.dry_run else "")
    if about.undoes:
        yield "Undoes", about.undoes
    yield "Source", ", ".join(map(visible, summary.sources))
    yield "Mapping", visible(summary.mapping)
    yield "Began", summary.started_at
    yield "Ended", summary.finished_at
    yield "Rows read", f"{summary.rows_read:,}"
    if about.who:
        yield "Who", visible(about.who)
    if about.base_url:
        yield "Keen", about.base_url


def _told(about: About, notes: Sequence[str]) -> list[str]:
    """Give the sentences about the run that are not about single rows."""
    summary = about.summary
    sentences = [*map(_became, summary.fed_from), *summary.workbook_notes, *notes, *summary.read_as]
    sentences += [damage.message for damage in summary.damages]
    if summary.hidden_rows:
        verb = "were skipped" if summary.hidden_are_skipped else "were treated like all others"
        sentences.append(f"{summary.hidden_rows:,} rows that the sheet hides {verb}.")
    if summary.cleared_rows:
        sentences.append(f"{summary.cleared_rows:,} rows clear a value in Keen.")
    return list(dict.fromkeys(sentences))


def _became(follow_up: FollowUp) -> str:
    now = ", ".join(f"{count:,} {status}" for status, count in follow_up.became.items() if count) or "none is there"
    left = follow_up.left_out
    tail = f"; {left:,} more were not in the file" if left else ""
    return f"Of {follow_up.problems:,} rows to mend or repeat of run {follow_up.run_id}: {now}{tail}."


def _read(column: str, text: str) -> str:
    return f"{visible(column)}: {visible(text)}" if column else visible(text)


def _clipped(text: str) -> str:
    return text if len(text) <= _CLIP else text[: _CLIP - 1] + "…"
