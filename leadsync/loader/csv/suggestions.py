"""What encoding a file may have that is not in the expected one: a guess, told with cells that a person can judge.

Nothing is ever read by a guess: to take cp1250 for cp1252 makes `Lefčvre` of `Lefèvre`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO
from unicodedata import category, name

from charset_normalizer import from_bytes

CANDIDATES = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("cp437", "cp850", "cp852", "cp866", "mac_roman", "koi8_r", "iso8859_2"),
    *("cp932", "euc_jp", "gb18030", "big5", "cp949"),
)
"""What spreadsheets and CRMs write besides Unicode."""

WESTERN = "cp1252"
"""Excel's ANSI in Western Europe and America: always worth a look."""

_MOST = 3
"""Encodings that are offered."""
_CELLS = 2
"""Cells that are shown of each."""
_LONGEST = 40
"""Characters that are shown of a cell."""

_BEFORE = 1 << 16
_SCANNED = 1 << 22
"""Bytes looked at before and behind the first that cannot be decoded, for lines that are not ASCII."""
_SAMPLE = 1 << 14
"""Bytes of such lines that are weighed: some milliseconds (measured)."""

_NUL_SHARE = 50
"""Text in UTF-16 has more than one NUL byte in so many: each delimiter and line end has one."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Lines of a file that are not ASCII."""

    lines: list[bytes]
    first: int
    """The place of the line with the byte that cannot be decoded."""
    has_nuls: bool
    """Bytes nearby are NUL."""

    @property
    def are_mostly_utf_8(self) -> bool:
        """Tell whether more of the lines can be decoded as UTF-8 than not."""
        return sum(map(_is_utf_8, self.lines)) * 2 > len(self.lines)


def name_utf_16(head: bytes) -> str | None:
    """Give the UTF-16 that the first bytes of a file without mark are in: NUL bytes only at odd or only at even places.

    None where they are not.
    """
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if min(even, odd) == 0 and max(even, odd) * _NUL_SHARE > len(head):
        return "utf-16-le" if odd else "utf-16-be"
    return None


def suggest(file: BinaryIO, bad: int, failed: str) -> tuple[str, Sequence[str]]:
    """Say how a file may be encoded of which the byte at `bad` is not in the encoding `failed`, and what to do.

    Gives the likeliest encodings too, if any. Raises OSError.
    """
    sample = _sample(file, bad)
    if sample.has_nuls:
        return "there are NUL bytes too, so it is no text: export the table as CSV or .xlsx.", ()
    if sample.are_mostly_utf_8:
        if failed == "utf-8":
            return (
                "other lines are UTF-8, so the file is damaged there, or was put together from files of several "
                "encodings: mend that line, or export it again as CSV UTF-8."
            ), ()
        what = "it is UTF-8 as far as can be told: leave the encoding out, or declare `source: {encoding: utf-8}`."
        return what, ("utf-8",)
    readings = _readings(sample, failed)
    if not readings:
        return (
            f"save it as CSV UTF-8, or declare its encoding, with `--encoding {WESTERN}` or "
            f"`source: {{encoding: {WESTERN}}}` in the mapping, as for Excel in Western Europe."
        ), ()
    told = " or ".join(f"{encoding} ({', '.join(map(repr, cells))})" for encoding, cells in readings.items())
    first = next(iter(readings))
    return (
        f"it may be {told}: declare the encoding in which that reads right, with `--encoding {first}` or "
        f"`source: {{encoding: {first}}}` in the mapping, or save it as CSV UTF-8."
    ), tuple(readings)


def _sample(file: BinaryIO, bad: int) -> Sample:
    """Collect whole lines that are not ASCII from around the byte at `bad`, that byte's own among them."""
    start = max(0, bad - _BEFORE)
    file.seek(start)
    content = file.read(bad - start + _SAMPLE)
    at = bad - start
    before = re.split(rb"[\r\n]+", content[:at])
    lines = [line for line in before[:-1] if not line.isascii()][-50:]
    first = len(lines)
    size = 0
    rest = before[-1][-_SAMPLE // 2 :] + content[at:] + file.read(_SCANNED)
    for line in re.split(rb"[\r\n]+", rest):
        if not line.isascii() and size < _SAMPLE:
            lines.append(line[:_SAMPLE])
            size += len(line)
    return Sample(lines, first, b"\0" in content)


def _readings(sample: Sample, failed: str) -> dict[str, list[str]]:
    """Give the likeliest encodings, each with cells as they read in it; no two read the same."""
    weighed = b"\n".join(sample.lines[sample.first :] + sample.lines[: sample.first])[:_SAMPLE]
    found = [
        encoding
        for match in from_bytes(
            weighed, chunk_size=256, cp_isolation=list(CANDIDATES), preemptive_behaviour=False, enable_fallback=False
        )
        for encoding in match.could_be_from_charset
    ]
    if WESTERN in found:
        found.insert(0, WESTERN)
    candidates = [encoding for encoding in dict.fromkeys([*found, WESTERN]) if encoding != failed]
    texts = {encoding: text for encoding in candidates if (text := _decoded(weighed, encoding)) is not None}
    readings: dict[str, list[str]] = {}
    for encoding in sorted(texts, key=lambda encoding: _strangeness(texts[encoding])):
        cells = _cells(texts[encoding])
        if cells and cells not in readings.values() and len(readings) < _MOST:
            readings[encoding] = cells
    return readings


def _decoded(sample: bytes, encoding: str) -> str | None:
    try:
        return sample.decode(encoding)
    except UnicodeDecodeError as error:
        # The last character of the sample may be cut.
        whole = error.start > len(sample) - 4 > 0
        return sample[: error.start].decode(encoding) if whole else None


def _strangeness(text: str) -> float:
    """Give the share of the characters beyond ASCII that do not fit where they stand, in tenths rounded.

    A symbol within a word, a letter of another script beside a Latin one, a capital behind a small letter.
    """
    strange = count = 0
    for before, letter, behind in zip(" " + text, text, text[1:] + " ", strict=False):
        if letter.isascii():
            continue
        count += 1
        beside_latin = any(one.isascii() and one.isalpha() for one in (before, behind))
        if category(letter)[0] not in "LM":
            strange += (before.isalpha() and behind.isalpha()) or category(letter) == "Cc"
        else:
            strange += (beside_latin and "LATIN" not in name(letter, "LATIN")) or (
                letter.isupper() and before.islower()
            )
    return round(strange / max(count, 1), 1)


def _cells(text: str) -> list[str]:
    """Give the first cells with a character beyond ASCII, as they can be printed."""
    cells = [cell.strip() for cell in re.split(r'[,;\t|"\r\n]', text) if not cell.isascii()]
    shown = (
        "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in cell) for cell in cells
    )
    return list(dict.fromkeys(cell if len(cell) <= _LONGEST else cell[:_LONGEST] + "…" for cell in shown))[:_CELLS]


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
