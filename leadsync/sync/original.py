"""The workbook that a run read, to be given back with what became of its rows."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from leadsync.errors import SourceError
from leadsync.journal import SourceHead
from leadsync.loader import WorkbookKind, content_of
from leadsync.report.about import Original

_NAME = re.compile(r"\.(xls[xmb]?|xlt[xm]|ods)$", re.IGNORECASE)
"""How workbooks are named; of one that has gone nothing else tells."""
NEW = "so results.xlsx is a new workbook with the rows alone"


def original_of(
    sources: Sequence[SourceHead], sheet: str | None, header_row: int = 1
) -> tuple[Original | None, tuple[str, ...]]:
    """Give the workbook that is a run's only source, where it is as it was read; else say why it is not given.

    `sheet` is the title of the sheet that was read; None where no row was. `header_row` is the number of its header's.
    """
    kinds = [_kind(source) for source in sources]
    if sheet is None or not any(kinds):
        return None, ()
    if len(sources) > 1:
        return None, (f"The run read {len(sources)} sources, {NEW}.",)
    (source,), (kind,) = sources, kinds
    if not source.path or not Path(source.path).exists():
        return None, (f"{source.name} is not there any more, {NEW}.",)
    if kind is not WorkbookKind.XLSX:
        return None, (f"{source.name} is an .{kind} workbook, which can be read and not written, {NEW}.",)
    if not _is_as_it_was(source):
        return None, (f"{source.name} was changed since it was read, {NEW}.",)
    return Original(Path(source.path), source.name, sheet, header_row), ()


def _is_as_it_was(source: SourceHead) -> bool:
    try:
        with Path(source.path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == source.sha256
    except OSError:
        return False


def _kind(source: SourceHead) -> WorkbookKind | None:
    """Give what kind of workbook a source is, by its name where it cannot be read; None for what is none."""
    try:
        with Path(source.path).open("rb") as file:
            kind = content_of(file, source.name)
    except (OSError, SourceError):
        return WorkbookKind.XLSX if _NAME.search(source.name) else None
    return kind if isinstance(kind, WorkbookKind) else None
