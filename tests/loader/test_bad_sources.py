"""What cannot be read is refused at once, in one sentence: what, where, what to do."""

import codecs
import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from leadsync.errors import SourceError
from leadsync.loader import open_source
from leadsync.records import SourceOptions

END_OF_A_LARGE_DIRECTORY = b"PK\5\6" + bytes(8) + (5 * 2**20).to_bytes(4, "little") + bytes(6)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def test_a_missing_file_a_folder_and_a_device_are_refused(tmp_path: Path) -> None:
    """Each is told apart."""
    for name, words in [
        (tmp_path / "none.csv", "There is no file"),
        (tmp_path / "a.csv" / "b.csv", "There is no file"),
        (tmp_path, "is a folder"),
        ("/dev/null", "is a device"),
        ("a\0b", "cannot be the name of a file"),
        ("x" * 5000, "cannot be read"),
        (tmp_path / os.fsdecode(b"x\xff.csv"), r"There is no file '.*x\\\\xff\.csv'"),
        ("\ud800.csv", "cannot be the name of a file|There is no file"),
    ]:
        (tmp_path / "a.csv").touch()
        with pytest.raises(SourceError, match=words) as caught:
            open_source(str(name), SourceOptions())
        assert caught.value.message.isprintable()


@pytest.mark.parametrize(
    ("name", "content"), [(b"x\xff.csv", b""), (b"x\xff.xlsx", b"PK\x03\x04"), (b"x\xff.csv", OLE)]
)
def test_a_refused_file_is_named_by_text_that_can_be_printed(tmp_path: Path, name: bytes, content: bytes) -> None:
    """Whatever the bytes of its name are."""
    path = tmp_path / os.fsdecode(name)
    path.write_bytes(content)
    with pytest.raises(SourceError, match=r"x\\xff\.") as caught:
        open_source(str(path), SourceOptions())
    assert caught.value.message.isprintable()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    """The system's own word for it is passed on."""
    path = tmp_path / "contacts.csv"
    path.touch(mode=0)
    with pytest.raises(SourceError, match="Permission denied"):
        open_source(str(path), SourceOptions())


@pytest.mark.parametrize(
    ("content", "options", "sentence"),
    [
        (b"", {}, "contacts.csv is empty; export it again."),
        (codecs.BOM_UTF8, {}, "contacts.csv holds no text at all; export it again."),
        (b"\n \n,,\n", {}, "contacts.csv holds no text at all; export it again."),
        (
            b"\n,\nName,Phone\n",
            {},
            (
                "contacts.csv has no header in row 1; the first row with content is row 3: "
                "declare `source: {header_row: 3}` in the mapping if that is the header."
            ),
        ),
        (
            b"a,b\n1,2\n",
            {"header_row": 9},
            (
                "contacts.csv has no header in row 9; the first row with content is row 1: "
                "declare `source: {header_row: 1}` in the mapping if that is the header."
            ),
        ),
        (
            b"leadsync_sheet,leadsync_row\nA,1\n",
            {},
            (
                "contacts.csv holds only columns of a leadsync report and none of a source; "
                "name the file that the report was made from."
            ),
        ),
        (
            "Navn,x\n".encode("utf-16-le"),
            {},
            (
                "contacts.csv is not UTF-8 text: every other byte is NUL, as in UTF-16 without a byte-order mark; "
                "declare its encoding, with `--encoding utf-16-le` or `source: {encoding: utf-16-le}` in the mapping."
            ),
        ),
        (
            b"a,b\n1,2\n3,4\n",
            {"encoding": "latin9000"},
            (
                "The encoding 'latin9000' declared for contacts.csv is unknown; "
                "write a name such as `utf-8`, `cp1252` (Excel's ANSI in Western Europe), `iso8859-15` or `utf-16`."
            ),
        ),
        (
            b'a,b\n1,2\n"x,4\n5,6\n',
            {},
            (
                "In contacts.csv, the record that begins in line 3 opens a quotation mark that is never closed; "
                "close it, or write it twice if it is text."
            ),
        ),
        (
            b'sep=,\na,b\n"1\n2",2\n"x" y,4\n5,6\n',
            {},
            (
                "In contacts.csv, the record that begins in line 5 has text between a closing quotation mark and "
                "the next delimiter ','; write a quotation mark inside a quoted cell twice."
            ),
        ),
        (
            b'a,b\n1,2\n"' + b"x" * 9_000_000 + b'",4\n',
            {},
            (
                "In contacts.csv, the record that begins in line 3 has a cell of more than 8 million characters, or "
                "more than 16 MB or a million cells in all; look for a quotation mark that is not closed, or for "
                "missing line breaks."
            ),
        ),
        (
            b"PK\x03\x04rest",
            {},
            (
                "contacts.csv is a damaged ZIP file or workbook (File is not a zip file); "
                "it may have been cut: copy, download or save it again."
            ),
        ),
        (
            OLE,
            {},
            (
                "contacts.csv is a file of an older Office program but no Excel workbook, or is damaged; "
                "open it in the program that it is from, and save it as .xlsx."
            ),
        ),
    ],
)
def test_a_csv_file_that_cannot_be_used_is_refused(
    refusal: Callable[..., str], content: bytes, options: dict[str, Any], sentence: str
) -> None:
    """The sentence is exact, because people act on it."""
    assert refusal(content, **options) == sentence


