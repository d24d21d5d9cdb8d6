"""Marks of numbers that nobody declares: all rows are looked at, and the column decides."""

from collections import Counter, abc
from collections.abc import Collection
from dataclasses import replace

from leadsync.mapping.bind import BoundField, BoundMapping
from leadsync.mapping.cells import field_cells
from leadsync.mapping.number_marks import Convention, Kind, convention_of
from leadsync.mapping.spec import Undeclared
from leadsync.records import Chunk


class Evidence:
    """What the cells of a source tell of the marks of its numbers, where the mapping does not declare them.

    A cell that a workbook knows to be a number is no evidence, nor is a row that is left out or could not be read.
    Without a look at any row nothing is known: doubtful numbers are refused.
    """

    def __init__(self, bound: BoundMapping) -> None:
        self._bound = bound
        self._fields = [(field, field.field.undeclared) for field in bound.fields if field.field.undeclared]
        self._counts: dict[str, Counter[Kind]] = {_key(field): Counter() for field, _ in self._fields}

    @property
    def is_needed(self) -> bool:
        """Tell whether there is a field of which the marks are not declared."""
        return bool(self._fields)

    def look(self, chunk: Chunk) -> None:
        """Count what the numbers of a chunk of the source tell."""
        for field, undeclared in self._fields:
            self._counts[_key(field)] += _kinds(field, undeclared, chunk)

    def marks(self) -> dict[str, str]:
        """Give what the rows tell so far, for each field that needs it; JSON can keep it."""
        return {key: convention_of(counts).value for key, counts in self._counts.items()}

    def decide(self) -> BoundMapping:
        """Give the mapping that reads the numbers as the rows tell so far; the same where nothing need be told."""
        return with_marks(self._bound, self.marks()) if self.is_needed else self._bound


def with_marks(bound: BoundMapping, marks: abc.Mapping[str, str]) -> BoundMapping:
    """Give the mapping that reads its numbers by the marks that `Evidence.marks` gave.

    Of a field that they do not tell of, nothing is known.
    """
    return replace(bound, fields=tuple(_decided(field, marks.get(_key(field))) for field in bound.fields))


def _decided(bound: BoundField, word: str | None) -> BoundField:
    undeclared = bound.field.undeclared
    if undeclared is None:
        return bound
    convention = Convention.UNKNOWN if word is None else Convention(word)
    return replace(bound, field=replace(bound.field, pipeline=undeclared.pipeline(convention), convention=convention))


def _key(bound: BoundField) -> str:
    target = bound.field.target
    return f"{'properties' if target.is_property else 'fields'}.{target.name}"


def _kinds(bound: BoundField, undeclared: Undeclared, chunk: Chunk) -> Counter[Kind]:
    typed: Collection[int] = () if bound.field.template else chunk.typed.get(bound.positions[0], ())
    if len(typed) == len(chunk):
        return Counter()
    cells = field_cells(bound, chunk)
    if typed or chunk.left_out or chunk.issues:
        out = {*typed, *chunk.left_out, *chunk.issues}
        cells = [cell for row, cell in enumerate(cells) if row not in out]
    counts: Counter[Kind] = Counter()
    for text, count in Counter(undeclared.before.run(cells).values).items():
        kind = undeclared.kind(text) if isinstance(text, str) else None
        if kind is not None:
            counts[kind] += count
    return counts
