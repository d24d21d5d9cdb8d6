"""Transforms: each takes a whole column of texts and gives a whole column of texts."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeAlias

from leadsync.characters import cleaned
from leadsync.mapping.field_schema import ReplacePart, Transform

ColumnTransform: TypeAlias = Callable[[list[str]], list[str]]

_NOT_DIGITS = re.compile(r"[^0-9]+")


def trim(texts: list[str]) -> list[str]:
    """Take white space off both ends, non-breaking spaces included."""
    return list(map(str.strip, texts))


def lower(texts: list[str]) -> list[str]:
    """Make all letters small."""
    return list(map(str.lower, texts))


def upper(texts: list[str]) -> list[str]:
    """Make all letters capital."""
    return list(map(str.upper, texts))


def title(texts: list[str]) -> list[str]:
    """Begin every word with a capital, as Python's `str.title` does."""
    return list(map(str.title, texts))


def collapse_spaces(texts: list[str]) -> list[str]:
    """Make one space of each run of white space (line breaks too), and none of it at the ends."""
    return [" ".join(text.split()) for text in texts]


def digits_only(texts: list[str]) -> list[str]:
    """Keep the digits 0 to 9 alone."""
    return [_NOT_DIGITS.sub("", text) for text in texts]


def clean(texts: list[str]) -> list[str]:
    """Take out what nobody sees: control characters but tab, LF and CR, and characters of no width.

    Soft hyphens and marks of the writing direction go too; spaces that do not break, and the separators of lines and
    paragraphs (U+2028, U+2029), become plain spaces.
    """
    return list(map(cleaned, texts))


def replace_all(pattern: re.Pattern[str], replacement: str, texts: list[str]) -> list[str]:
    r"""Replace whatever the pattern finds; `\1` in the replacement is the first group."""
    return [pattern.sub(replacement, text) for text in texts]


_NAMED: dict[str, ColumnTransform] = {
    "trim": trim,
    "lower": lower,
    "upper": upper,
    "title": title,
    "collapse_spaces": collapse_spaces,
    "digits_only": digits_only,
    "clean": clean,
}


def column_transforms(declared: Sequence[Transform]) -> tuple[ColumnTransform, ...]:
    """Give the transforms a mapping declares, in its order."""
    return tuple(
        partial(replace_all, re.compile(item.replace), item.with_) if isinstance(item, ReplacePart) else _NAMED[item]
        for item in declared
    )
