"""Hostile files: refused or read, within a few seconds and 1 GB of memory, with one clear sentence."""

from corpus.bombs import MEGABYTE, bomb, gz_bomb
from corpus.cases import Case, Refusable, Refused, Rows, grid
from corpus.files import lazily, raw, text, zip_bytes
from corpus.translate_cases import mapping
from corpus.workbooks import MAIN, Book, book, inline, number, rows_xml, shared, sheet_xml

from leadsync.codes import Code

DTD = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{}]>'
DOUBLING = "".join(f'<!ENTITY {chr(98 + level)} "{f"&{chr(97 + level)};" * 10}">' for level in range(12))
MILLION = 1_000_000
WIDE = [""] * 16_382
WIDEST = [f"c{number}" for number in range(16_384)]


def _bombs() -> list[Case]:
    sheet, texts = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
    begin, end = sheet_xml(rows_xml([["a"], ["1"]])).split("</sheetData>")
    cells = b'<c t="inlineStr"><is><t>x</t></is></c>'
    return [
        Case(
            "hostile-zip-bomb-of-blanks",
            "A workbook of some 2 MB of which the sheet has 2 GB of blanks.",
            lazily(lambda: bomb(sheet, begin + "</sheetData>", end, 2000), "leads.xlsx"),
            Refused("leads.xlsx"),
        ),
        Case(
            "hostile-many-cells",
            "A sheet of 12 MB of cells, packed into some kilobytes.",
            lazily(
                lambda: bomb(sheet, begin, "</sheetData>" + end, 12, b"<row>" + cells * 26 + b"</row>"), "leads.xlsx"
            ),
            Refusable(),
        ),
        Case(
            "hostile-zip-bomb-that-lies",
            "A sheet of 1 GB that claims to have 1,000 bytes.",
            lazily(lambda: bomb(sheet, begin + "</sheetData>", end, 1000, claimed=1000), "leads.xlsx"),
            Refused("leads.xlsx"),
        ),
        Case(
            "hostile-zip-bomb-of-texts",
            "A list of texts of 1 GB.",
            lazily(lambda: bomb(texts, f'<sst xmlns="{MAIN}"><si><t>', "</t></si></sst>", 1000, b"x"), "leads.xlsx"),
            Refused("leads.xlsx"),
        ),
        Case(
            "hostile-gz-bomb",
            "A packed file of 500 MB of blanks in one line.",
            lazily(lambda: gz_bomb(b"a,b\n1,2\n", b" ", 500, b"\n"), "contacts.csv.gz"),
            Refused("contacts.csv.gz", "200 times"),
        ),
    ]


