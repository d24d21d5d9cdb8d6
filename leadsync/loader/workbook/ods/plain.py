"""Shortens the XML of an .ods sheet: runs of cells of which nothing need be told become one element.

Most cells are such. A parser with handlers of ours takes ten times as long for them as a search for bytes (measured).
"""

import re

from leadsync.loader.workbook.ods.styles import Styles

RUN = "leadsync:run"
"""The attribute of the element that stands for a run of filled cells: how many they are."""

_END = b"</table:table-cell>"
_VALUE = rb'"[^"<>&]*"'
_TEXT = rb"(?=[^<]{0,80}<)(?:[^<&\s]+(?: [^<&\s]+)*)?"
"""Short, and without spaces that are not shown as they are written."""


class PlainCells:
    """What finds the runs in a part that comes block by block."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._pattern: re.Pattern[bytes] | None = None
        self._last = b""
        self._is_off = False

    def shorten(self, block: bytes) -> bytes:
        """Shorten a block behind the styles; cells that two blocks share stay as they are.

        A comment, or a text that is written raw, may hold what only looks like cells: behind one nothing is shortened.
        """
        self._is_off = self._is_off or b"<!" in self._last + block
        self._last = block[-1:]
        if self._is_off:
            return block
        if self._pattern is None:
            self._pattern = _plain_cells(self._styles.special)
        return self._pattern.sub(_run, block)


def _plain_cells(special: list[str]) -> re.Pattern[bytes]:
    """Make the pattern of runs, in the order in which LibreOffice writes attributes; other orders are not shortened.

    Numbers are plain where their style shows nothing else; one without a style may have that of its column, so it
    is plain only where no style shows anything else.
    """
    names = b"|".join(re.escape(name.encode()) for name in special)
    style = rb' table:style-name="(?!(?:%s)")[^"<>&]*"' % names if special else rb"(?: table:style-name=%s)?" % _VALUE
    kinds = rb"|".join(
        [
            rb'(?: table:style-name=%s)? office:value-type="string"' % _VALUE,
            rb'(?: table:style-name=%s)? office:value-type="date" office:date-value=%s' % (_VALUE, _VALUE),
            rb'(?: table:style-name=%s)? office:value-type="boolean" office:boolean-value=%s' % (_VALUE, _VALUE),
            rb'%s office:value-type="float" office:value=%s' % (style, _VALUE),
        ]
    )
    kind = rb'(?: calcext:value-type="(?:string|date|boolean|float)")?'
    return re.compile(rb"(?:<table:table-cell(?:%s)%s><text:p>%s</text:p>%s)+" % (kinds, kind, _TEXT, _END))


def _run(run: re.Match[bytes]) -> bytes:
    return b'<table:table-cell %s="%d"/>' % (RUN.encode(), run[0].count(_END))
