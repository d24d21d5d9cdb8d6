"""What spreadsheets and other programs do to ids and phone numbers, taking them for quantities."""

import math
import re

import numpy as np

from leadsync.codes import Code
from leadsync.damage.cells import Cells, Mask
from leadsync.damage.columns import Column
from leadsync.damage.detector import Detector, Suspects, Verdict
from leadsync.quoting import quote

_LONGEST = 24
"""Bytes of a number that a program has written; longer ones are looked at by nobody."""
_KEPT = 15
"""Digits of a number that Excel keeps."""
_POWER = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE][+-]\d{1,3}|[+-]?\d+[.,]\d+[eE]\d{1,3}", re.ASCII)
"""A plain `1E5` is not taken: as likely it is an id of that form."""
_DECIMAL = re.compile(r"[+-]?\d+[.,]0{1,2}", re.ASCII)
_FRACTION = re.compile(r"[+-]?\d+[.,]\d{1,2}", re.ASCII)
_FEW = 0.1
_ZERO, _NINE, _POINT, _COMMA, _PLUS, _MINUS = b"09.,+-"


class KeyDetector(Detector):
    """Looks at columns whose digits are no quantity."""

    @classmethod
    def is_for(cls, column: Column) -> bool:
        """Lead, id and phone columns, and others whose header says so and that are sent as text."""
        return column.is_key


class ScientificNotation(KeyDetector):
    """Stands from one cell on. Confidence: 0.95 by role, 0.8 by header."""

    code = Code.SCIENTIFIC_NOTATION

    def examine(self, cells: Cells) -> None:
        """Look one by one at short cells that begin as a number, if there is an E at all."""
        if "E" not in cells.joined and "e" not in cells.joined:
            return
        begins = cells.is_filled & (cells.lengths <= _LONGEST) & _begins_as_number(cells)
        rows = [row for row in begins.nonzero()[0].tolist() if _POWER.fullmatch(cells.texts[row])]
        self.suspects.add(cells, rows)

    def verdict(self) -> Verdict | None:
        """Tell of any."""
        if not self.suspects.count:
            return None
        what = (
            "are written as powers of ten, such as 1.23E+11, so that digits of them are gone. Export the column again "
            "as text, or format it as a number without decimals before it is saved."
        )
        return Verdict(self.suspects, self.certainty, what)


def explain_power(text: str) -> str:
    """Say of one cell what is wrong."""
    return (
        f"{quote(text)} is written as a power of ten, so that digits of it are gone. Export the column again as text."
    )


class DigitsLost(Detector):
    """Stands where by accident not one column in 1,000 would have so many long numbers that end in zeros.

    A number with k digits beyond 15 ends in k zeros by accident once in 10 to the power of k; the bound is
    Chernoff's. Such texts are looked for in columns whose digits are no quantity. In any column it stands from one
    number on of which a workbook itself tells that it has lost digits. Confidence: the share of the found cells that
    are there by no accident.
    """

    code = Code.DIGITS_LOST
    _PROOF = 3.0

    def __init__(self, column: Column) -> None:
        super().__init__(column)
        self._known = Suspects()
        """Cells of which a workbook tells."""
        self._by_accident = 0.0

    def examine(self, cells: Cells) -> None:
        """Look at whole numbers with more digits than a spreadsheet keeps."""
        known = cells.with_fault(self.code)
        self._known.add(cells, known)
        if not self.column.is_key or not ((cells.lengths > _KEPT) & (cells.lengths <= _LONGEST)).any():
            return
        lengths = cells.lengths[cells.digits]
        long = np.setdiff1d(cells.digits[(lengths > _KEPT) & (lengths <= _LONGEST)], known)
        beyond, counts = np.unique(cells.lengths[long] - _KEPT, return_counts=True)
        self._by_accident += float(sum(count * 10.0**-digits for digits, count in zip(beyond, counts, strict=True)))
        likely = long[cells.last_bytes[long] == _ZERO]
        self.suspects.add(cells, [row for row in likely.tolist() if not cells.texts[row][_KEPT:].strip("0")])

    def verdict(self) -> Verdict | None:
        """Compare with what would be there by accident."""
        found, expected = self.suspects.count, self._by_accident
        is_proven = found > 0 and found * (math.log10(found / expected) - math.log10(math.e)) >= self._PROOF
        suspects = Suspects.joined([self._known, self.suspects] if is_proven else [self._known])
        if not suspects.count:
            return None
        what = (
            "have more than 15 digits and only zeros behind the 15th: a spreadsheet keeps 15 digits, and the others "
            "are gone. Export the column again as text."
        )
        return Verdict(suspects, 1 - expected / suspects.count if is_proven else 1.0, what)


def explain_zeros(text: str) -> str:
    """Say of one cell what is wrong."""
    return (
        f"{quote(text)} has only zeros behind its 15th digit: a spreadsheet keeps 15 digits, and the others are gone. "
        "Export the column again as text."
    )


class DecimalId(KeyDetector):
    """Stands from one cell on, unless other cells have decimals too, more than one for every ten found.

    Confidence: 0.95 by role, 0.8 by header.
    """

    code = Code.DECIMAL_ID

    def __init__(self, column: Column) -> None:
        super().__init__(column)
        self._fractions = 0

    def examine(self, cells: Cells) -> None:
        """Look one by one at cells with a decimal mark before their last one or two characters."""
        if "." not in cells.joined and "," not in cells.joined:
            return
        has_mark = _is_mark(cells, 2) | _is_mark(cells, 3)
        rows = (has_mark & cells.is_filled & (cells.lengths <= _LONGEST) & _begins_as_number(cells)).nonzero()[0]
        fractions = [row for row in rows.tolist() if _FRACTION.fullmatch(cells.texts[row])]
        found = [row for row in fractions if _DECIMAL.fullmatch(cells.texts[row])]
        self._fractions += len(fractions) - len(found)
        self.suspects.add(cells, found)

    def verdict(self) -> Verdict | None:
        """Tell of any, unless decimals are what the column is about."""
        if not self.suspects.count or self._fractions > self.suspects.count * _FEW:
            return None
        what = (
            "end in `.0`: another program has made decimal numbers of ids. Export the column as text, or say "
            "`damage: {decimal_id: off}` if these are the ids."
        )
        return Verdict(self.suspects, self.certainty, what)


def explain_decimal(text: str) -> str:
    """Say of one cell what is wrong."""
    return f"{quote(text)} is an id of which another program has made a decimal number. Export the column as text."


def _begins_as_number(cells: Cells) -> Mask:
    first = cells.first_bytes
    begins: Mask = ((first >= _ZERO) & (first <= _NINE)) | (first == _PLUS) | (first == _MINUS)
    return begins


def _is_mark(cells: Cells, back: int) -> Mask:
    byte = cells.data[np.maximum(cells.ends - back, 0)]
    is_mark: Mask = (byte == _POINT) | (byte == _COMMA)
    return is_mark
