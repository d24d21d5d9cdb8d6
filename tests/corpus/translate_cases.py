# ruff: noqa: RUF001  # letters that look like others are what the files are about
"""Types and places, blanks and duplicates: the values that the mapping makes of what was read, or refuses."""

from collections.abc import Mapping, Sequence

from corpus.cases import Case, Maker, Refused, Translated
from corpus.files import column, lead, leads_csv, text
from corpus.workbooks import Book, CellContent, book, error, formula, number

from leadsync.codes import Code
from leadsync.records import JsonValue

AMBIGUOUS, NUMBER, DATE = Code.AMBIGUOUS_NUMBER, Code.INVALID_NUMBER, Code.INVALID_DATE
NOTHING = Code.NOTHING_TO_UPDATE


def mapping(*fields: str, properties: Sequence[str] = (), source: str = "", rules: str = "") -> str:
    """Write a mapping with the lead's column Lead; each field is a line of YAML."""
    lines = ["version: 1", "channel: Acme Corp Partnership", "lead: {id: Lead}"]
    lines += [f"source: {source}"] if source else []
    lines += [f"rules: {rules}"] if rules else []
    lines += ["fields:", *(f"  {field}" for field in fields)] if fields else []
    lines += ["properties:", *(f"  {field}" for field in properties)] if properties else []
    return "\n".join([*lines, ""])


def of_column(
    name: str,
    about: str,
    keys: str,
    cells: Sequence[str],
    values: Sequence[JsonValue],
    issues: Mapping[int, Code] | None = None,
    *,
    source: str = "",
    skipped: Mapping[int, Code] | None = None,
) -> Case:
    """Make a case of one column, A, that goes to the property P by some keys; skipped are rows without a value."""
    issues = issues or {}
    if skipped is None:
        rows = [row for row, value in enumerate(values, 2) if value is None and row not in issues]
        skipped = dict.fromkeys(rows, NOTHING)
    field = f"P: {{column: A, {keys}}}" if keys else "P: A"
    return Case(
        f"translate-{name}",
        about,
        column("A", *cells),
        Translated({"P": values}, issues, skipped),
        mapping=mapping(properties=[field], source=source),
    )


def in_workbook(contents: Sequence[CellContent], formats: Sequence[str | int] = ()) -> Maker:
    """Make a workbook with the lead's column and one more, A."""
    rows: list[list[CellContent]] = [[lead(row), content] for row, content in enumerate(contents)]
    return book([["Lead", "A"], *rows], formats=formats).at()


