"""Files within files: what is packed as .gz, or alone in a .zip, is unpacked into a file that nobody else can see."""

import gzip
import lzma
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Protocol
from zipfile import BadZipFile, ZipFile

from leadsync.errors import SourceError
from leadsync.files import printable
from leadsync.loader.arrival.content import Content, damaged_zip, members, opened_zip

UNPACKED_LIMIT = 4 * 2**30
"""Bytes of what was unpacked: 25 million rows, on a disk of which nobody was asked. An unpacked file has no limit."""

RATIO_LIMIT = 200
RATIO_FREE = 100 * 2**20
"""Beyond so many bytes, what is unpacked may not be 200 times what was packed: tables come to 5 to 50 times, and a
bomb to 1,000 times."""

_BLOCK = 1 << 20
_NAMED = 5
"""Files of an archive that a message names."""


class Packed(Protocol):
    """What is unpacked while it is read."""

    def read(self, size: int = ..., /) -> bytes:
        """Give the next bytes."""


class Spool:
    """A file without a name, gone with the process, even a killed one; it grows to a limit."""

    def __init__(self, name: str) -> None:
        self.name = name
        """Of whose content it holds."""
        self.file: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115  # the source closes it
        self.size = 0

    def write(self, block: bytes) -> int:
        """Write a block; raises SourceError where there is no room for it."""
        self.size += len(block)
        try:
            return self.file.write(block)
        except OSError as error:
            raise SourceError(
                f"{self.name} has to be copied into {tempfile.gettempdir()} first, and that failed "
                f"({error.strerror or error}); make room there, or name another folder in the variable TMPDIR."
            ) from error

    def finish(self) -> BinaryIO:
        """Give the file, with all that was written."""
        self.file.flush()
        return self.file


@contextmanager
def spooling(name: str) -> Iterator[Spool]:
    """Give a spool, which is closed again where an exception comes."""
    spool = Spool(name)
    try:
        yield spool
    except BaseException:
        spool.file.close()
        raise


def unpack(file: BinaryIO, content: Content, name: str) -> BinaryIO:
    """Unpack a .gz file, or a .zip file with one file in it, into a file of its own.

    Raises SourceError where it is damaged, locked, unpacks to more than leadsync takes, or holds not one file.
    """
    file.seek(0)
    with spooling(name) as spool:
        if content is Content.GZIP:
            with _sound_gzip(name), gzip.GzipFile(fileobj=file) as packed:
                _copy(packed, file, spool)
        else:
            with opened_zip(file, name) as archive:
                _unpack_only(archive, file, spool)
        return spool.finish()


def _unpack_only(archive: ZipFile, file: BinaryIO, spool: Spool) -> None:
    name = spool.name
    files = members(archive)
    if len(files) != 1:
        titles = ", ".join(repr(printable(one.filename)) for one in files[:_NAMED])
        more = ", …" if len(files) > _NAMED else ""
        holds = f"{len(files)} files ({titles}{more})" if files else "no file"
        raise SourceError(f"{name} is a ZIP file that holds {holds}; pack the one table alone, or unpack it.")
    if files[0].flag_bits & 1:
        raise SourceError(f"{name} is protected by a password; unpack it, and name the file that was in it.")
    with _sound_zip(name), archive.open(files[0]) as packed:
        _copy(packed, file, spool)


def _copy(packed: Packed, file: BinaryIO, spool: Spool) -> None:
    """Unpack to the end, or to where it is too much for what was read of the file: a disk fills fast."""
    while block := packed.read(_BLOCK):
        if spool.size + len(block) > UNPACKED_LIMIT:
            raise SourceError(
                f"{spool.name} unpacks to more than {UNPACKED_LIMIT // 2**30} GB; unpack it yourself if that is "
                "right, and name the file that was in it."
            )
        if spool.size > max(RATIO_FREE, RATIO_LIMIT * file.tell()):
            raise SourceError(
                f"{spool.name} unpacks to more than {RATIO_LIMIT} times its size, as no table does; unpack it yourself "
                "if that is right, and name the file that was in it."
            )
        spool.write(block)


@contextmanager
def _sound_gzip(name: str) -> Iterator[None]:
    try:
        yield
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise SourceError(
            f"{name} is packed as .gz and damaged ({str(error).rstrip('.')}); copy, download or pack it again."
        ) from error


@contextmanager
def _sound_zip(name: str) -> Iterator[None]:
    """Turn what `zipfile` raises for a damaged member, or one packed in an unknown way, into a sentence."""
    try:
        yield
    except NotImplementedError as error:
        raise SourceError(
            f"{name} is packed in a way that leadsync does not know ({error}); unpack it, or pack it as a plain .zip."
        ) from error
    except (BadZipFile, EOFError, zlib.error, lzma.LZMAError, ValueError, RuntimeError) as error:
        raise damaged_zip(name, error) from error
