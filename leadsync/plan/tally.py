"""A plan in numbers: what it changes by field, and what is not in it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from leadsync.codes import Code
from leadsync.plan.records import Change, ChangeKind, PlanChunk
from leadsync.records import Example, Issue, JsonValue, Row, Status

_EXAMPLES = 3
_FIRST_SHOWN = (ChangeKind.CLEARS, ChangeKind.CHANGES, ChangeKind.FILLS, ChangeKind.CANNOT_BE_UNDONE)


@dataclass(frozen=True, slots=True)
class ChangeExample:
    """One change that stands for others of its field and kind."""

    place: str
    """`Leads!17`."""
    lead_id: str
    kind: ChangeKind
    old: JsonValue
    new: JsonValue


@dataclass(slots=True)
class FieldTally:
    """What is planned for one field."""

    key: str
    """The standard field's name, or the `property_definitions_id`."""
    name: str
    """What a person is shown."""
    kinds: Counter[ChangeKind] = field(default_factory=Counter)
    """How many values by what becomes of them."""
    _examples: dict[ChangeKind, list[ChangeExample]] = field(default_factory=lambda: {kind: [] for kind in ChangeKind})

    def add(self, row: Row, lead_id: str, change: Change) -> None:
        """Count a change."""
        kind = change.kind
        self.kinds[kind] += 1
        examples = self._examples[kind]
        if len(examples) < _EXAMPLES:
            examples.append(ChangeExample(str(row), lead_id, kind, change.old, change.new))

    @property
    def examples(self) -> Sequence[ChangeExample]:
        """Give up to three changes: the first of each kind, what clears a value before all others, then more."""
        kinds = [self._examples[kind] for kind in _FIRST_SHOWN]
        return [example for turn in range(_EXAMPLES) for of in kinds for example in of[turn : turn + 1]][:_EXAMPLES]


class PlanTally:
    """Counts what a plan says, while it is written or read, and the rows that are not in it."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = dict(names)
        """What a person is shown for a key."""
        self._fields: dict[str, FieldTally] = {}
        self._remarks: Counter[Code] = Counter()
        self._remarked: dict[Code, tuple[Issue, Row]] = {}
        self.rows = 0
        """Rows of the plan."""
        self.changing = 0
        """Those of them that send something; of the others only something is said."""
        self.left_out: tuple[Example, ...] = ()
        """What became of the rows that are not in it, by code: those that change nothing (`unchanged`), those of which
        a policy keeps everything back, the leads that cannot be found or reached, and so on."""

    def add(self, planned: PlanChunk) -> None:
        """Count the rows of a chunk."""
        for row in planned.rows:
            place = planned.chunk.row(row.row)
            for change in row.changes:
                tally = self._fields.get(change.key)
                if tally is None:
                    tally = self._fields[change.key] = FieldTally(change.key, self.names.get(change.key, change.key))
                tally.add(place, row.lead_id, change)
            self.changing += any(change.new is not None for change in row.changes)
            if row.remark:
                self._remarks[row.remark.code] += 1
                self._remarked.setdefault(row.remark.code, (row.remark, place))
        self.rows += len(planned.rows)

    def leave_out(self, examples: Iterable[Example]) -> None:
        """Take down what became of all rows that were looked at; those that are planned are none that is left out."""
        self.left_out += tuple(example for example in examples if example.code is not Code.PLANNED)

    @property
    def fields(self) -> Sequence[FieldTally]:
        """Give what is planned by field, in the order in which they first came."""
        return list(self._fields.values())

    @property
    def remarks(self) -> Sequence[Example]:
        """Give what is said of rows that are in the plan besides, such as a field that is kept back."""
        return [
            Example(Status.NOT_SENT, code, self._remarks[code], issue.message, str(issue.cell or place))
            for code, (issue, place) in self._remarked.items()
        ]

    @property
    def kinds(self) -> Counter[ChangeKind]:
        """Count the values of all fields by what becomes of them."""
        return sum((tally.kinds for tally in self._fields.values()), Counter())

    @property
    def unchanged(self) -> int:
        """Give how many rows change nothing."""
        return sum(example.count for example in self.left_out if example.status is Status.UNCHANGED)

    @property
    def rows_read(self) -> int:
        """Give how many rows were looked at, with those of the plan."""
        return self.rows + sum(example.count for example in self.left_out)
