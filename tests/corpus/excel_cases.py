# ruff: noqa: RUF001  # letters that look like others are what the files are about
"""Excel as seen: numbers, dates, errors, formulas, hidden rows, texts of all kinds, and the shapes of sheets."""

from collections.abc import Sequence

from corpus.cases import Case, Refused, Rows, grid
from corpus.workbooks import (
    Book,
    CellContent,
    Xml,
    book,
    error,
    formula,
    inline,
    number,
    rows_xml,
    shared,
    sheet_xml,
    typed_iso,
)

from leadsync.codes import Code
from leadsync.records import HiddenRows, SourceOptions

FORMATTED: Sequence[tuple[str, str | int, str, str, bool]] = (
    # name, format, digits of the file, text, typed
    ("zeros", "00000", "123", "00123", False),
    ("zeros-full", "00000", "12345", "12345", False),
    ("zeros-too-long", "00000", "1234567", "1234567", False),
    ("zeros-negative", "0000", "-5", "-0005", False),
    ("zeros-of-zero", "0000", "0", "0000", False),
    ("social-security", "000-00-0000", "123456789", "123-45-6789", False),
    ("social-security-short", "000\\-00\\-0000", "1234567", "001-23-4567", False),
    ("zip-plus-four", "00000\\-0000", "12345678", "01234-5678", False),
    ("literal-in-front", '"DK"00000', "123", "DK00123", False),
    ("literal-escaped", "\\D\\K00000", "123", "DK00123", False),
    ("literal-behind", '000"-A"', "7", "007-A", False),
    ("phone-with-country", "\\+45\\ 00000000", "12345678", "+45 12345678", False),
    ("phone-with-blanks", "00\\ 00\\ 00\\ 00", "12345678", "12 34 56 78", False),
    ("phone-of-the-US", "[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", "5551234567", "(555) 123-4567", False),
    ("phone-of-the-US-short", "[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", "5551234", "555-1234", False),
    ("percent", "0%", "0.25", "25%", True),
    ("percent-not-rounded", "0%", "0.255", "25.5%", True),
    ("percent-decimals", "0.00%", "0.255", "25.5%", True),
    ("percent-built-in", 9, "1", "100%", True),
    ("percent-built-in-decimals", 10, "0.0725", "7.25%", True),
    ("percent-of-a-float", "0%", "0.30000000000000004", "30%", True),
    ("percent-negative", "0%", "-0.5", "-50%", True),
    ("percent-of-zero", "0%", "0", "0%", True),
    ("general", "General", "123", "123", True),
    ("integer", 1, "123", "123", True),
    ("decimals", 2, "1.5", "1.5", True),
    ("decimals-not-rounded", "0.0", "1.25", "1.25", True),
    ("thousands", 3, "1234567", "1234567", True),
    ("thousands-and-decimals", 4, "1234.5", "1234.5", True),
    ("thousands-shown-in-millions", "0,,", "1234567", "1234567", True),
    ("currency-dollar", '"$"#,##0.00', "1234.5", "1234.5", True),
    ("currency-danish", '#,##0.00\\ "kr."', "1234.5", "1234.5", True),
    ("currency-by-country", "[$kr.-406]\\ #,##0.00", "1234.5", "1234.5", True),
    ("currency-euro", "#,##0.00\\ [$€-407]", "-99.95", "-99.95", True),
    ("accounting", 44, "1234.5", "1234.5", True),
    ("accounting-written-out", '_-* #,##0.00\\ _€_-;\\-* #,##0.00\\ _€_-;_-* "-"??\\ _€_-;_-@_-', "5", "5", True),
    ("red-negatives", "0;[Red]-0", "-5", "-5", True),
    ("exponent", 11, "12345", "12345", True),
    ("fraction", 12, "0.5", "0.5", True),
    ("text", 49, "123", "123", True),
    ("unit", '0.0" km"', "12.5", "12.5", True),
    ("date", 14, "46086", "2026-03-05", True),
    ("date-danish", "dd\\-mm\\-yyyy", "46086", "2026-03-05", True),
    ("date-american", "m/d/yy", "46086", "2026-03-05", True),
    ("date-by-country", "[$-406]d\\.\\ mmmm\\ yyyy;@", "46086", "2026-03-05", True),
    ("date-month-name", 15, "46086", "2026-03-05", True),
    ("date-leap-day", 14, "45351", "2024-02-29", True),
    ("date-before-the-wrong-leap-day", 14, "59", "1900-02-28", True),
    ("date-behind-the-wrong-leap-day", 14, "61", "1900-03-01", True),
    ("date-last", 14, "2958465", "9999-12-31", True),
    ("date-and-time", 22, "46086.5", "2026-03-05 12:00:00", True),
    ("date-and-time-a-second", "yyyy\\-mm\\-dd\\ hh:mm:ss", "46086.567650462966", "2026-03-05 13:37:25", True),
    ("date-and-time-to-round", 22, "46086.999999999", "2026-03-06 00:00:00", True),
    ("time", 20, "0.5", "12:00:00", True),
    ("time-of-the-day", 21, "0.75", "18:00:00", True),
    ("duration", 46, "1.125", "27:00:00", True),
)

