"""The user's own workbook, marked: what was there stays, what is added can be found, and it can be fed again."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.worksheet.formula import ArrayFormula
from report.workbooks import HEADERS, HELPERS_AT, RUN, a_book, cells_of, chunks_of, judged, report, rewrite

from leadsync.codes import Code
from leadsync.records import SUMMARY_SHEET, Chunk, Outcome, Status
from leadsync.report.columns import HELPERS, RUN_COLUMN


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Give a workbook as people have them."""
    return a_book(tmp_path / "leads.xlsx")


def marked(source: Path, judge: Any = judged) -> Any:
    """Mark a workbook, and open what came out."""
    out = source.with_name("results.xlsx")
    report(chunks_of(source), out, source, judge=judge)
    return openpyxl.load_workbook(out)


def helper(sheet: Any, row: int) -> dict[str, Any]:
    """Give the helper cells of a row by the names above them."""
    return {
        str(sheet.cell(3, column).value): sheet.cell(row, column).value
        for column in range(HELPERS_AT, sheet.max_column + 1)
    }


def test_what_was_in_the_workbook_stays_as_it_was(source: Path) -> None:
    """Sheets, formats, widths, merged cells, formulas, filter, frozen panes, checks, tables, charts, rules, notes."""
    before = openpyxl.load_workbook(source)
    book = marked(source)
    assert book.sheetnames == [SUMMARY_SHEET, "Leads", "Stock", "Hidden"]
    assert book["Hidden"].sheet_state == "hidden"
    old, new = before["Leads"], book["Leads"]
    for row in old["A1:H15"]:
        for cell in row:
            other = new[cell.coordinate]
            assert (other.value, other.number_format) == (cell.value, cell.number_format)
            assert repr(other.font) == repr(cell.font)
    assert new["C5"].fill.fgColor.rgb == "FF00FFFF"
    assert [str(area) for area in new.merged_cells.ranges] == ["B1:D1"]
    assert new.column_dimensions["C"].width == 33
    assert new.freeze_panes == "C4"
    assert new.row_dimensions[7].hidden
    assert [str(each.sqref) for each in new.data_validations.dataValidation] == ["C4:C9"]
    assert "E4:E9" in [str(each.sqref) for each in new.conditional_formatting]
    assert list(book["Stock"].tables) == ["Stock"]
    assert len(book["Stock"]._charts) == 1


def test_the_helper_columns_stand_right_of_all_that_is_there(source: Path) -> None:
    """They are shown, though the sheet hides the columns that nobody uses, not over a note beside the table."""
    sheet = marked(source)["Leads"]
    assert [sheet.cell(3, HELPERS_AT + place).value for place in range(10)] == [*HELPERS, RUN_COLUMN]
    assert helper(sheet, 6) == {
        "leadsync_sheet": "Leads",
        "leadsync_row": 6,
        "leadsync_lead_id": "lead-id-6",
        "leadsync_status": "invalid",
        "leadsync_code": "invalid_email",
        "leadsync_message": 'Leads!D6 holds "=x": no e-mail address.',
        "leadsync_cell": "Leads!D6",
        "leadsync_http_status": None,
        "leadsync_attempts": 0,
        "leadsync_run": RUN,
    }
    assert not sheet.column_dimensions["I"].hidden
    assert sheet.column_dimensions["S"].hidden
    assert (sheet.column_dimensions["S"].min, sheet.column_dimensions["S"].max) == (19, 26)
    assert sheet.auto_filter.ref == "B3:G15"  # column H stands between


def test_the_filter_reaches_over_helper_columns_beside_it(tmp_path: Path) -> None:
    """A sheet without filter or table gets one."""
    for area, expected in (("A1:B3", "A1:L3"), (None, "A1:L3")):
        book = openpyxl.Workbook()
        book.active.title = "Leads"
        for row in (("Lead", "Name"), ("x", "y"), ("z", "w")):
            book.active.append(row)
        book.active.auto_filter.ref = area
        book.save(tmp_path / "leads.xlsx")
        report(chunks_of(tmp_path / "leads.xlsx", header_row=1), tmp_path / "out.xlsx", tmp_path / "leads.xlsx")
        assert openpyxl.load_workbook(tmp_path / "out.xlsx")["Leads"].auto_filter.ref == expected


