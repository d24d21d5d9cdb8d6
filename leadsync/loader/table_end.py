"""Where the table of a source ends, as its options say: rows below it are still rows, and are left out."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from leadsync.characters import is_blank
from leadsync.codes import Code
from leadsync.records import Chunk, Issue, SourceOptions


def table_only(chunks: Iterator[Chunk], options: SourceOptions) -> Iterator[Chunk]:
    """Mark the rows below the table as left out, by `stop_at_blank` and `skip_footer`; give all chunks in order.

    Rows that are left out already, hidden ones, are neither the blank row that ends the table nor a row of the footer.
    With a footer, the chunks that may hold it are held back: so many rows that are not blank, and the blank ones
    between and below them, which take no memory to speak of.
    """
    if options.stop_at_blank:
        chunks = _above_blank(chunks)
    return _above_footer(chunks, options.skip_footer) if options.skip_footer else chunks


def _above_blank(chunks: Iterator[Chunk]) -> Iterator[Chunk]:
    """Leave out the first row that is blank, and all below."""
    for chunk in chunks:
        end = next((row for row, blank in enumerate(_blank_rows(chunk)) if blank and row not in chunk.left_out), None)
        if end is None:
            yield chunk
            continue
        number = chunk.numbers[end]
        why = (
            f"This row is below the table, which ends above row {number}, the first blank one, "
            "as `stop_at_blank` in the mapping says."
        )
        yield _leave_out(chunk, range(end, len(chunk)), why)
        for below in chunks:
            yield _leave_out(below, range(len(below)), why)


@dataclass(frozen=True, slots=True)
class _Held:
    """A chunk that may hold rows of the footer."""

    chunk: Chunk
    rows: Sequence[int]
    """Those that count: not blank, and not left out."""


def _above_footer(chunks: Iterator[Chunk], size: int) -> Iterator[Chunk]:
    """Leave out the last rows that are not blank, so many, and the blank ones among and below them."""
    held: deque[_Held] = deque()
    total = 0
    blank: dict[int, pd.DataFrame] = {}
    for chunk in chunks:
        rows = [row for row, blank in enumerate(_blank_rows(chunk)) if not blank and row not in chunk.left_out]
        held.append(_Held(chunk if rows else _without_memory(chunk, blank), rows))
        total += len(rows)
        while total - len(held[0].rows) >= size:
            first = held.popleft()
            total -= len(first.rows)
            yield first.chunk
        if _ends_table(chunk):
            break
    yield from _mark_footer(held, total - size, size)
    yield from chunks


def _mark_footer(held: Iterable[_Held], above: int, size: int) -> Iterator[Chunk]:
    """Leave out the rows from the first of the footer on; `above` rows that count stand before it."""
    why = (
        f"This row is one of the last {size}, or a blank one beside them"
        if size > 1
        else "This row is the last one, or a blank one below it"
    ) + f": they are left out, as `skip_footer: {size}` in the mapping says."
    above = max(above, 0)
    has_begun = False
    for one in held:
        start = 0
        if not has_begun:
            if above >= len(one.rows):
                above -= len(one.rows)
                yield one.chunk
                continue
            start, has_begun = one.rows[above], True
        yield _leave_out(one.chunk, range(start, len(one.chunk)), why)


def _leave_out(chunk: Chunk, rows: Iterable[int], why: str) -> Chunk:
    left_out = dict.fromkeys(rows, Issue(Code.BELOW_TABLE, why))
    return replace(chunk, left_out=left_out | dict(chunk.left_out))


def _ends_table(chunk: Chunk) -> bool:
    last = chunk.left_out.get(len(chunk) - 1)
    return last is not None and last.code is Code.BELOW_TABLE


def _blank_rows(chunk: Chunk) -> Iterator[bool]:
    """Tell of each row whether all of its cells are blank."""
    table = chunk.frame.to_numpy()
    for row, is_empty in enumerate((table == "").all(axis=1).tolist()):
        has_text = not is_empty and not all(map(is_blank, table[row]))
        yield not has_text and all(map(is_blank, chunk.surplus.get(row, ())))


def _without_memory(chunk: Chunk, blank: dict[int, pd.DataFrame]) -> Chunk:
    """Let all empty chunks of one height share one frame: a sheet may have a million blank rows below its table."""
    if not (chunk.frame == "").all(axis=None):
        return chunk
    return replace(chunk, frame=blank.setdefault(len(chunk), chunk.frame))
