"""The shared strings of a workbook: kept as they stand in the file, so that a piece of a sheet takes only its own."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from leadsync.loader.workbook.xlsx.xml_form import usual_form

MOST_BYTES = 400 * 2**20
LONGEST = 8 * 2**20
"""Bytes of one text; Excel takes 32,767 characters."""

_WINDOW = 1 << 22
_ROOT: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml(?:\s[^>]*?)?\?>)?\s*<((?:[A-Za-z_][\w.-]{0,2}:)?)sst(?:\s[^<>]*)?>"
)
_OTHER_ENCODING: Final = re.compile(rb"""<\?xml[^>]*\sencoding\s*=\s*["'](?!utf-?8["']|us-ascii["'])""", re.IGNORECASE)
_EMPTY: Final = b"<sst></sst>"


def has_usual_encoding(head: bytes) -> bool:
    """Tell whether XML that begins so is in UTF-8, as far as its beginning tells."""
    return head[:1] in {b"<", b"\xef", b" ", b"\n", b"\r", b"\t"} and not _OTHER_ENCODING.search(head[:400])


class SharedStrings:
    """The texts that cells name by a number; those of a workbook without such are none."""

    def __init__(self, blocks: Iterable[bytes] = ()) -> None:
        """Read the part; raises ValueError, half a sentence, where it is damaged or too large."""
        self._xml = _read(blocks)
        root = _ROOT.match(self._xml)
        if not root or b"<!" in self._xml or not has_usual_encoding(bytes(self._xml[:400])):
            self._xml = _read(usual_form([bytes(self._xml)])) if self._xml else bytearray(_EMPTY)
            root = _ROOT.match(self._xml)
        if not root:
            raise ValueError("its part with the shared texts holds something else")
        prefix = root[1]
        end = self._xml.rfind(b"</%bsst" % prefix)
        self._places = np.append(_begins(self._xml, b"<%bsi" % prefix), max(end, 0))
        if len(self) and (end < 0 or (np.diff(self._places) > LONGEST).any()):
            raise ValueError("its part with the shared texts is cut off, or has a text of more than 8 MB")
        self._head, self._tail = b"<%bsst>" % prefix, b"</%bsst>" % prefix

    def __len__(self) -> int:
        return len(self._places) - 1

    @property
    def size(self) -> int:
        """Give the bytes of all of them."""
        return len(self._xml)

    def lengths(self, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Give the bytes of each of some of them."""
        lengths: npt.NDArray[np.int64] = self._places[numbers + 1] - self._places[numbers]
        return lengths

    def part(self, numbers: npt.NDArray[np.int64]) -> bytes:
        """Give the XML of a part that holds only these texts, in this order."""
        begins: Sequence[int] = self._places[numbers].tolist()
        ends: Sequence[int] = self._places[numbers + 1].tolist()
        texts = [self._xml[begin:end] for begin, end in zip(begins, ends, strict=True)]
        return b"".join([self._head, *texts, self._tail])


def _read(blocks: Iterable[bytes]) -> bytearray:
    content = bytearray()
    for block in blocks:
        content += block
        if len(content) > MOST_BYTES:
            raise ValueError(f"it has more than {MOST_BYTES >> 20} MB of shared texts")
    return content


def _begins(xml: bytearray, tag: bytes) -> npt.NDArray[np.int64]:
    """Give the places where a tag begins, in order."""

    def windows() -> Iterator[npt.NDArray[np.int64]]:
        content = np.frombuffer(xml, np.uint8)
        for start in range(0, len(xml) - len(tag), _WINDOW):
            window = content[start : start + _WINDOW + len(tag)]
            size = len(window) - len(tag)
            found = window[:size] == tag[0]
            for place, byte in enumerate(tag[1:], 1):
                found &= window[place : size + place] == byte
            behind = window[len(tag) : size + len(tag)]
            found &= (behind == ord(">")) | (behind == ord("/")) | (behind == ord(" "))
            yield np.flatnonzero(found) + start

    return np.concatenate([np.zeros(0, np.int64), *windows()])
