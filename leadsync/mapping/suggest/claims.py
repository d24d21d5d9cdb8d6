"""What a column may claim to be: its header and its values weighed together, for each goal that it may have."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from leadsync.mapping.suggest.properties import property_likeness
from leadsync.mapping.suggest.spec import Candidate, Concept, Definition, Form, Goal, HeaderMatch, Shape
from leadsync.mapping.suggest.verdicts import Verdict, opinion, told

SURE = 0.8
"""A claim of this confidence may be active in a mapping that nobody has looked at."""
LIKELY = 0.4
"""A claim of less is not worth a question."""

_PROVEN = 0.35
"""What is left of a header's uncertainty where the values prove it."""
_DOUBTED = 0.7
"""The most confidence of what is never sure."""
_SAID = 0.8
"""A header of this score says what its column is; what its values are like besides is no claim."""

_GOALS: dict[Concept, tuple[Goal, int]] = {
    Concept.KEEN_ID: (Goal("lead", "id"), 0),
    Concept.KEEN_LEGACY_ID: (Goal("lead", "legacy_id"), 0),
    Concept.EMAIL: (Goal("fields", "email"), 0),
    Concept.OTHER_EMAIL: (Goal("fields", "email"), 1),
    Concept.FIRST_NAME: (Goal("fields", "first_name"), 0),
    Concept.LAST_NAME: (Goal("fields", "last_name"), 0),
    Concept.PHONE: (Goal("fields", "phone"), 0),
    Concept.WORK_PHONE: (Goal("fields", "phone"), 1),
    Concept.MOBILE_PHONE: (Goal("fields", "phone"), 2),
    Concept.HOME_PHONE: (Goal("fields", "phone"), 3),
    Concept.OTHER_PHONE: (Goal("fields", "phone"), 4),
    Concept.COMPANY: (Goal("fields", "company_name"), 0),
    Concept.SOURCE: (Goal("fields", "source"), 0),
    Concept.OWNER: (Goal("fields", "referring_employee"), 0),
    Concept.NOTES: (Goal("fields", "notes"), 0),
    Concept.DESCRIPTION: (Goal("fields", "notes"), 1),
    Concept.REGISTER_NUMBER: (Goal("fields", "business_id"), 0),
    Concept.VAT_NUMBER: (Goal("fields", "business_id"), 1),
    Concept.RECORD_ID: (Goal("fields", "business_id"), 2),
}
"""Where a concept goes, and its place among those that go there: the first that has any value is meant."""

_NEVER_SURE = frozenset({Concept.OTHER_EMAIL, Concept.OTHER_PHONE, Concept.RECORD_ID})

_BY_VALUES = (
    (Form.UUID, 0.95, Goal("lead", "id"), 0.45),
    (Form.EMAIL, 0.8, Goal("fields", "email"), 0.6),
    (Form.COMPANY, 0.3, Goal("fields", "company_name"), 0.5),
    (Form.GIVEN_NAME, 0.5, Goal("fields", "first_name"), 0.45),
    (Form.FAMILY_NAME, 0.5, Goal("fields", "last_name"), 0.45),
    (Form.PHONE, 0.9, Goal("fields", "phone"), 0.45),
)
"""What values alone let one think of a column: form, the least share that has it, goal, confidence."""
_PLAINLY = 0.9
_LAST = 9
"""Behind all that headers say."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A goal that a column may have, and how it stands among the columns that may have it."""

    candidate: Candidate
    order: tuple[int, int]
    """Precedence of its concept, and its rank within it; the smallest is meant."""
    is_filled: bool
    may_be_sure: bool = True
    verdict: Verdict = Verdict.SILENT
    """What the values say to it."""

    @property
    def goal(self) -> Goal:
        """Give the goal that is claimed."""
        return self.candidate.goal

    @property
    def confidence(self) -> float:
        """Give the confidence, from 0 to 1."""
        return self.candidate.confidence

    @property
    def is_sure(self) -> bool:
        """Tell whether the column by itself leaves no doubt."""
        return self.may_be_sure and self.confidence >= SURE