def _numbers() -> list[Case]:
    number_, integer = "type: number", "type: integer"
    comma, point = 'type: number, decimal: ","', 'type: number, decimal: "."'
    return [
        of_column("number-plain", "Plain numbers.", number_, ["1", "-2", "0.5", " 7 "], [1, -2, 0.5, 7]),
        of_column(
            "number-declared-comma",
            "Decimal commas, declared; a point parts no thousands unless declared.",
            comma,
            ["1,5", "1.234", "2"],
            [1.5, None, 2],
            {3: NUMBER},
        ),
        of_column(
            "number-declared-marks",
            "Decimal comma and points for thousands, declared.",
            comma + ', thousands: "."',
            ["1.234,5", "1.234", "1234", "1.23"],
            [1234.5, 1234, 1234, None],
            {5: NUMBER},
        ),
        of_column(
            "number-declared-by-the-source",
            "The decimal comma is declared for all numbers of the source.",
            number_,
            ["1,5", "2,25"],
            [1.5, 2.25],
            source='{decimal: ","}',
        ),
        of_column("number-declared-point", "A decimal point, declared.", point, ["1.234", "1.5"], [1.234, 1.5]),
        of_column(
            "number-blanks-for-thousands",
            "Blanks between thousands, also those that do not break.",
            comma + ', thousands: " "',
            ["1 234,5", "1\xa0234", "1\u202f234,5"],
            [1234.5, 1234, 1234.5],
        ),
        of_column(
            "number-apostrophes-for-thousands",
            "Swiss marks.",
            point + ', thousands: "\'"',
            ["1'234.5", "1’234"],
            [1234.5, 1234],
        ),
        of_column(
            "number-found-comma",
            "Nobody said it, and the whole column has decimal commas.",
            number_,
            ["1,5", "2,25", "1.234,50", "3"],
            [1.5, 2.25, 1234.5, 3],
        ),
        of_column(
            "number-found-point",
            "Nobody said it, and the whole column has decimal points.",
            number_,
            ["1.5", "2.25", "1,234.50", "3"],
            [1.5, 2.25, 1234.5, 3],
        ),
        of_column(
            "number-found-far-down",
            "One cell at the very end tells how the others are meant.",
            number_,
            [*["1.234"] * 30, "1.234,5"],
            [*[1234] * 30, 1234.5],
        ),
        of_column(
            "number-ambiguous",
            "1.234 is one thousand or one: nothing in the column tells, so it is refused.",
            number_,
            ["1.234", "5", "5.678"],
            [None, 5, None],
            {2: AMBIGUOUS, 4: AMBIGUOUS},
        ),
        of_column(
            "number-ambiguous-comma",
            "The same with a comma.",
            number_,
            ["1,234", "12"],
            [None, 12],
            {2: AMBIGUOUS},
        ),
        of_column(
            "number-not-a-number",
            "Words, two marks, an exponent: none is a number.",
            number_,
            ["abc", "1.2.3", "12 pcs", "--1", "½", "NaN", "1"],
            [None] * 6 + [1],
            dict.fromkeys(range(2, 8), NUMBER),
        ),
        of_column(
            "number-too-long",
            "More digits than survive in JavaScript.",
            number_,
            ["12345678901234567890", "1"],
            [None, 1],
            {2: NUMBER},
        ),
        of_column(
            "integer",
            "Whole numbers, and one that is none.",
            integer,
            ["7", "-7", "7.5"],
            [7, -7, None],
            {4: Code.INVALID_INTEGER},
        ),
        Case(
            "translate-number-of-a-workbook",
            "Numbers of a workbook need no marks, and are never ambiguous; a text beside them is.",
            in_workbook([1.234, 1234, number("0.5"), "1.234"]),
            Translated({"P": [1.234, 1234, 0.5, None]}, {5: AMBIGUOUS}),
            mapping=mapping(properties=["P: {column: A, type: number}"]),
        ),
        Case(
            "translate-number-of-a-workbook-declared",
            "What is declared of marks is about texts, and not about the numbers of a workbook.",
            in_workbook([1.5, "2,5"]),
            Translated({"P": [1.5, 2.5]}),
            mapping=mapping(properties=['P: {column: A, type: number, decimal: ","}']),
        ),
        Case(
            "translate-percent-of-a-workbook-as-text",
            "A percentage is sent as the user sees it.",
            in_workbook([number("0.25", 1), number("0.255", 1)], ["0%"]),
            Translated({"notes": ["25%", "25.5%"]}),
            mapping=mapping("notes: A"),
        ),
    ]


