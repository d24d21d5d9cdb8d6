"""Columns that hold something else than they should: e-mail addresses under phone."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum

from leadsync.codes import Code
from leadsync.damage.cells import Cells, is_ascii_digit
from leadsync.damage.columns import Column, Holds
from leadsync.damage.detector import Detector, Suspects, Verdict
from leadsync.quoting import quote

_UUID_LENGTH = 36
_DATE_LENGTH = 8
_PHONE_DIGITS = range(7, 16)
_HALF = 0.5
_ENOUGH = 5


class _Form(StrEnum):
    """What a cell is by its form alone."""

    EMAIL = "e-mail addresses"
    UUID = "UUIDs"
    PHONE = "phone numbers"
    ABROAD = "international phone numbers"
    DATE = "dates"


_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]{2,}")
_UUID = re.compile("[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_PHONE = re.compile(r"\+?[\d ().\-/]{6,25}", re.ASCII)
_DATE = re.compile(r"(?:(?:19|20)\d\d([-/.])\d\d?\1\d\d?|\d\d?([-/.])\d\d?\2(?:19|20)\d\d)(?:[T ].*)?", re.ASCII)


def _is_phone(text: str) -> bool:
    return bool(_PHONE.fullmatch(text)) and sum(map(str.isdecimal, text)) in _PHONE_DIGITS and not _DATE.fullmatch(text)


_IS: Mapping[_Form, Callable[[str], object]] = {
    _Form.EMAIL: _EMAIL.fullmatch,
    _Form.UUID: _UUID.fullmatch,
    _Form.PHONE: _is_phone,
    _Form.ABROAD: lambda text: text[0] == "+" and _is_phone(text),
    _Form.DATE: _DATE.fullmatch,
}
_ALIEN: Mapping[Holds, tuple[_Form, ...]] = {
    Holds.EMAIL: (_Form.PHONE, _Form.UUID, _Form.DATE),
    Holds.PHONE: (_Form.EMAIL, _Form.UUID, _Form.DATE),
    Holds.NAME: (_Form.EMAIL, _Form.PHONE, _Form.UUID, _Form.DATE),
    Holds.KEY: (_Form.EMAIL, _Form.ABROAD),
    Holds.DATE: (_Form.EMAIL, _Form.UUID, _Form.ABROAD),
    Holds.NUMBER: (_Form.EMAIL, _Form.UUID, _Form.ABROAD),
}
"""For what a column should hold, the forms that are none of it; a UUID and a number are ids, digits may be a number."""


class SwappedColumn(Detector):
    """Stands from five cells and half of all on that have one form which is not that of the column.

    What the column should hold is said by its role, or by a header in which no word says otherwise (`Work phone`, but
    not `Phone type`). Confidence: s·n/(n+2) for n such cells and their share s of all.
    """

    code = Code.SWAPPED_COLUMN

    def __init__(self, column: Column) -> None:
        super().__init__(column)
        assert column.holds is not None
        self._holds = column.holds
        self._of_form = {form: Suspects() for form in _ALIEN[column.holds]}

    @classmethod
    def is_for(cls, column: Column) -> bool:
        """Columns of which it is sure what they should hold."""
        return column.holds is not None

    def examine(self, cells: Cells) -> None:
        """Look one by one at cells that may be of another form."""
        for form, suspects in self._of_form.items():
            suspects.add(cells, [row for row in _likely(form, cells) if _IS[form](cells.texts[row])])

    def verdict(self) -> Verdict | None:
        """Decide by the form that most cells have."""
        form = max(self._of_form, key=lambda form: self._of_form[form].count)
        suspects = self._of_form[form]
        if suspects.count < _ENOUGH or suspects.count < _HALF * self.filled:
            return None
        what = (
            f"hold {form.value}, and the column is for {self._holds.value}. Correct the columns in the mapping, or in "
            "the source."
        )
        return Verdict(suspects, suspects.count / self.filled * suspects.count / (suspects.count + 2), what)


def _likely(form: _Form, cells: Cells) -> list[int]:
    """Give the rows of cells that may be of a form, by a look at all of them at once."""
    first = cells.first_bytes
    if form is _Form.EMAIL:
        return list(range(len(cells.texts))) if "@" in cells.joined else []
    if form is _Form.UUID:
        likely = cells.lengths == _UUID_LENGTH
    elif form is _Form.PHONE:
        likely = (first <= ord("9")) & cells.is_filled
    elif form is _Form.ABROAD:
        if not cells.begins_with(b"+"):
            return []
        likely = first == ord("+")
    else:
        likely = is_ascii_digit(first)
        if likely.any():
            second, third, fifth = (cells.data[cells.starts + place] < ord("0") for place in (1, 2, 4))
            likely &= (second | third | fifth) & (cells.lengths >= _DATE_LENGTH)
    rows: list[int] = likely.nonzero()[0].tolist()
    return rows


def explain(text: str) -> str:
    """Say of one cell which form it has."""
    kinds = {_Form.EMAIL: "an e-mail address", _Form.UUID: "a UUID", _Form.DATE: "a date"}
    kind = next((kind for form, kind in kinds.items() if _IS[form](text)), "a phone number")
    return (
        f"{quote(text)} is {kind}, which the column is not for. Correct the columns in the mapping, or in the source."
    )
