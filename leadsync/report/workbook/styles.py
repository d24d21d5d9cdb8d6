"""How cells look: our own fills, and styles that many cells share."""

# openpyxl finds the style of a cell anew at each touch, by proxies, which takes 10 us each. The arrays behind them can
# be shared, but have no public name.

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook  # type: ignore[import-untyped]  # openpyxl has no types of its own
from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]  # likewise
from openpyxl.formatting.rule import Rule  # type: ignore[import-untyped]  # likewise
from openpyxl.styles import Alignment, Font, PatternFill  # type: ignore[import-untyped]  # likewise
from openpyxl.styles.cell_style import StyleArray  # type: ignore[import-untyped]  # likewise
from openpyxl.styles.differential import DifferentialStyle  # type: ignore[import-untyped]  # likewise

from leadsync.harmless import workbook_text
from leadsync.records import Outcome, Status

COLOURS: Mapping[Status, str] = {
    Status.UPDATED: "FFE3F4E6",
    Status.UNCHANGED: "FFF0F2F3",
    Status.SKIPPED: "FFE8ECF6",
    Status.INVALID: "FFFDE8E4",
    Status.REJECTED: "FFFBE0EC",
    Status.FAILED: "FFFEF1D4",
    Status.UNKNOWN: "FFFEEBC2",
    Status.NOT_SENT: "FFFFF7E1",
}
"""Pale ones, on which black text has a contrast of at least 17; the alpha in front is as Excel writes it."""

_BAD_CELL = {"patternType": "lightUp", "fgColor": "FFD9534F", "bgColor": "FFFFB9AE"}
"""Hatched, to be seen in black and white too; font and borders remain the user's."""
_FONT = "Calibri"
_TEXT = 49
"""The number format `@` (ECMA-376, 18.8.30)."""
_BY_RULE = (Status.UPDATED, Status.UNCHANGED, Status.SKIPPED)
"""Rows that nobody need touch: coloured by a rule, which leaves their own formats alone and costs nothing."""
_RULE = re.compile(rf'\$[A-Z]{{1,3}}\d+="({"|".join(_BY_RULE)})"')


@dataclass(frozen=True, slots=True)
class Look:
    """The styles of the sheets that we make ourselves."""

    plain: StyleArray
    wrapped: StyleArray
    header: StyleArray
    title: StyleArray
    section: StyleArray
    label: StyleArray
    link: StyleArray


class Styles:
    """The styles of a workbook; each is made once and shared by its cells, so that none may be changed in place."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        fills = workbook._fills  # noqa: SLF001  # has no public name
        self.blank_fills = {
            number for number, fill in enumerate(fills) if getattr(fill, "patternType", "gradient") is None
        }
        """The ids of fills that are none."""
        self.bad: int = fills.add(PatternFill(**_BAD_CELL))
        self.rows: dict[Status, int] = {status: fills.add(_solid(COLOURS[status])) for status in Status}
        self._filled: dict[tuple[bytes, int], StyleArray] = {}

    @property
    def own_fills(self) -> set[int]:
        """Give the ids of the fills that only we use."""
        return {self.bad, *self.rows.values()}

    def row_fill(self, outcome: Outcome | None) -> int:
        """Give the id of the fill of a row to be repaired or repeated."""
        return self.rows[Status.NOT_SENT if outcome is None else outcome.status]

    def filled(self, style: StyleArray | None, fill: int) -> StyleArray:
        """Give a style as it is, save for its fill."""
        key = (b"" if style is None else style.tobytes(), fill)
        found = self._filled.get(key)
        if found is None:
            found = self._filled[key] = StyleArray() if style is None else StyleArray(style)
            found.fillId = fill
        return found

    def as_text(self, style: StyleArray | None = None) -> StyleArray:
        """Give a style as it is, save that what is typed into its cells is text, whatever it looks like."""
        made = StyleArray() if style is None else StyleArray(style)
        made.numFmtId = _TEXT
        return made

    def id(self, style: StyleArray | None) -> int:
        """Give the number by which cells name a style."""
        number: int = 0 if style is None else self._workbook._cell_styles.add(style)  # noqa: SLF001  # likewise
        return number

    def look(self) -> Look:
        """Make the styles of our own sheets."""
        top = Alignment(vertical="top", horizontal="left")
        wrapped = Alignment(vertical="top", horizontal="left", wrap_text=True)
        return Look(
            plain=self._made(alignment=top),
            wrapped=self._made(alignment=wrapped),
            header=self._made(alignment=wrapped, font=Font(name=_FONT, size=11, bold=True), fill=_solid("FFDDE3EA")),
            title=self._made(alignment=wrapped, font=Font(name=_FONT, size=15, bold=True)),
            section=self._made(alignment=top, font=Font(name=_FONT, size=12, bold=True)),
            label=self._made(alignment=top, font=Font(name=_FONT, size=11, bold=True)),
            link=self._made(alignment=wrapped, font=Font(name=_FONT, size=11, color="FF0B57D0", underline="single")),
        )

    def _made(self, **parts: object) -> StyleArray:
        cell = WriteOnlyCell(self._workbook.worksheets[0])
        for name, part in parts.items():
            setattr(cell, name, part)
        style: StyleArray = cell._style  # noqa: SLF001  # likewise
        return style


def _solid(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


def put_text(cell: Any, text: str) -> None:
    """Write a text that is text, whatever it looks like: never a formula, never an error."""
    cell._value = workbook_text(text)  # noqa: SLF001  # its public name takes `=1` for a formula
    cell.data_type = "s"


def add_rules(sheet: Any, area: str, status: str) -> None:
    """Colour the fine rows of an area by the text of their status; `status` is its topmost cell, such as `$P2`."""
    rules = sheet.conditional_formatting
    last = max((rule.priority or 0 for formatting in rules for rule in formatting.rules), default=0)
    for place, wanted in enumerate(_BY_RULE, 1):
        fill = PatternFill("solid", fgColor=COLOURS[wanted], bgColor=COLOURS[wanted])
        formula = f'{status}="{wanted}"'
        rule = Rule(type="expression", dxf=DifferentialStyle(fill=fill), formula=[formula], priority=last + place)
        rules.add(area, rule)


def drop_rules(sheet: Any) -> None:
    """Remove the rules of an earlier report."""
    formatting = sheet.conditional_formatting
    for one in list(formatting):
        rules = formatting[one]
        rules[:] = [rule for rule in rules if not _is_ours(rule)]
        if not rules:
            del formatting[one.sqref]


def _is_ours(rule: Rule) -> bool:
    found = _RULE.fullmatch(rule.formula[0]) if rule.type == "expression" and rule.formula else None
    fill = rule.dxf.fill if found and rule.dxf else None
    return bool(found and fill and fill.bgColor.rgb == COLOURS[Status(found[1])])
