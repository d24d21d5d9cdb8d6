"""One value in every row, as after a fill-down that went too far."""

from leadsync.codes import Code
from leadsync.damage.cells import Cells
from leadsync.damage.columns import Column, Role
from leadsync.damage.detector import Detector, Suspects, Verdict
from leadsync.damage.words import each
from leadsync.quoting import quote

_MOST_FILLED = 0.95
_OWN_ENOUGH, _ENOUGH, _CHOICES_ENOUGH = 10, 50, 500
_OWN_ROLES = frozenset({Role.ID, Role.PHONE, Role.EMAIL})
_CHOICES = each("true false yes no ja nej nein y n j 1 0 oui non si sí sim não sant falsk sand wahr falsch x")


class OneValue(Detector):
    """Stands where all filled cells hold one text, and at least 95 % of the rows that name a lead are filled.

    It takes 10 rows in a column of ids, phone numbers or e-mail addresses, of which each lead has its own, 50 in
    others, and 500 where the value is a yes or a no. Confidence: n/(n+m) for n rows and the least number m.
    """

    code = Code.ONE_VALUE

    def __init__(self, column: Column) -> None:
        super().__init__(column)
        self._value: str | None = None

    @classmethod
    def is_for(cls, column: Column) -> bool:
        """All columns but that of the leads, of which repetitions are told otherwise."""
        return Role.LEAD not in column.roles

    def examine(self, cells: Cells) -> None:
        """Compare all cells with the first, until one differs."""
        if self._value is None:
            self._value = next(filter(None, cells.texts))
        if not self._value:
            return
        if cells.texts.count(self._value) < cells.filled:
            self._value, self.suspects = "", Suspects()
        else:
            self.suspects.add(cells, cells.is_filled.nonzero()[0])

    def verdict(self) -> Verdict | None:
        """Decide by the number of rows."""
        count = self.suspects.count
        enough = _OWN_ENOUGH if self.column.roles & _OWN_ROLES else _ENOUGH
        if self._value and self._value.casefold() in _CHOICES:
            enough = _CHOICES_ENOUGH
        if count < enough or count < _MOST_FILLED * self.named:
            return None
        what = (
            "hold one and the same value, as after a fill-down that went too far. Compare with the CRM; say `value:` "
            "in the mapping if a constant is meant."
        )
        return Verdict(self.suspects, count / (count + enough), what)


def explain(text: str) -> str:
    """Say of one cell that it is as all others."""
    return f"every row has {quote(text)} here, as after a fill-down that went too far. Compare with the CRM."
