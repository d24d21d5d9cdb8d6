"""An update held against the lead as Keen has it: what may be sent, and what is left as it is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from leadsync.keen.comparison import as_text, by_definition, is_stored
from leadsync.records import Condition, JsonValue, Policy, Update

_NOTHING: Mapping[str, JsonValue] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a look at its lead leaves of an update. A "key" is a standard field or a `property_definitions_id`."""

    update: Update
    """Narrowed to what may be sent; perhaps nothing."""
    before: Mapping[str, str]
    """What Keen holds for each key of that, as text."""
    kept: Mapping[str, str]
    """What is left as it is: key -> Keen's value, as text."""
    held: frozenset[str]
    """The keys of the update for which Keen holds the very value already; to send them does no harm."""

    @property
    def is_held(self) -> bool:
        """Tell whether Keen holds already all that may be sent, so that nothing need be."""
        return len(self.held) == len(self.before)


def values_of(lead: Mapping[str, JsonValue], keys: Collection[str]) -> dict[str, str]:
    """Give what Keen holds, as text ("" for nothing), from the answer to `get_lead_by_id` or `update_lead`.

    A property is found by its definition's id in any case. Whatever the answer looks like, nothing is raised.
    """
    properties = by_definition(lead.get("property_values"))
    return {key: as_text(properties[key.lower()][1] if key.lower() in properties else lead.get(key)) for key in keys}


def with_values(lead: Mapping[str, JsonValue], values: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Give the lead as it would be once some values are in it."""
    held = lead.get("property_values")
    added: list[JsonValue] = [{"property_definitions_id": key, "value": value} for key, value in values.items()]
    return {**lead, **values, "property_values": [*(held if isinstance(held, list) else ()), *added]}


def weigh(update: Update, lead: Mapping[str, JsonValue], written: Mapping[str, JsonValue] = _NOTHING) -> Weighed:
    """Tell what of an update may be sent, by its conditions (`Policy`); what has none may.

    A value that Keen holds already may be sent, whatever its condition. Values are equal as in `comparison`: numbers
    by value, JSON by content, "" and null the same. For ONLY_IF_OURS Keen must hold what the condition says, so a
    value that somebody has cleared since counts as changed; what this run itself has `written` there is ours as well.
    """
    wanted = update.values
    found = values_of(lead, wanted)
    held = frozenset(key for key, value in wanted.items() if is_stored(value, found[key]))
    kept = {
        key: found[key]
        for key, condition in update.conditions.items()
        if key in wanted and key not in held and not _may_go(wanted[key], found[key], condition, written.get(key))
    }
    if not kept:
        return Weighed(update, found, kept, held)
    before = {key: value for key, value in found.items() if key not in kept}
    return Weighed(update.narrowed(before), before, kept, held)


def _may_go(value: JsonValue, found: str, condition: Condition, written: JsonValue) -> bool:
    match condition.policy:
        case Policy.OVERWRITE:
            return True
        case Policy.FILL_IF_BLANK:
            return not found
        case Policy.NEVER_CLEAR:
            return bool(as_text(value))
        case Policy.ONLY_IF_OURS:
            ours = condition.holds or (None,)
            return any(_holds(value, found) for value in ours) or (written is not None and _holds(written, found))


def _holds(value: JsonValue, found: str) -> bool:
    return not found if value is None else is_stored(value, found)
