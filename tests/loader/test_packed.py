"""A file is known by its content: packed, piped or misnamed, it is read for what it is."""

import bz2
import contextlib
import gzip
import io
import lzma
import os
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from leadsync.errors import SourceError
from leadsync.loader import open_source, opening
from leadsync.loader.arrival import packed
from leadsync.loader.arrival.content import Content, content_of, members
from leadsync.loader.base import WorkbookKind
from leadsync.records import SourceOptions

TABLE = b"a,b\n1,2\n3,4\n"
ROWS = [["1", "2"], ["3", "4"]]


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack files into an archive."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, file in files.items():
            archive.writestr(name, file)
    return content.getvalue()


@pytest.fixture
def book(workbook: Callable[..., bytes]) -> bytes:
    """Give a workbook with the table."""
    return workbook({"Leads": [["a", "b"], ["1", "2"], ["3", "4"]]})


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("contacts.csv.gz", gzip.compress(TABLE)),
        ("contacts.tsv.gz", gzip.compress(TABLE.replace(b",", b"\t"))),
        ("contacts.csv", gzip.compress(TABLE)),
        ("contacts.csv.gz", gzip.compress(TABLE[:4]) + gzip.compress(TABLE[4:])),
        ("contacts.zip", zipped({"contacts.csv": TABLE})),
        ("contacts.zip", zipped({"contacts.csv": TABLE}, zipfile.ZIP_STORED)),
        ("contacts.zip", zipped({"contacts.csv": TABLE}, zipfile.ZIP_LZMA)),
        ("contacts.zip", zipped({"out/": b"", "out/c.csv": TABLE, "out/.DS_Store": b"x", "__MACOSX/._c.csv": b"x"})),
        ("contacts.tsv", TABLE.replace(b",", b"\t")),
        ("contacts.txt", TABLE),
        ("contacts.xlsx", TABLE),
        ("contacts.xls", TABLE.replace(b",", b"\t")),
    ],
)
def test_a_table_of_text_is_read_however_it_is_packed_and_named(
    read_bytes: Callable[..., Any], name: str, content: bytes
) -> None:
    """Its cells are named by the file that the user named."""
    table = read_bytes(content, name)
    assert table.rows == ROWS
    assert table.sheet == name


@pytest.mark.parametrize(
    "name", ["leads.csv", "leads.txt", "leads", "leads.xlsm", "leads.xls", "leads.ods", "leads.XLSB"]
)
def test_a_workbook_is_read_whatever_its_name(read_bytes: Callable[..., Any], book: bytes, name: str) -> None:
    """Packed too, and then it is read from a file without a name."""
    for content in (book, gzip.compress(book), zipped({"x/leads.xlsx": book})):
        table = read_bytes(content, name)
        assert table.rows == ROWS
        assert table.sheet == "Leads"


def test_a_workbook_is_read_where_the_system_shows_no_open_files(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, read_bytes: Callable[..., Any], book: bytes
) -> None:
    """It is copied into a private file, which is gone afterwards."""
    monkeypatch.setattr(opening, "DESCRIPTORS", tmp_path / "none")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert read_bytes(gzip.compress(book), "leads.gz").rows == ROWS
    assert [path.name for path in tmp_path.iterdir()] == ["leads.gz"]


def test_a_workbook_comes_by_a_pipe_too(book: bytes) -> None:
    """Packed or not; what is kept for a run that goes on later is what was in it."""
    for content in (book, gzip.compress(book)):
        with open_source("-", SourceOptions(), stdin=io.BytesIO(content)) as source:
            assert (source.name, source.sheet) == ("-", "Leads")
            assert [chunk.column(1) for chunk in source.chunks(0)] == [["2", "4"]]
            assert source.piped is not None
            source.piped.seek(0)
            assert source.piped.read() == book


def test_packed_text_comes_by_a_pipe_too(tmp_path: Path, read: Callable[..., Any]) -> None:
    """As of `<(curl …)`."""
    os.mkfifo(tmp_path / "pipe")
    feeder = threading.Thread(target=(tmp_path / "pipe").write_bytes, args=(gzip.compress(TABLE),))
    feeder.start()
    table = read(tmp_path / "pipe")
    feeder.join()
    assert (table.sheet, table.rows) == ("pipe", ROWS)


