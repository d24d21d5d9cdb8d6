"""Workbooks with what openpyxl fills, drops or changes by itself: they come back as they were read, or are made new."""

import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.worksheet.table import Table
from report.workbooks import a_book, a_summary, cells_of, chunks_of, report, rewrite

from leadsync.codes import Code
from leadsync.records import SUMMARY_SHEET, Chunk, Outcome, Status
from leadsync.report.about import About

LEADS = "xl/worksheets/sheet1.xml"
MARKED = "xl/worksheets/sheet2.xml"
NEW = "This is a new workbook and not leads.xlsx itself, marked: "


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Give a workbook as people have them."""
    return a_book(tmp_path / "leads.xlsx")


def put(source: Path, place: str, content: str) -> None:
    """Put a cell of the sheet that is read into another form; it looks as before."""

    def change(sheet: str) -> str:
        changed, count = re.subn(
            rf'(<c r="{place}"(?: s="\d+")?)[^>]*?(?:/>|>.*?</c>)', lambda cell: cell[1] + content, sheet
        )
        assert count == 1
        return changed

    rewrite(source, {LEADS: change})


def add(source: Path, tag: str, content: str, before: str = "<pageMargins") -> None:
    """Add something behind the rows of the sheet that is read, into what holds things of its kind."""

    def change(sheet: str) -> str:
        if f"<{tag}" in sheet:
            return sheet.replace(f"</{tag}>", f"{content}</{tag}>")
        return sheet.replace(before, f"<{tag}>{content}</{tag}>{before}")

    rewrite(source, {LEADS: change})


def fed_again(source: Path, judge: Any = None) -> str:
    """Mark a workbook, twice; what came out is read as it was. Gives the XML of its sheet."""
    before = chunks_of(source)
    out, again = source.with_name("results.xlsx"), source.with_name("again.xlsx")
    for path, original in ((out, source), (again, out)):
        notes = report(chunks_of(original), path, original, **({"judge": judge} if judge else {}))
        assert not any(note.startswith("This is a new workbook") for note in notes)
        assert cells_of(chunks_of(path)) == cells_of(before)
    with ZipFile(again) as archive:
        return archive.read(MARKED).decode()


def made_new(source: Path) -> str:
    """Give the reason for which a workbook was not marked; what came out is read as it was."""
    chunks = chunks_of(source)
    note = report(chunks, source.with_name("results.xlsx"), source)[0]
    assert note.startswith(NEW)
    return note.removeprefix(NEW)


@pytest.mark.parametrize("value", ["<v></v>", "<v/>"])
def test_a_formula_with_an_empty_text_for_a_result_keeps_it(source: Path, value: str) -> None:
    """Else it would be one that was never calculated, and its row be refused."""
    put(source, "G5", f' t="str"><f>IF(1,"","")</f>{value}</c>')
    assert not chunks_of(source)[0].faults
    assert 't="str"><f>IF(1,"","")</f><v></v></c>' in fed_again(source)


def test_a_blank_cell_with_a_link_stays_blank(source: Path) -> None:
    """Else the link's text would be sent; the link itself stays, also in sheets that are not read."""
    put(source, "C5", "/>")
    add(source, "hyperlinks", '<hyperlink ref="C5" location="Leads!B4"/><hyperlink ref="B6:B7" location="Leads!B4"/>')
    link = '<hyperlinks><hyperlink ref="B9" location="Leads!B4"/></hyperlinks><pageMargins'
    rewrite(source, {"xl/worksheets/sheet2.xml": lambda sheet: sheet.replace("<pageMargins", link)})
    fed_again(source)
    book = openpyxl.load_workbook(source.with_name("again.xlsx"), read_only=True)
    assert book["Leads"]["C5"].value is None
    assert book["Leads"]["B6"].value == chunks_of(source)[0].frame[0].iat[2]
    assert not any(row[1:2] == ("Leads!B4",) for row in book["Stock"].iter_rows(values_only=True))
    links = openpyxl.load_workbook(source.with_name("again.xlsx"))
    assert links["Leads"]["C5"].hyperlink.location == "Leads!B4"
    assert links["Stock"]["B9"].hyperlink.location == "Leads!B4"


