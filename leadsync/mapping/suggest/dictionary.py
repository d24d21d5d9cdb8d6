"""The word lists of all languages and systems as one dictionary, made when it is first asked."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

from leadsync.mapping.suggest.folding import keys_of
from leadsync.mapping.suggest.spec import Concept
from leadsync.mapping.suggest.words.address_books import GOOGLE, OUTLOOK
from leadsync.mapping.suggest.words.crms import DYNAMICS, HUBSPOT, PIPEDRIVE, SALESFORCE, ZOHO
from leadsync.mapping.suggest.words.danish import DANISH
from leadsync.mapping.suggest.words.dutch import DUTCH
from leadsync.mapping.suggest.words.english import ENGLISH
from leadsync.mapping.suggest.words.french import FRENCH
from leadsync.mapping.suggest.words.german import GERMAN
from leadsync.mapping.suggest.words.model import Language, Part, System
from leadsync.mapping.suggest.words.norwegian import NORWEGIAN
from leadsync.mapping.suggest.words.spanish import SPANISH
from leadsync.mapping.suggest.words.swedish import SWEDISH

LANGUAGES: Mapping[str, Language] = {
    language.code: language for language in (ENGLISH, DANISH, GERMAN, SWEDISH, NORWEGIAN, DUTCH, FRENCH, SPANISH)
}
SYSTEMS: tuple[System, ...] = (HUBSPOT, SALESFORCE, PIPEDRIVE, ZOHO, DYNAMICS, OUTLOOK, GOOGLE)

_BARE_NAME: Mapping[Concept, float] = {
    Concept.FULL_NAME: 0.9,
    Concept.COMPANY: 0.35,
    Concept.LAST_NAME: 0.3,
    Concept.FIRST_NAME: 0.3,
}
_PARTS_OF: Mapping[Concept, tuple[Part, ...]] = {
    Concept.EMAIL: (Part.EMAIL,),
    Concept.OTHER_EMAIL: (Part.SECOND, Part.EMAIL),
    Concept.FIRST_NAME: (Part.FIRST,),
    Concept.LAST_NAME: (Part.LAST,),
    Concept.FULL_NAME: (Part.PERSON, Part.NAME),
    Concept.PHONE: (Part.PHONE,),
    Concept.WORK_PHONE: (Part.WORK, Part.PHONE),
    Concept.MOBILE_PHONE: (Part.MOBILE,),
    Concept.HOME_PHONE: (Part.HOME, Part.PHONE),
    Concept.OTHER_PHONE: (Part.SECOND, Part.PHONE),
    Concept.COMPANY: (Part.COMPANY, Part.NAME),
    Concept.SOURCE: (Part.SOURCE,),
    Concept.OWNER: (Part.OWNER,),
    Concept.NOTES: (Part.NOTES,),
    Concept.DESCRIPTION: (Part.DESCRIPTION,),
    Concept.REGISTER_NUMBER: (Part.REGISTER,),
    Concept.VAT_NUMBER: (Part.VAT,),
    Concept.OTHER: (Part.OTHER,),
}
"""What a known phrase is within a longer header."""
_SHORTEST = 3
"""Shorter phrases are parts only where the lists say so."""


class Meaning(NamedTuple):
    """What one language says that a phrase means."""

    concept: Concept
    score: float
    language: str
    is_bare_name: bool = False


@dataclass(frozen=True)
class Dictionary:
    """All that is known of headers, by key."""

    meanings: Mapping[str, tuple[Meaning, ...]]
    systems: Mapping[str, Mapping[str, tuple[Concept, float]]]
    """By key: what each system calls so."""
    marks: Mapping[str, str]
    """By key: the system that it is a mark of."""
    beginnings: Mapping[str, str]
    """By the key of a header's beginning: the system that it is a mark of."""
    parts: Mapping[str, tuple[Part, ...]]
    locked: tuple[tuple[str, str], ...]
    """Keys of what Dynamics 365 writes before columns that must not be changed, with their languages."""

    @cached_property
    def longest_locked(self) -> tuple[tuple[str, str], ...]:
        """Give the locked beginnings, the longest first."""
        return tuple(sorted(self.locked, key=lambda pair: -len(pair[0])))

    @cached_property
    def headers(self) -> "Neighbourhood":
        """Give the keys of whole headers, to look for near ones."""
        return Neighbourhood(self.meanings.keys() | self.systems.keys())

    @cached_property
    def words(self) -> "Neighbourhood":
        """Give the keys of parts, to look for near ones."""
        return Neighbourhood(self.parts)


