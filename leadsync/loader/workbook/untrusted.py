"""What is said of a workbook that is damaged, locked or too large, whatever its format; no traceback comes of one."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, LargeZipFile

from leadsync.errors import SourceError

MOST_CELLS = 10_000_000
"""The area of all sheets and their filled cells, added up: half a million rows of ten columns. Of an .xls or .ods file
calamine keeps every sheet, and a copy of the one that is read, so this is up to 0.85 GB (measured, version 0.9.1 of
python-calamine)."""
MOST_CELLS_ONCE = 2 * MOST_CELLS
"""The same for one sheet of an .xlsb file, of which there is no copy."""

DAMAGE = (
    BadZipFile,
    EOFError,
    ExpatError,
    LargeZipFile,
    LookupError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What reading damaged bytes raises: our own readers ValueError, `struct` and indices what they find missing, expat
LookupError for an unknown encoding, `zipfile` RuntimeError for an encrypted member and NotImplementedError for an
unknown compression."""


@contextmanager
def sound(name: str) -> Iterator[None]:
    """Turn whatever is wrong with the bytes of a workbook into a sentence; raises SourceError."""
    try:
        yield
    except DAMAGE as error:
        raise SourceError(
            f"{name} cannot be read as a workbook ({_reason(error)}); "
            "open it in Excel or LibreOffice and save it anew as .xlsx."
        ) from error


def locked(name: str) -> SourceError:
    """Say that a workbook is encrypted."""
    return SourceError(
        f"{name} is protected by a password; save a copy without one in Excel "
        "(File, Info, Protect Workbook, Encrypt with Password: clear it)."
    )


def too_large(name: str, sheet: str, most: int = MOST_CELLS) -> SourceError:
    """Say that a sheet, or all of them together, takes more memory than a run may have."""
    return SourceError(
        f"Sheet {sheet!r} of {name} is too large: its used area and its filled cells come to more than "
        f"{most // 1_000_000} million cells; delete what stands far below or to the right of the table, "
        "or save the sheet as CSV."
    )


def no_sheet(name: str, sheet: str) -> SourceError:
    """Say that the sheet is not where the scan looks for it, though calamine found it."""
    return SourceError(f"{name} holds no cells for its sheet {sheet!r}; open it in Excel and save it anew.")


def _reason(error: Exception) -> str:
    """Give what an exception says, if it is about the file and not about our code."""
    if isinstance(error, (struct.error, IndexError, OverflowError)):
        return "its data end too early or point to nothing"
    return str(error).strip().rstrip(".") or "its data are damaged"