NUMBERS = {
    "whole": ("123", "123"),
    "decimal": ("1.5", "1.5"),
    "float": ("0.30000000000000004", "0.3"),
    "float-written-out": ("0.10000000000000001", "0.1"),
    "negative": ("-42", "-42"),
    "zero": ("0", "0"),
    "minus-zero": ("-0", "0"),
    "whole-as-decimal": ("123.0", "123"),
    "exponent-in-the-file": ("1.2345E4", "12345"),
    "phone": ("4512345678", "4512345678"),
    "fifteen-digits": ("123456789012345", "123456789012345"),
    "long-decimal": ("0.123456789012345678", "0.123456789012346"),
    "small": ("0.00001", "0.00001"),
}

ERRORS = ("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#GETTING_DATA")
NEW_ERRORS = ("#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!")


def two(content: CellContent, more: CellContent = "x") -> list[list[CellContent]]:
    """Give a table with the content in B2, and text around it."""
    return [["Name", "Value"], [more, content], ["last", "row"]]


def seen(text: str) -> list[list[str]]:
    """Give what is read of such a table."""
    return [["Name", "Value"], ["x", text], ["last", "row"]]


def _numbers() -> list[Case]:
    return [
        *(
            Case(
                f"xlsx-format-{name}",
                f"The number {digits} under the format {code!r}.",
                book(two(number(digits, 1)), formats=[code]).at(),
                Rows(seen(text), typed="B2" if is_typed else ""),
            )
            for name, code, digits, text, is_typed in FORMATTED
        ),
        *(
            Case(
                f"xlsx-number-{name}",
                f"The number {digits} without a format.",
                book(two(number(digits))).at(),
                Rows(seen(text), typed="B2"),
            )
            for name, (digits, text) in NUMBERS.items()
        ),
        *(
            Case(
                f"xlsx-digits-lost-{digits}",
                "A whole number of more digits than a spreadsheet keeps.",
                book(two(number(digits))).at(),
                Rows(seen(text), typed="B2", faults={"B2": Code.DIGITS_LOST}),
            )
            for digits, text in {
                "1000000000000000": "1000000000000000",
                "1234567890123456789": "1234567890123460000",
                "4.5123456789012e+19": "45123456789012000000",
            }.items()
        ),
        Case(
            "xlsx-number-not-a-number",
            "A number that is none, in the XML.",
            book(two(number("NaN"))).at(),
            Rows(seen(""), typed="B2", faults={"B2": Code.INVALID_NUMBER}),
        ),
        Case("xlsx-boolean", "TRUE and FALSE.", book(two(True, False)).at(), _booleans()),
        Case(
            "xlsx-date-1904",
            "A workbook of an old Mac counts its days from 1904.",
            book(two(number("44624", 1)), formats=[14], properties='<workbookPr date1904="1"/>').at(),
            Rows(seen("2026-03-05"), typed="B2"),
        ),
        Case(
            "xlsx-date-1904-with-time",
            "The same with a time of day.",
            book(two(number("44624.25", 1)), formats=[22], properties='<workbookPr date1904="true"/>').at(),
            Rows(seen("2026-03-05 06:00:00"), typed="B2"),
        ),
        Case(
            "xlsx-date-as-ISO-text",
            "A date that the file holds as text of a type of its own.",
            book(two(typed_iso("2026-03-05"))).at(),
            Rows(seen("2026-03-05"), typed="B2"),
        ),
        Case(
            "xlsx-format-behind-many",
            "The style that counts is the 70th, and its format the last of 70.",
            book(two(number("123", 70)), formats=["0.0"] * 69 + ["00000"]).at(),
            Rows(seen("00123")),
        ),
        Case(
            "xlsx-format-of-a-formula",
            "A formula's value is shown by its format as well.",
            book(two(Xml('<c r="{r}" s="1"><f>100+23</f><v>123</v></c>')), formats=["00000"]).at(),
            Rows(seen("00123")),
        ),
        Case(
            "xlsx-format-over-text",
            "A format for numbers does nothing to a text.",
            book(two(Xml('<c r="{r}" s="1" t="inlineStr"><is><t>7</t></is></c>')), formats=["00000"]).at(),
            Rows(seen("7")),
        ),
    ]


