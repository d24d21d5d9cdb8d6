"""What is no file, and files that are not what their name says."""

import gzip
import io
import os
import zipfile
from pathlib import Path

from corpus.cases import Case, Refused, Rows, grid
from corpus.files import gzipped, raw, zip_bytes
from corpus.opendocument import DOCUMENT, ods_bytes, row, shown
from corpus.workbooks import book, number, shared
from loader.old_formats import row12, sheet12, text12, xlsb_bytes

from leadsync.records import SourceOptions

TABLE = grid("a|b", "1|2")
CSV = b"a,b\n1,2\n"


def _no_files() -> list[Case]:
    def folder(path: Path) -> Path:
        (path / "contacts").mkdir()
        return path / "contacts"

    def loop(path: Path) -> Path:
        (path / "loop").symlink_to(path / "loop")
        return path / "loop"

    def link(path: Path) -> Path:
        (path / "there.csv").write_bytes(CSV)
        (path / "link.csv").symlink_to(path / "there.csv")
        return path / "link.csv"

    return [
        Case("file-folder", "A folder.", folder, Refused("is a folder")),
        Case("file-device-null", "A device that is empty.", lambda _: Path("/dev/null"), Refused("is a device")),
        Case("file-device-zero", "A device that never ends.", lambda _: Path("/dev/zero"), Refused("is a device")),
        Case("file-missing", "A name of nothing.", lambda path: path / "none.csv", Refused("There is no file")),
        Case(
            "file-below-a-file",
            "A file is taken for a folder.",
            lambda path: raw(CSV)(path) / "a.csv",
            Refused("There is no file"),
        ),
        Case("file-loop", "A link to itself.", loop, Refused("loop")),
        Case("file-link", "A link to a file.", link, Rows(TABLE)),
        Case(
            "file-odd-name",
            "A name that is no UTF-8.",
            raw(CSV, os.fsdecode(b"x\xff.csv")),
            Rows(TABLE, sheet="x\\xff.csv"),
        ),
        Case(
            "file-empty",
            "A file of no bytes, named as a workbook.",
            raw(b"", "leads.xlsx"),
            Refused("leads.xlsx is empty"),
        ),
    ]


