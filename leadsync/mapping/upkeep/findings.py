"""What is found where a source is held against its mapping."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from leadsync.mapping.suggest.spec import Goal, Proposal
from leadsync.mapping.upkeep.renames import Renamed


class Change(StrEnum):
    """What the changed text does about a finding."""

    NONE = "none"
    """Nothing: there is nothing to do, or only a person can."""
    RENAMED = "renamed"
    COMMENTED_OUT = "commented_out"
    """The entries that use a missing column are comments."""
    ADDED = "added"
    ADDED_AS_COMMENT = "added_as_comment"


@dataclass(frozen=True, slots=True)
class Missing:
    """A column that the mapping names and the source lacks."""

    name: str
    place: str
    """`mappings/x.yaml:12:5`"""
    used_for: Sequence[str]
    """`lead.id`, `email`, `properties.Tier`"""
    renames: Sequence[Renamed]
    """What it may be called now, the likeliest first."""
    change: Change = Change.NONE

    @property
    def is_lead(self) -> bool:
        """Tell whether it names the lead, without which a mapping is none."""
        return any(goal.startswith("lead.") for goal in self.used_for)

    @property
    def rename(self) -> Renamed | None:
        """Give what it surely is called now."""
        return self.renames[0] if self.renames and self.renames[0].is_sure else None


@dataclass(frozen=True, slots=True)
class New:
    """A column of which the mapping's text says nothing, not even in a comment."""

    proposal: Proposal
    goal: Goal | None
    """Where it may go; None where that is nowhere, or taken."""
    change: Change = Change.NONE


@dataclass(frozen=True, slots=True)
class Upkeep:
    """All that is found, and the text of the mapping as it is proposed."""

    missing: Sequence[Missing]
    new: Sequence[New]
    ambiguous: Sequence[str]
    """Sentences about names that fit several columns."""
    text: str | None = None
    """None where there is nothing to change, or only a person can."""
    diff: str = ""
    """From the mapping's text to that, as `patch -p0` reads it; empty where there is none."""

    @property
    def needs_something(self) -> bool:
        """Tell whether there is anything to do."""
        return bool(self.missing or self.ambiguous or any(each.goal for each in self.new))


_COMMENT = re.compile(r"(?:^|\s)#+(.*)$", re.MULTILINE)
_FOLLOWED = "\\s*(?=$|[\"'}\\]),;.#])"
_PRECEDED = "(?:^|[\"'{\\[(,:;#])\\s*"


def comments_of(text: str) -> tuple[str, str]:
    """Give the comments of a mapping, folded: line by line, and as one line, for what is wrapped."""
    lines = [" ".join(found[1].split()).casefold() for found in _COMMENT.finditer(text)]
    return "\n".join(lines), " ".join(line.lstrip("# ") for line in lines)


def is_in_comments(header: str, comments: tuple[str, str]) -> bool:
    """Tell whether a comment names a column: in quotes, or standing alone as a value or an item of a list."""
    by_line, joined = comments
    name = " ".join(header.split()).casefold()
    if f'"{name}"' in joined or f"'{name}'" in joined:
        return True
    return re.search(f"{_PRECEDED}{re.escape(name)}{_FOLLOWED}", by_line, re.MULTILINE) is not None