@pytest.mark.parametrize("encoding", ["hex", "rot13", "", "utf8\0", "undefined", "nope"])
def test_whatever_is_declared_as_an_encoding_gives_a_sentence(refusal: Callable[..., str], encoding: str) -> None:
    """Python knows codecs that make no text; they are not encodings of a file."""
    assert "encoding" in refusal(b"a,b\n1,2\n", encoding=encoding)


@pytest.mark.parametrize(
    "options",
    [
        {"header_row": 0},
        {"delimiter": ""},
        {"delimiter": ";;"},
        {"delimiter": '"'},
        {"delimiter": "\n"},
        {"skip_footer": -1},
    ],
)
def test_options_that_make_no_sense_are_refused(tmp_path: Path, options: dict[str, Any]) -> None:
    """Before the file is looked at."""
    with pytest.raises(SourceError, match=r"The (header row|delimiter|footer) "):
        open_source(str(tmp_path / "any.csv"), SourceOptions(**options))


def test_a_quote_never_closed_far_down_is_found_before_any_row_is_handed_out(tmp_path: Path) -> None:
    """An odd number of quotation marks gives it away when the file is opened."""
    path = tmp_path / "contacts.csv"
    path.write_text("a,b\n" + "1,2\n" * 20_000 + '"3,4\n' + "5,6\n" * 1000)
    with pytest.raises(SourceError, match="line 20002 opens a quotation mark that is never closed"):
        open_source(str(path), SourceOptions())


def test_a_quote_in_the_middle_of_a_value_is_text(read_bytes: Callable[..., Any]) -> None:
    """An odd number of quotation marks is no fault by itself."""
    assert read_bytes(b'a,b\n5" pipe,2\n').rows == [['5" pipe', "2"]]


def test_malformed_quotes_far_down_stop_the_reading_with_their_line(tmp_path: Path) -> None:
    """All rows before them are handed out, those of the same chunk too; none behind them is."""
    path = tmp_path / "contacts.csv"
    path.write_text("a,b\n" + "1,2\n" * 4_507 + '"x"y,4\n' + "5,6\n" * 1000)
    numbers: list[int] = []
    with open_source(str(path), SourceOptions()) as source:
        chunks = source.chunks(0)
        with pytest.raises(SourceError, match="line 4509"):
            numbers.extend(number for chunk in chunks for number in chunk.numbers)
    assert numbers == list(range(2, 4_509))


def test_a_file_of_another_program_is_refused_by_what_it_is(refusal: Callable[..., str]) -> None:
    """Whatever its name says; the sentence says how to get a table out of it."""
    page = b"\n<!-- x --><html><table><tr><td>a</td></tr></table></html>"
    for content, words in [
        (page, "is a web page (HTML)"),
        (codecs.BOM_UTF8 + b"<!DOCTYPE html>", "is a web page (HTML)"),
        (codecs.BOM_UTF16_LE + "<table>".encode("utf-16-le"), "is a web page (HTML)"),
        (b'<?xml version="1.0"?><Workbook/>', "is an XML file"),
        (b"%PDF-1.7\n", "is no table but a PDF document"),
        (b"Rar!\x1a\x07\x01\0", "packed as RAR; unpack it"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "so it is no text"),
    ]:
        assert words in refusal(content, "contacts.xls")


def test_a_document_of_another_office_program_is_refused_by_what_it_is(refusal: Callable[..., str]) -> None:
    """All of them are ZIP files."""
    for part, words in [
        ("word/document.xml", "a document of Word"),
        ("ppt/presentation.xml", "a presentation of PowerPoint"),
        ("Index/Document.iwa", "a sheet of Apple Numbers"),
    ]:
        content = BytesIO()
        with ZipFile(content, "w") as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr(part, "x")
        assert words in refusal(content.getvalue(), "contacts.xlsx")
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<x/>")
    assert "another document of OpenDocument" in refusal(content.getvalue(), "contacts.ods")


def test_an_encrypted_workbook_is_refused(refusal: Callable[..., str]) -> None:
    """It is an OLE file with a stream of that name in its directory; the words in a cell do not make it one."""
    name = "EncryptedPackage".encode("utf-16-le")
    entry = name.ljust(64, b"\0") + (len(name) + 2).to_bytes(2, "little") + b"\2"
    assert "protected by a password" in refusal(OLE + entry.ljust(512, b"\0"), "contacts.xlsx")
    assert "older Office program" in refusal(OLE + name.ljust(512, b"\0"), "contacts.xlsx")


