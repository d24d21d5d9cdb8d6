"""A mapping in plain words: what becomes of each column, in sentences that a person checks it by."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from leadsync.codes import CATALOGUE, Code
from leadsync.files import printable
from leadsync.mapping.dates import date_step
from leadsync.mapping.document import read_document
from leadsync.mapping.field_schema import CheckPart, FieldPart, OtherwisePart, ReplacePart
from leadsync.mapping.load import parse_mapping
from leadsync.mapping.schema import MappingPart, SourcePart
from leadsync.mapping.spec import Mapping
from leadsync.mapping.value_types import FALSE_WORDS, TRUE_WORDS
from leadsync.mapping.words import listed
from leadsync.quoting import NAME, quote

_FEW = 4
"""Texts of a lookup that are told."""
_MARKS = {".": "a point", ",": "a comma", " ": "a blank", "'": "an apostrophe"}
_ORDERS = {"dmy": "day, month, year", "mdy": "month, day, year", "ymd": "year, month, day"}
_TRANSFORMS = {
    "trim": "trimmed",
    "lower": "in small letters",
    "upper": "in capital letters",
    "title": "each word with a capital",
    "collapse_spaces": "with single spaces and none at the ends",
    "digits_only": "its digits alone",
    "clean": "without what nobody sees",
}
_POLICIES = {
    "fill_if_blank": "sent only where Keen has nothing",
    "only_if_ours": "sent only where Keen still holds what leadsync last wrote there",
    "never_clear": "never sent where it would empty Keen's value",
}


@dataclass(frozen=True, slots=True)
class Explained:
    """A mapping in words; every text is one or more sentences, or parts of one set apart by semicolons."""

    title: str
    source: Sequence[str]
    """How the source is read."""
    lead: str
    fields: Sequence[str]
    """Standard fields and properties, in the order of the mapping."""
    rules: Sequence[str]
    """What is done about rows as a whole, and what a run stops for."""
    damage: Sequence[str]
    """What is declared of damage; nothing where all is by default."""


def explained(mapping: Mapping, content: bytes) -> Explained:
    """Say a mapping in plain words; `content` is its file. Raises MappingError where that is no mapping."""
    parse_mapping(mapping.path, content)
    plain: Any = read_document(printable(mapping.path), content).root.plain()
    part = MappingPart.model_validate(plain)
    named = [(name, getattr(part.fields, name)) for name in plain.get("fields", {})]
    channel = f", for the channel {quote(part.channel, NAME)}" if part.channel else ""
    fields = [_field(name, field, part.source, is_property=False) for name, field in named]
    fields += [_field(name, field, part.source, is_property=True) for name, field in part.properties.items()]
    return Explained(
        title=f"{quote(mapping.name, NAME)}{channel}.",
        source=list(_source(part.source, mapping)),
        lead=_lead(mapping),
        fields=fields,
        rules=list(_rules(part)),
        damage=list(_damage(part)),
    )


def _source(part: SourcePart, mapping: Mapping) -> Iterator[str]:
    if mapping.source.sheet is not None:
        sheet = mapping.source.sheet
        yield f"The sheet {quote(sheet, NAME)} is read." if isinstance(sheet, str) else f"Sheet {sheet} is read."
    if part.header_row > 1:
        yield f"Row {part.header_row} holds the names of the columns; what is above it is not read."
    if part.encoding or part.delimiter:
        told = [f"in {part.encoding}" if part.encoding else "", _delimited(part.delimiter)]
        yield f"A CSV file is read {', '.join(filter(None, told))}."
    if part.skip_footer:
        yield f"The last {part.skip_footer} rows are none of the table's."
    if part.stop_at_blank:
        yield "The table ends above the first blank row."
    if part.hidden_rows == "skip":
        yield "Hidden rows are left out."
    if part.decimal:
        yield f"Numbers have {_MARKS[part.decimal]} before their decimals, unless a field says otherwise."
    if part.date_order:
        yield f"Dates are written {_ORDERS[part.date_order]}, unless a field says otherwise."
    if part.blanks:
        yield f"{listed(part.blanks, 'and')} count as blank, in any case."


def _delimited(mark: str | None) -> str:
    return "" if mark is None else "with tabs between the cells" if mark == "\t" else f"with {mark} between the cells"


def _lead(mapping: Mapping) -> str:
    column = quote(mapping.lead.column.name, NAME)
    if mapping.lead.is_legacy:
        return (
            f"The column {column} holds the leads' integer ids of Keen's earlier system; Keen is asked once for the "
            "UUID of each. A row without one, or with something else there, is invalid."
        )
    return f"The column {column} holds the leads' UUIDs. A row without one, or with something else there, is invalid."


def _field(name: str, part: FieldPart, source: SourcePart, *, is_property: bool) -> str:
    label = f"property {quote(name, NAME)}" if is_property else name
    first = [_origin(part), *_transforms(part)]
    parts = [", ".join(first), *_lookup(part), *_type(part, source, is_property=is_property)]
    for check in part.check:
        parts += _check(check)
    if part.value is None:
        parts += _blanks(part)
    if part.policy in _POLICIES:
        parts.append(_POLICIES[part.policy])
    return f"{label}: {'; '.join(parts)}."


def _origin(part: FieldPart) -> str:
    if part.value is not None:
        return f"always {quote(part.value, NAME)}"
    if part.template is not None:
        return f"the text {quote(part.template, NAME)}, with what the columns in braces hold"
    return f"the column {quote(str(part.column), NAME)}"


def _transforms(part: FieldPart) -> Iterator[str]:
    for each in part.transform:
        if isinstance(each, ReplacePart) and not each.with_:
            yield f"without what {quote(each.replace, NAME)} finds"
        elif isinstance(each, ReplacePart):
            yield f"with {quote(each.with_, NAME)} in the place of what {quote(each.replace, NAME)} finds"
        else:
            yield _TRANSFORMS[each]


def _lookup(part: FieldPart) -> Iterator[str]:
    if part.lookup is None:
        return
    shown = [f"{quote(old)} becomes {quote(new)}" for old, new in list(part.lookup.items())[:_FEW]]
    more = len(part.lookup) - len(shown)
    yield ", ".join(shown) + (f", and so on for {more} more" if more else "")
    if isinstance(part.otherwise, OtherwisePart):
        yield f"any other text becomes {quote(part.otherwise.value)}"
    elif part.otherwise == "keep":
        yield "any other text stays as it is"
    elif part.otherwise == "skip":
        yield "any other text leaves Keen's value alone"
    else:
        yield "any other text makes the row invalid"


def _type(part: FieldPart, source: SourcePart, *, is_property: bool) -> Iterator[str]:
    if part.phone is not None:
        yield f"read as a telephone number, of {part.phone.region} where it has no country code, and sent as +…"
        yield "what cannot be one makes the row invalid"
    elif part.type in ("number", "integer"):
        yield f"read as a {'whole ' if part.type == 'integer' else ''}number{_marks(part, source)}"
        yield "what is none makes the row invalid"
    elif part.type == "boolean":
        yes, no = part.true or TRUE_WORDS, part.false or FALSE_WORDS
        sent = "true" if is_property else 'the text "true"'
        yield f"sent as {sent} for {listed(yes)}, and as false for {listed(no)}, in any case"
        yield "any other text makes the row invalid"
    elif part.type == "date":
        has_time = date_step(part.format, source.date_order).has_time
        yield f"read as a date {_date(part, source)}, and sent as yyyy-mm-dd{' with its time' if has_time else ''}"
        yield "what is none makes the row invalid"
    elif part.type == "json":
        yield "read as JSON, and sent as such" if is_property else "read as JSON, and sent as its text"
        yield "what is none makes the row invalid"


def _marks(part: FieldPart, source: SourcePart) -> str:
    decimal = part.decimal or source.decimal
    told = []
    if part.type == "number" and (decimal or part.thousands):
        told.append(f"{_MARKS[decimal or '.']} before its decimals")
    if part.thousands:
        told.append(f"{_MARKS[part.thousands]} between its thousands")
    if not decimal and not part.thousands:
        told.append("marks as the whole column shows them")
    if part.currency:
        told.append(f"without {listed(part.currency)}")
    if part.percent:
        told.append(f"25% sent as {'25' if part.percent == 'points' else '0.25'}")
    return f" ({', '.join(told)})"


def _date(part: FieldPart, source: SourcePart) -> str:
    if part.format:
        return f"of the form {part.format}"
    return f"({_ORDERS[source.date_order]})" if source.date_order else "of the form yyyy-mm-dd"


def _check(check: str | CheckPart) -> Iterator[str]:
    if check == "email":
        yield "a text that is no e-mail address makes the row invalid"
    elif check == "uuid":
        yield "a text that is no UUID makes the row invalid"
    elif isinstance(check, CheckPart):
        if check.length is not None:
            least, most = check.length.min, check.length.max
            bounds = [f"fewer than {least}" if least else "", f"more than {most}" if most is not None else ""]
            wrong = f"other than {least}" if least and least == most else " or ".join(filter(None, bounds))
            yield f"a text of {wrong} characters makes the row invalid"
        if check.regex is not None:
            yield f"a text that does not match {quote(check.regex, NAME)} makes the row invalid"
        if check.one_of is not None:
            yield f"a text other than {listed(check.one_of, 'and', 2 * _FEW)} makes the row invalid"


def _blanks(part: FieldPart) -> Iterator[str]:
    what = "a row in which these are all blank" if part.template is not None else "a blank cell"
    if part.blanks:
        what += f" ({listed(part.blanks, 'and')} too)"
    if part.required or part.on_blank == "error":
        yield f"{what} {'is' if part.template is not None else 'makes the row'} invalid"
    elif part.on_blank == "clear":
        yield f"{what} empties Keen's value"
    else:
        yield f"{what} leaves Keen's value alone"


def _rules(part: MappingPart) -> Iterator[str]:
    rules = part.rules
    yield {
        "each": "Several rows of one lead are sent one after the other, in the order of the file.",
        "last": "Of several rows of one lead only the last is sent; the others are skipped.",
        "error": "Several rows of one lead are all invalid.",
    }[rules.duplicates]
    yield (
        f"Before the first row is sent, a run stops where more than {rules.max_changed} of the rows differ from what "
        f"Keen acknowledged, more than {rules.max_cleared} would clear a value, or more than {rules.max_invalid} are "
        f"invalid; or where there are {rules.max_row_change} more or fewer rows than in recent good runs. --yes agrees."
    )
    blank = "is what is meant" if rules.blank_columns == "allow" else "stops it"
    empty = "is what is meant" if rules.empty_source == "allow" else "stops it"
    yield f"A source without rows {empty}; a column that had values in the last good run and has none now {blank}."


def _damage(part: MappingPart) -> Iterator[str]:
    ways = {
        "error": "the cells are refused, and their rows invalid",
        "warning": "it is told, and everything is sent",
        "off": "nobody looks for it",
    }
    for name in sorted(part.damage.model_fields_set):
        yield f"{name}: {ways[getattr(part.damage, name)]}. ({CATALOGUE[Code(name)].meaning})"
