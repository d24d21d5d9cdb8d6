"""Which column of a changed export is the one that a mapping names otherwise: by headers, and by values."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz.distance import OSA

from leadsync.characters import is_blank
from leadsync.mapping.pipeline import Pipeline
from leadsync.mapping.spec import Field
from leadsync.mapping.suggest.folding import key_of, words_of
from leadsync.mapping.suggest.spec import Column, Concept, Form, Goal, HeaderMatch, Proposal
from leadsync.mapping.suggest.verdicts import Verdict, opinion, told
from leadsync.quoting import NAME, quote
from leadsync.records import fold_header

SURE = 0.8
LIKELY = 0.4

_AS_ONE = 0.97
"""The same name but for case, accents and punctuation."""
_SAID = 0.85
"""A header of this score says what its column is."""
_SAME_CONCEPT, _TYPO, _SAME_FAMILY, _SAME_GOAL, _SUBSET = 0.95, 0.9, 0.6, 0.9, 0.65
_AGAINST = 0.3
"""What values leave of a likeness that they speak against."""
_TELLS = 0.15
"""What values add that no other column would fit."""
_UNPROVEN = 0.7
_MARGIN = 0.1
_PLAIN = 0.9
_NEXT = 4
"""Ranks apart: a work address is next to one that says nothing of itself, a private one is not."""
_NEARLY_ALL, _MOST, _HALF, _FEW_OTHERS = 0.95, 0.9, 0.5, 0.2
_NEAR = 0.85
_LEAST = 3
_SAMPLE = 200
_LONG, _LONGER = 5, 12
"""Letters of a word from which on one of them, or two, may be wrong."""

_FAMILIES = (
    {Concept.EMAIL, Concept.OTHER_EMAIL},
    {Concept.PHONE, Concept.WORK_PHONE, Concept.MOBILE_PHONE, Concept.HOME_PHONE, Concept.OTHER_PHONE},
    {Concept.NOTES, Concept.DESCRIPTION},
    {Concept.REGISTER_NUMBER, Concept.VAT_NUMBER},
)
_SEVERAL = frozenset({Concept.OTHER_EMAIL, Concept.OTHER_PHONE})
"""Of these a file may have many, which are not one another."""
_CONCEPTS = {
    "email": Concept.EMAIL,
    "first_name": Concept.FIRST_NAME,
    "last_name": Concept.LAST_NAME,
    "phone": Concept.PHONE,
    "company_name": Concept.COMPANY,
    "source": Concept.SOURCE,
    "referring_employee": Concept.OWNER,
    "notes": Concept.NOTES,
}
_ROLES = {"email": Form.EMAIL, "phone": Form.PHONE, "number": Form.NUMBER, "date": Form.DATE}
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A column that the mapping names and the source lacks."""

    name: str
    fields: Sequence[Field] = ()
    """Those that use it."""
    is_lead: bool = False
    is_legacy: bool = False
    matches: Sequence[HeaderMatch] = ()
    """What its name may say."""

    @property
    def goals(self) -> set[tuple[str, str]]:
        """Give where it goes as a whole: the section of the mapping, and the folded name there."""
        sections = {True: "properties", False: "fields"}
        goals = {
            (sections[each.target.is_property], fold_header(each.target.name))
            for each in self.fields
            if each.template is None
        }
        return goals | ({("lead", "legacy_id" if self.is_legacy else "id")} if self.is_lead else set())


@dataclass(frozen=True, slots=True)
class Renamed:
    """What a missing column may be called now."""

    column: Column = field(repr=False)
    confidence: float
    """From 0 to 1."""
    why: Sequence[str]
    """Parts of a sentence, without lead data."""
    is_sure: bool = False

    @property
    def percent(self) -> str:
        """Give the confidence as people read it; nothing is certain."""
        return f"{min(99, round(self.confidence * 100))}%"


class _Named(NamedTuple):
    confidence: float
    why: str


