"""Writes workbooks by hand, so that a test can say exactly what stands in the file."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def relations(*kinds: tuple[str, str]) -> str:
    """Write relations: kind and target of each; their ids are rId1, rId2 and so on."""
    inner = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(kinds, 1)
    )
    return f'<Relationships xmlns="{RELATIONS}">{inner}</Relationships>'


def sheet_xml(rows: str, end: str = "", start: str = "") -> str:
    """Write a sheet around its rows."""
    return f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{start}<sheetData>{rows}</sheetData>{end}</worksheet>'


def styles_xml(codes: list[str | int]) -> str:
    """Write the styles of cells, each by the code of its number format or by the id of a built-in one."""
    formats = "".join(
        f'<numFmt numFmtId="{200 + place}" formatCode="{escaped(code)}"/>'
        for place, code in enumerate(codes)
        if isinstance(code, str)
    )
    xfs = "".join(
        f'<xf numFmtId="{code if isinstance(code, int) else 200 + place}"/>' for place, code in enumerate(codes)
    )
    return f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellXfs>{xfs}</cellXfs></styleSheet>'


def escaped(text: str) -> str:
    """Escape a text for XML."""
    for letter, name in {"&": "amp", "<": "lt", ">": "gt", '"': "quot"}.items():
        text = text.replace(letter, f"&{name};")
    return text


def book_parts(
    rows: str = "",
    *,
    sheet: str | bytes | None = None,
    strings: str | bytes | None = None,
    styles: list[str | int] | None = None,
    is_1904: bool = False,
    end: str = "",
) -> dict[str, str | bytes]:
    """Give the parts of a workbook with one sheet, `Leads`: its rows, or its whole part."""
    kinds = [("worksheet", "worksheets/sheet1.xml")]
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr date1904="{int(is_1904)}"/>'
        '<sheets><sheet name="Leads" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": sheet if sheet is not None else sheet_xml(rows, end),
    }
    if strings is not None:
        parts["xl/sharedStrings.xml"] = (
            strings if isinstance(strings, bytes) else f'<sst xmlns="{MAIN}">{strings}</sst>'
        )
        kinds.append(("sharedStrings", "sharedStrings.xml"))
    if styles is not None:
        parts["xl/styles.xml"] = styles_xml(styles)
        kinds.append(("styles", "styles.xml"))
    parts["xl/_rels/workbook.xml.rels"] = relations(*kinds)
    return parts


def book_bytes(parts: Mapping[str, str | bytes]) -> bytes:
    """Write the parts as a ZIP file."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as book:
        for name, part in parts.items():
            book.writestr(name, part)
    return content.getvalue()
