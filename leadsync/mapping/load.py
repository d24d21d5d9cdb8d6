"""From a mapping file to its compiled form, or to one error with all its faults."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, TypeAlias

from pydantic import TypeAdapter, ValidationError

from leadsync.codes import Code
from leadsync.errors import Fault, MappingError, Spot
from leadsync.files import printable
from leadsync.mapping.checks import UUID_FORM
from leadsync.mapping.complaints import faults_of_shape
from leadsync.mapping.contradictions import contradictions, read_template
from leadsync.mapping.document import MAX_BYTES, Document, Loc, Plain, complain, read_document
from leadsync.mapping.field_pipeline import field_pipeline, typed_pipeline, undeclared
from leadsync.mapping.field_schema import FieldInput, FieldPart
from leadsync.mapping.schema import DamagePart, MappingPart, SourcePart
from leadsync.mapping.schema_words import share_of
from leadsync.mapping.spec import ColumnName, Field, LeadColumn, Mapping
from leadsync.mapping.words import nearest
from leadsync.quoting import quote
from leadsync.records import HiddenRows, Level, Policy, SourceOptions, Target, fold_header

FieldLoc: TypeAlias = tuple[str, str]
"""`fields` or `properties`, and the name there."""

_FIELD: TypeAdapter[FieldPart] = TypeAdapter(FieldInput)


def load_mapping(path: Path) -> Mapping:
    """Read a mapping file (UTF-8 YAML, DESIGN section 8).

    Raises MappingError with all faults at once, a line for each in order of place:
    `mappings/x.yaml:12:5: sentence. Did you mean "column"?`
    """
    return parse_mapping(path, _content(path))


def parse_mapping(path: Path, content: bytes) -> Mapping:
    """Make a mapping of the content of a file, which messages call by its path; raises what `load_mapping` raises."""
    where = printable(path)
    document = read_document(where, content)
    plain = document.root.plain()
    part, error = _validated(plain)
    faults, locs = faults_of_shape(document, error)
    sound = [loc for loc in _field_locs(plain) if not any(fault[: len(loc)] == loc for fault in locs)]
    faults += [*document.faults, *_field_faults(document, plain, sound), *_faults_between(document, plain, locs)]
    if faults or part is None:
        raise complain(faults)
    return _compiled(path, content, document, part)


def _content(path: Path) -> bytes:
    where = printable(path)
    try:
        if path.is_dir():
            raise MappingError(f"{where}: this is a folder. Name the mapping file in it.")
        if not path.exists():
            raise MappingError(f"{where}: there is no such file. Check the path given with --mapping.")
        if not path.is_file():
            raise MappingError(f"{where}: this is not a regular file. Name a mapping file.")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise MappingError(
            f"{where}: the file cannot be read ({error.strerror}). Check its path and permissions."
        ) from None


def _validated(plain: Plain) -> tuple[MappingPart | None, ValidationError | None]:
    try:
        return MappingPart.model_validate(plain), None
    except ValidationError as error:
        return None, error


class _SourceMarks(NamedTuple):
    """What the source declares for all fields."""

    decimal: str | None
    date_order: str | None


def _source_marks(plain: Plain) -> _SourceMarks:
    source = plain.get("source") if isinstance(plain, dict) else None
    try:
        part = SourcePart.model_validate(source or {})
    except ValidationError:
        return _SourceMarks(None, None)
    return _SourceMarks(part.decimal, part.date_order)


def _field_locs(plain: Plain) -> Iterator[FieldLoc]:
    """Give the paths of all fields that the file has, sound or not."""
    for section in ("fields", "properties"):
        fields = plain.get(section) if isinstance(plain, dict) else None
        if isinstance(fields, dict):
            yield from ((section, name) for name in fields)


def _field_faults(document: Document, plain: Plain, sound: list[FieldLoc]) -> Iterator[Fault]:
    """Give what is wrong within the fields whose shape is right."""
    marks = _source_marks(plain)
    for loc in sound:
        part = _FIELD.validate_python(document.node(loc).plain())
        found = [document.fault(document.key(loc + key), why) for key, why in contradictions(part, *marks)]
        yield from found
        if not found and part.value is not None:
            converted = field_pipeline(part, marks.decimal, marks.date_order, loc[0] == "properties").run([part.value])
            if converted.refusals:
                yield document.fault(document.node((*loc, "value")).place, converted.refusals[0].reason)
            elif converted.values[0] is None:
                why = "this constant comes to nothing, so it would never be sent."
                yield document.fault(document.node((*loc, "value")).place, why)


def _faults_between(document: Document, plain: Plain, locs: list[Loc]) -> Iterator[Fault]:
    """Give what the parts of a mapping say against one another."""
    if not isinstance(plain, dict):
        return
    fields, properties = plain.get("fields", {}), plain.get("properties", {})
    known = MappingPart.model_fields
    misspelt = {nearest(key, known) for key in plain if key not in known}
    if fields == {} and properties == {} and not misspelt & {"fields", "properties"}:
        yield document.fault(document.root.place, 'the mapping sends nothing. Give it "fields" or "properties".')
    if ("source", "sheet") not in locs and _sheet(document) == 0:
        yield document.fault(document.node(("source", "sheet")).place, "sheets are counted from 1.")
    if not isinstance(properties, dict):
        return
    named = [name for name in properties if not UUID_FORM.fullmatch(name.strip())]
    if named and "channel" not in plain:
        yield document.fault(
            document.key(("properties", named[0])),
            f'{quote(named[0])} is the name of a property, so the mapping needs "channel", its name or id.',
        )
    yield from _double_properties(document, properties)


def _double_properties(document: Document, properties: Iterable[str]) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for name in properties:
        place = document.key(("properties", name))
        first = seen.setdefault(fold_header(name), name)
        if not name.strip():
            yield document.fault(place, "a property needs a name, or its property_definitions_id.")
        elif first != name:
            earlier = document.key(("properties", first))
            what = f"{quote(name)} and {quote(first)} (line {earlier.line}) are one property. Keep one."
            yield document.fault(place, what, earlier)


def _sheet(document: Document) -> str | int | None:
    """Give the sheet; plain digits are a position, digits in quotes a name."""
    source = document.root.step("source")
    sheet = None if source is None else source[1].step("sheet")
    if sheet is None:
        return None
    node = sheet[1]
    if not isinstance(node.value, str):
        return None
    is_position = node.value.isascii() and node.value.isdigit() and not node.is_quoted
    return int(node.value) if is_position else node.value


def _compiled(path: Path, content: bytes, document: Document, part: MappingPart) -> Mapping:
    lead = part.lead
    key, column = ("id", lead.id) if lead.id is not None else ("legacy_id", lead.legacy_id)
    standard = {name: getattr(part.fields, name) for name in part.fields.model_fields_set}
    locs = _field_locs(document.root.plain())
    compiled = _Compiler(document, part.source)
    return Mapping(
        path=path,
        sha256=sha256(content).hexdigest(),
        name=part.name or printable(path.stem),
        channel=part.channel,
        channel_spot=None if part.channel is None else document.spot(("channel",)),
        source=_options(document, part.source),
        lead=LeadColumn(compiled.column(("lead", key), str(column)), is_legacy=key == "legacy_id"),
        fields=tuple(
            compiled.field(loc, standard[loc[1]] if loc[0] == "fields" else part.properties[loc[1]]) for loc in locs
        ),
        duplicates=part.rules.duplicates,
        max_cleared=share_of(part.rules.max_cleared),
        max_changed=share_of(part.rules.max_changed),
        max_invalid=share_of(part.rules.max_invalid),
        max_row_change=share_of(part.rules.max_row_change),
        may_be_empty=part.rules.empty_source == "allow",
        may_have_blank_columns=part.rules.blank_columns == "allow",
        damage=_levels(part.damage),
        blanks=_folded(part.source.blanks),
    )


def _options(document: Document, part: SourcePart) -> SourceOptions:
    return SourceOptions(
        sheet=_sheet(document),
        header_row=part.header_row,
        encoding=part.encoding,
        delimiter=part.delimiter,
        skip_footer=part.skip_footer,
        stop_at_blank=part.stop_at_blank,
        hidden_rows=HiddenRows(part.hidden_rows),
    )


def _levels(part: DamagePart) -> dict[Code, Level]:
    return {Code(kind): Level(getattr(part, kind)) for kind in part.model_fields_set}


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.strip().casefold() for word in words)


def _roles(part: FieldPart, target: Target) -> frozenset[str]:
    """Tell what the columns of a field hold; the pieces that a template is made of are no whole phones or dates."""
    standard = "" if target.is_property else target.name
    roles = {"id"} if standard == "business_id" else set()
    if part.template is None:
        roles |= {standard} & {"phone", "email"}
        roles |= {"phone"} if part.phone else {"email"} if "email" in part.check else set()
        roles |= {"number"} if part.type in {"number", "integer"} else {"date"} if part.type == "date" else set()
    return frozenset(roles or {"text"})


def _narrowed(spot: Spot, part: str) -> Spot:
    """Give the place of a part within a longer one, where it stands on its line as it is."""
    begin = spot.column - 1
    at = spot.text.find(part, begin, begin + spot.length)
    return spot if at < 0 else replace(spot, column=at + 1, length=len(part))


class _Compiler(NamedTuple):
    """Makes fields of the models, with the places that the document knows."""

    document: Document
    source: SourcePart

    def column(self, loc: Loc, name: str) -> ColumnName:
        return ColumnName(name, _narrowed(self.document.spot(loc), f"{{{name}}}"))

    def field(self, loc: FieldLoc, part: FieldPart) -> Field:
        section, name = loc
        is_property = section == "properties"
        target = Target(name, is_property)
        pipeline = field_pipeline(part, self.source.decimal, self.source.date_order, is_property)
        is_id = is_property and UUID_FORM.fullmatch(name.strip()) is not None
        template = None if part.template is None else read_template(part.template)
        names = template.columns if template else () if part.column is None else (part.column,)
        key = "column" if template is None else "template"
        return Field(
            target=target,
            spot=self.document.lines.spot(self.document.key(loc)),
            type=part.type,
            pipeline=pipeline,
            typed_pipeline=typed_pipeline(part, self.source.date_order, is_property),
            columns=tuple(self.column((*loc, key), column) for column in names),
            template=None if template is None else template.form,
            constant=None if part.value is None else pipeline.run([part.value]).values[0],
            definition_id=name.strip().lower() if is_id else None,
            blanks=_folded(self.source.blanks if part.blanks is None else part.blanks),
            is_cleaned="clean" in part.transform,
            roles=_roles(part, target),
            undeclared=undeclared(part, self.source.decimal, self.source.date_order, is_property),
            policy=Policy(part.policy),
        )
