"""A CSV file is read as it is written, and each row keeps the number that Excel shows."""

import codecs
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from leadsync.codes import Code
from leadsync.errors import SourceError
from leadsync.loader import open_source
from leadsync.records import SourceOptions

PLAIN = "Name;Beløb\r\nBo;1,5\r\nÆva;2,25\r\n"
ROWS = [["Bo", "1,5"], ["Æva", "2,25"]]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (PLAIN.encode(), None),
        (codecs.BOM_UTF8 + PLAIN.encode(), None),
        (codecs.BOM_UTF8 + PLAIN.encode(), "cp1252"),
        (codecs.BOM_UTF16_LE + PLAIN.encode("utf-16-le"), None),
        (codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be"), "utf-16"),
        (PLAIN.encode("cp1252"), "cp1252"),
        (PLAIN.encode("utf-16-le"), "utf-16-le"),
        (PLAIN.encode("utf-8"), "utf-8-sig"),
    ],
)
def test_each_encoding_gives_the_same_rows(
    read_bytes: Callable[..., Any], content: bytes, encoding: str | None
) -> None:
    """UTF-8 with and without mark, UTF-16 by mark, and declared encodings; a mark goes before a declaration."""
    table = read_bytes(content, encoding=encoding)
    assert table.headers == ("Name", "Beløb")
    assert table.rows == ROWS
    assert table.numbers == [2, 3]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_each_line_end_gives_the_same_rows(read_bytes: Callable[..., Any], end: str, last: bool) -> None:
    """LF, CRLF and CR, with and without one at the end of the file."""
    text = end.join(["a,b", "1,2", "3,4"]) + (end if last else "")
    assert read_bytes(text.encode()).rows == [["1", "2"], ["3", "4"]]


def test_mixed_line_ends_are_all_line_ends(read_bytes: Callable[..., Any]) -> None:
    """A file put together from several systems is still rows."""
    assert read_bytes(b"a,b\r1,2\n3,4\r\n5,6").numbers == [2, 3, 4]


def test_values_stay_exactly_as_written(read_bytes: Callable[..., Any]) -> None:
    """No trimming, no NA, no numbers: what the user sees is what is sent."""
    line = ["00123", "NA", " x ", "1e5", "nan", "123.0", "\u00a0", "12345678901234567890"]
    table = read_bytes(("a,b,c,d,e,f,g,h\n" + ",".join(line)).encode())
    assert table.rows == [line]
    assert {type(cell) for cell in table.rows[0]} == {str}
    assert table.chunks[0].frame.dtypes.tolist() == [object] * 8
    assert table.chunks[0].frame.columns.tolist() == list(range(8))


def test_quoted_cells_keep_quotes_delimiters_and_line_breaks(read_bytes: Callable[..., Any]) -> None:
    """A multi-line cell is one row, so the row below has the next number."""
    table = read_bytes(b'Name,Notes\n"Jensen, Bo","said ""yes""\nthen left\r\n"\nEva,ok\n')
    assert table.rows == [["Jensen, Bo", 'said "yes"\nthen left\r\n'], ["Eva", "ok"]]
    assert table.numbers == [2, 3]


def test_blank_lines_count_and_are_rows(read_bytes: Callable[..., Any]) -> None:
    """Excel shows a blank line as a blank row, and leadsync answers for it."""
    table = read_bytes(b"a,b\n\n1,2\n\n,\n3,4\n")
    assert table.numbers == [2, 3, 4, 5, 6]
    assert table.rows == [["", ""], ["1", "2"], ["", ""], ["", ""], ["3", "4"]]
    assert table.issues == {}


