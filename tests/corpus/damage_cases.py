# ruff: noqa: RUF001  # letters that look like others are what the files are about
"""Damage of a source: what spreadsheets and wrong encodings did to a column, found before anything is sent."""

from collections.abc import Sequence

from corpus.cases import Case, Found, Inspected, Maker
from corpus.files import column, lead, text
from corpus.translate_cases import mapping
from corpus.workbooks import CellContent, book, error, number

from leadsync.codes import Code
from leadsync.records import Level

ROWS = 24
"""So many rows are evidence enough."""

ERROR, WARNING = Level.ERROR, Level.WARNING

FIELDS = {
    "id": "business_id: A",
    "phone": "phone: {column: A, phone: {region: DK}}",
    "plain phone": "phone: A",
    "email": "email: {column: A, check: email}",
    "name": "last_name: A",
    "notes": "notes: A",
    "number": "notes: {column: A, type: number, decimal: '.'}",
    "date": "notes: {column: A, type: date}",
}

SOUND = {
    "id": [f"{70211 + 937 * n}" for n in range(ROWS)],
    "phone": [f"+45 {20113355 + 40211 * n}" for n in range(ROWS)],
    "plain phone": [f"+45 {20113355 + 40211 * n}" for n in range(ROWS)],
    "email": [f"person{n}@example.com" for n in range(ROWS)],
    "name": [
        f"{name} {other}"
        for name in ("Bo", "Eva", "Ida", "Søren")
        for other in ("Jensen", "Ås", "Lund", "O'Neil", "Holm", "Ré")
    ],
    "notes": [f"Met at fair {n}; wants a call, 10% off" for n in range(ROWS)],
    "number": [f"{n * 3 + 0.5}" for n in range(ROWS)],
    "date": [f"2026-03-{n + 1:02d}" for n in range(ROWS)],
}


def damaged(field: str, *cells: str) -> list[str]:
    """Give a sound column of which the first cells are damaged."""
    return [*cells, *SOUND[field][len(cells) :]]


def case(
    name: str,
    about: str,
    field: str,
    cells: Sequence[str],
    *findings: tuple[Code, int, Level],
    damage: str = "",
    first: str = "",
    header: str = "A",
) -> Case:
    """Make a case of one column for a field; a finding is a code, a count and a level."""
    yaml = mapping(FIELDS[field].replace("A", header)) + (f"damage: {damage}\n" if damage else "")
    found = tuple(Found(code, header, count, level, first) for code, count, level in findings)
    return Case(f"damage-{name}", about, column(header, *cells), Inspected(found), mapping=yaml)


