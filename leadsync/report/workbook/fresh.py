"""A new workbook in the form of a marked one: the source's columns as text, the helper columns to their right."""

import re
from collections.abc import Iterator, Sequence
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO

import orjson
from openpyxl import Workbook  # type: ignore[import-untyped]  # openpyxl has no types of its own
from openpyxl.comments.comment_sheet import CommentRecord  # type: ignore[import-untyped]  # likewise
from openpyxl.utils import column_index_from_string, get_column_letter  # type: ignore[import-untyped]  # likewise

from leadsync.codes import Code
from leadsync.harmless import is_kept_by_workbook, workbook_cell, workbook_text
from leadsync.records import SUMMARY_SHEET, Answered, Chunk, Outcome
from leadsync.report.columns import FORM_COLUMN, HELPERS, RUN_COLUMN, Columns
from leadsync.report.problems import addresses, is_to_retry, needs_a_look
from leadsync.report.table import told_of
from leadsync.report.workbook.comments import MOST, comment_record, comment_text, too_many
from leadsync.report.workbook.layout import NUMBERS, WIDTHS
from leadsync.report.workbook.marked import link_to
from leadsync.report.workbook.styles import Styles, add_rules
from leadsync.report.workbook.writer import Spooled, number_xml, save, style_xml, text_xml

MOST_ROWS = 50_000
"""With more, no program is a pleasure to look at a workbook with; only rows to look at are in it then."""
_MOST_COLUMNS = 16_384
_IN_MEMORY = 16 << 20
"""Bytes; more is spooled into a nameless file."""
_SURELY_KEPT = 16_383
"""Characters; of more, some may take two of the units that Excel counts."""
_SAMPLE = 200
_NARROW, _WIDE, _BUTTON = 8, 50, 4
_NO_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_TITLE = 31
_TITLE = "rows"


