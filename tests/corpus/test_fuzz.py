"""No input whatever gives a traceback: fuzzed bytes, cut files, flipped bits, of every kind of file."""

import contextlib
from pathlib import Path
from random import Random

import pytest
from corpus import memory
from corpus.judge import Read
from corpus.mutants import MAPPING, consume, mutant, seed_of, some_options, sound_files
from corpus.nightly import examples

from leadsync.errors import LeadsyncError
from leadsync.mapping import Mapping, load_mapping
from leadsync.records import SourceOptions

SOUND = sound_files()
MUTANTS = examples(60, 3000)
"""Of each kind."""


@pytest.fixture(scope="module")
def mapping(tmp_path_factory: pytest.TempPathFactory) -> Mapping:
    """Give a mapping for the columns of the good files."""
    path = tmp_path_factory.mktemp("mapping") / "mapping.yaml"
    path.write_text(MAPPING, encoding="utf-8")
    return load_mapping(path)


@pytest.mark.parametrize("kind", SOUND)
def test_the_good_files_are_read(kind: str, tmp_path: Path, mapping: Mapping) -> None:
    """Else their mutants would tell nothing."""
    name, content = SOUND[kind]
    path = tmp_path / name
    path.write_bytes(content)
    assert consume(path, SourceOptions(), mapping) >= 6


@pytest.mark.parametrize("kind", SOUND)
def test_a_damaged_file_gives_rows_or_a_sentence(
    kind: str, tmp_path: Path, mapping: Mapping, capfd: pytest.CaptureFixture[str]
) -> None:
    """Never another exception, whatever was damaged, never a gigabyte, and no word of a library to the user."""
    name, content = SOUND[kind]
    for number in range(MUTANTS):
        random = Random(seed_of(kind, number))
        path = tmp_path / name
        path.write_bytes(mutant(content, random))
        with contextlib.suppress(LeadsyncError), memory.below(memory.GIGABYTE):
            consume(path, some_options(random), mapping)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("kind", ["gz", "zip", "xlsx", "xlsb", "ods"])
def test_a_flipped_bit_is_never_read_as_another_value(kind: str, tmp_path: Path) -> None:
    """These files have checksums: what was damaged on its way is refused, or nothing of the table was hit."""
    name, content = SOUND[kind]
    path = tmp_path / name
    path.write_bytes(content)
    table = Read.of(path, SourceOptions(), 5000).table
    for number in range(MUTANTS):
        random = Random(seed_of("flip", kind, number))
        flipped = bytearray(content)
        flipped[random.randrange(len(content))] ^= 1 << random.randrange(8)
        path.write_bytes(flipped)
        with contextlib.suppress(LeadsyncError):
            assert Read.of(path, SourceOptions(), 5000).table == table


@pytest.mark.parametrize("name", ["leads.csv", "leads.csv.gz", "leads.zip", "leads.xlsx", "leads.xls", "leads"])
def test_any_bytes_under_any_name_give_rows_or_a_sentence(name: str, tmp_path: Path, mapping: Mapping) -> None:
    """Of no kind at all, or beginning like one."""
    path = tmp_path / name
    for number in range(MUTANTS):
        random = Random(seed_of(name, number))
        begin = random.choice([b"", b"PK\3\4", b"\x1f\x8b\x08", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"<"])
        path.write_bytes(begin + random.randbytes(random.choice([0, 3, 20, 600, 5000])))
        with contextlib.suppress(LeadsyncError):
            consume(path, some_options(random), mapping)
