"""What was found out about a source without being declared is told, and how to declare it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from leadsync.loader import open_source
from leadsync.records import SourceOptions


@pytest.fixture
def told(tmp_path: Path) -> Callable[..., tuple[str, ...]]:
    """Give a function that opens bytes as a file of some name, and gives what was found out."""

    def tell(content: bytes, name: str = "leads.csv", **options: Any) -> tuple[str, ...]:
        path = tmp_path / name
        path.write_bytes(content)
        with open_source(str(path), SourceOptions(**options)) as source:
            return source.read_as

    return tell


@pytest.fixture
def book(told: Callable[..., tuple[str, ...]], tmp_path: Path) -> Callable[..., tuple[str, ...]]:
    """Give a function that opens a workbook of sheets, each hidden or not."""

    def tell(*, sheet: str | int | None = None, **sheets: bool) -> tuple[str, ...]:
        made = openpyxl.Workbook()
        made.remove(made.worksheets[0])
        for title, is_hidden in sheets.items():
            made.create_sheet(title).append(["Name"])
            made[title].sheet_state = "hidden" if is_hidden else "visible"
        path = tmp_path / "made.xlsx"
        made.save(path)
        return told(path.read_bytes(), "leads.xlsx", sheet=sheet)

    return tell


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_delimiter_that_was_found_is_told(told: Callable[..., tuple[str, ...]], delimiter: str) -> None:
    """With what declares it, in which case nothing is told."""
    content = f"Id{delimiter}Name\na{delimiter}Bo\n".encode()
    mark = json.dumps(delimiter)
    assert told(content) == (
        f"The delimiter {mark} was found by evidence; declare it with source: {{delimiter: {mark}}}.",
    )
    assert told(content, delimiter=delimiter) == ()
    assert told(f"sep={delimiter}\n".encode() + content) == ()


def test_nothing_is_told_where_there_was_nothing_to_choose(told: Callable[..., tuple[str, ...]]) -> None:
    """One column has no delimiter, and our own report has the one that we write."""
    assert told(b"Name\nBo\n") == ()
    assert told(b"leadsync_sheet;Name\nA;Bo\n", delimiter=",") == ()


def test_an_encoding_that_was_found_is_told(told: Callable[..., tuple[str, ...]]) -> None:
    """That of a byte-order mark, unless it is plain UTF-8."""
    text = "Name\nSøren\n"
    expected = "The text is in UTF-16-LE, as the byte-order mark at its beginning says."
    assert told(b"\xff\xfe" + text.encode("utf-16-le")) == (expected,)
    assert told(text.encode("utf-8-sig")) == ()
    assert told(text.encode("cp1252"), encoding="cp1252") == ()


def test_quotation_marks_behind_a_backslash_are_told(told: Callable[..., tuple[str, ...]]) -> None:
    """Nobody declares them."""
    assert told(b'Name,Note\nBo,"the \\"big\\" one, he said"\n', delimiter=",") == (
        'Quotation marks behind a backslash (\\") were read as part of their cells, or no row could be read.',
    )


def test_the_sheet_that_was_taken_of_several_is_told(book: Callable[..., tuple[str, ...]]) -> None:
    """And hidden ones that were passed over; nothing of a workbook with one sheet and a summary of ours."""
    take = 'The sheet "Leads" was taken, {}; declare it with source: {{sheet: "Leads"}}.'
    assert book(Leads=False, Old=False) == (take.format("the first of 2"),)
    assert book(Lists=True, Leads=False) == (
        take.format("the only one that is not hidden"),
        'Hidden sheets were passed over: "Lists".',
    )
    hidden = dict.fromkeys("ABCDE", True)
    assert book(Leads=False, **hidden)[1] == 'Hidden sheets were passed over: "A", "B", "C" and 2 more.'
    assert (
        book(Leads=False) == book(Leads=False, Old=False, sheet="Leads") == book(Old=True, Leads=False, sheet=2) == ()
    )
    assert book(**{"leadsync summary": False, "Leads": False}) == ()


def test_a_sheet_that_was_taken_for_a_declared_one_is_told(book: Callable[..., tuple[str, ...]]) -> None:
    """A workbook that a report began has one sheet, whatever the source had."""
    (told,) = book(**{"leadsync summary": False, "rows": False}, sheet="Leads")
    assert told == (
        'The workbook is a report of leadsync, so its one sheet "rows" was taken, '
        'though source: {sheet: "Leads"} is declared.'
    )