def test_a_bad_cell_is_filled_and_has_a_comment(source: Path) -> None:
    """The comment tells what was read, the code, its meaning and what to do; the user's own stays above it."""
    sheet = marked(source)["Leads"]
    bad = sheet["D12"]
    assert bad.fill.patternType == "lightUp"
    assert bad.comment.author == "leadsync"
    for told in ("invalid_email: The cell is no e-mail address.", 'Read: "p8@example.com"', "What to do: "):
        assert told in bad.comment.text
    assert sheet["D6"].comment.text.startswith("Ask her again\n\n--- leadsync ---\ninvalid_email")
    assert sheet["D6"].comment.author == "Ada"
    pale = {sheet.cell(12, column).fill.fgColor.rgb for column in (2, 3, 5, 6, 7, HELPERS_AT)}
    assert pale == {"FFFDE8E4"}
    assert sheet["B4"].fill.patternType is None


def test_a_bad_cell_within_merged_ones_is_marked_where_they_show_something(source: Path) -> None:
    """That is their corner: nobody sees the others."""
    book = openpyxl.load_workbook(source)
    book["Leads"].merge_cells("D11:D12")
    book.save(source)
    sheet = marked(source)["Leads"]
    assert sheet["D11"].fill.patternType == "lightUp"
    assert sheet["D11"].comment.text.startswith("About D12, merged with this cell.\ninvalid_email")
    assert "What to do" in sheet["D11"].comment.text


def test_cells_that_one_merged_cell_covers_share_a_comment(source: Path) -> None:
    """It names the cells that it is about, once for each thing that is wrong, and not 100 times at one corner."""
    book = openpyxl.load_workbook(source)
    book["Leads"].merge_cells("D8:D15")
    book.save(source)

    def judge(chunk: Chunk, row: int) -> Outcome:
        if chunk.numbers[row] == 8:
            return Outcome(row, Status.UPDATED, Code.UPDATED, "")
        place = f"Leads!D{chunk.numbers[row]}"
        code = Code.REQUIRED_BLANK if row % 5 == 0 else Code.MERGED_CELL
        return Outcome(row, Status.INVALID, code, f"{place} is no good.", "", place)

    told = marked(source, judge)["Leads"]["D8"].comment.text
    assert told.count("merged_cell: ") == 1
    assert told.count("required_blank: ") == 1
    assert "About D10, D11, D12, D13, D15, merged with this cell.\nmerged_cell" in told
    assert "About D9, D14, merged with this cell.\nrequired_blank" in told
    assert "Leads!D10 is no good." not in told


@pytest.mark.parametrize("code", [Code.NOT_CALCULATED, Code.ERROR_VALUE, Code.MERGED_CELL])
def test_a_cell_that_shows_no_value_is_not_called_blank(source: Path, code: Code) -> None:
    """The comment says which formula stands there, or that there is no value."""
    book = openpyxl.load_workbook(source)
    book["Leads"]["D6"], book["Leads"]["D12"] = "=1/0", ArrayFormula("D12:D12", "=SUM(1,2)")
    book["Leads"]["D9"] = None
    book.save(source)
    chunks = [replace(chunk, frame=chunk.frame.copy()) for chunk in chunks_of(source)]
    for chunk in chunks:
        chunk.frame[2] = ""

    def judge(chunk: Chunk, row: int) -> Outcome:
        return Outcome(row, Status.INVALID, code, "No.", "", f"Leads!D{chunk.numbers[row]}")

    out = source.with_name("results.xlsx")
    report(chunks, out, source, judge=judge)
    book = openpyxl.load_workbook(out)
    told = {place: book["Leads"][place].comment.text for place in ("D6", "D9", "D12")}
    assert 'It holds "=1/0" and shows no value.' in told["D6"]
    assert 'It holds "=SUM(1,2)" and shows no value.' in told["D12"]
    assert "\nIt shows no value.\n" in told["D9"]
    assert not any("blank." in text.splitlines()[1] for text in told.values())
    assert "E-mail: (no value)" in {cell.value for cell in book[SUMMARY_SHEET]["E"]}
    report(chunks, out, judge=judge)
    assert "\nIt shows no value.\n" in openpyxl.load_workbook(out)["Leads"]["C2"].comment.text