class Neighbourhood:
    """Keys by their length, to look for near ones among few."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._by_length: defaultdict[int, list[str]] = defaultdict(list)
        for key in sorted(keys):
            self._by_length[len(key)].append(key)
        self._around: dict[tuple[int, int], tuple[str, ...]] = {}

    def around(self, shortest: int, longest: int) -> tuple[str, ...]:
        """Give the keys that have from so many to so many letters."""
        if (shortest, longest) not in self._around:
            keys = (self._by_length[length] for length in range(shortest, longest + 1))
            self._around[shortest, longest] = tuple(chain.from_iterable(keys))
        return self._around[shortest, longest]


@lru_cache(maxsize=1)
def dictionary() -> Dictionary:
    """Give the dictionary; made once."""
    meanings: dict[str, tuple[Meaning, ...]] = {}
    for language in LANGUAGES.values():
        for key, found in _meanings(language).items():
            meanings[key] = meanings[key] + found if key in meanings else found
    marks = {key: system.name for system in SYSTEMS for key in keys_of(system.marks)}
    beginnings = {key.rstrip("…"): name for key, name in marks.items() if key.endswith("…")}
    locked = tuple((key, code) for code, language in LANGUAGES.items() for key in keys_of(language.locked))
    return Dictionary(meanings, _systems(meanings), marks, beginnings, _parts(meanings), locked)


def phrase_of(key: str, concept: Concept, language: str) -> str:
    """Give the phrase that has a key, as the lists write it; the key itself where they mean something else by it."""
    if language:
        said = LANGUAGES[language]
        lists = [said.concepts.get(concept, ""), said.names, ";".join(said.doubtful)]
    else:
        lists = [system.concepts.get(concept, "") for system in SYSTEMS]
    phrases = (" ".join(phrase.split()) for phrase in ";".join(lists).split(";"))
    return next((phrase for phrase in phrases if key in keys_of(phrase)), key)


def _meanings(language: Language) -> dict[str, tuple[Meaning, ...]]:
    code = language.code
    found: dict[str, tuple[Meaning, ...]] = {}
    for concept, phrases in language.concepts.items():
        only = (Meaning(concept, 1.0, code),)
        for key in keys_of(phrases):
            if concept is not Concept.OTHER or key not in found:
                found[key] = found.get(key, ()) + only
    bare = tuple(Meaning(concept, score, code, is_bare_name=True) for concept, score in _BARE_NAME.items())
    names = keys_of(language.names)
    found.update(dict.fromkeys(names, bare))
    for phrase, scores in language.doubtful.items():
        for key in keys_of(phrase):
            found[key] = tuple(Meaning(concept, score, code, key in names) for concept, score in scores.items())
    return found


def _systems(meanings: Collection[str]) -> dict[str, dict[str, tuple[Concept, float]]]:
    found: dict[str, dict[str, tuple[Concept, float]]] = defaultdict(dict)
    for system in SYSTEMS:
        for concept, phrases in system.concepts.items():
            for key in keys_of(phrases):
                found[key].setdefault(system.name, (concept, 1.0))
        for phrase, (concept, score) in system.doubtful.items():
            for key in keys_of(phrase):
                found[key][system.name] = (concept, score)
        for key in keys_of(system.marks):
            if key not in meanings and not key.endswith("…"):
                found[key].setdefault(system.name, (Concept.OTHER, 1.0))
    return dict(found)


def _parts(meanings: Mapping[str, tuple[Meaning, ...]]) -> dict[str, tuple[Part, ...]]:
    parts: dict[str, tuple[Part, ...]] = {}
    for language in LANGUAGES.values():
        for part, words in language.parts.items():
            only = (part,)
            for key in keys_of(words):
                parts.setdefault(key, only)
    for key, found in meanings.items():
        concept = found[0].concept
        if (
            key not in parts
            and len(key) >= _SHORTEST
            and key.isalpha()
            and found[0].score == 1.0
            and concept in _PARTS_OF
        ):
            parts[key] = _PARTS_OF[concept]
    return parts
