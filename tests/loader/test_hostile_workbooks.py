"""No workbook, however it was made or damaged, ends the process or gives a traceback: it is read, or refused."""

import random
import struct
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from workbook_xml import MAIN, book_bytes, book_parts, sheet_xml

from leadsync.errors import SourceError
from leadsync.loader.base import WorkbookKind
from leadsync.loader.workbook import opening as workbooks
from leadsync.loader.workbook.source import ExcelSource
from leadsync.loader.workbook.xlsx import strings as xlsx_strings
from leadsync.records import SourceOptions

TABLE = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="str"><v>x</v></c></row>'
    '<row r="2"><c r="A2" s="1"><v>5</v></c><c r="B2" t="inlineStr"><is><t>text</t></is></c></row>'
)
STRINGS = "<si><t>h</t></si>"


def read(content: bytes, folder: Path, **options: Any) -> list[list[str]]:
    """Read a workbook to its end."""
    path = folder / "leads.xlsx"
    path.write_bytes(content)
    with ExcelSource(path, "leads.xlsx", SourceOptions(**options), WorkbookKind.XLSX) as source:
        return [list(source.headers), *(row for chunk in source.chunks(0) for row in chunk.frame.to_numpy().tolist())]


def refusal(content: bytes, folder: Path, **options: Any) -> str:
    """Give the sentence by which a workbook is refused."""
    with pytest.raises(SourceError) as caught:
        read(content, folder, **options)
    assert "leads.xlsx" in caught.value.message
    assert caught.value.message.endswith(".")
    assert caught.value.message.isprintable()
    return caught.value.message


def sound_parts() -> dict[str, str | bytes]:
    """Give the parts of a workbook that is read."""
    return book_parts(TABLE, strings=STRINGS, styles=[0, "00000"])


def test_the_workbook_of_these_tests_is_sound(tmp_path: Path) -> None:
    """So that each of them fails for its own reason."""
    assert read(book_bytes(sound_parts()), tmp_path) == [["h", "x"], ["00005", "text"]]


