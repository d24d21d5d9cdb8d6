"""YAML read as text with places: every scalar stays as it was written, and every key and value knows its line.

Built from the parser's events, not from constructed values, so that `0123` and `no` stay what they are. Aliases
share one node; a node knows how many it stands for, so an alias bomb is refused before it is expanded.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from leadsync.errors import Fault, MappingError, Spot
from leadsync.mapping.lines import LINE_END, Lines, Place, without_secrets
from leadsync.quoting import quote

MAX_BYTES = 1_000_000
MAX_NODES = 20_000
MAX_DEPTH = 20

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"
Loc: TypeAlias = tuple[str | int, ...]


_PARTS = re.compile(r'((?:"[^"]*"|[^".?]|[.?](?! ))*[.?]) (.+)')
"""A sentence that says what is wrong, and what to do about it; a full stop within quotation marks ends nothing."""


@dataclass(frozen=True, slots=True)
class Node:
    """A value of the document: a text, None, a sequence, or a mapping of keys to their own place and value."""

    place: Place
    value: "str | tuple[Node, ...] | dict[str, tuple[Place, Node]] | None"
    is_quoted: bool = False
    size: int = 1
    written: str = ""
    """Of a scalar: its text, also where YAML reads it as null."""

    def plain(self) -> Plain:
        """Give the value as text, lists and dictionaries."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, (_, node) in self.value.items()}
        if isinstance(self.value, tuple):
            return [node.plain() for node in self.value]
        return self.value

    def step(self, key: str | int) -> "tuple[Place, Node] | None":
        """Give the place of a key and its value, or None where there is no such key."""
        if isinstance(self.value, dict):
            return self.value.get(key) if isinstance(key, str) else None
        if isinstance(self.value, tuple) and isinstance(key, int) and key < len(self.value):
            return self.value[key].place, self.value[key]
        return None


@dataclass(frozen=True, slots=True)
class Document:
    """A mapping file as it was written."""

    root: Node
    faults: tuple[Fault, ...]
    lines: Lines

    def fault(self, place: Place, text: str, earlier: Place | None = None) -> Fault:
        """Say in one or two sentences what is wrong at a place, and what to do."""
        return fault_of(self.lines, place, text, earlier)

    def spot(self, loc: Loc) -> Spot:
        """Give the place of the value at a path, with its line."""
        return self.lines.spot(self.node(loc).place)

    def key(self, loc: Loc) -> Place:
        """Give the place of the last key of a path (or of the deepest one that stands in the file)."""
        return self._follow(loc)[0]

    def node(self, loc: Loc) -> Node:
        """Give the value at a path (or the deepest one that stands in the file)."""
        return self._follow(loc)[1]

    def _follow(self, loc: Loc) -> tuple[Place, Node]:
        place, node = self.root.place, self.root
        for key in loc:
            place, node = node.step(key) or (place, node)
        return place, node

    def empty(self) -> Iterator[Loc]:
        """Give the paths of all keys and items that have no value."""
        yield from _empty(self.root, ())


def read_document(path: str, content: bytes) -> Document:
    """Compose the document; the path is only named in messages.

    Raises MappingError where no document can be made of it; lesser faults are in `Document.faults`.
    """
    text = _decoded(path, content)
    lines = Lines(path, text)
    composer = _Composer(lines)
    try:
        root = composer.compose(YAML(typ="safe", pure=True).parse(text))
    except ReaderError as error:
        what = "a character stands here that YAML does not allow. Delete it."
        raise complain([fault_of(lines, _place_at(text, error.position), what)]) from None
    except MarkedYAMLError as error:
        raise complain([*composer.faults, _syntax_fault(lines, error)]) from None
    except (YAMLError, ValueError, OverflowError):
        raise MappingError(f"{path}: the file is not YAML that can be read. Write it anew by the README.") from None
    except _UnusableError as error:
        raise complain([*composer.faults, error.args[0]]) from None
    if root is None or root.value is None:
        raise MappingError(f'{path}: the mapping is empty. It begins with "version: 1".')
    if not isinstance(root.value, dict):
        what = 'the mapping must consist of keys and values, such as "version: 1".'
        # What stands in a file that is no mapping is shown to nobody.
        raise complain([fault_of(Lines(path, ""), root.place, what)])
    return Document(root, tuple(composer.faults), lines)


