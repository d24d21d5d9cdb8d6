"""Numbers whose marks nobody declares: the whole column decides, or they are refused."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadsync.codes import Code
from leadsync.mapping import Evidence, bind, translate, with_marks
from leadsync.mapping.number_marks import _KINDS, Convention, Kind, convention_of, kind_of
from leadsync.mapping.numbers import hundredth
from leadsync.records import Issue, Translation

LEAD = "019dc3f6-1790-7298-932b-90a7ee4ba10c"
DOUBT, NUMBER = Code.AMBIGUOUS_NUMBER, Code.INVALID_NUMBER
KEY = "properties.P"


def text_of(keys: str, source: str = "{}") -> str:
    """Write a mapping with one property."""
    return f"version: 1\nchannel: C\nsource: {source}\nlead: {{id: Lead}}\nproperties:\n  P: {{column: A, {keys}}}\n"


def read(bench: Any, cells: Sequence[str], keys: str = "type: number", **more: Any) -> Translation:
    """Translate a column after a look at all of it."""
    translation: Translation = bench.translate(text_of(keys), ["Lead", "A"], [[LEAD, cell] for cell in cells], **more)
    evidence = Evidence(bind(bench.load(text_of(keys)), ["Lead", "A"], "x"))
    assert evidence.is_needed
    evidence.look(translation.chunk)
    return translate(evidence.decide(), translation.chunk)


def values(translation: Translation) -> list[Any]:
    """Give the value of each cell, or its code where it is refused."""
    (column,) = translation.columns.values()
    return [translation.issues[row][0].code if row in translation.issues else value for row, value in enumerate(column)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *(
            (text, Kind.PLAIN)
            for text in ("0", "1234567", "1 234", "12\u00a0345\u202f678", "1'234", "1\u2019234", "-5")
        ),
        *((text, Kind.DOUBTFUL) for text in ("1.234", "12,345", "+123.456", "-1,000")),
        *((text, Kind.POINT) for text in ("1.5", "0.123", "1234.567", "012.345", "1.2345", "12.50")),
        *((text, Kind.COMMA) for text in ("1,5", "0,123", "1234,567", "1,2345", "\u22120,5")),
        *((text, Kind.GROUPED_POINT) for text in ("1,234.50", "1,234,567", "1 234.567", "1'234.5", "1,234,567.8")),
        *((text, Kind.GROUPED_COMMA) for text in ("1.234,50", "1.234.567", "1 234,567", "1.234.567,8")),
        *((text, None) for text in ("", "abc", "1.2.3", ".5", "5.", "1,23,456", "1 23", "0.123.456", "1,234.567.8")),
        *((text, None) for text in ("1.234 567", "1e5", "1 2", "--5", "1'234 567", "\u0661")),
    ],
)
def test_what_one_number_tells_of_its_marks(text: str, kind: Kind | None) -> None:
    """Some numbers can be read in one way, some in two, some tell nothing, and some are none."""
    assert kind_of(text) is kind


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1.234", "5", "12.50"], [1.234, 5, 12.5]),
        (["1.234", "5", "12,50"], [1234, 5, 12.5]),
        (["1,234", "0.5"], [1234, 0.5]),
        (["1,234", "1.234,5"], [1.234, 1234.5]),
        (["1.234", "1.234.567"], [1234, 1234567]),
        (["1.234", "1,234,567.89"], [1.234, 1234567.89]),
        (["1 234", "1'234", "1\u00a0234,5"], [1234, 1234, 1234.5]),
        (["1.234", "1 234"], [DOUBT, 1234]),
        (["1.234", "12.345", "7"], [DOUBT, DOUBT, 7]),
        (["1", "200", ""], [1, 200, None]),
        (["12.50", "9.99", "12,50", "1.234", "1,234"], [12.5, 9.99, NUMBER, DOUBT, DOUBT]),
        (["1.234,5", "12,50", "9.99", "1.234", "7"], [1234.5, 12.5, NUMBER, DOUBT, 7]),
        (["12.50", "12,50", "1 234", "1.234"], [NUMBER, NUMBER, 1234, DOUBT]),
        (["12.5", *["1.234"] * 20], [12.5, *[1.234] * 20]),
        (["12.5", *["1.234"] * 21], [12.5, *[DOUBT] * 21]),
        (["1.234.567", *["1.234"] * 21], [1234567, *[1234] * 21]),
        (["12,5", *["1.234"] * 21, "abc"], [12.5, *[DOUBT] * 21, NUMBER]),
    ],
)
def test_the_whole_column_decides(bench: Any, cells: list[str], expected: list[Any]) -> None:
    """What is certain is read and decides on what is not; where it does not, or is at odds, cells are refused."""
    assert values(read(bench, cells)) == expected


def test_a_whole_number_is_read_by_the_same_marks(bench: Any) -> None:
    """Groups are taken out; a fraction is no whole number, and a doubtful one is not taken for thousands."""
    assert values(read(bench, ["1,234", "1,234,567", "1.234"], "type: integer")) == [
        1234,
        1234567,
        Code.INVALID_INTEGER,
    ]
    assert values(read(bench, ["1.234", "5"], "type: integer")) == [DOUBT, 5]


def test_without_a_look_at_the_column_nothing_is_guessed(bench: Any) -> None:
    """Doubtful numbers are refused, the others read, each as it can only be read."""
    assert bench.values("type: number", ["1.234", "12,5", "12.5"], "properties") == [DOUBT, 12.5, 12.5]


def test_declared_marks_need_no_evidence(bench: Any) -> None:
    """Marks of the field or the source are the last word, and a constant is written as YAML writes numbers."""
    for keys, source in (("decimal: .", "{}"), ('thousands: " "', "{}"), ("check: []", "{decimal: .}")):
        bound = bind(bench.load(text_of(f"type: number, {keys}", source)), ["Lead", "A"], "x")
        assert not Evidence(bound).is_needed
        chunk = bench.column("", ["1.234", "12,5"]).chunk
        assert values(translate(bound, chunk)) == [1.234, NUMBER]
    constant = bench.load(text_of("type: number").replace("column: A", "value: 1.234")).fields[0]
    assert (constant.constant, constant.undeclared) == (1.234, None)


def test_a_number_of_a_workbook_is_no_evidence_and_in_no_doubt(bench: Any) -> None:
    """Excel's own 1.234 has a point whatever the texts around it say, and says nothing of them."""
    typed = {1: frozenset({0, 1})}
    assert values(read(bench, ["1.234", "12.5", "1.234", "7"], typed=typed)) == [1.234, 12.5, DOUBT, 7]
    assert values(read(bench, ["1.234", "12.5", "1.234", "9,5"], typed=typed)) == [1.234, 12.5, 1234, 9.5]
    assert values(read(bench, ["1.234", "12.5"], typed=typed)) == [1.234, 12.5]


