"""Rows translated by column: leads, blanks, issues with their cells."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadsync.codes import Code
from leadsync.mapping import bind, lead_ids, translate
from leadsync.records import Issue, Target

LEAD = "019dc3f6-1790-7298-932b-90a7ee4ba10c"
PLAIN = "version: 1\nlead: {id: Lead}\nfields:\n  notes: A\n"


def test_the_mapping_of_the_design_translates_a_row(bench: Any) -> None:
    """Every form of the design's example gives the value it promises."""
    text = f"""version: 1
channel: Acme Corp Partnership
lead: {{id: Keen Lead ID}}
fields:
  email: {{column: E-mail, transform: [trim, lower], check: email}}
  first_name: First
  phone: {{column: Telefon, phone: {{region: DK}}}}
  notes: {{template: "{{Notes}} (owner: {{Owner}}) {{{{x}}}}", on_blank: skip}}
  source: {{value: CRM sync}}
properties:
  Deal size: {{column: Amount, type: number, decimal: ","}}
  {LEAD.upper()}: {{column: Tier, lookup: {{A: Gold, B: Silver}}, otherwise: error}}
"""
    headers = ["Keen Lead ID", "E-mail", "First", "Telefon", "Notes", "Owner", "Amount", "Tier"]
    row = [f" {LEAD.upper()} ", " Anna@Example.COM", "00123", "12 34 56 78", "Called", "Bo", "1234,50", "A"]
    translation = bench.translate(text, headers, [row])
    assert list(translation.leads) == [LEAD]
    assert {target: list(values) for target, values in translation.columns.items()} == {
        Target("email"): ["anna@example.com"],
        Target("first_name"): ["00123"],
        Target("phone"): ["+4512345678"],
        Target("notes"): ["Called (owner: Bo) {x}"],
        Target("source"): ["CRM sync"],
        Target("Deal size", is_property=True): [1234.5],
        Target(LEAD.upper(), is_property=True): ["Gold"],
    }
    assert (translation.issues, translation.skipped) == ({}, {})


def test_properties_by_name_and_by_id_are_told_apart(bench: Any) -> None:
    """The caller knows which names to look up, and which ids it has, with their types."""
    text = "version: 1\nchannel: C\nlead: {legacy_id: L}\nproperties:\n  Size: {column: A, type: number}\n"
    mapping = bench.load(text + f"  {LEAD.upper()}: B\n")
    assert mapping.property_names == ("Size",)
    assert [(field.definition_id, field.type) for field in mapping.properties] == [(None, "number"), (LEAD, "text")]
    assert mapping.lead.is_legacy


def test_scalars_stay_as_they_were_written(bench: Any) -> None:
    """YAML makes no number, boolean or date of a text: 0123, no and 12:30 are what the user wrote."""
    mapping = bench.load(
        "version: 1\nname: no\nlead: {id: 0123}\nsource: {sheet: '2', date_order: dmy, delimiter: tab}\n"
        "fields: {email: 12:30, notes: {value: 1e3}}\nrules: {duplicates: last}\n"
    )
    assert (mapping.name, mapping.lead.column.name, mapping.source.sheet) == ("no", "0123", "2")
    assert mapping.fields[0].columns[0].name == "12:30"
    assert mapping.fields[1].constant == "1e3"
    assert (mapping.source.delimiter, mapping.duplicates) == ("\t", "last")
    assert bench.load(PLAIN + "source: {sheet: 2}\n").source.sheet == 2