def complain(faults: Sequence[Fault]) -> MappingError:
    """Make one error of all faults: a line for each, in order of place."""
    ordered = sorted(dict.fromkeys(faults), key=lambda fault: (fault.spot.line, fault.spot.column, fault.sentence))
    return MappingError.of(ordered)


def fault_of(lines: Lines, place: Place, text: str, earlier: Place | None = None) -> Fault:
    """Make a fault of one or two sentences: what is wrong, and what to do."""
    parts = _PARTS.fullmatch(text)
    sentence, remedy = (parts[1], parts[2]) if parts else (text, "")
    spots = [lines.spot(each) for each in (place, earlier) if each]
    return Fault(spots[0], without_secrets(sentence, *spots), without_secrets(remedy, *spots), *spots[1:])


class _UnusableError(Exception):
    """Carries the fault that ends the reading of a document."""


def _decoded(path: str, content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise MappingError(f"{path}: the file is larger than {MAX_BYTES:,} bytes; this is no mapping.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = _place_at(error.object[: error.start].decode(), None)
        lines = Lines(path, content.decode("utf-8-sig", "replace"))
        raise complain([fault_of(lines, place, "the file is not UTF-8 text from here on. Save it as UTF-8.")]) from None


def _place_at(text: str, position: int | None) -> Place:
    """Give the place of a character, or of what comes after the last one."""
    before = LINE_END.split(text[:position])
    return Place(len(before), len(before[-1]) + 1)


_HINTS = (
    ("that cannot start any token", "tab", "indent with spaces, not with tabs"),
    ("that cannot start any token", "", "put the value in quotes"),
    (
        "mapping values are not allowed",
        "",
        'a value with ": " in it must be in quotes, and keys must be in line',
    ),
    (
        "expected <block end>",
        "",
        'check the indentation; a value that begins with "{", "[" or a quote must be in quotes',
    ),
    ("end of stream", "", "close the quote"),
    ("stream end", "", "close the bracket"),
    ("expected ','", "", "close the bracket, or put the value in quotes"),
    ("could not find expected ':'", "", 'a key is followed by ": "'),
    ("escape", "", "use single quotes, in which a backslash is only a backslash"),
)


def _syntax_fault(lines: Lines, error: MarkedYAMLError) -> Fault:
    mark = error.problem_mark or error.context_mark
    place = Place(1, 1) if mark is None else Place(mark.line + 1, mark.column + 1)
    problem = str(error.problem or error.context or "it breaks off").replace("'\\t'", "tab")
    hint = next((hint for part, also, hint in _HINTS if part in problem and also in problem), "check it")
    return fault_of(lines, place, f"this is not valid YAML ({problem}): {hint}.")


def _is_null(event: ScalarEvent) -> bool:
    return event.implicit[0] and event.value in {"", "~", "null", "Null", "NULL"}


def _place(event: Any, end: Any = None) -> Place:
    """Give where an event begins; of a collection in brackets or braces, up to its end."""
    start, stop = event.start_mark, (end or event).end_mark
    is_block = isinstance(event, MappingStartEvent | SequenceStartEvent) and not event.flow_style
    length = 1 if is_block else stop.column - start.column if stop.line == start.line else MAX_BYTES
    return Place(start.line + 1, start.column + 1, max(length, 1))


class _Composer:
    """Makes nodes of the parser's events, and gathers what is wrong but does not end the reading."""

    def __init__(self, lines: Lines) -> None:
        self.faults: list[Fault] = []
        self._lines = lines
        self._anchors: dict[str, Node | None] = {}
        self._events: Iterator[Any] = iter(())

    def compose(self, events: Iterator[Any]) -> Node | None:
        root: Node | None = None
        self._events = events
        for event in events:
            if isinstance(event, DocumentStartEvent):
                if root is not None:
                    raise self._unusable(_place(event), "a second document begins here; a mapping is only one.")
                root = self._node(next(events), 0)
        return root

    def _complain(self, place: Place, text: str, earlier: Place | None = None) -> None:
        self.faults.append(fault_of(self._lines, place, text, earlier))

    def _unusable(self, place: Place, text: str) -> _UnusableError:
        return _UnusableError(fault_of(self._lines, place, text))

    def _node(self, event: Any, depth: int) -> Node:
        if isinstance(event, AliasEvent):
            return self._alias(event)
        if event.tag is not None:
            self._complain(_place(event), f"the tag {quote(event.tag)} has no meaning here. Take it out.")
        if depth > MAX_DEPTH:
            raise self._unusable(_place(event), "this is nested too deeply for a mapping.")
        if event.anchor is not None:
            self._anchors[event.anchor] = None
        node = self._fresh(event, depth)
        if node.size > MAX_NODES:
            raise self._unusable(node.place, f"this stands for more than {MAX_NODES:,} values; too many.")
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        return node

    def _fresh(self, event: Any, depth: int) -> Node:
        if isinstance(event, SequenceStartEvent):
            return self._sequence(event, depth)
        if isinstance(event, MappingStartEvent):
            return self._mapping(event, depth)
        is_quoted = not event.implicit[0]
        return Node(_place(event), None if _is_null(event) else event.value, is_quoted, written=event.value)

    def _alias(self, event: AliasEvent) -> Node:
        name = event.anchor
        node = self._anchors.get(name)
        if node is not None:
            return node
        within = "lies within what it stands for" if name in self._anchors else "has no anchor above it"
        self._complain(_place(event), f'the alias "*{name}" {within}. Write the value out.')
        return Node(_place(event), f"*{name}")

    def _sequence(self, event: SequenceStartEvent, depth: int) -> Node:
        items: list[Node] = []
        size = 1
        while not isinstance(following := next(self._events), SequenceEndEvent):
            items.append(self._node(following, depth + 1))
            size += items[-1].size
        return Node(_place(event, following), tuple(items), size=size)

    def _mapping(self, event: MappingStartEvent, depth: int) -> Node:
        entries: dict[str, tuple[Place, Node]] = {}
        size = 1
        while not isinstance(following := next(self._events), MappingEndEvent):
            place = _place(following)
            key = self._key(following, depth)
            node = self._node(next(self._events), depth + 1)
            size += node.size + 1
            if key is None:
                continue
            if key == "blanks":
                node = _as_written(node)
            if key in entries:
                first = entries[key][0]
                what = f"{quote(key)} stands here a second time; the first is on line {first.line}. Keep one."
                self._complain(place, what, first)
            else:
                entries[key] = (place, node)
        return Node(_place(event, following), entries, size=size)

    def _key(self, event: Any, depth: int) -> str | None:
        node = self._node(event, depth + 1)
        if not isinstance(node.value, str):
            self._complain(_place(event), "a key must be a text. Put it in quotes if it is one.")
            return None
        if node.value == "<<" and not node.is_quoted:
            self._complain(_place(event), 'merge keys ("<<") are not read. Write the keys out.')
            return None
        return node.value


def _as_written(node: Node) -> Node:
    """Read NULL and the like as texts, where texts that count as blank are declared."""
    if isinstance(node.value, tuple):
        return replace(node, value=tuple(map(_as_written, node.value)))
    return replace(node, value=node.written) if node.value is None and node.written else node


def _empty(node: Node, loc: Loc) -> Iterator[Loc]:
    if node.value is None:
        yield loc
    elif isinstance(node.value, dict):
        for key, (_, below) in node.value.items():
            yield from _empty(below, (*loc, key))
    elif isinstance(node.value, tuple):
        for position, below in enumerate(node.value):
            yield from _empty(below, (*loc, position))
