"""Letters that were read in a wrong encoding on their way: `SÃ¥` for `Så`, `S√∏ren`, `S�ren`.

Of text that is written in UTF-8 and read as if it were Windows-1252 (or ISO 8859-1), Mac Roman or code page 850, each
letter beyond ASCII becomes two to four characters. To go the way back must give UTF-8 again, which real text hardly
ever does; where it can (`CAFÉ »`, `IRMÃ…`, `Â°`), the characters around decide, and in doubt nothing is said.
"""

import codecs
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from leadsync.codes import Code
from leadsync.damage.cells import Cells
from leadsync.damage.columns import Column
from leadsync.damage.detector import Detector, Suspects, Verdict
from leadsync.quoting import quote

_CERTAIN = 0.99
_LIKELY = 0.95
_OFTEN = 3
"""Text may have been garbled several times over: `ÃƒÂ¥`."""


def _followers(codec: str) -> str:
    """Give what the second and later bytes of a letter in UTF-8 are read as, as it stands in a regular expression."""
    return re.escape(bytes(range(0x80, 0xC0)).decode(codec, "ignore"))


_WESTERN = "\x80-\x9f" + _followers("cp1252")
_WITHIN_WORDS = re.sub("[\u00a0\u2026\u2018\u2019\u201c\u201d\u2013\u2014]", "", _WESTERN)
"""What is no punctuation that may follow a word which ends in such a letter."""
_MAC = _followers("mac_roman")
_DOS = _followers("cp850")
_CAPITAL = "A-ZÀ-ÖØ-ÞŒŠŽŸ"

_SURE = re.compile(
    "|".join(
        (
            f"(?<![{_CAPITAL}])Ã[{_WESTERN}]",
            # IRMÃ… is a sister in capitals, and an ellipsis.
            rf"(?<=[{_CAPITAL}])Ã(?!\u00a0)[{_WESTERN}](?=[^\W\d_])",
            f"[ÄÅ][{_WITHIN_WORDS}](?=[a-zß-ÿ])",
            f"(?<=[a-zß-ÿ])[ÄÅ][{_WITHIN_WORDS}]",
            f"â[€\u201a„][{_WESTERN}]",
            f"ðŸ[{_WESTERN}]{{2}}",
            "ï»¿",
            f"√[{_MAC}]",
            f"\u201aÄ[{_MAC}]",
            f"├[{_DOS}]",
        )
    )
)
"""What no real text holds."""
_PERHAPS = re.compile(f"[Â-ß][{_WESTERN}]|[à-ï][{_WESTERN}]{{2}}")
"""What real text may hold; to go the way back with the whole cell must give real words, or it is nothing."""
_WORDS = re.compile(
    r"[\u1ea0-\u1eff][^\W\d_]|[\u0370-\u06ff]{2}|[\u0900-\u0eff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]{2}"
)
"""Vietnamese within a word; two letters of Greek, Cyrillic, Hebrew or Arabic, of an Indian script, or of East Asia."""
_LATIN = re.compile("[\u00a0-\u017f]")
_FIRST_BYTES = (b"\xc2", b"\xc5", b"\xc6", b"\xcb", b"\xe2", b"\xef")
"""In UTF-8, one of these begins whatever follows the first character of a garbled letter."""

LOST = "\ufffd"
"""What stands where a letter could not be read at all."""

_BYTES = {ord(bytes([byte]).decode("cp1252")): byte for byte in range(256) if bytes([byte]).decode("cp1252", "ignore")}
_BYTES |= {byte: byte for byte in range(0x80, 0xA0)}
_UNDO: tuple[Callable[[str], bytes], ...] = (
    lambda text: codecs.charmap_encode(text, "strict", _BYTES)[0],
    lambda text: text.encode("mac_roman"),
    lambda text: text.encode("cp850"),
)


class Reading(NamedTuple):
    """What a garbled text probably was."""

    text: str
    is_sure: bool


def read_again(text: str) -> Reading | None:
    """Go the way back; None where the text is not garbled, or nobody can tell what it was."""
    if not _SURE.search(text):
        whole = _undone(text, _UNDO[:1])
        if whole is None:
            return None
        is_sure = _WORDS.search(whole) is not None
        return Reading(whole, is_sure) if is_sure or (_LATIN.search(whole) and _PERHAPS.search(text)) else None
    for _ in range(_OFTEN):
        text = _undone(text) or _SURE.sub(lambda found: _undone(found[0]) or found[0], text)
        if not _SURE.search(text):
            break
    return Reading(text, is_sure=True)


def _undone(text: str, ways: Sequence[Callable[[str], bytes]] = _UNDO) -> str | None:
    for undo in ways:
        try:
            read = undo(text).decode()
        except UnicodeError:
            continue
        if len(read) < len(text):
            return read
    return None


class Mojibake(Detector):
    """Stands from one cell on that holds what no real text does, or U+FFFD.

    Cells that may be garbled and may be real, such as `25 Â°`, count with those only. Confidence: 0.99 where a letter
    was replaced by U+FFFD, else 0.95.
    """

    code = Code.MOJIBAKE

    def __init__(self, column: Column) -> None:
        super().__init__(column)
        self._doubtful = Suspects()
        self._example = ""
        self._is_lost = False

    def examine(self, cells: Cells) -> None:
        """Look at what is not ASCII, where a look at the bytes does not rule all of it out."""
        if cells.is_ascii or not (cells.is_padded or cells.may_hold(_FIRST_BYTES)):
            return
        sure: list[int] = []
        doubtful: list[int] = []
        for row, text in enumerate(cells.raw):
            if text.isascii():
                continue
            if LOST in text:
                sure.append(row)
                self._is_lost = True
                self._example = self._example or f"{quote(LOST)} in place of a letter"
            elif (_SURE.search(text) or _PERHAPS.search(text)) and (reading := read_again(text)):
                (sure if reading.is_sure else doubtful).append(row)
                if reading.is_sure:
                    self._example = self._example or _example(text)
        self.suspects.add(cells, sure)
        self._doubtful.add(cells, doubtful)

    def verdict(self) -> Verdict | None:
        """Count the doubtful cells where there are sure ones."""
        if not self.suspects.count:
            return None
        such = f", such as {self._example}" if self._example else ""
        what = (
            f"hold garbled letters{such}: the text was read in a wrong encoding and saved so. Export again as UTF-8, "
            "or declare the encoding that the file has with `source: {encoding: …}`."
        )
        suspects = Suspects.joined([self.suspects, self._doubtful])
        return Verdict(suspects, _CERTAIN if self._is_lost else _LIKELY, what)


def _example(text: str) -> str:
    """Show one garbled letter, and nothing else of the cell."""
    found = _SURE.search(text)
    was = _undone(found[0]) if found else None
    return f"{quote(found[0])} for {quote(was)}" if found and was else ""


def explain(text: str) -> str:
    """Say of one cell what it probably was."""
    if LOST in text:
        what = "holds � where a letter was lost in a wrong encoding"
        return f"{quote(text)} {what}. Export again as UTF-8, or type the cell again."
    reading = read_again(text)
    was = f" and probably was {quote(reading.text)}" if reading else ""
    what = f"is garbled by a wrong encoding{was}"
    return f"{quote(text)} {what}. Export again as UTF-8, or declare `source: {{encoding: …}}`."