def _booleans_and_dates() -> list[Case]:
    return [
        of_column(
            "boolean-usual-words",
            "The usual words, in any case.",
            "type: boolean",
            ["yes", "No", "TRUE", "0", "perhaps"],
            [True, False, True, False, None],
            {6: Code.INVALID_BOOLEAN},
        ),
        of_column(
            "boolean-own-words",
            "The user's own words: the usual ones do not count any more.",
            "type: boolean, true: [ja, x], false: nej",
            ["Ja", "X", "NEJ", "yes"],
            [True, True, False, None],
            {5: Code.INVALID_BOOLEAN},
        ),
        Case(
            "translate-boolean-of-a-workbook",
            "The booleans of a workbook are known, whatever the words of the texts are.",
            in_workbook([True, False, "ja"]),
            Translated({"P": [True, False, True]}),
            mapping=mapping(properties=["P: {column: A, type: boolean, true: ja, false: nej}"]),
        ),
        of_column(
            "date-ISO",
            "ISO 8601 unless declared.",
            "type: date",
            ["2026-03-05", "05-03-2026"],
            ["2026-03-05", None],
            {3: DATE},
        ),
        of_column(
            "date-Danish",
            "A declared form.",
            "type: date, format: dd-mm-yyyy",
            ["05-03-2026", "31-02-2026", "2026-03-05", "5-3-2026"],
            ["2026-03-05", None, None, None],
            {3: DATE, 4: DATE, 5: DATE},
        ),
        of_column(
            "date-American",
            "Month before day, as declared for the source.",
            "type: date",
            ["3/5/2026", "13/1/2026"],
            ["2026-03-05", None],
            {3: DATE},
            source="{date_order: mdy}",
        ),
        of_column(
            "date-leap-day",
            "A day that there is every fourth year.",
            "type: date",
            ["2024-02-29", "2023-02-29"],
            ["2024-02-29", None],
            {3: DATE},
        ),
        of_column(
            "date-and-time",
            "A form with a time.",
            "type: date, format: yyyy-mm-dd hh:mm",
            ["2026-03-05 23:59"],
            ["2026-03-05T23:59:00"],
        ),
        Case(
            "translate-date-of-a-workbook",
            "Dates of a workbook are known by their cells, whatever the declared form of texts is.",
            in_workbook([number("46086", 1), "05-03-2026"], [14]),
            Translated({"P": ["2026-03-05", "2026-03-05"]}),
            mapping=mapping(properties=["P: {column: A, type: date, format: dd-mm-yyyy}"]),
        ),
        Case(
            "translate-date-of-a-workbook-as-a-number",
            "A number is no date, though a spreadsheet counts days so.",
            in_workbook([46086, number("46086", 1)], [14]),
            Translated({"P": [None, "2026-03-05"]}, {2: DATE}),
            mapping=mapping(properties=["P: {column: A, type: date}"]),
        ),
    ]


def _places() -> list[Case]:
    phones = ["12 34 56 78", "+45 12345678", "0045 12345678", "+47 22 12 34 56", "123", "12345678 ext 9", "call me"]
    emails = ["bo@example.com", "BO@EXAMPLE.COM", "bo@example", "bo example.com", "a@b@example.com", "bo.@example.com"]
    names = ["McDonald", "o'Brien-Smith", "  de la Cruz ", "ÅSE", "山田", "=1+1"]
    refused = dict.fromkeys(range(6, 9), Code.INVALID_PHONE)
    return [
        Case(
            "translate-phone",
            "Numbers of Denmark unless they say otherwise, sent as E.164; impossible ones are refused.",
            column("A", *phones),
            Translated(
                {"phone": ["+4512345678", "+4512345678", "+4512345678", "+4722123456", None, None, None]}, refused
            ),
            mapping=mapping("phone: {column: A, phone: {region: DK}}"),
        ),
        Case(
            "translate-phone-of-a-workbook",
            "A phone number that is a number, and one that only its format shows whole.",
            in_workbook([number("12345678"), number("4512345678", 1)], ["\\+0000000000"]),
            Translated({"phone": ["+4512345678", "+4512345678"]}),
            mapping=mapping("phone: {column: A, phone: {region: DK}}"),
        ),
        Case(
            "translate-email",
            "Addresses are checked without asking anybody, and stay as they are written.",
            column("A", *emails),
            Translated(
                {"email": ["bo@example.com", "BO@EXAMPLE.COM", None, None, None, None]},
                dict.fromkeys(range(4, 8), Code.INVALID_EMAIL),
            ),
            mapping=mapping("email: {column: A, check: email}"),
        ),
        Case(
            "translate-name",
            "Names are kept as they are.",
            column("A", *names),
            Translated({"last_name": names}),
            mapping=mapping("last_name: A"),
        ),
        Case(
            "translate-leading-zeros",
            "A text of digits goes as text.",
            column("A", "00123", "0"),
            Translated({"business_id": ["00123", "0"]}),
            mapping=mapping("business_id: A"),
        ),
        Case(
            "translate-leading-zeros-of-a-format",
            "A number that its format shows with zeros goes with them.",
            in_workbook([number("123", 1)], ["00000"]),
            Translated({"business_id": ["00123"]}),
            mapping=mapping("business_id: A"),
        ),
        Case(
            "translate-whole-number-of-a-workbook",
            "123 does not become 123.0.",
            in_workbook([number("123"), number("123.0"), number("45123456789012")]),
            Translated({"business_id": ["123", "123", "45123456789012"]}),
            mapping=mapping("business_id: A"),
        ),
        Case(
            "translate-NUL",
            "A NUL character cannot be sent.",
            column("A", "a\0b", "ab"),
            Translated({"notes": [None, "ab"]}, {2: Code.INVALID_TEXT}, cell="B2"),
            mapping=mapping("notes: A"),
        ),
        Case(
            "translate-lookup",
            "Words of the source become words of Keen; one is not in the list.",
            column("A", "A", "B", "C"),
            Translated({"P": ["Gold", "Silver", None]}, {4: Code.NOT_IN_LOOKUP}),
            mapping=mapping(properties=["P: {column: A, lookup: {A: Gold, B: Silver}}"]),
        ),
        Case(
            "translate-template",
            "Two columns in one text; blank where both are.",
            leads_csv(["A", "B"], ["x", "y"], ["", "y"], ["", ""]),
            Translated({"notes": ["x (y)", " (y)", None]}, skipped={4: Code.NOTHING_TO_UPDATE}),
            mapping=mapping('notes: {template: "{A} ({B})"}'),
        ),
    ]


