"""Columns found by name among the headers of a source."""

from typing import Any

import pytest

from leadsync.errors import SourceError
from leadsync.mapping import bind

TEXT = "version: 1\nlead: {id: Lead ID}\nfields:\n  email: E-mail\n  notes: {template: '{Notes} {Owner}'}\n"


def test_a_header_fits_exactly_or_but_for_case_and_spaces(bench: Any) -> None:
    """An export that writes `e-mail` or a trailing space still fits; an exact header goes first."""
    headers = [" lead  id", "e-MAIL", "E-mail", "notes\u00a0", "Owner"]
    bound = bind(bench.load(TEXT), headers, "leads.csv")
    assert (bound.lead, [field.positions for field in bound.fields]) == (0, [(2,), (3, 4)])


def test_all_missing_columns_are_named_with_the_nearest_and_those_there(bench: Any) -> None:
    """One reading is enough to mend the mapping or the file."""
    with pytest.raises(SourceError) as caught:
        bind(bench.load(TEXT), ["Lead ID", "Email", "Mobile", "Note"], "leads.csv")
    assert str(caught.value).replace(f"{bench.folder}/", "") == (
        "leads.csv: the mapping names columns that are not there.\n"
        'x.yaml:4:10: there is no column "E-mail". Did you mean "Email"?\n'
        'x.yaml:5:22: there is no column "Notes". Did you mean "Note"?\n'
        'x.yaml:5:30: there is no column "Owner".\n'
        'The columns there are "Lead ID", "Email", "Mobile" and "Note". '
        "Correct the mapping, or say with source.header_row which row holds the names."
    )


def test_a_header_that_stands_twice_is_refused_by_its_letters(bench: Any) -> None:
    """Which of two columns is meant is never guessed."""
    with pytest.raises(SourceError) as caught:
        bind(bench.load(TEXT), ["E-mail", "Lead ID", "E-mail", "Notes", "Owner"], "leads.csv", [3, 4, 27, 28, 29])
    assert str(caught.value).replace(f"{bench.folder}/", "") == (
        "leads.csv: the mapping's columns cannot be told apart.\n"
        'x.yaml:4:10: "E-mail" fits several columns: D ("E-mail") and AB ("E-mail"). '
        "Give them different names in the source."
    )


def test_two_headers_equal_but_for_case_are_refused_unless_one_is_exact(bench: Any) -> None:
    """`E-MAIL` and `e-mail` both fit `E-mail`, and neither better."""
    with pytest.raises(SourceError, match=r'A \("E-MAIL"\) and B \("e-mail"\)'):
        bind(bench.load(TEXT), ["E-MAIL", "e-mail", "Lead ID", "Notes", "Owner"], "leads.csv")
