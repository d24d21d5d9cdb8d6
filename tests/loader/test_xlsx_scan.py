"""However the XML of a sheet is written, and wherever it is cut, the same cells and the same marks are read from it."""

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workbook_xml import book_bytes, book_parts, escaped, sheet_xml

from leadsync.codes import Code
from leadsync.loader.base import WorkbookKind
from leadsync.loader.workbook import zip_parts
from leadsync.loader.workbook.source import ExcelSource
from leadsync.loader.workbook.xlsx import pieces as xlsx_pieces
from leadsync.loader.workbook.xlsx import scan as xlsx_scan
from leadsync.loader.workbook.xlsx import sheet as xlsx_sheet
from leadsync.loader.workbook.xlsx import sheet_xml as sheet_xml_room
from leadsync.loader.workbook.xlsx import tags as xlsx_tags
from leadsync.records import Chunk, SourceOptions

STYLES: list[str | int] = [0, "00000", 14, "0%", "[h]:mm"]
STRINGS = ["shared", "", " blank ends ", "two\nlines", "a & b <c> 'd' \"e\"", "Østergaard", 'x t="e" hidden="1" :c >']


def chunks(content: bytes, folder: Path, size: int = 2000, **options: Any) -> list[Chunk]:
    """Read a workbook."""
    path = folder / "leads.xlsx"
    path.write_bytes(content)
    with ExcelSource(path, str(path), SourceOptions(**options), WorkbookKind.XLSX) as source:
        return list(source.chunks(0, size))


def told(read: list[Chunk]) -> Any:
    """Give all that chunks tell of their rows."""
    return [
        (
            chunk.headers,
            chunk.positions,
            list(chunk.numbers),
            chunk.frame.to_numpy().tolist(),
            dict(chunk.typed),
            {column: dict(of) for column, of in chunk.faults.items()},
            chunk.hidden,
        )
        for chunk in read
    ]


CELLS = st.sampled_from(
    [
        None,
        *(f'<c{{r}} s="{style}"><v>{value}</v></c>' for style in range(5) for value in ("0", "1.5", "46000", "-3")),
        *(f'<c{{r}} t="s"><v>{number}</v></c>' for number in range(len(STRINGS))),
        *(f'<c{{r}} t="inlineStr"><is><t xml:space="preserve">{escaped(text)}</t></is></c>' for text in STRINGS),
        '<c{r} s="1"/>',
        "<c{r}/>",
        '<c{r} t="b"><v>1</v></c>',
        '<c{r} t="e"><v>#N/A</v></c>',
        '<c{r} s="2" t="e"><f>NA()</f><v>#SPILL!</v></c>',
        "<c{r}><f>1+1</f></c>",
        "<c{r}><f>1+1</f><v></v></c>",
        '<c{r} t="str"><f>A1&amp;"x"</f><v>a &amp; b</v></c>',
        '<c{r}><f t="shared" si="0"/><v>7</v></c>',
        "<c{r}><v></v></c>",
        '<c{r} t="d"><v>2026-03-04</v></c>',
        "<c{r}><v>12345678901234567890</v></c>",
    ]
)
TABLES = st.lists(
    st.tuples(st.integers(1, 3), st.booleans(), st.lists(CELLS, min_size=1, max_size=5)), min_size=1, max_size=12
)


def rows_xml(table: list[tuple[int, bool, list[str | None]]]) -> str:
    """Write the rows of a table in the usual form: each has its distance from the one before."""
    written = ['<row r="1"><c r="A1" t="str"><v>h</v></c><c r="C1" t="str"><v>h</v></c></row>']
    number = 1
    for distance, is_hidden, cells in table:
        number += distance
        inner = "".join(
            cell.format(r=f' r="{"ABCDE"[place]}{number}"') for place, cell in enumerate(cells) if cell is not None
        )
        written.append(f'<row r="{number}"{" hidden=" + chr(34) + "1" + chr(34) if is_hidden else ""}>{inner}</row>')
    return "".join(written)


def _single_quotes(sheet: str) -> str:
    return re.sub(r"<[^/!?][^>]*>", lambda tag: re.sub(r'="([^"]*)"', r"='\1'", tag[0]), sheet)


def _prefixed(sheet: str) -> str:
    return re.sub(r"<(/?)(?=\w)", r"<\1x:", sheet).replace("xmlns=", "xmlns:x=")


def _long_prefix(sheet: str) -> str:
    return re.sub(r"<(/?)(?=\w)", r"<\1spread:", sheet).replace("xmlns=", "xmlns:spread=")


