"""Which column gets which goal: one for each, and sure only where no other column could be meant."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from leadsync.counting import count
from leadsync.mapping.suggest.claims import LIKELY, SURE, Claim, Claims
from leadsync.mapping.suggest.spec import Candidate, Column, Goal, Proposal, Shape
from leadsync.mapping.suggest.verdicts import Verdict
from leadsync.quoting import NAME, quote
from leadsync.records import fold_header

_DOUBTED = 0.7
_TRUSTED = (
    frozenset(Verdict),
    frozenset({Verdict.PROVES, Verdict.FITS}),
    frozenset({Verdict.PROVES}),
)
"""What values must say of a column where none, one or more of the others are not what their headers say: whoever
exchanged two columns, or shifted all, did it to those that nobody can tell apart as well."""
_RIVAL = 0.15
"""A second goal of a column that is so little less likely leaves a doubt."""

LEAD, LEGACY = Goal("lead", "id"), Goal("lead", "legacy_id")
FIRST, LAST = Goal("fields", "first_name"), Goal("fields", "last_name")


@dataclass(frozen=True, slots=True)
class _Bid:
    """A claim of one column in the contest for a goal."""

    column: int
    claim: Claim

    @property
    def order(self) -> tuple[bool, bool, tuple[int, int], float, int]:
        """Give what decides, the smallest first: values there at all, a likely claim, precedence, confidence."""
        claim = self.claim
        return (not claim.is_filled, claim.confidence < SURE, claim.order, -claim.confidence, self.column)


def decide(columns: Sequence[Column], shapes: Sequence[Shape], claims: Sequence[Claims]) -> list[Proposal]:
    """Give each goal to the column that is meant, and each column its goal, or none."""
    usable = _usable(columns)
    bids = {place: list(of.claims) if usable[place] == "" else [] for place, of in enumerate(claims)}
    for place, of in enumerate(claims):
        if of.nothing >= max((claim.confidence for claim in of.claims), default=0.0):
            # That something is none of Keen's own fields does not keep it from being a property.
            bids[place] = [claim for claim in bids[place] if claim.goal.section == "properties"]
    won = _matched(bids)
    doubts = _doubts(won, bids, claims, columns)
    if LEAD in won and LEGACY in won:
        loser = LEAD if won[LEGACY].claim.is_sure and not won[LEAD].claim.is_sure else LEGACY
        doubts[won.pop(loser).column] = "a lead is known by one of its ids"
    by_column = {bid.column: bid for bid in won.values()}
    has_names = FIRST in won or LAST in won
    return [
        _proposal(
            column,
            shapes[place],
            claims[place],
            by_column.get(place),
            usable[place] or doubts.get(place, ""),
            taken={goal: columns[bid.column].header for goal, bid in won.items()},
            splits=not has_names,
        )
        for place, column in enumerate(columns)
    ]


def _usable(columns: Sequence[Column]) -> list[str]:
    """Say of each column why it cannot be named in a mapping; empty where it can."""
    counts = Counter(fold_header(column.header) for column in columns)
    return [
        "it has no header"
        if not column.header.strip()
        else f"{counts[folded]} columns are called so, and a mapping cannot tell them apart"
        if counts[folded := fold_header(column.header)] > 1
        else ""
        for column in columns
    ]


def _matched(bids: Mapping[int, Sequence[Claim]]) -> dict[Goal, _Bid]:
    """Let each column go for its likeliest goal, and for the next one where another column is meant by that."""
    won: dict[Goal, _Bid] = {}
    waiting = [(column, 0) for column, claims in bids.items() if claims]
    while waiting:
        column, which = waiting.pop()
        if which >= len(bids[column]):
            continue
        claim = bids[column][which]
        bid, holder = _Bid(column, claim), won.get(claim.goal)
        if holder is None or bid.order < holder.order:
            won[claim.goal] = bid
            if holder is not None:
                waiting.append((holder.column, _place(bids[holder.column], claim.goal) + 1))
        else:
            waiting.append((column, which + 1))
    return won


def _place(claims: Sequence[Claim], goal: Goal) -> int:
    return next(place for place, claim in enumerate(claims) if claim.goal == goal)


def _doubts(
    won: Mapping[Goal, _Bid], bids: Mapping[int, Sequence[Claim]], claims: Sequence[Claims], columns: Sequence[Column]
) -> dict[int, str]:
    """Say of the columns that won a goal why another column, or another goal, could be meant all the same."""
    doubts: dict[int, str] = {}
    refuted = sum(of.is_refuted for of in claims)
    trusted = _TRUSTED[min(refuted, len(_TRUSTED) - 1)]
    for goal, bid in won.items():
        if bid.claim.verdict not in trusted and bid.claim.is_filled:
            doubts[bid.column] = (
                f"{count(refuted, 'other column holds', 'other columns hold')} not what the header says"
            )
        for column, others in bids.items():
            rival = next((claim for claim in others if claim.goal == goal), None)
            if column == bid.column or rival is None or not rival.is_filled:
                continue
            is_as_good = rival.order == bid.claim.order and rival.confidence >= SURE
            is_before = rival.order < bid.claim.order and rival.confidence >= LIKELY
            if (is_as_good or is_before) and others[0].goal == goal:
                doubts[bid.column] = f"{quote(columns[column].header, NAME)} may be meant as well"
        missed = next((column for column, of in enumerate(claims) if of.missed == goal and column != bid.column), None)
        if missed is not None:
            doubts.setdefault(bid.column, f"{quote(columns[missed].header, NAME)} is called so too, and holds others")
        second = next((claim for claim in bids[bid.column] if claim.goal != goal), None)
        if second and second.confidence >= LIKELY and second.confidence > bid.claim.confidence - _RIVAL:
            doubts.setdefault(bid.column, f"it may be {second.goal} as well")
        if claims[bid.column].nothing > bid.claim.confidence - _RIVAL:
            doubts.setdefault(bid.column, f"but {claims[bid.column].why_nothing}")
    return doubts


def _proposal(
    column: Column,
    shape: Shape,
    claims: Claims,
    bid: _Bid | None,
    doubt: str,
    *,
    taken: Mapping[Goal, str],
    splits: bool,
) -> Proposal:
    candidates = [claim.candidate for claim in claims.claims]
    names = (FIRST, LAST) if claims.is_full_name and splits else None
    if bid is None:
        return Proposal(
            column, shape, candidates, None, is_sure=False, why=_left_out(claims, doubt, taken), names=names
        )
    chosen = bid.claim.candidate
    if doubt:
        chosen = replace(chosen, confidence=min(chosen.confidence, _DOUBTED), evidence=(*chosen.evidence, doubt))
    ordered = [chosen, *(candidate for candidate in candidates if candidate.goal != chosen.goal)]
    is_sure = bid.claim.is_sure and not doubt
    return Proposal(column, shape, ordered, chosen, is_sure, told_of(chosen), names)


def told_of(candidate: Candidate) -> str:
    """Give the confidence and the evidence in one line."""
    return f"{candidate.confidence:.0%}: {'; '.join(filter(None, candidate.evidence))}"


def _left_out(claims: Claims, doubt: str, taken: Mapping[Goal, str]) -> str:
    if doubt:
        return doubt
    if claims.claims and claims.claims[0].goal in taken and claims.nothing < claims.claims[0].confidence:
        goal = claims.claims[0].goal
        return f"{goal} comes from {quote(taken[goal], NAME)}"
    return claims.why_nothing or "nothing tells what it is"
