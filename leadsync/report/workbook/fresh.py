"""A new workbook in the form of a marked one: the source's columns as text, the helper columns to their right."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO
from weakref import finalize

from openpyxl import Workbook  # type: ignore[import-untyped]  # openpyxl has no types of its own
from openpyxl.comments.comment_sheet import CommentRecord  # type: ignore[import-untyped]  # likewise
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]  # likewise

from leadsync.codes import Code
from leadsync.counting import count
from leadsync.harmless import workbook_cell, workbook_text
from leadsync.records import SUMMARY_SHEET, Answered, Chunk, Outcome, Status
from leadsync.report.columns import FORM_COLUMN, HELPERS, RUN_COLUMN, Columns
from leadsync.report.problems import addresses, is_to_retry, needs_a_look, position_of
from leadsync.report.table import told_of
from leadsync.report.workbook.comments import MOST, comment_record, comment_text, row_comment_text, too_many
from leadsync.report.workbook.kept import Changed, not_kept
from leadsync.report.workbook.layout import NUMBERS, WIDTHS
from leadsync.report.workbook.styles import Styles, add_rules
from leadsync.report.workbook.texts import link_to
from leadsync.report.workbook.writer import Spooled, number_xml, save, style_xml, text_xml

MOST_ROWS = 50_000
"""With more, no program is a pleasure to look at a workbook with; only rows to look at are in it then."""
_MOST_COLUMNS = 16_384
_IN_MEMORY = 16 << 20
"""Bytes; more is spooled into a nameless file."""
_SAMPLE = 200
_NARROW, _WIDE, _BUTTON = 8, 50, 4
_NO_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_TITLE = 31
_TITLE = "rows"


class FreshWorkbook:
    """A workbook that is written row by row; its cells are in no memory, but in a nameless file of a folder.

    Where no folder is given, it is the system's for such files.
    """

    is_new = True

    def __init__(
        self, columns: Columns, run_id: str, *, rows: int, has_forms: bool, folder: Path | None = None
    ) -> None:
        self.workbook = Workbook()
        self.styles = Styles(self.workbook)
        self._sheet = self.workbook.active
        self._columns = columns
        helpers = (*HELPERS, RUN_COLUMN, FORM_COLUMN)
        self._left_out = max(0, len(columns.names) + len(helpers) - _MOST_COLUMNS)
        """Columns of the source for which a workbook has no room."""
        self._names = columns.names[: len(columns.names) - self._left_out]
        self._header = (*self._names, *helpers)
        self._letters = [get_column_letter(place) for place in range(1, len(self._header) + 1)]
        self._message = len(self._names) + HELPERS.index("leadsync_message")
        self._run_id = run_id
        self._has_forms = has_forms
        self._only_problems = rows > MOST_ROWS
        place = None if folder is None else str(folder)
        self._spool: IO[str] = SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="", dir=place)  # noqa: SIM115  # until save
        self.close = finalize(self, self._spool.close)
        """Gives up the file; it is gone too when nobody knows the workbook any more."""
        self._row = 1
        """The last that is written."""
        self._dropped = self._bad_cells = 0
        self._changed = Changed()
        self._comments: list[CommentRecord] = []
        self._places: dict[tuple[str, int], str] = {}
        """Where each row to look at stands here, or its first cell at fault."""
        self._sheets: dict[str, None] = {}
        self._by_fill: dict[int | None, tuple[str, str]] = {None: (self._style(self.styles.as_text()), "")}
        """The styles of a row's source and helper cells."""
        self._begin()

    @property
    def notes(self) -> tuple[str, ...]:
        """Tell what is not in it."""
        notes = []
        if self._only_problems:
            notes.append(
                f"The source has more than {MOST_ROWS:,} rows, so only those to look at are in this workbook; "
                "the other files of the report have all rows."
            )
        if self._dropped:
            rows = count(self._dropped, "more row to look at is", "more rows to look at are")
            notes.append(f"{rows} in the other files of the report only.")
        notes += self._changed.notes
        if self._left_out:
            columns = count(self._left_out, "column of the source does", "columns of the source do")
            notes.append(f"The last {columns} not fit into a workbook.")
        if self._bad_cells > MOST:
            notes.append(too_many(self._bad_cells))
        return tuple(notes)

    def place(self, sheet: str, row: int, address: str) -> str:
        """Give where a link to a row, or to its first cell at fault, leads; empty where the row is not in it."""
        del address  # that is the source's
        found = self._places.get((sheet, row))
        return link_to(self._title, found) if found else ""

    def add(self, answered: Answered) -> None:
        """Write the rows of a chunk."""
        chunk = answered.chunk
        cells = self._columns.cells(chunk)[: len(self._names)]
        if not self._sheets:
            self._widen(cells)
        self._sheets[chunk.sheet] = None
        forms = self._columns.forms(chunk) if self._has_forms else [""] * len(chunk)
        changed = not_kept(self._names, cells)
        places = self._columns.places(chunk)
        for row, outcome in enumerate(answered.outcomes):
            if self._only_problems and not (outcome is None or needs_a_look(outcome)):
                continue
            if self._row > MOST_ROWS:
                self._dropped += 1
                continue
            form = forms[row]
            if row in changed:
                form = self._changed.form(form, str(chunk.row(row)), changed[row])
            told = (chunk.sheet, str(chunk.numbers[row]), answered.lead(row), *told_of(outcome), self._run_id, form)
            self._add_row(chunk, row, outcome, [*(column[row] for column in cells), *told], places)

    def save(self, file: BinaryIO) -> None:
        """Write the workbook."""
        sheet = self._sheet
        sheet.title = self._title
        sheet.freeze_panes = "A2"
        area = f"A1:{self._letters[-1]}{self._row}"
        sheet.auto_filter.ref = area
        if self._row > 1:
            status = self._letters[len(self._names) + HELPERS.index("leadsync_status")]
            add_rules(sheet, area.replace("A1", "A2"), f"${status}2")
        try:
            save(self.workbook, file, {}, {sheet.title: Spooled(self._rows, self._comments)})
        finally:
            self.close()

    @property
    def _title(self) -> str:
        """Give the sheet the name of the only source's, as far as Excel allows for it."""
        if len(self._sheets) != 1:
            return _TITLE
        title = (
            _NO_TITLE.sub("_", workbook_text(next(iter(self._sheets)))).strip().strip("'")[:_LONGEST_TITLE].strip("'")
        )
        is_taken = title.casefold() == "history" or title.casefold().startswith(SUMMARY_SHEET)
        return _TITLE if is_taken or not title else title

    def _begin(self) -> None:
        """Write the header, and make what is typed into blank cells of the source's columns text too."""
        look = self.styles.look().header
        header, of_helpers = self._style(self.styles.as_text(look)), self._style(look)
        cells = []
        for place, (letter, name) in enumerate(zip(self._letters, self._header, strict=True)):
            is_helper = place >= len(self._names)
            dimension = self._sheet.column_dimensions[letter]
            dimension.width = WIDTHS[name] if is_helper else _width(len(name) + _BUTTON)
            if not is_helper:
                dimension._style = self.styles.as_text()  # noqa: SLF001  # its public name makes 10,000 of them slow
            cells.append(text_xml(f"{letter}1", of_helpers if is_helper else header, workbook_cell(name)))
        self._write_row(1, cells)

    def _add_row(
        self, chunk: Chunk, row: int, outcome: Outcome | None, texts: Sequence[str], places: Sequence[int]
    ) -> None:
        number = self._row + 1
        fill = self.styles.row_fill(outcome) if is_to_retry(outcome) else None
        styles = self._styles(fill)
        written = [
            self._cell(place, number, styles, text) if text or fill is not None else ""
            for place, text in enumerate(texts)
        ]
        first = self._mark(chunk, row, outcome, texts, places, written) if fill is not None and outcome else None
        if outcome is None or needs_a_look(outcome):
            self._places[chunk.sheet, chunk.numbers[row]] = f"{self._letters[first or 0]}{number}"
        is_hidden = outcome is not None and outcome.code is Code.HIDDEN_ROW
        self._write_row(number, written, is_hidden=is_hidden)

    def _mark(
        self,
        chunk: Chunk,
        row: int,
        outcome: Outcome,
        texts: Sequence[str],
        places: Sequence[int],
        written: list[str],
    ) -> int | None:
        """Write the cells at fault of a row anew; where there is none, and it must be mended, its message.

        Gives the place of the first.
        """
        number = self._row + 1
        positions = [position_of(chunk, letters) for letters, _ in addresses(outcome)]
        marked = [places[position] for position in positions if position is not None]
        marked = [place for place in marked if place < len(self._names)]
        for place in marked:
            written[place] = self._bad(place, number, texts[place], comment_text(outcome, texts[place]))
        if marked or outcome.status is not Status.INVALID:
            return marked[0] if marked else None
        text = row_comment_text(outcome, chunk.surplus.get(row, ()))
        written[self._message] = self._bad(self._message, number, texts[self._message], text)
        return self._message

    def _bad(self, place: int, number: int, text: str, comment: str) -> str:
        self._bad_cells += 1
        if self._bad_cells <= MOST:
            self._comments.append(comment_record(f"{self._letters[place]}{number}", comment))
        return self._cell(place, number, self._styles(self.styles.bad), text)

    def _cell(self, place: int, number: int, styles: tuple[str, str], text: str) -> str:
        at = f"{self._letters[place]}{number}"
        if place < len(self._names):
            return text_xml(at, styles[0], workbook_cell(text)) if text else f'<c r="{at}"{styles[0]}/>'
        style = styles[1]
        if not text:
            return f'<c r="{at}"{style}/>'
        return (
            number_xml(at, style, int(text))
            if self._header[place] in NUMBERS
            else text_xml(at, style, workbook_text(text))
        )

    def _styles(self, fill: int | None) -> tuple[str, str]:
        found = self._by_fill.get(fill)
        if found is None:
            assert fill is not None  # is there from the beginning
            filled = self.styles.filled(None, fill)
            found = self._by_fill[fill] = self._style(self.styles.as_text(filled)), self._style(filled)
        return found

    def _style(self, style: object) -> str:
        return style_xml(self.styles.id(style))

    def _write_row(self, number: int, cells: Sequence[str], *, is_hidden: bool = False) -> None:
        """Write a row; one that was left out for being hidden is hidden here too, and so left out when fed again."""
        self._row = number
        hidden = ' hidden="1"' if is_hidden else ""
        self._spool.write(f'<row r="{number}"{hidden}>{"".join(cells)}</row>\n')

    def _rows(self) -> Iterator[str]:
        self._spool.seek(0)
        return iter(self._spool)

    def _widen(self, cells: Sequence[Sequence[str]]) -> None:
        """Make columns as wide as their first cells ask for."""
        for letter, name, texts in zip(self._letters, self._names, cells, strict=False):
            longest = max(map(len, texts[:_SAMPLE]), default=0) + 1
            self._sheet.column_dimensions[letter].width = _width(max(longest, len(name) + _BUTTON))


def _width(characters: int) -> int:
    return min(max(characters, _NARROW), _WIDE)