def _blanks() -> list[Case]:
    no_width = ["", " ", "\xa0", "\t", "\u200b", "\ufeff", "\xad", "\u2060", "\u200c\u200d", " \u200b "]
    two = ["A", "B"]
    return [
        Case(
            "translate-blank-leaves-alone",
            "A blank cell leaves Keen's value alone.",
            leads_csv(two, ["", "b"], ["a", "b"]),
            Translated({"notes": [None, "a"], "source": ["b", "b"]}),
            mapping=mapping("notes: A", "source: B"),
        ),
        *(
            Case(
                f"translate-blank-{ascii(blank)[1:-1].replace(' ', '_') or 'nothing'}",
                "White space and characters of no width alone are blank.",
                leads_csv(two, [blank, "b"]),
                Translated({"notes": [None], "source": ["b"]}),
                mapping=mapping("notes: A", "source: B"),
            )
            for blank in no_width
        ),
        Case(
            "translate-blank-words-are-text",
            "NULL and N/A are texts unless they are declared.",
            column("A", "NULL", "N/A", "-", "nan"),
            Translated({"notes": ["NULL", "N/A", "-", "nan"]}),
            mapping=mapping("notes: A"),
        ),
        Case(
            "translate-blank-words-declared",
            "Declared for the source: in any case, with blanks around them.",
            column("A", "NULL", "n/a", " Null ", "NULLS"),
            Translated({"notes": [None, None, None, "NULLS"]}, skipped={2: NOTHING, 3: NOTHING, 4: NOTHING}),
            mapping=mapping("notes: A", source="{blanks: [NULL, N/A]}"),
        ),
        Case(
            "translate-blank-words-of-a-field",
            "Declared for one field: the other takes them for text.",
            leads_csv(two, ["-", "-"]),
            Translated({"notes": [None], "source": ["-"]}),
            mapping=mapping("notes: {column: A, blanks: ['-']}", "source: B"),
        ),
        Case(
            "translate-blank-clears",
            "Where the mapping says so, a blank clears.",
            column("A", "", "x"),
            Translated({"notes": ["", "x"]}),
            mapping=mapping("notes: {column: A, on_blank: clear}"),
        ),
        Case(
            "translate-blank-word-clears",
            "A word that counts as blank clears as well.",
            column("A", "N/A", "x"),
            Translated({"notes": ["", "x"]}),
            mapping=mapping("notes: {column: A, on_blank: clear}", source="{blanks: [N/A]}"),
        ),
        Case(
            "translate-blank-refused",
            "Where the mapping requires a value, a blank refuses its row.",
            column("A", "", "x"),
            Translated({"notes": [None, "x"]}, {2: Code.REQUIRED_BLANK}, cell="B2"),
            mapping=mapping("notes: {column: A, required: true}"),
        ),
        Case(
            "translate-blank-row",
            "A row of nothing is skipped, whatever the mapping requires.",
            text(f"Lead,A\n,\n \xa0,\u200b\n{lead(1)},x\n"),
            Translated({"notes": [None, None, "x"]}, skipped={2: Code.BLANK_ROW, 3: Code.BLANK_ROW}),
            mapping=mapping("notes: {column: A, required: true}"),
        ),
        Case(
            "translate-nothing-to-update",
            "A row with a lead and nothing to send.",
            column("A", ""),
            Translated({"notes": [None]}, skipped={2: NOTHING}),
            mapping=mapping("notes: A"),
        ),
    ]


