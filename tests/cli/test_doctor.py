"""`leadsync doctor`: what it finds, in a process, in real folders."""

import os
import signal
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import typer
from conftest import Ended, Keen
from typer.testing import CliRunner

from leadsync.cli.doctor import doctor as command
from leadsync.cli.doctor.looks import LOOKS
from leadsync.cli.doctor.state import look_at_disk
from leadsync.journal import hold
from leadsync.journal.schema import VERSION, open_database

KEY = "0b6e7f10-3a57-4d7e-9c1d-f00dfeed4c1d"


@pytest.fixture
def doctor(tmp_path: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ended]:
    """Run the command, with a key and without the network unless told otherwise."""
    # The log is configured for a whole process; this one's is pytest's.
    monkeypatch.setattr("leadsync.cli.logs.configure_log", lambda *_, **__: None)
    for name in os.environ.keys() - environment.keys():
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    app = typer.Typer()
    app.command()(command)

    def run(*arguments: str, online: bool = False, **variables: str) -> Ended:
        given = [*arguments, *(() if online else ("--offline",))]
        ended = CliRunner().invoke(app, given, env=environment | {"LEADSYNC_API_KEY": KEY} | variables)
        assert isinstance(ended.exception, SystemExit | None), ended.exception
        assert ended.stderr == ""
        assert KEY not in ended.stdout
        return Ended(ended.exit_code, ended.stdout, "")

    return run


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Make a private state folder with an empty journal."""
    path = tmp_path / "state"
    path.mkdir(mode=0o700)
    open_database(path / "journal.sqlite").close()
    return path


def begin_run(state: Path, name: str, summary: str | None = None) -> None:
    """Write a run into the journal."""
    with closing(open_database(state / "journal.sqlite")) as database:
        values = (
            name,
            "2026-11-03T02:15:00Z",
            "[]",
            "m.yaml",
            "00",
            "",
            summary,
            '{"dry_run": false, "follows": null}',
        )
        names = "id, started_at, sources, mapping, mapping_sha256, base_url, summary, head"
        database.execute(f"INSERT INTO runs ({names}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)


def kill_within_a_commit(leadsync: Callable[..., Ended], state: Path) -> None:
    """Leave a journal half-written, as a killed run does: part of a transaction is in the file."""
    script = (
        "import os, sys; from pathlib import Path; from leadsync.journal.schema import open_database\n"
        "database = open_database(Path(sys.argv[1])); database.execute('PRAGMA cache_size = 2')\n"
        "database.execute('BEGIN'); rows = [(f'killed-{n}', 'x' * 1000) for n in range(3000)]\n"
        "names = 'id, started_at, sources, mapping, mapping_sha256, base_url'\n"
        "sql = f\"INSERT INTO runs ({names}) VALUES (?, ?, '', '', '', '')\"\n"
        "database.executemany(sql, rows); os.kill(os.getpid(), 9)"
    )
    journal = state / "journal.sqlite"
    assert leadsync(journal, script=script).code == -signal.SIGKILL
    assert journal.with_name("journal.sqlite-journal").stat().st_size


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Give the content and the mode of everything in a folder."""
    return {
        str(path): (path.read_bytes() if path.is_file() else b"", path.stat().st_mode)
        for path in [folder, *folder.rglob("*")]
    }


def findings(ended: Ended, level: str) -> str:
    """Give the lines of a level."""
    lines = ended.out.splitlines()
    assert all(line.split(": ")[0] in ("ok", "warning", "error") for line in lines)
    return "\n".join(line for line in lines if line.startswith(f"{level}: "))


def test_a_fresh_place_is_fine(doctor: Callable[..., Ended], tmp_path: Path) -> None:
    """Versions, key, address, folder, disk: one line each, exit 0, and nothing is made."""
    ended = doctor()
    assert ended.code == 0
    assert findings(ended, "error") == findings(ended, "warning") == ""
    for part in (f"SQLite {sqlite3.sqlite_version}", "There is an API key", "data.keenpartner.com", "not there yet",
                 "free on the disk", "no journal yet"):  # fmt: skip
        assert part in ended.out
    assert list(tmp_path.iterdir()) == []


def test_a_sound_journal_is_read_through_and_left_as_it_is(doctor: Callable[..., Ended], state: Path) -> None:
    """Its form, its size, and that SQLite finds no fault in it."""
    begin_run(state, "20261103-021500-ab12", "{}")
    before = snapshot(state)
    ended = doctor()
    assert (ended.code, findings(ended, "warning")) == (0, "")
    assert "can be written, and is private" in ended.out
    assert f"in form {VERSION}." in ended.out
    assert "The journal is sound." in ended.out
    assert snapshot(state) == before


