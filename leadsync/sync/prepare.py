"""Before row 1: the mapping is read, the sources are opened, and the one is bound to the columns of the others."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from math import inf
from pathlib import Path
from typing import Self

from leadsync.errors import SourceError
from leadsync.loader import Source, open_source
from leadsync.mapping import BoundMapping, bind, load_mapping
from leadsync.mapping import Mapping as LeadMapping
from leadsync.records import Chunk, SourceOptions
from leadsync.sync.hints import hint
from leadsync.sync.job import Inputs, SourceFile
from leadsync.sync.spill import Spill


@dataclass(frozen=True, slots=True)
class Bound:
    """A source, and the mapping bound to its columns."""

    number: int
    """Its place among the sources, from 0."""
    source: Source
    mapping: BoundMapping


@dataclass(frozen=True, slots=True)
class Work:
    """What a run works on: its mapping is read, and its sources are open."""

    inputs: Inputs
    mapping: LeadMapping
    sources: "Sources"

    @property
    def paths(self) -> list[Path]:
        """Give where the sources lie; what came by a pipe or from an address lies nowhere."""
        files = zip(self.inputs.sources, self.sources.files, strict=True)
        return [file.at or Path(file.name) for file, source in files if source.piped is None]

    @property
    def has_report(self) -> bool:
        """Tell whether a source is a report of ours that is fed again."""
        return any(source.layout.is_report for source in self.sources.files)


@contextmanager
def prepare(inputs: Inputs, mapping: LeadMapping | None = None) -> Iterator[Work]:
    """Read the mapping, unless somebody has, and open the sources; standard input is read to its end here.

    Raises MappingError or SourceError where one of them cannot be used.
    """
    mapping = mapping or load_mapping(inputs.mapping)
    with Sources(inputs, mapping) as sources:
        yield Work(inputs, mapping, sources)


class Sources:
    """The sources, open and bound, which can be read more than once; a context manager."""

    def __init__(self, inputs: Inputs, mapping: LeadMapping) -> None:
        self._limit = inputs.limit
        self._stack = ExitStack()
        self._spill: Spill | None = None
        with self._stack:
            options = _options(inputs, mapping)
            opened = [
                self._stack.enter_context(open_source(file.name, options, at=file.at, was_piped=file.was_piped))
                for file in inputs.sources
            ]
            _tell_apart(opened)
            self.bound = [
                Bound(number, source, _bound(mapping, inputs.sources[number], source, options))
                for number, source in enumerate(opened)
            ]
            self.starts: list[float] = [inf] * len(opened)
            """The position in the run of each source's first row; infinite until it is read."""
            self._stack = self._stack.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._stack.close()

    @property
    def files(self) -> Sequence[Source]:
        """Give the open sources in their order."""
        return [bound.source for bound in self.bound]

    def estimate_rows(self) -> int | None:
        """Give about how many rows there are, where that can be told without reading them."""
        counts = [bound.source.estimate_rows() for bound in self.bound]
        known = [count for count in counts if count is not None]
        if len(known) < len(counts):
            return self._limit
        return min(sum(known), self._limit or sum(known))

    def rebind(self, number: int, mapping: BoundMapping) -> None:
        """Translate a source another way from now on: its rows have told how they are to be read."""
        self.bound[number] = replace(self.bound[number], mapping=mapping)

    def chunks(self) -> Iterator[tuple[Bound, Chunk]]:
        """Give all rows in order, a chunk at a time, each with its source.

        The cells of a chunk that is kept are packed: `spill.unspilled` brings them.
        """
        first = 0
        for bound in self.bound:
            self.starts[bound.number] = first
            is_kept = self._spill is not None and self._spill.has(bound.number)
            for chunk in (
                self._spill.chunks(bound.number) if self._spill and is_kept else self._read(bound.number, first)
            ):
                yield bound, chunk
                first += len(chunk)

    def spill_into(self, folder: Path) -> None:
        """Keep what `chunks_of` gives from now on, so that `chunks` need not read it again; raises StateError."""
        self._spill = self._stack.enter_context(Spill(folder))

    def chunks_of(self, number: int, first: int) -> Iterator[Chunk]:
        """Give the rows of one source, of which the first has the position `first` in the run."""
        chunks = self._read(number, first)
        return self._spill.keeping(number, chunks) if self._spill else chunks

    def _read(self, number: int, first: int) -> Iterator[Chunk]:
        if first == self._limit:
            return
        for chunk in self.bound[number].source.chunks(first):
            kept = chunk if self._limit is None else chunk.head(self._limit - first)
            if len(kept):
                yield kept
            first += len(kept)
            if first == self._limit:
                return


def _bound(mapping: LeadMapping, file: SourceFile, source: Source, options: SourceOptions) -> BoundMapping:
    try:
        return bind(mapping, source.headers, source.name, source.layout.positions)
    except SourceError as error:
        where = hint(file, source, options, mapping)
        raise SourceError(f"{error.message}\n{where}" if where else error.message) from error


def _tell_apart(sources: Sequence[Source]) -> None:
    """Label sheets of the same name with their files, as Excel does: `[book.xlsx]Leads`."""
    labels = Counter(source.sheet for source in sources)
    for source in sources:
        if labels[source.sheet] > 1:
            source.sheet = f"[{source.name}]{source.sheet}"


def _options(inputs: Inputs, mapping: LeadMapping) -> SourceOptions:
    """Give the mapping's way of reading a source, overruled by the command line."""
    options = mapping.source
    if inputs.sheet is not None:
        options = replace(options, sheet=inputs.sheet)
    if inputs.encoding is not None:
        options = replace(options, encoding=inputs.encoding)
    return options
