"""What headers say: by lists of eight languages and of the usual systems, by their words, and by their neighbours."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from leadsync.mapping.suggest.conclusions import conclude
from leadsync.mapping.suggest.dictionary import LANGUAGES, dictionary, phrase_of
from leadsync.mapping.suggest.folding import key_of, repaired, words_of
from leadsync.mapping.suggest.grammar import nearest, read_words
from leadsync.mapping.suggest.neighbours import by_neighbours
from leadsync.mapping.suggest.plain import nearly, of_language, of_system, of_words
from leadsync.mapping.suggest.ranks import numbered, rank_of
from leadsync.mapping.suggest.spec import Concept, HeaderMatch, Headers
from leadsync.mapping.suggest.words.model import Part

_MARKS = 2
"""So many marks of a system make a file its export."""
_STRIPPED = 0.9
"""What is left of a score where something was left out of the header: a number, `Person - `, what is in brackets."""
_A_SYSTEMS = 0.9
"""The score of what only some system calls so, and the file does not look like its export."""
_FOREIGN = 0.6
"""What is left of the score of a meaning in a language that the file does not speak."""
_STRANGE, _STRANGERS = 0.25, 0.75
"""A language of this share of the main language's headers is not the file's; what is left of a score in it."""
_BESIDES = 0.5
"""What is left of the score of what a header means elsewhere, where its system is known."""
_EDIT = 1.6
"""What a wrong letter costs, as a share of all letters."""
_EITHER = 0.8
"""What is left of a score where a header is as near to one of another meaning."""
_LIMIT = 0.89
_PREFIX = re.compile(
    r"^(?P<whose>[^\d:>\u2013\u2014-]{2,30}?)(?:\s+[-\u2013\u2014]\s+|\s*[:>]\s*|\.(?=\w))(?P<rest>.+)$"
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_CELL = frozenset({"value", "values"})
"""Words of Google's headers beside a number."""
_SEVERAL = 2


class _Found(NamedTuple):
    """What a header may mean, without regard to the others."""

    concept: Concept
    score: float
    why: str = ""
    language: str = ""
    """Of the list that says so; empty where it is no language's."""
    is_bare_name: bool = False


class _Known(NamedTuple):
    """What is known of one header."""

    found: tuple[_Found, ...]
    is_listed: bool
    """It is written as a list has it."""
    of_systems: Mapping[str, tuple[Concept, float]]


def read_headers(headers: Sequence[str]) -> Headers:
    """Tell what headers may say, each on its own and in view of the others; and of which system and languages they are.

    Whatever a header says of addresses, dates, types, opt-outs and the like is found as `Concept.OTHER`, so that it is
    not taken for what it has in its name.
    """
    known = [_known(header) for header in headers]
    system = _system_of(headers)
    languages = _languages_of(known)
    found = [
        _in_view(header, one, system, languages) if header.strip() else ()
        for header, one in zip(headers, known, strict=True)
    ]
    bare = [any(meaning.is_bare_name for meaning in one.found) for one in known]
    return Headers(by_neighbours(headers, found, bare), system, languages)


@lru_cache(maxsize=4096)
def _known(header: str) -> _Known:
    words = words_of(header)
    if not words:
        return _Known((), is_listed=False, of_systems={})
    key = key_of(words)
    listed = _listed(key)
    if listed or key in dictionary().systems:
        return _Known(listed, bool(listed), dictionary().systems.get(key, {}))
    found = _locked(key) or _stripped(header) or _by_words(header, words) or _misspelt(header, words)
    return _Known(found, is_listed=False, of_systems={})


def _listed(key: str, factor: float = 1.0) -> tuple[_Found, ...]:
    meanings = dictionary().meanings.get(key, ())
    return tuple(
        _Found(one.concept, round(one.score * factor, 3), language=one.language, is_bare_name=one.is_bare_name)
        for one in meanings
    )


def _locked(key: str) -> tuple[_Found, ...]:
    """Tell of a column that Dynamics 365 does not want to be changed: the record itself, or something about it."""
    for beginning, _ in dictionary().longest_locked:
        if key.startswith(beginning):
            rest = read_words((key[len(beginning) :],)).parts
            concept = Concept.RECORD_ID if rest and set(rest) <= {Part.PERSON, Part.NAME} else Concept.OTHER
            return (_Found(concept, 1.0, of_system("Dynamics 365")),)
    return ()


def _stripped(header: str) -> tuple[_Found, ...]:
    """Look for what is left of a header without the person's prefix, brackets that say nothing, and numbers."""
    for text, whose in _shortened(repaired(header)):
        words = words_of(text)
        numbers = [int(word[:3]) for word in words if word.isdecimal()]
        rest = tuple(word for word in words if not word.isdecimal() and not (numbers and word in _CELL))
        meanings = _listed(key_of(rest), _STRIPPED) or (tuple(_of_any_system(key_of(rest))) if whose else ())
        if not rest or not meanings or (not whose and rest == words and text == header):
            continue
        if whose and any(one.is_bare_name for one in meanings):
            return (_Found(Concept.FULL_NAME, _STRIPPED, of_words(header, Concept.FULL_NAME)),)
        number = numbers[0] if numbers else 0
        return tuple(
            one._replace(concept=numbered(one.concept, number), is_bare_name=one.is_bare_name and number < _SEVERAL)
            for one in meanings
        )
    return ()


