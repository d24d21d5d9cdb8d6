"""What `get_channels` tells: channels and their property definitions, and the way from a name to an id."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from pydantic import BaseModel, ConfigDict, ValidationError

from leadsync.errors import Fault, MappingError, Spot


class _DefinitionJson(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)
    id: str
    name: str
    type: str | None = None


class _ChannelJson(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)
    id: str
    title: str | None = None
    property_definitions: list[_DefinitionJson] | None = None


class _ChannelsJson(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)
    channels: list[_ChannelJson]


@dataclass(frozen=True, slots=True)
class Definition:
    """A property definition of a channel."""

    id: str
    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel that the key's company can reach."""

    id: str
    title: str
    definitions: Sequence[Definition]


@dataclass(frozen=True, slots=True)
class Directory:
    """The channels that the key's company can reach, with their property definitions."""

    channels: Sequence[Channel]

    @classmethod
    def from_json(cls, body: object) -> "Directory":
        """Read the body of a `get_channels` answer; raises ValueError where it has another shape."""
        try:
            read = _ChannelsJson.model_validate(body)
        except ValidationError as error:
            raise ValueError("not an answer to get_channels") from error
        return cls(
            [
                Channel(
                    channel.id,
                    channel.title or "",
                    [Definition(d.id, d.name, d.type or "") for d in channel.property_definitions or ()],
                )
                for channel in read.channels
            ]
        )

    def channel(self, wanted: str, where: Spot | str) -> Channel:
        """Find a channel by its id or title, which stands at a place of a mapping, or somewhere else such as an option.

        Raises MappingError, beginning with `where`, if there is none or more than one of that title.
        """
        found = [c for c in self.channels if c.id.lower() == wanted.lower()]
        found = found or [c for c in self.channels if c.title == wanted]
        if len(found) == 1:
            return found[0]
        if found:
            ids = ", ".join(channel.id for channel in found)
            raise _unusable(where, f'{len(found)} channels are titled "{wanted}": write the id ({ids}).')
        titles = [channel.title for channel in self.channels]
        there = f"{_nearest(wanted, titles)}It reaches: {_listed(titles)}."
        raise _unusable(where, f'the key\'s company reaches no channel "{wanted}".', there)

    def definition(self, wanted: str) -> Definition | None:
        """Find a property definition by its id in any channel; None where no channel of the key has it."""
        definitions = (definition for channel in self.channels for definition in channel.definitions)
        return next((found for found in definitions if found.id.lower() == wanted.lower()), None)

    def properties(self, wanted: Mapping[str, Spot], channel: Channel) -> dict[str, Definition]:
        """Give the property definition for each name, within one channel.

        Raises MappingError with a fault for each name that the channel lacks or has twice, at the place given with it.
        """
        definitions: dict[str, Definition] = {}
        faults: list[Fault] = []
        known = [definition.name for definition in channel.definitions]
        for name, spot in wanted.items():
            found = [definition for definition in channel.definitions if definition.name == name]
            if len(found) == 1:
                definitions[name] = found[0]
            elif found:
                ids = ", ".join(definition.id for definition in found)
                twice = f'channel "{channel.title}" has {len(found)} properties named "{name}": write the id ({ids}).'
                faults.append(Fault(spot, twice))
            else:
                there = f"{_nearest(name, known)}It has: {_listed(known)}."
                faults.append(Fault(spot, f'channel "{channel.title}" has no property named "{name}".', there))
        if faults:
            raise MappingError.of(faults)
        return definitions


def _unusable(where: Spot | str, sentence: str, remedy: str = "") -> MappingError:
    if isinstance(where, Spot):
        return MappingError.of([Fault(where, sentence, remedy)])
    return MappingError(f"{where}: {sentence}{' ' * bool(remedy)}{remedy}")


def _nearest(word: str, words: Sequence[str]) -> str:
    folded = {known.casefold(): known for known in words}
    near = get_close_matches(word.casefold(), folded, n=1)
    return f'Did you mean "{folded[near[0]]}"? ' if near else ""


def _listed(words: Sequence[str]) -> str:
    shown = ", ".join(f'"{word}"' for word in words[:12]) or "none"
    return shown + (f" and {len(words) - 12} more" if len(words) > 12 else "")  # noqa: PLR2004 - what fits two lines
