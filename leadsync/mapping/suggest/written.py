"""A suggestion written as a mapping: what is sure is active, what is doubtful a comment, each with its evidence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap

from leadsync.counting import count
from leadsync.mapping.scalars import scalar
from leadsync.mapping.suggest.entries import entry, name_entries
from leadsync.mapping.suggest.spec import Found, Goal, Proposal, Suggestion
from leadsync.quoting import NAME, quote, visible

SCHEMA = "mapping.schema.json"
"""The name of the JSON Schema that lies beside a mapping."""

_WIDTH = 110
_KEYS = ("sheet", "header_row", "encoding", "delimiter", "decimal", "date_order")


@dataclass(frozen=True, slots=True)
class Origin:
    """What a mapping is proposed from, and what is known besides its columns."""

    name: str
    """Of the mapping."""
    source: str
    """The file as the user named it."""
    rows: int
    """That were looked at."""
    declared: dict[str, Found]
    """How the source is written: `encoding`, `delimiter`, `sheet` and `header_row`, where there is something to say."""
    channel: Found | None = None
    """The channel's title or id, and why it is this one."""
    channels: Sequence[str] = ()
    """The channels that there are, where none of them was chosen."""
    splits_names: bool = False
    """Full names are to be split."""
    has_asked: bool = True
    """Keen was asked for the channel's properties."""


def written(suggestion: Suggestion, origin: Origin, path: str = "") -> str:
    """Write the mapping, as YAML with comments; `path` is where it will lie, for the commands in its first comment."""
    lines = [*_head(suggestion, origin, path), "", "version: 1", f"name: {scalar(origin.name)}"]
    for part in (_channel(origin), _source(suggestion, origin), _lead(suggestion)):
        lines += ["", *part] if part else []
    lines += ["", *_section("fields", list(_fields(suggestion, origin)))]
    lines += ["", *_section("properties", list(_entries(suggestion, "properties")))]
    lines += ["", *_left_out(suggestion, origin), ""]
    return "\n".join(line.rstrip() for line in _joined(lines))


def _joined(lines: Sequence[str]) -> Iterator[str]:
    """Leave out a blank line that follows another."""
    for place, line in enumerate(lines):
        if line or place == len(lines) - 1 or lines[place - 1]:
            yield line


def _comment(text: str, indent: str = "") -> list[str]:
    return wrap(
        visible(text), _WIDTH, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}#   ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _head(suggestion: Suggestion, origin: Origin, path: str) -> Iterator[str]:
    yield f"# yaml-language-server: $schema={SCHEMA}"
    yield "#"
    system = f", an export of {suggestion.headers.system}" if suggestion.headers.system else ""
    yield from _comment(
        f"Proposed by leadsync from {quote(origin.source, NAME)} ({count(origin.rows, 'row')}{system})."
    )
    yield "# Active is what is sure; the reason stands above each line. A line such as"
    yield "#     #phone: Telefon"
    yield "# is doubtful: look at it, and take away its first # or the whole line. Then try the mapping:"
    yield f"#     leadsync map explain {visible(path) or 'MAPPING'} {visible(origin.source)}"


def _channel(origin: Origin) -> list[str]:
    if origin.channel:
        return [*_comment(origin.channel.why), f"channel: {scalar(origin.channel.value)}"]
    if origin.channels:
        return [
            "# The channel that holds the leads is one of these; properties that go by name need it.",
            *(f"#channel: {scalar(title)}" for title in origin.channels),
        ]
    return []


def _source(suggestion: Suggestion, origin: Origin) -> list[str]:
    marks = {"decimal": suggestion.decimal, "date_order": suggestion.date_order}
    found = {**origin.declared, **{key: value for key, value in marks.items() if value}}
    if not found:
        return []
    lines = ["# How the source is written, as it was found.", "source:"]
    for key in _KEYS:
        if key in found:
            lines += [*_comment(found[key].why, "  "), f"  {key}: {_value(key, found[key].value)}"]
    return lines


def _value(key: str, value: str) -> str:
    if key == "delimiter":
        return "tab" if value == "\t" else f'"{value}"'
    if key == "decimal":
        return f'"{value}"'
    return value if key == "header_row" else scalar(value)


def _lead(suggestion: Suggestion) -> list[str]:
    lines = list(_entries(suggestion, "lead", indent=""))
    if any(not line.startswith("#") for line in lines):
        return lines
    return [
        "# The column that names the lead is missing, so this mapping cannot be used yet: nothing shows for sure which",
        "# one holds the leads' UUIDs in Keen (id), or the integer ids of Keen's earlier system (legacy_id).",
        *(lines or ["#lead: {id: COLUMN}", "#lead: {legacy_id: COLUMN}"]),
    ]


def _section(name: str, lines: list[str]) -> list[str]:
    if not lines:
        return []
    is_active = any(line.strip() and not line.lstrip().startswith("#") for line in lines)
    return [f"{name}:" if is_active else f"#{name}:", *lines]


def _fields(suggestion: Suggestion, origin: Origin) -> Iterator[str]:
    yield from _entries(suggestion, "fields")
    for proposal in suggestion.proposals:
        if proposal.names is None:
            continue
        if origin.splits_names:
            yield from _comment(f"{quote(proposal.column.header, NAME)} holds full names, split as was asked.", "  ")
            yield from (f"  {line}" for line in name_entries(proposal))
        else:
            yield from _comment(
                f"{quote(proposal.column.header, NAME)} holds full names; they are split only when asked "
                "(--split-names): the last word is the last name then.",
                "  ",
            )
            yield from (f"  #{line}" for line in name_entries(proposal))
        return


def _entries(suggestion: Suggestion, section: str, indent: str = "  ") -> Iterator[str]:
    chosen = [(proposal, proposal.chosen.goal) for proposal in suggestion.proposals if proposal.chosen]
    for proposal, goal in sorted(chosen, key=_order):
        if goal.section == section:
            yield from _comment(_reason(proposal, goal, suggestion), indent)
            mark = "" if proposal.is_sure else "#"
            yield f"{indent}{mark}{entry(proposal, goal, suggestion)}"


def _order(of: tuple[Proposal, Goal]) -> int:
    from_first = ("email", "first_name", "last_name", "phone", "company_name", "business_id")
    goal = of[1]
    return from_first.index(goal.name) if goal.name in from_first else len(from_first)


def _reason(proposal: Proposal, goal: Goal, suggestion: Suggestion) -> str:
    reason = proposal.why if proposal.is_sure else f"Doubtful, {proposal.why}"
    if goal == Goal("fields", "phone"):
        if suggestion.region:
            return f"{reason}; region {suggestion.region.value}: {suggestion.region.why}"
        return f"{reason}; the country of numbers without a country code is not clear, so they go out as they are"
    if goal.definition and goal.definition.type == "select" and proposal.shape.words:
        words = ", ".join(quote(word) for word in proposal.shape.words)
        return f"{reason}. It has {words}; `lookup: {{…}}` sends other words"
    return reason


def _left_out(suggestion: Suggestion, origin: Origin) -> Iterator[str]:
    out = [proposal for proposal in suggestion.proposals if proposal.chosen is None]
    if origin.splits_names:
        out = [proposal for proposal in out if proposal.names is None]
    if out:
        yield "# Left out:"
        for proposal in out:
            header = proposal.column.header
            yield from _comment(
                f"  {quote(header, NAME) if header.strip() else f'column {proposal.column.letter}'}: {proposal.why}"
            )
    if not origin.has_asked:
        yield "# With an API key, or with --sandbox, `leadsync map` also looks at the properties of the channel."
