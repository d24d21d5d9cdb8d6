"""Makers of .xlsx files from the XML itself: what a spreadsheet program writes, and what only a hostile hand does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path
from typing import TypeAlias

from corpus.cases import Maker
from corpus.files import zip_bytes

from leadsync.records import column_letters

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True, slots=True)
class Xml:
    """A cell in the words of the file; `{r}` is its place."""

    form: str


CellContent: TypeAlias = "str | int | float | bool | Xml | None"


def number(digits: str, style: int = 0) -> Xml:
    """Give a number as the digits of the file."""
    return Xml(f'<c r="{{r}}" s="{style}"><v>{digits}</v></c>')


def error(text: str, formula: str = "") -> Xml:
    """Give an error, of a formula or typed."""
    made = f"<f>{escape(formula)}</f>" if formula else ""
    return Xml(f'<c r="{{r}}" t="e">{made}<v>{escape(text)}</v></c>')


def formula(text: str, value: str | None = None, kind: str = "", attributes: str = "") -> Xml:
    """Give a formula with the value that was worked out last; None: none ever was."""
    cached = "" if value is None else f"<v>{escape(value)}</v>"
    of_kind = f' t="{kind}"' if kind else ""
    return Xml(f'<c r="{{r}}"{of_kind}><f{attributes}>{escape(text)}</f>{cached}</c>')


def shared(index: int) -> Xml:
    """Give a text of the workbook's list of texts."""
    return Xml(f'<c r="{{r}}" t="s"><v>{index}</v></c>')


def typed_iso(text: str) -> Xml:
    """Give a date as ISO text, which some programs write."""
    return Xml(f'<c r="{{r}}" t="d"><v>{text}</v></c>')


def inline(markup: str) -> Xml:
    """Give a text of its own, in the words of the file."""
    return Xml(f'<c r="{{r}}" t="inlineStr"><is>{markup}</is></c>')


def cell_xml(place: str, content: CellContent, style: int = 0) -> str:
    """Write one cell."""
    match content:
        case None:
            return f'<c r="{place}" s="{style}"/>' if style else ""
        case Xml():
            return content.form.replace("{r}", place)
        case bool():
            return f'<c r="{place}" t="b"><v>{int(content)}</v></c>'
        case str():
            return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(content)}</t></is></c>'
        case _:
            return f'<c r="{place}"><v>{content!r}</v></c>'


def rows_xml(table: Sequence[Sequence[CellContent]], attributes: Mapping[int, str] | None = None, top: int = 1) -> str:
    """Write the rows of a sheet; attributes are those of a row, by its number."""
    written = []
    for height, row in enumerate(table, top):
        cells = "".join(cell_xml(f"{column_letters(place)}{height}", content) for place, content in enumerate(row))
        more = (attributes or {}).get(height)
        written.append(f'<row r="{height}"{" " + more if more else ""}>{cells}</row>')
    return "".join(written)


def sheet_xml(rows: str, before: str = "", after: str = "") -> str:
    """Write a sheet around its rows."""
    return f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{RELS}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def styles_xml(formats: Sequence[str | int]) -> str:
    """Write the styles: style 1 has the first of the number formats, a code or the number of a built-in one."""
    codes = [(164 + place, code) for place, code in enumerate(formats) if isinstance(code, str)]
    known = "".join(f'<numFmt numFmtId="{id_}" formatCode="{escape(code)}"/>' for id_, code in codes)
    ids = [164 + place if isinstance(code, str) else code for place, code in enumerate(formats)]
    styles = "".join(f'<xf numFmtId="{id_}" fontId="0" applyNumberFormat="1"/>' for id_ in [0, *ids])
    listed = f'<numFmts count="{len(codes)}">{known}</numFmts>' if codes else ""
    count = len(formats) + 1
    return f'{HEAD}<styleSheet xmlns="{MAIN}">{listed}<cellXfs count="{count}">{styles}</cellXfs></styleSheet>'


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook in the words of its parts."""

    sheets: Mapping[str, str]
    """The XML of each sheet, by its name."""
    formats: Sequence[str | int] = ()
    shared: Sequence[str] = ()
    """The markup of each text of the list of texts."""
    states: Mapping[str, str] = field(default_factory=dict)
    """Of sheets that are not visible: hidden or veryHidden."""
    properties: str = ""
    """Of the workbook: `<workbookPr date1904="1"/>`."""
    parts: Mapping[str, bytes] = field(default_factory=dict)
    """More parts, and parts that go before those made here."""

    def packed(self) -> bytes:
        """Pack it."""
        return zip_bytes({name: content for name, content in {**self._made(), **self.parts}.items() if content})

    def at(self, name: str = "leads.xlsx") -> Maker:
        """Make a file of it."""

        def make(folder: Path) -> Path:
            path = folder / name
            path.write_bytes(self.packed())
            return path

        return make

    def with_part(self, name: str, content: str | bytes) -> "Book":
        """Put a part in, or in place of one; an empty one is left out."""
        return replace(self, parts={**self.parts, name: content.encode() if isinstance(content, str) else content})

    def _made(self) -> dict[str, bytes]:
        listed = list(enumerate(self.sheets, 1))
        sheets = "".join(
            f'<sheet name="{escape(name)}" sheetId="{place}" r:id="rId{place}"'
            + (f' state="{self.states[name]}"/>' if name in self.states else "/>")
            for place, name in listed
        )
        book = f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELS}">{self.properties}<sheets>{sheets}</sheets></workbook>'
        rels = "".join(
            f'<Relationship Id="rId{place}" Type="{RELS}/worksheet" Target="worksheets/sheet{place}.xml"/>'
            for place, _ in listed
        )
        rels += f'<Relationship Id="rId900" Type="{RELS}/styles" Target="styles.xml"/>'
        if self.shared:
            rels += f'<Relationship Id="rId901" Type="{RELS}/sharedStrings" Target="sharedStrings.xml"/>'
        texts = "".join(f"<si>{markup}</si>" for markup in self.shared)
        made = {
            "[Content_Types].xml": _content_types(len(listed), has_texts=bool(self.shared)),
            "_rels/.rels": (
                f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
                f'Type="{RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
            ),
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": (
                f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{rels}</Relationships>'
            ),
            "xl/styles.xml": styles_xml(self.formats),
            "xl/sharedStrings.xml": f'{HEAD}<sst xmlns="{MAIN}">{texts}</sst>' if self.shared else "",
        }
        made |= {f"xl/worksheets/sheet{place}.xml": self.sheets[name] for place, name in listed}
        return {name: content.encode() for name, content in made.items()}


def _content_types(sheets: int, *, has_texts: bool) -> str:
    parts = [("workbook", "sheet.main"), ("styles", "styles")]
    parts += [("sharedStrings", "sharedStrings")] if has_texts else []
    parts += [(f"worksheets/sheet{place}", "worksheet") for place in range(1, sheets + 1)]
    listed = "".join(f'<Override PartName="/xl/{name}.xml" ContentType="{TYPES}.{kind}+xml"/>' for name, kind in parts)
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def book(
    table: Sequence[Sequence[CellContent]],
    *,
    formats: Sequence[str | int] = (),
    shared: Sequence[str] = (),
    rows: Mapping[int, str] | None = None,
    before: str = "",
    after: str = "",
    properties: str = "",
    top: int = 1,
) -> Book:
    """Give a workbook of one sheet, Leads; `rows` are attributes of rows by number."""
    sheet = sheet_xml(rows_xml(table, rows, top), before, after)
    return Book({"Leads": sheet}, formats, shared, properties=properties)
