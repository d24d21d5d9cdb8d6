"""The plan file: all that is needed to apply a plan, without the source and the mapping it was made from.

Gzip over lines of JSON: a head, a line for each chunk of rows, and an end with a SHA-256 over all of it, so that a
file that was cut off or edited is refused. That guards against accidents: whoever writes a whole file of their own can
write the sum too, which is why every line is held against its form as well.
"""

import gzip
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import orjson
from pydantic import ValidationError

from leadsync.errors import SourceError, StateError
from leadsync.files import printable, private_bytes
from leadsync.plan.records import PlanChunk, PlanHead, PlannedRow
from leadsync.plan.wire import FORM, ChunkLine, EndLine, HeadLine, Line, chunk_line, end_line, head_json
from leadsync.quoting import visible
from leadsync.records import Chunk

HEAD_LIMIT = 2**20
LINE_LIMIT = 64 * 2**20
"""Bytes of a line. The loader's chunks come to some 5 MB; what is more than this is written as several lines."""

_MOST_DIGITS = 10**15
_MAGIC = b"\x1f\x8b"
_SHOWN = 3
"""Steps of the way to what is wrong in a line that a message tells."""

AnyLine = TypeVar("AnyLine", bound=Line)


def write_plan(path: Path, head: PlanHead, chunks: Iterable[PlanChunk]) -> PlanHead:
    """Write a plan (0600), whole or not at all; give its head with the number of its rows.

    Chunks without rows are left out, and whatever position the first row of a chunk has, the rows of the file are
    numbered on from 0. Raises StateError where the file cannot be written.
    """
    digest = sha256()
    count = rows = 0
    try:
        with private_bytes(path) as file:
            place_held = _head_member(replace(head, rows=_MOST_DIGITS))[1]
            file.write(place_held)
            with gzip.GzipFile("", "wb", compresslevel=1, fileobj=file, mtime=0) as packed:
                for planned in chunks:
                    for line in _lines_of(planned.chunk, planned.rows):
                        digest.update(line)
                        packed.write(line)
                        count += 1
                    rows += len(planned.rows)
                head = replace(head, rows=rows)
                line, member = _head_member(head)
                digest.update(line)
                packed.write(end_line(count, rows, digest.hexdigest()))
            assert len(member) == len(place_held)
            file.seek(0)
            file.write(member)
    except OSError as error:
        raise StateError(f"The plan {printable(path)} cannot be written ({error.strerror or error}).") from error
    return head


def _head_member(head: PlanHead) -> tuple[bytes, bytes]:
    """Give the head's line, and the same as a part of a gzip file whose length does not depend on the number of rows.

    The number is known when all is written, and must stand at the beginning: so the line has room for it, is not
    compressed, and is written over.
    """
    room = len(head_json(replace(head, rows=_MOST_DIGITS)))
    line = head_json(head).ljust(room) + b"\n"
    return line, gzip.compress(line, compresslevel=0, mtime=0)


def _lines_of(chunk: Chunk, rows: Sequence[PlannedRow]) -> Iterator[bytes]:
    """Give the line of a chunk, or several where it is too long for one."""
    if not rows:
        return
    line = chunk_line(chunk, rows)
    if len(line) <= LINE_LIMIT:
        yield line
    elif len(rows) == 1:
        raise StateError(
            f"Row {chunk.row(0)} holds more than {LINE_LIMIT // 2**20} MB, which no plan can take: "
            "look at the row, and take it out of the source."
        )
    else:
        half = len(rows) // 2
        yield from _lines_of(chunk.head(half), rows[:half])
        yield from _lines_of(chunk.take(range(half, len(rows))), rows[half:])


def read_head(path: Path) -> PlanHead:
    """Read what a plan says of itself, from its beginning alone; raises SourceError where it is none."""
    with _opened(path) as file:
        return _head(path, _line(path, file, 1))


def check_plan(path: Path) -> PlanHead:
    """Read a plan to its end, and give its head.

    Raises SourceError where it is no plan, one of a newer leadsync, cut off, or not as it was written.
    """
    deque(_verified(path), maxlen=0)
    return read_head(path)


