"""What a file is by its content, whatever its name says: text, a workbook, something packed, or none of them."""

import codecs
import mmap
import re
import struct
import zlib
from enum import StrEnum
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from leadsync.errors import SourceError
from leadsync.loader.base import WorkbookKind

GZIP = b"\x1f\x8b"
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
"""How a ZIP file begins: with a member, empty, or in parts."""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the files of Office before 2007 begin, and encrypted ones since ([MS-CFB])."""

HEAD = 512
DIRECTORY_LIMIT = 4 * 2**20
"""Bytes of a ZIP file's directory: 40,000 members. `zipfile` takes a kilobyte of memory for each."""

_ODS = re.compile(rb"application/vnd\.oasis\.opendocument\.spreadsheet(-template)?")
_OTHERS = {
    "word/": "a document of Word",
    "ppt/": "a presentation of PowerPoint",
    "Index/Document.iwa": "a sheet of Apple Numbers",
}
_PAGE = re.compile(r"\s*(<!--.*?-->\s*)*<(!doctype|html|head|meta|style|body|table)\b", re.IGNORECASE | re.DOTALL)
_XML = re.compile(r"\s*<\?xml\b", re.IGNORECASE)
_UNREADABLE = (
    (b"%PDF-", "a PDF document; export the table as CSV or .xlsx"),
    (b"7z\xbc\xaf\x27\x1c", "packed as 7-Zip; unpack it, or pack it as .zip or .gz"),
    (b"Rar!\x1a\x07", "packed as RAR; unpack it, or pack it as .zip or .gz"),
    (b"BZh91AY&SY", "packed as .bz2; unpack it, or pack it as .zip or .gz"),
    (b"\xfd7zXZ\0", "packed as .xz; unpack it, or pack it as .zip or .gz"),
    (b"\x28\xb5\x2f\xfd", "packed as .zst; unpack it, or pack it as .zip or .gz"),
    (b"PAR1", "in the format Parquet; export the table as CSV or .xlsx"),
    (b"SQLite format 3\0", "a database; export the table as CSV or .xlsx"),
)


class Content(StrEnum):
    """What leadsync can read besides workbooks."""

    TEXT = "text"
    GZIP = "gzip"
    ARCHIVE = "archive"
    """A ZIP file that is no workbook."""


def content_of(file: BinaryIO, name: str) -> Content | WorkbookKind:
    """Tell what a file is.

    Raises SourceError where it is empty, damaged, locked, or of a kind that is not read; OSError.
    """
    file.seek(0)
    head = file.read(HEAD)
    if not head:
        raise SourceError(f"{name} is empty; export it again.")
    if head.startswith(GZIP):
        return Content.GZIP
    if head.startswith(ZIP):
        with opened_zip(file, name) as archive:
            return _zip_content(archive, name)
    if head.startswith(OLE):
        return _ole_kind(file, name)
    for magic, what in _UNREADABLE:
        if head.startswith(magic):
            raise SourceError(f"{name} is no table but {what}.")
    text = _text(head)
    if _PAGE.match(text):
        raise SourceError(
            f"{name} is a web page (HTML), as some programs save under the name .xls, and some sites show instead of "
            "a file; open it in Excel and save it as .xlsx, or export it as CSV."
        )
    if _XML.match(text):
        raise SourceError(f"{name} is an XML file; open it in Excel and save it as .xlsx, or export it as CSV.")
    return Content.TEXT


def opened_zip(file: BinaryIO, name: str) -> ZipFile:
    """Open a ZIP file; raises SourceError where its directory is damaged, or larger than any that has one table."""
    try:
        if _directory_size(file) > DIRECTORY_LIMIT:
            raise SourceError(f"{name} holds tens of thousands of files; name one file, or pack that alone.")
        return ZipFile(file)
    except (BadZipFile, struct.error, ValueError, NotImplementedError, EOFError) as error:
        raise damaged_zip(name, error) from error


