"""Mappings written to real files, and chunks of rows to translate by them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from leadsync.errors import MappingError
from leadsync.mapping import BoundMapping, Mapping, bind, load_mapping, translate
from leadsync.records import Chunk, Issue, JsonValue, Translation

LEAD = "019dc3f6-1790-7298-932b-90a7ee4ba10c"


def chunk_of(headers: Sequence[str], rows: Sequence[Sequence[str]], **more: object) -> Chunk:
    """Make a chunk of the sheet Leads whose first row is row 2."""
    frame = pd.DataFrame([list(row) for row in rows], dtype=object, columns=range(len(headers)))
    numbers = range(2, 2 + len(rows))
    return Chunk("leads.xlsx", "Leads", tuple(headers), 0, numbers, frame, **more)  # type: ignore[arg-type]  # named


@dataclass(frozen=True)
class Bench:
    """Writes mappings, and translates single columns by a field's keys."""

    folder: Path

    def load(self, text: str) -> Mapping:
        """Load a mapping from its text."""
        path = self.folder / "x.yaml"
        path.write_text(text, encoding="utf-8")
        return load_mapping(path)

    def faults(self, text: str | bytes) -> list[str]:
        """Give the lines of the error that loading raises, without the folder."""
        path = self.folder / "x.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        with pytest.raises(MappingError) as caught:
            load_mapping(path)
        return str(caught.value).replace(f"{self.folder}/", "").split("\n")

    def translate(
        self, text: str, headers: Sequence[str], rows: Sequence[Sequence[str]], **more: object
    ) -> Translation:
        """Translate rows by the text of a mapping."""
        mapping = self.load(text)
        return translate(bind(mapping, headers, "leads.xlsx"), chunk_of(headers, rows, **more))

    def bound(self, text: str, headers: Sequence[str]) -> BoundMapping:
        """Bind the text of a mapping to some headers."""
        return bind(self.load(text), headers, "leads.xlsx")

    def chunk(self, headers: Sequence[str], rows: Sequence[Sequence[str]], **more: object) -> Chunk:
        """Make a chunk of the sheet Leads whose first row is row 2."""
        return chunk_of(headers, rows, **more)

    def column(self, keys: str, cells: Sequence[str], section: str = "fields", source: str = "{}") -> Translation:
        """Translate the cells of the column A by a field's keys, for the field notes or the property P."""
        name = "notes" if section == "fields" else "P"
        field = f"{{column: A, {keys}}}" if keys else "A"
        text = f"version: 1\nchannel: C\nsource: {source}\nlead: {{id: Lead}}\n{section}:\n  {name}: {field}\n"
        return self.translate(text, ["Lead", "A"], [[LEAD, cell] for cell in cells])

    def values(
        self, keys: str, cells: Sequence[str], section: str = "fields", source: str = "{}"
    ) -> "list[JsonValue | Issue]":
        """Give the value of each cell, or its code where it is refused."""
        translation = self.column(keys, cells, section, source)
        (values,) = translation.columns.values()
        return [
            translation.issues[row][0].code if row in translation.issues else value for row, value in enumerate(values)
        ]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Give a bench in a folder of its own."""
    return Bench(tmp_path)


@pytest.fixture(scope="session")
def shared_bench(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Bench]:
    """Give benches to tests that run many examples in one folder."""
    folder = tmp_path_factory.mktemp("bench")
    return lambda: Bench(folder)
