"""The corpus: small files as they really come, each with the rows or the sentence that must come of it."""

from pathlib import Path

import pytest
from corpus import (
    check_cases,
    csv_cases,
    damage_cases,
    encoding_cases,
    excel_cases,
    file_cases,
    format_cases,
    hostile_cases,
    translate_cases,
)
from corpus.cases import Case
from corpus.judge import judge

CASES = [
    *csv_cases.CASES,
    *encoding_cases.CASES,
    *excel_cases.CASES,
    *file_cases.CASES,
    *format_cases.CASES,
    *hostile_cases.CASES,
    *translate_cases.CASES,
    *damage_cases.CASES,
    *check_cases.CASES,
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_file_gives_its_rows_or_its_sentence(case: Case, tmp_path: Path) -> None:
    """Every cell of them, or every word."""
    judge(case, tmp_path)


def test_the_corpus_is_large_and_each_file_is_known_by_its_name() -> None:
    """At least 200 files; each says what it is about."""
    assert len({case.name for case in CASES}) == len(CASES) >= 200
    assert all(case.about.endswith(".") for case in CASES)
