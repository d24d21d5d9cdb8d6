"""What openpyxl cannot keep of a workbook, found by looking at its parts before anything is written."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook  # type: ignore[import-untyped]  # openpyxl has no types of its own

from leadsync.report.workbook.comments import AUTHOR

_LOST_PARTS: Mapping[str, str] = {
    r"xl/vba.*": "macros",
    r"xl/(macrosheets|dialogsheets)/.*": "macro or dialog sheets",
    r"xl/slicers/.*": "slicers",
    r"xl/timelines/.*": "timelines",
    r"xl/threadedComments/.*": "replies to comments, which are one plain comment here,",
    r"xl/diagrams/.*": "diagrams (SmartArt)",
    r"xl/ink/.*": "ink drawings",
    r"xl/(activeX|ctrlProps)/.*": "form controls",
    r"xl/embeddings/.*": "embedded objects",
    r"xl/connections\.xml|xl/queryTables/.*": "data connections and queries",
    r"xl/(model|customData)/.*": "the data model (Power Pivot)",
    r"xl/(xmlMaps\.xml|tables/tableSingleCells.*)": "XML maps",
    r"xl/printerSettings/.*": "settings of the printer",
    r"xl/(metadata\.xml|richData/.*)": "data types, pictures in cells, and formulas that spill by themselves",
    r"xl/revisions/.*": "the history of a shared workbook",
    r"xl/webextensions/.*": "add-ins",
    r"xl/python\.xml": "Python code",
    r"_xmlsignatures/.*": "digital signatures",
    r"customXml/.*": "custom XML",
    r"docMetadata/.*": "sensitivity labels",
    r"customUI/.*|userCustomization/.*": "changes to the ribbon",
}
"""By the names of parts, as ECMA-376 and Excel have them."""
_KEPT_PARTS = re.compile(
    r"\[Content_Types\]\.xml|(.*/)?_rels/.*|docProps/.*|xl/(workbook|sharedStrings|styles|calcChain|persons/.*)(\.xml)?"
    r"|xl/(worksheets|chartsheets|theme|drawings|charts|media|comments\d*|tables|pivotTables|pivotCache|externalLinks)"
    r"(/.*|\.xml)|xl/persons/.*|.*/"
)
"""Kept, told of by what stands in them, or of no account: who wrote, thumbnails, the order of calculation."""
_LOST_TAGS: Mapping[bytes, str] = {
    rb"sparklineGroups": "sparklines",
    rb"x14:cfRule|x14:conditionalFormatting ": "conditional formats that need Excel 2010 (icons, bars, other sheets)",
    rb"x14:dataValidation ": "drop-down lists and checks that refer to other sheets",
    rb"protectedRange ": "ranges that are excepted from protection",
    rb"customSheetView ": "custom views",
    rb"oleObject ": "embedded objects",
    rb"picture ": "background pictures",
    rb"legacyDrawingHF ": "pictures in headers and footers",
    rb"dataConsolidate ": "settings of a consolidation",
}
"""By what stands around the rows of a sheet."""
_LOST_DRAWN: Mapping[bytes, str] = {
    rb"<(\w+:)?(sp|cxnSp|grpSp|contentPart)[ >]": "shapes and text boxes",
    rb"drawing/2014/chartex": "charts of newer kinds (waterfall, tree map, histogram)",
}
_CONTROL = re.compile(rb'ObjectType="(?!Note")')
_FALLBACK = re.compile(rb"<mc:Fallback>.*?</mc:Fallback>", re.DOTALL)
_PICTURE = re.compile(rb"<(\w+:)?pic[ >]")
_TARGET = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb"""\b(Target|TargetMode|Type)\s*=\s*["']([^"']*)""")
_ESCAPE = b"x005F_"
_STRINGS = "xl/sharedStrings.xml"
_PHONETIC = re.compile(rb"<(\w+:)?rPh[ >]")
_RUNS = re.compile(rb"<(\w+:)?r[ >]")


def can_be_rich(archive: ZipFile) -> bool:
    """Tell whether texts within sheets, of which some letters look differently, can be kept so.

    Where openpyxl keeps them, it changes texts with an escape such as `_x005F_x0041_` into others.
    """
    parts = [archive.read(name) for name in archive.namelist() if re.fullmatch(r"xl/worksheets/[^/]*\.xml", name)]
    return any(map(_RUNS.search, parts)) and not any(_ESCAPE in part for part in parts)


def whats_lost(
    archive: ZipFile, workbook: Workbook, sheets: Mapping[str, str], name: str, warned: Sequence[str]
) -> tuple[str, ...]:
    """Tell in sentences what the workbook as openpyxl has read it lacks; `sheets` are the parts of its sheets by title.

    `warned` is what openpyxl itself has said.
    """
    lost: dict[str, list[str]] = defaultdict(list)
    changed: dict[str, list[str]] = defaultdict(list)
    seen: set[str] = set()
    for title, part in sheets.items():
        reached = {part, *_reached(archive, part, set(sheets.values()))}
        seen |= reached
        for what in dict.fromkeys(_lost_of_sheet(archive, workbook, title, part, reached)):
            lost[what].append(title)
        for what in _changed_of_sheet(archive, workbook[title], part):
            changed[what].append(title)
    whole = dict.fromkeys(filter(None, (_lost_part(part) for part in archive.namelist() if part not in seen)))
    if _STRINGS in archive.namelist() and _PHONETIC.search(archive.read(_STRINGS)):
        whole["phonetic guides"] = None
    return (
        *(f"Not in this workbook, as openpyxl cannot write it: {what}{_where(lost[what])}." for what in lost),
        *(f"Not in this workbook, as openpyxl cannot write it: {what}." for what in whole if what not in lost),
        *(f"{what}{_where(titles)}." for what, titles in changed.items()),
        *(f"openpyxl says: {_sentence(text)}" for text in dict.fromkeys(warned) if not _is_told(text)),
        *((f"All of that still is in {name}.",) if lost or whole else ()),
    )


def _lost_of_sheet(archive: ZipFile, workbook: Workbook, title: str, part: str, reached: set[str]) -> Iterator[str]:
    sheet = workbook[title]
    around, cells = _parts_of_sheet(archive.read(part))
    yield from (what for tag, what in _LOST_TAGS.items() if re.search(rb"<(\w+:)?(" + tag + b")", around))
    if _ESCAPE in cells and _RUNS.search(cells):
        yield "formats of single letters"
    if b' vm="' in cells:
        yield _LOST_PARTS[r"xl/(metadata\.xml|richData/.*)"]
    pictures = 0
    for other in sorted(reached):
        if what := _lost_part(other):
            yield what
        if not other.startswith("xl/drawings/") or "/_rels/" in other:
            continue
        drawn = _FALLBACK.sub(b"", archive.read(other))
        pictures += len(_PICTURE.findall(drawn))
        yield from (what for pattern, what in _LOST_DRAWN.items() if re.search(pattern, drawn))
        if other.endswith(".vml") and _CONTROL.search(drawn):
            yield "form controls"
    if pictures > len(getattr(sheet, "_images", ())):
        yield "pictures"
    charts = sum(1 for other in reached if re.fullmatch(r"xl/charts/chart[^/]*\.xml", other))
    if charts > len(getattr(sheet, "_charts", ())):
        yield "charts that openpyxl cannot read"


def _changed_of_sheet(archive: ZipFile, sheet: Any, part: str) -> Iterator[str]:
    if getattr(sheet, "_charts", ()):
        yield "Charts were written anew by openpyxl, so that details of their look may be others"
    if getattr(sheet, "_pivots", ()):
        yield "Pivot tables were written anew by openpyxl; refresh them to be sure of what they show"
    comments = (cell._comment for cell in getattr(sheet, "_cells", {}).values())  # noqa: SLF001  # as fast as can be
    if any(comment and comment.author != AUTHOR for comment in comments):
        yield "Comments have their text, and no longer their own size, place and format"
    if b' cm="' in _parts_of_sheet(archive.read(part))[1]:
        yield "Formulas that spilled by themselves are array formulas of the older kind here"


def _parts_of_sheet(content: bytes) -> tuple[bytes, bytes]:
    """Give what stands around the rows of a sheet, and the rows."""
    start, end = content.find(b"sheetData"), content.rfind(b"sheetData")
    return content[:start] + content[end:], content[start:end]


def _lost_part(part: str) -> str:
    for pattern, what in _LOST_PARTS.items():
        if re.fullmatch(pattern, part):
            return what
    return "" if _KEPT_PARTS.fullmatch(part) else f"the part {part}"


def _reached(archive: ZipFile, part: str, sheets: set[str]) -> set[str]:
    """Give the parts that a part leads to, save other sheets."""
    names = set(archive.namelist())
    reached: set[str] = set()
    waiting = [part]
    while waiting:
        current = waiting.pop()
        folder, file = posixpath.split(current)
        relations = f"{folder}/_rels/{file}.rels"
        if relations not in names:
            continue
        reached.add(relations)
        for target in _targets(archive.read(relations), folder):
            if target in names and target not in reached | sheets and not target.endswith("/workbook.xml"):
                reached.add(target)
                waiting.append(target)
    return reached


def _targets(relations: bytes, folder: str) -> Iterator[str]:
    for tag in _TARGET.findall(relations):
        attributes = {key: value.decode("utf-8", "replace") for key, value in _ATTRIBUTE.findall(tag)}
        if attributes.get(b"TargetMode") != "External":
            target = attributes.get(b"Target", "")
            yield target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def _where(titles: Sequence[str]) -> str:
    named = ", ".join(repr(title) for title in titles)
    return f" (sheet{'' if len(titles) == 1 else 's'} {named})"


def _is_told(warning: str) -> bool:
    """Tell whether a warning of openpyxl is about something that we tell of, or about nothing that shows."""
    return bool(
        re.search(r"extension is not supported|Unknown extension|Shapes and drawings|no default style", warning)
    )


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith(".") else text + "."