@pytest.mark.parametrize(
    ("place", "told"),
    [("XFD1048576", "Leads!XFD1048576"), ("C1048576", "Leads!C1048576"), ("XFD99999", "Leads!XFD99999")],
)
def test_a_cell_far_from_the_table_is_named(tmp_path: Path, place: str, told: str) -> None:
    """It would make calamine ask for 512 GB, which ends the process."""
    far = f'<row r="{place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}"><c r="{place}"><v>1</v></c></row>'
    table = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c><c r="D{row}"><v>1</v></c></row>' for row in range(1, 9))
    assert refusal(book_bytes(book_parts(table + far)), tmp_path) == (
        f"In leads.xlsx, the used area reaches to {told}, and nearly all of it is empty; "
        "delete the rows below the table and the columns to its right in Excel, and save it."
    )


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ('<row r="1048577"><c r="A1048577"/></row>', "it has a row 1048577, and no sheet has more than 1048576"),
        ('<row r="3"><c r="XFE3"><v>1</v></c></row>', "it has more than 16384 columns"),
        ('<row r="3"><c r="A4"><v>1</v></c></row>', "it has a cell A4 in row 3"),
        ('<row r="3"><c r="ZZZZ3"><v>1</v></c></row>', "it has a cell ZZZZ3 in row 3"),
        ('<row r="3"><c r="B3"/><c r="A3"/></row>', "its cells are not in their order"),
        ('<row r="3"><c r="A3"/><c r="A3"/></row>', "its cells are not in their order"),
        ('<row r="1"/>', "its rows are not in their order"),
        ('<row r="0"/>', "its rows are not in their order"),
        ('<row r="99999999"/>', "it has a row 99999999"),
        ('<row r="x"/>', "it has a row x"),
        ('<row r="3"><c t="s"><v>1</v></c></row>', "a cell of it names text 2 of the shared texts, and there are 1"),
        ('<row r="3"><c t="s"><v>-1</v></c></row>', "a cell of it names no text that there is"),
        ('<row r="3"><c t="s"><v>99999999999999999999</v></c></row>', "a cell of it names no text that there is"),
        ('<row r="3"><c t="what"><v>1</v></c></row>', "it has a cell of an unknown kind in row 3"),
        ('<row r="3"><c t="b"><v>2</v></c></row>', "boolean"),
        ('<row r="3"><c s="2"><v>2</v></c></row>', "a cell of it has a style that is not there"),
    ],
)
def test_cells_that_no_sheet_has_are_refused(tmp_path: Path, rows: str, reason: str) -> None:
    """Nobody can tell where they belong, or what they are."""
    sentence = refusal(book_bytes(book_parts(TABLE + rows, strings=STRINGS, styles=[0, 0])), tmp_path)
    assert sentence.startswith("leads.xlsx cannot be read as an Excel workbook (")
    assert reason in sentence


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "part",
    [
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "xl/_rels/workbook.xml.rels",
    ],
)
@pytest.mark.parametrize("kind", ["entities", "deep", "cut", "empty", "garbage", "binary", "missing"])
def test_a_part_that_is_harmful_or_damaged_is_refused_or_read(tmp_path: Path, part: str, kind: str) -> None:
    """Entities and endless depth are always refused, and nothing is a traceback."""
    parts = sound_parts()
    content = str(parts[part])
    damaged = {
        "entities": ENTITIES + content,
        "deep": content.replace(">", ">" + "<a>" * 5000, 1),
        "cut": content[: len(content) // 2],
        "empty": "",
        "garbage": "garbage & <",
        "binary": bytes(range(256)),
    }
    if kind == "missing":
        del parts[part]
    else:
        parts[part] = damaged[kind]
    assert not survives(book_bytes(parts), tmp_path) or kind in {"missing", "deep"}


def test_entities_are_refused_by_their_name(tmp_path: Path) -> None:
    """No workbook has them."""
    parts = sound_parts()
    parts["xl/worksheets/sheet1.xml"] = ENTITIES + str(parts["xl/worksheets/sheet1.xml"]).replace("text", "&b;")
    assert "its XML declares a document type" in refusal(book_bytes(parts), tmp_path)


def test_a_cell_under_another_prefix_does_not_slip_through(tmp_path: Path) -> None:
    """Prefixes are nothing to calamine: such a far cell would end the process."""
    far = '<row r="9"><q:c xmlns:q="q" r="A9"><v>1</v></q:c></row>'
    assert read(book_bytes(book_parts(TABLE + far, strings=STRINGS, styles=[0, 0])), tmp_path)[-1] == ["1", ""]
    far = '<q:row xmlns:q="q" r="1048576"><q:c r="XFD1048576"><v>1</v></q:c></q:row>'
    assert "Leads!XFD1048576" in refusal(book_bytes(book_parts(TABLE + far, strings=STRINGS, styles=[0, 0])), tmp_path)


def bomb(part: str, before: str, filler: bytes, megabytes: int, after: str) -> bytes:
    """Write a workbook with a part that is small only while it is packed."""
    parts = sound_parts()
    parts.pop(part)
    content = BytesIO(book_bytes(parts))
    with ZipFile(content, "a", ZIP_DEFLATED) as book, book.open(part, "w") as packed:
        packed.write(before.encode())
        for _ in range(megabytes):
            packed.write(filler)
        packed.write(after.encode())
    return content.getvalue()


MEGABYTE = b" " * (1 << 20)


@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        (
            "xl/worksheets/sheet1.xml",
            sheet_xml("").removesuffix("</sheetData></worksheet>"),
            "</sheetData></worksheet>",
        ),
        ("xl/worksheets/sheet1.xml", sheet_xml(TABLE).removesuffix("</worksheet>"), "</worksheet>"),
        ("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}"><si><t>', "</t></si></sst>"),
        ("xl/styles.xml", f'<styleSheet xmlns="{MAIN}">', "</styleSheet>"),
        ("xl/workbook.xml", f'<workbook xmlns="{MAIN}">', "</workbook>"),
    ],
)
def test_a_part_that_unpacks_to_something_immense_is_refused(
    tmp_path: Path, part: str, before: str, after: str
) -> None:
    """By what is really unpacked."""
    assert "cannot be read as an Excel workbook" in refusal(bomb(part, before, MEGABYTE, 70, after), tmp_path)


def test_a_workbook_that_lies_about_its_parts_is_refused(tmp_path: Path) -> None:
    """About their sizes, their number, their names, and whether they are encrypted."""
    sound = book_bytes(sound_parts())
    end = sound.rindex(b"PK\x05\x06")
    (directory,) = struct.unpack("<I", sound[end + 16 : end + 20])
    for place, size, value in [
        (end + 12, 4, 0xFFFFFFF0),  # the length of the directory
        (end + 16, 4, 5),  # its place
        (directory + 8, 2, 1),  # a part is encrypted
        (directory + 10, 2, 99),  # packed in an unknown way
        (directory + 24, 4, 3),  # shorter than it is
        (directory + 42, 4, 0x7FFFFFFF),  # beyond the end
    ]:
        for offset in (0, *([46 + len("[Content_Types].xml")] if place == directory + 8 else [])):
            lying = bytearray(sound)
            lying[place + offset : place + offset + size] = value.to_bytes(size, "little")
            survives(bytes(lying), tmp_path)
    twice = BytesIO(sound)
    with ZipFile(twice, "a") as book, pytest.warns(UserWarning, match="Duplicate name"):
        book.writestr("xl/workbook.xml", "other")
    assert "two of its parts have one name" in refusal(twice.getvalue(), tmp_path)


