"""The other formats of spreadsheets: .xlsb, .xls and .ods, seen like .xlsx."""

from collections.abc import Callable, Sequence
from io import BytesIO
from struct import pack

import xlwt
from corpus.cases import Case, Maker, Refusable, Refused, Rows, grid
from corpus.files import encrypted, lazily, raw
from corpus.opendocument import DOCUMENT, odd, ods, ods_bytes, repeated, row, shown, value
from corpus.workbooks import book
from loader.old_formats import cell12, real, rk, row12, sheet12, text12, xlsb_bytes

from leadsync.codes import Code
from leadsync.records import HiddenRows, SourceOptions

FORMATS: Sequence[tuple[str, str, float, str, bool]] = (
    ("zeros", "00000", 123, "00123", False),
    ("social-security", "000\\-00\\-0000", 123456789, "123-45-6789", False),
    ("phone", "\\+45\\ 00000000", 12345678, "+45 12345678", False),
    ("percent", "0%", 0.255, "25.5%", True),
    ("currency", "#,##0.00", 1234.5, "1234.5", True),
    ("date", "yyyy\\-mm\\-dd", 46086, "2026-03-05", True),
    ("date-and-time", "yyyy\\-mm\\-dd hh:mm:ss", 46086.5, "2026-03-05 12:00:00", True),
    ("general", "General", 123, "123", True),
)
ERROR_NUMBERS = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42}
SKIP = SourceOptions(hidden_rows=HiddenRows.SKIP)
HIDDEN = frozenset({3})
TABLE = grid("Name|Phone", "Bo|1", "Eva|2", "Ida|3")
TWO = [["Name", "Value"], ["x", ""]]


def seen(text: str) -> list[list[str]]:
    """Give what is read where B2 holds this text."""
    return [["Name", "Value"], ["x", text]]


def xlsb(*rows: bytes, formats: Sequence[str | int] = (), strings: Sequence[str] = (), is_1904: bool = False) -> Maker:
    """Make an .xlsb file of the rows below the header Name, Value."""
    sheet = sheet12(row12(0, text12(0, "Name"), text12(1, "Value")) + b"".join(rows))
    content = xlsb_bytes({"Leads": sheet}, formats=formats, strings=strings, is_1904=is_1904)
    return raw(content, "leads.xlsb")


def _xlsb() -> list[Case]:
    def one(cell: bytes) -> bytes:
        return row12(1, text12(0, "x"), cell)

    four = [
        row12(at, text12(0, name), text12(1, str(at)), hidden=at == 2)
        for at, name in enumerate(["Bo", "Eva", "Ida"], 1)
    ]
    hidden_table = [["Name", "Value"], *TABLE[1:]]
    return [
        Case("xlsb-text", "Texts that look like more.", xlsb(one(text12(1, "00123"))), Rows(seen("00123"))),
        Case(
            "xlsb-shared-text",
            "A text of the list.",
            xlsb(one(cell12(7, 1, pack("<L", 0))), strings=["Ærø"]),
            Rows(seen("Ærø")),
        ),
        Case("xlsb-number", "A number.", xlsb(one(real(1, 1.5))), Rows(seen("1.5"), typed="B2")),
        Case(
            "xlsb-whole-number",
            "A whole number of four bytes.",
            xlsb(one(rk(1, 45123456))),
            Rows(seen("45123456"), typed="B2"),
        ),
        Case(
            "xlsb-hundredths",
            "A number of hundredths.",
            xlsb(one(rk(1, 1234, hundredths=True))),
            Rows(seen("12.34"), typed="B2"),
        ),
        Case("xlsb-boolean", "A boolean.", xlsb(one(cell12(4, 1, b"\1"))), Rows(seen("TRUE"), typed="B2")),
        *(
            Case(
                f"xlsb-format-{name}",
                f"The number {number} under the format {code!r}.",
                xlsb(one(real(1, number, 1)), formats=[code]),
                Rows(seen(text), typed="B2" if is_typed else ""),
            )
            for name, code, number, text, is_typed in FORMATS
        ),
        *(
            Case(
                f"xlsb-error-{text}",
                f"A cell that shows {text}.",
                xlsb(one(cell12(3, 1, bytes([number])))),
                Rows(seen(text), faults={"B2": Code.ERROR_VALUE}),
            )
            for text, number in ERROR_NUMBERS.items()
        ),
        Case(
            "xlsb-date-1904",
            "Days counted from 1904.",
            xlsb(one(real(1, 44624, 1)), formats=[14], is_1904=True),
            Rows(seen("2026-03-05"), typed="B2"),
        ),
        Case(
            "xlsb-digits-lost",
            "A number of too many digits.",
            xlsb(one(real(1, 1234567890123456789))),
            Rows(seen("1234567890123460000"), typed="B2", faults={"B2": Code.DIGITS_LOST}),
        ),
        Case("xlsb-hidden-included", "A hidden row is read, and said.", xlsb(*four), Rows(hidden_table, hidden=HIDDEN)),
        Case(
            "xlsb-hidden-skipped",
            "A hidden row is left out.",
            xlsb(*four),
            Rows(hidden_table, left_out={3: Code.HIDDEN_ROW}, hidden=HIDDEN),
            SKIP,
        ),
        Case(
            "xlsb-far-cell",
            "One cell in the farthest corner.",
            xlsb(one(text12(1, "y")), row12(1048575, real(16383, 1))),
            Refused("leads.xlsb", "too large"),
        ),
        Case(
            "xlsb-cut",
            "A sheet that ends too soon.",
            raw(xlsb_bytes({"Leads": sheet12(row12(0, text12(0, "a")))[:-9]}), "leads.xlsb"),
            Refused("leads.xlsb", "cut off"),
        ),
    ]