def test_a_copy_that_was_kept_of_a_pipe_is_read_by_its_content(tmp_path: Path, book: bytes) -> None:
    """A run that goes on reads it again under the name and the labels of the first time."""
    for content, sheet in ((TABLE, "stdin"), (book, "Leads")):
        (tmp_path / "kept.csv").write_bytes(content)
        with open_source("-", SourceOptions(), at=tmp_path / "kept.csv", was_piped=True) as source:
            assert (source.name, source.sheet) == ("-", sheet)
            assert [chunk.column(0) for chunk in source.chunks(0)] == [["1", "3"]]


def test_what_was_packed_is_read_twice_and_has_one_checksum(tmp_path: Path) -> None:
    """That of what was in it: to pack the same table anew makes no other table of it."""
    sums = set()
    for level in (1, 9):
        (tmp_path / "c.csv.gz").write_bytes(gzip.compress(TABLE, level))
        with open_source(str(tmp_path / "c.csv.gz"), SourceOptions()) as source:
            assert source.piped is None
            assert [sum(map(len, source.chunks(0))) for _ in range(2)] == [2, 2]
            sums.add(source.sha256())
    assert len(sums) == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            zipped({"a.csv": TABLE, "b/c.csv": TABLE}),
            "x.zip is a ZIP file that holds 2 files ('a.csv', 'b/c.csv'); pack the one table alone, or unpack it.",
        ),
        (
            zipped({f"{n}\n.csv": TABLE for n in range(7)}),
            (
                r"x.zip is a ZIP file that holds 7 files ('0\n.csv', '1\n.csv', '2\n.csv', '3\n.csv', '4\n.csv', …); "
                "pack the one table alone, or unpack it."
            ),
        ),
        (
            zipped({"__MACOSX/._a.csv": b"x", "out/": b""}),
            "x.zip is a ZIP file that holds no file; pack the one table alone, or unpack it.",
        ),
        (zipped({}), "x.zip is a ZIP file that holds no file; pack the one table alone, or unpack it."),
        (zipped({"a.csv": b""}), "x.zip is empty; export it again."),
        (
            zipped({"a.zip": zipped({"a.csv": TABLE})}),
            "x.zip is packed twice; unpack it, and name the file that was in it.",
        ),
        (
            gzip.compress(zipped({"a.csv": TABLE})),
            "x.zip is packed twice; unpack it, and name the file that was in it.",
        ),
        (gzip.compress(gzip.compress(TABLE)), "x.zip is packed twice; unpack it, and name the file that was in it."),
        (bz2.compress(TABLE), "x.zip is no table but packed as .bz2; unpack it, or pack it as .zip or .gz."),
        (lzma.compress(TABLE), "x.zip is no table but packed as .xz; unpack it, or pack it as .zip or .gz."),
    ],
)
def test_what_is_packed_otherwise_is_refused(refusal: Callable[..., str], content: bytes, sentence: str) -> None:
    """The sentence is exact, because people act on it."""
    assert refusal(content, "x.zip") == sentence


def test_a_file_without_a_name_is_a_file() -> None:
    """Python's own test for a folder fails for it."""
    with zipfile.ZipFile(io.BytesIO(zipped({"a": TABLE}))) as archive:
        archive.infolist()[0].filename = ""
        assert len(members(archive)) == 1


def _patched(archive: bytes, changes: dict[int, bytes], central: dict[int, bytes]) -> bytes:
    """Change bytes of the first member's header, and of its entry in the directory."""
    content = bytearray(archive)
    directory = content.index(b"PK\1\2")
    for start, place in ((0, changes), (directory, central)):
        for offset, value in place.items():
            content[start + offset : start + offset + len(value)] = value
    return bytes(content)


def test_a_protected_archive_and_one_of_an_unknown_kind_are_told_apart(refusal: Callable[..., str]) -> None:
    """By what the archive says of its file."""
    archive = zipped({"a.csv": TABLE})
    locked = _patched(archive, {6: b"\1"}, {8: b"\1"})
    assert "x.zip is protected by a password; unpack it" in refusal(locked, "x.zip")
    unknown = _patched(archive, {8: b"\x13"}, {10: b"\x13"})
    assert "x.zip is packed in a way that leadsync does not know" in refusal(unknown, "x.zip")


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_archive_is_refused_wherever_it_is_damaged(tmp_path: Path, method: int) -> None:
    """Cut or with a byte changed, at any place: rows or a sentence, never another exception."""
    sound = zipped({"a.csv": TABLE * 3}, method)
    path = tmp_path / "x.zip"
    for place in range(4, len(sound)):
        for content in (sound[:place], sound[:place] + bytes([sound[place] ^ 0xFF]) + sound[place + 1 :]):
            path.write_bytes(content)
            with contextlib.suppress(SourceError), open_source(str(path), SourceOptions()) as source:
                assert [chunk.column(0) for chunk in source.chunks(0)] == [["1", "3", "a"] * 2 + ["1", "3"]]


