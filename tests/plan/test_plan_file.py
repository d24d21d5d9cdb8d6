"""The plan file: what is written is read again, and whatever else comes along is refused with a sentence."""

import gzip
import hashlib
import os
import stat
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadsync.codes import Code
from leadsync.errors import SourceError, StateError
from leadsync.plan import Change, PlanChunk, PlanHead, PlannedRow, check_plan, file, read_head, read_plan, write_plan
from leadsync.records import Cell, Chunk, Issue

TIER = "019dc3f6-1790-7298-932b-90a7ee4ba10c"
LEAD = "10000000-0000-4000-8000-000000000001"
Make = Callable[..., PlanChunk]


def same(one: PlanChunk, other: PlanChunk) -> bool:
    """Tell whether two chunks of a plan say the same."""
    told = [
        (
            *(c.source, c.sheet, c.headers, c.first, list(c.numbers), c.typed, c.faults),
            {row: list(cells) for row, cells in c.surplus.items()},
            None if c.positions is None else list(c.positions),
            [c.column(place) for place in range(len(c.headers))],
            [replace(row, changes=list(row.changes)) for row in planned.rows],
        )
        for planned in (one, other)
        for c in (planned.chunk,)
    ]
    return told[0] == told[1]


def lines_of(path: Path) -> list[Any]:
    """Give the lines of a plan as JSON."""
    return [orjson.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]


def forge(path: Path, lines: list[Any]) -> Path:
    """Write lines as a plan whose sum is right."""
    raw = [orjson.dumps(line) + b"\n" for line in lines[:-1]]
    digest = hashlib.sha256(b"".join([*raw[1:], raw[0]])).hexdigest()
    end = orjson.dumps(lines[-1] | {"sha256": digest}) + b"\n"
    path.write_bytes(gzip.compress(b"".join([*raw, end])))
    return path


def a_full_chunk() -> PlanChunk:
    """Make a chunk of two rows that has everything that a chunk can have."""
    cells = {0: ["=1+1", "a,\n\"b'\x00"], 1: ["2026-11-20", ""], 2: ["#N/A", "ø 🙂\u2028"]}
    chunk = Chunk(
        "Kunden ü.xlsx",
        "Bob's leads",
        ("Id", "Id", ""),
        0,
        [17, 1_048_576],
        pd.DataFrame(cells, dtype=object),
        positions=[0, 3, 702],
        typed={1: frozenset({0})},
        surplus={1: ["more", ""]},
        faults={2: {0: Issue(Code.ERROR_VALUE, "An error.", Cell("Bob's leads", 17, 702))}},
    )
    values: list[Any] = [12.5, -7, True, "0012", ["a", None], {"b": {"c": []}}, 10**18]
    rows = [
        PlannedRow(0, LEAD, [Change("email", None, "a@example.com"), *(Change(TIER, "", value) for value in values)]),
        PlannedRow(1, LEAD, [], Issue(Code.CANNOT_BE_UNDONE, "No.", Cell("S", 2, 0))),
    ]
    return PlanChunk(chunk, rows)


def test_what_is_written_is_read_again(tmp_path: Path, head: PlanHead, planned: Make) -> None:
    """Cells, places, forms, changes and remarks, whatever they hold; positions run on over the chunks."""
    path = tmp_path / "a plan"
    chunks = [a_full_chunk(), planned([Change("notes", "x", "")], first=40, sheet="More")]
    assert write_plan(path, head, chunks) == replace(head, rows=3)
    assert read_head(path) == check_plan(path) == replace(head, rows=3)
    first, second = read_plan(path)
    assert same(first, chunks[0])
    assert same(second, replace(chunks[1], chunk=replace(chunks[1].chunk, first=2)))
    assert str(first.chunk.cell(0, 2)) == "'Bob''s leads'!AAA17"


def test_the_head_of_an_undo_is_read_again(tmp_path: Path, head: PlanHead) -> None:
    """It names the run that it takes back; a plan may have no rows."""
    undo = replace(head, kind="undo", undoes="20261119-101112-ab12", sources=())
    assert write_plan(tmp_path / "p", undo, []) == undo == check_plan(tmp_path / "p")
    assert list(read_plan(tmp_path / "p")) == []


def test_chunks_without_rows_leave_no_trace(tmp_path: Path, head: PlanHead, planned: Make) -> None:
    """Most chunks of a nightly export change nothing."""
    some = planned([Change("notes", "", "a")])
    write_plan(tmp_path / "p", head, [planned(), some, planned()])
    assert len(list(read_plan(tmp_path / "p"))) == 1