def _faults() -> list[Case]:
    with_errors: list[list[CellContent]] = [
        ["Lead", "A", "B"],
        [lead(0), error("#N/A"), "x"],
        [lead(1), "a", error("#REF!")],
        [lead(2), formula("1+1"), "x"],
        [error("#N/A"), "a", "x"],
    ]
    skipping = mapping("notes: A", source="{hidden_rows: skip}")
    hidden = book([["Lead", "A"], [lead(0), "a"], [lead(1), error("#N/A")], [lead(2), "c"]], rows={3: 'hidden="1"'})
    return [
        Case(
            "translate-error-cells",
            "Error cells refuse their rows, where the mapping uses their column.",
            book(with_errors).at(),
            Translated(
                {"notes": [None, "a", None, None]},
                {2: Code.ERROR_VALUE, 4: Code.NOT_CALCULATED, 5: Code.ERROR_VALUE},
            ),
            mapping=mapping("notes: A"),
        ),
        Case(
            "translate-error-cell-in-a-template",
            "A template uses the column too.",
            book(with_errors[:3]).at(),
            Translated({"notes": [None, None]}, {2: Code.ERROR_VALUE, 3: Code.ERROR_VALUE}),
            mapping=mapping('notes: {template: "{A} {B}"}'),
        ),
        Case(
            "translate-error-cell-is-no-blank",
            "An error does not clear, and is not left alone.",
            in_workbook([error("#N/A")]),
            Translated({"notes": [None]}, {2: Code.ERROR_VALUE}, cell="B2"),
            mapping=mapping("notes: {column: A, on_blank: clear}"),
        ),
        Case(
            "translate-digits-lost",
            "A number of more digits than a spreadsheet keeps is refused.",
            in_workbook([number("1234567890123456789"), "1234567890123456789"]),
            Translated({"business_id": [None, "1234567890123456789"]}, {2: Code.DIGITS_LOST}, cell="B2"),
            mapping=mapping("business_id: A"),
        ),
        Case(
            "translate-hidden-row-skipped",
            "A hidden row is skipped, whatever else is wrong with it.",
            hidden.at(),
            Translated({"notes": ["a", None, "c"]}, skipped={3: Code.HIDDEN_ROW}),
            mapping=skipping,
        ),
        Case(
            "translate-hidden-row-included",
            "Unless the mapping says so, a hidden row is like all others.",
            hidden.at(),
            Translated({"notes": ["a", None, "c"]}, {3: Code.ERROR_VALUE}),
            mapping=mapping("notes: A"),
        ),
        Case(
            "translate-footer",
            "A total below the table has no lead, and is no error.",
            text(f"Lead,A\n{lead(0)},1\nTotal,1\n\n"),
            Translated({"notes": ["1", None, None]}, skipped={3: Code.BELOW_TABLE, 4: Code.BELOW_TABLE}),
            mapping=mapping("notes: A", source="{skip_footer: 1}"),
        ),
        Case(
            "translate-below-the-first-blank",
            "What stands below the first blank row is no error.",
            text(f"Lead,A\n{lead(0)},1\n\nmade by Bo\n{lead(1)},2\n"),
            Translated(
                {"notes": ["1", None, None, None]},
                skipped={3: Code.BELOW_TABLE, 4: Code.BELOW_TABLE, 5: Code.BELOW_TABLE},
            ),
            mapping=mapping("notes: A", source="{stop_at_blank: true}"),
        ),
        Case(
            "translate-ragged",
            "A ragged row is refused, and not sent in part.",
            text(f"Lead,A,B\n{lead(0)},a\n{lead(1)},a,b\n"),
            Translated({"notes": [None, "a"]}, {2: Code.RAGGED_ROW}),
            mapping=mapping("notes: A"),
        ),
    ]


