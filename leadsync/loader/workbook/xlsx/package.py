"""What an .xlsx or .xlsm file holds: its sheets, where their parts are, the date system, and what its styles show.

Whatever is damaged raises one of `untrusted.DAMAGE`, half a sentence.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from posixpath import join, normpath
from struct import unpack_from
from typing import Final

from leadsync.loader.workbook.marks import NumberFormat
from leadsync.loader.workbook.number_format import is_date_format, number_format, shows_day
from leadsync.loader.workbook.serial_date import SerialDate, is_elapsed
from leadsync.loader.workbook.xlsx.xml_form import visit
from leadsync.loader.workbook.zip_parts import SMALL, Parts

LONGEST_SHEET = 4 << 30
"""Bytes of a sheet's XML."""
TIGHTEST = 150
"""How many times longer a part may become by unpacking."""
MOST_PARTS_BYTES = 16 * 2**20
"""Of the directory of a ZIP file: some hundred thousand parts."""

_END_OF_DIRECTORY = b"PK\x05\x06"
_END_OF_DIRECTORY_64 = b"PK\x06\x06"
_LONGEST_END = 65_557 + 76
_USUAL_PARTS = {"styles": "xl/styles.xml", "sharedstrings": "xl/sharedStrings.xml"}

DAYS_TO_1904 = 1462
"""From the first day of the one date system to that of the other."""

_IN_64 = 0xFFFFFFFF

BUILT_IN: Final[Mapping[int, str]] = {
    9: "0%",
    10: "0.00%",
    **dict.fromkeys((14, 15, 16, 17), "yyyy-mm-dd"),
    **dict.fromkeys((18, 19, 20, 21, 45, 47), "h:mm:ss"),
    22: "yyyy-mm-dd h:mm",
    46: "[h]:mm:ss",
    **dict.fromkeys(range(27, 37), "yyyy-mm-dd"),
    **dict.fromkeys(range(50, 59), "yyyy-mm-dd"),
}
"""The formats that a file names without their code, in so far as they change what a number is (ECMA-376, 18.8.30);
27 to 36 and 50 to 58 are dates in East Asian editions, and nothing else anywhere."""


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it."""

    name: str
    is_visible: bool
    kind: str
    """`worksheet`, `chartsheet`, `dialogsheet`, or what else its relation says."""
    part: str


@dataclass(frozen=True, slots=True)
class Workbook:
    """What the workbook's own part tells."""

    sheets: tuple[SheetEntry, ...]
    is_1904: bool
    styles: str | None
    strings: str | None
    """The parts of the styles and of the shared strings, where the workbook says that there are such."""


class Package(Parts):
    """The parts of a file, by names of which the case and the slashes do not matter (ECMA-376 part 2)."""

    def __init__(self, path: Path) -> None:
        _check_directory(path)
        super().__init__(path)
        names = {_plain(name): member for name, member in self._members.items()}
        if len(names) < len(self._members):
            self.close()
            raise ValueError("two of its parts have one name")
        self._members = names

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()

    def blocks(self, name: str, most: int = LONGEST_SHEET) -> Iterator[bytes]:
        """Give the bytes of a part, block by block; raises ValueError where it is too long or packed too tightly."""
        count = 0
        for block in super().blocks(_plain(name), most):
            count += len(block)
            if count > SMALL and count > TIGHTEST * self._members[_plain(name)].compress_size:
                raise ValueError(f"its part {name} becomes too long when it is unpacked")
            yield block

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._members


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _check_directory(path: Path) -> None:
    """Refuse a directory so long that reading it takes the memory of the machine."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _LONGEST_END))
        tail = file.read()
    end = tail.rfind(_END_OF_DIRECTORY)
    if end < 0 or len(tail) < end + 16:
        raise ValueError("it is cut off")
    (length,) = unpack_from("<I", tail, end + 12)
    if length == _IN_64:
        end = tail.rfind(_END_OF_DIRECTORY_64)
        if end < 0 or len(tail) < end + 48:
            raise ValueError("it is cut off")
        (length,) = unpack_from("<Q", tail, end + 40)
    if length > MOST_PARTS_BYTES:
        raise ValueError("it is said to hold more parts than any workbook has")


def read_workbook(package: Package) -> Workbook:
    """Find the sheets, the styles and the shared strings by the relations between parts."""
    main = next(
        (part for kind, part in _relations(package, "").values() if kind == "officedocument"), "xl/workbook.xml"
    )
    relations = _relations(package, main)
    sheets: list[SheetEntry] = []
    is_1904 = False

    def look(parent: str, name: str, attributes: Mapping[str, str]) -> None:
        nonlocal is_1904
        if name == "workbookPr":
            is_1904 = attributes.get("date1904") in {"1", "true"}
        elif name == "sheet" and parent == "sheets":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            kind, part = relations.get(relation, ("", ""))
            sheets.append(
                SheetEntry(attributes.get("name", ""), attributes.get("state", "visible") == "visible", kind, part)
            )

    visit(package.read(main), look)
    parts = {kind: part for kind, part in _USUAL_PARTS.items() if part in package} | dict(relations.values())
    return Workbook(tuple(sheets), is_1904, parts.get("styles"), parts.get("sharedstrings"))


def _relations(package: Package, part: str) -> Mapping[str, tuple[str, str]]:
    """Give the relations of a part by their ids: the kind of each, in lower case, and the part that it leads to."""
    folder, _, name = part.rpartition("/")
    relations: dict[str, tuple[str, str]] = {}

    def look(_: str, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2].casefold()
            target = attributes.get("Target", "").replace("\\", "/")
            path = target if target.startswith("/") else join(folder, target)
            relations[attributes.get("Id", "")] = (kind, normpath(path).lstrip("/"))

    where = join(folder, "_rels", f"{name}.rels")
    if where in package:
        visit(package.read(where), look)
    return relations


def read_styles(package: Package, workbook: Workbook) -> list[NumberFormat | None]:
    """Give for each style of a cell what it shows a number as; None where that is the number."""
    if workbook.styles is None:
        return []
    codes: dict[str, str] = {}
    formats: list[str] = []

    def look(parent: str, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt" and parent == "numFmts":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "xf" and parent == "cellXfs":
            formats.append(attributes.get("numFmtId", "0"))

    visit(package.read(workbook.styles, 2 * SMALL), look)
    known: dict[str, NumberFormat | None] = {}
    for key in set(formats):
        code = codes.get(key) or (BUILT_IN.get(int(key), "General") if key.isdecimal() else "General")
        known[key] = _date(code, is_1904=workbook.is_1904) if is_date_format(code) else number_format(code)
    return [known[key] for key in formats]


def _date(code: str, *, is_1904: bool) -> SerialDate:
    return (DayFormat if shows_day(code) else SerialDate)(is_1904, is_elapsed(code))


class DayFormat(SerialDate):
    """The format of a date that shows the day: of a number below 1 it shows a day that never was."""

    __slots__ = ()

    def text(self, value: float) -> str:
        """Write a serial number as ISO date, with its time if it has one; raises ValueError where it is none."""
        if not 0 <= value < 1:
            return SerialDate.text(self, value)
        if not self.is_1904:
            raise ValueError("shows it as the day before the first of January 1900, which never was")
        return SerialDate(is_1904=False, is_elapsed=False).text(value + DAYS_TO_1904)