def renames(
    wanted: Sequence[Wanted], unused: Mapping[int, Proposal], matches: Sequence[Sequence[HeaderMatch]]
) -> list[list[Renamed]]:
    """Give for each missing column what it may be called now, the likeliest first.

    `unused` are the columns that the mapping does not use, by position; `matches` what all headers may say. Sure is
    one that leaves no doubt, of which no other missing column is nearly as like.
    """
    found = [
        [one for position, proposal in unused.items() if (one := _likeness(each, proposal, matches[position], unused))]
        for each in wanted
    ]
    return [
        [_settled(one, ordered, [other for other in found if other is not ordered]) for one in ordered[:_LEAST]]
        for ordered in (_order(each) for each in found)
    ]


def _order(found: list[Renamed]) -> list[Renamed]:
    found.sort(key=lambda one: -one.confidence)
    return found


def _settled(one: Renamed, rivals: Sequence[Renamed], others: Sequence[Sequence[Renamed]]) -> Renamed:
    elsewhere = [other for each in others for other in each if other.column.position == one.column.position]
    nearest = max((rival.confidence for rival in [*rivals, *elsewhere] if rival is not one), default=0.0)
    is_same = one.confidence >= _AS_ONE > nearest
    is_sure = is_same or (one.confidence >= SURE and one.confidence - nearest >= _MARGIN)
    return Renamed(one.column, one.confidence, one.why, is_sure)


def _likeness(
    wanted: Wanted, proposal: Proposal, said: Sequence[HeaderMatch], unused: Mapping[int, Proposal]
) -> Renamed | None:
    named = max(_named(wanted, proposal, said), key=lambda named: named.confidence)
    if named.confidence < LIKELY:
        return None
    confidence, why = named.confidence, [named.why]
    if _other_number(wanted.name, proposal.column.header):
        confidence = min(confidence, _UNPROVEN)
    if not proposal.shape.filled and (wanted.is_lead or confidence < _AS_ONE):
        return Renamed(proposal.column, min(confidence, _UNPROVEN), [*why, "no row has a value"])
    fitting = _fitting(wanted, proposal) if proposal.shape.filled else True
    if fitting is False:
        return None if confidence * _AGAINST < LIKELY else Renamed(proposal.column, confidence * _AGAINST, why)
    if isinstance(fitting, str):
        why.append(fitting)
        if confidence < SURE and proposal.shape.distinct >= _LEAST and _tells(wanted, proposal, unused):
            confidence = min(0.95, confidence + _TELLS)
            why.append("those of other columns would not")
    elif wanted.is_lead:
        confidence = min(confidence, _UNPROVEN)
    return Renamed(proposal.column, round(confidence, 3), why)


def _named(wanted: Wanted, proposal: Proposal, said: Sequence[HeaderMatch]) -> Iterator[_Named]:
    header = proposal.column.header
    ours, theirs = words_of(wanted.name), words_of(header)
    yield _Named(0.0, "")
    if ours and key_of(ours) == key_of(theirs):
        yield _Named(_AS_ONE, f"{quote(header, NAME)} is the same but for how it is written")
        return
    one, other = (next((m for m in of if m.score >= _SAID), None) for of in (wanted.matches, said))
    if one and other and one.concept is other.concept and one.concept is not Concept.OTHER:
        score = min(one.score, other.score)
        is_plain = score >= _PLAIN and abs(other.rank - one.rank) <= _NEXT and one.concept not in _SEVERAL
        yield _Named(_SAME_CONCEPT * score if is_plain else _SAME_FAMILY, other.why)
        return
    if one and other and one.concept is not other.concept:
        near = any({one.concept, other.concept} <= family for family in _FAMILIES)
        yield _Named(_SAME_FAMILY if near else 0.0, other.why)
        return
    are_known = bool(one and other and min(one.score, other.score) >= _PLAIN)
    if _is_typo(ours, theirs):
        yield _Named(_UNPROVEN if are_known else _TYPO, f"{quote(header, NAME)} is written nearly the same")
    elif OSA.normalized_similarity(key_of(ours), key_of(theirs)) >= _NEAR:
        yield _Named(_UNPROVEN, f"{quote(header, NAME)} is written much alike")
    shorter, longer = sorted((ours, theirs), key=lambda words: len(key_of(words)))
    if shorter and (set(shorter) < set(longer) or _is_end_of(key_of(shorter), key_of(longer))):
        yield _Named(_SUBSET, f"{quote(header, NAME)} has {'words' if longer is ours else 'all words'} of it")
    for candidate in proposal.candidates:
        is_chosen = proposal.is_sure and proposal.chosen is candidate
        if _goal(candidate.goal) in wanted.goals:
            confidence = _SAME_GOAL * candidate.confidence
            yield _Named(confidence if is_chosen else min(confidence, _UNPROVEN), next(iter(candidate.evidence), ""))


