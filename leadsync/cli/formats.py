"""The formats of a report, from their names; what makes a format is loaded when its file is made."""

from collections.abc import Collection, Sequence

from leadsync.errors import SettingsError
from leadsync.report.about import About, Original
from leadsync.report.columns import Columns
from leadsync.report.formats import Format, Formats, Workbook
from leadsync.report.problems import Problem


def formats_of(names: Collection[Format]) -> Formats:
    """Give the files of a report with these formats."""
    return Formats(
        csv=Format.CSV in names,
        workbook=_workbook if Format.XLSX in names else None,
        page=_page if Format.HTML in names else None,
    )


def formats_named(text: str) -> Formats:
    """Read names such as `csv,xlsx`; raises SettingsError for one that is none."""
    names = [name.strip().casefold() for name in text.split(",") if name.strip()]
    wrong = [name for name in names if name not in {*Format}]
    if wrong:
        raise SettingsError(f"There is no report format {wrong[0]!r}: the formats are {', '.join(Format)}.")
    return formats_of([Format(name) for name in names])


def _workbook(columns: Columns, run_id: str, *, rows: int, original: Original | None, has_forms: bool) -> Workbook:
    from leadsync.report.workbook import ResultsWorkbook  # openpyxl takes a third of a second to load

    return ResultsWorkbook(columns, run_id, rows=rows, original=original, has_forms=has_forms)


def _page(about: About, problems: Sequence[Problem], problem_count: int) -> bytes:
    from leadsync.report.page import page  # and so do jinja2 and its templates

    return page(about, problems, problem_count)