def test_a_ragged_row_is_kept_with_an_issue_that_names_it(read_bytes: Callable[..., Any]) -> None:
    """Too few or too many cells: never shifted, never dropped."""
    table = read_bytes(b"a,b,c\n1,2,3\n1,2\n1,2,3,4\n5,6,7\n")
    assert table.rows == [["1", "2", "3"], ["1", "2", ""], ["1", "2", "3"], ["5", "6", "7"]]
    assert {number: issue.code for number, issue in table.issues.items()} == {
        3: Code.RAGGED_ROW,
        4: Code.RAGGED_ROW,
    }
    assert table.issues[3].message == (
        "Row 3 has 2 cells, but the header has 3 (see contacts.csv!C3): look for a line break inside a value "
        "without quotes around it, or for a cut line."
    )
    assert table.issues[4].message == (
        "Row 4 has 4 cells, but the header has 3 (see contacts.csv!D4): look for a value that holds the delimiter, "
        "or a quotation mark, without quotes around it."
    )


@pytest.mark.parametrize("number", [2, 21, 22, 61, 100])
def test_a_ragged_row_anywhere_is_told_of_by_its_own_number(read_bytes: Callable[..., Any], number: int) -> None:
    """Rows are split in small steps; the number and the place within the chunk go on through them."""
    lines = ["a,b", *(f"{n},x" for n in range(2, 101))]
    lines[number - 1] = f"{number}"
    table = read_bytes("\n".join(lines).encode())
    assert [row[0] for row in table.rows] == [str(n) for n in range(2, 101)]
    assert {row: str(issue.cell) for row, issue in table.issues.items()} == {number: f"contacts.csv!B{number}"}


def test_empty_cells_beyond_the_header_are_not_ragged(read_bytes: Callable[..., Any]) -> None:
    """Spreadsheets write them; nothing is lost with them. The same for a header that ends in blank cells."""
    assert read_bytes(b"a,b\n1,2,,\n").issues == {}
    assert read_bytes(b"a,b,,\n1,2\n3,4,,\n").issues == {}
    assert list(read_bytes(b"a,b,,\n1\n").issues) == [2]


def test_rows_above_the_header_are_not_read(read_bytes: Callable[..., Any]) -> None:
    """The header row is declared by the number that Excel shows."""
    table = read_bytes(b"Export of 2026\n\nName;Amount\nBo;1,5\n", header_row=3)
    assert table.headers == ("Name", "Amount")
    assert table.numbers == [4]


@pytest.mark.parametrize("line", ["sep=|", "SEP=|", '"sep=|"'])
def test_the_sep_line_of_excel_is_honoured_and_vanishes(read_bytes: Callable[..., Any], line: str) -> None:
    """Excel hides that line, so the header is row 1."""
    table = read_bytes(f"{line}\r\na,x|b,y\r\n1|2\r\n".encode())
    assert table.headers == ("a,x", "b,y")
    assert table.numbers == [2]


def test_a_declared_delimiter_wins(read_bytes: Callable[..., Any]) -> None:
    """Over the evidence, and over a `sep=` line, which still vanishes."""
    assert read_bytes(b"a;b,c\n1;2,3\n", delimiter=",").headers == ("a;b", "c")
    assert read_bytes(b"sep=;\na;b,c\n1;2,3\n", delimiter=",").headers == ("a;b", "c")


@pytest.mark.parametrize(
    ("text", "headers"),
    [
        ("a,b\n1,2\n", ("a", "b")),
        ("a;b\n1;2\n", ("a", "b")),
        ("a\tb\n1\t2\n", ("a", "b")),
        ("a|b\n1|2\n", ("a", "b")),
        ("Navn;Beløb\nBo;1,5\nEva;2,5\n", ("Navn", "Beløb")),
        ("Navn, fuldt;Beløb\nBo;1,5\nEva;2,5\n", ("Navn, fuldt", "Beløb")),
        ('"a";"b"\n"1,2";"3"\n', ("a", "b")),
        ("Name,Notes\nBo,a;b;c\nEva,d;e;f\n", ("Name", "Notes")),
        ("Name,Tags;Labels\nBo,a\nEva,b\n", ("Name", "Tags;Labels")),
        ('Name,Notes\nBo,"one;\ntwo;\nthree;"\n', ("Name", "Notes")),
        ("id\n1\n2\n", ("id",)),
        ("Notes\nfirst, then\nsecond\n", ("Notes",)),
        ("a,b,c\n1,2\n3,4\n", ("a", "b", "c")),
        ("a,b\n", ("a", "b")),
    ],
)
def test_the_delimiter_is_found_by_evidence(
    read_bytes: Callable[..., Any], text: str, headers: tuple[str, ...]
) -> None:
    """Decimal commas, free text and quotes do not mislead it."""
    assert read_bytes(text.encode()).headers == headers