def test_a_blank_cell_is_called_blank(source: Path) -> None:
    """That is what is wrong with it, or is at least what stands there."""
    book = openpyxl.load_workbook(source)
    book["Leads"]["D12"] = None
    book.save(source)
    assert "\nThe cell is blank.\n" in marked(source)["Leads"]["D12"].comment.text


def test_a_row_to_mend_without_a_cell_has_its_message_marked(source: Path) -> None:
    """So that something red shows where to read on; again and again, as rows are fed."""
    for _ in range(2):
        book = marked(source, lambda _, row: Outcome(row, Status.INVALID, Code.INVALID_JSON, "No."))
        cell = book["Leads"].cell(6, HELPERS_AT + HELPERS.index("leadsync_message"))
        assert cell.fill.patternType == "lightUp"
        assert cell.comment.text.startswith("invalid_json: ")
        source.write_bytes(source.with_name("results.xlsx").read_bytes())


def test_chart_sheets_are_not_selected_beside_the_summary(source: Path) -> None:
    """They are tabs too."""
    book = openpyxl.load_workbook(source)
    sheet = book.create_chartsheet("Chart")
    chart = BarChart()
    chart.add_data(Reference(book["Stock"], min_col=2, min_row=1, max_row=3))
    sheet.add_chart(chart)
    sheet.sheetViews.sheetView[0].tabSelected = True
    book.save(source)
    assert not marked(source)["Chart"].sheetViews.sheetView[0].tabSelected


def test_fine_rows_are_coloured_by_a_rule(source: Path) -> None:
    """By the text of their status, over the table and the helper columns, behind the user's own rules."""
    rules = {str(each.sqref): each.rules for each in marked(source)["Leads"].conditional_formatting}
    formulas = ['$L4="updated"', '$L4="unchanged"', '$L4="skipped"']
    assert [rule.formula[0] for rule in rules["B4:R15"]] == formulas
    assert min(rule.priority for rule in rules["B4:R15"]) > max(rule.priority for rule in rules["E4:E9"])


def test_nothing_that_is_told_becomes_a_formula(source: Path) -> None:
    """A message that begins like one is a text, and what XML cannot hold is written by its number."""

    def judge(chunk: Chunk, row: int) -> Outcome:
        messages = ("=1+1", "#N/A", "+45", "\x07bell", "_x0041_", "\ud800")
        return Outcome(row, Status.REJECTED, Code.BAD_REQUEST, messages[chunk.numbers[row] % 6], "@x", "", 400, 1)

    sheet = marked(source, judge)["Leads"]
    cells = [sheet.cell(row, HELPERS_AT + 5) for row in range(6, 12)]
    assert [cell.value for cell in cells] == ["=1+1", "#N/A", "+45", "\\x07bell", "_x005F_x0041_", "\\ud800"]
    assert {cell.data_type for cell in cells} == {"s"}


@pytest.mark.parametrize("times", [1, 2])
def test_a_marked_workbook_is_read_as_the_original_was(source: Path, times: int) -> None:
    """Text, numbers, dates to the second, results of formulas, hidden rows: marks change nothing, once or twice."""
    before = cells_of(chunks_of(source))
    for _ in range(times):
        marked(source)
        source.write_bytes(source.with_name("results.xlsx").read_bytes())
    assert cells_of(chunks_of(source)) == before
    assert chunks_of(source)[0].headers[:6] == HEADERS


