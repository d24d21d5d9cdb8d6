"""What counts as blank, and what a blank cell clears."""

from typing import Any

import pytest

from leadsync.codes import Code
from leadsync.damage import Inspector, Role, Watched
from leadsync.mapping import as_declared, bind, cleared_rows
from leadsync.records import Target

LEAD = "019dc3f6-1790-7298-932b-90a7ee4ba10c"
TEXT = """version: 1
channel: C
source: {blanks: [NULL, n/a, -]}
lead: {id: Lead}
fields:
  notes: A
  source: {column: B, blanks: [none]}
  company_name: {column: B, blanks: []}
  business_id: {template: "{A}/{B}"}
"""


def sent(bench: Any, row: list[str]) -> list[Any]:
    """Translate one row by the mapping above, and give what each field sends."""
    translation = bench.translate(TEXT, ["Lead", "A", "B"], [[LEAD, *row]])
    return [values[0] for values in translation.columns.values()]


@pytest.mark.parametrize("cell", ["NULL", "null", " N/A ", "\u00a0-", ""])
def test_texts_that_are_declared_count_as_blank(bench: Any, cell: str) -> None:
    """Trimmed and in any case, before anything else is done; a template is filled without them."""
    assert sent(bench, [cell, "x"]) == [None, "x", "x", "/x"]


def test_a_fields_own_texts_replace_those_of_the_source(bench: Any) -> None:
    """With `blanks: []` only the empty cell is blank."""
    assert sent(bench, ["x", "NULL"]) == ["x", "NULL", "NULL", "x/"]
    assert sent(bench, ["x", "None"]) == ["x", None, "None", "x/None"]
    assert sent(bench, ["NULL", ""]) == [None, None, None, None]


def test_a_text_that_only_begins_like_a_blank_is_sent(bench: Any) -> None:
    """The whole text counts."""
    assert sent(bench, ["N/A yet", "-5"])[:2] == ["N/A yet", "-5"]


def test_the_leads_column_knows_the_texts_too(bench: Any) -> None:
    """A lead called NULL is a missing lead, and a row of such texts alone is blank."""
    rows = [["NULL", "x", ""], ["n/a", "NULL", " - "], [LEAD, "NULL", "NULL"]]
    translation = bench.translate(TEXT, ["Lead", "A", "B"], rows)
    assert [issue.code for issue in translation.issues[0]] == [Code.MISSING_LEAD_ID]
    assert translation.skipped[1].code is Code.BLANK_ROW
    assert list(translation.leads) == ["", "", LEAD]


def test_such_texts_are_read_before_any_type_and_lookup(bench: Any) -> None:
    """A number, a date and a lookup leave such a cell alone; where a value is required it is missed."""
    for keys in ("type: number", "type: date", "lookup: {N/A: x}", "check: email", "transform: upper"):
        assert bench.values(f"{keys}, blanks: n/a", ["N/A"]) == [None]
    assert bench.values("blanks: NULL, required: true", ["null"]) == [Code.REQUIRED_BLANK]
    assert bench.values("blanks: [NULL, 0], type: number, on_blank: clear", ["null", "0", "10"]) == ["", "", "10"]


def test_rows_that_clear_a_value_are_counted_once(bench: Any) -> None:
    """Only rows to be sent count, each once, however many values it clears."""
    text = "version: 1\nlead: {id: Lead}\nfields:\n  notes: {column: A, on_blank: clear}\n"
    text += "  source: {column: B, on_blank: clear}\n  email: {column: C, check: email}\n"
    rows = [[LEAD, "", "", ""], [LEAD, "x", "", ""], [LEAD, "x", "x", ""], ["", "", "x", ""], [LEAD, "", "", "bo@"]]
    translation = bench.translate(text, ["Lead", "A", "B", "C"], rows)
    assert list(translation.sendable()) == [0, 1, 2]
    assert cleared_rows(translation) == 2
    assert cleared_rows(bench.column("", ["", "x"])) == 0


@pytest.mark.parametrize(("share", "is_read"), [("5%", 0.05), ("0%", 0.0), ("100%", 1.0), ("2.5%", 0.025)])
def test_the_share_of_rows_that_may_clear_is_read(bench: Any, share: str, is_read: float) -> None:
    """It is a share of the rows; one in twenty unless declared."""
    assert bench.load(TEXT + f"rules: {{max_cleared: {share}}}\n").max_cleared == is_read
    assert bench.load(TEXT).max_cleared == 0.05


def test_whoever_looks_for_damage_sees_what_is_declared(bench: Any) -> None:
    """Texts that count as blank are no placeholders, and a cleaned column hides nothing; others are as they were."""
    text = TEXT.replace("notes: A", "notes: {column: A, transform: clean}").replace("{A}/{B}", "{B}")
    mapping = bench.load(text)
    headers, rows = ["Lead", "A", "B", "C"], [["NULL", "a\u200b", "NULL", "NULL"], [LEAD, "n/a", "None", "\u200b"]]
    chunk = bench.translate(text, headers, rows).chunk
    seen = as_declared(bind(mapping, headers, "x"), chunk)
    assert seen.frame.to_numpy().tolist() == [["", "a", "NULL", "NULL"], [LEAD, "", "None", "\u200b"]]
    assert chunk.frame.to_numpy().tolist() == rows
    plain = bind(bench.load("version: 1\nlead: {id: Lead}\nfields: {notes: A}\n"), headers, "x")
    assert as_declared(plain, chunk) is chunk


def test_cleaning_does_not_hide_that_a_letter_is_garbled(bench: Any) -> None:
    """Half of it is a control character: without it nobody could tell that `Åse` was meant."""
    text = TEXT.replace("notes: A", "notes: {column: A, transform: clean}").replace("{A}/{B}", "{B}")
    chunk = bench.translate(text, ["Lead", "A", "B"], [[LEAD, cell, ""] for cell in ("Ã\x85se", "Bo\x85", "Bo")]).chunk
    seen = as_declared(bind(bench.load(text), ["Lead", "A", "B"], "x"), chunk)
    assert seen.column(1) == ["Ã\x85se", "Bo", "Bo"]
    inspector = Inspector([Watched(1, "A", frozenset({Role.TEXT}))], {})
    inspector.look(seen, [""] * len(seen))
    assert [(finding.code, finding.count) for finding in inspector.findings()] == [(Code.MOJIBAKE, 1)]


def test_a_target_that_no_row_fills_is_still_a_column(bench: Any) -> None:
    """Each target has one value for each row, None where the row leaves it alone."""
    translation = bench.translate(TEXT, ["Lead", "A", "B"], [[LEAD, "NULL", "x"]])
    assert list(translation.columns[Target("notes")]) == [None]