def read_plan(path: Path) -> Iterator[PlanChunk]:
    """Read the rows of a plan, a chunk at a time; their positions run from 0.

    Raises SourceError as `check_plan` does, some of it only at the end.
    """
    first = 0
    for line in _verified(path):
        yield line.planned(first)
        first += len(line.numbers)


def _verified(path: Path) -> Iterator[ChunkLine]:
    """Give the lines of the chunks, and hold all of the file against its end."""
    digest = sha256()
    count = rows = 0
    with _opened(path) as file:
        head_line = _line(path, file, 1)
        head = _head(path, head_line)
        while "end" not in (content := _parsed(path, line := _line(path, file, count + 2), count + 2)):
            digest.update(line)
            chunk = _believed(path, ChunkLine, content, count + 2)
            count += 1
            rows += len(chunk.numbers)
            yield chunk
        end = _believed(path, EndLine, content, count + 2)
        digest.update(head_line)
        if (end.chunks, end.rows, head.rows, end.sha256) != (count, rows, rows, digest.hexdigest()) or file.read(1):
            raise _changed(path, "its sum is another one")


def _head(path: Path, line: bytes) -> PlanHead:
    try:
        content = orjson.loads(line)
        form = content["leadsync_plan"]
    except (ValueError, TypeError, LookupError):
        raise _no_plan(path) from None
    if isinstance(form, int) and form > FORM:
        raise SourceError(
            f"The plan {printable(path)} was written by a newer leadsync (form {form}; this one reads form {FORM}): "
            "update leadsync, or make the plan again."
        )
    return _believed(path, HeadLine, content, 1).head()


def _line(path: Path, file: gzip.GzipFile, number: int) -> bytes:
    """Read the next line; a number of 1 is the first, which must show by itself that the file is a plan."""
    limit = HEAD_LIMIT if number == 1 else LINE_LIMIT
    line = file.readline(limit + 1)
    if number == 1 and not line.endswith(b"\n"):
        raise _no_plan(path)
    if not line.endswith(b"\n"):
        raise _changed(path, f"line {number} is too long") if len(line) > limit else _cut_off(path)
    return line


def _parsed(path: Path, line: bytes, number: int) -> dict[str, Any]:
    try:
        content = orjson.loads(line)
    except orjson.JSONDecodeError:
        content = None
    if not isinstance(content, dict):
        raise _changed(path, f"line {number} is none of a plan's")
    return content


def _believed(path: Path, form: type[AnyLine], content: object, number: int) -> AnyLine:
    """Hold a line against its form."""
    try:
        return form.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"][:_SHOWN]))
        raise _changed(path, f"line {number}{place and ', ' + place}: {first['msg']}") from None


def _no_plan(path: Path) -> SourceError:
    return SourceError(f"{printable(path)} is no plan of leadsync; name the file that `leadsync plan` wrote.")


def _cut_off(path: Path) -> SourceError:
    return SourceError(f"The plan {printable(path)} is cut off; copy it again, or make it again.")


def _changed(path: Path, what: str) -> SourceError:
    return SourceError(
        f"The plan {printable(path)} is not as it was written ({visible(what)}); what is applied is what was shown, "
        "so make it again, from a source with the values that are right."
    )


@contextmanager
def _opened(path: Path) -> Iterator[gzip.GzipFile]:
    """Open a plan for reading what is packed in it; whatever is wrong with it becomes a sentence."""
    if path.exists() and not path.is_file():
        raise _no_plan(path)
    try:
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                raise _no_plan(path)
            file.seek(0)
            with gzip.GzipFile(fileobj=file) as packed:
                yield packed
    except EOFError:
        raise _cut_off(path) from None
    except (gzip.BadGzipFile, zlib.error) as error:
        raise _changed(path, str(error).rstrip(".")) from None
    except OSError as error:
        raise SourceError(
            f"The plan {printable(path)} cannot be read ({error.strerror or error}); "
            "name the file that `leadsync plan` wrote."
        ) from error