def _goal(goal: Goal) -> tuple[str, str]:
    return goal.section, fold_header(goal.name)


def _is_typo(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    if len(ours) != len(theirs) or not ours:
        return False
    for one, other in zip(ours, theirs, strict=True):
        shorter = min(len(one), len(other))
        allowed = 0 if shorter < _LONG or one.isdigit() else 1 if shorter < _LONGER else 2
        if OSA.distance(one, other) > allowed:
            return False
    return True


def _is_end_of(one: str, other: str) -> bool:
    """Tell whether a word is the beginning or the end of a longer one, as Segment is of Kundesegment."""
    return len(one) >= _LONG and (other.startswith(one) or other.endswith(one))


def _other_number(one: str, other: str) -> bool:
    """Tell whether two names count differently: `Phone 1` and `Phone 2`."""
    ours, theirs = _DIGITS.findall(one), _DIGITS.findall(other)
    return bool(ours and theirs) and ours != theirs


def _fitting(wanted: Wanted, proposal: Proposal) -> str | bool:
    """Tell whether the values fit what the mapping says of the column; why they do, where they could have not."""
    shape = proposal.shape
    if wanted.is_lead:
        form = Form.INTEGER if wanted.is_legacy else Form.UUID
        return told(shape, form) if shape.share(form) >= _NEARLY_ALL else False
    why: str | bool = True
    for each in wanted.fields:
        concept = None if each.target.is_property or each.template is not None else _CONCEPTS.get(each.target.name)
        if concept and opinion(concept, shape).verdict is Verdict.REFUTES:
            return False
        for form in (_ROLES[role] for role in each.roles if role in _ROLES):
            if shape.share(form) < _HALF:
                return False
            why = told(shape, form)
        share = fitting_share(each, proposal.column)
        if share is not None and share < _HALF:
            return False
        if share is not None and share >= _MOST:
            why = "its values can be read as the mapping says"
    return why


def fitting_share(of: Field, column: Column) -> float | None:
    """Give the share of a column's filled cells that a field would not refuse; None where it refuses none ever."""
    if of.template is not None or of.undeclared or not of.pipeline.steps:
        return None
    plain = Counter(text for row, text in enumerate(column.values) if row not in column.typed)
    own = Counter(column.values[row] for row in column.typed)
    refused, cells = map(
        sum,
        zip(
            _refused(plain, of.pipeline, of.blanks),
            _refused(own, of.typed_pipeline or of.pipeline, of.blanks),
            strict=True,
        ),
    )
    return 1 - refused / cells if cells else None


def _refused(texts: Counter[str], pipeline: Pipeline, blanks: frozenset[str]) -> tuple[int, int]:
    """Count the cells that are refused, and all that are filled, among the most frequent texts."""
    filled = [
        (text, cells)
        for text, cells in texts.most_common()
        if not is_blank(text) and text.strip().casefold() not in blanks
    ][:_SAMPLE]
    refusals = pipeline.run([text for text, _ in filled]).refusals
    return sum(filled[row][1] for row in refusals), sum(cells for _, cells in filled)


def _tells(wanted: Wanted, proposal: Proposal, unused: Mapping[int, Proposal]) -> bool:
    """Tell whether a field would refuse most values of the other columns that are not used."""
    checking = [each for each in wanted.fields if fitting_share(each, proposal.column) is not None]
    others = [other for other in unused.values() if other is not proposal and other.shape.filled]
    if not checking or not others:
        return False
    shares = [fitting_share(checking[0], other.column) or 0.0 for other in others]
    return max(shares) <= _FEW_OTHERS