def test_a_text_that_is_that_of_its_link_stays(source: Path) -> None:
    """It was typed by somebody."""
    put(source, "C5", ' t="str"><v>Leads!B4</v></c>')
    put(source, "C6", ' t="inlineStr"><is><t>Leads!B4</t></is></c>')
    add(source, "hyperlinks", '<hyperlink ref="C5:C6" location="Leads!B4"/>')
    fed_again(source)
    assert list(chunks_of(source.with_name("again.xlsx"))[0].frame[1])[1:3] == ["Leads!B4"] * 2


def test_no_helper_column_stands_over_a_link(source: Path) -> None:
    """Though its cell is blank."""
    add(source, "hyperlinks", '<hyperlink ref="K5" location="Leads!B4"/>')
    fed_again(source)
    sheet = openpyxl.load_workbook(source.with_name("again.xlsx"))["Leads"]
    assert (sheet["K3"].value, sheet["L3"].value) == (None, "leadsync_sheet")


def test_a_merged_header_that_reaches_over_blank_columns_is_read_as_before(tmp_path: Path) -> None:
    """With helper columns to the right, they are not columns of that name; a column that holds something is."""
    for filled, headers in ((None, ("Lead", "Name")), ("x", ("Lead", "Name", "Name"))):
        book = openpyxl.Workbook()
        assert book.active
        book.active.title = "Leads"
        book.active["A2"] = "About"
        for row in (("Lead", "Name"), ("1", "Ada"), ("2", "Bea", filled)):
            book.active.append(row)
        book.active.merge_cells("B3:C3")
        book.save(tmp_path / "leads.xlsx")
        assert chunks_of(tmp_path / "leads.xlsx")[0].headers == headers
        fed_again(tmp_path / "leads.xlsx")


@pytest.mark.parametrize("kind", ["mergeCell", "hyperlink"])
@pytest.mark.parametrize("area", ["J1:J1048576", "A20:XFD1048576", "J:K", "30:40"])
def test_areas_that_are_too_large_for_openpyxl_give_a_new_workbook(source: Path, kind: str, area: str) -> None:
    """It would take minutes for a column, and all memory for a sheet."""
    add(source, f"{kind}s", f'<{kind} ref="{area}"/>')
    assert area in made_new(source)


def test_many_areas_count_together(source: Path) -> None:
    """None of them is too large by itself."""
    add(source, "hyperlinks", "".join(f'<hyperlink ref="J1:J{49_000 + n}" location="Leads!A1"/>' for n in range(11)))
    assert "539,058 cells" in made_new(source)