@dataclass(frozen=True, slots=True)
class Claims:
    """All that a column may be."""

    claims: Sequence[Claim]
    """The likeliest first."""
    is_full_name: bool
    is_refuted: bool
    """The header says plainly what the column is, and the values are something else."""
    missed: Goal | None
    """The goal that it would have, were it not for its values."""
    nothing: float
    """The confidence that it is known and nothing of Keen's."""
    why_nothing: str


def claims_of(
    matches: Sequence[HeaderMatch], shape: Shape, header: str, definitions: Sequence[Definition], *, is_only_uuid: bool
) -> Claims:
    """Weigh what a header may say against the values below it."""
    found: dict[Goal, Claim] = {}
    for claim in _all(matches, shape, header, definitions, is_only_uuid=is_only_uuid):
        known = found.get(claim.goal)
        if claim.confidence >= LIKELY and (known is None or known.confidence < claim.confidence):
            found[claim.goal] = claim
    full = next((match for match in matches if match.concept is Concept.FULL_NAME), None)
    full_name = _confidence(full.score, opinion(Concept.FULL_NAME, shape).verdict) if full else 0.0
    other = next((match for match in matches if match.concept is Concept.OTHER), None)
    nothing = max(full_name, other.score * Verdict.FITS.value if other else 0.0)
    why = (full.why if full and full_name == nothing else other.why if other else "") if nothing else ""
    ordered = sorted(found.values(), key=lambda claim: -claim.confidence)
    best = ordered[0].confidence if ordered else 0.0
    is_refuted = _is_refuted(matches, shape)
    missed = _GOALS[matches[0].concept][0] if is_refuted and matches[0].concept in _GOALS else None
    return Claims(ordered, full_name >= LIKELY and full_name > best, is_refuted, missed, nothing, why)


def _is_refuted(matches: Sequence[HeaderMatch], shape: Shape) -> bool:
    said = matches[0] if matches and matches[0].score >= _PLAINLY else None
    return said is not None and opinion(said.concept, shape).verdict is Verdict.REFUTES


def _all(
    matches: Sequence[HeaderMatch], shape: Shape, header: str, definitions: Sequence[Definition], *, is_only_uuid: bool
) -> Iterator[Claim]:
    for match in matches:
        if match.concept in _GOALS:
            yield _by_header(match, shape)
        if match.concept is Concept.RECORD_ID and is_only_uuid and "lead" in header.casefold():
            # Keen's own word is lead, and other systems' leads have such ids too: a person must say.
            evidence = (match.why, told(shape, Form.UUID), "and no other column has any")
            yield Claim(Candidate(Goal("lead", "id"), _DOUBTED, evidence), (1, 0), is_filled=True, may_be_sure=False)
    for definition in definitions:
        name, verdict, why = property_likeness(definition, header, shape)
        if name:
            confidence = min(_confidence(name.score, verdict), 1.0 if name.is_certain else _DOUBTED)
            candidate = Candidate(Goal("properties", definition.name, definition), confidence, (name.why, *why))
            yield Claim(candidate, (0, 0), bool(shape.filled), may_be_sure=name.is_certain, verdict=verdict)
    if not any(match.score >= _SAID for match in matches):
        for form, least, goal, confidence in _BY_VALUES:
            if shape.filled and shape.share(form) >= least and (form is not Form.UUID or is_only_uuid):
                yield Claim(
                    Candidate(goal, confidence, (told(shape, form), "the header does not say so")),
                    (_LAST, 0),
                    is_filled=True,
                    may_be_sure=False,
                )


def _by_header(match: HeaderMatch, shape: Shape) -> Claim:
    goal, precedence = _GOALS[match.concept]
    verdict, why = opinion(match.concept, shape)
    confidence = _confidence(match.score, verdict)
    may_be_sure = match.concept not in _NEVER_SURE
    if not may_be_sure:
        confidence = min(confidence, _DOUBTED)
    evidence = (match.why, why) if why else (match.why,)
    return Claim(
        Candidate(goal, confidence, evidence), (precedence, match.rank), bool(shape.filled), may_be_sure, verdict
    )


def _confidence(score: float, verdict: Verdict) -> float:
    """Give the confidence of a header that values prove, fit, or speak against."""
    if verdict is Verdict.PROVES:
        score = 1 - (1 - score) * _PROVEN
    return round(score * verdict.value, 3)