def _booleans() -> Rows:
    return Rows([["Name", "Value"], ["FALSE", "TRUE"], ["last", "row"]], typed="A2 B2")


def _errors_and_formulas() -> list[Case]:
    return [
        *(
            Case(
                f"xlsx-error-{text}",
                f"A cell that shows {text}: an error with its cell, not a blank.",
                book(two(error(text, "VLOOKUP(A2,B:C,2,0)"))).at(),
                Rows(seen(text), faults={"B2": Code.ERROR_VALUE}),
            )
            for text in (*ERRORS, *NEW_ERRORS)
        ),
        Case(
            "xlsx-error-typed-in",
            "An error that is no formula's.",
            book(two(error("#N/A"))).at(),
            Rows(seen("#N/A"), faults={"B2": Code.ERROR_VALUE}),
        ),
        Case(
            "xlsx-error-as-text",
            "The words of an error, typed as text: a text.",
            book(two("#N/A")).at(),
            Rows(seen("#N/A")),
        ),
        Case(
            "xlsx-errors-in-many-rows",
            "Each error is known by its own cell.",
            book([["a", "b"], ["x", error("#N/A")], [error("#REF!"), "y"], ["z", 1]]).at(),
            Rows(
                grid("a|b", "x|#N/A", "#REF!|y", "z|1"),
                typed="B4",
                faults={"B2": Code.ERROR_VALUE, "A3": Code.ERROR_VALUE},
            ),
        ),
        Case(
            "xlsx-formula-never-calculated",
            "A formula whose value is not in the file: written by a program, never opened in Excel.",
            book(two(formula("1+1"))).at(),
            Rows(seen(""), faults={"B2": Code.NOT_CALCULATED}),
        ),
        Case(
            "xlsx-formula-never-calculated-empty-value",
            "The same, with an empty element for the value.",
            book(two(formula("1+1", ""))).at(),
            Rows(seen(""), faults={"B2": Code.NOT_CALCULATED}),
        ),
        Case(
            "xlsx-formula-shared-never-calculated",
            "A formula that is only pointed to, and has no value.",
            book(
                [
                    ["a", "b"],
                    ["x", formula("A2&1", "x1", "str", ' t="shared" ref="B2:B3" si="0"')],
                    ["y", Xml('<c r="{r}"><f t="shared" si="0"/></c>')],
                ]
            ).at(),
            Rows(grid("a|b", "x|x1", "y|"), faults={"B3": Code.NOT_CALCULATED}),
        ),
        Case(
            "xlsx-formula-never-calculated-in-the-last-row",
            "The only cell of the last row is such a formula: the row is there.",
            book([["a", "b"], ["x", "y"], [None, formula("1+1")]]).at(),
            Rows(grid("a|b", "x|y", "|"), faults={"B3": Code.NOT_CALCULATED}),
        ),
        Case("xlsx-formula-number", "A formula with its number.", book(two(formula("1+1", "2"))).at(), _typed("2")),
        Case(
            "xlsx-formula-text",
            "A formula with its text, which looks like a number.",
            book(two(formula('TEXT(1,"000")', "001", "str"))).at(),
            Rows(seen("001")),
        ),
        Case(
            "xlsx-formula-boolean",
            "A formula with its boolean.",
            book(two(formula("1=1", "1", "b"))).at(),
            _typed("TRUE"),
        ),
        Case(
            "xlsx-formula-blank",
            "A formula whose text is empty is blank, and was calculated.",
            book(two(formula('""', "", "str"))).at(),
            Rows(seen("")),
        ),
        Case(
            "xlsx-formula-array",
            "A formula over several cells.",
            book(two(formula("SUM(A1:A2*1)", "3", attributes=' t="array" ref="B2"'))).at(),
            _typed("3"),
        ),
    ]


