"""Headers that say too little on their own, read in view of those beside them: `Name` beside `Vorname`."""

from collections.abc import Sequence
from dataclasses import replace

from leadsync.mapping.suggest.spec import Concept, HeaderMatch
from leadsync.quoting import quote

_CLEAR, _COMPANYS, _TOLD, _BEHIND = 0.6, 0.8, 0.96, 0.7
_WHO = (Concept.FIRST_NAME, Concept.LAST_NAME, Concept.FULL_NAME)
_EITHER = 0.3
"""The least score of a meaning that a name of nobody in particular may have."""


def by_neighbours(
    headers: Sequence[str], found: Sequence[tuple[HeaderMatch, ...]], bare: Sequence[bool]
) -> tuple[tuple[HeaderMatch, ...], ...]:
    """Decide on names of which nobody says whose, by the columns beside them.

    `bare` tells of which headers no more is known than that they are names.
    """
    first = _where(Concept.FIRST_NAME, found, bare)
    last = _where(Concept.LAST_NAME, found, bare)
    company = _where(Concept.COMPANY, found, bare)
    person = next((place for place in (_where(who, found, bare) for who in _WHO) if place is not None), None)
    decided = []
    for place, matches in enumerate(found):
        if bare[place] and (first is None) != (last is None):
            beside = first if last is None else last
            assert beside is not None
            concept = Concept.LAST_NAME if last is None else Concept.FIRST_NAME
            decided.append(_put_first(matches, concept, _TOLD, _why(headers[place], headers[beside], concept)))
        elif not _is_whose(matches) or (first is not None and last is not None and bare[place]):
            decided.append(matches)
        elif company is not None and company != place:
            decided.append(_put_first(matches, Concept.FULL_NAME, _COMPANYS, ""))
        elif person is not None and person != place:
            why = f"{quote(headers[person])} is the person, so {quote(headers[place])} may be the company"
            decided.append(_put_first(matches, Concept.COMPANY, _COMPANYS, why))
        else:
            decided.append(matches)
    return tuple(decided)


def _where(concept: Concept, found: Sequence[tuple[HeaderMatch, ...]], bare: Sequence[bool]) -> int | None:
    """Give the place of the first column that clearly is about a concept."""
    for place, matches in enumerate(found):
        if not matches or bare[place] or _is_whose(matches):
            continue
        if matches[0].concept is concept and matches[0].score >= _CLEAR:
            return place
    return None


def _is_whose(matches: Sequence[HeaderMatch]) -> bool:
    """Tell whether a header may be the person's name and the company's."""
    concepts = {match.concept for match in matches if match.score >= _EITHER}
    return Concept.FULL_NAME in concepts and Concept.COMPANY in concepts


def _put_first(matches: tuple[HeaderMatch, ...], concept: Concept, score: float, why: str) -> tuple[HeaderMatch, ...]:
    said = next((match for match in matches if match.concept is concept), None)
    first = (
        HeaderMatch(concept, score, why)
        if said is None
        else replace(said, score=max(score, said.score), why=why or said.why)
    )
    others = (match for match in matches if match.concept is not concept)
    return (first, *(replace(match, score=min(match.score, _BEHIND)) for match in others))


def _why(header: str, beside: str, concept: Concept) -> str:
    name = "last name" if concept is Concept.LAST_NAME else "first name"
    return f"{quote(header)} beside {quote(beside)} is the {name}"