def test_the_findings_as_json(leadsync: Callable[..., Ended], state: Path) -> None:
    """Only JSON on standard output; the same findings and exit code."""
    begin_run(state, "r1")
    plain, ended = (leadsync("doctor", "--offline", *more, LEADSYNC_API_KEY=KEY) for more in ((), ("--json",)))
    told = ended.json
    assert told["exit_code"] == ended.code == plain.code == 0
    lines = [f"{f['level']}: {f['message']} {f['remedy']}".strip() for f in told["findings"]]
    still = [line for line in lines if " free on " not in line]
    assert still == [line for line in plain.out.splitlines() if " free on " not in line]


@pytest.mark.parametrize(
    ("variables", "says"),
    [
        ({"LEADSYNC_API_KEY": ""}, "There is no API key"),
        ({"LEADSYNC_API_KEY": f"{KEY} x"}, "The API key holds a blank"),
        ({"LEADSYNC_API_KEY": f"Bearer {KEY}"}, "begins with a word such as Bearer"),
        ({"LEADSYNC_API_KEY": f"X-Api-Key: {KEY}"}, "begins with a word such as Bearer"),
        ({"LEADSYNC_API_KEY": f"'{KEY}'"}, "quotation marks around the key"),
        ({"LEADSYNC_API_KEY": f"{KEY}\u201d"}, "quotation marks around the key"),
        ({"LEADSYNC_API_KEY": f"{KEY} "}, "blanks before or behind the key"),
        ({"LEADSYNC_API_KEY": "", "LEADSYNC_API_KEY_FILE": "two"}, "has 2 lines"),
        ({"LEADSYNC_API_KEY": "", "LEADSYNC_API_KEY_FILE": "named"}, "begins with a name and ="),
        ({"LEADSYNC_API_KEY": "", "LEADSYNC_API_KEY_FILE": "marked"}, "begins with a byte order mark"),
        ({"LEADSYNC_API_KEY_FILE": "key"}, "Both LEADSYNC_API_KEY and LEADSYNC_API_KEY_FILE are set"),
        ({"LEADSYNC_API_KEY": "", "LEADSYNC_API_KEY_FILE": "gone"}, "key file gone"),
        ({"LEADSYNC_BASE_URL": "http://example.com/x"}, "in the clear"),
        ({"LEADSYNC_BASE_URL": "nonsense"}, "not a web address"),
        ({"LEADSYNC_STATE_DIR": "file"}, "is no folder"),
        ({"LEADSYNC_STATE_DIR": "file/below"}, "is no folder"),
    ],
)
def test_what_a_run_would_stumble_over_is_an_error(
    doctor: Callable[..., Ended], tmp_path: Path, variables: dict[str, str], says: str
) -> None:
    """Exit 1; the other findings are told as well."""
    (tmp_path / "file").touch()
    files = {
        "key": KEY,
        "two": f"{KEY}\n# of the old company\n",
        "named": f"LEADSYNC_API_KEY={KEY}",
        "marked": f"\ufeff{KEY}",
    }
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    ended = doctor(**variables)
    assert ended.code == 1
    assert says in findings(ended, "error")
    assert "SQLite" in findings(ended, "ok")
    assert "free on the disk" in ended.out


def test_a_key_in_another_form_than_keens_is_a_warning(doctor: Callable[..., Ended]) -> None:
    """Keen's keys are UUIDs; what another system's key looks like is not shown, only how long it is."""
    ended = doctor(LEADSYNC_API_KEY="sk-marked-4711")
    assert "is no UUID, as Keen's keys are: it has 14 characters" in findings(ended, "warning")
    assert (ended.code, "4711" in ended.out) == (0, False)
    assert "in the form of Keen's" in findings(doctor(LEADSYNC_API_KEY=KEY.upper()), "ok")


def test_a_key_file_ends_with_a_line_end(doctor: Callable[..., Ended], tmp_path: Path) -> None:
    """As an editor writes it, or `echo`, or Windows."""
    (tmp_path / "key").write_bytes(f"{KEY}\r\n".encode())
    (tmp_path / "key").chmod(0o600)
    ended = doctor(LEADSYNC_API_KEY="", LEADSYNC_API_KEY_FILE="key")
    assert (ended.code, findings(ended, "warning")) == (0, "")
    assert "from the file key, in the form of Keen's" in ended.out


