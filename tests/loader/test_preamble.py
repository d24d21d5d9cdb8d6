"""What stands above and below the table is left out as declared, in a table of any size."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from leadsync.codes import Code
from leadsync.loader.base import Layout, frame_of_cells
from leadsync.loader.table_end import table_only
from leadsync.records import Chunk, Issue, SourceOptions

SIZES = [1, 2, 3, 5000]


def chunks_of(cells: list[str], size: int, left_out: frozenset[int] = frozenset()) -> Iterator[Chunk]:
    """Give chunks of one column; rows are numbered from 2."""
    layout = Layout.of(["h"], "x.csv")
    hidden = Issue(Code.HIDDEN_ROW, "hidden")
    for first in range(0, len(cells), size):
        part = cells[first : first + size]
        numbers = range(first + 2, first + 2 + len(part))
        yield Chunk(
            "x.csv",
            "x.csv",
            ("h",),
            first,
            numbers,
            frame_of_cells(part, layout),
            left_out={row: hidden for row, number in enumerate(numbers) if number in left_out},
        )


def below(cells: list[str], size: int, left_out: frozenset[int] = frozenset(), **options: Any) -> list[int]:
    """Give the numbers of the rows that are below the table; holds that no row is lost or changed on the way."""
    chunks = list(table_only(chunks_of(cells, size, left_out), SourceOptions(**options)))
    assert [cell for chunk in chunks for cell in chunk.column(0)] == cells
    assert [chunk.first for chunk in chunks] == list(range(0, len(cells), size))
    issues = {chunk.numbers[row]: issue for chunk in chunks for row, issue in chunk.left_out.items()}
    assert {number for number, issue in issues.items() if issue.code is Code.HIDDEN_ROW} == left_out
    return sorted(number for number, issue in issues.items() if issue.code is Code.BELOW_TABLE)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("cells", "footer", "numbers"),
    [
        (["a", "b", "T"], 1, [4]),
        (["a", "b", "T", "U"], 2, [4, 5]),
        (["a", "b", "T", "", ""], 1, [4, 5, 6]),
        (["a", "", "T", "", "U", ""], 2, [4, 5, 6, 7]),
        (["a", "", "", "T"], 1, [5]),
        (["", "", "a"], 1, [4]),
        (["", "a"], 5, [3]),
        (["", ""], 2, []),
        ([], 2, []),
    ],
)
def test_the_footer_is_the_last_rows_with_content_and_the_blank_ones_beside_them(
    cells: list[str], footer: int, numbers: list[int], size: int
) -> None:
    """However the rows fall into chunks."""
    assert below(cells, size, skip_footer=footer) == numbers


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["a", "b", "", "T", "", "U"], [4, 5, 6, 7]),
        (["a", "b"], []),
        (["", "a"], [2, 3]),
        (["a", " \u00a0\u200b", "T"], [3, 4]),
    ],
)
def test_the_table_ends_above_the_first_blank_row(cells: list[str], numbers: list[int], size: int) -> None:
    """White space and characters of no width are blank."""
    assert below(cells, size, stop_at_blank=True) == numbers


@pytest.mark.parametrize("size", SIZES)
def test_the_footer_of_a_table_that_ends_at_a_blank_row_stands_above_it(size: int) -> None:
    """Both are declared for a table with totals, a blank row, and notes below it."""
    cells = ["a", "b", "Total", "", "note", "note"]
    assert below(cells, size, skip_footer=1, stop_at_blank=True) == [4, 5, 6, 7]


@pytest.mark.parametrize("size", SIZES)
def test_a_hidden_row_is_neither_the_blank_row_nor_a_total(size: int) -> None:
    """Nobody sees it, so nobody means it."""
    cells = ["a", "", "b", "T", "x", ""]
    assert below(cells, size, frozenset({3, 6}), stop_at_blank=True) == [7]
    assert below(cells, size, frozenset({3, 6}), skip_footer=1) == [5, 7]


@pytest.mark.parametrize("stop_at_blank", [False, True])
def test_a_footer_holds_back_what_it_needs_and_no_more(stop_at_blank: bool) -> None:
    """A table of any size is read in little memory, and so is what stands below it."""
    taken = 0

    def counted() -> Iterator[Chunk]:
        nonlocal taken
        for chunk in chunks_of([*["x"] * 100, "", *["x"] * 100], 10):
            taken += 1
            yield chunk

    options = SourceOptions(skip_footer=15, stop_at_blank=stop_at_blank)
    for given, _ in enumerate(table_only(counted(), options), 1):
        assert taken - given <= 2
    assert given == taken == 21


def test_a_million_blank_rows_below_the_table_take_no_memory() -> None:
    """A sheet has them where somebody formatted whole columns; they share their cells while they are held back."""
    chunks = list(table_only(chunks_of(["a", "T", *[""] * 98], 10), SourceOptions(skip_footer=1)))
    assert len({id(chunk.frame) for chunk in chunks}) == 2


def test_rows_left_out_say_why(read_bytes: Callable[..., Any]) -> None:
    """With the key of the mapping to change."""
    content = b"Name,Amount\nBo,1\nTotal\n\nmade by Ida\n"
    table = read_bytes(content, stop_at_blank=True)
    assert list(table.left_out) == [4, 5]
    assert table.left_out[5].message == (
        "This row is below the table, which ends above row 4, the first blank one, as `stop_at_blank` in the mapping "
        "says."
    )
    table = read_bytes(content, skip_footer=2)
    assert list(table.left_out) == [3, 4, 5]
    assert list(table.issues) == [3, 5]
    assert table.left_out[3].message == (
        "This row is one of the last 2, or a blank one beside them: they are left out, as `skip_footer: 2` in the "
        "mapping says."
    )


def test_a_row_of_blank_headers_with_text_beside_them_is_not_blank(read_bytes: Callable[..., Any]) -> None:
    """Its cells have no header, and it is refused rather than taken for the end of the table."""
    table = read_bytes(b"a,b\n1,2\n,,x\n3,4\n", stop_at_blank=True)
    assert table.left_out == {}
    assert list(table.issues) == [3]


def test_our_own_report_has_no_footer(read_bytes: Callable[..., Any]) -> None:
    """The mapping speaks of the file that it was made from."""
    content = b"leadsync_sheet,leadsync_row,Name\nLeads,7,Bo\nLeads,,\nLeads,9,Eva\n"
    assert read_bytes(content, skip_footer=1, stop_at_blank=True).left_out == {}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_preamble_of_any_length_is_not_read(read_bytes: Callable[..., Any], end: str) -> None:
    """Its rows are counted as Excel counts them, those of two lines as one."""
    above = ["Export, of 3 March", '"two', 'lines", x', "", *["note"] * 500]
    table = read_bytes(end.join([*above, "Name;Phone", "Bo;1", ""]).encode(), header_row=504)
    assert table.headers == ("Name", "Phone")
    assert table.numbers == [505]
