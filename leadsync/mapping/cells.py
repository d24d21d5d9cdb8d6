"""The cells of a chunk as a field sees them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import pandas as pd

from leadsync.characters import C1, cleaned, is_blank
from leadsync.mapping.bind import BoundField, BoundMapping
from leadsync.mapping.characters import blank_rows, without_words
from leadsync.records import Chunk

_GARBLED = re.compile(f"[\u00c2-\u00f4][\u00a0-\u00bf]*[{C1}]")
"""The bytes of a letter in UTF-8 that were read as ISO 8859-1, where one of them became a control character."""


def column_cells(chunk: Chunk, position: int, blanks: frozenset[str]) -> list[str]:
    """Give the cells of a column; those that hold no value, or a text that counts as blank, are empty."""
    cells = without_words(chunk.column(position), blanks)
    if faults := chunk.faults.get(position):
        cells = ["" if row in faults else cell for row, cell in enumerate(cells)]
    return cells


def field_cells(bound: BoundField, chunk: Chunk) -> list[str]:
    """Give the texts that a field begins with: the cells of its column, or its template filled in."""
    columns = [column_cells(chunk, position, bound.field.blanks) for position in bound.positions]
    if bound.field.template is None:
        return columns[0]
    return _rendered(bound.field.template.format, columns)


def filled_columns(bound: BoundMapping, chunk: Chunk, known: frozenset[int]) -> frozenset[int]:
    """Give the positions of the columns that are used and have a cell that is not blank; `known` ones are among them.

    Blank is what the mapping declares to be; of a column that several fields use, what all of them declare. A cell
    that holds no value to read is not blank. Rows that could not be read, or are none of the table's, do not count.
    """
    out = chunk.left_out.keys() | chunk.issues.keys()
    found = set(known)
    for position in bound.watched:
        if position not in known:
            cells = chunk.column(position)
            texts = {cell for row, cell in enumerate(cells) if row not in out} if out else set(cells)
            words = _declared_blanks(bound, position)
            if any(not is_blank(text) and text.strip().casefold() not in words for text in texts):
                found.add(position)
    return frozenset(found)


def _declared_blanks(bound: BoundMapping, position: int) -> frozenset[str]:
    """Give the words that count as blank for whatever uses a column."""
    blanks = [used.field.blanks for used in bound.fields if position in used.positions]
    return frozenset.intersection(*blanks, *[bound.mapping.blanks] * (position == bound.lead))


def as_declared(bound: BoundMapping, chunk: Chunk) -> Chunk:
    """Give a chunk to whoever looks for damage: without what the mapping declares to be none.

    Texts that count as blank are empty, and what nobody sees is taken out of columns that are cleaned; of a column
    that several fields use, only what all of them declare. What may be half of a garbled letter stays, lest cleaning
    hide that a letter was lost. Faults stay too: whoever looks heeds them by the same levels.
    """
    frame = chunk.frame
    for position in bound.watched:
        words = _declared_blanks(bound, position)
        fields = [used.field for used in bound.fields if position in used.positions]
        is_cleaned = position != bound.lead and all(field.is_cleaned for field in fields)
        if words or is_cleaned:
            cells = chunk.column(position)
            cells = without_words(list(map(_cleaned, cells)) if is_cleaned else cells, words)
            frame = frame.copy(deep=False) if frame is chunk.frame else frame
            frame[position] = pd.Series(cells, frame.index, dtype=object)
    return chunk if frame is chunk.frame else replace(chunk, frame=frame)


def _cleaned(text: str) -> str:
    return text if text.isprintable() or _GARBLED.search(text) else cleaned(text)


def _rendered(render: Callable[..., str], columns: Sequence[list[str]]) -> list[str]:
    """Fill a template for each row; it is blank where all its columns are."""
    texts = list(map(render, *columns))
    joined = list(map("".join, zip(*columns, strict=True)))
    for row in blank_rows(joined, "".join(joined)):
        texts[row] = ""
    return texts
