"""Quotation marks, backslashes, line ends and delimiters within cells: a CSV file as it really comes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from leadsync.errors import SourceError
from leadsync.loader import open_source
from leadsync.records import SourceOptions


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("inner", ["\n", "\r\n", "\r", "\n\r", "\r\r\n"])
def test_line_ends_within_quotes_are_kept_and_end_no_row(read_bytes: Callable[..., Any], end: str, inner: str) -> None:
    """Whatever ends the rows, and wherever a block of the file ends."""
    cell = f"x{inner}y"
    rows = [f'{n},"{cell}"' for n in range(5_000)]
    table = read_bytes(end.join(["a,b", *rows]).encode())
    assert table.rows == [[str(n), cell] for n in range(5_000)]


MYSQL = r"""
"id","name","notes"
"1","Bo \"the boss\" Jensen","C:\\temp\\"
"2","Eva","says \"yes\", and
\"no\"; and C:\temp"
3,\N,"\\\"x\\"
""".lstrip()


def test_quotation_marks_behind_a_backslash_are_read_so(read_bytes: Callable[..., Any]) -> None:
    """As MySQL exports them; two backslashes are one then, and any other stays."""
    table = read_bytes(MYSQL.encode())
    assert table.rows == [
        ["1", 'Bo "the boss" Jensen', "C:\\temp\\"],
        ["2", "Eva", 'says "yes", and\n"no"; and C:\\temp'],
        ["3", "\\N", '\\"x\\'],
    ]
    assert table.numbers == [2, 3, 4]


def test_quotation_marks_behind_a_backslash_far_down_are_seen_before_the_first_row(
    read_bytes: Callable[..., Any],
) -> None:
    """In one file a backslash means one thing: two of them are one from the first row on."""
    text = 'a;b\n"x\\\\y";1\n' + '"x, y";1\n' * 60_000 + '"say \\"hi\\"";2\n'
    table = read_bytes(text.encode())
    assert table.rows[0] == ["x\\y", "1"]
    assert table.rows[-1] == ['say "hi"', "2"]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('a,b\n"C:\\","say ""yes"""\n', [["C:\\", 'say "yes"']]),
        ('a,b\n"C:\\\\",1\n', [["C:\\\\", "1"]]),
        ('a,b\n5\\" pipe,1\n', [['5\\" pipe', "1"]]),
        ("a,b\nC:\\temp,1\n", [["C:\\temp", "1"]]),
    ],
)
def test_a_backslash_is_text_where_the_file_can_be_read_as_it_should_be_written(
    read_bytes: Callable[..., Any], text: str, rows: list[list[str]]
) -> None:
    """With quotation marks doubled; a path may end in one."""
    assert read_bytes(text.encode()).rows == rows


def test_a_file_that_is_sound_in_neither_way_is_refused_as_it_should_be_written(tmp_path: Path) -> None:
    """One odd record does not make a backslash mean something else; and that is told before the first row."""
    path = tmp_path / "contacts.csv"
    for odd in ('"x" y,1', '"say ""hi"""",1'):
        path.write_text('a,b\n1,"\\"x\\""\n' + f"{odd}\n" + "3,4\n" * 500)
        with pytest.raises(SourceError, match="line 2 has text between a closing quotation mark"):
            open_source(str(path), SourceOptions())
    path.write_text('a,b\n1,"\\"x\\""\n' + "1,2,3\n" * 10)
    with pytest.raises(SourceError, match="line 2"):
        open_source(str(path), SourceOptions())


def test_odd_quotation_marks_above_the_header_are_no_fault(read_bytes: Callable[..., Any]) -> None:
    """Those rows are not read, and say nothing of the delimiter."""
    table = read_bytes(b'"Leads" of 2026, and more\nBo\'s "report"\nName;Phone\nBo;1\n', header_row=3)
    assert table.headers == ("Name", "Phone")
    assert table.rows == [["Bo", "1"]]


@pytest.mark.parametrize(
    ("text", "headers"),
    [
        ("Navn;Beløb;Dato\n" + "Bo;1,5;1,5\n" * 300, ("Navn", "Beløb", "Dato")),
        ("Navn\tNoter\n" + "Bo\ta, b, c; d\n" * 3, ("Navn", "Noter")),
        ("a,b;c\n" + "1,2;3\n" * 3, ("a,b", "c")),
        ("a|b,c|d\n1|2,5|3\n2|3,5|4\n", ("a", "b,c", "d")),
        ('"a;b","c"\n"1;2","3"\n', ("a;b", "c")),
        ('"a,b";"c"\n"1,5";"3"\n', ("a,b", "c")),
        ('Name,Notes\n"Bo","<p style=""a: b; c: d; e"">\n;;;;\n|||</p>"\n', ("Name", "Notes")),
        ("Name,Tags\n" + "Bo,a|b|c\n" * 50, ("Name", "Tags")),
        ("Id;Sum\n" + "1;1.234,56\n" * 9 + "Total, all;2\n", ("Id", "Sum")),
    ],
)
def test_a_delimiter_is_not_taken_for_one_within_values(
    read_bytes: Callable[..., Any], text: str, headers: tuple[str, ...]
) -> None:
    """Decimal commas, lists, markup, and names of columns with a comma in them."""
    assert read_bytes(text.encode()).headers == headers
