"""The names that the types of Keen's properties may have, by what values of such a type are.

keen-api.md: `type` is any text, for example `text`, `number`, `select`; the other names are what such types are called.
"""

from enum import StrEnum


class KeenType(StrEnum):
    """What the values of a property are; the first four are named as the mapping's own types are."""

    NUMBER = "number"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    OTHER = "other"
    """Text, and whatever else nobody here knows."""


NAMES = {
    KeenType.NUMBER: "number numeric decimal float double currency money amount percent percentage",
    KeenType.INTEGER: "integer int",
    KeenType.BOOLEAN: "boolean bool checkbox",
    KeenType.DATE: "date datetime timestamp",
    KeenType.CHOICE: "select dropdown radio",
    KeenType.CHOICES: "multiselect",
}
"""The names of each, set apart by blanks."""
_BY_NAME = {name: kind for kind, names in NAMES.items() for name in names.split()}


def keen_type(name: str) -> KeenType:
    """Tell what the values of a property are by the name of its type, in any case."""
    return _BY_NAME.get(name.strip().casefold(), KeenType.OTHER)
