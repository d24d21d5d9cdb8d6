"""Makers of small .xls, .xlsb and .ods files, byte by byte where no library writes what a test is about."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from io import BytesIO
from random import Random
from struct import pack, unpack_from
from typing import Any
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import xlwt
from xlwt.CompoundDoc import XlsDoc

# .xls: written by xlwt, and then changed where xlwt cannot write it.

FORMULA, DATE_1904, SST, DIMENSIONS, ROW, BOOL_ERR = 0x06, 0x22, 0xFC, 0x200, 0x208, 0x205
EOF, LABEL_SST, BOUND_SHEET, XF, FILE_PASS, RECALC_ID = 0x0A, 0xFD, 0x85, 0xE0, 0x2F, 0x1C1


def form(code: str) -> xlwt.XFStyle:
    """Give the style of a number format."""
    style = xlwt.XFStyle()
    style.num_format_str = code
    return style


def xls_stream(build: Callable[[Any], None], *sheets: str) -> bytes:
    """Give the records of a workbook; `build` fills the first sheet, the others are blank."""
    book = xlwt.Workbook()
    build(book.add_sheet("Leads"))
    for name in sheets:
        book.add_sheet(name)
    stream: bytes = book.get_biff_data()
    return stream


def xls_bytes(stream: bytes) -> bytes:
    """Put the records of a workbook into its container."""
    content = BytesIO()
    XlsDoc().save(content, stream)
    return content.getvalue()


def xls_of(rows: Sequence[Sequence[Any]], code: str = "General") -> bytes:
    """Write a workbook whose numbers all have one format."""
    style = form(code)

    def build(sheet: Any) -> None:
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(number, column, value, style)

    return xls_stream(build)


def changed(stream: bytes, kind: int, change: Callable[[bytes], bytes]) -> bytes:
    """Change the content of all records of a type; their length must stay."""
    out, at = bytearray(stream), 0
    while at + 4 <= len(stream):
        found, length = unpack_from("<HH", stream, at)
        at += 4
        if found == kind:
            content = change(stream[at : at + length])
            assert len(content) == length
            out[at : at + length] = content
        at += length
    return bytes(out)


def before_end(stream: bytes, *records: tuple[int, bytes]) -> bytes:
    """Put records before the end of the last sheet."""
    added = b"".join(pack("<HH", kind, len(content)) + content for kind, content in records)
    return stream[:-4] + added + stream[-4:]


def in_front(stream: bytes, kind: int, content: bytes) -> bytes:
    """Put a record behind the first one of a workbook; sheets move down by as much."""
    added = pack("<HH", kind, len(content)) + content
    moved = changed(stream, BOUND_SHEET, lambda old: pack("<L", unpack_from("<L", old)[0] + len(added)) + old[4:])
    first = 4 + unpack_from("<H", moved, 2)[0]
    return moved[:first] + added + moved[first:]


def result(value: bytes, flags: int = 0) -> Callable[[bytes], bytes]:
    """Give a change of formulas: their result of eight bytes, and their flags."""
    return lambda old: old[:6] + value + pack("<H", flags) + old[16:]


# .xlsb


def record12(kind: int, content: bytes = b"") -> bytes:
    """Make a record of an .xlsb part: a type and a length of seven bits a byte, and the content."""
    return _varint(kind) + _varint(len(content)) + content


def _varint(number: int) -> bytes:
    out = bytearray()
    while True:
        number, low = number >> 7, number & 0x7F
        out.append(low | (0x80 if number else 0))
        if not number:
            return bytes(out)


def wide(text: str) -> bytes:
    """Write a text as .xlsb does."""
    content = text.encode("utf-16-le")
    return pack("<L", len(content) // 2) + content


def cell12(kind: int, column: int, content: bytes, style: int = 0) -> bytes:
    """Make the record of a cell."""
    return record12(kind, pack("<LL", column, style) + content)


def real(column: int, value: float, style: int = 0) -> bytes:
    """Make a number of eight bytes."""
    return cell12(5, column, pack("<d", value), style)


def rk(column: int, value: int, style: int = 0, *, hundredths: bool = False) -> bytes:
    """Make a whole number of four bytes, as Excel writes most of them; or so many hundredths."""
    return cell12(2, column, pack("<L", (value << 2 & 0xFFFFFFFF) | 2 | hundredths), style)


def text12(column: int, text: str) -> bytes:
    """Make a text within its cell."""
    return cell12(6, column, wide(text))


def row12(number: int, *cells: bytes, hidden: bool = False) -> bytes:
    """Make a row, counted from 0."""
    return record12(0, pack("<LLHBBBL", number, 0, 300, 0, 0x10 if hidden else 0, 0, 0)) + b"".join(cells)


END12 = record12(146) + record12(130)


def sheet12(*rows: bytes, end: bytes = END12) -> bytes:
    """Make the part of a sheet."""
    return record12(129) + record12(148, bytes(16)) + record12(145) + b"".join(rows) + end


def merges12(*rectangles: tuple[int, int, int, int]) -> bytes:
    """End the cells of a sheet, with rectangles (top, bottom, left, right) that are merged."""
    merged = b"".join(record12(176, pack("<4L", *one)) for one in rectangles)
    return record12(146) + record12(177, pack("<L", len(rectangles))) + merged + record12(178) + record12(130)


def xlsb_bytes(
    sheets: Mapping[str, bytes],
    *,
    formats: Sequence[str | int] = (),
    strings: Sequence[str] = (),
    is_1904: bool = False,
    parts: Mapping[str, bytes] | None = None,
) -> bytes:
    """Make a workbook; style 0 is General, style n has the n-th of `formats`: a code, or the place of a built-in."""
    book = record12(131) + record12(153, pack("<LL", int(is_1904), 0) + wide("")) + record12(143)
    relations = ""
    files: dict[str, bytes] = {}
    for number, (name, content) in enumerate(sheets.items(), 1):
        book += record12(156, pack("<LL", 0, number) + wide(f"rId{number}") + wide(name))
        relations += f'<Relationship Id="rId{number}" Type="sheet" Target="worksheets/sheet{number}.bin"/>'
        files[f"xl/worksheets/sheet{number}.bin"] = content
    files["xl/workbook.bin"] = book + record12(144) + record12(157, bytes(26)) + record12(132)
    files["xl/_rels/workbook.bin.rels"] = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{relations}</Relationships>"
    ).encode()
    files["xl/styles.bin"] = _styles12(formats)
    if strings:
        items = b"".join(record12(19, b"\0" + wide(text)) for text in strings)
        files["xl/sharedStrings.bin"] = record12(159, pack("<LL", len(strings), len(strings))) + items + record12(160)
    return zip_bytes({"[Content_Types].xml": b"<Types/>", **files, **(parts or {})})


def _styles12(formats: Sequence[str | int]) -> bytes:
    own = {164 + at: code for at, code in enumerate(formats) if isinstance(code, str)}
    places = [code if isinstance(code, int) else 164 + at for at, code in enumerate(formats)]
    return (
        record12(278)
        + record12(615, pack("<L", len(own)))
        + b"".join(record12(44, pack("<H", place) + wide(code)) for place, code in own.items())
        + record12(616)
        + record12(617, pack("<L", len(places) + 1))
        + b"".join(record12(47, pack("<HH12x", 0, place)) for place in [0, *places])
        + record12(618)
        + record12(279)
    )


# .ods

NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{}</manifest:manifest>'
)


def element(name: str, *inside: str, **attributes: object) -> str:
    """Make an element; `office__value_type` is the attribute `office:value-type`."""
    pairs = (
        f" {key.replace('__', ':').replace('_', '-')}={quoteattr(str(value))}" for key, value in attributes.items()
    )
    return f"<{name}{''.join(pairs)}>{''.join(inside)}</{name}>"


def cell(kind: str, value: object = None, shown: str | None = None, **attributes: object) -> str:
    """Make a cell of a type; a string has its text only, and `shown` is its text, or the markup of it.

    Its attributes have the order in which LibreOffice writes them.
    """
    style = {name: attributes.pop(name) for name in ("table__style_name",) if name in attributes}
    named = {"date": "office__date_value", "time": "office__time_value", "boolean": "office__boolean_value"}
    if value is not None and kind != "string":
        attributes = {named.get(kind, "office__value"): value, **attributes}
    text = str(value) if shown is None and kind == "string" and value is not None else shown
    inside = [] if text is None else [text if text.startswith("<") else element("text:p", text)]
    return element("table:table-cell", *inside, **style, office__value_type=kind, **attributes)


def row(*cells: str, **attributes: object) -> str:
    """Make a row."""
    return element("table:table-row", *cells, **attributes)


def blanks(rows: int, columns: int = 16384) -> str:
    """Make so many blank rows, as LibreOffice fills a sheet up."""
    return row(element("table:table-cell", table__number_columns_repeated=columns), table__number_rows_repeated=rows)


def ods_bytes(*rows: str, styles: str = "", more: str = "", parts: Mapping[str, str] | None = None) -> bytes:
    """Make a workbook of one sheet; `styles` are its automatic ones, `more` are sheets behind it."""
    names = " ".join(f'xmlns:{name}="{place}"' for name, place in NAMES.items())
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>"
        f"{element('table:table', *rows, table__name='Leads')}{more}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    files = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": MANIFEST.format(""),
        "content.xml": content,
        **(parts or {}),
    }
    return zip_bytes({name: text.encode() for name, text in files.items()})


def number_style(name: str, *inside: str) -> str:
    """Make a number style, and a style of cells of the same name that has it."""
    code = element("number:number-style", *inside, style__name=f"N{name}")
    return code + element(
        "style:style", style__name=name, style__family="table-cell", style__data_style_name=f"N{name}"
    )


def digits(least: int, *embedded: tuple[int, str], decimals: int = 0, **attributes: object) -> str:
    """Make the digits of a number style."""
    texts = [element("number:embedded-text", text, number__position=place) for place, text in embedded]
    return element(
        "number:number",
        *texts,
        number__decimal_places=decimals,
        number__min_integer_digits=least,
        **attributes,
    )


# All of them


def zip_bytes(parts: Mapping[str, bytes], stored: Iterable[str] = ("mimetype",)) -> bytes:
    """Pack parts."""
    content = BytesIO()
    with ZipFile(content, "w") as file:
        for name, part in parts.items():
            file.writestr(name, part, ZIP_STORED if name in stored else ZIP_DEFLATED)
    return content.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    """Unpack parts."""
    with ZipFile(BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def damaged(content: bytes, chance: Random) -> bytes:
    """Damage bytes: cut them off, flip bits, put in numbers that are too large, take out and repeat some."""
    out = bytearray(content)
    if chance.random() < 0.1:
        return bytes(out[: chance.randrange(len(out))])
    for _ in range(chance.choice([1, 1, 2, 4, 16])):
        at, size = chance.randrange(len(out)), chance.choice([1, 2, 4, 64])
        match chance.randrange(4):
            case 0:
                out[at] ^= 1 << chance.randrange(8)
            case 1:
                out[at : at + size] = chance.choice([b"\xff", b"\0", b"\x7f", b"\xfe"]) * size
            case 2:
                del out[at : min(at + size, len(out) - 1)]
            case 3:
                out[at:at] = out[at : at + size]
    return bytes(out)


def damaged_part(content: bytes, chance: Random) -> bytes:
    """Damage one part of a ZIP file, or the file itself."""
    if chance.random() < 0.2:
        return damaged(content, chance)
    parts = unpacked(content)
    name = chance.choice(sorted(name for name, part in parts.items() if part))
    return zip_bytes({**parts, name: damaged(parts[name], chance)})
