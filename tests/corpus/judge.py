"""Runs a case and compares what came of it with what must come of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from corpus import memory
from corpus.cases import Case, Checked, Found, Inspected, Refusable, Refused, Rows, Translated
from typer.testing import CliRunner

from leadsync.cli.main import app
from leadsync.codes import Code
from leadsync.damage import Inspector, Role, Watched
from leadsync.errors import LeadsyncError, SourceError
from leadsync.loader import Source, open_source
from leadsync.mapping import BoundMapping, Evidence, bind, load_mapping, translate
from leadsync.records import DEFAULT_LEVELS, Chunk, Issue, JsonValue, SourceOptions, Target, Translation

SIZES = (5000, 2)
"""Rows of a chunk: what is read must not depend on it."""


def judge(case: Case, folder: Path) -> None:
    """Make the file of a case, and fail where something else comes of it than must."""
    path = case.make(folder)
    with memory.below(memory.GIGABYTE):
        _JUDGES[type(case.expect)](case, path, folder)


def _judge_rows(case: Any, path: Path, _: Path) -> None:
    for size in SIZES:
        _compare_rows(case.expect, Read.of(path, case.options, size))


def _judge_refused(case: Any, path: Path, folder: Path) -> None:
    sentence = _refusal(case, path, folder)
    if case.expect.parts[0].endswith("."):
        assert sentence == case.expect.parts[0]
    for part in case.expect.parts:
        assert part.casefold() in sentence.casefold()


def _judge_refusable(case: Any, path: Path, _: Path) -> None:
    try:
        Read.of(path, case.options, SIZES[0])
    except SourceError as error:
        _must_be_a_sentence(error.message)


def _judge_translated(case: Any, path: Path, folder: Path) -> None:
    for size in SIZES:
        _compare_translation(case.expect, _translations(case, path, folder, size))


def _judge_inspected(case: Any, path: Path, folder: Path) -> None:
    _compare_findings(case.expect, _findings(case, path, folder))


def _judge_checked(case: Any, path: Path, folder: Path) -> None:
    _compare_output(case.expect, *checked(path, folder, case.mapping, case.arguments))


_JUDGES: dict[type, Callable[[Any, Path, Path], None]] = {
    Rows: _judge_rows,
    Refused: _judge_refused,
    Refusable: _judge_refusable,
    Translated: _judge_translated,
    Inspected: _judge_inspected,
    Checked: _judge_checked,
}
"""By the kind of what must come."""


@dataclass(slots=True)
class Read:
    """A source read to its end."""

    sheet: str
    table: list[list[str]]
    numbers: list[int] = field(default_factory=list)
    typed: set[str] = field(default_factory=set)
    issues: dict[int, Issue] = field(default_factory=dict)
    faults: dict[str, Issue] = field(default_factory=dict)
    left_out: dict[int, Issue] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, path: Path, options: SourceOptions, size: int) -> "Read":
        """Read a source, so many rows at a time."""
        with open_source(str(path), options) as source:
            read = cls(source.sheet, [list(source.headers)])
            for chunk in source.chunks(0, size):
                read.add(chunk)
        return read

    def add(self, chunk: Chunk) -> None:
        """Take the next rows over."""
        self.table += chunk.frame.to_numpy().tolist()
        self.numbers += chunk.numbers
        self.typed |= {_name(chunk, row, column) for column, rows in chunk.typed.items() for row in rows}
        self.issues |= _by_number(chunk, chunk.issues)
        self.left_out |= _by_number(chunk, chunk.left_out)
        self.hidden |= {chunk.numbers[row] for row in chunk.hidden}
        for column, issues in chunk.faults.items():
            for row, issue in issues.items():
                assert issue.cell == chunk.cell(row, column)
                self.faults[_name(chunk, row, column)] = issue


def _name(chunk: Chunk, row: int, column: int) -> str:
    return str(chunk.cell(row, column)).rpartition("!")[2]


def _by_number(chunk: Chunk, issues: Mapping[int, Issue]) -> dict[int, Issue]:
    return {chunk.numbers[row]: issue for row, issue in issues.items()}


def _compare_rows(expect: Rows, read: Read) -> None:
    assert read.table == [list(row) for row in expect.table]
    assert read.numbers == list(expect.numbers or range(2, len(expect.table) + 1))
    assert read.typed == set(expect.typed.split())
    assert _codes(read.issues) == expect.issues
    assert {cell: issue.code for cell, issue in read.faults.items()} == expect.faults
    assert _codes(read.left_out) == expect.left_out
    assert read.hidden == expect.hidden
    assert expect.sheet in {None, read.sheet}
    for issue in [*read.issues.values(), *read.faults.values(), *read.left_out.values()]:
        _must_be_a_sentence(issue.message)
    for cell, issue in read.faults.items():
        assert cell in issue.message


def _codes(issues: Mapping[int, Issue]) -> dict[int, Code]:
    return {number: issue.code for number, issue in issues.items()}


def _must_be_a_sentence(message: str) -> None:
    """Hold what every message promises: it ends like a sentence, and shows nothing that cannot be printed."""
    assert message.endswith((".", "?", "!")), message
    assert message.replace("\n", "").isprintable(), message
    assert "Traceback" not in message
    assert len(message) < 2000, message


def _refusal(case: Case, path: Path, folder: Path) -> str:
    read = partial(_translations, case, path, folder) if case.mapping else partial(Read.of, path, case.options)
    with pytest.raises(SourceError) as caught:
        read(SIZES[0])
    _must_be_a_sentence(caught.value.message)
    return caught.value.message.replace(f"{folder}/", "")


def _bound(case: Case, source: Source, folder: Path) -> BoundMapping:
    mapping = load_mapping(_mapping_file(case.mapping, folder))
    return bind(mapping, source.headers, source.name, source.layout.positions)


def _mapping_file(mapping: str, folder: Path) -> Path:
    path = folder / "mapping.yaml"
    path.write_text(mapping, encoding="utf-8")
    return path


def _options(case: Case, folder: Path) -> SourceOptions:
    return load_mapping(_mapping_file(case.mapping, folder)).source


def _translations(case: Case, path: Path, folder: Path, size: int) -> list[Translation]:
    """Translate as a run does: a pass for the evidence where it is needed, and one for the values."""
    with open_source(str(path), _options(case, folder)) as source:
        bound = decided(_bound(case, source, folder), source, size)
        return [translate(bound, chunk) for chunk in source.chunks(0, size)]


def decided(bound: BoundMapping, source: Source, size: int) -> BoundMapping:
    """Let the numbers of a source tell how they are written."""
    evidence = Evidence(bound)
    if not evidence.is_needed:
        return bound
    for chunk in source.chunks(0, size):
        evidence.look(chunk)
    return evidence.decide()


def _compare_translation(expect: Translated, translations: list[Translation]) -> None:
    values = {
        target.name: [_sent(one, target, row) for one in translations for row in range(len(one.chunk))]
        for target in translations[0].columns
    }
    assert values == {name: list(of) for name, of in expect.values.items()}
    assert _types(values) == _types(expect.values)
    issues = {
        translation.chunk.numbers[row]: of for translation in translations for row, of in translation.issues.items()
    }
    wanted = {number: of if isinstance(of, tuple) else (of,) for number, of in expect.issues.items()}
    assert {number: tuple(issue.code for issue in of) for number, of in issues.items()} == wanted
    for issue in (issue for of in issues.values() for issue in of):
        _must_be_a_sentence(issue.message)
        assert not expect.cell or str(issue.cell).endswith(f"!{expect.cell}")
    skipped = [(t.chunk.numbers[row], issue.code) for t in translations for row, issue in t.skipped.items()]
    assert dict(skipped) == expect.skipped


def _sent(translation: Translation, target: Target, row: int) -> JsonValue:
    """Give the value that a row would send; None where it leaves the target alone, or is not sent."""
    if row in translation.issues or row in translation.skipped:
        return None
    return translation.columns[target][row]


def _types(values: object) -> object:
    """Tell `True` from `1` and `1` from `1.0`, which are equal."""
    if isinstance(values, Mapping):
        return {name: [type(value) for value in of] for name, of in values.items()}
    return type(values)


def _findings(case: Case, path: Path, folder: Path) -> list[Found]:
    with open_source(str(path), _options(case, folder)) as source:
        bound = decided(_bound(case, source, folder), source, SIZES[0])
        watched = [
            Watched(position, bound.headers[position], frozenset(map(Role, roles)))
            for position, roles in bound.watched.items()
        ]
        inspector = Inspector(watched, {**DEFAULT_LEVELS, **bound.mapping.damage})
        for chunk in source.chunks(0, SIZES[0]):
            inspector.look(chunk, translate(bound, chunk).leads)
    found = inspector.findings()
    for finding in found:
        _must_be_a_sentence(finding.message)
        assert 0 < finding.confidence <= 1
        assert len(finding.cells) <= 3
    return [
        Found(finding.code, finding.header, finding.count, finding.level, finding.cells[0] if finding.cells else "")
        for finding in found
    ]


def _compare_findings(expect: Inspected, found: list[Found]) -> None:
    wanted = sorted(expect.findings, key=lambda finding: (finding.header, finding.code))
    there = sorted(found, key=lambda finding: (finding.header, finding.code))
    plain = [(finding.code, finding.header, finding.count, finding.level) for finding in there]
    assert plain == [(finding.code, finding.header, finding.count, finding.level) for finding in wanted]
    for one, other in zip(there, wanted, strict=True):
        assert other.first in {"", one.first.rpartition("!")[2]}


def checked(path: Path, folder: Path, mapping: str, arguments: tuple[str, ...] = ()) -> tuple[int, str]:
    """Run `leadsync check`; give its exit code and all that it says, as `leadsync.cli.main` does."""
    options = ["--mapping", str(_mapping_file(mapping, folder)), *arguments]
    with pytest.MonkeyPatch.context() as patch:
        # The log is configured for a whole process; this one's is pytest's.
        patch.setattr("leadsync.cli.logs.configure_log", lambda *_, **__: None)
        patch.chdir(folder)
        ended = CliRunner().invoke(app, ["check", str(path), "--offline", *options])
    if isinstance(ended.exception, LeadsyncError):
        return ended.exception.exit_code, ended.output + ended.exception.message
    if ended.exception is not None and not isinstance(ended.exception, SystemExit):
        raise ended.exception
    return ended.exit_code, ended.output


def _compare_output(expect: Checked, exit_code: int, output: str) -> None:
    said = " ".join(output.split())
    assert exit_code == expect.exit_code, said
    for part in expect.parts:
        assert part in said
    for part in expect.without:
        assert part not in said
