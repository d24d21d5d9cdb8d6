"""Makers of the files of the corpus that are no workbooks: text in any encoding, packed text, and other bytes."""

import gzip
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from corpus.cases import Maker

NAME = "contacts.csv"


def raw(content: bytes, name: str = NAME) -> Maker:
    """Make a file of some bytes."""

    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content)
        return path

    return make


def lazily(content: Callable[[], bytes], name: str = NAME) -> Maker:
    """Make a file of bytes that are too many to be made before they are needed."""

    def make(folder: Path) -> Path:
        return raw(content(), name)(folder)

    return make


def text(content: str, encoding: str = "utf-8", name: str = NAME) -> Maker:
    """Make a file of text, its line ends as they are."""
    return raw(content.encode(encoding), name)


def gzipped(content: bytes, name: str = "contacts.csv.gz") -> Maker:
    """Make a file as gzip packs it."""
    return raw(gzip.compress(content, mtime=0), name)


def zip_bytes(members: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack some files as a ZIP archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return packed.getvalue()


def zipped(members: Mapping[str, bytes], name: str = "contacts.zip", compression: int = zipfile.ZIP_DEFLATED) -> Maker:
    """Make a ZIP archive of some files."""
    return raw(zip_bytes(members, compression), name)


def encrypted() -> bytes:
    """Give as much of a workbook that is protected by a password as is looked at: a compound file with a stream."""
    name = "EncryptedPackage".encode("utf-16-le")
    entry = name.ljust(64, b"\0") + (len(name) + 2).to_bytes(2, "little") + b"\2"
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + entry.ljust(512, b"\0")


def lead(number: int) -> str:
    """Give the id of a made-up lead."""
    return f"10000000-0000-4000-8000-{number:012d}"


def quoted(cell: str) -> str:
    """Quote a cell."""
    return '"' + cell.replace('"', '""') + '"'


def leads_csv(headers: Sequence[str], *rows: Sequence[str]) -> Maker:
    """Make a CSV file with the column Lead, a lead of its own in each row, and more columns; all cells quoted."""
    table = [["Lead", *headers], *([lead(number), *cells] for number, cells in enumerate(rows))]
    return text("".join(",".join(map(quoted, cells)) + "\n" for cells in table))


def column(header: str, *cells: str) -> Maker:
    """Make such a file with one column besides the lead."""
    return leads_csv([header], *([cell] for cell in cells))
