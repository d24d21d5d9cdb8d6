"""Opens a source: a file is known by its content, and its name must agree."""

import mmap
import re
import shutil
import stat
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO

from leadsync.errors import SourceError
from leadsync.files import printable
from leadsync.loader.base import Source
from leadsync.loader.csv_source import CsvSource
from leadsync.loader.encoded import readable, stamp
from leadsync.loader.excel_source import ExcelSource
from leadsync.records import SourceOptions

STANDARD_INPUT = "-"

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The name of the stream that holds an encrypted workbook, as an OLE file's directory spells it (MS-OFFCRYPTO)."""

WORKBOOK_SUFFIXES = (".xlsx", ".xlsm")
EXCEL_SUFFIX = re.compile(r"\.(xls[xmb]?|xlt[xm]?|ods)")


def open_source(
    source: str,
    options: SourceOptions,
    *,
    at: Path | None = None,
    was_piped: bool = False,
    stdin: BinaryIO | None = None,
) -> Source:
    """Open a CSV file or an Excel workbook for reading; `-` is standard input, which is CSV.

    A pipe is first copied, whole, into a nameless temporary file: so it is sound to its end before anything is
    sent, and can be read twice. Of a workbook, the sheet that `options` declare is read, or the first visible one.
    `stdin` stands in for the standard input of the process. With `at` the file lies there, whatever the name by which
    it is known; with `was_piped` that is a copy that was kept of a pipe.

    Raises SourceError, a sentence for the user, for whatever cannot be read: a missing file, a folder, a device, an
    empty file, no header, a wrong sheet name, a workbook that is damaged, locked or wrongly named, text that is not
    in the declared encoding (UTF-8 if none is), or an option that makes no sense.
    """
    _check(options)
    if at and was_piped:
        label = "stdin" if source == STANDARD_INPUT else printable(Path(source).name)
        with readable(printable(at)):
            return _open_file(at.open("rb"), printable(source), label, options)
    if source == STANDARD_INPUT:
        return _open_file(_spool(stdin or _standard_input(), "Standard input"), source, "stdin", options)
    path, name = at or Path(source), printable(source)
    label = printable(Path(source).name)
    with readable(name):
        mode = _mode(path, name)
        if stat.S_ISFIFO(mode):
            with path.open("rb") as pipe:
                return _open_file(_spool(pipe, name), name, label, options)
        if stat.S_ISDIR(mode):
            raise SourceError(f"{name!r} is a folder; name a CSV or .xlsx file in it.")
        if not stat.S_ISREG(mode):
            raise SourceError(f"{name} is a device, not a file; name a CSV or .xlsx file.")
        return _open_file(path.open("rb"), name, label, options, path)


def _check(options: SourceOptions) -> None:
    if options.header_row < 1:
        raise SourceError(f"The header row cannot be {options.header_row}: rows are counted from 1, as Excel shows.")
    if options.delimiter is not None and (len(options.delimiter) != 1 or options.delimiter in '"\r\n'):
        raise SourceError(
            f"The delimiter {options.delimiter!r} is not one character that can stand between cells; "
            'write one such as ";" or "\\t" (a tab).'
        )


def _standard_input() -> BinaryIO:
    if sys.stdin is None:
        raise SourceError("Standard input is closed; pipe a CSV file into the command, or name a file.")
    return sys.stdin.buffer


def _mode(path: Path, name: str) -> int:
    try:
        return path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError) as error:
        raise SourceError(f"There is no file {name!r}; check the path.") from error
    except ValueError as error:
        raise SourceError(f"{name!r} cannot be the name of a file; check the path.") from error


def _spool(pipe: BinaryIO, label: str) -> BinaryIO:
    """Copy a pipe into a file that has no name and is gone with the process, even a killed one."""
    spool = tempfile.TemporaryFile()  # noqa: SIM115  # the source closes it
    try:
        with readable(label):
            shutil.copyfileobj(pipe, spool)
    except BaseException:
        spool.close()
        raise
    return spool


def _open_file(file: BinaryIO, source: str, sheet: str, options: SourceOptions, path: Path | None = None) -> Source:
    """Open by content; `path` is None for a pipe. The file is closed on any way out but a CSV source."""
    try:
        opened = None if path is None else stamp(file)
        if path is not None and _is_workbook(file, path, source):
            excel = ExcelSource(path, source, options)
            file.close()
            return excel
        if path is None:
            _refuse_piped_workbook(file, source)
        return CsvSource(file, source, sheet, options, opened)
    except BaseException:
        file.close()
        raise


def _is_workbook(file: BinaryIO, path: Path, source: str) -> bool:
    """Tell a workbook from text by its first bytes; raises SourceError where the name says otherwise."""
    head = _head(file)
    suffix = path.suffix.lower()
    if head.startswith(OLE_MAGIC):
        raise SourceError(_describe_ole(file, source))
    if head.startswith(ZIP_MAGIC):
        if suffix in WORKBOOK_SUFFIXES:
            return True
        if EXCEL_SUFFIX.fullmatch(suffix):
            raise SourceError(f"{source} is a spreadsheet of another kind; save it as .xlsx.")
        raise SourceError(
            f"{source} is not text but a ZIP file, as Excel workbooks are; rename it to .xlsx if it is a workbook, "
            "or unpack it."
        )
    if not head:
        raise SourceError(f"{source} is empty; export it again.")
    if EXCEL_SUFFIX.fullmatch(suffix):
        raise SourceError(
            f"{source} is named {suffix} but is no Excel workbook; rename it to .csv if it is text, "
            "or open it in Excel and save it as .xlsx."
        )
    return False


def _refuse_piped_workbook(file: BinaryIO, source: str) -> None:
    head = _head(file)
    label = "Standard input" if source == STANDARD_INPUT else source
    if not head:
        raise SourceError(f"{label} is empty; pipe a CSV file into the command.")
    if head.startswith((ZIP_MAGIC, OLE_MAGIC)):
        raise SourceError(f"{label} is an Excel workbook, but a pipe is read as CSV; name the file instead.")


def _head(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read(len(OLE_MAGIC))


def _describe_ole(file: BinaryIO, source: str) -> str:
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        encrypted = content.find(ENCRYPTED) >= 0
    if encrypted:
        return (
            f"{source} is protected by a password; save a copy without one in Excel "
            "(File, Info, Protect Workbook, Encrypt with Password: clear it)."
        )
    return f"{source} is in the old Excel format (.xls); open it in Excel and save it as .xlsx."
