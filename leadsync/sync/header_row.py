"""Which row of a source holds the names of its columns, where nobody has said so."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from leadsync.counting import count
from leadsync.errors import SourceError
from leadsync.loader import Source, open_source
from leadsync.mapping.suggest.headers import read_headers
from leadsync.records import SourceOptions

_HEADER_ROWS = 15
"""Rows among which a header is looked for, where the first is none."""
_NO_HEADER = "has no header in row"
_KNOWN = 0.85
_FEW = 2
"""A row with so few headers that are known may not be the header."""


def with_header(name: str, options: SourceOptions) -> tuple[SourceOptions, str]:
    """Find the row of the header: the first, or one below it that says far more; give the options with it, and why.

    A source that cannot be opened is left to whoever opens it.
    """
    if name == "-" or "://" in name:
        return options, ""  # what can be read once only
    known = dict(_known_headers(name, options))
    if not known:
        return options, ""  # whoever opens it is told why
    first = min(known)
    best = max(known, key=lambda row: (known[row], -row))
    if known.get(1, -1) > _FEW or (first == best == 1):
        return options, ""
    if known[best] <= max(_FEW, 2 * known[first]):
        best = first
    why = f"{count(known[best], 'name')} of columns that are known" if known[best] else "the first text"
    return replace(options, header_row=best), f"Row {best} holds {why}." if best > 1 else ""


def _known_headers(name: str, options: SourceOptions) -> Iterator[tuple[int, int]]:
    """Give for each of the first rows that may be the header how many of its cells are known headers."""
    for row in range(1, _HEADER_ROWS + 1):
        try:
            with open_source(name, replace(options, header_row=row)) as source:
                known = _known(source.headers)
                yield row, known
                if known > _FEW or source.layout.is_report:
                    return
                if source.sheets:
                    # A sheet's cells are there already; the cells of a CSV file depend on which row is its header.
                    yield from _known_in_rows(source, row)
                    return
        except SourceError as error:
            if _NO_HEADER not in error.message:
                return


def _known_in_rows(source: Source, above: int) -> Iterator[tuple[int, int]]:
    for chunk in source.chunks(0, _HEADER_ROWS - above + 1):
        rows = list(chunk.frame.itertuples(index=False, name=None))
        for row, cells in enumerate(rows):
            yield chunk.numbers[row], _known([*cells, *chunk.surplus.get(row, ())])
        return


def _known(cells: Sequence[str]) -> int:
    """Count the different cells that are headers which are known."""
    texts = list(dict.fromkeys(cell for cell in cells if cell.strip()))
    return sum(bool(matches) and matches[0].score >= _KNOWN for matches in read_headers(texts).matches)