class FreshWorkbook:
    """A workbook that is written row by row; its cells are in no memory."""

    def __init__(self, columns: Columns, run_id: str, *, rows: int, has_forms: bool) -> None:
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
        self._run_id = run_id
        self._has_forms = has_forms
        self._only_problems = rows > MOST_ROWS
        self._spool: IO[str] = SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="")  # noqa: SIM115  # until save
        self._row = 1
        """The last that is written."""
        self._dropped = self._bad_cells = self._cut = 0
        self._comments: list[CommentRecord] = []
        self._places: dict[tuple[str, int], int] = {}
        self._sheets: dict[str, None] = {}
        self._by_fill: dict[int | None, str] = {None: ""}
        header = self._style(self.styles.look().header)
        cells = zip(self._letters, self._header, strict=True)
        self._write_row(1, [text_xml(f"{letter}1", header, workbook_cell(name)) for letter, name in cells])

    @property
    def notes(self) -> tuple[str, ...]:
        """Tell what is not in it."""
        notes = []
        if self._only_problems:
            notes.append(
                f"The source has more than {MOST_ROWS:,} rows, so only those to look at are in this workbook; "
                "`results.csv` has all."
            )
        if self._dropped:
            notes.append(f"{self._dropped:,} more rows to look at are in `results.csv` only.")
        if self._cut:
            notes.append(
                f"{self._cut:,} cells hold what no workbook can, such as more than 32,767 characters: they are changed "
                "here, and refused if this file is fed again as it is; mend those rows in `retry.csv`."
            )
        if self._left_out:
            notes.append(f"The last {self._left_out:,} columns of the source do not fit into a workbook.")
        if self._bad_cells > MOST:
            notes.append(too_many(self._bad_cells))
        return tuple(notes)

    def place(self, sheet: str, row: int, address: str) -> str:
        """Give where a link to a row leads; empty where the row is not in it."""
        del address
        found = self._places.get((sheet, row))
        return link_to(self._title, f"A{found}") if found else ""

    def add(self, answered: Answered) -> None:
        """Write the rows of a chunk."""
        chunk = answered.chunk
        if not self._sheets:
            self._widen(chunk)
        self._sheets[chunk.sheet] = None
        cells = self._columns.cells(chunk)[: len(self._names)]
        forms = self._forms(chunk, cells)
        places = {column: place for place, column in self._source_columns(chunk)}
        for row, outcome in enumerate(answered.outcomes):
            if self._only_problems and not (outcome is None or needs_a_look(outcome)):
                continue
            if self._row > MOST_ROWS:
                self._dropped += 1
                continue
            told = (chunk.sheet, str(chunk.numbers[row]), answered.lead(row), *told_of(outcome), self._run_id)
            self._add_row(chunk, row, outcome, [*(column[row] for column in cells), *told, forms[row]], places)

    def _forms(self, chunk: Chunk, cells: Sequence[Sequence[str]]) -> list[str]:
        """Give the JSON of each row that needs one, as where no workbook can hold a cell: that must not be sent."""
        forms = self._columns.forms(chunk) if self._has_forms else [""] * len(chunk)
        for name, column in zip(self._names, cells, strict=True):
            for row, text in enumerate(column):
                if not text.isascii() or len(text) > _SURELY_KEPT:
                    if is_kept_by_workbook(text):
                        continue
                    self._cut += 1
                    form = orjson.loads(forms[row] or "{}")
                    form.setdefault("faults", {})[name] = (Code.INVALID_TEXT, workbook_cell(text))
                    forms[row] = orjson.dumps(form).decode()
        return forms

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
        with self._spool:
            save(self.workbook, file, {}, {sheet.title: Spooled(self._rows, self._comments)})

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

    def _source_columns(self, chunk: Chunk) -> Iterator[tuple[int, int]]:
        """Give for each column of a chunk its place here, and its number in the source."""
        positions = range(len(chunk.headers)) if chunk.positions is None else chunk.positions
        for place, column in zip(self._columns.places(chunk), positions, strict=True):
            yield place, column + 1

    def _add_row(
        self, chunk: Chunk, row: int, outcome: Outcome | None, texts: Sequence[str], places: dict[int, int]
    ) -> None:
        number = self._row + 1
        fill = self.styles.row_fill(outcome) if is_to_retry(outcome) else None
        style = self._fill_style(fill)
        written = {
            place: self._cell(place, number, style, text)
            for place, text in enumerate(texts)
            if text or fill is not None
        }
        if outcome is None or needs_a_look(outcome):
            self._places[chunk.sheet, chunk.numbers[row]] = number
        if fill is not None and outcome is not None:
            for letters, _ in addresses(outcome):
                place = places.get(column_index_from_string(letters))
                if place is not None and place < len(self._names):
                    written[place] = self._bad(place, number, texts[place], outcome)
        is_hidden = outcome is not None and outcome.code is Code.HIDDEN_ROW
        self._write_row(number, [written[place] for place in sorted(written)], is_hidden=is_hidden)

    def _bad(self, place: int, number: int, text: str, outcome: Outcome) -> str:
        self._bad_cells += 1
        if self._bad_cells <= MOST:
            self._comments.append(comment_record(f"{self._letters[place]}{number}", comment_text(outcome, text)))
        return self._cell(place, number, self._fill_style(self.styles.bad), text)

    def _cell(self, place: int, number: int, style: str, text: str) -> str:
        at = f"{self._letters[place]}{number}"
        if not text:
            return f'<c r="{at}"{style}/>'
        if place >= len(self._names) and self._header[place] in NUMBERS:
            return number_xml(at, style, int(text))
        return text_xml(at, style, workbook_cell(text) if place < len(self._names) else workbook_text(text))

    def _fill_style(self, fill: int | None) -> str:
        found = self._by_fill.get(fill)
        if found is None and fill is not None:
            found = self._by_fill[fill] = self._style(self.styles.filled(None, fill))
        return found or ""

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

    def _widen(self, chunk: Chunk) -> None:
        """Make columns as wide as their first cells ask for."""
        widths = [len(name) + _BUTTON for name in self._names]
        for place, _ in self._source_columns(chunk):
            if place < len(widths):
                texts = self._columns.cells(chunk)[place][:_SAMPLE]
                widths[place] = max(widths[place], max(map(len, texts), default=0) + 1)
        for letter, width in zip(self._letters, widths, strict=False):
            self._sheet.column_dimensions[letter].width = min(max(width, _NARROW), _WIDE)
        for letter, name in zip(self._letters[len(self._names) :], self._header[len(self._names) :], strict=True):
            self._sheet.column_dimensions[letter].width = WIDTHS[name]