@pytest.mark.parametrize(
    ("lead", "cell", "code", "part"),
    [
        ("id", "", Code.MISSING_LEAD_ID, "this is blank"),
        ("id", "12345", Code.INVALID_LEAD_ID, '"12345" is not a lead\'s id'),
        ("id", LEAD.replace("-", ""), Code.INVALID_LEAD_ID, "8-4-4-4-12"),
        ("id", f"{{{LEAD}}}", Code.INVALID_LEAD_ID, "8-4-4-4-12"),
        ("legacy_id", "\u00a0", Code.MISSING_LEAD_ID, "this is blank"),
        ("legacy_id", "123.0", Code.INVALID_LEGACY_ID, "A spreadsheet has made a decimal number of it"),
        ("legacy_id", "1e5", Code.INVALID_LEGACY_ID, "of digits alone"),
        ("legacy_id", "1" * 16, Code.INVALID_LEGACY_ID, "more digits than Keen can keep"),
        ("legacy_id", "١٢", Code.INVALID_LEGACY_ID, "of digits alone"),
    ],
)
def test_a_lead_that_cannot_be_read_is_refused(bench: Any, lead: str, cell: str, code: Code, part: str) -> None:
    """A wrong lead id makes the row invalid, with its cell."""
    translation = bench.translate(PLAIN.replace("id:", f"{lead}:"), ["Lead", "A"], [[cell, "x"]])
    (issue,) = translation.issues[0]
    assert (issue.code, str(issue.cell)) == (code, "Leads!A2")
    assert issue.message.startswith("Lead: ")
    assert part in issue.message
    assert list(translation.leads) == [""]


def test_the_leads_alone_are_those_of_the_translation(bench: Any) -> None:
    """A row at fault elsewhere still names its lead; a row without a lead names none."""
    mapping = bench.load(PLAIN.replace("notes: A", "notes: {column: A, required: true}"))
    bound = bind(mapping, ["Lead", "A"], "leads.xlsx")
    chunk = bench.column("", ["", "x"]).chunk
    assert list(lead_ids(bound, chunk)) == list(translate(bound, chunk).leads) == [LEAD, LEAD]


def test_a_legacy_id_is_sent_without_leading_zeros(bench: Any) -> None:
    """The same legacy id written in two ways is the same lead."""
    rows = [["0042", "x"], [" 42 ", "x"], ["000", "x"]]
    translation = bench.translate(PLAIN.replace("id:", "legacy_id:"), ["Lead", "A"], rows)
    assert list(translation.leads) == ["42", "42", "0"]


def test_a_blank_cell_leaves_keens_value_alone(bench: Any) -> None:
    """Empty cells and white space of any kind leave the target out."""
    assert bench.values("", ["", " ", "\u00a0\t", "x"]) == [None, None, None, "x"]
    assert bench.values("transform: digits_only", ["abc"]) == [None]


def test_a_blank_cell_clears_only_where_the_mapping_says_so(bench: Any) -> None:
    """`on_blank: clear` sends the empty text, in standard fields and in properties of any type."""
    assert bench.values("on_blank: clear", ["", "x"]) == ["", "x"]
    assert bench.values("on_blank: clear, type: number", ["\u00a0", "1"], "properties") == ["", 1]


@pytest.mark.parametrize("keys", ["on_blank: error", "required: true", "required: yes"])
def test_a_blank_cell_is_refused_where_a_value_is_required(bench: Any, keys: str) -> None:
    """A required cell that is blank makes the row invalid."""
    translation = bench.column(keys, ["", "x"])
    cell = translation.chunk.cell(0, 1)
    message = "A: this is blank, and the mapping requires a value."
    assert translation.issues == {0: (Issue(Code.REQUIRED_BLANK, message, cell),)}


def test_blank_rows_and_rows_with_nothing_to_send_are_skipped(bench: Any) -> None:
    """A blank row is no error, whatever is required; a row whose mapped cells are blank has nothing to update."""
    rows = [["", " ", ""], [LEAD, "", "other"], [LEAD, "x", ""], ["", "", "other"]]
    translation = bench.translate(PLAIN, ["Lead", "A", "B"], rows)
    assert {row: issue.code for row, issue in translation.skipped.items()} == {
        0: Code.BLANK_ROW,
        1: Code.NOTHING_TO_UPDATE,
    }
    assert {row: issues[0].code for row, issues in translation.issues.items()} == {3: Code.MISSING_LEAD_ID}
    assert list(translation.sendable()) == [2]
    required = PLAIN.replace("notes: A", "notes: {column: A, required: true}")
    assert bench.translate(required, ["Lead", "A", "B"], rows[:1]).skipped[0].code is Code.BLANK_ROW


