"""Opens a source: from a file, a pipe or an address; what it is, its content tells, and not its name."""

import shutil
import stat
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from leadsync.errors import SourceError
from leadsync.files import printable
from leadsync.loader.arrival.content import Content, content_of
from leadsync.loader.arrival.packed import spooling, unpack
from leadsync.loader.arrival.remote import fetch, file_name_of, is_address, masked
from leadsync.loader.base import Source, WorkbookKind
from leadsync.loader.csv.encoded import changed, readable, stamp
from leadsync.loader.csv.source import CsvSource
from leadsync.records import SourceOptions

STANDARD_INPUT = "-"

DESCRIPTORS = Path("/proc/self/fd")
"""Where Linux shows the open files of a process by their numbers, those without a name too."""

_WORKBOOKS = "leadsync.loader.workbook.source"
"""Loaded with the first workbook: its readers are half of this room, and a CSV file needs none of them."""

_SUFFIXES = {
    ".xlsx": WorkbookKind.XLSX,
    ".xlsm": WorkbookKind.XLSX,
    ".xlam": WorkbookKind.XLSX,
    ".xlsb": WorkbookKind.XLSB,
    ".xls": WorkbookKind.XLS,
    ".xla": WorkbookKind.XLS,
    ".ods": WorkbookKind.ODS,
}
"""By what endings calamine chooses how to read a file; one with another ending, or none, it reads by its content."""


@dataclass(frozen=True, slots=True)
class Origin:
    """How a source is known."""

    name: str
    """As the user named it, or `-`; an address without its secrets. Always text that can be printed."""
    label: str
    """What stands for the sheet of a CSV file."""
    options: SourceOptions

    @property
    def title(self) -> str:
        """Give what messages call it."""
        return "Standard input" if self.name == STANDARD_INPUT else self.name


def open_source(
    source: str,
    options: SourceOptions,
    *,
    at: Path | None = None,
    was_piped: bool = False,
    stdin: BinaryIO | None = None,
) -> Source:
    """Open a CSV file or a workbook for reading: a file, packed or not, an address, or `-` for standard input.

    What comes by a pipe or from an address is first copied, whole, into a nameless temporary file, and so is what is
    packed (.gz, or .zip with one file in it): it is sound to its end before anything is sent, and can be read twice.
    Of a workbook, the sheet that `options` declare is read, or the first visible one. `stdin` stands in for the
    standard input of the process. With `at` the file lies there, whatever the name by which it is known; with
    `was_piped` that is a copy that was kept of a pipe or an address.

    Raises SourceError, a sentence for the user, for whatever cannot be read: a missing file, a folder, a device, an
    empty file, no header, a wrong sheet name, a workbook or an archive that is damaged, locked or too large, text that
    is not in the declared encoding (UTF-8 if none is), an address that cannot be fetched, or an option that makes no
    sense.
    """
    _check(options)
    origin = _origin(source, options)
    path = at or Path(source)
    with readable(origin.title):
        if at and was_piped:
            return _open_copy(at.open("rb"), origin)
        if source == STANDARD_INPUT:
            return _open_copy(_spool(stdin or _standard_input(), origin), origin)
        if at is None and is_address(source):
            with spooling(origin.name) as spool:
                fetch(source, spool)
                return _open_copy(spool.finish(), origin)
        mode = _mode(path, origin.name)
        if stat.S_ISFIFO(mode):
            with path.open("rb") as pipe:
                return _open_copy(_spool(pipe, origin), origin)
        if stat.S_ISDIR(mode):
            raise SourceError(f"{origin.name!r} is a folder; name a CSV or .xlsx file in it.")
        if not stat.S_ISREG(mode):
            raise SourceError(f"{origin.name} is a device, not a file; name a CSV or .xlsx file.")
        return _open_path(path, origin)


def _origin(source: str, options: SourceOptions) -> Origin:
    if source == STANDARD_INPUT:
        return Origin(source, "stdin", options)
    if is_address(source):
        return Origin(masked(source), file_name_of(source), options)
    return Origin(printable(source), printable(Path(source).name), options)


def _check(options: SourceOptions) -> None:
    if options.header_row < 1:
        raise SourceError(f"The header row cannot be {options.header_row}: rows are counted from 1, as Excel shows.")
    if options.delimiter is not None and (len(options.delimiter) != 1 or options.delimiter in '"\r\n'):
        raise SourceError(
            f"The delimiter {options.delimiter!r} is not one character that can stand between cells; "
            'write one such as ";" or "\\t" (a tab).'
        )
    if options.skip_footer < 0:
        raise SourceError(f"The footer cannot have {options.skip_footer} rows; write 0 where there is none.")


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


def _spool(pipe: BinaryIO, origin: Origin) -> BinaryIO:
    """Copy a pipe to its end."""
    with spooling(origin.title) as spool:
        shutil.copyfileobj(pipe, spool)
        return spool.finish()


def _open_path(path: Path, origin: Origin) -> Source:
    """Open a file that others can see, and may write to."""
    with ExitStack() as held:
        file = held.enter_context(path.open("rb"))
        opened = stamp(file)
        content = content_of(file, origin.title)
        if isinstance(content, WorkbookKind):
            is_misnamed = _SUFFIXES.get(path.suffix.lower(), content) is not content
            source = _open_workbook(_path_of(file, content, held) if is_misnamed else path, origin, content)
        elif content is Content.TEXT:
            source = CsvSource(file, origin.name, origin.label, origin.options, opened)
        else:
            unpacked = held.enter_context(unpack(file, content, origin.title))
            if stamp(file) != opened:
                raise changed(origin.title)
            source = _open_own(unpacked, origin, held)
        source.held = held.pop_all()
        return source


def _open_copy(copy: BinaryIO, origin: Origin) -> Source:
    """Open what came by a pipe or from an address."""
    with ExitStack() as held:
        file = held.enter_context(copy)
        content = content_of(file, origin.title)
        if isinstance(content, Content) and content is not Content.TEXT:
            file = held.enter_context(unpack(file, content, origin.title))
        source = _open_own(file, origin, held)
        source.piped = file
        source.held = held.pop_all()
        return source


def _open_own(file: BinaryIO, origin: Origin, held: ExitStack) -> Source:
    """Open a file that nobody else can see, with what was packed in another one."""
    content = content_of(file, origin.title)
    if isinstance(content, WorkbookKind):
        return _open_workbook(_path_of(file, content, held), origin, content)
    if content is not Content.TEXT:
        raise SourceError(f"{origin.title} is packed twice; unpack it, and name the file that was in it.")
    return CsvSource(file, origin.name, origin.label, origin.options)


def _path_of(file: BinaryIO, kind: WorkbookKind, held: ExitStack) -> Path:
    """Give a path by which a file without a name, or with a wrong one, can be opened.

    Where the system has none, that is the path of a private copy.
    """
    path = DESCRIPTORS / str(file.fileno())
    if path.exists():
        return path
    copy = held.enter_context(tempfile.NamedTemporaryFile(suffix=f".{kind}"))  # noqa: SIM115  # closed with the source
    file.seek(0)
    shutil.copyfileobj(file, copy)
    copy.flush()
    return Path(copy.name)


def _open_workbook(path: Path, origin: Origin, kind: WorkbookKind) -> Source:
    """Open a workbook; its path may be another than the name by which the user knows it."""
    try:
        source: Source = import_module(_WORKBOOKS).ExcelSource(path, origin.name, origin.options, kind)
    except SourceError as error:
        raise SourceError(error.message.replace(printable(path), origin.title)) from error
    return source