@pytest.mark.parametrize(
    ("version", "is_told"), [((3, 34, 1), False), ((3, 35, 0), True), ((3, 37, 1), True), ((3, 37, 2), False)], ids=str
)
def test_a_sqlite_that_damages_databases_is_a_warning(
    doctor: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...], is_told: bool
) -> None:
    """By the list of its makers (sqlite.org/howtocorrupt.html), with the version that has it mended."""
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    monkeypatch.setattr(sqlite3, "sqlite_version", ".".join(map(str, version)))
    assert ("Update it to 3.37.2 or later" in findings(doctor(), "warning")) == is_told


def test_each_mapping_of_the_folder_is_read(doctor: Callable[..., Ended], tmp_path: Path) -> None:
    """All faults of all mappings, each with its place; other files there are nobody's business."""
    folder = tmp_path / "mappings"
    folder.mkdir()
    sound = "version: 1\nlead: {id: Id}\nfields: {email: E-mail}\n"
    (folder / "sound.yaml").write_text(sound)
    (folder / "notes.txt").write_text("no mapping")
    ended = doctor()
    assert ended.code == 0
    assert "The mapping mappings/sound.yaml can be read." in findings(ended, "ok")
    assert "notes.txt" not in ended.out
    (folder / "faulty.yml").write_text(sound.replace("E-mail", "{colum: E-mail}") + "chanel: Acme\n")
    (folder / "empty.yaml").touch()
    ended = doctor()
    assert ended.code == 1
    assert all(f"mappings/faulty.yml:{place}: " in findings(ended, "error") for place in ("3:18", "4:1"))
    assert "mappings/empty.yaml: the mapping is empty." in findings(ended, "error")


def test_settings_that_cannot_be_read_are_findings_too(doctor: Callable[..., Ended]) -> None:
    """Each has its line; exit 2."""
    ended = doctor(LEADSYNC_RATE="fast", LEADSYNC_TRIES="0")
    assert ended.code == 2
    assert "LEADSYNC_RATE cannot be used" in findings(ended, "error")
    assert "LEADSYNC_TRIES must be at least 1" in findings(ended, "error")
    assert doctor("--json", LEADSYNC_RATE="fast").json["exit_code"] == 2


def test_files_that_others_can_read_are_a_warning(doctor: Callable[..., Ended], state: Path, tmp_path: Path) -> None:
    """The state folder, the key's file and .env, with what to type."""
    (state / "journal.sqlite").chmod(0o644)
    for name in ("key", ".env"):
        (tmp_path / name).write_text(KEY if name == "key" else "")
        (tmp_path / name).chmod(0o640)
    ended = doctor(LEADSYNC_API_KEY="", LEADSYNC_API_KEY_FILE=str(tmp_path / "key"))
    assert ended.code == 0
    warnings = findings(ended, "warning")
    assert f"Run: chmod -R go-rwx {state}" in warnings
    assert f"Run: chmod 600 {tmp_path / 'key'}" in warnings
    assert "Run: chmod 600 .env" in warnings


def test_another_address_than_keens_is_a_warning(doctor: Callable[..., Ended]) -> None:
    """Left over from a trial with the sandbox, for example."""
    assert "at 127.0.0.1" in findings(doctor(LEADSYNC_BASE_URL="http://127.0.0.1:8765/x"), "warning")


def test_keen_is_asked_unless_told_otherwise(doctor: Callable[..., Ended], keen: Keen) -> None:
    """`--offline` says what it leaves out; without it Keen gets one question, and no key."""
    address = {"LEADSYNC_BASE_URL": keen.sandbox.url}
    assert "The network was left alone (--offline)" in findings(doctor(**address), "ok")
    assert len(keen.sandbox.calls) == 0
    ended = doctor(online=True, **address)
    assert ended.code == 0
    assert "Keen answers at 127.0.0.1, and refuses who has no key (401)." in findings(ended, "ok")
    assert "The network was left alone" not in ended.out
    assert len(keen.sandbox.calls) == 1


def test_who_holds_the_state_folder_is_told(leadsync: Callable[..., Ended], state: Path) -> None:
    """And the journal of a run that goes on is left alone: no lock of ours may keep it from a commit."""
    begin_run(state, "20261103-021500-ab12")
    with hold(state):
        ended = leadsync("doctor", "--offline", LEADSYNC_API_KEY=KEY)
        assert f"A run is going on (process {os.getpid()}, since " in ended.out
        assert "not read through" in ended.out
        assert (ended.code, findings(ended, "warning")) == (0, "")
    assert "A run is going on" not in leadsync("doctor", "--offline").out