def test_rows_that_are_not_read_are_no_evidence(bench: Any) -> None:
    """A total below the table, and a row whose cells may have been shifted, decide nothing."""
    out = Issue(Code.BELOW_TABLE, "Below the table.")
    for more in ({"left_out": {1: out}}, {"issues": {1: out}}):
        assert values(read(bench, ["1.234", "12,5", "7"], **more))[0] is DOUBT
    fault = {1: {1: Issue(Code.DIGITS_LOST, "Digits.")}}
    assert values(read(bench, ["1.234", "12,5"], faults=fault)) == [DOUBT, Code.DIGITS_LOST]


def test_evidence_is_what_comes_to_be_read(bench: Any) -> None:
    """After blanks, transforms and lookups, without currencies and percent signs, templates filled in."""
    keys = "type: number, transform: {replace: ' pcs', with: ''}, blanks: '0.0'"
    assert values(read(bench, ["1.234 pcs", "12,5 pcs", "0.0"], keys)) == [1234, 12.5, None]
    keys = "type: number, lookup: {half: '0.5'}, otherwise: keep"
    assert values(read(bench, ["1,234", "half"], keys)) == [1234, 0.5]
    assert values(read(bench, ["1.234 kr.", "12,50 kr."], "type: number, currency: kr.")) == [1234, 12.5]
    assert values(read(bench, ["1.234 %", "12,5%"], "type: number, percent: points")) == [1234, 12.5]
    text = text_of("type: number").replace("column: A", 'template: "{A}{B}"')
    rows = [[LEAD, "1.", "234"], [LEAD, "12", ",5"]]
    chunk = bench.translate(text, ["Lead", "A", "B"], rows).chunk
    evidence = Evidence(bind(bench.load(text), ["Lead", "A", "B"], "x"))
    evidence.look(chunk)
    assert values(translate(evidence.decide(), chunk)) == [1234, 12.5]