def test_a_byte_that_was_changed_on_the_way_is_found(tmp_path: Path) -> None:
    """By its checksum: the text would be another one, and nothing else would tell."""
    content = BytesIO()
    with ZipFile(content, "w") as book:
        for name, part in sound_parts().items():
            book.writestr(name, part)
    changed = content.getvalue().replace(b"<t>text</t>", b"<t>tent</t>")
    assert "xl/worksheets/sheet1.xml is damaged: its checksum is wrong" in refusal(changed, tmp_path)


def test_a_long_text_and_too_many_texts_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory is taken for the whole of them."""
    parts = book_parts(TABLE, strings="<si><t>" + "x" * 5000 + "</t></si>", styles=[0, 0])
    monkeypatch.setattr(xlsx_strings, "LONGEST", 1000)
    assert "has a text of more than" in refusal(book_bytes(parts), tmp_path)
    monkeypatch.setattr(xlsx_strings, "MOST_BYTES", 1000)
    assert "of shared texts" in refusal(book_bytes(parts), tmp_path)


def test_a_text_that_many_cells_repeat_is_counted_each_time(tmp_path: Path) -> None:
    """A text of 4 MB in a thousand rows are 4 GB, and a workbook of some KB."""
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>{min(row - 1, 1)}</v></c></row>' for row in range(1, 1001))
    strings = "<si><t>h</t></si><si><t>" + "x" * (4 << 20) + "</t></si>"
    assert "repeat long texts again and again" in refusal(book_bytes(book_parts(rows, strings=strings)), tmp_path)


def test_long_texts_make_chunks_short(tmp_path: Path) -> None:
    """So that memory does not grow with their length: 40 rows of 4 MB each are no chunk."""
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>{min(row - 1, 1)}</v></c></row>' for row in range(1, 41))
    strings = "<si><t>h</t></si><si><t>" + "x" * (4 << 20) + "</t></si>"
    path = tmp_path / "leads.xlsx"
    path.write_bytes(book_bytes(book_parts(rows, strings=strings)))
    with ExcelSource(path, str(path), SourceOptions(), WorkbookKind.XLSX) as source:
        heights = [len(chunk) for chunk in source.chunks(0)]
    assert sum(heights) == 39
    assert max(heights) <= 17


def test_a_chart_has_no_cells(tmp_path: Path) -> None:
    """It is no table, though it is a tab."""
    parts = sound_parts()
    parts["xl/_rels/workbook.xml.rels"] = str(parts["xl/_rels/workbook.xml.rels"]).replace(
        '/worksheet"', '/chartsheet"'
    )
    assert refusal(book_bytes(parts), tmp_path) == "leads.xlsx holds no sheet with cells; save it anew in Excel."
    assert refusal(book_bytes(parts), tmp_path, sheet="Leads") == (
        "The sheet 'Leads' of leads.xlsx is a chartsheet and has no cells; name another."
    )
    parts = sound_parts()
    parts["xl/worksheets/sheet1.xml"] = str(parts["xl/worksheets/sheet1.xml"]).replace("worksheet", "chartsheet")
    assert "it is no sheet of cells but a chartsheet" in refusal(book_bytes(parts), tmp_path)


def test_a_panic_of_calamine_becomes_a_sentence() -> None:
    """It is no Exception to Python."""
    panic = type("PanicException", (BaseException,), {"__module__": "pyo3_runtime"})
    with (
        pytest.raises(SourceError, match="cannot be read as an Excel workbook \\(out of bounds\\)"),
        workbooks.sound_workbook("leads.xlsx"),
    ):
        raise panic("out of bounds")
    with pytest.raises(KeyboardInterrupt), workbooks.sound_workbook("leads.xlsx"):
        raise KeyboardInterrupt


def test_bytes_that_were_flipped_cut_or_swapped_give_no_traceback(tmp_path: Path) -> None:
    """In the archive, and in the parts within it."""
    dice = random.Random(7)
    sound = book_bytes(sound_parts())
    for _ in range(60):
        damaged = bytearray(sound)
        for _ in range(dice.choice((1, 1, 1, 20))):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        survives(bytes(damaged[: dice.choice((None, dice.randrange(len(damaged))))]), tmp_path)
    for name in sound_parts():
        for _ in range(12):
            parts = sound_parts()
            content = bytearray(str(parts[name]).encode())
            for _ in range(dice.choice((1, 3, 10))):
                at = dice.randrange(len(content))
                content[at : at + dice.choice((0, 1, 1, 5))] = dice.choice(
                    (b"", b"<", b'"', b"&", b"9", b"\0", b"\xff")
                )
            parts[name] = bytes(content)
            survives(book_bytes(parts), tmp_path)


def survives(content: bytes, folder: Path) -> bool:
    """Read a workbook, or take the sentence; tells whether it was read."""
    sentence = ""
    try:
        read(content, folder)
    except SourceError as error:
        sentence = error.message
    assert not sentence or sentence.endswith((".", "?"))
    assert not sentence or sentence.isprintable()
    return not sentence
