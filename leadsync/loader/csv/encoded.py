"""The bytes of a CSV file as text: which encoding, whether all of it can be decoded, and how to read it again."""

import codecs
import csv
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from leadsync.errors import EncodingError, SourceError
from leadsync.loader.csv.suggestions import name_utf_16, suggest

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte-order marks, and the encoding each stands for; that of UTF-32 begins as that of UTF-16 does."""

BLOCK = 1 << 15
"""Bytes decoded at a time: 256 KiB and more fall out of the processor's cache, a sixth slower (measured)."""

OVER_BUDGET = "more bytes than a record may have"
"""What the csv.Error of a pass says that was stopped by its budget."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes of a file become text."""

    name: str
    skip: int = 0
    """Bytes of the byte-order mark; 0 where there is none."""
    declared: bool = True
    """The user or a byte-order mark says so; otherwise it is the default, UTF-8."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What one pass over all bytes tells."""

    lines: int
    quotes: int
    has_escaped_quotes: bool
    r"""Somewhere a quotation mark stands behind a backslash: `\"`."""


class Stamp(NamedTuple):
    """What differs once a file was written to; not its change time, which a new name changes too."""

    size: int
    mtime_ns: int


def stamp(file: BinaryIO) -> Stamp:
    """Give the stamp of an open file; raises OSError."""
    found = os.fstat(file.fileno())
    return Stamp(found.st_size, found.st_mtime_ns)


def changed(name: str) -> SourceError:
    """Say that the file is no longer what was opened."""
    return SourceError(f"{name} was changed while it was being read; run again.")


class OffsetReader(io.BufferedIOBase):
    """One pass over a shared seekable file, with an offset of its own, so that passes do not disturb each other.

    Text is decoded from whole blocks, however little is asked for: `io` asks for 8 KiB at a time.
    """

    def __init__(self, file: BinaryIO, offset: int) -> None:
        super().__init__()
        self._file = file
        self.offset = offset
        """How far the pass is: behind the last byte that was read."""
        self.budget: int | None = None
        """How far the pass may go; None: to the end. A reader of records has no other way to stop in one of them."""

    @property
    def name(self) -> str:
        """Give a name, as the type of `io.TextIOWrapper` asks."""
        return "source"

    def readable(self) -> bool:
        """Say yes, as `io` asks."""
        return True

    def read1(self, _size: int = -1, /) -> bytes:
        """Read the next block from this pass's offset; raises csv.Error beyond the budget."""
        if self.budget is not None and self.offset > self.budget:
            raise csv.Error(OVER_BUDGET)
        self._file.seek(self.offset)
        data = self._file.read(BLOCK)
        self.offset += len(data)
        return data


_NO_FILE_ENCODINGS = frozenset({"utf-7", "unicode_escape", "raw_unicode_escape", "idna", "punycode"})
"""Encodings that no spreadsheet writes, and that read halves of characters."""


def choose_encoding(head: bytes, declared: str | None, name: str) -> Encoding:
    """Choose by byte-order mark, then as declared, then UTF-8; raises SourceError for an unknown name.

    A mark goes before a declaration: it is the file's own word, and cp1252 would read it as `ï»¿`.
    """
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return Encoding(encoding, len(mark))
    if declared is None:
        return Encoding("utf-8", declared=False)
    try:
        known = codecs.lookup(declared).name not in _NO_FILE_ENCODINGS
        b"a".decode(declared)
    except UnicodeError:
        pass  # two-byte encodings: the name is known
    except (LookupError, ValueError):
        known = False
    if not known:
        raise SourceError(
            f"The encoding {declared!r} declared for {name} is unknown; "
            "write a name such as `utf-8`, `cp1252` (Excel's ANSI in Western Europe), `iso8859-15` or `utf-16`."
        )
    return Encoding(declared)


def must_not_be_utf_16(head: bytes, encoding: Encoding, name: str) -> None:
    """Refuse text in UTF-16 that does not say so, and a file of NUL bytes, by the first kilobytes.

    Both are UTF-8 too, as far as the bytes go.
    """
    if not head.strip(b"\0"):
        raise SourceError(f"{name} holds only NUL bytes at its beginning and no text; copy or export it again.")
    if not encoding.declared and (found := name_utf_16(head)):
        raise EncodingError(
            f"{name} is not UTF-8 text: every other byte is NUL, as in UTF-16 without a byte-order mark; declare its "
            f"encoding, with `--encoding {found}` or `source: {{encoding: {found}}}` in the mapping.",
            [found],
        )


def survey(file: BinaryIO, encoding: Encoding, name: str) -> Survey:
    """Decode the whole file once, keeping nothing: 0.3 s for 157 MB (measured).

    Raises SourceError at the first byte that does not decode: nothing is sent from a file that breaks halfway.
    """
    decoder = codecs.getincrementaldecoder(encoding.name)("strict")
    newlines = returns = quotes = 0
    escaped = False
    last = ""
    file.seek(encoding.skip)
    try:
        while block := file.read(BLOCK):
            text = decoder.decode(block)
            newlines += text.count("\n")
            returns += 0 if newlines else text.count("\r")
            quotes += text.count('"')
            # One letter is looked for faster than two.
            if quotes and not escaped and ("\\" in text or last.endswith("\\")):
                escaped = '\\"' in text or (text.startswith('"') and last.endswith("\\"))
            last = text or last
        decoder.decode(b"", final=True)
    except UnicodeError as error:
        raise _undecodable(error, file, encoding, name, max(newlines, returns)) from error
    lines = max(newlines, returns) + (not last.endswith(("\n", "\r")))
    return Survey(lines, quotes, escaped)


def open_text(file: BinaryIO, encoding: Encoding) -> tuple[OffsetReader, io.TextIOWrapper]:
    """Begin a pass over the file as text, line ends untouched."""
    blocks = OffsetReader(file, encoding.skip)
    return blocks, io.TextIOWrapper(blocks, encoding.name, errors="strict", newline="")


@contextmanager
def readable(name: str) -> Iterator[None]:
    """Turn trouble with the file itself into a sentence."""
    try:
        yield
    except OSError as error:
        raise SourceError(f"{name} cannot be read: {error.strerror or error}.") from error
    except UnicodeError as error:
        raise changed(name) from error


def _undecodable(error: UnicodeError, file: BinaryIO, encoding: Encoding, name: str, lines: int) -> SourceError:
    """Say where the file cannot be decoded, and how it may have been encoded."""
    place = ""
    bad = encoding.skip
    if isinstance(error, UnicodeDecodeError):
        before = error.object[: error.start].decode(encoding.name, "replace")
        line = lines + max(before.count("\n"), before.count("\r")) + 1
        place = f": the byte 0x{error.object[error.start]:02X} in line {line} cannot be decoded"
        bad = max(bad, file.tell() - len(error.object) + error.start)
    if encoding.skip:
        return SourceError(
            f"{name} is not text in {encoding.name}{place}, though it begins with the mark of that encoding: "
            "it is damaged, or was put together from files of several encodings; export it again."
        )
    what = "UTF-8 text" if not encoding.declared else f"text in {encoding.name}"
    remedy, encodings = suggest(file, bad, encoding.name)
    return EncodingError(f"{name} is not {what}{place}; {remedy}", encodings)
