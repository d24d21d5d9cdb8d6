"""What people type, and programs write, where they have nothing to say: `N/A`, `-`, `test@test.com`, `1900-01-01`."""

import re

import numpy as np

from leadsync.codes import Code
from leadsync.damage.cells import Beginnings, Cells, Mask, Texts
from leadsync.damage.columns import Column, Holds, Role
from leadsync.damage.detector import Detector, Verdict
from leadsync.damage.rows import Rows
from leadsync.damage.words import each, listed
from leadsync.quoting import quote

_CERTAIN, _LIKELY = 0.9, 0.6
_SHOWN = 4

_ANYWHERE = frozenset(
    {
        "n/a", "n.a.", "n.a", "n/v", "-", "--", "---", "\u2013", "\u2014", "_", "__", ".", "..", "...", "?", "??",
        "???", "null", "(null)", "<null>", "[null]", "\\n", "nan", "undefined", "[object object]", "(blank)",
        "(empty)", "(none)", "(not set)", "(unknown)", "(leer)", "(tom)", "unknown", "ukendt", "unbekannt", "inconnu",
        "desconocido", "desconhecido", "sconosciuto", "okänd", "onbekend", "tbd", "t.b.d.", "tba", "xxx",
        "not available", "not applicable", "not provided", "no data", "ikke angivet", "ikke oplyst",
        "keine angabe", "k.a.", "non renseigné", "no disponible", "test", "test test", "asdf", "qwerty", "lorem ipsum",
        "00000000-0000-0000-0000-000000000000",
    }
)  # fmt: skip
_NO_VALUE = _ANYWHERE | {
    "na", "none", "nil", "x", "xx", "ingen", "keine", "kein", "aucun", "aucune", "ninguno", "ninguna", "nessuno",
    "missing", "mangler", "fehlt", "no", "nej", "nein", "non", "no email", "no phone", "no value", "dummy", "fake",
}  # fmt: skip
"""Texts that may be real in a column of texts, and are not in one of ids, addresses, numbers or dates."""
_NAMES = frozenset({"null", "nan", "test", "tba"})
"""They are names too."""
_ZEROS = frozenset("0" * length for length in range(1, 16))

_FAKE_EMAIL = re.compile(
    r"(?:test\d*|no-?reply|no-?mail|no-?e-?mail|none|null|unknown|ukendt|dummy|fake|asdf\w*|x{3,})@.+"
    r"|(?:no|na|x|xx|a|aa|abc|me|e-?mail|mail|user|name|example)"
    r"@(?:e-?mail|mail|test|example|none|no|na|x|xx|a|aa|abc|domain|no-?e?mail)\.\w+",
    re.IGNORECASE,
)
_FAKE_EMAIL_BEGINS = Beginnings(
    each("te no nu un uk du fa as xx x@ na a@ aa ab me em e- ma us ex"),
    each("st re -r ma -m em -e ne ll kn en mm ke df xx il ai er me am te no na do ex e- a. x. aa ab c@ x@ @_"),
)
_FAKE_DATE = re.compile(
    r"(?:(?:1900|1970|0000|0001)([-./])0?[01]\1?0?[01]|0?[01]([-./])0?[01]\2(?:1900|1970|0000|0001)"
    r"|1899-12-3[01]|3[01][-./]12[-./]1899|9999-12-31|31[-./]12[-./]9999)(?:[T ].*)?"
)
_FAKE_YEARS = ("1900", "1970", "0000", "0001", "1899", "9999")
_YEAR_BEGINS = Beginnings(each("19 00 18 99"), each("00 70 01 99"))
_DAY_BEGINS = Beginnings(each("1/ 1- 1. 0/ 0- 0. 01 00 30 31"), each("1/ 1- 1. 0/ 0- 0. 01 00 /0 -0 .0 /1 -1 .1"))
_SEPARATORS = b" ().-/"
_FORMATTING = str.maketrans("", "", _SEPARATORS.decode())
_COUNTED_UP = ("0123456789012345", "123456789012345")
_PHONE_DIGITS, _ID_DIGITS, _COUNTED_ID_DIGITS = 6, 8, 9
_LONGEST = 24
"""Bytes of a number."""
_COUNTRY_DIGITS = range(1, 4)