def _leads_and_headers() -> list[Case]:
    return [
        Case(
            "translate-lead-ids",
            "Blank, in capitals, with blanks around it, and no id at all.",
            text(f"Lead,A\n,x\n{lead(1).upper()},x\n {lead(2)} ,x\n12345,x\n"),
            Translated({"notes": [None, "x", "x", None]}, {2: Code.MISSING_LEAD_ID, 5: Code.INVALID_LEAD_ID}),
            mapping=mapping("notes: A"),
        ),
        Case(
            "translate-legacy-ids",
            "Whole numbers; a spreadsheet has made decimals of one.",
            text("Lead,A\n1001,x\n00042,x\n1001.0,x\n1E+05,x\n"),
            Translated({"notes": ["x", "x", None, None]}, {4: Code.INVALID_LEGACY_ID, 5: Code.INVALID_LEGACY_ID}),
            mapping=mapping("notes: A").replace("{id: Lead}", "{legacy_id: Lead}"),
        ),
        Case(
            "translate-legacy-ids-of-a-workbook",
            "Numbers of a workbook are ids as they are seen.",
            book([["Lead", "A"], [1001, "x"], [number("1002.0"), "x"], [number("1.5"), "x"]]).at(),
            Translated({"notes": ["x", "x", None]}, {4: Code.INVALID_LEGACY_ID}),
            mapping=mapping("notes: A").replace("{id: Lead}", "{legacy_id: Lead}"),
        ),
        Case(
            "translate-header-twice",
            "The mapping names a column that is there twice.",
            text(f"Lead,A,A\n{lead(0)},1,2\n"),
            Refused("cannot be told apart", '"A"', "B", "C"),
            mapping=mapping("notes: A"),
        ),
        Case(
            "translate-header-twice-and-unused",
            "A name that is there twice and that nobody uses does no harm.",
            text(f"Lead,A,X,X\n{lead(0)},1,2,3\n"),
            Translated({"notes": ["1"]}),
            mapping=mapping("notes: A"),
        ),
        Case(
            "translate-header-in-other-letters",
            "Case and blanks of a header do not matter.",
            text(f"LEAD , deal  SIZE\n{lead(0)},1\n"),
            Translated({"notes": ["1"]}),
            mapping=mapping("notes: Deal size"),
        ),
        Case(
            "translate-header-missing",
            "A column that is not there; the sentence knows the nearest.",
            text(f"Lead,E-mail\n{lead(0)},1\n"),
            Refused('no column "Email"', 'Did you mean "E-mail"?'),
            mapping=mapping("email: Email"),
        ),
        Case(
            "translate-two-sheets",
            "The mapping names the sheet.",
            Book(
                {"Old": book([["a"]]).sheets["Leads"], "New": book([["Lead", "A"], [lead(0), "x"]]).sheets["Leads"]}
            ).at(),
            Translated({"notes": ["x"]}),
            mapping=mapping("notes: A", source="{sheet: New}"),
        ),
    ]


CASES = [*_numbers(), *_booleans_and_dates(), *_places(), *_blanks(), *_faults(), *_leads_and_headers()]