def damaged_zip(name: str, error: Exception) -> SourceError:
    """Say that a ZIP file, perhaps a workbook, cannot be read."""
    why = str(error).rstrip(".") or "it ends too early"
    return SourceError(
        f"{name} is a damaged ZIP file or workbook ({why}); it may have been cut: copy, download or save it again."
    )


def members(archive: ZipFile) -> list[ZipInfo]:
    """Give the files of an archive, without folders and what macOS adds."""
    return [
        member
        for member in archive.infolist()
        if not member.filename.endswith("/")
        and not member.filename.startswith("__MACOSX/")
        and member.filename.rpartition("/")[2] != ".DS_Store"
    ]


def _directory_size(file: BinaryIO) -> int:
    """Read how many bytes the directory of a ZIP file has, as its end says (APPNOTE 4.3.16, 4.3.14)."""
    size = file.seek(0, 2)
    file.seek(max(0, size - (1 << 16) - 100))
    tail = bytes(20) + file.read()
    # As `zipfile` looks for it: at the very end, or before a comment.
    end = max(0, len(tail) - 22)
    if tail[end : end + 4] != b"PK\5\6" or tail[-2:] != b"\0\0":
        end = tail.rfind(b"PK\5\6")
    if end < 0:
        return 0
    directory: int = struct.unpack_from("<L", tail, end + 12)[0]
    if tail[end - 20 : end - 16] == b"PK\6\7":
        file.seek(min(struct.unpack_from("<Q", tail, end - 12)[0], size))
        record = file.read(56)
        if record[:4] == b"PK\6\6":
            directory = max(directory, struct.unpack_from("<Q", record, 40)[0])
    return min(directory, size)


def _zip_content(archive: ZipFile, name: str) -> Content | WorkbookKind:
    names = {member.filename.replace("\\", "/").lower() for member in archive.infolist()}
    if "[content_types].xml" in names:
        if "xl/workbook.bin" in names:
            return WorkbookKind.XLSB
        if any(one.startswith("xl/") for one in names):
            return WorkbookKind.XLSX
    if "mimetype" in names and "content.xml" in names:
        if _is_ods(archive):
            return WorkbookKind.ODS
        raise SourceError(f"{name} is no table but another document of OpenDocument; save the table as .ods or .xlsx.")
    for part, what in _OTHERS.items():
        if any(one.startswith(part.lower()) for one in names):
            raise SourceError(f"{name} is no table but {what}; export the table as CSV or .xlsx.")
    return Content.ARCHIVE


def _is_ods(archive: ZipFile) -> bool:
    """Read what an OpenDocument file says it is; where that cannot be read, reading the workbook will tell."""
    try:
        with archive.open("mimetype") as member:
            return _ODS.fullmatch(member.read(100).strip()) is not None
    except (BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, ValueError, OSError, zlib.error):
        return True


def _ole_kind(file: BinaryIO, name: str) -> WorkbookKind:
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if _has_stream(content, "EncryptedPackage"):
            raise SourceError(
                f"{name} is protected by a password; save a copy without one in Excel "
                "(File, Info, Protect Workbook, Encrypt with Password: clear it)."
            )
        for stream in ("Workbook", "Book"):
            if _has_stream(content, stream):
                return WorkbookKind.XLS
    raise SourceError(
        f"{name} is a file of an older Office program but no Excel workbook, or is damaged; "
        "open it in the program that it is from, and save it as .xlsx."
    )


def _has_stream(content: mmap.mmap, stream: str) -> bool:
    """Tell whether the directory of an OLE file has a stream: entries of 128 bytes in sectors of 512 or 4,096.

    An entry is its name in UTF-16 with NUL bytes up to 64, the length of that in bytes, and 2 for a stream.
    """
    name = stream.encode("utf-16-le")
    at = -1
    while (at := content.find(name + b"\0\0", at + 1)) >= 0:
        entry = content[at : at + 67]
        if at % 128 == 0 and entry[64:] == (len(name) + 2).to_bytes(2, "little") + b"\2":
            return True
    return False


def _text(head: bytes) -> str:
    """Read the first letters, as far as they can be read, to look for markup."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if head.startswith(mark):
            return head.decode(encoding, "replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")