def _typed(text: str) -> Rows:
    return Rows(seen(text), typed="B2")


def _hidden() -> list[Case]:
    table: list[list[CellContent]] = [["Name", "Phone"], ["Bo", "1"], ["Eva", "2"], ["Ida", "3"], ["Per", "4"]]
    texts = grid("Name|Phone", "Bo|1", "Eva|2", "Ida|3", "Per|4")
    skip = SourceOptions(hidden_rows=HiddenRows.SKIP)
    two_hidden = book(table, rows={3: 'hidden="1"', 5: 'hidden="true" ht="15"'})
    filtered = book(
        table,
        rows={2: 'hidden="1"', 4: 'hidden="1"'},
        after='<autoFilter ref="A1:B5"><filterColumn colId="0"><filters><filter val="Eva"/></filters></filterColumn>'
        "</autoFilter>",
    )
    left_out = {3: Code.HIDDEN_ROW, 5: Code.HIDDEN_ROW}
    return [
        Case(
            "xlsx-hidden-rows-included",
            "Two rows hidden by hand: read like all others, and said.",
            two_hidden.at(),
            Rows(texts, hidden=frozenset({3, 5})),
        ),
        Case(
            "xlsx-hidden-rows-skipped",
            "The same, where the mapping says that they are left out.",
            two_hidden.at(),
            Rows(texts, left_out=left_out, hidden=frozenset({3, 5})),
            skip,
        ),
        Case(
            "xlsx-filtered-rows-skipped",
            "Rows that a filter hides are hidden rows.",
            filtered.at(),
            Rows(texts, left_out={2: Code.HIDDEN_ROW, 4: Code.HIDDEN_ROW}, hidden=frozenset({2, 4})),
            skip,
        ),
        Case(
            "xlsx-hidden-row-0",
            "An attribute that says that a row is not hidden.",
            book(table, rows={3: 'hidden="0"', 4: 'hidden="false"'}).at(),
            Rows(texts),
            skip,
        ),
        Case(
            "xlsx-hidden-header",
            "The header's row is hidden, and is the header all the same.",
            book(table, rows={1: 'hidden="1"'}).at(),
            Rows(texts),
            skip,
        ),
        Case(
            "xlsx-hidden-column",
            "A hidden column is read: the mapping names it, or does not.",
            book(table, before='<cols><col min="2" max="2" hidden="1" width="9"/></cols>').at(),
            Rows(texts),
        ),
        Case(
            "xlsx-hidden-rows-and-a-footer",
            "Hidden rows are none of the footer: it is the last row that is seen.",
            two_hidden.at(),
            Rows(
                texts, left_out={3: Code.HIDDEN_ROW, 4: Code.BELOW_TABLE, 5: Code.HIDDEN_ROW}, hidden=frozenset({3, 5})
            ),
            SourceOptions(hidden_rows=HiddenRows.SKIP, skip_footer=1),
        ),
        Case(
            "xlsx-footer",
            "A total in the last row.",
            book([["Name", "Amount"], ["Bo", 1], ["Total", 1]]).at(),
            Rows(grid("Name|Amount", "Bo|1", "Total|1"), typed="B2 B3", left_out={3: Code.BELOW_TABLE}),
            SourceOptions(skip_footer=1),
        ),
        Case(
            "xlsx-stop-at-blank",
            "A blank row, and below it what is none of the table's.",
            book([["Name", "Amount"], ["Bo", 1], [None, None], ["Total", 1]]).at(),
            Rows(
                grid("Name|Amount", "Bo|1", "|", "Total|1"),
                typed="B2 B4",
                left_out={3: Code.BELOW_TABLE, 4: Code.BELOW_TABLE},
            ),
            SourceOptions(stop_at_blank=True),
        ),
        Case(
            "xlsx-stop-at-blank-not-at-an-error",
            "A row of which the only cell shows an error is not blank.",
            book([["Name", "Amount"], ["Bo", 1], [None, error("#N/A")], ["Eva", 1]]).at(),
            Rows(grid("Name|Amount", "Bo|1", "|#N/A", "Eva|1"), typed="B2 B4", faults={"B3": Code.ERROR_VALUE}),
            SourceOptions(stop_at_blank=True),
        ),
    ]