def test_the_same_plan_is_the_same_file(tmp_path: Path, head: PlanHead, planned: Make) -> None:
    """Neither the moment nor the name is in it."""
    for name in ("one", "two"):
        write_plan(tmp_path / name, head, [planned([Change("notes", "", "a")])])
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_only_the_owner_can_read_a_plan(tmp_path: Path, head: PlanHead) -> None:
    """It holds lead data."""
    write_plan(tmp_path / "p", head, [])
    assert stat.S_IMODE((tmp_path / "p").stat().st_mode) == 0o600


def test_a_plan_is_there_whole_or_not_at_all(tmp_path: Path, head: PlanHead, planned: Make) -> None:
    """What breaks off half way leaves the earlier plan as it was, and no pieces."""
    write_plan(tmp_path / "p", head, [])
    before = (tmp_path / "p").read_bytes()

    def broken() -> Iterator[PlanChunk]:
        yield planned([Change("notes", "", "a")])
        raise StateError("The journal has gone.")

    with pytest.raises(StateError, match="The journal has gone"):
        write_plan(tmp_path / "p", head, broken())
    assert [path.name for path in tmp_path.iterdir()] == ["p"]
    assert (tmp_path / "p").read_bytes() == before


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, head: PlanHead) -> None:
    """A sentence with the file's name."""
    with pytest.raises(StateError, match=r"The plan .*/nowhere/p cannot be written \(No such file"):
        write_plan(tmp_path / "nowhere" / "p", head, [])