def _shortened(header: str) -> Iterator[tuple[str, bool]]:
    """Give a header with and without brackets that say nothing, and without the person's prefix."""
    for bracket in _BRACKETS.findall(header):
        if set(read_words(words_of(bracket), fuzzy=True).parts) <= {Part.FILLER, Part.PERSON}:
            header = header.replace(bracket, " ")
    yield header, False
    prefixed = _PREFIX.match(header)
    if prefixed:
        whose = read_words(words_of(prefixed["whose"]))
        if whose.parts and not whose.unknown and set(whose.parts) <= {Part.PERSON, Part.FILLER}:
            yield prefixed["rest"], True


def _by_words(header: str, words: tuple[str, ...]) -> tuple[_Found, ...]:
    reading = read_words(words)
    if reading.unknown:
        return ()
    return tuple(_Found(concept, score, of_words(header, concept)) for concept, score in conclude(reading))


def _misspelt(header: str, words: tuple[str, ...]) -> tuple[_Found, ...]:
    """Look for what a header is nearly, as a whole or by its words."""
    key = key_of(words)
    best: dict[Concept, _Found] = {}
    for near, distance in nearest(key, dictionary().headers):
        score = min(_LIMIT, 1 - _EDIT * distance / len(key))
        for one in (*_listed(near), *_of_any_system(near)):
            found = one._replace(
                score=round(one.score * score, 3),
                why=nearly(header, phrase_of(near, one.concept, one.language), one.concept, one.language),
            )
            if one.concept not in best or best[one.concept].score < found.score:
                best[one.concept] = found
    if best:
        factor = 1.0 if len(best) == 1 else _EITHER
        ordered = sorted(best.values(), key=lambda one: -one.score)
        return tuple(one._replace(score=round(one.score * factor, 3)) for one in ordered)
    scored = conclude(read_words(words, fuzzy=True))
    return tuple(_Found(concept, score, of_words(header, concept)) for concept, score in scored)


def _of_any_system(key: str) -> Iterator[_Found]:
    for system, (concept, score) in dictionary().systems.get(key, {}).items():
        yield _Found(concept, round(score * _A_SYSTEMS, 3), of_system(system))


def _in_view(header: str, known: _Known, system: str, languages: Mapping[str, float]) -> tuple[HeaderMatch, ...]:
    """Weigh what a header may mean by the file's system and languages."""
    best: dict[Concept, _Found] = {}
    told = known.of_systems.get(system)
    candidates = list(known.found)
    if told:
        candidates = [one._replace(score=round(one.score * _BESIDES, 3)) for one in candidates]
        best[told[0]] = _Found(told[0], told[1], of_system(system))
    elif not candidates:
        candidates = [
            _Found(concept, round(score * _A_SYSTEMS, 3), of_system(name))
            for name, (concept, score) in known.of_systems.items()
        ]
    for one in _weighed(candidates, languages):
        if one.concept not in best or best[one.concept].score < one.score:
            best[one.concept] = one
    reading = read_words(words_of(header), longest=1)
    return tuple(
        HeaderMatch(
            one.concept,
            one.score,
            one.why or of_language(header, one.concept, one.language),
            rank_of(one.concept, reading),
        )
        for one in sorted(best.values(), key=lambda one: -one.score)
    )


def _weighed(found: Sequence[_Found], languages: Mapping[str, float]) -> Iterator[_Found]:
    """Give what is found, the file's main languages first, where the languages do not agree."""
    most = max((languages.get(one.language, 0.0) for one in found), default=0.0)
    strange = max(languages.values(), default=0.0) * _STRANGE
    if most < strange and all(one.language not in ("", "en") for one in found):
        found = [one._replace(score=round(one.score * _STRANGERS, 3)) for one in found]
    agreed = len({_first(found, language) for language in {one.language for one in found}}) < _SEVERAL
    for one in sorted(found, key=lambda one: -languages.get(one.language, 0.0)):
        is_foreign = bool(one.language) and languages.get(one.language, 0.0) < most / 2
        yield one if agreed or not is_foreign else one._replace(score=round(one.score * _FOREIGN, 3))


def _first(found: Sequence[_Found], language: str) -> Concept:
    return max((one for one in found if one.language == language), key=lambda one: one.score).concept


def _system_of(headers: Sequence[str]) -> str:
    """Tell of which system's export the headers are; nothing where marks are too few, or two systems' as many."""
    marks = dictionary()
    counts: Counter[str] = Counter()
    for header in headers:
        key = key_of(words_of(header))
        if key in marks.marks:
            counts[marks.marks[key]] += 1
        elif any(key.startswith(beginning) for beginning, _ in marks.locked):
            counts["Dynamics 365"] += 1
        else:
            counts.update(name for beginning, name in marks.beginnings.items() if _begins(header, key, beginning))
    (first, most), (_, second) = (*counts.most_common(2), ("", 0), ("", 0))[:2]
    return first if most >= _MARKS and most > second else ""


def _begins(header: str, key: str, beginning: str) -> bool:
    return key.startswith(beginning) and " - " in header


def _languages_of(known: Sequence[_Known]) -> dict[str, float]:
    """Give for each language the share of the listed headers that it has a meaning for."""
    counts: defaultdict[str, int] = defaultdict(int)
    listed = [one for one in known if one.is_listed]
    for one in listed:
        for language in {meaning.language for meaning in one.found}:
            counts[language] += 1
    shares = {code: round(counts[code] / len(listed), 3) for code in LANGUAGES if counts[code]}
    return dict(sorted(shares.items(), key=lambda pair: -pair[1]))