def _texts() -> list[Case]:
    texts = {
        "leading-zeros": "00123",
        "formula": "=1+1",
        "number": "123",
        "exponent": "1E5",
        "date": "03-04-2026",
        "boolean": "TRUE",
        "spaces": " x ",
        "line-break": "one\ntwo",
        "tab": "one\ttwo",
        "NBSP": "a\xa0b",
        "astral": "😀 𝔘",
        "markup": "<b>&amp;</b>",
        "quotes": '"it\'s"',
    }
    listed = book(
        [["Name", "Value"], ["x", shared(0)], ["y", shared(1)], ["z", shared(0)]], shared=["<t>s0</t>", "<t/>"]
    )
    return [
        *(
            Case(
                f"xlsx-text-{name}",
                "A text stays the text that it is.",
                book(two(text)).at(),
                Rows(seen(text)),
            )
            for name, text in texts.items()
        ),
        Case(
            "xlsx-shared-texts",
            "Texts of the workbook's list, one of them empty, one used twice.",
            listed.at(),
            Rows(grid("Name|Value", "x|s0", "y|", "z|s0")),
        ),
        Case(
            "xlsx-rich-text",
            "A text of which one word is bold.",
            book(
                two(shared(0)), shared=["<r><rPr><b/></rPr><t>Bo</t></r><r><t xml:space='preserve'> Jensen</t></r>"]
            ).at(),
            Rows(seen("Bo Jensen")),
        ),
        Case(
            "xlsx-rich-text-in-the-cell",
            "The same in the cell itself.",
            book(two(inline("<r><rPr><i/></rPr><t>Bo</t></r><r><t xml:space='preserve'> J</t></r>"))).at(),
            Rows(seen("Bo J")),
        ),
        Case(
            "xlsx-phonetic-text",
            "Japanese with the way it is spoken, which Excel does not show.",
            book(two(shared(0)), shared=['<t>山田</t><rPh sb="0" eb="2"><t>やまだ</t></rPh>']).at(),
            Rows(seen("山田")),
        ),
        Case(
            "xlsx-hyperlink",
            "A link shows its text; the address is not what the user sees.",
            book(
                two("Bo's page"), after='<hyperlinks><hyperlink ref="B2" location="A1" display="x"/></hyperlinks>'
            ).at(),
            Rows(seen("Bo's page")),
        ),
        Case(
            "xlsx-escaped-character",
            "A character that XML does not have, as Excel writes it.",
            book(two(shared(0)), shared=["<t>one_x000D_\ntwo</t>"]).at(),
            Rows(seen("one\r\ntwo")),
        ),
        Case(
            "xlsx-apostrophe-in-front",
            "Excel's mark for text is no part of it.",
            book(two(shared(0)), shared=["<t>00123</t>"]).at(),
            Rows(seen("00123")),
        ),
        Case(
            "xlsx-CDATA",
            "Text in the other way that XML has for it.",
            book(two(inline("<t><![CDATA[a<b & c]]></t>"))).at(),
            Rows(seen("a<b & c")),
        ),
    ]


