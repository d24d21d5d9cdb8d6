"""Which character stands between the cells of a CSV file: told by its `sep=` line, or found by evidence."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from leadsync.loader.csv.splitting import Dialect, split

CANDIDATES = ("\t", ";", "|", ",")
"""Rarest in ordinary text first: where two explain a file equally well, the rarer is no coincidence."""

SAMPLE_RECORDS = 200
SAMPLE_LETTERS = 1 << 20

SEP_LINE = re.compile(r'"?sep=([^"\r\n])"?[\r\n]*', re.IGNORECASE)
"""Excel's own first line for the delimiter; Excel hides it, so that row 1 is the line below."""

OWN_REPORT = re.compile(rb'(?:\xef\xbb\xbf)?"?leadsync_sheet"?([,;\t|])')
"""How results.csv and retry.csv begin (DESIGN section 7); another program may have saved them anew."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The first lines of a file."""

    lines: Sequence[str]
    cut: bool
    """There is more, so that the last record may be incomplete."""
    has_escapes: bool = False
    """Quotation marks inside cells stand behind a backslash."""


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """How well a delimiter explains a sample; the greater, the better."""

    splits_header: bool
    well_quoted: bool
    share: float
    """Of the records that are not blank, how many have as many cells as the header."""
    width: int


def detect_delimiter(sample: Sample, header_row: int) -> str:
    """Choose the delimiter under which most records have as many cells as the header.

    A delimiter that does not occur in the header explains nothing: commas below a header without any are decimal
    commas. Where none splits the header, the file has one column, and the delimiter is one that leaves it whole.
    """
    found = {candidate: _weigh(sample, header_row, candidate) for candidate in CANDIDATES}
    best = max(found.values())
    fitting = [candidate for candidate in CANDIDATES if found[candidate] == best]
    return fitting[0] if best.splits_header or "," not in fitting else ","


def _weigh(sample: Sample, header_row: int, delimiter: str) -> Evidence:
    records: list[list[str]] = []
    well_quoted = True
    splitting = split(sample.lines, Dialect(delimiter, sample.has_escapes, header_row - 1))
    try:
        for record in islice(splitting.records, header_row - 1 + SAMPLE_RECORDS):
            records.append(record)  # noqa: PERF402  # what stands before a fault is evidence too
    except csv.Error:
        well_quoted = sample.cut and splitting.lines >= len(sample.lines)
    if len(records) < header_row:
        return Evidence(splits_header=False, well_quoted=well_quoted, share=0, width=0)
    width = len(records[header_row - 1])
    table = [record for record in records[header_row - 1 :] if any(record)]
    share = Counter(map(len, table))[width] / max(len(table), 1)
    return Evidence(splits_header=width > 1, well_quoted=well_quoted, share=share, width=width)
