"""What our own reports tell of cells in `leadsync_form` is known again when they are read."""

import json
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from leadsync.codes import Code
from leadsync.loader import open_source
from leadsync.records import Chunk, SourceOptions


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Chunk]:
    """Give a reader of a report with one row: a name, a number, and the form."""

    def read_row(name: str, number: str, form: object) -> Chunk:
        text = form if isinstance(form, str) else json.dumps(form)
        quoted = '"' + text.replace('"', '""') + '"'
        path = tmp_path / "retry.csv"
        path.write_text(f"leadsync_row,Name,CVR,leadsync_form\n2,{name},{number},{quoted}\n", encoding="utf-8")
        with open_source(str(path), SourceOptions()) as source:
            (chunk,) = source.chunks(0)
        return chunk

    return read_row


def test_an_unchanged_cell_has_its_fault_again(read: Callable[..., Chunk]) -> None:
    """With its code, its place in the report, and what to do about it."""
    chunk = read("Bo", "#N/A", {"faults": {"CVR": ["error_value", "#N/A"]}})
    issue = chunk.faults[1][0]
    assert (issue.code, str(issue.cell)) == (Code.ERROR_VALUE, "retry.csv!C2")
    assert issue.message == (
        "retry.csv!C2 was refused when it was first read (error_value), and is the same still; "
        "type its value, or empty the cell."
    )


def test_a_cell_with_another_text_is_mended(read: Callable[..., Chunk]) -> None:
    """Its value was typed, or an error emptied; the other faults of the row stay."""
    form = {"faults": {"Name": ["not_calculated", ""], "CVR": ["error_value", "#N/A"]}}
    assert read("Bo", "", form).faults == {}
    assert list(read("Bo", "#N/A", form).faults) == [1]
    assert list(read("", "12345678", form).faults) == [0]


@pytest.mark.parametrize("blank", ["", "  ", "\u00a0"])
def test_a_formula_never_calculated_stays_refused_while_blank(read: Callable[..., Chunk], blank: str) -> None:
    """A blank would clear Keen's value: whoever means it empties the form."""
    form = {"faults": {"CVR": ["not_calculated", ""]}}
    issue = read("Bo", blank, form).faults[1][0]
    assert issue.code is Code.NOT_CALCULATED
    assert "or empty the cell leadsync_form (retry.csv!D2) if a blank is meant." in issue.message
    for accepted in ("", " ", "{}", {"faults": {}}):
        assert read("Bo", blank, accepted).faults == {}
        assert read("Bo", blank, accepted).issues == {}


def test_a_form_that_tells_more_is_not_to_be_emptied(read: Callable[..., Chunk]) -> None:
    """What it tells of other cells would be lost: only the entry is to be taken out."""
    digits = "12345678901234600"
    chunk = read("Bo", digits, {"typed": {"CVR": digits}, "faults": {"CVR": ["digits_lost", digits]}})
    assert chunk.faults[1][0].code is Code.DIGITS_LOST
    assert chunk.typed == {1: frozenset({0})}
    assert 'take its entry out of "faults" in the cell leadsync_form' in chunk.faults[1][0].message
    accepted = read("Bo", digits, {"typed": {"CVR": digits}, "faults": {}})
    assert (accepted.faults, accepted.typed) == ({}, {1: frozenset({0})})


def test_a_code_of_a_newer_leadsync_still_refuses(read: Callable[..., Chunk]) -> None:
    """The cell holds no value, whatever the newer one calls it."""
    assert read("Bo", "?", {"faults": {"CVR": ["of_tomorrow", "?"]}}).faults[1][0].code is Code.ERROR_VALUE


@pytest.mark.parametrize("form", ['{"faults":{"CVR":["error_value","#N/A"],}}', "[1]", "{"])
def test_a_form_that_was_broken_refuses_its_row(read: Callable[..., Chunk], form: str) -> None:
    """Nobody knows any more which cells were faulty; the next report keeps the row refused too."""
    chunk = read("Bo", "1", form)
    assert (chunk.issues[0].code, str(chunk.issues[0].cell)) == (Code.INVALID_JSON, "retry.csv!D2")
    assert chunk.surplus == {0: [form]}


@pytest.mark.parametrize("told", [[], {"CVR": None}, {"CVR": ["error_value"]}, {"CVR": [1, 2]}, {"Gone": ["a", "b"]}])
def test_entries_that_tell_nothing_are_passed_over(read: Callable[..., Chunk], told: object) -> None:
    """Somebody took a fault out in a way of his own, or the whole column."""
    chunk = read("Bo", "1", {"faults": told})
    assert (chunk.faults, chunk.issues) == ({}, {})


def test_a_ragged_row_stays_ragged_from_report_to_report(read: Callable[..., Chunk]) -> None:
    """Its surplus is kept for the next one."""
    chunk = read("Bo", "1", orjson.dumps({"surplus": ["more"]}).decode())
    assert chunk.issues[0].code is Code.RAGGED_ROW
    assert chunk.surplus == {0: ["more"]}
