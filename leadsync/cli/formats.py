"""The formats of a report, from their names; what makes a format is loaded when its file is made."""

from collections.abc import Collection, Sequence
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from leadsync.errors import SettingsError
from leadsync.files import printable
from leadsync.report.about import About, Original
from leadsync.report.columns import Columns
from leadsync.report.formats import Format, Formats, Workbook
from leadsync.report.problems import Problem

Word = TypeVar("Word", bound=StrEnum)

ALL_FORMATS = tuple(map(str, Format))
_FEW = 10
"""So many words at most are listed in a message."""


def formats_of(names: Collection[Format]) -> Formats:
    """Give the files of a report with these formats."""
    return Formats(
        csv=Format.CSV in names,
        workbook=_workbook if Format.XLSX in names else None,
        page=_page if Format.HTML in names else None,
    )


def chosen_formats(names: Sequence[str]) -> list[Format]:
    """Read the names of formats, also several with commas between; raises SettingsError with the nearest right one."""
    words = [word.strip().casefold() for name in names for word in name.split(",")]
    return known_words(Format, "format of a report", words)


def known_words(kind: type[Word], what: str, words: Sequence[str]) -> list[Word]:
    """Read words, such as `invalid_email`; raises SettingsError with the nearest right one."""
    right = [str(word) for word in kind]
    for word in words:
        if word not in right:
            near = get_close_matches(word, right, n=1, cutoff=0.5)
            few = "There are: " + ", ".join(right) + "." if len(right) < _FEW else "`leadsync explain` lists them."
            raise SettingsError(
                f"{printable(word) or 'Nothing'} is no {what}. {f'Did you mean {near[0]}?' if near else few}"
            )
    return [kind(word) for word in words]


def _workbook(
    columns: Columns, run_id: str, *, rows: int, original: Original | None, has_forms: bool, folder: Path | None
) -> Workbook:
    from leadsync.report.workbook import ResultsWorkbook  # openpyxl takes a third of a second to load

    return ResultsWorkbook(columns, run_id, rows=rows, original=original, has_forms=has_forms, folder=folder)


def _page(about: About, problems: Sequence[Problem], problem_count: int) -> bytes:
    from leadsync.report.page import page  # and so do jinja2 and its templates

    return page(about, problems, problem_count)
