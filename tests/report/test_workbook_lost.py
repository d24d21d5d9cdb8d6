"""What openpyxl cannot keep of a workbook is said in the report, with its sheet: nothing is lost silently."""

from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName
from report.workbooks import a_book, add_parts, chunks_of, report, rewrite

from leadsync.records import SUMMARY_SHEET

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
TEXTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


def drawing(content: str) -> str:
    """Write a drawing part."""
    start, end = (
        f"<xdr:{side}><xdr:col>{at}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{at}</xdr:row><xdr:rowOff>0</xdr:rowOff>"
        f"</xdr:{side}>"
        for side, at in (("from", 0), ("to", 2))
    )
    anchor = f"<xdr:twoCellAnchor>{start}{end}{content}<xdr:clientData/></xdr:twoCellAnchor>"
    return f'<xdr:wsDr xmlns:xdr="{DRAWING}">{anchor}</xdr:wsDr>'


BOX = (
    '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="2" name="Box"/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr/>'
    "</xdr:sp>"
)
LOGO = (
    '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="3" name="Logo"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill/><xdr:spPr/>'
    "</xdr:pic>"
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Give a workbook as people have them."""
    return a_book(tmp_path / "leads.xlsx")


def lost(source: Path) -> str:
    """Give the notes of a report, as its summary sheet shows them."""
    out = source.with_name("results.xlsx")
    notes = report(chunks_of(source), out, source)
    shown = {row[0] for row in openpyxl.load_workbook(out)[SUMMARY_SHEET].iter_rows(values_only=True)}
    assert set(notes) <= shown
    return "\n".join(notes)


OF_A_SHEET = {
    "xl/slicers/slicer1.xml": "slicers",
    "xl/timelines/timeline1.xml": "timelines",
    "xl/threadedComments/threadedComment1.xml": "replies to comments, which are one plain comment here,",
    "xl/ctrlProps/ctrlProp1.xml": "form controls",
    "xl/embeddings/oleObject1.bin": "embedded objects",
    "xl/queryTables/queryTable1.xml": "data connections and queries",
    "xl/printerSettings/printerSettings1.bin": "settings of the printer",
    "xl/new/thing1.xml": "the part xl/new/thing1.xml",
}
OF_THE_WORKBOOK = {
    "xl/vbaProject.bin": "macros",
    "xl/model/item.data": "the data model (Power Pivot)",
    "xl/richData/rdrichvalue.xml": "data types, pictures in cells, and formulas that spill by themselves",
    "customXml/item1.xml": "custom XML",
    "_xmlsignatures/sig1.xml": "digital signatures",
    "docMetadata/LabelInfo.xml": "sensitivity labels",
}


def test_parts_that_are_lost_are_named(source: Path) -> None:
    """With the sheet that they belong to, if they do, and where they still are."""
    add_parts(source, dict.fromkeys(OF_A_SHEET, "<x/>"))
    add_parts(source, dict.fromkeys(OF_THE_WORKBOOK, "<x/>"), sheet=None)
    told = lost(source)
    for what in OF_A_SHEET.values():
        assert f"Not in this workbook, as openpyxl cannot write it: {what} (sheet 'Leads')." in told
    for what in OF_THE_WORKBOOK.values():
        assert f"Not in this workbook, as openpyxl cannot write it: {what}." in told
    assert "All of that still is in leads.xlsx." in told
    with ZipFile(source.with_name("results.xlsx")) as archive:
        assert not {*OF_A_SHEET, *OF_THE_WORKBOOK} & {*archive.namelist()}


def test_extensions_of_a_sheet_that_are_lost_are_named(source: Path) -> None:
    """They stand behind the rows, in a list of their own."""
    extensions = {
        "<x14:sparklineGroups/>": "sparklines",
        '<x14:dataValidations><x14:dataValidation type="list"/></x14:dataValidations>': "drop-down lists and checks",
        '<x14:conditionalFormattings><x14:cfRule type="dataBar"/></x14:conditionalFormattings>': "conditional formats",
    }
    end = f'<extLst><ext uri="{{1}}" xmlns:x14="{X14}">{"".join(extensions)}</ext></extLst></worksheet>'
    rewrite(source, {"xl/worksheets/sheet1.xml": lambda xml: xml.replace("</worksheet>", end)})
    told = lost(source)
    for what in extensions.values():
        assert f"cannot write it: {what}" in told
    with ZipFile(source.with_name("results.xlsx")) as archive:
        assert "extLst" not in archive.read("xl/worksheets/sheet2.xml").decode()


@pytest.mark.parametrize(("content", "what"), [(BOX, "shapes and text boxes"), (LOGO, "pictures")])
def test_a_drawing_that_is_lost_is_named(source: Path, content: str, what: str) -> None:
    """What openpyxl itself says of it, if anything, is not said twice."""
    add_parts(source, {"xl/drawings/drawing9.xml": drawing(content)})
    told = lost(source)
    assert f"cannot write it: {what} (sheet 'Leads')." in told
    assert "openpyxl says" not in told


def test_what_is_written_anew_is_named(source: Path) -> None:
    """Charts and comments lose details."""
    told = lost(source)
    assert "Charts were written anew by openpyxl, so that details of their look may be others (sheet 'Stock')." in told
    assert "Comments have their text, and no longer their own size, place and format (sheet 'Leads')." in told
    assert "Not in this workbook" not in told


def test_theme_names_and_styles_of_the_workbook_stay(source: Path) -> None:
    """So there is nothing to say of them."""
    book = openpyxl.load_workbook(source)
    book.defined_names["Everybody"] = DefinedName("Everybody", attr_text="Leads!$B$4:$B$15")
    book.properties.creator = "Ada"
    book.save(source)
    namespace = "http://schemas.openxmlformats.org/drawingml/2006/main"
    theme = f'<a:theme xmlns:a="{namespace}" name="Ours"><a:themeElements/></a:theme>'
    rewrite(source, {"xl/theme/theme1.xml": lambda _: theme})
    lost(source)
    with ZipFile(source.with_name("results.xlsx")) as archive:
        assert archive.read("xl/theme/theme1.xml").decode() == theme
    again = openpyxl.load_workbook(source.with_name("results.xlsx"))
    assert again.defined_names["Everybody"].attr_text == "Leads!$B$4:$B$15"
    assert again.properties.creator == "Ada"


def test_shared_texts_of_many_looks_keep_them(source: Path) -> None:
    """That is how Excel writes texts: in a part of their own, with runs where letters differ."""
    runs = '<r><t>Na</t></r><r><rPr><i/></rPr><t>me</t></r><rPh sb="0" eb="1"><t>na</t></rPh>'
    xml = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si>{runs}</si></sst>'
    add_parts(source, {"xl/sharedStrings.xml": xml}, sheet=None, types={"xl/sharedStrings.xml": TEXTS})

    def share(sheet: str) -> str:
        start = sheet.index('<c r="C3"')
        end = sheet.index("</c>", start) + 4
        assert "Name" in sheet[start:end]
        return sheet[:start] + '<c r="C3" t="s"><v>0</v></c>' + sheet[end:]

    rewrite(source, {"xl/worksheets/sheet1.xml": share})
    assert "cannot write it: phonetic guides." in lost(source)
    out = source.with_name("results.xlsx")
    with ZipFile(out) as archive:
        assert "<i " in archive.read("xl/worksheets/sheet2.xml").decode()
    assert chunks_of(out)[0].headers[1] == "Name"
