"""Was an update stored as it was sent? The lead that Keen answered with, held against the request.

After keen-api.md, `update_lead`: Keen answers with the full updated lead; it stores a property value as text, numbers
and booleans stringified, objects and arrays as JSON.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import orjson

from leadsync.records import JsonValue

_NOT_FIELDS = frozenset({"action", "lead_id", "properties"})
_LONGEST_SHOWN = 200
"""Characters of a value in a message."""
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that Keen holds otherwise than it was sent."""

    name: str
    """The standard field's name, or the `property_definitions_id` as it was sent."""
    sent: str
    stored: str
    """Empty where the answer has no value."""


def differences(sent: Mapping[str, JsonValue], lead: Mapping[str, JsonValue]) -> Sequence[Difference]:
    """Compare the body of an `update_lead` with the lead of its answer; empty where all is stored as it was sent.

    Text must be equal; where `""` was sent, null and nothing are as good. Numbers are equal by value (`12.5` and
    `12.50`, `1e21` and `1e+21`), objects and arrays by what they say, whatever the order of keys. Of a property that
    is named twice, in the request or in the answer, the last counts. Whatever the answer looks like, nothing is
    raised: what cannot be read there is not stored.
    """
    found = [
        Difference(name, as_text(value), as_text(lead.get(name)))
        for name, value in sent.items()
        if name not in _NOT_FIELDS and lead.get(name) != value and as_text(lead.get(name)) != value
    ]
    properties = sent.get("properties")
    if properties:
        found.extend(_of_properties(properties, lead.get("property_values")))
    return found


def told(found: Sequence[Difference]) -> str:
    """Say what Keen holds otherwise than it was sent."""
    return " ".join(
        f'{each.name}: "{shown(each.sent)}" was sent, and Keen now holds "{shown(each.stored)}".' for each in found
    )


def shown(value: str) -> str:
    """Give a value for a message: on one line, and not too long."""
    line = "".join(letter if letter.isprintable() else " " for letter in value)
    return line if len(line) <= _LONGEST_SHOWN else f"{line[:_LONGEST_SHOWN]}…"


def _of_properties(properties: JsonValue, values: JsonValue) -> Iterator[Difference]:
    wanted = by_definition(properties)
    stored = by_definition(values)
    for key, (name, value) in wanted.items():
        _, held = stored.get(key, ("", None))
        if not is_stored(value, held):
            yield Difference(name, as_text(value), as_text(held))


def by_definition(entries: JsonValue) -> dict[str, tuple[str, JsonValue]]:
    """Give the id as written and the value of each entry that has an id, by the id in lower case."""
    found: dict[str, tuple[str, JsonValue]] = {}
    for entry in entries if isinstance(entries, list) else ():
        name = entry.get("property_definitions_id") if isinstance(entry, dict) else None
        if isinstance(entry, dict) and isinstance(name, str):
            found[name.lower()] = name, entry.get("value")
    return found


def is_stored(sent: JsonValue, held: JsonValue) -> bool:
    """Tell whether what Keen holds is what it makes of a property value; nearly always `held` is a text."""
    if isinstance(sent, str):
        return held == sent or as_text(held) == sent
    if isinstance(sent, bool):
        return as_text(held) == ("true" if sent else "false")
    if isinstance(sent, int | float):
        return _is_number(sent, as_text(held))
    return _is_same(sent, _parsed(held) if isinstance(held, str) else held)


def _is_number(sent: float, held: str) -> bool:
    # What is held is read as a 64-bit float, as JavaScript would, and Python compares that exactly with a whole number:
    # one that no such float can hold is a difference, unless Keen keeps its very digits.
    return held == str(sent) or (_NUMBER.fullmatch(held) is not None and float(held) == sent)


def _is_same(sent: JsonValue, held: JsonValue) -> bool:
    """Tell whether two JSON values say the same; for Python alone, true would be 1."""
    if isinstance(sent, bool) or isinstance(held, bool):
        return sent is held
    if isinstance(sent, dict) and isinstance(held, dict):
        return sent.keys() == held.keys() and all(_is_same(value, held[name]) for name, value in sent.items())
    if isinstance(sent, list) and isinstance(held, list):
        return len(sent) == len(held) and all(map(_is_same, sent, held))
    if isinstance(sent, int | float) and isinstance(held, int | float):
        return _is_number(sent, str(held))
    return sent == held


def _parsed(text: str) -> JsonValue:
    try:
        value: JsonValue = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    return value


def as_text(value: JsonValue) -> str:
    """Write a value for comparison and for people: a text as it is, nothing as nothing, all else as JSON."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    try:
        return orjson.dumps(value).decode()
    except orjson.JSONEncodeError:
        return "(a value nested too deep to show)"
