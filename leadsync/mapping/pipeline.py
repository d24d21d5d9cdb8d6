"""One field's way from a column of cells to a column of values.

Transforms are cheap and run over the column; where there are costlier steps, all is worked out once per distinct cell.

The order is fixed: transforms, lookup, type or phone, checks. A blank cell (before or after the transforms, or by
the lookup) leaves the way at once. Between the steps a value is a text, or a `Verdict` or `Refusal` that no later
step touches.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import NamedTuple, TypeAlias, cast

from leadsync.codes import Code
from leadsync.mapping.characters import blank_rows, can_be_sent, what_cannot_be_sent
from leadsync.mapping.transforms import ColumnTransform
from leadsync.quoting import quote
from leadsync.records import JsonValue

CLEARED = ""
"""What `on_blank: clear` sends. keen-api.md does not document that an empty string clears a field (see its "Not
documented"); should Keen want something else, this is the one place."""


class Refusal(NamedTuple):
    """Why a text cannot be sent."""

    code: Code
    reason: str
    """The rest of a sentence that begins with the column: `"abc" is not a number.`"""


class Verdict(Enum):
    """What a cell turned out to be, other than a text to send."""

    BLANK = 0
    LEFT_OUT = 1


Stage: TypeAlias = str | Verdict | Refusal
Result: TypeAlias = "JsonValue | Refusal"
Step: TypeAlias = Callable[[list[str]], list[Stage]]
Cast: TypeAlias = Callable[[list[str]], list[JsonValue]]


def each(stage: Callable[[str], Stage]) -> Step:
    """Make a step of what is worked out for one text at a time."""
    return partial(_each, stage)


def _each(stage: Callable[[str], Stage], texts: list[str]) -> list[Stage]:
    return list(map(stage, texts))


class Converted(NamedTuple):
    """A column of values, and the refusals by row."""

    values: Sequence[JsonValue]
    """None where the row leaves the target unchanged, or is refused."""
    refusals: Mapping[int, Refusal]


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The compiled way of one field."""

    transforms: tuple[ColumnTransform, ...] = ()
    steps: tuple[Step, ...] = ()
    value: Cast | None = None
    """Makes the JSON value of the final text; None where the text itself is sent."""
    blank: str | Refusal | None = None
    """What becomes of a blank cell: nothing, the text that clears, or a refusal."""

    def run(self, cells: Sequence[str]) -> Converted:
        """Convert a column of cells."""
        distinct = list(dict.fromkeys(cells) if self.steps else cells)
        results = self._distinct(distinct)
        refused = Refusal in set(map(type, results))
        if len(distinct) < len(cells):
            by_cell = dict(zip(distinct, results, strict=True))
            results = list(map(by_cell.__getitem__, cells))
        if not refused:
            return Converted(cast("list[JsonValue]", results), {})
        refusals = {row: result for row, result in enumerate(results) if isinstance(result, Refusal)}
        return Converted([None if isinstance(result, Refusal) else result for result in results], refusals)

    def _distinct(self, cells: list[str]) -> list[Result]:
        texts = cells
        for transform in self.transforms:
            texts = transform(texts)
        stages = _judged(cells, texts)
        for step in self.steps:
            stages = _stepped(step, stages)
        texts = _texts(stages)
        made = cast("list[JsonValue]", texts) if self.value is None else self.value(texts)
        if len(texts) == len(stages):
            return cast("list[Result]", made)
        values = iter(made)
        return [next(values) if isinstance(stage, str) else self._without_text(stage) for stage in stages]

    def _without_text(self, stage: Verdict | Refusal) -> str | Refusal | None:
        if stage is Verdict.BLANK:
            return self.blank
        return stage if isinstance(stage, Refusal) else None


def _texts(stages: list[Stage]) -> list[str]:
    """Give the texts that are still on the way: mostly all, which is known sooner than each is looked at."""
    if set(map(type, stages)) == {str}:
        return cast("list[str]", stages)
    return [stage for stage in stages if isinstance(stage, str)]


def _stepped(step: Step, stages: list[Stage]) -> list[Stage]:
    texts = _texts(stages)
    stepped = step(texts)
    if len(texts) == len(stages):
        return stepped
    following = iter(stepped)
    return [next(following) if isinstance(stage, str) else stage for stage in stages]


def _judged(cells: list[str], texts: list[str]) -> list[Stage]:
    """Set apart what is blank, before or after the transforms, and what is no text that can be sent."""
    joined = "".join(texts)
    stages: list[Stage] = list(texts) if can_be_sent(joined) else [sendable(text) for text in texts]
    for row in blank_rows(texts, joined):
        stages[row] = Verdict.BLANK
    if texts is not cells:
        for row in blank_rows(cells, "".join(cells)):
            stages[row] = Verdict.BLANK
    return stages


def sendable(text: str) -> str | Refusal:
    """Refuse what cannot be sent: control characters but tab, LF and CR, and lone surrogates."""
    why = what_cannot_be_sent(text)
    return text if why is None else Refusal(Code.INVALID_TEXT, f"{quote(text)} holds {why}")