def test_a_column_of_free_text_stays_one_column(read_bytes: Callable[..., Any]) -> None:
    """One header, so commas below it are text."""
    assert read_bytes(b"Notes\nfirst, then\nsecond\n").rows == [["first, then"], ["second"]]


def test_helper_columns_are_dropped_and_cells_keep_their_letters(read_bytes: Callable[..., Any]) -> None:
    """A report's own columns are not the source's; a cell is still named as the user sees it."""
    table = read_bytes(b"leadsync_status,Name,leadsync_x,Phone\nupdated,Bo,z,1\nfailed,Eva,z\n")
    assert table.headers == ("Name", "Phone")
    assert table.rows == [["Bo", "1"], ["Eva", ""]]
    chunk = table.chunks[0]
    assert [str(chunk.cell(0, column)) for column in (0, 1)] == ["contacts.csv!B2", "contacts.csv!D2"]
    assert chunk.column(1) == ["1", ""]
    assert str(table.issues[3].cell) == "contacts.csv!D3"


def test_our_own_report_is_read_as_we_write_it(read_bytes: Callable[..., Any]) -> None:
    """So a repaired retry.csv can be fed with the mapping of the original."""
    text = codecs.BOM_UTF8 + "leadsync_sheet,leadsync_row,Navn\r\nLeads,7,Søren; Bo\r\n".encode()
    table = read_bytes(text, encoding="cp1252", delimiter=";", header_row=3)
    assert table.headers == ("Navn",)
    assert table.rows == [["Søren; Bo"]]
    assert table.numbers == [2]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_our_own_report_saved_anew_by_another_program_is_read_too(
    read_bytes: Callable[..., Any], encoding: str | None
) -> None:
    """It has lost its mark, perhaps its delimiter; UTF-8 is tried before the declared encoding."""
    text = "leadsync_sheet;leadsync_row;Navn\r\nLeads;7;Søren\r\n".encode(encoding)
    assert read_bytes(text, encoding="cp1252", delimiter=",", header_row=3).rows == [["Søren"]]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_chunks_join_without_gap_or_overlap(tmp_path: Path, size: int) -> None:
    """Positions and row numbers go on from chunk to chunk, issues stay with their row."""
    path = tmp_path / "contacts.csv"
    path.write_bytes(b"a,b\n1,2\n\n3,4,5\n6,7\n8,9\n")
    with open_source(str(path), SourceOptions()) as source:
        chunks = list(source.chunks(100, size))
    assert [len(chunk) for chunk in chunks] == [min(size, 5 - start) for start in range(0, 5, size)]
    rows = [chunk.row(row) for chunk in chunks for row in range(len(chunk))]
    assert [(row.position, row.number) for row in rows] == [(100 + n, 2 + n) for n in range(5)]
    assert [chunk.numbers[row] for chunk in chunks for row in chunk.issues] == [4]


def test_a_source_can_be_read_twice_even_at_once(tmp_path: Path) -> None:
    """A pre-pass happens, and one pass does not disturb another."""
    path = tmp_path / "contacts.csv"
    path.write_text("a,b\n" + "".join(f"{n},{'x' * 50}\n" for n in range(20_000)))
    with open_source(str(path), SourceOptions()) as source:
        pairs = zip(source.chunks(0), source.chunks(0), strict=True)
        assert all(one.frame.equals(other.frame) for one, other in pairs)
        assert source.estimate_rows() == 20_000