def test_a_long_chunk_is_written_as_several(
    tmp_path: Path, head: PlanHead, planned: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No line of the file is longer than what a reader takes; a row that is longer alone is told of."""
    monkeypatch.setattr(file, "LINE_LIMIT", 600)
    rows = planned(*([Change("notes", "", f"note {row}")] for row in range(7)))
    write_plan(tmp_path / "p", head, [rows])
    read = list(read_plan(tmp_path / "p"))
    assert len(read) > 1
    assert [row.changes[0].new for chunk in read for row in chunk.rows] == [f"note {row}" for row in range(7)]
    assert [number for chunk in read for number in chunk.chunk.numbers] == list(range(2, 9))
    assert [chunk.chunk.first for chunk in read] == [0, *(c.chunk.first + len(c.rows) for c in read[:-1])]
    with pytest.raises(StateError, match="Row Leads!2 holds more than"):
        write_plan(tmp_path / "p", head, [planned([Change("notes", "", "x" * 600)])])


@given(st.lists(st.tuples(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")))))
@settings(max_examples=60, deadline=None)
def test_any_text_comes_through(tmp_path_factory: pytest.TempPathFactory, texts: list[tuple[str, str]]) -> None:
    """Line breaks, quotation marks, zeros: a cell cannot end its line."""
    path = tmp_path_factory.getbasetemp() / "any"
    head = PlanHead(
        kind="apply", run_id="r", base_url="", key_print="", mapping="", sources=(), created_at="", names=dict(texts)
    )
    cells = pd.DataFrame({0: [cell for cell, _ in texts]}, dtype=object)
    chunk = Chunk("s", "s", ("h",), 0, range(1, 1 + len(texts)), cells)
    rows = [PlannedRow(row, LEAD, [Change("notes", *text)]) for row, text in enumerate(texts)]
    write_plan(path, head, [PlanChunk(chunk, rows)])
    assert read_head(path).names == head.names
    assert [(row.changes[0].old, row.changes[0].new) for read in read_plan(path) for row in read.rows] == texts


def refusal(path: Path) -> str:
    """Give the sentence with which a plan is refused; its head may be fine, its rows must not be believed."""
    with pytest.raises(SourceError) as of_check:
        check_plan(path)
    with pytest.raises(SourceError) as of_rows:
        list(read_plan(path))
    assert str(of_check.value) == str(of_rows.value)
    assert str(path) in str(of_check.value)
    assert "\n" not in str(of_check.value)
    return str(of_check.value)


def test_a_plan_that_is_cut_anywhere_is_refused(tmp_path: Path, head: PlanHead, planned: Make) -> None:
    """At every byte: nothing of it passes for a whole plan."""
    write_plan(tmp_path / "p", head, [planned([Change("notes", "", "a")], [Change("notes", "b", "c")])])
    whole = (tmp_path / "p").read_bytes()
    for end in range(len(whole)):
        (tmp_path / "p").write_bytes(whole[:end])
        said = refusal(tmp_path / "p")
        assert any(words in said for words in ("is cut off; copy it again", "is no plan", "(Not a gzipped file")), end


def test_a_line_that_is_cut_off_is_refused(tmp_path: Path, head: PlanHead, planned: Make) -> None:
    """Packed again after the end was lost: gzip is happy, leadsync is not."""
    write_plan(tmp_path / "p", head, [planned([Change("notes", "", "a")])])
    first, *_, end = lines = gzip.decompress((tmp_path / "p").read_bytes()).splitlines(keepends=True)
    for kept in ([first], lines[:-1], [*lines[:-1], end[:-1]]):
        (tmp_path / "p").write_bytes(gzip.compress(b"".join(kept)))
        assert "is cut off" in refusal(tmp_path / "p")


def test_a_plan_in_which_any_byte_is_another_is_refused_or_says_the_same(
    tmp_path: Path, head: PlanHead, planned: Make
) -> None:
    """A changed byte is found, save those of gzip's headers that say nothing."""
    chunk = planned([Change("notes", "", "a")])
    write_plan(tmp_path / "p", head, [chunk])
    whole = (tmp_path / "p").read_bytes()
    silent = 0
    for place in range(len(whole)):
        (tmp_path / "p").write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        try:
            (read,) = read_plan(tmp_path / "p")
        except SourceError:
            continue
        assert same(read, chunk)
        silent += 1
    assert silent <= 2 * len("FMTIMEXO")


def test_a_plan_that_was_edited_is_refused(tmp_path: Path, head: PlanHead, planned: Make) -> None:
    """Another value, another key, another number of rows, a chunk less: what is applied is what was shown."""
    path = tmp_path / "p"
    chunks = [planned([Change("notes", "", "a")]), planned([Change("notes", "", "b")], first=1)]
    write_plan(path, head, chunks)
    raw = gzip.decompress(path.read_bytes())
    lines = raw.splitlines(keepends=True)
    edits = [
        raw.replace(b'"a"', b'"z"'),
        raw.replace(b"0123456789abcdef", b"0123456789abcdee"),
        raw.replace(b'"rows":2} ', b'"rows":3} '),
        raw.replace(b'"rows":2,', b'"rows":1,'),
        b"".join([lines[0], lines[2], lines[1], lines[3]]),
        b"".join([lines[0], lines[1], lines[3]]),
        b"".join([*lines[:2], *lines[1:]]),
        raw + lines[-1],
        raw + b"x",
    ]
    for edit in edits:
        assert edit != raw
        path.write_bytes(gzip.compress(edit))
        assert "is not as it was written (its sum is another one)" in refusal(path)
    path.write_bytes(gzip.compress(raw) + b"more")
    assert "is not as it was written (Not a gzipped file" in refusal(path)


def test_a_plan_of_a_newer_leadsync_is_refused(tmp_path: Path, head: PlanHead, packed: Callable[..., Path]) -> None:
    """By its form alone, whatever else stands in it."""
    path = packed(b'{"leadsync_plan": 2, "news": []}', b"?")
    with pytest.raises(SourceError, match=r"was written by a newer leadsync \(form 2; this one reads form 1\): update"):
        read_head(path)
    assert "newer leadsync" in refusal(path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Id,E-mail\n1,a@example.com\n",
        b"PK\x03\x04",
        b"\x1f\x8b",
        b"\x1f\x8b\x08\x00garbage",
        gzip.compress(b""),
        gzip.compress(b"\n"),
        gzip.compress(b"Id,E-mail\n"),
        gzip.compress(b"[1]\n"),
        gzip.compress(b'{"leadsync_plan":1}'),
        gzip.compress(b"[" * 100_000 + b"\n"),
        gzip.compress(b'{"run_id":1}\n'),
        gzip.compress(b'\xff\xfe{"leadsync_plan":1}\n'),
    ],
)
def test_what_is_no_plan_is_refused(tmp_path: Path, content: bytes) -> None:
    """A spreadsheet, another packed file, nothing at all: a sentence, and what to name instead."""
    (tmp_path / "p").write_bytes(content)
    for read in (read_head, check_plan):
        with pytest.raises(SourceError, match=r"is no plan of leadsync; name the file|is cut off|is not as it was"):
            read(tmp_path / "p")


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """A folder, a pipe that nobody writes into, a name that is not there."""
    os.mkfifo(tmp_path / "pipe")
    for name, said in (("", "is no plan of leadsync"), ("pipe", "is no plan of leadsync"), ("x", "No such file")):
        with pytest.raises(SourceError, match=said):
            read_head(tmp_path / name)


