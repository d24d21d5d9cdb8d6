"""What was found, and what is said of it: of a column as a whole, and of each cell that is refused for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from leadsync.codes import Code
from leadsync.damage import constant, dates, digits, errors_shown, garbled, invisible, placeholders, swapped, zeros
from leadsync.damage.detector import Detector
from leadsync.damage.rows import RowSet
from leadsync.records import Chunk, Issue, Level

DETECTORS: tuple[type[Detector], ...] = (
    errors_shown.ErrorValue,
    digits.ScientificNotation,
    digits.DigitsLost,
    digits.DecimalId,
    garbled.Mojibake,
    swapped.SwappedColumn,
    zeros.LeadingZerosLost,
    dates.SerialDate,
    dates.AmbiguousDate,
    constant.OneValue,
    placeholders.Placeholder,
    invisible.InvisibleCharacters,
)
"""All kinds that are found in single columns."""

_EXPLAIN: Mapping[Code, Callable[[str], str]] = {
    Code.ERROR_VALUE: errors_shown.explain,
    Code.SCIENTIFIC_NOTATION: digits.explain_power,
    Code.DIGITS_LOST: digits.explain_zeros,
    Code.DECIMAL_ID: digits.explain_decimal,
    Code.MOJIBAKE: garbled.explain,
    Code.SWAPPED_COLUMN: swapped.explain,
    Code.LEADING_ZEROS_LOST: zeros.explain,
    Code.SERIAL_DATE: dates.explain_serial,
    Code.AMBIGUOUS_DATE: dates.explain_ambiguous,
    Code.ONE_VALUE: constant.explain,
    Code.PLACEHOLDER: placeholders.explain,
    Code.INVISIBLE_CHARACTERS: invisible.explain,
    Code.REPEATED_LEAD: lambda _: "an earlier row is about the same lead. Keep one row for each lead.",
}

_AS_READ = frozenset({Code.MOJIBAKE, Code.INVISIBLE_CHARACTERS})
"""Kinds for which white space around a text counts."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of damage in one column."""

    code: Code
    level: Level
    """`error` or `warning`."""
    position: int
    """Of the column among those of each chunk, from 0."""
    header: str
    count: int
    """The cells at fault."""
    confidence: float
    """From 0 to 1: how sure it is that this is damage. Each detector tells how it comes by it."""
    cells: tuple[str, ...]
    """The first three, such as `Leads!F17`."""
    message: str
    """A sentence about the column, and one about what to do. It holds no data of leads, save of texts that are none."""
    rows: RowSet
    """The rows of the cells at fault."""


def issue_of(finding: Finding, chunk: Chunk, row: int) -> Issue:
    """Say why a cell is refused, by its row in a chunk of the source in which it was found; quotes the cell."""
    text = str(chunk.frame.iat[row, finding.position])
    if finding.code not in _AS_READ:
        text = text.strip()
    message = f"{finding.header}: {_EXPLAIN[finding.code](text)}"
    return Issue(finding.code, message, chunk.cell(row, finding.position))