def test_a_damaged_workbook_is_refused(refusal: Callable[..., str], workbook: Callable[..., bytes]) -> None:
    """Cut in the middle: its directory is at its end."""
    book = workbook({"Leads": [["a"], ["1"]]})
    assert "is a damaged ZIP file or workbook" in refusal(book[: len(book) // 2], "contacts.xlsx")


def test_a_zip_file_with_an_endless_directory_is_refused_before_it_is_read(refusal: Callable[..., str]) -> None:
    """What reads it would take a kilobyte of memory for each of its files."""
    assert "tens of thousands of files" in refusal(b"PK\3\4" + bytes(5 * 2**20) + END_OF_A_LARGE_DIRECTORY, "a.zip")


def test_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    """The system's own word for it is passed on."""
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    with pytest.raises(SourceError, match="Too many levels of symbolic links"):
        open_source(str(tmp_path / "loop.csv"), SourceOptions())


@pytest.mark.parametrize(
    ("begin", "wide", "count"),
    [
        (b"", b"x" * 1000, 20_000),
        (b"a,b\n1,2\n", b"ab," * 300, 20_000),
        (b"a,b\n1,2\n", b'"' + b"a" * 1000 + b'\n",', 20_000),
        (b"a,b\n1,2\n", b"," * 1000, 5_000),
    ],
    ids=["one cell", "many cells", "many lines", "more than a million cells"],
)
def test_a_record_without_end_is_refused_before_all_of_it_is_in_memory(
    tmp_path: Path, begin: bytes, wide: bytes, count: int
) -> None:
    """Whether in one line or in many; the rows above it are sound."""
    path = tmp_path / "contacts.csv"
    path.write_bytes(begin + wide * count)
    with (
        pytest.raises(SourceError, match="8 million characters, or more than 16 MB or a million cells"),
        open_source(str(path), SourceOptions()) as source,
    ):
        list(source.chunks(0))


def test_a_header_of_a_million_columns_is_refused(refusal: Callable[..., str]) -> None:
    """No table has them; its line breaks are gone."""
    header = ",".join(f"c{number}" for number in range(200_000)).encode()
    assert "has 200,000 cells in its header row" in refusal(header + b"\n1,2\n")


def test_a_wrong_sheet_is_refused_with_the_sheets_that_are_there(
    refusal: Callable[..., str], workbook: Callable[..., bytes]
) -> None:
    """And with the nearest, or with the count."""
    book = workbook({"Leads": [["a"], ["1"]], "Old": [["a"]]})
    assert refusal(book, "a.xlsx", sheet="leads") == (
        "a.xlsx has no sheet 'leads'; its sheets are 'Leads', 'Old'. Did you mean 'Leads'?"
    )
    assert refusal(book, "a.xlsx", sheet="Zzz") == ("a.xlsx has no sheet 'Zzz'; its sheets are 'Leads', 'Old'.")
    assert refusal(book, "a.xlsx", sheet=3) == (
        "a.xlsx has no sheet number 3; it has 2, counted from 1: 'Leads', 'Old'."
    )
    assert "has no sheet '999" in refusal(book, "a.xlsx", sheet="9" * 5000)


def test_a_sheet_without_header_is_refused(refusal: Callable[..., str], workbook: Callable[..., bytes]) -> None:
    """The first row with content is offered as the header."""
    book = workbook({"Leads": [[], [None, "a"], [None, "1"]], "Empty": []})
    assert refusal(book, "a.xlsx") == (
        "Sheet 'Leads' of a.xlsx has no header in row 1; the first row with content is row 2: "
        "declare `source: {header_row: 2}` in the mapping if that is the header."
    )
    assert refusal(book, "a.xlsx", sheet="Empty") == ("Sheet 'Empty' of a.xlsx holds no text at all; export it again.")


def test_standard_input_that_cannot_be_used_is_refused(
    monkeypatch: pytest.MonkeyPatch, workbook: Callable[..., bytes]
) -> None:
    """Empty, closed, a cut workbook, or bytes of another encoding."""
    for content, words in [
        (b"", "Standard input is empty"),
        (workbook({"A": [["a"]]})[:2000], "Standard input is a damaged ZIP file or workbook"),
        (b"a\n\xff\n", "Standard input is not UTF-8 text: the byte 0xFF in line 2"),
    ]:
        with pytest.raises(SourceError, match=words):
            open_source("-", SourceOptions(), stdin=BytesIO(content))
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(SourceError, match="Standard input is closed"):
        open_source("-", SourceOptions())
