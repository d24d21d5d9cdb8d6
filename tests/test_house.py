"""The house of DESIGN section 3: its floors, its rooms, its words."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

from leadsync.codes import CATALOGUE, Code

PACKAGE = ROOT / "leadsync"
FLOORS = (
    ("characters", "codes", "counting", "errors", "files", "harmless", "identity", "quoting", "records", "version"),
    ("loader", "mapping", "damage", "keen", "journal", "plan", "report", "sandbox"),
    ("settings",),
    ("sync",),
    ("cli", "library"),
)
MODULES = sorted(PACKAGE.rglob("*.py"))


def floor(room: str) -> int:
    """Give the number of the floor that a room is on."""
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)


def room_of(path: Path) -> str:
    """Give the room that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(tree: ast.AST) -> Iterator[str]:
    """Give the rooms of leadsync that a syntax tree imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("leadsync."):
            yield node.module.split(".")[1]
        elif isinstance(node, ast.Import):
            yield from (name.name.split(".")[1] for name in node.names if name.name.startswith("leadsync."))


def test_every_room_has_a_floor() -> None:
    """A new room is put on a floor."""
    rooms = {room_of(path) for path in MODULES} - {"__init__", "__main__"}
    assert rooms == {room for rooms in FLOORS for room in rooms}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_downwards(path: Path) -> None:
    """A room imports itself and lower floors; on floor 0, `characters` and `codes` stand below the rest."""
    room = room_of(path)
    if room in ("__init__", "__main__"):
        return
    for other in imports(ast.parse(path.read_text(encoding="utf-8"))):
        same_floor_but_lower = (room, other) in {("records", "characters"), ("records", "codes"), ("errors", "codes")}
        assert other == room or floor(other) < floor(room) or same_floor_but_lower, f"{room} imports {other}"


def test_the_sandbox_imports_nothing_of_the_rooms_it_tests() -> None:
    """The emulator must not share the mistakes of the client."""
    for path in (PACKAGE / "sandbox").glob("*.py"):
        assert set(imports(ast.parse(path.read_text(encoding="utf-8")))) <= {"sandbox"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_circle_is_dodged(path: Path) -> None:
    """No import within a function (save in the command line, for a quick start), and no TYPE_CHECKING."""
    text = path.read_text(encoding="utf-8")
    assert "TYPE_CHECKING" not in text
    if room_of(path) == "cli":
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            assert not any(isinstance(inner, (ast.Import, ast.ImportFrom)) for inner in ast.walk(node)), node.name


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_file_is_long(path: Path) -> None:
    """A file of more than 400 lines has two jobs."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_the_top_level_is_what_was_asked_for() -> None:
    """Six names, and dot-files."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    tops = {line.split("/")[0] for line in listed.stdout.splitlines()}
    visible = {top for top in tops if not top.startswith(".")}
    assert visible == {"pyproject.toml", "README.md", "leadsync", "mappings", "tests", "sample_data"}


def test_every_code_is_in_the_catalogue() -> None:
    """Whatever the program can say, `leadsync explain` can explain."""
    assert list(CATALOGUE) == list(Code)
    for entry in CATALOGUE.values():
        assert entry.meaning.endswith(".")
        assert entry.remedy.endswith(".")


def test_every_code_can_be_said() -> None:
    """A code of the catalogue that nothing emits is a promise that nobody keeps."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in MODULES if room_of(path) != "codes")
    assert [code.name for code in Code if f"Code.{code.name}" not in text] == []


def test_no_unknown_exception_is_swallowed() -> None:
    """`except Exception` stands once, where the command line turns a fault of ours into a sentence."""
    found = [path.name for path in MODULES if re.search(r"except Exception\b", path.read_text())]
    assert found == ["main.py"]