def test_a_file_replaced_meanwhile_is_still_the_file_that_was_opened(tmp_path: Path) -> None:
    """A new export moved over the old one must not be mixed with it."""
    path = tmp_path / "contacts.csv"
    path.write_text("a\nold\n")
    with open_source(str(path), SourceOptions()) as source:
        (tmp_path / "new").write_text("a\nnew\n")
        (tmp_path / "new").replace(path)
        assert [chunk.column(0) for chunk in source.chunks(0)] == [["old"]]


ROW = b"1,2\n"


@pytest.mark.parametrize(
    "content",
    [
        b"a,b\n" + b"3,4\n" * 5000,
        b"a,b\n" + ROW * 5001,
        b"a,b\n" + ROW * 3000,
        b"a,b\n" + ROW * 2000,
        b"a,b\n" + b'"x"y,4\n' * 5000,
        b'"x"y\n',
        b"",
    ],
    ids=["rewritten", "appended to", "truncated", "cut behind the chunk", "quotes", "header", "emptied"],
)
def test_a_file_that_is_written_to_while_it_is_read_is_refused(tmp_path: Path, content: bytes) -> None:
    """Rows of two states of a file are never mixed, and a cut file never seems to have come to its end."""
    path = tmp_path / "contacts.csv"
    for already in (0, 1):
        path.write_bytes(b"a,b\n" + ROW * 5000)
        os.utime(path, ns=(0, 0))
        with open_source(str(path), SourceOptions()) as source:
            chunks = source.chunks(0)
            assert [len(next(chunks)) for _ in range(already)] == [2000] * already
            with path.open("r+b") as file:
                file.write(content)
                file.truncate()
            with pytest.raises(SourceError, match=r"contacts\.csv was changed while it was being read; run again\.$"):
                next(chunks)


def test_a_file_cut_where_a_chunk_ends_is_refused(tmp_path: Path) -> None:
    """There the text only ends sooner, so nothing else gives it away; not the time either, where it was kept."""
    path = tmp_path / "contacts.csv"
    path.write_bytes(b"a,b\n" + (b"x" * 98 + b",2\n") * 4000)
    os.utime(path, ns=(0, 0))
    with open_source(str(path), SourceOptions()) as source:
        chunks = source.chunks(0, 1000)
        rows = len(next(chunks))
        os.truncate(path, 4 + 101 * rows)
        os.utime(path, ns=(0, 0))
        with pytest.raises(SourceError, match="was changed while it was being read"):
            list(chunks)


def test_a_chunk_of_wide_rows_has_fewer_of_them(tmp_path: Path) -> None:
    """Memory is taken by cells: with a header above them, without one, and those that a short row lacks."""
    path = tmp_path / "contacts.csv"
    wide = ",".join(["x"] * 10_000)
    for header, row in ((wide, wide), ("a,b", wide), (wide, "x")):
        path.write_text(f"{header}\n" + f"{row}\n" * 50)
        with open_source(str(path), SourceOptions()) as source:
            assert [len(chunk) for chunk in source.chunks(0)] == [20, 20, 10]


def test_a_name_that_is_not_utf_8_is_opened_and_shown_as_text(tmp_path: Path, read: Callable[..., Any]) -> None:
    """Such files come out of old archives; their names stand in reports and messages, which are UTF-8."""
    path = tmp_path / os.fsdecode(b"x\xff.csv")
    path.write_bytes(b"a,b\n1\n")
    with open_source(str(path), SourceOptions()) as source:
        assert (source.name, source.sheet) == (f"{tmp_path}/x\\xff.csv", "x\\xff.csv")
        (chunk,) = source.chunks(0)
    assert (chunk.source, chunk.sheet) == (source.name, source.sheet)
    assert chunk.issues[0].message.isprintable()


