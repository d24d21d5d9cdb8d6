"""Texts that spreadsheets might take for formulas, written so that they do not, and read back as they were.

A CSV file has no types: a program that opens it decides by the first character of a cell whether that is a formula
(OWASP, CSV Injection). In a workbook a text is typed as text, and needs only what XML and Excel cannot hold changed.
"""

import re
from collections.abc import Sequence

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Beginnings after which a spreadsheet may take a cell for a formula; the last four are the wide forms of = + - @."""
MARK = "'"
"""What stands before a cell that begins so, and before one that would begin so without its own such marks."""

_ESCAPABLE = re.compile(f"{MARK}*[{re.escape(''.join(STARTS))}]")
_ESCAPED = re.compile(f"{MARK}+[{re.escape(''.join(STARTS))}]")
_CELL = 32_767
"""UTF-16 units of a cell of a workbook; Excel calls a workbook with longer ones damaged."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Characters that XML cannot write either, and Excel by an escape of its own (ECMA-376, ST_Xstring)."""
_LOST = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""Those for which Excel has no escape that is read back."""
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 has no way to write."""
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""Excel reads `_x0041_` as the letter A, so the underscore before it is escaped itself (ECMA-376, ST_Xstring)."""


def escaped(text: str) -> str:
    """Give a cell of a CSV file that no spreadsheet takes for a formula; `restored` gives it back, whatever it is."""
    return MARK + text if _ESCAPABLE.match(text) else text


def restored(text: str) -> str:
    """Give what `escaped` was given."""
    return text[1:] if _ESCAPED.match(text) else text


def _may_need_escape(cells: Sequence[str]) -> bool:
    """Tell quickly whether any of many cells might need an escape; it is wrong only on the safe side."""
    joined = "".join(cells)
    found = [start for start in (MARK, *STARTS) if start in joined]
    return bool(found) and not {cell[:1] for cell in cells}.isdisjoint(found)


def all_escaped(cells: Sequence[str]) -> Sequence[str]:
    """Give cells as `escaped` does; the very same sequence where none needs it."""
    if not _may_need_escape(cells):
        return cells
    return [
        MARK + cell if cell.startswith(STARTS) else escaped(cell) if cell.startswith(MARK) else cell for cell in cells
    ]


def workbook_cell(text: str) -> str:
    """Write a cell of a source as a workbook keeps it; one that it cannot keep as `workbook_text` does."""
    if _CONTROL.search(text):
        escapes = _ESCAPE.sub("_x005F_", text)
        text = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", escapes)
        return _cut(_NOT_XML.sub(_numbered, text))
    return workbook_text(text)


def is_kept_by_workbook(text: str) -> bool:
    """Tell whether a workbook can hold a text, and give it back as it is."""
    is_short = len(text) * 2 <= _CELL or len(text.encode("utf-16-le", "surrogatepass")) <= _CELL * 2
    return is_short and not _LOST.search(text)


def workbook_text(text: str) -> str:
    r"""Write for a person what a workbook cannot hold by its number, such as `\x07`, and cut what is too long."""
    if _NOT_XML.search(text):
        text = _NOT_XML.sub(_numbered, text)
    return _cut(_ESCAPE.sub("_x005F_", text) if "_x" in text else text)


def _numbered(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode()


def _cut(text: str) -> str:
    if len(text) * 2 > _CELL and len(units := text.encode("utf-16-le", "surrogatepass")) > _CELL * 2:
        return units[: (_CELL - 1) * 2].decode("utf-16-le", "ignore") + "…"
    return text
