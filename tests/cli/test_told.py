"""What commands about past runs say: of strange names, of what can be done next, and of what was not done."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CHANNEL, Ended, Keen, lead_id

MAPPING = f"""\
version: 1
channel: {CHANNEL}
lead: {{id: Id}}
fields: {{first_name: Name, notes: Notes}}
"""


@pytest.fixture
def prepare(tmp_path: Path) -> Callable[..., None]:
    """Write a mapping, and a source of one row."""

    def write(name: str = "l.csv") -> None:
        (tmp_path / "m.yaml").write_text(MAPPING, encoding="utf-8")
        (tmp_path / name).write_text(f"Id,Name,Notes\n{lead_id(0)},Anna,x\n", encoding="utf-8")

    return write


def edit(keen: Keen, **fields: str) -> None:
    """Change the lead in Keen."""
    lead = keen.world.lead(lead_id(0))
    assert lead
    lead.fields = fields


@pytest.mark.parametrize("name", ["export[final].csv", "a[/b].csv"])
def test_the_name_of_a_file_is_told_as_it_is(
    at_keen: Callable[..., Ended], prepare: Callable[..., None], tmp_path: Path, name: str
) -> None:
    """Brackets in it are no markup of ours."""
    (tmp_path / name).parent.mkdir(exist_ok=True)
    prepare(name)
    at_keen("sync", name, "-m", "m.yaml")
    listed = at_keen("runs")
    assert (listed.code, name in listed.out) == (0, True)


def test_an_undo_that_nobody_agreed_to_says_so_to_a_program(
    at_keen: Callable[..., Ended], prepare: Callable[..., None]
) -> None:
    """The exit code within is the one without."""
    prepare()
    at_keen("sync", "l.csv", "-m", "m.yaml", "--keep-before")
    ended = at_keen("undo", "last", "--json")
    assert (ended.code, ended.json["exit_code"]) == (3, 3)


def test_the_changes_of_an_undo_are_those_that_would_be_made(
    at_keen: Callable[..., Ended], prepare: Callable[..., None], keen: Keen, tmp_path: Path
) -> None:
    """Values that are kept stand in no table of changes."""
    prepare()
    at_keen("sync", "l.csv", "-m", "m.yaml", "--keep-before")
    edit(keen, first_name="edited", notes="edited")
    at_keen("undo", "last", "--dry-run", "--report-dir", "u")
    assert len((tmp_path / "u" / "changes.csv").read_text(encoding="utf-8-sig").splitlines()) == 1
    assert not (tmp_path / "u" / "plan.leadsync").exists()


def test_a_command_that_is_proposed_finds_the_state_folder(
    at_keen: Callable[..., Ended], prepare: Callable[..., None]
) -> None:
    """It can be copied as it stands."""
    prepare()
    at_keen("sync", "l.csv", "-m", "m.yaml", "--keep-before", "--state-dir", "s2")
    assert "--state-dir s2 --yes" in at_keen("undo", "last", "--state-dir", "s2").err


def test_no_undo_is_proposed_of_a_run_that_wrote_nothing(
    at_keen: Callable[..., Ended], prepare: Callable[..., None]
) -> None:
    """Such as a plan that was applied before; and it does not speak of a source that it does not have."""
    prepare()
    at_keen("plan", "l.csv", "-m", "m.yaml", "--report-dir", "p")
    assert "leadsync undo" not in at_keen("runs", "show", "last").out
    at_keen("apply", "p")
    assert "leadsync undo" in at_keen("runs", "show", "last").out
    at_keen("apply", "p")
    assert "leadsync undo" not in at_keen("runs", "show", "last").out


def test_a_plan_that_changes_nothing_is_applied_in_silence_about_sources(
    at_keen: Callable[..., Ended], prepare: Callable[..., None], keen: Keen
) -> None:
    """There are no rows, and nothing is wrong."""
    prepare()
    edit(keen, first_name="Anna", notes="x")
    at_keen("plan", "l.csv", "-m", "m.yaml", "--report-dir", "p")
    applied = at_keen("apply", "p")
    assert (applied.code, "There were no rows." in applied.out) == (0, True)


def test_a_trial_apply_leaves_the_plan_where_it_is(
    at_keen: Callable[..., Ended], prepare: Callable[..., None], tmp_path: Path
) -> None:
    """Also where its report goes into the plan's own folder."""
    prepare()
    at_keen("plan", "l.csv", "-m", "m.yaml", "--report-dir", "p")
    plan = (tmp_path / "p" / "plan.leadsync").read_bytes()
    tried = at_keen("apply", "p", "--dry-run", "--report-dir", "p")
    assert (tried.code, (tmp_path / "p" / "plan.leadsync").read_bytes()) == (0, plan)
    assert not (tmp_path / "p" / ".changes.leadsync").exists()
    assert at_keen("apply", "p").code == 0
