"""The number formats of an .ods workbook (OpenDocument 1.3 part 3, 16.29), told as Excel's codes for them."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from leadsync.loader.workbook.marks import NumberFormat
from leadsync.loader.workbook.number_format import number_format

Start: TypeAlias = Callable[[Mapping[str, str]], None]
"""Takes the attributes of an element that begins."""
End: TypeAlias = Callable[[], None]
_GENERAL = "General"
_MOST_PLACES = 30
_MOST_PARENTS = 10
_VALUE = "value()"


class Styles:
    """What styles say of numbers, by the names that cells know them by; made from the elements of a part in order."""

    def __init__(self) -> None:
        self._styles: dict[str, tuple[str, str]] = {}
        """For each style of cells its number style and the style above it; either may be blank."""
        self._codes: dict[str, str] = {}
        """Of number styles, without the sections that are for some numbers only."""
        self._sections: dict[str, list[tuple[str, str]]] = {}
        """These: the condition, and the number style that is for such numbers."""
        self._formats: dict[str, NumberFormat | None] = {}
        self._name: str | None = None
        """The number style that is being read, if any."""
        self._number: Mapping[str, str] = {}
        self._embedded: dict[int, str] = {}
        """Texts among the digits of a number, each by how many places are to its right."""
        self._position = 0
        self._text: list[str] | None = None
        self.starts: Mapping[str, Start] = {
            "style:style": self._start_style,
            "style:map": self._start_map,
            "number:number-style": self._start_number_style,
            "number:number": self._start_number,
            "number:embedded-text": self._start_embedded,
            "number:text": self._start_text,
            "number:scientific-number": lambda _: self._add("0E+0"),
            "number:fraction": lambda _: self._add("# ?/?"),
        }
        """What begins an element, by its name."""
        self.ends: Mapping[str, End] = {
            "number:number-style": self._end_number_style,
            "number:number": self._end_number,
            "number:embedded-text": self._end_embedded,
            "number:text": self._end_text,
        }
        """What ends one."""

    def take(self, content: str) -> None:
        """Take text within an element."""
        if self._text is not None:
            self._text.append(content)

    def format_of(self, style: str) -> NumberFormat | None:
        """Give what a style of cells shows a number as; None where that is the plain number."""
        if style not in self._formats:
            code = self._code(self._number_style(style))
            self._formats[style] = number_format(code) if code else None
        return self._formats[style]

    @property
    def special(self) -> list[str]:
        """Give the styles that show some number as something else than its digits."""
        return [style for style in self._styles if self.format_of(style)]

    def _number_style(self, style: str) -> str:
        """Give the number style of a style, which may be that of a style above it."""
        for _ in range(_MOST_PARENTS):
            number_style, parent = self._styles.get(style, ("", ""))
            if number_style or not parent:
                return number_style
            style = parent
        return ""

    def _code(self, name: str) -> str:
        """Put a number style together: what is for some numbers only, and what is for all others."""
        parts = [
            f"[{condition}]{self._codes.get(other, _GENERAL)}" for condition, other in self._sections.get(name, ())
        ]
        return ";".join([*parts, self._codes.get(name, "")])

    def _start_style(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("style:family") == "table-cell":
            above = attributes.get("style:data-style-name", ""), attributes.get("style:parent-style-name", "")
            self._styles[attributes.get("style:name", "")] = above

    def _start_map(self, attributes: Mapping[str, str]) -> None:
        if self._name is not None:
            condition = attributes.get("style:condition", "").replace(_VALUE, "").replace("!=", "<>")
            self._sections.setdefault(self._name, []).append((condition, attributes.get("style:apply-style-name", "")))

    def _start_number_style(self, attributes: Mapping[str, str]) -> None:
        self._name = attributes.get("style:name", "")
        self._codes[self._name] = ""
        self._sections.pop(self._name, None)

    def _end_number_style(self) -> None:
        self._name = None

    def _add(self, code: str) -> None:
        if self._name is not None:
            self._codes[self._name] += code

    def _start_number(self, attributes: Mapping[str, str]) -> None:
        self._number, self._embedded = attributes, {}

    def _end_number(self) -> None:
        least = _count(self._number.get("number:min-integer-digits", "1"))
        decimals = _count(self._number.get("number:decimal-places", ""))
        if not self._embedded and least <= 1 and "number:decimal-places" not in self._number:
            self._add(_GENERAL)
            return
        count = max(least, 1, *(place + 1 for place in self._embedded)) if self._embedded else max(least, 1)
        code = "#," if self._number.get("number:grouping") == "true" else ""
        for place in range(count - 1, -1, -1):
            code += "0" if place < least else "#"
            code += self._embedded.get(place, "")
        self._add(f"{code}.{'0' * decimals}" if decimals else code)

    def _start_embedded(self, attributes: Mapping[str, str]) -> None:
        self._position, self._text = _count(attributes.get("number:position", "")), []

    def _end_embedded(self) -> None:
        self._embedded[self._position] = self._end_literal() + self._embedded.get(self._position, "")

    def _start_text(self, _: Mapping[str, str]) -> None:
        self._text = []

    def _end_text(self) -> None:
        self._add(self._end_literal())

    def _end_literal(self) -> str:
        """Give the text that was read as an Excel code has it: each letter with a backslash before it."""
        text, self._text = "".join(self._text or ()), None
        return "".join(f"\\{letter}" for letter in text)


def _count(digits: str) -> int:
    return min(int(digits), _MOST_PLACES) if digits.isdecimal() and len(digits) < _MOST_PLACES else 0
