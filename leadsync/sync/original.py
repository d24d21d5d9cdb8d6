"""The workbook that a run read, to be given back with what became of its rows."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from leadsync.errors import SourceError
from leadsync.journal import SourceHead
from leadsync.loader import WorkbookKind, content_of
from leadsync.report.about import Original

_NEW = "so results.xlsx is a new workbook with the rows alone"


def original_of(sources: Sequence[SourceHead], sheet: str | None) -> tuple[Original | None, tuple[str, ...]]:
    """Give the workbook that is a run's only source, where it is as it was read; else say why it is not given.

    `sheet` is the title of the sheet that was read; None where no row was.
    """
    found = [(source, _kind(source)) for source in sources if source.path]
    if sheet is None or not any(isinstance(kind, WorkbookKind) for _, kind in found):
        return None, ()
    if len(sources) > 1:
        return None, (f"The run read {len(sources)} sources, {_NEW}.",)
    ((source, kind),) = found
    if kind is not WorkbookKind.XLSX:
        return None, (f"{source.name} is an .{kind} workbook, which can be read and not written, {_NEW}.",)
    try:
        with Path(source.path).open("rb") as file:
            is_same = hashlib.file_digest(file, "sha256").hexdigest() == source.sha256
    except OSError:
        is_same = False
    if not is_same:
        return None, (f"{source.name} was changed since it was read, {_NEW}.",)
    return Original(Path(source.path), source.name, sheet), ()


def _kind(source: SourceHead) -> object:
    try:
        with Path(source.path).open("rb") as file:
            return content_of(file, source.name)
    except (OSError, SourceError):
        return None