def _far_cells() -> list[Case]:
    def with_cell(place: str, row: int) -> Book:
        far = f'<row r="{row}"><c r="{place}"><v>1</v></c></row>'
        return Book({"Leads": sheet_xml(rows_xml([["a", "b"], ["1", "2"]]) + far)})

    return [
        Case(
            "hostile-far-cell",
            "A workbook of 5 KB with one cell in the farthest corner of the sheet.",
            with_cell("XFD1048576", 1048576).at(),
            Refused("Leads!XFD1048576", "empty"),
        ),
        Case(
            "hostile-far-row",
            "One cell far below a small table: 300,000 blank rows.",
            with_cell("A300000", 300_000).at(),
            Refusable(),
        ),
        Case(
            "hostile-far-column",
            "One cell in the last column of the sheet.",
            with_cell("XFD3", 3).at(),
            Rows([["a", "b", *WIDE], ["1", "2", *WIDE], ["", "", *WIDE[:-1], "1"]], typed="XFD3"),
        ),
        Case(
            "hostile-cell-beyond-the-sheet",
            "A cell where Excel has none.",
            with_cell("ZZZZZZ9", 9).at(),
            Refused("leads.xlsx", "ZZZZZZ9"),
        ),
        Case(
            "hostile-row-beyond-the-sheet",
            "A row with a number that Excel has none of.",
            with_cell("A4294967297", 4294967297).at(),
            Refused("leads.xlsx", "4294967297"),
        ),
        Case(
            "hostile-row-0",
            "A row with the number 0.",
            Book({"Leads": sheet_xml('<row r="0"><c r="A0"><v>1</v></c></row>' + rows_xml([["a"], ["1"]]))}).at(),
            Refused("leads.xlsx"),
        ),
        Case(
            "hostile-rows-out-of-order",
            "Rows from the bottom to the top.",
            Book(
                {
                    "Leads": sheet_xml(
                        "".join(reversed(rows_xml([["a"], ["1"], ["2"]]).replace("</row>", "</row>\0").split("\0")))
                    )
                }
            ).at(),
            Refused("leads.xlsx", "order"),
        ),
        Case(
            "hostile-merged-everything",
            "All cells of the sheet are merged.",
            book([["a", "b"], ["1", "2"]], after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>').at(),
            Rows(grid("a|b", "1|2")),
        ),
        Case(
            "hostile-many-merged",
            "20,000 merged places.",
            book(
                [["a", "b"], ["1", "2"]],
                after="<mergeCells>"
                + "".join(f'<mergeCell ref="A{n}:B{n + 1}"/>' for n in range(3, 40003, 2))
                + "</mergeCells>",
            ).at(),
            Rows(grid("a|b", "1|2")),
        ),
    ]


def _xml() -> list[Case]:
    def with_dtd(entities: str, use: str) -> Book:
        xml = sheet_xml(rows_xml([["a", "b"], ["1", inline(f"<t>{use}</t>")]]))
        return Book({"Leads": xml.replace("<worksheet", DTD.format(entities) + "<worksheet", 1)})

    external = '<!ENTITY e SYSTEM "file:///etc/hostname">'
    return [
        Case(
            "hostile-entities",
            "Entities that stand for one another: a billion laughs.",
            with_dtd(DOUBLING, "&m;").at(),
            Refused("leads.xlsx", "document type"),
        ),
        Case(
            "hostile-entity",
            "One entity, which no spreadsheet writes.",
            with_dtd("", "&a;").at(),
            Refused("leads.xlsx", "document type"),
        ),
        Case(
            "hostile-external-entity",
            "An entity that stands for a file of this machine.",
            with_dtd(external, "&e;").at(),
            Refused("leads.xlsx", "document type"),
        ),
        Case(
            "hostile-entities-in-the-texts",
            "The same in the list of texts.",
            book([["a"], [shared(0)]], shared=["<t>x</t>"])
            .with_part("xl/sharedStrings.xml", DTD.format(DOUBLING) + f'<sst xmlns="{MAIN}"><si><t>&m;</t></si></sst>')
            .at(),
            Refused("leads.xlsx", "document type"),
        ),
        Case(
            "hostile-control-character-in-a-place",
            "A cell whose place has a character that cannot be printed, so the sentence must not show it as it is.",
            Book({"Leads": sheet_xml('<row r="1"><c r="\0F1" t="inlineStr"><is><t>a</t></is></c></row>')}).at(),
            Refused("leads.xlsx"),
        ),
        Case(
            "hostile-nested",
            "Elements within elements, 100,000 deep.",
            Book({"Leads": sheet_xml(rows_xml([["a"]]) + "<row>" * 100_000)}).at(),
            Refusable(),
        ),
        Case(
            "hostile-cut-XML",
            "The sheet's XML ends in a tag.",
            book([["a"], ["1"]]).with_part("xl/worksheets/sheet1.xml", sheet_xml(rows_xml([["a"], ["1"]]))[:-60]).at(),
            Refused("leads.xlsx"),
        ),
        Case(
            "hostile-no-XML",
            "The sheet's XML is none.",
            book([["a"]]).with_part("xl/worksheets/sheet1.xml", b"\0\1\2" * 99).at(),
            Refused("leads.xlsx"),
        ),
        Case(
            "hostile-no-sheet",
            "The sheet's part is missing.",
            book([["a"]]).with_part("xl/worksheets/sheet1.xml", "").at(),
            Refused("leads.xlsx"),
        ),
        Case(
            "hostile-no-styles",
            "The part with the formats is missing, by which numbers are shown: nobody can tell what they show.",
            book([["a"], [number("46086", 1)]], formats=[14]).with_part("xl/styles.xml", "").at(),
            Refused("leads.xlsx"),
        ),
        Case(
            "hostile-no-workbook",
            "An archive that is named as a workbook, with one text in it.",
            raw(zip_bytes({"a.txt": b"x"}), "leads.xlsx"),
            Refusable(),
        ),
        Case(
            "hostile-no-text-of-that-number",
            "A text that is not in the list.",
            book([["a"], [shared(9)]], shared=["<t>x</t>"]).at(),
            Refused("leads.xlsx", "text"),
        ),
        Case(
            "hostile-no-style-of-that-number",
            "A style that is not in the list.",
            book([["a"], [number("1", 99)]]).at(),
            Refusable(),
        ),
        Case(
            "hostile-path-out-of-the-archive",
            "A part with a name that leads out of the archive.",
            book([["a"], ["1"]]).with_part("../../../../tmp/evil.xml", "x").at(),
            Rows(grid("a", "1")),
        ),
    ]


def _large() -> list[Case]:
    return [
        Case(
            "hostile-large-cell",
            "A cell of 50 MB in a CSV file.",
            lazily(lambda: b'a,b\n1,"' + _large_cell() + b'"\n'),
            Refused("contacts.csv", "line 2", "8 million"),
        ),
        Case(
            "hostile-large-line",
            "A line of 50 MB without quotes.",
            lazily(lambda: b"a,b\n1," + _large_cell() + b"\n"),
            Refused("contacts.csv", "8 million"),
        ),
        Case(
            "hostile-large-header",
            "A header of 50 MB.",
            lazily(lambda: _large_cell() + b",b\n1,2\n"),
            Refused("contacts.csv"),
        ),
        Case(
            "hostile-large-cell-of-a-workbook",
            "A cell of 50 MB in a workbook.",
            lazily(lambda: book([["a"], [_large_cell().decode()]]).packed(), "leads.xlsx"),
            Refused("leads.xlsx"),
        ),
        Case(
            "hostile-million-columns",
            "A header of a million columns, and a row of as many.",
            lazily(lambda: b",".join(b"c%d" % n for n in range(MILLION)) + b"\n" + b"1," * (MILLION - 1) + b"1\n"),
            Refused("contacts.csv", "1,000,000"),
        ),
        Case(
            "hostile-million-commas",
            "A row of a million commas below a header of two.",
            lazily(lambda: b"a,b\n" + b"," * MILLION + b"\n1,2\n"),
            Rows([["a", "b"], ["", ""], ["1", "2"]]),
        ),
        Case(
            "hostile-million-cells",
            "A row of a million cells below a header of two.",
            lazily(lambda: b"a,b\n" + b"x," * MILLION + b"\n1,2\n"),
            Rows([["a", "b"], ["x", "x"], ["1", "2"]], issues={2: Code.RAGGED_ROW}),
        ),
        Case(
            "hostile-widest-sheet",
            "As many columns as a sheet can have.",
            lazily(lambda: book([WIDEST, ["x"] * len(WIDEST)]).packed(), "leads.xlsx"),
            Rows([WIDEST, ["x"] * len(WIDEST)]),
        ),
        Case(
            "hostile-widest-header-without-the-mappings",
            "16,384 columns, and not the one of the mapping: the sentence does not name them all.",
            text(",".join(["Lead", *WIDEST]) + "\n"),
            Refused('no column "A"'),
            mapping=mapping("notes: A"),
        ),
        Case(
            "hostile-NUL-alone", "A file of nothing but NUL characters.", raw(b"\0" * 100_000), Refused("contacts.csv")
        ),
        Case("hostile-quotes-alone", "A file of nothing but quotes.", raw(b'"' * 100_001), Refused("contacts.csv")),
        Case(
            "hostile-line-ends-alone",
            "A file of nothing but line ends.",
            raw(b"\n" * 100_000),
            Refused("contacts.csv holds no text at all"),
        ),
    ]


def _large_cell() -> bytes:
    return b"x" * (50 * MEGABYTE)


CASES = [*_bombs(), *_far_cells(), *_xml(), *_large()]
