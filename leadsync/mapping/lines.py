"""The lines of a mapping file as they may be shown to anybody: nothing that looks like a secret is in them."""

import re
from typing import NamedTuple

from leadsync.errors import Spot

LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""What ends a line in YAML 1.2, as its parser counts lines."""

_SECRET = re.compile(r"key(?!word)|token|passw|pwd|secret|credential|bearer", re.IGNORECASE)
_VARIABLE = re.compile(r"\s*(export\s+)?[A-Z][A-Z0-9_]*\s*=")
"""A line of an `.env` file."""
_UUID = re.compile(r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}", re.IGNORECASE)
_USER = re.compile(r"(?<=://)[^/\s@]*(?=@)")
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
            text, before = (self._texts[n - 1] if 0 < n <= len(self._texts) else "" for n in (number, number - 1))
            self._shown[number] = _masked(text, before)
        return self._shown[number]


def mentions_secret(name: str) -> bool:
    """Tell whether a name says that its value is a secret."""
    return _SECRET.search(name) is not None


def _masked(line: str, before: str) -> str:
    """Put asterisks, as many as there were characters, in the place of whatever may be a secret.

    Where a line mentions one, or goes on from a line that does, no value of it is shown, nor a UUID (Keen's keys are
    UUIDs, keen-api.md); elsewhere UUIDs are channels and property definitions.
    """
    line = _USER.sub(_stars, line)
    goes_on = mentions_secret(before) and before.rstrip().endswith(_GOES_ON)
    if not (goes_on or mentions_secret(line) or _VARIABLE.match(line)):
        return line
    mark = re.search("[:=]", line)
    value = mark.end() if mark else 0
    return _UUID.sub(_stars, line[:value]) + re.sub(r"\S+", _stars, line[value:])


def _stars(found: re.Match[str]) -> str:
    return "*" * len(found[0])
