"""Where the columns stand that leadsync adds to its reports (DESIGN section 7), when such a report is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from leadsync.loader.forms import FORM_COLUMN

HELPER_PREFIX = "leadsync_"
"""Begins the header of each column that leadsync itself adds to its reports."""

RUN_COLUMN = "leadsync_run"
SHEET_COLUMN = "leadsync_sheet"
ROW_COLUMN = "leadsync_row"
STATUS_COLUMN = "leadsync_status"
CODE_COLUMN = "leadsync_code"
ESCAPED_COLUMN = "leadsync_escaped"
"""An apostrophe in each row of which some cell got one before it (see `harmless.escaped`)."""


@dataclass(frozen=True, slots=True)
class HelperColumns:
    """The helper columns that tell how rows are to be read: their places among the cells of a row, from 0.

    None for a column that the file does not have; the first one counts where there are several of one name.
    """

    form: int | None
    escaped: int | None
    run: int | None
    sheet: int | None
    row: int | None
    status: int | None
    code: int | None

    @classmethod
    def of(cls, header: Sequence[str]) -> Self | None:
        """Find the columns in a header row; None where it has none of them."""
        places: dict[str, int] = {}
        for place, text in enumerate(header):
            if text.startswith(HELPER_PREFIX):
                places.setdefault(text, place)
        names = (FORM_COLUMN, ESCAPED_COLUMN, RUN_COLUMN, SHEET_COLUMN, ROW_COLUMN, STATUS_COLUMN, CODE_COLUMN)
        return cls(*map(places.get, names)) if any(name in places for name in names) else None

    @property
    def tell_origins(self) -> bool:
        """Tell whether rows are known by what became of them; reports of older leadsyncs do not name the run."""
        return self.run is not None or self.status is not None
