"""Headers taken apart: what each of their words is, compounds and misspelt words among them."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from leadsync.mapping.suggest.dictionary import Neighbourhood, dictionary
from leadsync.mapping.suggest.folding import key_of
from leadsync.mapping.suggest.words.model import Part

_WORDS = 4
_PIECE, _SHORT_PIECE, _JOINED = 4, 2, 6
"""The least letters of a compound's piece, of its last one (nr, id), and of a compound."""
_LINKS = ("", "s", "e", "n", "en", "er", "es", "ns")
"""What Germanic languages put between the words of a compound."""
_TAILS = frozenset({Part.NAME, Part.NUMBER, Part.ID, Part.OTHER, Part.ADDRESS})
_SHORTEST = 3
_FUZZY = 5
"""The least letters of a word that may be misspelt."""
_LONG, _LONGEST = 8, 60
"""From so many letters on, two may be wrong; a header that is longer than so many is none of those known."""
_LIMIT = 12
"""So many near keys are looked at."""
_ABBREVIATED = frozenset({"nr", "id", "tlf"})
"""Short words that compounds end in."""


class Reading(NamedTuple):
    """What the words of a header are, in their order."""

    parts: tuple[Part, ...]
    number: int
    """The number in the header, such as 2 of `E-mail 2`; 0 where there is none."""
    unknown: int
    is_misspelt: bool

    def has(self, *parts: Part) -> bool:
        """Tell whether one of the parts is there."""
        return any(part in self.parts for part in parts)


def read_words(words: Sequence[str], *, fuzzy: bool = False, longest: int = _WORDS) -> Reading:
    """Tell what the words of a header are, phrases of so many words first; misspelt ones too, if that is asked for."""
    known = dictionary().parts
    parts: list[Part] = []
    number = unknown = place = 0
    misspelt = False
    while place < len(words):
        if words[place].isdecimal():
            number = number or int(words[place][:3])
            place += 1
            continue
        length = next((n for n in range(longest, 0, -1) if key_of(tuple(words[place : place + n])) in known), 0)
        found = known[key_of(tuple(words[place : place + length]))] if length else compound(words[place])
        if not found and fuzzy:
            found = near(words[place]) or _of_something_else(words[place])
            misspelt = misspelt or bool(found)
        parts += found
        unknown += not found
        place += length or 1
    return Reading(tuple(parts), number, unknown, misspelt)


@lru_cache(maxsize=2048)
def compound(word: str) -> tuple[Part, ...]:
    """Take a compound such as `virksomhedsnavn` apart; nothing where a piece is not known."""
    return _pieces(word) if len(word) >= _JOINED and word.isalpha() else ()


def _of_something_else(word: str) -> tuple[Part, ...]:
    """Tell of an unknown word before a known head that it is of something else: `Projektnavn`."""
    for cut in range(_SHORTEST, len(word) - _PIECE + 1):
        tail = dictionary().parts.get(word[cut:], ())
        if tail and tail[-1] in _TAILS:
            return (Part.OTHER,)
    return ()


def _pieces(word: str) -> tuple[Part, ...]:
    parts = dictionary().parts
    for cut in range(len(word) - _SHORT_PIECE, _PIECE - 2, -1):
        first = parts.get(word[:cut])
        if not first or Part.FILLER in first:
            continue
        for link in _LINKS:
            rest = word[cut + len(link) :]
            if not word.startswith(link, cut) or len(rest) < _SHORT_PIECE:
                continue
            last = parts.get(rest) if len(rest) >= _PIECE or rest in _ABBREVIATED else None
            more = last or (_pieces(rest) if len(rest) >= _JOINED else ())
            if more:
                return first + more
    return ()


@lru_cache(maxsize=2048)
def near(word: str) -> tuple[Part, ...]:
    """Tell what a word is that is misspelt."""
    return next((dictionary().parts[key] for key, _ in nearest(word, dictionary().words)), ())


def nearest(word: str, keys: Neighbourhood) -> Iterator[tuple[str, int]]:
    """Give the nearest keys of a word with their distance; none where it is short or none is near.

    A transposition, a missing, a doubled or a wrong letter is a distance of 1; digits must be the same, and the first
    letter too, unless it changed places with the second.
    """
    if not _FUZZY <= len(word) <= _LONGEST:
        return
    most = 2 if len(word) >= _LONG else 1
    near_ones = keys.around(max(_FUZZY, len(word) - most), len(word) + most)
    found = process.extract(word, near_ones, scorer=OSA.distance, score_cutoff=most, limit=_LIMIT)
    alike = [(key, int(distance)) for key, distance, _ in found if _is_alike(word, key)]
    yield from ((key, distance) for key, distance in alike if distance == alike[0][1])


def _is_alike(word: str, key: str) -> bool:
    digits = [character for character in word if character.isdecimal()]
    return digits == [character for character in key if character.isdecimal()] and (
        key[0] == word[0] or key[:2] == word[1::-1]
    )
