"""Zeros at the beginning of numbers that a spreadsheet has taken for quantities: `0800` becomes `800`."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from leadsync.codes import Code
from leadsync.damage.cells import Cells
from leadsync.damage.columns import Column, Role
from leadsync.damage.detector import Suspects, Verdict
from leadsync.damage.digits import KeyDetector
from leadsync.damage.rows import Rows
from leadsync.quoting import quote

_Counts: TypeAlias = npt.NDArray[np.intp]
"""Of numbers, by their length and their first digit."""

_LENGTHS = range(2, 21)
"""Digits of the numbers that are looked at."""
_USUAL_LEAST = 3
_MOST_ARE_NUMBERS = 0.8
_FEW_LONGER = 0.02
_SOME_SHORTER = 0.25
_ENOUGH, _ENOUGH_IDS = 20, 100
_OFTEN_ENOUGH = 0.05
_SPARSE = 0.01
_MORE_THAN_TYPOS = 0.02
_MOSTLY = 0.9
_CODES, _IDS = 0.9, 0.6


class LeadingZerosLost(KeyDetector):
    """Stands where the column's numbers are mostly of one length, some are shorter, and none begins with a zero.

    Of 20 numbers or more (four fifths of the cells at least), at most 2 % are longer, at most a quarter shorter,
    mostly by one digit. Of phone numbers at least 2 % must be shorter (others are mistyped), and at most 90 % of the
    usual ones begin with the same digit (or that is the country's, which some have and some have not). Where the header
    does not tell that all should have one length, as postal codes have, ids that are counted up look the same: then
    it takes 100 numbers, but at most 1 % of all that there are of that length, 5 % of them shorter, and the usual ones
    must begin with 8 and with 9 in 5 % of the cases each.
    In a workbook, texts may begin with zeros where numbers have lost theirs.
    Confidence: 0.9, or 0.6 for such other ids, times n/(n+20) for n numbers, times s/(s+1) for s shorter ones.
    """

    code = Code.LEADING_ZEROS_LOST

    def __init__(self, column: Column) -> None:
        super().__init__(column)
        self._begins = {is_typed: np.zeros((_LENGTHS.stop, 10), np.intp) for is_typed in (False, True)}
        self._of_length: dict[tuple[bool, int], Suspects] = {}

    def examine(self, cells: Cells) -> None:
        """Count numbers by their length and first digit, those that a workbook knows as numbers apart."""
        if not (cells.lengths < _LENGTHS.stop).any():
            return
        lengths = cells.lengths[cells.digits]
        digits = cells.digits[(lengths >= _LENGTHS.start) & (lengths < _LENGTHS.stop)]
        if not cells.typed:
            self._count(cells, digits, is_typed=False)
            return
        is_typed = np.zeros(len(cells.texts), np.bool_)
        is_typed[list(cells.typed)] = True
        self._count(cells, digits[~is_typed[digits]], is_typed=False)
        self._count(cells, digits[is_typed[digits]], is_typed=True)

    def _count(self, cells: Cells, rows: Rows, *, is_typed: bool) -> None:
        if rows.size:
            lengths = cells.lengths[rows]
            places = lengths * 10 + (cells.first_bytes[rows] - ord("0"))
            counts = np.bincount(places, minlength=_LENGTHS.stop * 10).reshape(-1, 10)
            self._begins[is_typed] += counts
            for length in counts.sum(axis=1).nonzero()[0].tolist():
                self._of_length.setdefault((is_typed, length), Suspects()).add(cells, rows[lengths == length])

    def verdict(self) -> Verdict | None:
        """Decide by the lengths of all numbers."""
        texts, typed = self._begins[False], self._begins[True]
        usual = int((texts + typed).sum(axis=1).argmax())
        texts_keep_zeros = bool(texts[usual, 0]) and bool(typed.any())
        begins = texts + typed
        if texts_keep_zeros:
            begins = typed.copy()
            begins[usual, 1:] += texts[usual, 1:]
        shorter = int(begins[:usual].sum())
        if not self._are_codes(begins, usual, shorter):
            return None
        numbers = int(begins.sum())
        base = _CODES if self.column.is_fixed_width else _IDS
        confidence = base * numbers / (numbers + 20) * shorter / (shorter + 1)
        what = (
            f"have fewer than the usual {usual} digits, and no number begins with a zero: zeros at their beginning may "
            "be gone. Compare with the CRM, and export the column as text."
        )
        found = [
            suspects
            for (is_typed, length), suspects in self._of_length.items()
            if length < usual and (is_typed or not texts_keep_zeros)
        ]
        return Verdict(Suspects.joined(found), confidence, what)

    def _are_codes(self, begins: _Counts, usual: int, shorter: int) -> bool:
        """Tell whether the numbers look like codes of one length without the zeros at their beginning."""
        of_length = begins.sum(axis=1)
        numbers = int(of_length.sum())
        if usual < _USUAL_LEAST or not shorter or begins[:, 0].any():
            return False
        if int(self._begins[False].sum() + self._begins[True].sum()) < _MOST_ARE_NUMBERS * self.filled:
            return False
        if of_length[usual + 1 :].sum() > _FEW_LONGER * numbers or shorter > _SOME_SHORTER * numbers:
            return False
        if of_length[usual - 1] < shorter / 2:
            return False
        has_country_codes = begins[usual].max() > _MOSTLY * begins[usual].sum()
        if Role.PHONE in self.column.roles and (has_country_codes or shorter < _MORE_THAN_TYPOS * numbers):
            return False
        if self.column.is_fixed_width:
            return numbers >= _ENOUGH
        often = begins[usual, 8:].min() >= _OFTEN_ENOUGH * begins[usual].sum()
        is_sparse = _ENOUGH_IDS <= numbers <= _SPARSE * 10.0**usual
        return bool(often) and is_sparse and shorter >= _OFTEN_ENOUGH * numbers


def explain(text: str) -> str:
    """Say of one cell what may be wrong."""
    return (
        f"{quote(text)} has fewer digits than most numbers of the column: zeros at its beginning may be gone. "
        "Compare with the CRM, and export the column as text."
    )
