"""Errors of a spreadsheet that a file holds as texts: `#N/A` is no value."""

import re

from leadsync.codes import Code
from leadsync.damage.cells import Cells
from leadsync.damage.columns import Column
from leadsync.damage.detector import Detector, Verdict
from leadsync.damage.words import listed
from leadsync.quoting import quote

_CERTAINTY = 0.99
_IN_ENGLISH = (
    "#n/a #ref! #value! #div/0! #name? #num! #null! #spill! #calc! #field! #blocked! #connect! #unknown! #busy! "
    "#getting_data #python! #external! #timeout! #error!"
)
_IN_THE_NORTH = (
    "#i/t #reference! #værdi! #navn? #division/0! #nummer! #nul! #overløb! #verdi! #referens! #värdefel! #namn? "
    "#saknas! #ogiltigt! #skärning! #arvo! #viittaus! #nimi? #jako/0! #puuttuu! #luku! #tyhjä!"
)
_IN_GERMAN_AND_DUTCH = (
    "#nv #bezug! #wert! #zahl! #überlauf! #daten_abrufen #waarde! #verw! #naam? #deel/0! #n/b #getal! #leeg!"
)
_IN_THE_SOUTH_AND_EAST = (
    "#valeur! #nom? #nombre! #¡ref! #¡valor! #¡div/0! #¿nombre? #¡num! #¡nulo! #valor! #nome? #núm! #nulo! #n/d "
    "#valore! #rif! #nullo! #arg! #adr! #nazwa? #liczba! #n/d! #dziel/0! #zero!"
)
_ERRORS = frozenset(f"{_IN_ENGLISH} {_IN_THE_NORTH} {_IN_GERMAN_AND_DUTCH} {_IN_THE_SOUTH_AND_EAST}".split())
_OTHERS = re.compile(r"#{3,}|Err:\d{3}")
"""What a column shows that is too narrow for its numbers, where a program saved what it showed; and LibreOffice's."""
_NUMBERED = len("Err:502")


def _shown(text: str) -> str | None:
    """Give the error that a text is, as Excel writes it."""
    if text.casefold() in _ERRORS:
        return text.upper()
    if _OTHERS.fullmatch(text):
        return "###" if text.startswith("#") else text
    return None


class ErrorValue(Detector):
    """Stands from one cell on. Confidence: 0.99."""

    code = Code.ERROR_VALUE

    def __init__(self, column: Column) -> None:
        super().__init__(column)
        self._shown: dict[str, None] = {}

    def examine(self, cells: Cells) -> None:
        """Look one by one at cells that begin as an error does, or are one by the word of a workbook."""
        known = cells.with_fault(self.code)
        if not known and not cells.begins_with(b"#") and not cells.begins_with(b"E"):
            return
        first = cells.first_bytes
        likely = (first == ord("#")) | ((first == ord("E")) & (cells.lengths == _NUMBERED))
        shown = {row: _shown(cells.texts[row]) for row in likely.nonzero()[0].tolist()}
        shown |= {row: _shown(cells.texts[row]) or cells.texts[row] for row in known}
        self.suspects.add(cells, sorted(row for row, error in shown.items() if error))
        self._shown |= dict.fromkeys(filter(None, shown.values()))

    def verdict(self) -> Verdict | None:
        """Tell of any."""
        if not self.suspects.count:
            return None
        what = (
            f"show an error of a spreadsheet ({listed(self._shown)}) and no value. Mend the formulas and export again, "
            "or empty the cells: a blank cell leaves Keen's value alone."
        )
        return Verdict(self.suspects, _CERTAINTY, what)


def explain(text: str) -> str:
    """Say of one cell what it is."""
    return (
        f"{quote(text)} is an error of a spreadsheet and no value. Mend the formula, type the value, or empty the cell."
    )