def _headers() -> list[Case]:
    merge = '<mergeCells count="1"><mergeCell ref="{}"/></mergeCells>'
    return [
        Case(
            "xlsx-header-of-numbers-and-dates",
            "Headers that are a year, a date and a boolean.",
            book([["Name", 2026, number("46086", 1), True], ["x", "1", "2", "3"]], formats=[14]).at(),
            Rows([["Name", "2026", "2026-03-05", "TRUE"], ["x", "1", "2", "3"]]),
        ),
        Case(
            "xlsx-header-below-a-title",
            "A title over all columns, merged, above the header.",
            book([["Leads of 2026", None], ["Name", "Value"], ["x", "1"]], after=merge.format("A1:B1")).at(),
            Rows(grid("Name|Value", "x|1"), numbers=[3]),
            SourceOptions(header_row=2),
        ),
        Case(
            "xlsx-header-merged-down",
            "A header of two rows: names that go over both stand in the upper one.",
            book(
                [["Name", "Phone", None], [None, "Home", "Work"], ["x", "1", "2"]],
                after='<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/></mergeCells>',
            ).at(),
            Rows(grid("Name|Home|Work", "x|1|2"), numbers=[3]),
            SourceOptions(header_row=2),
        ),
        Case(
            "xlsx-header-line-break",
            "A header of two lines.",
            book([["Deal\nsize", "b"], ["1", "2"]]).at(),
            Rows([["Deal\nsize", "b"], ["1", "2"]]),
        ),
        Case(
            "xlsx-header-blank-at-the-end",
            "Columns at the right end that have no header and hold nothing are none.",
            book([["a", "b", None, None], ["1", "2", None, None]]).at(),
            Rows(grid("a|b", "1|2")),
        ),
        Case(
            "xlsx-header-missing",
            "A column without a header, which holds something.",
            book([["a", None, "c"], ["1", "2", "3"]]).at(),
            Rows([["a", "", "c"], ["1", "2", "3"]]),
        ),
    ]


def _shapes() -> list[Case]:
    table: list[list[CellContent]] = [["a", "b"], ["x", 1], ["y", 2]]
    texts = Rows(grid("a|b", "x|1", "y|2"), typed="B2 B3")
    bare = '<row><c t="inlineStr"><is><t>a</t></is></c><c t="inlineStr"><is><t>b</t></is></c></row>'
    bare += '<row><c t="inlineStr"><is><t>x</t></is></c><c><v>1</v></c></row>'
    offset = sheet_xml(
        '<row r="3"><c r="C3" t="inlineStr"><is><t>a</t></is></c><c r="D3" t="inlineStr"><is><t>b</t></is></c></row>'
        '<row r="5"><c r="C5" t="inlineStr"><is><t>x</t></is></c><c r="D5" t="e"><v>#N/A</v></c></row>'
    )
    return [
        Case("xlsm", "A workbook with macros, by its name.", book(table).at("leads.xlsm"), texts),
        Case(
            "xlsm-with-macros",
            "The macros are there, and nobody runs them.",
            book(table).with_part("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + b"\0" * 600).at("leads.xlsm"),
            texts,
        ),
        Case(
            "xlsx-wrong-dimension",
            "The sheet says that it is one cell, and has more.",
            book(table, before='<dimension ref="A1"/>').at(),
            texts,
        ),
        Case(
            "xlsx-immense-dimension",
            "The sheet says that it is as large as can be, and has few cells.",
            book(table, before='<dimension ref="A1:XFD1048576"/>').at(),
            texts,
        ),
        Case(
            "xlsx-without-places",
            "Rows and cells that do not say where they are: one behind the other.",
            Book({"Leads": sheet_xml(bare)}).at(),
            Rows(grid("a|b", "x|1"), typed="B2"),
        ),
        Case(
            "xlsx-not-at-the-corner",
            "The table begins in C3, and has a blank row in it; cells are named as Excel names them.",
            Book({"Leads": offset}).at(),
            Rows(grid("a|b", "|", "x|#N/A"), numbers=[4, 5], faults={"D5": Code.ERROR_VALUE}),
            SourceOptions(header_row=3),
        ),
        Case(
            "xlsx-trailing-styled-rows",
            "Rows below the table that have a format and no value are not in the table.",
            book([*table, [Xml('<c r="{r}" s="1"/>'), Xml('<c r="{r}" s="1"/>')]], formats=["0.0"]).at(),
            texts,
        ),
        Case(
            "xlsx-prefixed",
            "All elements have a prefix, as some programs write them.",
            _prefixed(table).at(),
            texts,
        ),
        Case(
            "xlsx-strict",
            "The strict form of the format, with other namespaces.",
            _strict(table).at(),
            texts,
        ),
        Case(
            "xlsx-UTF-16-part",
            "The sheet's XML is UTF-16.",
            book(table)
            .with_part(
                "xl/worksheets/sheet1.xml",
                sheet_xml(rows_xml(table)).replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16"),
            )
            .at(),
            texts,
        ),
        Case(
            "xlsx-comments-in-the-XML",
            "Comments and processing instructions between the cells.",
            Book(
                {
                    "Leads": sheet_xml(
                        rows_xml(table).replace("<v>", "<!-- <v>9</v> --><v>").replace("<row", "<?x y?><row")
                    )
                }
            ).at(),
            texts,
        ),
        *_sheets(table, texts),
    ]


def _prefixed(table: list[list[CellContent]]) -> Book:
    xml = book(table).sheets["Leads"].replace("<worksheet xmlns=", "<worksheet xmlns:x=")
    for name in ("worksheet", "sheetData", "row", "c", "v", "is", "t"):
        for end in (" ", ">"):
            xml = xml.replace(f"<{name}{end}", f"<x:{name}{end}").replace(f"</{name}>", f"</x:{name}>")
    return Book({"Leads": xml})


def _strict(table: list[list[CellContent]]) -> Book:
    made = book(table)
    for name, content in made._made().items():
        text = content.decode().replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006", "http://purl.oclc.org/ooxml/spreadsheetml"
        )
        text = text.replace(
            "http://schemas.openxmlformats.org/officeDocument/2006", "http://purl.oclc.org/ooxml/officeDocument"
        )
        made = made.with_part(name, text) if text else made
    return made


