"""What nobody declared of the sources, and was found out: in sentences."""

from collections.abc import Mapping, Sequence

from leadsync.loader import Source

_MARKS = {
    "point": "a point as the decimal mark",
    "hardly_point": "a point as the decimal mark in a few numbers; doubtful ones were refused",
    "mostly_point": "mostly a point as the decimal mark, and in some a comma; those and doubtful ones were refused",
    "comma": "a comma as the decimal mark",
    "hardly_comma": "a comma as the decimal mark in a few numbers; doubtful ones were refused",
    "mostly_comma": "mostly a comma as the decimal mark, and in some a point; those and doubtful ones were refused",
    "mixed": "a point as often as a comma as the decimal mark; all such numbers were refused",
}
"""By the words of `mapping.Evidence.marks`."""


def read_as(sources: Sequence[Source], marks: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    """Tell how sources were read where the mapping does not say so; `marks` are those of each source's numbers."""
    told = []
    for source, found in zip(sources, marks, strict=True):
        name = f"{source.name}: " if len(sources) > 1 else ""
        told += [f"{name}{sentence}" for sentence in source.read_as]
        told += [
            f"{name}The numbers of {key} have {_MARKS[word]}; declare `decimal` in the mapping to be sure."
            for key, word in found.items()
            if word in _MARKS
        ]
    return tuple(told)