def test_a_run_that_did_not_end_is_a_warning(doctor: Callable[..., Ended], state: Path) -> None:
    """With the command that goes on with it."""
    begin_run(state, "r1", "{}")
    begin_run(state, "r2")
    begin_run(state, "r3")
    warnings = findings(doctor(), "warning")
    assert "2 runs did not come to an end, the last one r3. To go on with it: leadsync resume r3" in warnings


def test_a_journal_that_a_killed_run_left_half_written_is_no_fault(
    doctor: Callable[..., Ended], leadsync: Callable[..., Ended], state: Path
) -> None:
    """It is told, once, and what lies there is not touched; the next run mends it."""
    begin_run(state, "r1", "{}")
    kill_within_a_commit(leadsync, state)
    before = snapshot(state)
    ended = doctor()
    assert ended.code == 0
    assert findings(ended, "warning").count("A run was killed while it wrote into the journal") == 1
    assert "sound" not in ended.out
    assert snapshot(state) == before
    open_database(state / "journal.sqlite").close()
    assert "The journal is sound." in doctor().out


@pytest.mark.parametrize("content", [b"no database" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_journal_is_an_error(doctor: Callable[..., Ended], state: Path, content: bytes) -> None:
    """A sentence and what to do, no crash."""
    (state / "journal.sqlite").write_bytes(content)
    ended = doctor()
    assert ended.code == 1
    assert "journal.sqlite cannot be read" in findings(ended, "error")
    assert "Move the file away" in findings(ended, "error")


def test_a_damaged_journal_is_an_error(doctor: Callable[..., Ended], state: Path) -> None:
    """Its first page is sound, and yet PRAGMA integrity_check finds the bytes that a bad disk changed."""
    for number in range(20):
        begin_run(state, f"run-{number}", "{}" + " " * 5000)
    path = state / "journal.sqlite"
    content = bytearray(path.read_bytes())
    content[-20_000:-100] = bytes(19_900)
    path.write_bytes(content)
    ended = doctor()
    assert ended.code == 1
    assert "journal" in findings(ended, "error")
    assert "sound" not in ended.out


def test_rows_that_belong_to_no_run_are_an_error(doctor: Callable[..., Ended], state: Path) -> None:
    """PRAGMA foreign_key_check finds them."""
    with closing(sqlite3.connect(state / "journal.sqlite")) as database, database:
        database.execute("INSERT INTO outcomes VALUES (7, 0, 'updated', 'updated', '', '', '', 200, 1, 0)")
    ended = doctor()
    assert ended.code == 1
    assert "1 rows belong to no run" in findings(ended, "error")


def test_a_journal_of_a_newer_leadsync_is_an_error(doctor: Callable[..., Ended], state: Path) -> None:
    """One of an older form is fine: the next run brings it up to date."""
    for version, code, says in (
        (VERSION + 1, 1, "of a newer leadsync"),
        (VERSION - 1, 0, f"brings it to form {VERSION}"),
    ):
        with closing(sqlite3.connect(state / "journal.sqlite")) as database, database:
            database.execute(f"PRAGMA user_version = {version}")
        ended = doctor()
        assert ended.code == code
        assert says in ended.out


def test_a_journal_whose_making_was_killed_is_fine(doctor: Callable[..., Ended], state: Path) -> None:
    """An empty file: the next run makes the tables."""
    (state / "journal.sqlite").write_bytes(b"")
    ended = doctor()
    assert (ended.code, findings(ended, "warning")) == (0, "")


@pytest.mark.parametrize(
    ("free", "level"), [(2**40, "ok"), (2**29, "warning"), (2**20, "error")], ids=["plenty", "little", "nothing"]
)
def test_a_full_disk_is_told_beforehand(free: int, level: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run stops when it cannot write what became of a row."""

    class Place:
        state_dir = tmp_path / "not" / "there"

    class Usage:
        def __init__(self, folder: Path) -> None:
            assert folder == tmp_path
            self.free = free

    monkeypatch.setattr("leadsync.cli.doctor.state.shutil.disk_usage", Usage)
    (finding,) = look_at_disk(Place)
    assert finding.level == level
    assert bool(finding.remedy) == (level != "ok")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
@pytest.mark.parametrize("mode", [0o500, 0o000])
def test_a_state_folder_that_cannot_be_written_is_an_error(
    doctor: Callable[..., Ended], state: Path, mode: int
) -> None:
    """Whether its content can be read or not."""
    state.chmod(mode)
    try:
        ended = doctor()
    finally:
        state.chmod(stat.S_IRWXU)
    assert ended.code == 1
    assert "cannot be read and written" in findings(ended, "error")


def test_each_look_is_one_function_of_the_settings() -> None:
    """Further looks are added to the list."""
    assert all(look.__doc__ for look in LOOKS)