def test_a_damaged_gz_file_is_refused_wherever_it_is_damaged(tmp_path: Path) -> None:
    """Its checksum is that of the whole: nothing of it is read before that is known to be right."""
    sound = gzip.compress(TABLE * 3, mtime=0)
    path = tmp_path / "x.csv.gz"
    for place in range(2, len(sound)):
        for content in (sound[:place], sound[:place] + bytes([sound[place] ^ 0xFF]) + sound[place + 1 :]):
            path.write_bytes(content)
            with contextlib.suppress(SourceError), open_source(str(path), SourceOptions()) as source:
                # What changes nothing is the time, and the system that packed it.
                assert sum(map(len, source.chunks(0))) == 8


def test_a_bomb_is_refused_before_it_has_filled_the_disk(
    monkeypatch: pytest.MonkeyPatch, refusal: Callable[..., str]
) -> None:
    """By how much larger it is than what was read of it, and by its size."""
    monkeypatch.setattr(packed, "RATIO_FREE", 1 << 20)
    bomb = b"a,b\n" * (1 << 19)
    ratio = "unpacks to more than 200 times its size, as no table does"
    assert ratio in refusal(gzip.compress(bomb * 3), "x.csv.gz")
    assert ratio in refusal(zipped({"x.csv": bomb * 3}), "x.zip")
    monkeypatch.setattr(packed, "UNPACKED_LIMIT", 1 << 20)
    assert "unpacks to more than 0 GB; unpack it yourself" in refusal(gzip.compress(bomb), "x.csv.gz")


def test_a_full_disk_is_told_as_that(monkeypatch: pytest.MonkeyPatch, refusal: Callable[..., str]) -> None:
    """With the folder that is full, which nobody chose."""
    with Path("/dev/full").open("wb", buffering=0) as full:
        monkeypatch.setattr("tempfile.TemporaryFile", lambda: full)
        sentence = refusal(gzip.compress(TABLE), "x.csv.gz")
    assert "x.csv.gz has to be copied into" in sentence
    assert "No space left on device" in sentence
    assert "TMPDIR" in sentence


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        (["[Content_Types].xml", "xl/workbook.xml"], WorkbookKind.XLSX),
        (["[Content_Types].xml", "xl\\workbook2.xml"], WorkbookKind.XLSX),
        (["[Content_Types].xml", "xl/workbook.bin"], WorkbookKind.XLSB),
        (["mimetype", "content.xml"], WorkbookKind.ODS),
        (["mimetype"], Content.ARCHIVE),
        (["a.csv"], Content.ARCHIVE),
        (["xl/workbook.xml"], Content.ARCHIVE),
    ],
)
def test_the_kind_of_a_workbook_is_told_by_its_parts(parts: list[str], kind: object) -> None:
    """An OpenDocument file says in a part of its own what it is."""
    content = zipped(dict.fromkeys(parts, b"application/vnd.oasis.opendocument.spreadsheet"))
    assert content_of(io.BytesIO(content), "x") is kind


@pytest.mark.parametrize("stream", ["Workbook", "Book"])
def test_an_old_workbook_is_told_by_its_directory(tmp_path: Path, stream: str) -> None:
    """The words in a cell do not make a workbook of a file."""
    name = stream.encode("utf-16-le")
    entry = name.ljust(64, b"\0") + (len(name) + 2).to_bytes(2, "little") + b"\2"
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
    path = tmp_path / "x"
    for content in (head + b"-" + entry.ljust(127, b"\0"), head + name.ljust(128, b"\0")):
        path.write_bytes(content)
        with path.open("rb") as file, pytest.raises(SourceError, match="no Excel workbook"):
            content_of(file, "x")
    path.write_bytes(head + entry.ljust(128, b"\0"))
    with path.open("rb") as file:
        assert content_of(file, "x") is WorkbookKind.XLS
