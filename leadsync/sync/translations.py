"""The rows of the sources, translated."""

from collections.abc import Iterator
from dataclasses import replace

from leadsync.records import Translation
from leadsync.sync.inspection import Inspection
from leadsync.sync.prepare import Work


def translations(
    work: Work, inspection: Inspection | None, final: bytes | bytearray = b"", *, all_rows: bool = False
) -> Iterator[Translation]:
    """Give all rows of some work, a chunk at a time, translated, with what the inspection says of them applied.

    `final` tells of each row, by position, whether it has its final answer (1) from an earlier session of the run (0
    or nothing: it has not). A chunk that is answered as a whole is not translated, which costs more than reading it,
    unless `all_rows` are wanted. Without an inspection no row is translated: each is one that might be sent.
    """
    for bound, chunk in work.sources.chunks():
        marks = final[chunk.first : chunk.first + len(chunk)]
        if marks.count(1) == len(chunk) and not all_rows:
            yield Translation.of_answered(chunk)
            continue
        unread = Translation.of_unread(chunk)
        translation = inspection.translated(bound, chunk, all_rows=all_rows) if inspection else unread
        answered = frozenset(row for row, mark in enumerate(marks) if mark)
        yield replace(translation, answered=answered) if answered else translation