def _misnamed() -> list[Case]:
    workbook = book([["a", "b"], ["1", "2"]]).packed()
    html = b"<html><body><table><tr><td>a</td><td>b</td></tr></table></body></html>"
    png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0\1\2\3" * 40
    word = zip_bytes({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"})
    return [
        Case(
            "misnamed-xlsx-as-csv",
            "A workbook named as text: it is what it is.",
            raw(workbook, "leads.csv"),
            Rows(TABLE),
        ),
        Case("misnamed-xlsx-as-txt", "A workbook named as text.", raw(workbook, "leads.txt"), Rows(TABLE)),
        Case("misnamed-xlsx-as-xls", "A workbook named for the old format.", raw(workbook, "leads.xls"), Rows(TABLE)),
        Case("misnamed-xlsx-without-a-name", "A workbook without an ending.", raw(workbook, "leads"), Rows(TABLE)),
        Case("misnamed-csv-as-xlsx", "Text named as a workbook.", raw(CSV, "leads.xlsx"), Rows(TABLE)),
        Case(
            "misnamed-csv-as-xls",
            "Text named for the old format, as many programs export it.",
            raw(b"a\tb\n1\t2\n", "leads.xls"),
            Rows(TABLE),
        ),
        Case(
            "misnamed-html-as-xls",
            "A web page named for the old format, as many programs export it.",
            raw(html, "leads.xls"),
            Refused("leads.xls", "HTML"),
        ),
        Case("misnamed-gz-as-csv", "A packed file named as if it were not.", gzipped(CSV, "leads.csv"), Rows(TABLE)),
        Case("misnamed-gz-of-a-workbook", "A packed workbook.", gzipped(workbook, "leads.xlsx.gz"), Rows(TABLE)),
        Case(
            "misnamed-gz-of-a-gz",
            "A file packed twice.",
            gzipped(gzip.compress(CSV * 100), "leads.csv.gz"),
            Refused("leads.csv.gz"),
        ),
        Case(
            "misnamed-zip-of-a-workbook",
            "An archive with a workbook in it.",
            raw(zip_bytes({"leads.xlsx": workbook}), "leads.zip"),
            Rows(TABLE),
        ),
        Case("misnamed-png", "A picture named as text.", raw(png, "leads.csv"), Refused("leads.csv")),
        Case(
            "misnamed-pdf",
            "A document named as text.",
            raw(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "leads.csv"),
            Refused("leads.csv"),
        ),
        Case("misnamed-docx", "A letter named as a workbook.", raw(word, "leads.xlsx"), Refused("leads.xlsx")),
        Case("misnamed-json", "JSON named as text: text it is.", raw(b'{"a": 1}\n', "leads.csv"), Rows([['{"a": 1}']])),
        Case(
            "misnamed-cut-workbook",
            "The first half of a workbook.",
            raw(workbook[: len(workbook) // 2], "leads.xlsx"),
            Refused("leads.xlsx"),
        ),
        Case(
            "misnamed-workbook-with-a-tail",
            "A workbook with bytes behind its end.",
            raw(workbook + b"\0" * 100, "leads.xlsx"),
            Rows(TABLE),
        ),
        Case(
            "misnamed-magic-alone",
            "The first four bytes of a workbook.",
            raw(b"PK\3\4", "leads.xlsx"),
            Refused("leads.xlsx"),
        ),
        Case(
            "misnamed-ole-alone",
            "The first bytes of an old workbook.",
            raw(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504, "leads.xls"),
            Refused("leads.xls"),
        ),
        Case(
            "misnamed-RAR",
            "An archive of another kind.",
            raw(b"Rar!\x1a\x07\x01\0" + b"\x8f" * 90, "leads.csv"),
            Refused("leads.csv"),
        ),
        Case(
            "file-option-header-row-0",
            "Rows are counted from 1.",
            raw(CSV),
            Refused("header row cannot be 0"),
            SourceOptions(header_row=0),
        ),
        Case(
            "file-option-delimiter",
            "A delimiter is one character.",
            raw(CSV),
            Refused("delimiter"),
            SourceOptions(delimiter=";;"),
        ),
    ]


def exchanged(packed: bytes, old: bytes, new: bytes) -> bytes:
    """Change some bytes of an archive that only holds, and leave its checksums as they were."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    stored = zip_bytes(members, zipfile.ZIP_STORED)
    assert old in stored
    return stored.replace(old, new)


def _damaged_on_the_way() -> list[Case]:
    texts = book([["a", "b"], [shared(0), number("7", 1)]], shared=["<t>bo@example.com</t>"], formats=["00000"])
    damaged = {
        "xlsx-text": (texts.packed(), b"bo@example", b"ba@example", "leads.xlsx"),
        "xlsx-number": (texts.packed(), b"<v>7</v>", b"<v>9</v>", "leads.xlsx"),
        "xlsx-format": (texts.packed(), b'formatCode="00000"', b'formatCode="000.0"', "leads.xlsx"),
        "xlsb-text": (xlsb(), b"b\0o\0", b"b\0a\0", "leads.xlsb"),
        "ods-text": (
            ods_bytes(DOCUMENT.format(rows=row(shown("a")) + row(shown("bo")))),
            b">bo<",
            b">ba<",
            "leads.ods",
        ),
        "zip": (zip_bytes({"leads.csv": CSV}), b"1,2", b"1,3", "leads.zip"),
    }
    return [
        Case(
            f"file-checksum-{name}",
            "A byte was changed on the way, and the checksum tells: nothing of the file can be trusted.",
            raw(exchanged(packed, old, new), file),
            Refused(file),
        )
        for name, (packed, old, new, file) in damaged.items()
    ]


def xlsb() -> bytes:
    """Give an .xlsb workbook with one text."""
    return xlsb_bytes({"Leads": sheet12(row12(0, text12(0, "a")) + row12(1, text12(0, "bo")))})


CASES = [*_no_files(), *_misnamed(), *_damaged_on_the_way()]