def _numbers_that_lost_something() -> list[Case]:
    scientific, lost, decimal = Code.SCIENTIFIC_NOTATION, Code.DIGITS_LOST, Code.DECIMAL_ID
    zeros = [f"{10203 + 17 * n}" for n in range(18)]
    return [
        case(
            "scientific-id",
            "Ids as powers of ten.",
            "id",
            damaged("id", "1.23457E+11", "4,51235E+12", "7e+15"),
            (scientific, 3, ERROR),
            first="B2",
        ),
        case(
            "scientific-phone",
            "Phone numbers as powers of ten.",
            "plain phone",
            damaged("plain phone", "4.51235E+09", "4.52E+09"),
            (scientific, 2, ERROR),
        ),
        case("scientific-in-notes", "A text may hold a power of ten.", "notes", damaged("notes", "1.23E+11", "2E+05")),
        case(
            "scientific-as-a-warning",
            "The mapping says that it is a warning.",
            "id",
            damaged("id", "1.23457E+11"),
            (scientific, 1, WARNING),
            damage="{scientific_notation: warning}",
        ),
        case(
            "scientific-off",
            "The mapping says that it is nothing.",
            "id",
            damaged("id", "1.23457E+11"),
            damage="{scientific_notation: off}",
        ),
        case(
            "digits-lost-id",
            "Ids of 19 digits of which all end in zeros, as a spreadsheet leaves them.",
            "id",
            [f"{123456789012345 + 7 * n}0000" for n in range(ROWS)],
            (lost, ROWS, ERROR),
        ),
        case(
            "digits-lost-not",
            "Ids of 19 digits with all of their digits.",
            "id",
            [f"{1234567890123456789 + 7 * n}" for n in range(ROWS)],
        ),
        case(
            "decimal-id",
            "Ids that end in .0.",
            "id",
            damaged("id", "1001.0", "1002.0"),
            (decimal, 2, ERROR),
            first="B2",
        ),
        case(
            "decimal-phone",
            "Phone numbers that end in .0.",
            "plain phone",
            damaged("plain phone", "4512345678.0"),
            (decimal, 1, ERROR),
        ),
        case("decimal-number", "A number may end in .0.", "number", damaged("number", "1001.0", "1002.0")),
        case(
            "leading-zeros-lost",
            "Postal codes of five digits, and some of four.",
            "id",
            [*zeros, "1234", "987", "4321", "2345", "555", "3210"],
            (Code.LEADING_ZEROS_LOST, 6, WARNING),
            header="Postnr",
        ),
        case(
            "leading-zeros-kept",
            "Postal codes of five digits, some of them with zeros in front.",
            "id",
            [*zeros, "01234", "00987", "04321", "02345", "00555", "03210"],
            header="Postnr",
        ),
        case(
            "leading-zeros-of-a-count",
            "Ids that count up from 1 have lost nothing.",
            "id",
            [str(n + 1) for n in range(120)],
        ),
        case(
            "serial-date",
            "Dates as the numbers of days by which a spreadsheet counts.",
            "date",
            [str(46000 + n) for n in range(ROWS)],
            (Code.SERIAL_DATE, ROWS, WARNING),
        ),
        case(
            "serial-date-not",
            "Numbers near 46000 where numbers belong.",
            "number",
            [str(46000 + n) for n in range(ROWS)],
        ),
        case(
            "ambiguous-date",
            "Dates that can be read in two ways, sent as text.",
            "notes",
            [f"{1 + n % 5:02d}-{6 + n % 7:02d}-20{10 + n}" for n in range(ROWS)],
            (Code.AMBIGUOUS_DATE, ROWS, WARNING),
            header="Created",
        ),
        case(
            "ambiguous-date-not",
            "The same with ISO dates.",
            "notes",
            [f"20{10 + n}-{1 + n % 9:02d}-{1 + n % 11:02d}" for n in range(ROWS)],
        ),
    ]


def _texts() -> list[Case]:
    mojibake = Code.MOJIBAKE
    return [
        case(
            "mojibake-UTF-8-as-cp1252",
            "Danish names read in the wrong encoding and saved so.",
            "name",
            damaged("name", "SÃ¸ren Ã˜stergÃ¥rd", "Ã†va BjÃ¸rn", "Bjorn Lund"),
            (mojibake, 2, ERROR),
            first="B2",
        ),
        case(
            "mojibake-UTF-8-as-latin-1",
            "The same through Latin-1, with characters that nobody sees.",
            "name",
            damaged("name", "Søren Østergård".encode().decode("latin-1")),
            (mojibake, 1, ERROR),
        ),
        case(
            "mojibake-quotes",
            "Typographic quotes and dashes, garbled.",
            "notes",
            damaged("notes", "He said â€œyesâ€\x9d", "2025 â€“ 2026"),
            (mojibake, 2, ERROR),
        ),
        case(
            "mojibake-replaced",
            "Letters that were replaced by the mark for what cannot be read.",
            "name",
            damaged("name", "S\ufffdren Jensen"),
            (mojibake, 1, ERROR),
        ),
        case(
            "mojibake-twice",
            "Garbled twice over.",
            "name",
            damaged("name", "Søren".encode().decode("cp1252").encode().decode("cp1252")),
            (mojibake, 1, ERROR),
        ),
        case(
            "mojibake-not",
            "Letters that do look so, in names of many countries.",
            "name",
            damaged(
                "name",
                "SÃO PAULO",
                "JOÃO ÂNGELO",
                "Ação",
                "Müller",
                "Łódź",
                "Ñandú",
                "Þór",
                "Ångström",
                "naïve café",
                "5 € – £3",
            ),
        ),
        case(
            "invisible-characters",
            "Spaces of no width and control characters within names.",
            "name",
            damaged("name", "Bo\u200b Jensen", "Eva\x07 Lund", "Ida\ufeff Holm"),
            (Code.INVISIBLE_CHARACTERS, 3, WARNING),
        ),
        case(
            "invisible-characters-not",
            "Line breaks and tabs in notes are seen.",
            "notes",
            damaged("notes", "a\nb", "a\tb", "a\r\nb", "a\xa0b"),
        ),
        case(
            "placeholder",
            "Texts that stand for no value.",
            "notes",
            damaged("notes", "N/A", "n/a", "-", "NULL"),
            (Code.PLACEHOLDER, 4, WARNING),
        ),
        case(
            "placeholder-email",
            "An address that nobody has.",
            "email",
            damaged("email", "test@test.com"),
            (Code.PLACEHOLDER, 1, WARNING),
            first="B2",
        ),
        case(
            "error-text",
            "The words of errors, as Excel writes them into CSV.",
            "notes",
            damaged("notes", "#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?"),
            (Code.ERROR_VALUE, 5, ERROR),
        ),
        case(
            "error-text-not",
            "Texts with a hash sign.",
            "notes",
            damaged("notes", "#1 lead", "C#", "see #NAME", "#N/A or not"),
        ),
        case(
            "error-text-off",
            "The mapping takes the words for text.",
            "notes",
            damaged("notes", "#N/A"),
            damage="{error_value: off}",
        ),
    ]