def test_the_decision_can_be_taken_down_and_given_again(bench: Any) -> None:
    """A run that is resumed reads its numbers as it began, whatever is left of its rows; looks add up."""
    bound = bind(bench.load(text_of("type: number")), ["Lead", "A"], "x")
    evidence = Evidence(bound)
    chunk = bench.column("", ["1.234"]).chunk
    assert evidence.marks() == {KEY: "unknown"}
    evidence.look(chunk)
    evidence.look(bench.column("", ["7,5"]).chunk)
    assert evidence.marks() == {KEY: "comma"}
    for marks, value in (({KEY: "comma"}, 1234), ({KEY: "point"}, 1.234), ({}, DOUBT), ({"fields.P": "point"}, DOUBT)):
        assert values(translate(with_marks(bound, marks), chunk)) == [value]
    again = with_marks(with_marks(bound, {KEY: "comma"}), {KEY: "point"})
    assert values(translate(again, chunk)) == [1.234]
    assert again.watched == bound.watched


@pytest.mark.parametrize(
    ("keys", "cells", "row", "message"),
    [
        ("type: number", ["1.234"], 0, ('"1.234" can be read as 1234 or as 1.234, and the column does not tell. Say in '
         'the mapping which is meant: decimal: ",", thousands: "." for 1234, or decimal: "." for 1.234.')),
        ("type: integer", ["-1,234"], 0, ('"-1,234" can be read as -1234 or as -1.234, and the column does not tell. '
         'Say in the mapping thousands: "," if -1234 is meant.')),
        ("type: number", ["1.234", "1,5", "1.5"], 0, ('"1.234" can be read as 1234 or as 1.234, and the column has '
         'numbers of both kinds. Say in the mapping which is meant: decimal: ",", thousands: "." for 1234, or '
         'decimal: "." for 1.234.')),
        ("type: number", ["1,5", "1.5", "2.5"], 0, ('"1,5" has a decimal comma, and other numbers of the column have '
         'a decimal point. Write them all in one way, or declare "decimal" and "thousands" in the mapping.')),
        ("type: number", ["25 %"], 0, ('"25 %" is a percentage. Say in the mapping percent: points to send 25, or '
         "percent: fraction to send 0.25.")),
        ("type: integer", ["25%"], 0, '"25%" is a percentage. Say in the mapping percent: points to send 25.'),
        ("type: number", ["$1,234.50"], 0, ('"$1,234.50" has "$" beside the number. If that is the mark of a currency, '
         'say in the mapping currency: "$", and it is taken away.')),
        ("type: number, currency: kr", ["5 EUR"], 0, ('"5 EUR" has "EUR" beside the number. If that is the mark of a '
         'currency, say in the mapping currency: ["kr", "EUR"], and it is taken away.')),
        ("type: number", ["(1,234.50)"], 0, ('"(1,234.50)" looks like a negative number. Write it -1,234.50, or say in '
         r"the mapping transform: {replace: '\((.+)\)', with: '-\1'}.")),
        ("type: number", ["1234-"], 0, ('"1234-" looks like a negative number. Write it -1234, or say in the mapping '
         r"transform: {replace: '(.+)-', with: '-\1'}.")),
        ("type: number", ["12 pieces"], 0, '"12 pieces" is not a number, such as 1234.50.'),
        ("type: number", ["x" * 99], 0, f'"{"x" * 39}…" is not a number, such as 1234.50.'),
    ],
)  # fmt: skip
def test_a_refused_number_says_what_would_be_read(
    bench: Any, keys: str, cells: list[str], row: int, message: str
) -> None:
    """The two readings, the key to declare, or how to write it."""
    assert read(bench, cells, keys).issues[row][0].message == f"A: {message}"


@pytest.mark.parametrize(
    ("keys", "cell", "value"),
    [
        (r"transform: {replace: '\((.+)\)', with: '-\1'}", "(1,234.50)", -1234.5),
        (r"transform: {replace: '(.+)-', with: '-\1'}", "1234-", -1234),
        ('currency: "$"', "$1,234.50", 1234.5),
        ('currency: "$"', "-$5", -5),
        ('currency: "$"', "$-5", -5),
        ("currency: [kr, kr., DKK]", "1.234,50 kr.", 1234.5),
        ("currency: [kr, kr., DKK]", "KR\u00a05", 5),
        ("currency: [kr, kr., DKK]", "5kr", 5),
        ("currency: [kr, kr., DKK]", "dkk 0,5", 0.5),
        ("currency: kr", "kr 5 kr", NUMBER),
        ("currency: kr", "kr", NUMBER),
        ("currency: kr", "$5", NUMBER),
        ('currency: ",-"', "1.234.567,-", 1234567),
        ("percent: points", "25%", 25),
        ("percent: points", "12,5 %", 12.5),
        ("percent: points", "25", 25),
        ("percent: fraction", "25%", 0.25),
        ("percent: fraction", "-12,5\u00a0%", -0.125),
        ("percent: fraction", "100%", 1),
        ("percent: fraction", "0%", 0),
        ("percent: fraction", "0.25", 0.25),
        ("percent: fraction", "0.00001%", NUMBER),
        ("percent: fraction", "25%%", NUMBER),
    ],
)  # fmt: skip
def test_what_stands_beside_a_number_is_taken_away_where_it_is_declared(
    bench: Any, keys: str, cell: str, value: object
) -> None:
    """One mark of a currency, or a percent sign; what the messages above advise is read."""
    (found,) = values(read(bench, [cell], f"type: number, {keys}"))
    assert (type(found), found) == (type(value), value)


