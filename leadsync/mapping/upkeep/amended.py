"""A mapping's text changed in places: columns renamed, entries commented out or added; all else stays as it stands.

The places are those of the YAML parser. What cannot be changed so, such as an entry of a flow mapping of several lines,
raises `CannotAmendError`; whether the changed text says what it should is for the caller to see.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode

from leadsync.mapping.contradictions import BRACES
from leadsync.mapping.scalars import scalar

_BEFORE_SCALAR = re.compile(r"(?:[&!]\S*\s+)+")
_LEAD_KEYS = ("id", "legacy_id")
_SECTIONS = ("fields", "properties")

Entry: TypeAlias = tuple[str, str]
"""`fields` or `properties`, and the name there."""


class CannotAmendError(Exception):
    """The text is written in a way that only a person can change."""


class Added(NamedTuple):
    """An entry that is added to a section."""

    why: Sequence[str]
    """Lines of the comment above it, without `#`."""
    line: str
    """`phone: Telefon`"""
    is_active: bool


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


def renamed(text: str, names: Mapping[str, str]) -> str:
    """Put other names of columns in the place of those that the mapping has; raises CannotAmendError."""
    edits: dict[int, _Edit] = {}
    for node, is_template in _column_nodes(_root(text)):
        value = _in_template(node.value, names) if is_template else names.get(node.value, node.value)
        if value != node.value:
            edits[node.start_mark.index] = _replacing(text, node, value)
    return _applied(text, edits.values())


def commented_out(text: str, entries: Mapping[Entry, str]) -> str:
    """Make comments of entries, each with a line above it that says why; raises CannotAmendError."""
    root = _root(text)
    edits: list[_Edit] = []
    for section in _SECTIONS:
        reasons = {name: why for (of, name), why in entries.items() if of == section}
        found = _section(root, section)
        if not reasons or found is None:
            continue
        key, value = found
        if value.flow_style:
            edits += _flow_without(text, key, value, reasons)
        else:
            edits += _block_without(text, key, value, reasons)
    return _applied(text, edits)


def added(text: str, section: str, entries: Sequence[Added]) -> str:
    """Put entries at the end of a section, which is made where it is not there; raises CannotAmendError."""
    if not entries:
        return text
    root = _root(text)
    found = _section(root, section)
    if found is None:
        return _with_new_section(text, root, section, entries)
    key, value = found
    if value.flow_style:
        return _applied(text, _flow_with(text, key, value, entries))
    indent = " " * value.value[0][0].start_mark.column
    at = _line_after(text, _end_of(text, value))
    return _applied(text, [_lines_at(text, at, _as_lines(entries, indent))])


def _root(text: str) -> MappingNode:
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except YAMLError:
        raise CannotAmendError from None
    if not isinstance(root, MappingNode) or root.flow_style:
        raise CannotAmendError
    return root


def _value(node: MappingNode, wanted: str) -> tuple[ScalarNode, ScalarNode | MappingNode] | None:
    return next(((key, value) for key, value in node.value if key.value == wanted), None)


def _section(root: MappingNode, name: str) -> tuple[ScalarNode, MappingNode] | None:
    found = _value(root, name)
    return (found[0], found[1]) if found and isinstance(found[1], MappingNode) else None


def _column_nodes(root: MappingNode) -> Iterator[tuple[ScalarNode, bool]]:
    """Give the scalars that name columns, and whether each is a template."""
    lead = _section(root, "lead")
    for key, value in lead[1].value if lead else ():
        if key.value in _LEAD_KEYS:
            yield value, False
    for name in _SECTIONS:
        section = _section(root, name)
        for _, value in section[1].value if section else ():
            if isinstance(value, ScalarNode):
                yield value, False
            elif isinstance(value, MappingNode):
                for key, below in value.value:
                    if key.value in ("column", "template"):
                        yield below, key.value == "template"


def _in_template(text: str, names: Mapping[str, str]) -> str:
    def one(found: re.Match[str]) -> str:
        new = names.get(found[1]) if found[1] else None
        if new is None:
            return found[0]
        if "{" in new or "}" in new:
            raise CannotAmendError
        return f"{{{new}}}"

    return BRACES.sub(one, text)


def _replacing(text: str, node: ScalarNode, value: str) -> _Edit:
    start, end = node.start_mark.index, node.end_mark.index
    before = _BEFORE_SCALAR.match(text, start, end)
    start = before.end() if before else start
    raw = text[start:end]
    new = scalar(value)
    if raw.startswith("'") and "'" not in value and value.isprintable():
        new = f"'{value}'"
    elif raw.startswith('"') and not new.startswith('"'):
        new = f'"{new}"'
    return _Edit(start, end, new + raw[len(raw.rstrip()) :])


def _end_of(text: str, node: ScalarNode | MappingNode) -> int:
    """Give the place behind the last character of a node; what the parser skips behind it does not count."""
    end: int = node.end_mark.index
    if not isinstance(node, ScalarNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end_of(text, last[1] if isinstance(last, tuple) else last)
    start: int = node.start_mark.index
    return start + len(text[start:end].rstrip())


def _line_of(text: str, at: int) -> int:
    """Give the place at which the line of a character begins."""
    return text.rfind("\n", 0, at) + 1


def _line_after(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _lines_at(text: str, at: int, lines: Iterable[str]) -> _Edit:
    """Put lines in at the beginning of a line, or at the end of a text that ends within one."""
    newline = _newline(text)
    content = "".join(f"{line}{newline}" for line in lines)
    if at == len(text) and not text.endswith("\n"):
        content = newline + content.removesuffix(newline)
    return _Edit(at, at, content)


def _as_lines(entries: Iterable[Added], indent: str) -> Iterator[str]:
    for entry in entries:
        yield from (f"{indent}# {line}" for line in entry.why)
        yield f"{indent}{'' if entry.is_active else '#'}{entry.line}"


def _block_without(text: str, key: ScalarNode, value: MappingNode, reasons: Mapping[str, str]) -> Iterator[_Edit]:
    if all(name.value in reasons for name, _ in value.value):
        # A key without a value is a mistake.
        yield _commented(text, key.start_mark.index, key.end_mark.index)
    for name, below in value.value:
        if name.value in reasons:
            indent = " " * name.start_mark.column
            start = _line_of(text, name.start_mark.index)
            yield _lines_at(text, start, [f"{indent}# {reasons[name.value]}"])
            yield _commented(text, name.start_mark.index, _end_of(text, below))


def _commented(text: str, start: int, end: int) -> _Edit:
    """Put `#` before each line from one place to another; the first must hold nothing before the place."""
    first, last = _line_of(text, start), _line_after(text, end)
    indent = start - first
    if text[first:start].strip():
        raise CannotAmendError
    lines = text[first:last].splitlines(keepends=True)
    if any(line[:indent].strip() for line in lines):
        raise CannotAmendError
    marked = [f"{line[:indent]}#{line[indent:]}" if line.strip() else line for line in lines]
    return _Edit(first, last, "".join(marked))


def _flow_without(text: str, key: ScalarNode, value: MappingNode, reasons: Mapping[str, str]) -> Iterator[_Edit]:
    kept = [_raw(text, *entry) for entry in value.value if entry[0].value not in reasons]
    gone = [Added([reasons[k.value]], _raw(text, k, v), is_active=False) for k, v in value.value if k.value in reasons]
    yield _above(text, key, gone)
    yield _flow(text, value, kept)


def _flow_with(text: str, key: ScalarNode, value: MappingNode, entries: Sequence[Added]) -> Iterator[_Edit]:
    comments = [entry for entry in entries if not entry.is_active]
    yield _above(text, key, comments)
    active = [entry.line for entry in entries if entry.is_active]
    if active:
        yield _flow(text, value, [*(_raw(text, *entry) for entry in value.value), *active])


def _raw(text: str, key: ScalarNode, value: ScalarNode | MappingNode) -> str:
    return text[key.start_mark.index : _end_of(text, value)]


def _above(text: str, key: ScalarNode, entries: Iterable[Added]) -> _Edit:
    told = [entry._replace(line=f"{key.value}: {{{entry.line}}}") for entry in entries]
    return _lines_at(text, _line_of(text, key.start_mark.index), _as_lines(told, " " * key.start_mark.column))


def _flow(text: str, value: MappingNode, entries: Iterable[str]) -> _Edit:
    start, end = value.start_mark.index, value.end_mark.index
    if "\n" in text[start:end] or not text[start:end].startswith("{"):
        raise CannotAmendError
    return _Edit(start, end, f"{{{', '.join(entries)}}}")


def _with_new_section(text: str, root: MappingNode, section: str, entries: Sequence[Added]) -> str:
    lines = list(_as_lines(entries, "  "))
    is_active = any(entry.is_active for entry in entries)
    before = _section(root, "properties") if section == "fields" else None
    made = [f"{'' if is_active else '#'}{section}:", *lines]
    if before is not None:
        return _applied(text, [_lines_at(text, _line_of(text, before[0].start_mark.index), [*made, ""])])
    after = _section(root, "fields") or _section(root, "lead")
    if after is None:
        raise CannotAmendError
    return _applied(text, [_lines_at(text, _line_after(text, _end_of(text, after[1])), ["", *made])])


def _applied(text: str, edits: Iterable[_Edit]) -> str:
    """Make all changes; those at one place stay in their order."""
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < at:
            raise CannotAmendError
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*pieces, text[at:]])
