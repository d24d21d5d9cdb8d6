"""The text of a cell of an .ods sheet, as it is shown (OpenDocument 1.3 part 3, 6.1)."""

import re
from collections.abc import Mapping

LONGEST = 1_000_000
"""Characters of a cell; Excel takes 32,767, LibreOffice more."""

_DIGITS = 9
"""Of a number of spaces; more of them than fit have as many."""
_SPACES = re.compile(r"[ \t\r\n]+")
# Characters that cannot be in XML stand for those that are written as elements, so that spaces can be made one.
_ODD = re.compile(r"^ | $|  |[\t\r\n]")
"""Spaces that are not shown as they are written."""
_SPACE, _TAB, _BREAK = "\x01", "\x02", "\x03"
_PLACEHOLDER = re.compile(f"[{_SPACE}{_TAB}{_BREAK}]")
_WRITTEN = str.maketrans({_SPACE: " ", _TAB: "\t", _BREAK: "\n"})
_WRITTEN_AS = {"text:tab": _TAB, "text:line-break": _BREAK}
_LEFT_OUT = frozenset({"office:annotation", "text:note", "text:ruby-text"})
_DRAWN = ("draw:", "dr3d:")


class CellText:
    """Collects the text of one cell, paragraph by paragraph, leaving out comments and shapes."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._paragraphs: list[str] = []
        self._length = 0
        self._depth = 0
        """How many paragraphs are open: text outside of them is none of the cell's."""
        self._left_out = 0
        """How many elements are open whose text is left out."""
        self.is_plain = True
        """Whether calamine reads the same: it knows of paragraphs and repeated spaces only, and of no CDATA."""

    @property
    def is_used(self) -> bool:
        """Tell whether it holds anything of a cell."""
        return bool(self._length or self._paragraphs or not self.is_plain)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        if name == "text:p" and not self._left_out:
            self._depth += 1
        elif self._left_out or name in _LEFT_OUT or name.startswith(_DRAWN):
            self._left_out += 1
            self.is_plain = False
        elif name == "text:s":
            count = attributes.get("text:c", "")
            times = int(count[:_DIGITS]) if count.isdecimal() else 1
            self.take(_SPACE * min(times, LONGEST + 1))
        elif name in _WRITTEN_AS:
            self.take(_WRITTEN_AS[name])
            self.is_plain = False

    def end(self, name: str) -> None:
        """End an element."""
        if self._left_out:
            self._left_out -= 1
        elif name == "text:p":
            self._depth -= 1
            if not self._depth:
                self._end_paragraph()

    def take(self, content: str) -> None:
        """Take text."""
        if self._left_out:
            return
        if not self._depth:
            self.is_plain = False
            return
        self._length += len(content)
        if self._length > LONGEST:
            raise ValueError(f"one of its cells holds more than {LONGEST:,} characters")
        self._parts.append(content)

    def shown(self) -> str:
        """Give the text as it is shown."""
        paragraphs = self._paragraphs
        return paragraphs[0] if len(paragraphs) == 1 else "\n".join(paragraphs)

    def _end_paragraph(self) -> None:
        text = "".join(self._parts)
        if _ODD.search(text):
            self.is_plain = False
            text = _SPACES.sub(" ", text).strip(" ")
        self._paragraphs.append(text.translate(_WRITTEN) if _PLACEHOLDER.search(text) else text)
        self._parts.clear()