def test_a_second_report_takes_the_place_of_the_first(source: Path) -> None:
    """One summary, one set of helper columns; colours and comments of rows that are well now are gone."""
    first = marked(source)
    assert first["Leads"]["D12"].comment
    source.write_bytes(source.with_name("results.xlsx").read_bytes())
    fine = marked(source, lambda chunk, row: Outcome(row, Status.UPDATED, Code.UPDATED, "", "id", "", 200, 1))
    assert fine.sheetnames == first.sheetnames
    sheet = fine["Leads"]
    assert [sheet.cell(3, HELPERS_AT + place).value for place in range(11)] == [*HELPERS, RUN_COLUMN, None]
    assert sheet["D12"].comment is None
    assert sheet["D6"].comment.text == "Ask her again"
    assert {cell.fill.patternType for row in sheet["B4:R15"] for cell in row} == {None, "solid"}  # C5 is the user's
    assert helper(sheet, 12)["leadsync_status"] == "updated"
    assert helper(sheet, 12)["leadsync_cell"] is None
    assert len([rule for each in sheet.conditional_formatting for rule in each.rules]) == 4


def test_results_of_formulas_are_there(source: Path) -> None:
    """Those of texts and errors too, of array formulas, and of other sheets; Excel calculates anew all the same."""
    book = openpyxl.load_workbook(source)
    for place in ("A1", "A2", "A3"):
        book["Hidden"][place] = "=1"
    book.save(source)
    formulas = (
        '<row r="1"><c r="A1" t="str"><f>T("a")&amp;"b"</f><v>a&lt;b</v></c></row>'
        '<row r="2"><c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
        '<row r="3"><c r="A3"><f t="array" ref="A3:A3">SUM(1,2)</f><v>3</v></c></row>'
    )
    rewrite(
        source,
        {
            "xl/worksheets/sheet3.xml": lambda text: (
                text[: text.index("<row")] + formulas + text[text.index("</sheetData") :]
            )
        },
    )
    marked(source)
    values = openpyxl.load_workbook(source.with_name("results.xlsx"), data_only=True)
    assert [values["Hidden"][place].value for place in ("A1", "A2", "A3")] == ["a<b", "#DIV/0!", 3]
    again = openpyxl.load_workbook(source.with_name("results.xlsx"))
    assert again["Hidden"]["A3"].value.text == "=SUM(1,2)"
    assert again.calculation.fullCalcOnLoad


RICH = '<is><r><t xml:space="preserve">a </t></r><r><rPr><b/></rPr><t>b</t></r></is>'
ESCAPES = '<is><t xml:space="preserve"> =1+1 _x000D_ _x005F_x0041_</t></is>'


@pytest.mark.parametrize("texts", [[RICH], [ESCAPES], [RICH, ESCAPES]])
def test_texts_of_many_looks_and_odd_numbers_come_out_as_they_went_in(source: Path, texts: list[str]) -> None:
    """Formats of single letters, blanks around, escapes, a text like a formula, all digits of a number."""
    cells = "".join(f'<c r="{letter}1" t="inlineStr">{text}</c>' for letter, text in zip("AB", texts, strict=False))
    numbers = '<c r="A2"><v>0.30000000000000004</v></c><c r="B2" t="b"><v>1</v></c><c r="C2"><v>-3</v></c>'
    rows = f'<row r="1">{cells}</row><row r="2">{numbers}</row>'
    rewrite(
        source,
        {
            "xl/worksheets/sheet3.xml": lambda xml: re.sub(
                "<sheetData.*sheetData>|<sheetData ?/>", f"<sheetData>{rows}</sheetData>", xml
            )
        },
    )
    before = cells_of(chunks_of(source, "Hidden", 1))
    out = source.with_name("results.xlsx")
    notes = report(chunks_of(source), out, source)
    assert cells_of(chunks_of(out, "Hidden", 1)) == before
    with ZipFile(out) as archive:
        written = archive.read("xl/worksheets/sheet4.xml").decode()
    assert "0.30000000000000004" in written
    assert ("<b " in written) == (texts == [RICH])
    assert any("formats of single letters (sheet 'Hidden')" in note for note in notes) == (len(texts) == 2)