def test_a_row_has_all_its_issues_from_left_to_right(bench: Any) -> None:
    """A person mends a row once: every cell at fault is named, in the order of the sheet."""
    text = "version: 1\nlead: {id: Lead}\nfields:\n  notes: {column: Z, type: integer}\n"
    text += "  email: {column: E, check: email}\n"
    translation = bench.translate(text, ["E", "Lead", "Z"], [["bo@", "nobody", "1.5"], ["bo@example.com", LEAD, "1"]])
    assert [(issue.code, str(issue.cell)) for issue in translation.issues[0]] == [
        (Code.INVALID_EMAIL, "Leads!A2"),
        (Code.INVALID_LEAD_ID, "Leads!B2"),
        (Code.INVALID_INTEGER, "Leads!C2"),
    ]
    assert translation.issues[0][2].message == 'Z: "1.5" is not a whole number, such as 1234.'
    assert list(translation.sendable()) == [1]


def test_a_row_that_could_not_be_read_keeps_that_issue_alone(bench: Any) -> None:
    """What the reader refused is not judged a second time."""
    ragged = Issue(Code.RAGGED_ROW, "The row has 3 cells, the header 2.")
    translation = bench.translate(PLAIN, ["Lead", "A"], [["bad", "x"], ["", ""]], issues={0: ragged, 1: ragged})
    assert translation.issues == {0: (ragged,), 1: (ragged,)}
    assert translation.skipped == {}


def test_a_template_is_blank_where_all_its_columns_are(bench: Any) -> None:
    """The text between the columns alone is never sent."""
    text = PLAIN.replace("notes: A", 'notes: {template: "{A} (owner: {B})"}')
    translation = bench.translate(text, ["Lead", "A", "B"], [[LEAD, " ", ""], [LEAD, "", "Bo"]])
    assert list(translation.columns[Target("notes")]) == [None, " (owner: Bo)"]


def test_a_long_or_odd_text_is_quoted_so_that_it_can_be_read(bench: Any) -> None:
    """A message shows some 40 characters, and no line break or half character as such."""
    translation = bench.column("type: integer", ["x" * 60, "a\nb\ud800"])
    assert translation.issues[0][0].message == f'A: "{"x" * 39}…" is not a whole number, such as 1234.'
    assert '"a\\nb\\ud800" holds half of a character' in translation.issues[1][0].message
    lead = bench.translate(PLAIN, ["Lead", "A"], [[LEAD[:9] + "\u200b" + LEAD[9:], "x"]]).issues[0][0]
    assert '"019dc3f6-\\u200b1790' in lead.message


SENDABLE = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\n\r"))
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"


@settings(deadline=None)
@given(cells=st.lists(SENDABLE, min_size=1, max_size=30))
def test_a_plain_column_comes_out_as_it_went_in(shared_bench: Any, cells: list[str]) -> None:
    """Invariant 4: what the user sees is what is sent, for any text."""
    blank = [not cell.translate(dict.fromkeys(map(ord, INVISIBLE))).strip() for cell in cells]
    assert shared_bench().values("", cells) == [
        None if is_blank else cell for cell, is_blank in zip(cells, blank, strict=True)
    ]


@settings(deadline=None)
@given(
    rows=st.lists(
        st.tuples(st.sampled_from([LEAD, "", " ", "x"]), st.sampled_from(["", "1", "x", "\x00"])),
        min_size=1,
        max_size=20,
    )
)
def test_every_row_ends_in_one_of_three_ways(shared_bench: Any, rows: list[tuple[str, str]]) -> None:
    """Invariant 1: a row has issues, or a reason to be skipped, or is sent with a lead and a value."""
    text = PLAIN.replace("notes: A", "notes: {column: A, type: integer}")
    translation = shared_bench().translate(text, ["Lead", "A"], rows)
    (values,) = translation.columns.values()
    assert not set(translation.issues) & set(translation.skipped)
    for row in range(len(rows)):
        sent = row not in translation.issues and row not in translation.skipped
        assert sent == (bool(translation.leads[row]) and values[row] is not None)