def _other_order(sheet: str) -> str:
    return re.sub(r'<c( r="\w+")( s="\d")?( t="\w+")?', r"<c\3\2\1", sheet)


def _more_attributes(sheet: str) -> str:
    return sheet.replace("<c r=", '<c cm="1" r=').replace("<row r=", '<row spans="1:5" r=')


def _commented(sheet: str) -> str:
    return sheet.replace("<v>", "<!-- <c r='A1'/> --><v>").replace("<f>", "<f><!-- 1 -->")


def _indented(sheet: str) -> str:
    spaced = re.sub(r"(</?(?:row|c|f|v|is)\b[^>]*>)(?=<)", r"\1\n  ", sheet)
    return re.sub(r"<v>\s*</v>", "<v></v>", spaced)


def _spaced(sheet: str) -> str:
    return re.sub(r"<(row|c)( [^>]*[^>/])?(/?)>", r"<\1\2\n \3>", sheet)


DRESSES: list[Callable[[str], str | bytes]] = [
    _single_quotes,
    _prefixed,
    _long_prefix,
    _other_order,
    _more_attributes,
    _commented,
    _indented,
    _spaced,
    lambda sheet: '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n' + sheet,
    lambda sheet: ('<?xml version="1.0" encoding="UTF-16"?>' + sheet).encode("utf-16"),
    lambda sheet: ('<?xml version="1.0" encoding="windows-1252"?>' + sheet).encode("cp1252"),
    lambda sheet: "\ufeff" + sheet,
    lambda sheet: "<!-- x -->" + sheet,
    lambda sheet: _prefixed(_single_quotes(_other_order(sheet))),
    lambda sheet: _prefixed(sheet).replace("<x:c ", "<c ").replace("</x:c>", "</c>"),
    lambda sheet: sheet.replace("<c r=", '<q:c xmlns:q="x" r=').replace("</c>", "</q:c>"),
]


@pytest.mark.parametrize("dress", DRESSES)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=TABLES, size=st.integers(1, 5))
def test_a_sheet_in_another_dress_tells_the_same(
    tmp_path: Path, table: Any, dress: Callable[[str], str | bytes], size: int
) -> None:
    """Quotes, prefixes, orders, comments, encodings: the fast way and the sure way give the same."""
    sheet = sheet_xml(rows_xml(table))
    strings = "".join(f'<si><t xml:space="preserve">{escaped(text)}</t></si>' for text in STRINGS)
    plain, other = (
        chunks(book_bytes(book_parts(sheet=xml, strings=strings, styles=STYLES)), tmp_path, size)
        for xml in (sheet, dress(sheet))
    )
    assert told(plain) == told(other)


@pytest.fixture
def short_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a sheet be cut into pieces of some rows, of which only the first ones are kept."""
    cut_short(monkeypatch)


def cut_short(monkeypatch: pytest.MonkeyPatch, kept: int = 9000) -> None:
    """Let blocks have some 400 bytes, and let the first ones be kept."""
    monkeypatch.setattr(zip_parts, "BLOCK", 100)
    monkeypatch.setattr(sheet_xml_room, "BLOCK", 400)
    monkeypatch.setattr(xlsx_sheet, "KEPT", kept)
    monkeypatch.setattr(xlsx_pieces, "AHEAD", 5000)


def test_a_sheet_that_is_cut_into_pieces_is_the_same_as_one_piece(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is kept, and whatever is read again."""
    dice = random.Random(4)
    kinds = ['<c r="{0}"><v>{1}</v></c>', '<c r="{0}" t="s"><v>{2}</v></c>', '<c r="{0}" s="2"><v>4{1}</v></c>', ""]
    rows = "".join(
        f'<row r="{number}">'
        + "".join(
            dice.choice(kinds).format(f"{letter}{number}", dice.randint(1, 999), dice.randint(0, 49))
            for letter in "ABC"
        )
        + "</row>"
        for number in sorted(dice.sample(range(2, 900), 300))
    )
    head = '<row r="1"><c r="A1" t="str"><v>h</v></c></row>'
    strings = "".join(f'<si xml:space="default"><t>text {number}</t></si>' for number in range(50))
    content = book_bytes(book_parts(head + rows, strings=strings, styles=STYLES))
    whole = told(chunks(content, tmp_path, 70))
    for kept in (0, 9000, 1 << 30):
        cut_short(monkeypatch, kept)
        assert told(chunks(content, tmp_path, 70)) == whole


