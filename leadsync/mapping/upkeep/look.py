"""A source held against its mapping: what is missing, renamed and new, and the change that is proposed for it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from textwrap import wrap

from leadsync.errors import MappingError, SourceError
from leadsync.files import printable
from leadsync.mapping.bind import BoundMapping, bind
from leadsync.mapping.document import read_document
from leadsync.mapping.load import parse_mapping
from leadsync.mapping.spec import Field
from leadsync.mapping.spec import Mapping as LeadMapping
from leadsync.mapping.suggest.entries import entry
from leadsync.mapping.suggest.headers import read_headers
from leadsync.mapping.suggest.spec import Found, Goal, Suggestion
from leadsync.mapping.upkeep.amended import Added, CannotAmendError, Entry, added, commented_out, renamed
from leadsync.mapping.upkeep.differences import unified
from leadsync.mapping.upkeep.findings import Change, Missing, New, Upkeep, comments_of, is_in_comments
from leadsync.mapping.upkeep.renames import Wanted, fitting_share, renames
from leadsync.quoting import NAME, quote, visible
from leadsync.records import column_letters, fold_header

_WIDTH = 108
_FITS = 0.99


def upkeep(
    mapping: LeadMapping, content: bytes, suggestion: Suggestion, positions: Sequence[int] | None = None
) -> Upkeep:
    """Say what a mapping needs for the source that the suggestion is about, and propose a change of its text.

    `content` is the mapping's file. `positions` are the columns' places in the source where they are not 0, 1, 2, …
    The changed text can be loaded, and fits the source; where no such text is found, there is none.
    """
    text = content.decode("utf-8-sig")
    headers = [proposal.column.header for proposal in suggestion.proposals]
    suggestion = _as_declared(suggestion, mapping, text)
    wanted = _missing(mapping, headers)
    used = {fold_header(name) for name in _names(mapping)}
    unused = {
        place: proposal
        for place, proposal in enumerate(suggestion.proposals)
        if fold_header(proposal.column.header) not in used and proposal.column.header.strip()
    }
    likely = renames(wanted, unused, suggestion.headers.matches)
    missing = [
        Missing(each.name, _place(mapping, each.name), _used_for(each), found)
        for each, found in zip(wanted, likely, strict=True)
    ]
    new = _new(mapping, text, suggestion, missing)
    found = Upkeep(missing, new, _ambiguous(mapping, headers, positions or range(len(headers))))
    if not found.needs_something:
        return found
    return _proposed(found, mapping, content, suggestion, headers)


def _as_declared(suggestion: Suggestion, mapping: LeadMapping, text: str) -> Suggestion:
    """Let entries be written for a mapping whose own words on marks and dates count, not what was found."""
    plain = read_document(printable(mapping.path), text.encode()).root.plain()
    source = plain.get("source") if isinstance(plain, dict) else None
    decimal = source.get("decimal") if isinstance(source, dict) else None
    return replace(suggestion, decimal=Found(decimal, "") if isinstance(decimal, str) else None)


def _names(mapping: LeadMapping) -> Iterable[str]:
    return dict.fromkeys([mapping.lead.column.name, *(c.name for field in mapping.fields for c in field.columns)])


def _missing(mapping: LeadMapping, headers: Sequence[str]) -> list[Wanted]:
    there = {fold_header(header) for header in headers}
    names = [name for name in _names(mapping) if fold_header(name) not in there]
    matches = read_headers(names).matches
    return [
        Wanted(
            name,
            [field for field in mapping.fields if any(column.name == name for column in field.columns)],
            mapping.lead.column.name == name,
            mapping.lead.is_legacy,
            said,
        )
        for name, said in zip(names, matches, strict=True)
    ]


def _ambiguous(mapping: LeadMapping, headers: Sequence[str], positions: Sequence[int]) -> list[str]:
    """Say which names fit several columns: by what is written, or where nothing is so, but for case and spaces."""
    told = []
    for name in _names(mapping):
        exact = [place for place, header in enumerate(headers) if header == name]
        fitting = exact or [place for place, header in enumerate(headers) if fold_header(header) == fold_header(name)]
        if len(fitting) > 1:
            letters = " and ".join(column_letters(positions[place]) for place in fitting)
            told.append(f"{_place(mapping, name)}: {quote(name, NAME)} fits several columns: {letters}.")
    return told


def _place(mapping: LeadMapping, name: str) -> str:
    columns = [mapping.lead.column, *(column for field in mapping.fields for column in field.columns)]
    return next(column.place for column in columns if column.name == name)


def _used_for(wanted: Wanted) -> list[str]:
    lead = [f"lead.{'legacy_id' if wanted.is_legacy else 'id'}"] if wanted.is_lead else []
    return [*lead, *(_shown(field) for field in wanted.fields)]


def _shown(field: Field) -> str:
    return f"properties.{field.target.name}" if field.target.is_property else field.target.name


def _new(mapping: LeadMapping, text: str, suggestion: Suggestion, missing: Sequence[Missing]) -> list[New]:
    known = {fold_header(name) for name in _names(mapping)}
    known |= {fold_header(each.rename.column.header) for each in missing if each.rename}
    comments = comments_of(text)
    taken = _taken(mapping)
    new = []
    for proposal in suggestion.proposals:
        header = proposal.column.header
        if not header.strip() or fold_header(header) in known or is_in_comments(header, comments):
            continue
        goal = proposal.chosen.goal if proposal.chosen else None
        new.append(New(proposal, None if goal is None or _keys(goal) & taken else goal))
    return new


def _taken(mapping: LeadMapping) -> set[Entry]:
    """Give what the mapping sends already, under all the names that it may have; the lead is always taken."""
    targets = [(field.target.is_property, field.target.name) for field in mapping.fields]
    fields = {("properties" if is_property else "fields", fold_header(name)) for is_property, name in targets}
    return fields | {("lead", "")}


def _keys(goal: Goal) -> set[Entry]:
    if goal.section == "lead":
        return {("lead", "")}
    names = {goal.name, goal.definition.id if goal.definition else goal.name}
    return {(goal.section, fold_header(name)) for name in names}


def _proposed(
    found: Upkeep, mapping: LeadMapping, content: bytes, suggestion: Suggestion, headers: Sequence[str]
) -> Upkeep:
    """Give the findings with the text that answers them all, or as many as can be answered."""
    mark = b"\xef\xbb\xbf" if content.startswith(b"\xef\xbb\xbf") else b""
    for attempt in (found, replace(found, new=[_as_comment(each) for each in found.new]), replace(found, new=[])):
        try:
            made, text = _amended(attempt, content.decode("utf-8-sig"), suggestion)
            bound = bind(parse_mapping(mapping.path, text.encode()), headers, "")
        except (CannotAmendError, MappingError, SourceError):
            continue
        if not _is_meant(bound, mapping, made):
            continue
        if not all(_fits(bound, each) for each in made.new if each.change is Change.ADDED):
            continue
        before = content.decode()
        after = mark.decode() + text
        if before == after:
            break
        new = made.new or found.new
        return replace(made, new=new, text=after, diff=unified(printable(mapping.path), before, after))
    return found


def _as_comment(new: New) -> New:
    return replace(new, proposal=replace(new.proposal, is_sure=False))


def _amended(found: Upkeep, text: str, suggestion: Suggestion) -> tuple[Upkeep, str]:
    """Give the changed text, and the findings with what it does about each; raises CannotAmendError."""
    names = {each.name: each.rename.column.header for each in found.missing if each.rename}
    text = renamed(text, names)
    gone: dict[Entry, str] = {}
    for each in found.missing:
        if each.rename is None:
            for goal in each.used_for:
                section, _, name = goal.partition("properties.")
                gone.setdefault(("properties", name) if name else ("fields", section), _why_gone(each))
    text = commented_out(text, gone)
    for section in ("fields", "properties"):
        entries = [_added(each, suggestion) for each in found.new if each.goal and each.goal.section == section]
        text = added(text, section, entries)
    missing = [replace(m, change=Change.RENAMED if m.rename else Change.COMMENTED_OUT) for m in found.missing]
    new = [replace(n, change=_change(n)) for n in found.new]
    return replace(found, missing=missing, new=new), text


def _change(new: New) -> Change:
    if new.goal is None or new.goal.section == "lead":
        return Change.NONE
    return Change.ADDED if new.proposal.is_sure else Change.ADDED_AS_COMMENT


def _why_gone(missing: Missing) -> str:
    perhaps = ""
    if missing.renames:
        first = missing.renames[0]
        perhaps = f"; perhaps it is {quote(first.column.header, NAME)} now ({first.percent})"
    return visible(f"The source has no column {quote(missing.name, NAME)} any more{perhaps}.")


def _added(new: New, suggestion: Suggestion) -> Added:
    assert new.goal
    proposal = new.proposal
    why = proposal.why if proposal.is_sure else f"Doubtful, {proposal.why}"
    told = wrap(visible(why), _WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    return Added(told, entry(proposal, new.goal, suggestion), proposal.is_sure)


def _is_meant(bound: BoundMapping, before: LeadMapping, made: Upkeep) -> bool:
    """Tell whether the changed mapping sends just what it should: nothing else was hit by the change."""
    names = {each.name: each.rename.column.header for each in made.missing if each.rename}
    gone = {each.name for each in made.missing if not each.rename}
    wanted = {
        _shown(field): [names.get(column.name, column.name) for column in field.columns]
        for field in before.fields
        if not any(column.name in gone for column in field.columns)
    }
    for new in made.new:
        if new.change is Change.ADDED and new.goal:
            wanted[str(new.goal)] = [new.proposal.column.header]
    lead = before.lead.column.name
    after = bound.mapping
    return (
        after.lead.column.name == names.get(lead, lead)
        and after.lead.is_legacy == before.lead.is_legacy
        and {_shown(field): [column.name for column in field.columns] for field in after.fields} == wanted
    )


def _fits(bound: BoundMapping, new: New) -> bool:
    """Tell whether the entry that was added can read what the column holds."""
    field = next(field for field in bound.mapping.fields if _shown(field) == str(new.goal))
    share = fitting_share(field, new.proposal.column)
    return share is None or share >= _FITS