def xls(
    *cells: object,
    code: str = "",
    prepare: Callable[[xlwt.Workbook, xlwt.Worksheet], None] | None = None,
    is_1904: bool = False,
) -> Maker:
    """Make an .xls file with the header Name, Value, and a row for each of some values in column B."""

    def content() -> bytes:
        made = xlwt.Workbook()
        made.dates_1904 = is_1904
        sheet = made.add_sheet("Leads")
        style = xlwt.easyxf(num_format_str=code.replace("\\", "\\")) if code else xlwt.Style.default_style
        for at, name in enumerate(["Name", "Value"]):
            sheet.write(0, at, name)
        for at, cell in enumerate(cells, 1):
            sheet.write(at, 0, "x")
            sheet.write(at, 1, cell, style)
        if prepare:
            prepare(made, sheet)
        packed = BytesIO()
        made.save(packed)
        return packed.getvalue()

    return lazily(content, "leads.xls")


def _xls() -> list[Case]:
    def hide(_: xlwt.Workbook, sheet: xlwt.Worksheet) -> None:
        sheet.row(2).hidden = True

    def an_error(number: int) -> Callable[[xlwt.Workbook, xlwt.Worksheet], None]:
        def put(_: xlwt.Workbook, sheet: xlwt.Worksheet) -> None:
            sheet.write(1, 0, "x")
            sheet.row(1).set_cell_error(1, number)

        return put

    def hide_sheet(book: xlwt.Workbook, sheet: xlwt.Worksheet) -> None:
        sheet.visibility = 1
        book.add_sheet("Shown").write(0, 0, "other")
        book.set_active_sheet(1)

    def far(_: xlwt.Workbook, sheet: xlwt.Worksheet) -> None:
        sheet.write(65535, 255, 1)

    three = [["Name", "Value"], ["x", "a"], ["x", "b"], ["x", "c"]]
    return [
        Case("xls-text", "Texts that look like more.", xls("00123", "=1+1"), Rows([*seen("00123"), ["x", "=1+1"]])),
        Case("xls-text-wide", "A text of letters of many countries.", xls("Ærø 山田 😀"), Rows(seen("Ærø 山田 😀"))),
        Case(
            "xls-text-long", "A text that goes over the end of its record.", xls("ø" * 20_000), Rows(seen("ø" * 20_000))
        ),
        Case("xls-number", "Numbers.", xls(1.5, 123), Rows([*seen("1.5"), ["x", "123"]], typed="B2 B3")),
        Case("xls-boolean", "A boolean.", xls(True), Rows(seen("TRUE"), typed="B2")),
        *(
            Case(
                f"xls-format-{name}",
                f"The number {number} under the format {code!r}.",
                xls(number, code=code),
                Rows(seen(text), typed="B2" if is_typed else ""),
            )
            for name, code, number, text, is_typed in FORMATS
        ),
        *(
            Case(
                f"xls-error-{text}",
                f"A cell that shows {text}.",
                xls(prepare=an_error(number)),
                Rows(seen(text), faults={"B2": Code.ERROR_VALUE}),
            )
            for text, number in ERROR_NUMBERS.items()
        ),
        Case(
            "xls-date-1904",
            "Days counted from 1904.",
            xls(44624, code="yyyy-mm-dd", is_1904=True),
            Rows(seen("2026-03-05"), typed="B2"),
        ),
        Case(
            "xls-digits-lost",
            "A number of too many digits.",
            xls(1234567890123456789.0),
            Rows(seen("1234567890123460000"), typed="B2", faults={"B2": Code.DIGITS_LOST}),
        ),
        Case(
            "xls-hidden-included",
            "A hidden row is read, and said.",
            xls("a", "b", "c", prepare=hide),
            Rows(three, hidden=HIDDEN),
        ),
        Case(
            "xls-hidden-skipped",
            "A hidden row is left out.",
            xls("a", "b", "c", prepare=hide),
            Rows(three, left_out={3: Code.HIDDEN_ROW}, hidden=HIDDEN),
            SKIP,
        ),
        Case(
            "xls-hidden-sheet",
            "The first sheet is hidden.",
            xls("a", prepare=hide_sheet),
            Rows([["other"]], sheet="Shown"),
        ),
        Case(
            "xls-far-cell", "One cell in the farthest corner.", xls("a", prepare=far), Refused("leads.xls", "too large")
        ),
        Case(
            "xls-password",
            "A workbook that is protected by a password.",
            raw(encrypted(), "leads.xls"),
            Refused("leads.xls", "password"),
        ),
        Case(
            "xls-cut",
            "The first half of the file.",
            _changed(xls(*["x"] * 50), lambda content: content[: len(content) // 2]),
            Refused("leads.xls", "damaged"),
        ),
    ]


def _renamed(make: Maker, name: str) -> Maker:
    return lambda folder: make(folder).rename(folder / name)


def _changed(make: Maker, change: Callable[[bytes], bytes]) -> Maker:
    return lambda folder: raw(change(make(folder).read_bytes()), "leads.xls")(folder)


def _ods() -> list[Case]:
    header = row(shown("Name"), shown("Value"))

    def one(cell: str) -> Maker:
        return ods(header, row(shown("x"), cell))

    numbers = {
        "plain": ('float" office:value="123', "123", "123", True),
        "decimals": ('float" office:value="1.5', "1,50", "1.5", True),
        "zeros": ('float" table:style-name="zeros" office:value="123', "00123", "00123", False),
        "currency": ('currency" office:currency="DKK" office:value="1234.5', "1.234,50 kr.", "1234.5", True),
        "percent": ('percentage" office:value="0.255', "26%", "25.5%", True),
        "date": ('date" office:date-value="2026-03-05', "05/03/26", "2026-03-05", True),
        "date-and-time": (
            'date" office:date-value="2026-03-05T12:00:00',
            "05/03/26 12.00",
            "2026-03-05 12:00:00",
            True,
        ),
        "boolean": ('boolean" office:boolean-value="true', "SAND", "TRUE", True),
        "digits-lost": (
            'float" office:value="1234567890123456789',
            "1.23456789012346E+18",
            "1234567890123460000",
            True,
        ),
    }
    hidden = ods(
        header,
        row(shown("Bo"), shown("1")),
        row(shown("Eva"), shown("2"), attributes=' table:visibility="filter"'),
        row(shown("Ida"), shown("3"), attributes=' table:visibility="collapse"'),
    )
    hidden_table = [["Name", "Value"], *TABLE[1:]]
    of_hidden = frozenset({3, 4})
    na = 'string" office:string-value="" calcext:value-type="error'
    return [
        Case("ods-text", "A text that looks like more.", one(shown("00123")), Rows(seen("00123"))),
        Case(
            "ods-text-of-two-lines",
            "Two paragraphs are two lines.",
            one(odd("<text:p>one</text:p><text:p>two</text:p>")),
            Rows(seen("one\ntwo")),
        ),
        Case(
            "ods-text-with-spaces",
            "Spaces, a tab and a line break, in the format's own words.",
            one(odd('<text:p>a<text:s text:c="2"/>b<text:tab/>c<text:line-break/>d</text:p>')),
            Rows(seen("a  b\tc\nd")),
        ),
        Case(
            "ods-text-with-a-link",
            "A link shows its text.",
            one(odd('<text:p><text:a xlink:href="https://example.com">Bo</text:a></text:p>')),
            Rows(seen("Bo")),
        ),
        Case(
            "ods-text-with-a-note",
            "A note is not what the cell shows.",
            one(odd("<office:annotation><text:p>note</text:p></office:annotation><text:p>Bo</text:p>")),
            Rows(seen("Bo")),
        ),
        *(
            Case(
                f"ods-{name}",
                f"A value that is shown as {text}.",
                one(value(kind, text)),
                Rows(
                    seen(read),
                    typed="B2" if is_typed else "",
                    faults={"B2": Code.DIGITS_LOST} if "lost" in name else {},
                ),
            )
            for name, (kind, text, read, is_typed) in numbers.items()
        ),
        Case(
            "ods-error",
            "A cell that shows an error.",
            one(value(na, "#N/A", formula="of:=NA()")),
            Rows(seen("#N/A"), faults={"B2": Code.ERROR_VALUE}),
        ),
        Case(
            "ods-error-of-LibreOffice",
            "An error in LibreOffice's own words.",
            one(value(na, "Err:502", formula="of:=X()")),
            Rows(seen("Err:502"), faults={"B2": Code.ERROR_VALUE}),
        ),
        Case(
            "ods-never-calculated",
            "A formula without a value.",
            one('<table:table-cell table:formula="of:=1+1"/>'),
            Rows(seen(""), faults={"B2": Code.NOT_CALCULATED}),
        ),
        Case(
            "ods-repeated",
            "Cells and rows that are written once and stand twice.",
            ods(
                header,
                row(shown("x", ' table:number-columns-repeated="2"'), attributes=' table:number-rows-repeated="2"'),
            ),
            Rows(grid("Name|Value", "x|x", "x|x")),
        ),
        Case(
            "ods-blank-to-the-end",
            "Blank cells and rows to the end of the sheet, as LibreOffice writes them.",
            ods(
                header,
                row(shown("x"), shown("y"), repeated(16382)),
                row(repeated(16384), attributes=' table:number-rows-repeated="1048574"'),
            ),
            Rows(seen("y")),
        ),
        Case(
            "ods-blank-rows-between",
            "Blank rows between others are rows.",
            ods(header, row(repeated(2), attributes=' table:number-rows-repeated="2"'), row(shown("x"), shown("y"))),
            Rows(grid("Name|Value", "|", "|", "x|y")),
        ),
        Case(
            "ods-hidden-included",
            "Hidden and filtered rows are read, and said.",
            hidden,
            Rows(hidden_table, hidden=of_hidden),
        ),
        Case(
            "ods-hidden-skipped",
            "Hidden and filtered rows are left out.",
            hidden,
            Rows(hidden_table, left_out=dict.fromkeys(of_hidden, Code.HIDDEN_ROW), hidden=of_hidden),
            SKIP,
        ),
        Case(
            "ods-repeated-to-the-end",
            "A value that is repeated to the end of the sheet.",
            ods(
                header,
                row(
                    shown("x", ' table:number-columns-repeated="16384"'),
                    attributes=' table:number-rows-repeated="1048575"',
                ),
            ),
            Refused("leads.ods", "too large"),
        ),
        Case(
            "ods-repeated-beyond",
            "A number of repetitions that no sheet has.",
            ods(header, row(shown("x", ' table:number-columns-repeated="99999999999999"'))),
            Refusable(),
        ),
        Case(
            "ods-entities",
            "Entities that stand for one another.",
            raw(
                ods_bytes(
                    DOCUMENT.replace(
                        "<office:document-content",
                        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><office:document-content',
                        1,
                    ).format(rows=header + row(shown("&b;"), shown("1")))
                ),
                "leads.ods",
            ),
            Refused("leads.ods", "document type"),
        ),
        Case(
            "ods-no-content",
            "The part with the table is missing.",
            raw(ods_bytes(""), "leads.ods"),
            Refused("leads.ods"),
        ),
        Case(
            "ods-text-document",
            "A letter, and no table.",
            raw(ods_bytes("<x/>", "application/vnd.oasis.opendocument.text"), "leads.ods"),
            Refused("leads.ods"),
        ),
    ]


def _misnamed() -> list[Case]:
    kinds = {
        "xlsx": book([["Name", "Value"], ["x", "00123"]]).at("leads.xlsx"),
        "xlsb": xlsb(row12(1, text12(0, "x"), text12(1, "00123"))),
        "xls": xls("00123"),
        "ods": ods(row(shown("Name"), shown("Value")), row(shown("x"), shown("00123"))),
    }
    return [
        Case(
            f"misnamed-{kind}-for-{name}",
            "A spreadsheet of one kind under the name of another: it is what it is.",
            _renamed(make, f"leads.{name}"),
            Rows(seen("00123")),
        )
        for kind, make in kinds.items()
        for name in ("xlsx", "xlsm", "xlsb", "xls", "ods", "csv")
        if name != kind
    ]


CASES = [*_xlsb(), *_xls(), *_ods(), *_misnamed()]