def test_dates_come_out_as_the_numbers_that_they_are(source: Path) -> None:
    """Neither rounded nor, where they are before 1900, after 9999 or on 29 February 1900, changed."""
    with ZipFile(source) as archive:
        found = re.search(r'<c r="F4" s="(\d+)"', archive.read("xl/worksheets/sheet1.xml").decode())
    assert found
    dates = ("60", "-1.5", "3000000", "45000.123456789")
    cells = "".join(
        f'<c r="{letter}1" s="{found[1]}"><v>{date}</v></c>' for letter, date in zip("ABCD", dates, strict=True)
    )
    rows = f'<sheetData><row r="1">{cells}</row></sheetData>'
    rewrite(
        source, {"xl/worksheets/sheet3.xml": lambda xml: re.sub("<sheetData.*sheetData>|<sheetData ?/>", rows, xml)}
    )
    report(chunks_of(source), source.with_name("results.xlsx"), source)
    with ZipFile(source.with_name("results.xlsx")) as archive:
        written = archive.read("xl/worksheets/sheet4.xml").decode()
    assert re.findall("<v>(.*?)</v>", written) == list(dates)


def test_it_can_be_fed_as_it_is(source: Path) -> None:
    """No sheet need be named, and what comes in tells where it came from."""
    marked(source)
    out = source.with_name("results.xlsx")
    assert cells_of(chunks_of(out, None)) == cells_of(chunks_of(source))
    origins = chunks_of(out, None)[0].origins
    assert origins
    assert (origins.runs[2], origins.statuses[2]) == (RUN, "invalid")


def test_a_sheet_without_room_gives_a_new_workbook(source: Path) -> None:
    """The last column is in use; the note says so."""
    book = openpyxl.load_workbook(source)
    book["Leads"]["XFD2"] = "far"
    book.save(source)
    out = source.with_name("results.xlsx")
    chunk = chunks_of(a_book(source.with_name("same.xlsx")))
    assert "no free columns" in report(chunk, out, source)[0]
    assert openpyxl.load_workbook(out).sheetnames == [SUMMARY_SHEET, "Leads"]


@pytest.mark.parametrize("content", [b"no workbook", b""])
def test_a_workbook_that_openpyxl_cannot_open_gives_a_new_one(source: Path, content: bytes) -> None:
    """The note says why."""
    chunks = chunks_of(source)
    source.write_bytes(content)
    (note,) = report(chunks, source.with_name("results.xlsx"), source)
    assert note.startswith("This is a new workbook and not leads.xlsx itself, marked: openpyxl cannot read it (")
    source.unlink()
    assert "FileNotFoundError" in report(chunks, source.with_name("results.xlsx"), source)[0]


def test_only_the_summary_is_selected(source: Path) -> None:
    """What somebody types into one of several selected sheets goes into all of them."""
    book = marked(source)
    assert book.active.title == SUMMARY_SHEET
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_view.tabSelected] == [SUMMARY_SHEET]


def test_hidden_rows_to_look_at_are_counted(source: Path) -> None:
    """They stay hidden: the note is how somebody learns of them."""
    notes = report(chunks_of(source), source.with_name("results.xlsx"), source)
    assert notes[0] == "1 row to look at is hidden in the sheet (by hand or by a filter): unhide it to see it."


def test_a_comment_that_nobody_signed_stays(source: Path) -> None:
    """Also on a second report."""
    book = openpyxl.load_workbook(source)
    book["Leads"]["B4"].comment = Comment("mine", "")
    book.save(source)
    for _ in range(2):
        assert marked(source)["Leads"]["B4"].comment.text == "mine"
        source.write_bytes(source.with_name("results.xlsx").read_bytes())
