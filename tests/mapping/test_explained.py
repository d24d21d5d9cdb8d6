"""A mapping said in plain words."""

from pathlib import Path

import pytest

from leadsync.mapping import parse_mapping
from leadsync.mapping.explained import Explained, explained

PATH = Path("m.yaml")


def said(text: str) -> Explained:
    """Explain the text of a mapping."""
    return explained(parse_mapping(PATH, text.encode()), text.encode())


def value(keys: str, section: str = "properties", source: str = "{}") -> str:
    """Explain a field with some keys."""
    name = "P" if section == "properties" else "notes"
    text = f"version: 1\nchannel: C\nsource: {source}\nlead: {{id: L}}\n{section}: {{{name}: {keys}}}\n"
    (told,) = said(text).fields
    return told.removeprefix('property "P": ' if section == "properties" else "notes: ")


def test_a_column_alone_is_sent_as_it_is() -> None:
    """And a blank cell leaves Keen's value alone."""
    assert value("Size") == 'the column "Size"; a blank cell leaves Keen\'s value alone.'


@pytest.mark.parametrize(
    ("keys", "part"),
    [
        ("{column: A, transform: [trim, lower]}", 'the column "A", trimmed, in small letters;'),
        ("{column: A, transform: {replace: ^K-, with: ''}}", 'the column "A", without what "^K-" finds;'),
        ("{column: A, transform: {replace: ^, with: P-}}", 'the column "A", with "P-" in the place of what "^" finds;'),
        ('{template: "{A} ({B})"}', "; a row in which these are all blank leaves Keen's value alone."),
        ('{template: "{A}", required: true}', "; a row in which these are all blank is invalid."),
        ("{value: x}", 'always "x".'),
        ("{column: A, lookup: {a: b}}", '; "a" becomes "b"; any other text makes the row invalid;'),
        ("{column: A, lookup: {a: b}, otherwise: skip}", "; any other text leaves Keen's value alone;"),
        ("{column: A, lookup: {a: b}, otherwise: {value: z}}", '; any other text becomes "z";'),
        ("{column: A, lookup: {a: 1, b: 1, c: 1, d: 1, e: 1, f: 1}}", ", and so on for 2 more;"),
        ("{column: A, type: integer}", "; read as a whole number (marks as the whole column shows them);"),
        ('{column: A, type: number, thousands: "."}', "read as a number (a comma before its decimals, a point between"),
        ("{column: A, type: number, percent: fraction, currency: kr}", 'without "kr", 25% sent as 0.25);'),
        ("{column: A, type: boolean, true: ja, false: nej}", 'sent as true for "ja", and as false for "nej", in any'),
        ("{column: A, type: date}", "read as a date (day, month, year), and sent as yyyy-mm-dd;"),
        (
            "{column: A, type: date, format: 'd/m/yy hh:mm'}",
            "of the form d/m/yy hh:mm, and sent as yyyy-mm-dd with its",
        ),
        ("{column: A, type: json}", "read as JSON, and sent as such; what is none makes the row invalid;"),
        ("{column: A, phone: {region: DK}}", "; read as a telephone number, of DK where it has no country code, and"),
        ("{column: A, check: email}", "; a text that is no e-mail address makes the row invalid;"),
        (
            "{column: A, check: {length: {min: 5, max: 5}}}",
            "; a text of other than 5 characters makes the row invalid;",
        ),
        ("{column: A, check: {length: {max: 5}}}", "; a text of more than 5 characters makes the row invalid;"),
        ("{column: A, check: [uuid, {one_of: [a, b]}]}", 'a text other than "a" and "b" makes the row invalid'),
        ("{column: A, check: {regex: '[0-9]+'}}", '; a text that does not match "[0-9]+" makes the row invalid;'),
        ("{column: A, on_blank: clear}", "; a blank cell empties Keen's value."),
        ("{column: A, on_blank: error}", "; a blank cell makes the row invalid."),
        ("{column: A, blanks: [NULL, N/A]}", '; a blank cell ("NULL" and "N/A" too) leaves'),
        ("{column: A, policy: fill_if_blank}", "; sent only where Keen has nothing."),
    ],
)
def test_each_key_is_said_in_words(keys: str, part: str) -> None:
    """Nothing that a mapping can say of a value is passed over."""
    assert part in value(keys, source='{decimal: ",", date_order: dmy}' if "integer" not in keys else "{}")


def test_a_standard_field_is_a_text() -> None:
    """Keen keeps standard fields as texts, so a boolean is sent as its word."""
    assert 'sent as the text "true" for "true"' in value("{column: A, type: boolean}", "fields")


def test_the_rest_of_a_mapping_is_said_too() -> None:
    """How the source is read, which column names the lead, what a run stops for, and what damage weighs."""
    told = said(
        "version: 1\nname: N\nsource: {sheet: 2, header_row: 3, encoding: cp1252, delimiter: tab, skip_footer: 1,\n"
        "  stop_at_blank: true, hidden_rows: skip, blanks: NULL}\nlead: {legacy_id: L}\nfields: {notes: A}\n"
        "rules: {duplicates: error, max_cleared: 7%, empty_source: allow}\ndamage: {mojibake: off}\n"
    )
    assert told.title == '"N".'
    assert told.source == [
        "Sheet 2 is read.",
        "Row 3 holds the names of the columns; what is above it is not read.",
        "A CSV file is read in cp1252, with tabs between the cells.",
        "The last 1 rows are none of the table's.",
        "The table ends above the first blank row.",
        "Hidden rows are left out.",
        '"NULL" count as blank, in any case.',
    ]
    assert "integer ids of Keen's earlier system" in told.lead
    assert told.rules[0] == "Several rows of one lead are all invalid."
    assert "more than 7% would clear a value" in told.rules[1]
    assert told.rules[2].startswith("A source without rows is what is meant;")
    assert told.damage[0].startswith("mojibake: nobody looks for it. (")
