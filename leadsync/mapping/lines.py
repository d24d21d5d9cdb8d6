"""The lines of a mapping file as they may be shown to anybody: nothing that looks like a secret is in them."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from leadsync.errors import Spot

LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""What ends a line in YAML 1.2, as its parser counts lines."""

_SECRET = re.compile(
    r"key(?!word)|token|passw|pwd|secret|credential|bearer|auth(?!or(?!i[sz]))|(?<![a-z])api(?![a-z])", re.IGNORECASE
)
_VARIABLE = re.compile(r"\s*(export\s+)?[A-Z][A-Z0-9_]*\s*=")
"""A line of an `.env` file."""
_UUID = re.compile(
    r"(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f]))", re.IGNORECASE
)
_NAME = re.compile(_UUID.pattern + r"(?=[\"']?\s*:)", re.IGNORECASE)
"""A UUID that is a key of the mapping."""
_USER = re.compile(r"(?<=://)[^/\s@\"]*(?=@|…)")
"""Who asks, and the password, in an address; or what may be that where the address was cut."""
_SECTION = re.compile(r"\ufeff?([A-Za-z_]+)\s*:")
_GOES_ON = (":", "|", ">", "-", "[", "{", ",", "\\")
_MAPPING = re.compile(r"^\ufeff?\s*(version|channel|source|lead|fields|properties|rules|damage)\s*:", re.MULTILINE)


class Place(NamedTuple):
    """A place in the file: line and column, both from 1, and the characters of the line that are meant."""

    line: int
    column: int
    length: int = 1


class Lines:
    """The lines of one file, by their numbers."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self._texts = LINE_END.split(text)
        self._shown: dict[int, str] = {}
        self._parents: list[int | None] = []
        self._are_shown = not path.endswith(".env") and _MAPPING.search(text) is not None

    def spot(self, place: Place) -> Spot:
        """Give a place with its line; without it where the file does not look like a mapping."""
        text = self._line(place.line) if self._are_shown else ""
        rest = max(len(text.rstrip()) - place.column + 1, 1)
        return Spot(self.path, place.line, place.column, min(place.length, rest), text)

    def whole(self) -> Spot:
        """Give the file as a place."""
        return Spot(self.path)

    def _line(self, number: int) -> str:
        if number not in self._shown:
            is_there = number <= len(self._texts)
            self._shown[number] = _masked(self._texts[number - 1], list(self._above(number - 1))) if is_there else ""
        return self._shown[number]

    def _above(self, at: int) -> Iterator[str]:
        """Give the lines that one of them may go on from, or stands below, the nearest first."""
        parents = self._parents = self._parents or list(_parents(self._texts))
        before = at - 1
        while before > 0 and not self._texts[before].strip():
            before -= 1
        if at and parents[at] != before and self._texts[before].rstrip().endswith(_GOES_ON):
            yield self._texts[before]
        while (above := parents[at]) is not None:
            yield self._texts[above]
            at = above


def mentions_secret(name: str) -> bool:
    """Tell whether a name says that its value is a secret."""
    return _SECRET.search(name) is not None


def without_secrets(sentence: str, *spots: Spot) -> str:
    """Put asterisks in a sentence in the place of what is hidden in the lines that it is about."""
    shown = "\n".join(spot.text for spot in spots)
    sentence = _USER.sub(_stars, sentence)
    return _UUID.sub(lambda found: found[0] if found[0] in shown else _stars(found), sentence)


def _parents(lines: Sequence[str]) -> Iterator[int | None]:
    """Give for each line the position of that below which it stands, by how far they are indented."""
    above: list[tuple[float, int]] = []
    for position, line in enumerate(lines):
        rest = line.lstrip(" \ufeff")
        # The items of a list may be indented as little as their key, and stand below it.
        depth = len(line.lstrip("\ufeff")) - len(rest) + (0.5 if rest.startswith("- ") else 0)
        while above and above[-1][0] >= depth and rest:
            above.pop()
        yield above[-1][1] if above else None
        if rest and not rest.startswith("#"):
            above.append((depth, position))


def _masked(line: str, above: Sequence[str]) -> str:
    """Put asterisks, as many as there were characters, in the place of whatever may be a secret.

    Where a line mentions one, or stands below a line that does, no value of it is shown. A UUID may be a key of Keen's
    (keen-api.md) wherever it is put by mistake: only a channel and the names of properties are known to be none.
    """
    line = _USER.sub(_stars, line)
    if mentions_secret(line) or _VARIABLE.match(line) or any(map(mentions_secret, above)):
        mark = re.search("[:=]", line)
        value = mark.end() if mark else 0
        return _UUID.sub(_stars, line[:value]) + re.sub(r"\S+", _stars, line[value:])
    section = _SECTION.match(above[-1] if above else line)
    known = {"channel": _UUID, "properties": _NAME}.get(section[1] if section else "")
    if known is None:
        return _UUID.sub(_stars, line)
    kept = {found[0] for found in known.finditer(line)}
    return _UUID.sub(lambda found: found[0] if found[0] in kept else _stars(found), line)


def _stars(found: re.Match[str]) -> str:
    return "*" * len(found[0])