def _sheets(table: list[list[CellContent]], texts: Rows) -> list[Case]:
    sheet = book(table).sheets["Leads"]
    other = sheet_xml(rows_xml([["other"], ["sheet"]]))
    three = Book({"Old": other, "Leads": sheet, "Ordre & Æ": other}, states={"Old": "hidden"})
    very = Book({"Old": other, "Leads": sheet}, states={"Old": "veryHidden"})
    return [
        Case("xlsx-sheet-first-visible", "The first sheet is hidden.", three.at(), texts),
        Case("xlsx-sheet-very-hidden", "The first sheet is hidden by a program.", very.at(), texts),
        Case("xlsx-sheet-by-name", "A sheet by its name.", three.at(), texts, SourceOptions(sheet="Leads")),
        Case(
            "xlsx-sheet-by-number",
            "A sheet by its number; hidden ones count.",
            three.at(),
            texts,
            SourceOptions(sheet=2),
        ),
        Case(
            "xlsx-sheet-with-odd-name",
            "A name with letters and marks of its own.",
            three.at(),
            Rows([["other"], ["sheet"]], sheet="Ordre & Æ"),
            SourceOptions(sheet="Ordre & Æ"),
        ),
        Case(
            "xlsx-sheet-misspelt",
            "A name that is not there; the sentence knows the nearest.",
            three.at(),
            Refused("no sheet 'Lead'", "Did you mean 'Leads'?"),
            SourceOptions(sheet="Lead"),
        ),
        Case(
            "xlsx-sheet-number-too-high",
            "A number that is not there.",
            three.at(),
            Refused("no sheet number 4", "'Leads'"),
            SourceOptions(sheet=4),
        ),
        Case(
            "xlsx-sheet-empty",
            "A sheet with nothing in it.",
            Book({"Leads": sheet_xml("")}).at(),
            Refused("holds no text"),
        ),
        Case(
            "xlsx-sheet-of-another-is-damaged",
            "A sheet that nobody asked for cannot be read.",
            three.with_part("xl/worksheets/sheet3.xml", "<worksheet><sheetData><row></worksheet>").at(),
            texts,
        ),
    ]


CASES = [*_numbers(), *_errors_and_formulas(), *_hidden(), *_texts(), *_headers(), *_shapes()]
