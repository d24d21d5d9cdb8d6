"""What becomes of a cell: transforms, lookups, types, phones and checks."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given, settings
from hypothesis import strategies as st

from leadsync.codes import Code
from leadsync.mapping.checks import check_emails
from leadsync.mapping.number_marks import declared_marks
from leadsync.mapping.numbers import NumberStep

FIELD, PROPERTY = "fields", "properties"
NUMBER, INTEGER, DATE, JSON = Code.INVALID_NUMBER, Code.INVALID_INTEGER, Code.INVALID_DATE, Code.INVALID_JSON


@pytest.mark.parametrize(
    ("keys", "cell", "value"),
    [
        ("transform: trim", "\u00a0 a b ", "a b"),
        ("transform: lower", "ÆBLE", "æble"),
        ("transform: upper", "æble", "ÆBLE"),
        ("transform: title", "anna o'neil", "Anna O'Neil"),
        ("transform: collapse_spaces", " a \n b ", "a b"),
        ("transform: digits_only", "CVR 12 34", "1234"),
        ("transform: clean", "a\u200bb\u00a0c\x07\td\u00ad\u202e\n\x9f", "ab c\td\n"),
        (r"transform: {replace: '(\d+)-(\d+)', with: '\2/\1'}", "1-2 3-4", "2/1 4/3"),
        ("transform: [trim, {replace: a, with: ''}, upper]", " abba ", "BB"),
        ("lookup: {A: Gold, 1: One}", "A", "Gold"),
        ("lookup: {A: Gold, 1: One}", "1", "One"),
        ("lookup: {A: Gold}", "a", Code.NOT_IN_LOOKUP),
        ("lookup: {A: Gold}, otherwise: error", "B", Code.NOT_IN_LOOKUP),
        ("lookup: {A: Gold}, otherwise: keep", "B", "B"),
        ("lookup: {A: Gold}, otherwise: skip", "B", None),
        ("lookup: {A: Gold}, otherwise: {value: Other}", "B", "Other"),
        ("lookup: {A: Gold}, otherwise: {value: ''}", "B", None),
        ("lookup: {A: Gold}, otherwise: {value: ' '}, on_blank: clear", "B", ""),
        ("lookup: {A: Gold}, otherwise: {value: ''}, on_blank: error", "B", Code.REQUIRED_BLANK),
        ("lookup: {N/A: ''}", "N/A", None),
        ("lookup: {N/A: ''}, required: true", "N/A", Code.REQUIRED_BLANK),
        ("transform: upper, lookup: {A: '5'}, type: integer, check: {one_of: ['5']}", "a", "5"),
        ("check: {length: {min: 2, max: 3}}", "æøå", "æøå"),
        ("check: {length: {max: 3}}", "æøåæ", Code.INVALID_LENGTH),
        ("check: {length: {min: 2}}", "æ", Code.INVALID_LENGTH),
        (r"check: {regex: '\d{8}'}", "12345678", "12345678"),
        (r"check: {regex: '\d{8}'}", "123456789", Code.INVALID_PATTERN),
        ("check: {one_of: [A, B]}", "B", "B"),
        ("check: {one_of: [A, B]}", "b", Code.NOT_ONE_OF),
        ("check: uuid", "019DC3F6-1790-7298-932B-90A7EE4BA10C", "019DC3F6-1790-7298-932B-90A7EE4BA10C"),
        ("check: uuid", "019dc3f6", Code.INVALID_UUID),
        ("check: [email, {length: {max: 5}}]", "bo@example.com", Code.INVALID_LENGTH),
        ("check: email", "Émile.1@Example.COM", "Émile.1@Example.COM"),
        ("check: email", "bo @example.com", Code.INVALID_EMAIL),
        ("check: email", "bo@example", Code.INVALID_EMAIL),
        ("phone: {region: DK}", "12 34 56 78", "+4512345678"),
        ("phone: {region: dk}", "+44 (0)20 7946 0958", "+442079460958"),
        ("phone: {region: DK}", "1234", Code.INVALID_PHONE),
        ("phone: {region: US}", "253-0000", Code.INVALID_PHONE),
        ("phone: {region: DK}", "call 12345678", Code.INVALID_PHONE),
        ("phone: {region: DK}", "12345678 ext. 9", Code.INVALID_PHONE),
        ("phone: {region: DK}", "+999 12345678", Code.INVALID_PHONE),
        ("phone: {region: DK}", "+45 12 34 56 78 90 12 34", Code.INVALID_PHONE),
        ("transform: clean, phone: {region: DK}", "\u202a+4512345678\u202c", "+4512345678"),
    ],
)
def test_a_text_is_made_as_the_mapping_says_or_refused(bench: Any, keys: str, cell: str, value: object) -> None:
    """Each transform, lookup, phone and check, with what it accepts and what it refuses."""
    assert bench.values(keys, [cell]) == [value]


@pytest.mark.parametrize(
    ("keys", "cell", "field", "sent"),
    [
        ("type: number", " 0012.50 ", "12.50", 12.5),
        ("type: number", "-5", "-5", -5),
        ("type: number", "+5", "5", 5),
        ("type: number", "-0", "0", 0),
        ("type: number", "1,5", "1.5", 1.5),
        ("type: number", "\u22125", "-5", -5),
        ("type: number", "1e5", NUMBER, NUMBER),
        ("type: number", "NaN", NUMBER, NUMBER),
        ("type: number", ".5", NUMBER, NUMBER),
        ("type: number", "١٢", NUMBER, NUMBER),
        ("type: number", "123456789012345.5", "123456789012345.5", NUMBER),
        ("type: number", "123456789012345", "123456789012345", 123456789012345),
        ("type: number", "0.0000001", "0.0000001", NUMBER),
        ("type: number", "10000000000000000", "10000000000000000", NUMBER),
        ('type: number, decimal: ","', "1234,50", "1234.50", 1234.5),
        ('type: number, decimal: ","', "1234.50", NUMBER, NUMBER),
        ('type: number, decimal: ",", thousands: "."', "1.234.567,50", "1234567.50", 1234567.5),
        ('type: number, decimal: ",", thousands: "."', "1.23,50", NUMBER, NUMBER),
        ('type: number, decimal: ",", thousands: "."', "0.123", NUMBER, NUMBER),
        ('type: number, thousands: " "', "1\u00a0234", "1234", 1234),
        ('type: number, thousands: "\'"', "1\u2019234.5", "1234.5", 1234.5),
        ("type: integer", "007", "7", 7),
        ("type: integer", "7.0", INTEGER, INTEGER),
        ('type: integer, thousands: ","', "-1,234", "-1234", -1234),
        ("type: integer", "9007199254740993", "9007199254740993", INTEGER),
        ("type: boolean", "Yes", "true", True),
        ("type: boolean", "0", "false", False),
        ("type: boolean", "ja", Code.INVALID_BOOLEAN, Code.INVALID_BOOLEAN),
        ("type: boolean, true: [Ja], false: Nej", "JA ", "true", True),
        ("type: boolean, true: [Ja], false: Nej", "yes", Code.INVALID_BOOLEAN, Code.INVALID_BOOLEAN),
        ("type: json", ' {"a": [1, null]} ', '{"a": [1, null]}', {"a": [1, None]}),
        ("type: json", "null", JSON, JSON),
        ("type: json", "{a: 1}", JSON, JSON),
        ("type: json", "NaN", JSON, JSON),
        ("type: json", "[1e999]", JSON, JSON),
        ("type: json", "1e99999999999999999999", JSON, JSON),
        ("type: json", "-1e-99999999999999999999", JSON, JSON),
        ("type: json", "[0e99999999999999999999]", JSON, JSON),
        ("type: json", "[12345678901234567890]", JSON, JSON),
        ("type: json", '["\\u0000"]', JSON, JSON),
        ("type: json", '["\\ud800"]', JSON, JSON),
        ("type: json", "[" * 5000, JSON, JSON),
        ("type: json", "[" * 200 + "]" * 200, JSON, JSON),
        ("type: date", "2026-02-28", "2026-02-28", "2026-02-28"),
        ("type: date", "2026-02-29", DATE, DATE),
        ("type: date", "28-02-2026", DATE, DATE),
        ("type: date, format: dd-mm-yyyy", "01-02-2026", "2026-02-01", "2026-02-01"),
        ("type: date, format: dd-mm-yyyy", "1-2-2026", DATE, DATE),
        ("type: date, format: d/m/yy", "1/12/26", "2026-12-01", "2026-12-01"),
        ("type: date, format: 'YYYY-MM-DD HH:MM'", "2026-12-01 23:05", "2026-12-01T23:05:00", "2026-12-01T23:05:00"),
        ("type: date, format: 'YYYY-MM-DD HH:MM'", "2026-12-01 24:05", DATE, DATE),
        ("type: date, format: '%d %B %Y'", "1 May 2026", "2026-05-01", "2026-05-01"),
        ("type: date, format: '%d.%m.%Y %H:%M:%S'", "01.05.2026 06:07:08", *["2026-05-01T06:07:08"] * 2),
    ],
)  # fmt: skip
def test_a_type_is_read_strictly(bench: Any, keys: str, cell: str, field: object, sent: object) -> None:
    """Standard fields get the canonical text; properties the JSON value; what is not certain is refused."""
    assert bench.values(keys, [cell], FIELD) == [field]
    (value,) = bench.values(keys, [cell], PROPERTY)
    assert (type(value), value) == (type(sent), sent)


def test_a_number_of_a_million_digits_is_refused_like_any_that_is_too_long(bench: Any) -> None:
    """Decimal arithmetic ends there; comparing does not, and does not round to nothing."""
    long, small = "9" * 1_000_002, f"0.{'0' * 1_100_000}1"
    for keys, code in (("type: number", NUMBER), ("type: json", JSON)):
        assert bench.values(keys, [long, small], PROPERTY) == [code, code]


def test_the_source_declares_marks_for_all_its_fields(bench: Any) -> None:
    """A Danish export says once that its decimals have a comma, and its dates begin with the day."""
    source = "{decimal: ',', date_order: dmy}"
    assert bench.values("type: number", ["1,5", "1.5"], PROPERTY, source) == [1.5, NUMBER]
    assert bench.values("type: number, decimal: .", ["1.5"], PROPERTY, source) == [1.5]
    assert bench.values("type: date", ["1/2/2026", "01.02.2026", "1-2.2026"], FIELD, source) == [
        *["2026-02-01"] * 2,
        DATE,
    ]
    assert bench.values("type: date, format: yyyy-mm-dd", ["2026-02-01"], FIELD, source) == ["2026-02-01"]


def test_a_refusal_says_what_would_be_right(bench: Any) -> None:
    """The message names the column, the text, and an example or the nearest right word."""
    said = [
        ("type: date, format: dd-mm-yyyy", "45000", ('"45000" is a number; as a date it would be 2023-03-15. '
         "Format the column as a date, and save the file again.")),
        ('type: number, decimal: ",", thousands: "."', "1,2,3", ('"1,2,3" is not a number with "." between thousands, '
         "such as 1.234,50.")),
        ("type: date, format: dd-mm-yyyy", "x", '"x" is not a date of the form dd-mm-yyyy, such as 31-12-2026.'),
        ("lookup: {Gold: a, Silver: b}", "Glod", '"Glod" is not in the lookup: "Gold" or "Silver".'),
        ("check: email", "@example.com", ('"@example.com" is not an e-mail address. There must be something before '
         "the @-sign.")),
    ]  # fmt: skip
    for keys, cell, message in said:
        assert bench.column(keys, [cell]).issues[0][0].message == f"A: {message}"


@settings(deadline=None)
@given(number=st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_a_number_means_what_decimal_says(number: Decimal) -> None:
    """Text written with declared marks is read as the same number, in text and in JSON."""
    written = f"{number:,.4f}".replace(",", " ").replace(".", ",")
    for is_property in (False, True):
        step = NumberStep(declared_marks(",", " ", is_integer=False), is_property, is_integer=False)
        assert Decimal(str(step.stages([written])[0])) == number


@settings(deadline=None)
@given(number=st.decimals(allow_nan=False, allow_infinity=False).map(lambda number: format(number, "f")[:40]))
def test_a_number_sent_to_a_property_is_never_changed_on_the_way(shared_bench: Any, number: str) -> None:
    """What passes has the same value as a double, and is shown without an exponent."""
    (value,) = shared_bench().values("type: number, decimal: .", [number], PROPERTY)
    if value != NUMBER:
        assert Decimal(repr(value)) == Decimal(number)
        assert value == 0 or 1e-6 <= abs(value) < 2**53


@settings(deadline=None)
@given(days=st.integers(0, 90_000), form=st.sampled_from([("dd-mm-yyyy", "%d-%m-%Y"), ("yyyymmdd", "%Y%m%d")]))
def test_a_date_is_the_day_that_is_written(shared_bench: Any, days: int, form: tuple[str, str]) -> None:
    """Dates do not shift, whichever way the form is declared."""
    day = date(1900, 1, 1) + timedelta(days)
    for declared in form:
        keys = f"type: date, format: '{declared}'"
        assert shared_bench().values(keys, [day.strftime(form[1])]) == [day.isoformat()]


EVERY_WAY = [
    *("type: number", "type: integer, thousands: ' '", "type: boolean", "type: json", "type: date"),
    *("type: date, format: d/m/yy", "type: date, format: '%d %b %Y'", "phone: {region: DK}", "check: [email, uuid]"),
    *("transform: [title, collapse_spaces, digits_only]", "lookup: {A: B}", "check: {length: {max: 3}}"),
]


@settings(max_examples=25, deadline=None)
@given(cells=st.lists(st.text() | st.text('0123456789-+.,/ eE[]{}":@a\u00a0\u0661', max_size=20), min_size=1))
def test_no_cell_whatever_stops_a_chunk(shared_bench: Any, cells: list[str]) -> None:
    """Any text ends as a value, as nothing, or as a refusal with a cell."""
    for keys in EVERY_WAY:
        translation = shared_bench().column(keys, cells, PROPERTY)
        assert all(issue.cell for issues in translation.issues.values() for issue in issues)


LOCAL = st.text(st.sampled_from([*"aZ09_+-.éÆß\u00d7\u0301 \"!'@"]), max_size=70)
DOMAIN = st.sampled_from(
    ["example.com", "EXAMPLE.com", "a..com", "-a.com", "xn--bcher-kva.example.com", "café.com", "x", ""]
)


@settings(deadline=None)
@given(local=LOCAL, domain=DOMAIN)
def test_the_short_way_agrees_with_email_validator(local: str, domain: str) -> None:
    """The fast path accepts nothing that email-validator refuses, and the reverse; the text is not changed."""
    text = f"{local}@{domain}"
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        assert check_emails([text]) != [text]
    else:
        assert check_emails([text]) == [text]