@contextmanager
def few_megabytes() -> Iterator[None]:
    """Hold what is done within to a little memory."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < 8 * 2**20
    finally:
        tracemalloc.stop()


def test_a_head_without_end_does_not_fill_the_memory(tmp_path: Path) -> None:
    """A megabyte that unpacks to a gigabyte of head is given up after as much of it as a head can have."""
    packer = gzip.compress(b'{"leadsync_plan":1,"mapping":"' + b"x" * 2**20)
    more = gzip.compress(b"x" * 2**26)
    (tmp_path / "bomb").write_bytes(packer + more * 16)
    for read in (read_head, check_plan):
        with few_megabytes(), pytest.raises(SourceError, match="is no plan of leadsync"):
            read(tmp_path / "bomb")


def test_a_line_without_end_does_not_fill_the_memory(
    tmp_path: Path, head: PlanHead, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is given up at the limit of a line."""
    write_plan(tmp_path / "p", head, [])
    monkeypatch.setattr(file, "LINE_LIMIT", 2**20)
    first = gzip.decompress((tmp_path / "p").read_bytes()).splitlines(keepends=True)[0]
    (tmp_path / "p").write_bytes(gzip.compress(first + b"[" * 2**25))
    with few_megabytes():
        assert "is not as it was written (line 2 is too long)" in refusal(tmp_path / "p")


WRONG_HEADS: list[dict[str, Any]] = [
    {"leadsync_plan": 0},
    {"leadsync_plan": "1"},
    {"kind": "delete"},
    {"run_id": "../../etc"},
    {"run_id": ""},
    {"run_id": "a\n"},
    {"undoes": 5},
    {"undoes": "/tmp"},
    {"base_url": None},
    {"sources": "leads.csv"},
    {"sources": [1]},
    {"names": {TIER: 1}},
    {"names": []},
    {"rows": -1},
    {"rows": 1e300},
    {"rows": "1"},
    {"rows": True},
    {"surprise": 1},
]


@pytest.mark.parametrize("wrong", WRONG_HEADS, ids=str)
def test_a_head_of_another_form_is_refused(
    tmp_path: Path, head: PlanHead, planned: Make, wrong: dict[str, Any]
) -> None:
    """Also where its sum is right: a run's id becomes the name of a folder."""
    write_plan(tmp_path / "p", head, [planned([Change("notes", "", "a")])])
    lines = lines_of(tmp_path / "p")
    forge(tmp_path / "p", lines)
    check_plan(tmp_path / "p")
    forge(tmp_path / "p", [lines[0] | wrong, *lines[1:]])
    assert "is not as it was written (line 1" in refusal(tmp_path / "p")
    with pytest.raises(SourceError):
        read_head(tmp_path / "p")


A_ROW: list[Any] = [LEAD, [["email", None, "a@example.com"]], None]
WRONG_CHUNKS: list[dict[str, Any]] = [
    {"source": 1},
    {"sheet": None},
    {"headers": ["Id"]},
    {"headers": ["Id", None]},
    {"numbers": []},
    {"numbers": [0]},
    {"numbers": [2**31]},
    {"numbers": [10**30]},
    {"numbers": [2.5]},
    {"numbers": ["2"]},
    {"numbers": [True]},
    {"numbers": [2, 3]},
    {"columns": [["a"]]},
    {"columns": [["a"], ["b", "c"]]},
    {"columns": [["a"], [1]]},
    {"columns": [["a"], [None]]},
    {"columns": {}},
    {"positions": [1]},
    {"positions": [0, 10**12]},
    {"positions": [0, -1]},
    {"typed": [[2, [0]]]},
    {"typed": [[0, [1]]]},
    {"typed": [[0, [-1]]]},
    {"surplus": [[1, ["a"]]]},
    {"surplus": [[0, [1]]]},
    {"faults": [[0, [[1, ["error_value", "x", None]]]]]},
    {"faults": [[0, [[0, ["no_such_code", "x", None]]]]]},
    {"faults": [[0, [[0, ["error_value", "x", ["S", 0, 0]]]]]]},
    {"rows": []},
    {"rows": [A_ROW, A_ROW]},
    {"rows": [["1001", *A_ROW[1:]]]},
    {"rows": [[LEAD.upper().replace("1", "A"), *A_ROW[1:]]]},
    {"rows": [[LEAD + "\n", *A_ROW[1:]]]},
    {"rows": [[LEAD, [["email", None, 5]], None]]},
    {"rows": [[LEAD, [["email", None, ["a"]]], None]]},
    {"rows": [[LEAD, [["E mail", None, "a"]], None]]},
    {"rows": [[LEAD, [[TIER + "0", None, "a"]], None]]},
    {"rows": [[LEAD, [["email", "a"]], None]]},
    {"rows": [[LEAD, {}, None]]},
    {"rows": [[LEAD, [], "remark"]]},
    {"rows": [[LEAD, [], ["kept", 1, None]]]},
    {"surprise": 1},
]