def test_a_percentage_of_a_workbook_is_read_as_the_mapping_says(bench: Any) -> None:
    """A cell that shows 25% is a number, and is not sent as 25 or 0.25 unless somebody says which."""
    typed = {1: frozenset({0, 1})}
    for keys, expected in (("", [NUMBER, 3]), (", percent: points", [25.5, 3]), (", percent: fraction", [0.255, 3])):
        assert values(read(bench, ["25.5%", "3"], f"type: number{keys}", typed=typed)) == expected


def test_a_number_where_a_date_should_be_says_which_day_it_would_be(bench: Any) -> None:
    """A date cell whose format was lost is told as such; with or without a time of day, in any form."""
    for keys in ("type: date", "type: date, format: 'd/m/yyyy hh:mm'"):
        translation = bench.translate(text_of(keys), ["Lead", "A"], [[LEAD, "45000"]], typed={1: frozenset({0})})
        (issue,) = translation.issues[0]
        assert issue.message.startswith('A: "45000" is a number; as a date it would be 2023-03-15. Format the column')


@settings(deadline=None)
@given(number=st.decimals(allow_nan=False, allow_infinity=False, places=3))
def test_a_hundredth_is_exact(number: Any) -> None:
    """No digit is rounded away, and no zeros are left at the end."""
    moved = hundredth(format(number, "f"))
    assert Fraction(moved) * 100 == Fraction(number)
    assert "." not in moved or not moved.endswith(("0", "."))


MARKS = st.sampled_from([(".", ","), (",", "."), (".", " "), (",", "\u00a0"), (".", "'"), (",", "")])


@settings(deadline=None, max_examples=25)
@given(
    numbers=st.lists(st.decimals(min_value=-(10**8), max_value=10**8, places=2, allow_nan=False), min_size=1),
    marks=MARKS,
)
def test_a_column_written_in_one_way_is_read_or_refused_but_never_misread(
    shared_bench: Any, numbers: list[Any], marks: tuple[str, str]
) -> None:
    """With two decimals everywhere, the column is in no doubt; without them, cells are read right or refused."""
    decimal, thousands = marks
    exact = [f"{number:,.2f}".replace(",", "T").replace(".", decimal).replace("T", thousands) for number in numbers]
    assert values(read(shared_bench(), exact)) == [float(number) for number in numbers]
    whole = [text[:-3] for text in exact]
    expected = [int(float(f"{number:.2f}"[:-3])) for number in numbers]
    for found, number in zip(values(read(shared_bench(), whole)), expected, strict=True):
        assert found in (number, DOUBT)


@settings(deadline=None)
@given(text=st.from_regex(r"\A[0-9]{0,5}[.,]?[0-9]{0,5}\Z"))
def test_the_quick_look_at_a_number_agrees_with_the_grammar(text: str) -> None:
    """Plain numbers and plain fractions are told apart as all numbers are."""
    found = _KINDS.fullmatch(text)
    assert kind_of(text) == (found.lastgroup if found else None)


COUNTS = st.dictionaries(st.sampled_from(Kind), st.integers(0, 50))


@settings(deadline=None)
@given(counts=COUNTS)
def test_more_doubtful_numbers_never_decide_anything(counts: Mapping[Kind, int]) -> None:
    """Numbers that tell nothing, or that can be read in two ways, only ever make the decision weaker."""
    plain = Counter({**counts, Kind.PLAIN: 0, Kind.DOUBTFUL: 0})
    decided, undoubted = convention_of(Counter(counts)), convention_of(plain)
    weaker = {Convention.POINT: Convention.HARDLY_POINT, Convention.COMMA: Convention.HARDLY_COMMA}
    assert decided in {undoubted, weaker.get(undoubted)}