def test_all_parts_of_a_workbook_are_weighed(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not its sheets alone."""
    monkeypatch.setattr("leadsync.report.workbook.opened.MOST_BYTES", 1 << 20)
    rewrite(source, {}, {"xl/drawings/vmlDrawing9.vml": " " * (1 << 20)})
    assert "unpacked" in made_new(source)


def test_merged_cells_that_lie_over_one_another_give_a_new_workbook(source: Path) -> None:
    """Excel calls such a workbook damaged; to mark one of its cells is no fault of ours."""
    add(source, "mergeCells", '<mergeCell ref="C5:D5"/><mergeCell ref="D5:D6"/>')

    def judge(chunk: Chunk, row: int) -> Outcome:
        place = f"Leads!D{chunk.numbers[row]}"
        return Outcome(row, Status.INVALID, Code.INVALID_EMAIL, f"{place} is no good.", "", place)

    assert "lie over one another" in made_new(source)
    assert report(chunks_of(source), source.with_name("results.xlsx"), source, judge=judge)[0].startswith(NEW)


def test_dates_that_are_written_as_such_stay_so(source: Path) -> None:
    """Also those that a formula gives."""
    put(source, "F5", ' t="d"><v>2024-01-05T10:11:12.5Z</v></c>')
    put(source, "F6", ' t="d"><f>F5</f><v>2024-01-05</v></c>')
    xml = fed_again(source)
    assert 't="d"><v>2024-01-05T10:11:12.5Z</v>' in xml
    assert 't="d"><f>F5</f><v>2024-01-05</v>' in xml


def test_a_number_that_is_too_large_stays_as_it_is_written(source: Path) -> None:
    """Python takes it for one without end, which no workbook knows."""
    put(source, "E5", "><v>1E400</v></c>")
    put(source, "E6", "><v>-1E400</v></c>")
    report(chunks_of(source), source.with_name("results.xlsx"), source)
    with ZipFile(source.with_name("results.xlsx")) as archive:
        xml = archive.read(MARKED).decode()
    assert "<v>1E400</v>" in xml
    assert "<v>-1E400</v>" in xml


def test_cells_without_a_place_are_counted(source: Path) -> None:
    """A formula of such a cell keeps its result."""
    cells = '<row r="5"><c r="B5"><v>1</v></c><c/><c/><c><v>2</v></c><c/><c><f>E5*2</f><v>4</v></c></row>'
    rows = cells + cells.replace("E5", "E6").replace('<row r="5"><c r="B5">', "<row><c/><c>")
    rewrite(source, {LEADS: lambda sheet: re.sub(r'<row r="5".*<row r="7"', rows + '<row r="7"', sheet)})
    assert [list(chunks_of(source)[0].frame[5])[row] for row in (1, 2)] == ["4", "4"]
    fed_again(source)


@pytest.mark.parametrize("escape", ["", "_x005F_x0041_"])
def test_blanks_between_letters_that_look_differently_stay(source: Path, escape: str) -> None:
    """A part of a text may be nothing else."""
    runs = '<r><t>Ada</t></r><r><rPr><b/></rPr><t xml:space="preserve"> </t></r><r><t>Lov</t></r>'
    put(source, "C5", f' t="inlineStr"><is>{runs}<r><t>{escape}</t></r></is></c>')
    assert ('<t xml:space="preserve"> </t>' in fed_again(source)) == (not escape)


def test_a_template_gives_a_workbook(source: Path) -> None:
    """Its name says so."""
    rewrite(
        source,
        {"[Content_Types].xml": lambda xml: xml.replace("spreadsheetml.sheet.main", "spreadsheetml.template.main")},
    )
    fed_again(source)
    with ZipFile(source.with_name("again.xlsx")) as archive:
        assert b"template.main" not in archive.read("[Content_Types].xml")


@pytest.mark.parametrize("area", ["B6:C7", "B3:G15"])
@pytest.mark.parametrize("is_filtered", [True, False])
def test_no_filter_lies_over_a_table(tmp_path: Path, area: str, *, is_filtered: bool) -> None:
    """Excel calls a workbook damaged where one does."""
    book = openpyxl.Workbook()
    book.active.title = "Leads"
    for row in range(3, 9):
        for column in "BCDEFG":
            book.active[f"{column}{row}"] = f"{column}{row}"
    book.active.auto_filter.ref = "F3:G8" if is_filtered and area == "B6:C7" else None
    book.active.add_table(Table(displayName="Mine", ref=area))
    book.save(tmp_path / "leads.xlsx")
    fed_again(tmp_path / "leads.xlsx")
    found = openpyxl.load_workbook(tmp_path / "again.xlsx")["Leads"].auto_filter.ref
    assert found == ("F3:Q8" if is_filtered and area == "B6:C7" else None)


def test_print_areas_that_lead_nowhere_are_named(source: Path) -> None:
    """Nothing says so but this: openpyxl drops them."""
    name = '<definedName name="_xlnm.Print_{}" localSheetId="0">Leads!#REF!</definedName>'
    names = f"<definedNames>{name.format('Area')}{name.format('Titles')}</definedNames>"
    rewrite(
        source, {"xl/workbook.xml": lambda xml: re.sub(r"<definedNames ?/>|<definedNames>.*</definedNames>", "", xml)}
    )
    rewrite(source, {"xl/workbook.xml": lambda xml: xml.replace("</sheets>", f"</sheets>{names}")})
    notes = report(chunks_of(source), source.with_name("results.xlsx"), source)
    lost = "Not in this workbook, as openpyxl cannot write it: "
    assert f"{lost}the print area Leads!#REF! (sheet 'Leads')." in notes
    assert f"{lost}the titles of printed pages, Leads!#REF! (sheet 'Leads')." in notes


def test_the_summary_has_no_more_sentences_than_somebody_reads(source: Path) -> None:
    """It says how many more there are."""
    about = About(a_summary([f"Sentence {number}." for number in range(1_000)]), ())
    report(chunks_of(source), source.with_name("results.xlsx"), about=about)
    sheet = openpyxl.load_workbook(source.with_name("results.xlsx"))[SUMMARY_SHEET]
    shown = [str(row[0]) for row in sheet.iter_rows(values_only=True)]
    assert sum(text.startswith("Sentence ") for text in shown) == 50
    assert [text for text in shown if text.startswith("… and ")] == ["… and 951 more."]