@pytest.mark.parametrize("wrong", WRONG_CHUNKS, ids=str)
def test_a_chunk_of_another_form_is_refused(
    tmp_path: Path, head: PlanHead, planned: Make, wrong: dict[str, Any]
) -> None:
    """Also where its sum is right: wrong types, numbers beyond all, cells that are not there."""
    path = tmp_path / "p"
    write_plan(path, head, [planned([Change("notes", "", "a")])])
    lines = lines_of(path)
    path.write_bytes(gzip.compress(b"".join(_json(line) + b"\n" for line in (lines[0], lines[1] | wrong, lines[2]))))
    said = refusal(path)
    assert "is not as it was written (line 2" in said
    assert "a@example.com" not in said


def _json(value: Any) -> bytes:
    """Write JSON with whole numbers of any length, which orjson does not."""
    return repr(value).encode() if isinstance(value, int) and abs(value) > 2**63 else _nested(value)


def _nested(value: Any) -> bytes:
    if isinstance(value, list):
        return b"[" + b",".join(map(_json, value)) + b"]"
    if isinstance(value, dict):
        return b"{" + b",".join(orjson.dumps(key) + b":" + _json(each) for key, each in value.items()) + b"}"
    return orjson.dumps(value)


@pytest.mark.parametrize("value", [b"1e999", b"NaN", b"[" * 2000 + b"]" * 2000, b'"\\ud800"', b"1" * 5000])
def test_a_value_that_nobody_can_send_is_refused(tmp_path: Path, head: PlanHead, planned: Make, value: bytes) -> None:
    """Infinity, halves of characters, nesting without end, numbers of thousands of digits."""
    path = tmp_path / "p"
    write_plan(path, head, [planned([Change(TIER, "", "here")])])
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(b'"here"', value)))
    assert "is not as it was written (line 2 is none of a plan's)" in refusal(path)


def test_whole_numbers_beyond_64_bits_do_not_break_what_follows(tmp_path: Path, head: PlanHead, planned: Make) -> None:
    """They are read as JSON readers read them, as floats, and found out by the sum."""
    path = tmp_path / "p"
    write_plan(path, head, [planned([Change(TIER, "", "here")])])
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(b'"here"', b"9" * 40)))
    assert "its sum is another one" in refusal(path)


@pytest.mark.parametrize(
    "end", [{"end": 1}, {"end": True}, {"end": True, "chunks": -1, "rows": 0, "sha256": ""}], ids=str
)
def test_an_end_of_another_form_is_refused(tmp_path: Path, head: PlanHead, end: dict[str, Any]) -> None:
    """The end must say how much there was."""
    write_plan(tmp_path / "p", head, [])
    first = gzip.decompress((tmp_path / "p").read_bytes()).splitlines(keepends=True)[0]
    (tmp_path / "p").write_bytes(gzip.compress(first + orjson.dumps(end) + b"\n"))
    assert "is not as it was written (line 2" in refusal(tmp_path / "p")


def test_what_cannot_be_seen_in_a_name_is_shown(tmp_path: Path) -> None:
    """A file's name may hold bytes that are no text."""
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/p\xff"))
    with pytest.raises(SourceError, match=r"p\\xff cannot be read"):
        read_head(path)


def test_memory_does_not_grow_with_a_plan(tmp_path: Path, head: PlanHead, planned: Make) -> None:
    """Chunks are written as they come, and read as they are asked for: 25 MB pass through less than 8."""
    path = tmp_path / "p"
    with few_megabytes():
        write_plan(path, head, (planned(*([Change("notes", "", "x" * 5_000)] for _ in range(100))) for _ in range(50)))
        assert sum(len(chunk.rows) for chunk in read_plan(path)) == check_plan(path).rows == 5_000