class Placeholder(Detector):
    """Stands from one cell on.

    Texts such as `N/A`, `-` or `unknown` count anywhere; `none`, `x` or `no` only where the mapping wants an id, an
    address, a number or a date; `null` and `test` not where the header says names. Among ids and phone numbers also
    zeros, one digit repeated, and 123456789; among addresses test@, noreply@ and the like; among dates those with which
    programs begin to count. Confidence: 0.9 where the mapping tells what the column holds, else 0.6.
    """

    code = Code.PLACEHOLDER

    def __init__(self, column: Column) -> None:
        super().__init__(column)
        self._shown: dict[str, None] = {}
        texts = _ANYWHERE if column.is_plain else _NO_VALUE
        if column.is_name and column.is_plain:
            texts -= _NAMES
        self._texts = Texts(texts | _ZEROS if column.is_key else texts)
        self._is_phone = Role.PHONE in column.roles
        self._has_emails = Role.EMAIL in column.roles or column.holds is Holds.EMAIL

    def examine(self, cells: Cells) -> None:
        """Look one by one at the cells that may be a placeholder of their column."""
        rows = self._texts.rows(cells)
        if self.column.is_key:
            rows += [row for row in _likely_numbers(cells) if self._is_fake_number(cells.texts[row])]
        if self._has_emails:
            rows += [row for row in _FAKE_EMAIL_BEGINS.rows(cells) if _FAKE_EMAIL.fullmatch(cells.texts[row])]
        if self.column.is_date:
            likely = [*_YEAR_BEGINS.rows(cells), *_DAY_BEGINS.rows(cells)]
            rows += [row for row in likely if _is_fake_date(cells.texts[row])]
        rows = sorted(set(rows))
        for row in rows:
            if len(self._shown) >= _SHOWN:
                break
            self._shown[cells.texts[row]] = None
        self.suspects.add(cells, rows)

    def verdict(self) -> Verdict | None:
        """Tell of any."""
        if not self.suspects.count:
            return None
        what = (
            f"hold a text that stands for no value ({listed(self._shown)}). Declare such texts with "
            "`source: {blanks: […]}` in the mapping, and they count as blank; or mend the cells."
        )
        return Verdict(self.suspects, _LIKELY if self.column.is_plain else _CERTAIN, what)

    def _is_fake_number(self, text: str) -> bool:
        """Tell whether a number is one digit repeated, or counted up, behind a country code or without one."""
        digits = text.translate(_FORMATTING)
        if digits.startswith("+"):
            national = [digits[1 + length :] for length in _COUNTRY_DIGITS]
            return any(_is_made_up(number, _ID_DIGITS, _ID_DIGITS) for number in national)
        if self._is_phone:
            return _is_made_up(digits, _PHONE_DIGITS, _PHONE_DIGITS)
        return _is_made_up(digits, _ID_DIGITS, _COUNTED_ID_DIGITS)


def _is_fake_date(text: str) -> bool:
    # A regular expression takes ten times as long as to look for the years that it asks for.
    return any(year in text for year in _FAKE_YEARS) and _FAKE_DATE.fullmatch(text) is not None


def _is_made_up(digits: str, repeated: int, counted: int) -> bool:
    """Tell whether a number is one digit repeated, or counted up, so many times at least."""
    if not digits.isdecimal():
        return False
    return (len(digits) >= repeated and digits == digits[0] * len(digits)) or (
        len(digits) >= counted and any(row.startswith(digits) for row in _COUNTED_UP)
    )


def _likely_numbers(cells: Cells) -> list[int]:
    """Give the rows of cells in which one digit is repeated six times, or six are counted up."""
    if int(cells.lengths.min()) > _LONGEST:
        return []
    digits = cells.without(_SEPARATORS)
    steps = digits[1:] - digits[:-1]
    is_digit = digits[1:] >= ord("0")
    runs = np.concatenate([_runs((steps == 0) & is_digit), _runs((steps == 1) & is_digit)])
    return cells.rows_at(runs, digits) if runs.size else []


def _runs(steps: Mask) -> Rows:
    """Give where five steps in a row are true."""
    two = steps[1:] & steps[:-1]
    four = two[2:] & two[:-2]
    places: Rows = (four[1:] & steps[:-4]).nonzero()[0]
    return places


def explain(text: str) -> str:
    """Say of one cell what it is."""
    return (
        f"{quote(text)} stands for no value. Declare it with `source: {{blanks: […]}}` in the mapping, and it counts "
        "as blank; or mend the cell."
    )