def test_a_sheet_can_be_read_twice_though_it_is_not_kept(tmp_path: Path, short_blocks: None) -> None:
    """A run reads it once to look at it, and once to send it."""
    rows = "".join(f'<row r="{number}"><c r="A{number}"><v>{number}</v></c></row>' for number in range(1, 200))
    path = tmp_path / "leads.xlsx"
    path.write_bytes(book_bytes(book_parts(rows)))
    with ExcelSource(path, str(path), SourceOptions(), WorkbookKind.XLSX) as source:
        first, second = (told(list(source.chunks(0))) for _ in range(2))
    assert first == second
    assert first[0][3] == [[str(number)] for number in range(2, 200)]


@pytest.mark.parametrize("is_cut", [False, True])
def test_rows_and_cells_without_places_follow_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_cut: bool
) -> None:
    """Places may be left out (ECMA-376 part 1, 18.3.1.4), also where a piece begins."""
    if is_cut:
        cut_short(monkeypatch)
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row>" * 40
    rows += '<row r="50"><c r="B50"><v>3</v></c><c><v>4</v></c></row><row><c/><c t="e"><v>#N/A</v></c></row>'
    read = chunks(book_bytes(book_parts(rows)), tmp_path)
    assert read[0].frame.to_numpy().tolist() == [
        *([["1", "2", ""]] * 39),
        *([["", "", ""]] * 9),
        ["", "3", "4"],
        ["", "#N/A", ""],
    ]
    assert [str(issue.cell) for issue in read[0].faults[1].values()] == ["Leads!B51"]
    assert list(read[0].numbers) == list(range(2, 52))


def test_rows_far_apart_take_no_memory_between_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten cells all over a sheet of 30,000 rows and 100 columns: calamine never gets a rectangle of that size."""
    rows = "".join(
        f'<row r="{row}"><c r="{column}{row}"><v>1</v></c></row>'
        for row, column in [(1, "A"), (9000, "CV"), (18000, "B"), (30000, "CU")]
    )
    areas = []

    def read_piece(*piece: Any) -> Any:
        values = read_plainly(*piece)
        areas.append(values.sheet.height * values.sheet.width)
        return values

    read_plainly = xlsx_pieces._read
    monkeypatch.setattr(xlsx_pieces, "_read", read_piece)
    read = chunks(book_bytes(book_parts(rows)), tmp_path)
    assert max(areas) <= xlsx_scan.DENSEST
    found = [
        (chunk.numbers[row], column)
        for chunk in read
        for row, column in zip(*(chunk.frame.to_numpy() != "").nonzero(), strict=True)
    ]
    assert found == [(9000, 99), (18000, 1), (30000, 98)]


def test_an_error_that_calamine_does_not_know_is_one_cells_fault(tmp_path: Path) -> None:
    """It would refuse the whole workbook for `#SPILL!`."""
    read = chunks(
        book_bytes(
            book_parts(
                '<row r="1"><c r="A1" t="str"><v>h</v></c></row><row r="2"><c r="A2" t="e"><v>#SPILL!</v></c></row>'
            )
        ),
        tmp_path,
    )
    assert read[0].column(0) == ["#SPILL!"]
    issue = read[0].faults[0][0]
    assert issue.code == Code.ERROR_VALUE
    assert issue.message.startswith("Leads!A2 shows #SPILL! and no value; ")


def test_a_number_written_with_references_is_read_whole(tmp_path: Path) -> None:
    """Read as 1 by calamine alone: `1&#50;`."""
    rows = '<row r="1"><c r="A1" t="str"><v>h</v></c></row><row r="2"><c r="A2"><v>1&#50;</v></c></row>'
    assert chunks(book_bytes(book_parts(rows)), tmp_path)[0].column(0) == ["12"]


def test_cells_with_an_empty_value_do_not_make_the_table_longer(tmp_path: Path) -> None:
    """Nor wider: some programs write such for every cell that has a style."""
    rows = '<row r="1"><c r="A1" t="str"><v>h</v></c><c r="B1"/></row><row r="2"><c r="A2"><v>1</v></c></row>'
    for empty in ('<c r="B9" s="1"/>', '<c r="B9"></c>', '<c r="B9"><v></v></c>', '<c r="B9"><v/></c>'):
        read = chunks(book_bytes(book_parts(f'{rows}<row r="9">{empty}</row>')), tmp_path)
        assert read[0].frame.to_numpy().tolist() == [["1"]]


def test_a_block_may_end_with_a_tag() -> None:
    """There are bytes behind it to read."""
    tags = xlsx_tags.Tags(xlsx_tags.Block(b"<row/><c/>"), b"")
    assert (tags.rows.tolist(), tags.cells.tolist()) == ([0], [6])