def _columns() -> list[Case]:
    same = ["70211"] * ROWS
    return [
        *(
            case(f"none-{field.replace(' ', '-')}", "A sound column: nothing is found.", field, cells)
            for field, cells in SOUND.items()
        ),
        case("none-blank", "A column of blanks: nothing is found.", "notes", [""] * ROWS),
        case(
            "swapped-emails-under-phone",
            "A column of addresses where phone numbers belong.",
            "plain phone",
            SOUND["email"],
            (Code.SWAPPED_COLUMN, ROWS, ERROR),
        ),
        case(
            "swapped-phones-under-email",
            "A column of phone numbers where addresses belong.",
            "email",
            SOUND["phone"],
            (Code.SWAPPED_COLUMN, ROWS, ERROR),
        ),
        case("one-value", "The same id in every row.", "id", same, (Code.ONE_VALUE, ROWS, WARNING)),
        case(
            "one-value-and-blanks",
            "The same in some rows, and blanks: a mark, no fill-down.",
            "notes",
            [*["VIP"] * 3, *[""] * 21],
        ),
        case("one-value-of-two-rows", "Two rows of the same are no evidence.", "id", same[:2]),
        case("one-value-off", "The mapping says that it is nothing.", "id", same, damage="{one_value: off}"),
        Case(
            "damage-repeated-lead",
            "Three rows about one lead.",
            text("Lead,A\n" + "".join(f"{lead(0 if n in {4, 9} else n)},note {n}\n" for n in range(ROWS))),
            Inspected((Found(Code.REPEATED_LEAD, "Lead", 2, WARNING),)),
            mapping=mapping("notes: A"),
        ),
        Case(
            "damage-unused-column",
            "Damage in a column that the mapping does not use is nobody's concern.",
            text("Lead,A,B\n" + "".join(f"{lead(n)},note {n},#N/A\n" for n in range(ROWS))),
            Inspected(),
            mapping=mapping("notes: A"),
        ),
        Case(
            "damage-two-columns",
            "Each column has its own findings.",
            text("Lead,A,B\n" + "".join(f"{lead(n)},SÃ¸ren {n},{1000 + n}.0\n" for n in range(ROWS))),
            Inspected((Found(Code.MOJIBAKE, "A", ROWS, ERROR), Found(Code.DECIMAL_ID, "B", ROWS, ERROR))),
            mapping=mapping("notes: A", "business_id: B"),
        ),
        Case(
            "damage-legacy-ids",
            "The ids of the leads themselves end in .0.",
            text("Lead,A\n" + "".join(f"{1000 + n}.0,note {n}\n" for n in range(ROWS))),
            Inspected((Found(Code.DECIMAL_ID, "Lead", ROWS, ERROR),)),
            mapping=mapping("notes: A").replace("{id: Lead}", "{legacy_id: Lead}"),
        ),
        Case(
            "damage-of-a-workbook",
            "Numbers of a workbook are seen as texts are; an error cell is a fault of its own, and no finding.",
            _workbook(),
            Inspected((Found(Code.SCIENTIFIC_NOTATION, "A", 1, ERROR, "B4"),)),
            mapping=mapping("business_id: A"),
        ),
    ]


def _workbook() -> Maker:
    contents: list[CellContent] = [error("#N/A"), number("70215"), "1.23E+11", *map(int, SOUND["id"][3:])]
    rows: list[list[CellContent]] = [[lead(row), content] for row, content in enumerate(contents)]
    return book([["Lead", "A"], *rows]).at()


CASES = [*_numbers_that_lost_something(), *_texts(), *_columns()]