def test_standard_input_is_read_from_a_pipe(read: Callable[..., Any]) -> None:
    """`-` is CSV from a pipe, which cannot be rewound, and yet can be read twice."""
    reader, writer = os.pipe()
    lines = b"a,b\n" + b"1,2\n" * 50_000
    feeder = threading.Thread(target=lambda: (os.write(writer, lines[:7]), _write(writer, lines[7:])))
    feeder.start()
    with os.fdopen(reader, "rb") as stdin, open_source("-", SourceOptions(), stdin=stdin) as source:
        feeder.join()
        assert (source.name, source.sheet, source.headers) == ("-", "stdin", ("a", "b"))
        assert [sum(map(len, source.chunks(0))) for _ in range(2)] == [50_000, 50_000]


def _write(descriptor: int, content: bytes) -> None:
    with os.fdopen(descriptor, "wb") as pipe:
        pipe.write(content)


def test_a_named_pipe_is_read_like_standard_input(tmp_path: Path, read: Callable[..., Any]) -> None:
    """What a shell's `<(command)` gives is no regular file, but is text all the same."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    feeder = threading.Thread(target=path.write_bytes, args=(b"a,b\n1,2\n",))
    feeder.start()
    table = read(path)
    feeder.join()
    assert (table.sheet, table.rows) == ("pipe", [["1", "2"]])


def test_a_large_cell_is_read(read_bytes: Callable[..., Any]) -> None:
    """Notes of a megabyte are unusual, not wrong."""
    assert len(read_bytes(b'a,b\n1,"' + b"x" * 2_000_000 + b'"\n').rows[0][1]) == 2_000_000


@pytest.mark.parametrize("before", [0, 19, 20, 50])
@pytest.mark.parametrize("size", [7, 5000])
def test_long_rows_among_short_ones_are_neither_lost_nor_read_twice(
    read_bytes: Callable[..., Any], before: int, size: int
) -> None:
    """Where the next rows take megabytes they are split one by one, wherever that begins."""
    long = "x" * 899_999 + "\n"
    lines = ["a,b", *(f"{n},y" for n in range(before)), *([f'long,"{long}"'] * 6), "short", "1,2", ""]
    table = read_bytes("\n".join(lines).encode(), size=size)
    assert [len(row[1]) for row in table.rows] == [*[1] * before, *[900_000] * 6, 0, 1]
    assert table.numbers == list(range(2, before + 10))
    assert table.issues[before + 8].message.startswith(f"Row {before + 8} (line {before + 14} of the file)")


def test_a_chunk_of_long_rows_has_fewer_of_them(tmp_path: Path) -> None:
    """Memory is taken by letters too."""
    path = tmp_path / "contacts.csv"
    path.write_bytes(b"a,b\n" + (b"1," + b"x" * 1_000_000 + b"\n") * 80)
    with open_source(str(path), SourceOptions()) as source:
        sizes = [len(chunk) for chunk in source.chunks(0)]
    assert sum(sizes) == 80
    assert max(sizes) < 40


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (["a,b", "1,2", "3"], None),
        (["a,b", '1,"x\ny"', "3"], 4),
        (["a,b", '1,"x\ny\n"', *["1,2"] * 30, '"\r",2', "3"], 37),
        (['"a\nz",b', "3"], 3),
        (["sep=,", "a,b", "3"], 3),
        (["a,b", "1,2", "", "3"], None),
        (["a,b", '1,"\r\n"', "", "3"], 5),
    ],
)
def test_a_ragged_row_is_told_with_its_line_where_that_is_another_number(
    read_bytes: Callable[..., Any], lines: list[str], line: int | None
) -> None:
    """Excel counts rows, and a text editor counts lines, those within a cell too."""
    table = read_bytes("\n".join(lines).encode())
    ((number, issue),) = table.issues.items()
    where = f"Row {number} (line {line} of the file)" if line else f"Row {number}"
    assert issue.message.startswith(f"{where} has 1 cell, but the header has 2")
