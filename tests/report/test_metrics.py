"""The metrics file, read back by the parser of Prometheus' own library."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT
from prometheus_client.parser import text_string_to_metric_families

from leadsync.errors import SettingsError
from leadsync.records import Status
from leadsync.report.metrics import Metrics, check_metrics_file, write_metrics

RUNNING = Metrics(
    run_id="20261103-021500-ab12",
    started=1_793_672_100.5,
    duration=12.25,
    in_progress=True,
    rows={Status.UPDATED: 40, Status.REJECTED: 2},
    requests={200: 41, 0: 3, 503: 1, 418: 1},
    retries=4,
    latency_bounds=(0.1, 0.5, 2.5),
    latency_counts=(30, 10, 0, 2),
    latency_sum=17.5,
    pace=8.0,
)
ENDED = replace(RUNNING, in_progress=False, exit_code=0, last_success=1_793_672_112.75)


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    """Let new files be readable by all unless leadsync says otherwise."""
    old = os.umask(0o022)
    yield
    os.umask(old)


def samples(path: Path) -> dict[str, float]:
    """Read a file strictly: each family once, with its help and its type; give `name{label="value"}` and value."""
    text = path.read_text(encoding="utf-8")
    assert text.endswith("\n")
    found = {}
    for family in text_string_to_metric_families(text):
        assert family.name.startswith("leadsync_")
        assert family.documentation.endswith(".")
        assert family.type in ("gauge", "counter", "histogram")
        for sample in family.samples:
            labels = ",".join(f'{name}="{value}"' for name, value in sample.labels.items())
            found[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert len(found) == len(lines)
    return found


def test_a_run_in_numbers(tmp_path: Path) -> None:
    """Base units, `_total` on what only rises, cumulative buckets, and every status also where it is 0."""
    path = tmp_path / "leadsync.prom"
    write_metrics(path, ENDED)
    found = samples(path)
    assert {name: value for name, value in found.items() if "{" not in name} == {
        "leadsync_run_in_progress": 0,
        "leadsync_run_start_timestamp_seconds": 1_793_672_100.5,
        "leadsync_run_duration_seconds": 12.25,
        "leadsync_run_exit_code": 0,
        "leadsync_last_success_timestamp_seconds": 1_793_672_112.75,
        "leadsync_pace_requests_per_second": 8,
        "leadsync_retries_total": 4,
        "leadsync_request_duration_seconds_count": 42,
        "leadsync_request_duration_seconds_sum": 17.5,
    }
    assert found['leadsync_run_info{run_id="20261103-021500-ab12"}'] == 1
    rows = {status: found[f'leadsync_rows_total{{status="{status}"}}'] for status in Status}
    assert rows == {status: {"updated": 40, "rejected": 2}.get(status, 0) for status in Status}
    requests = {name: value for name, value in found.items() if name.startswith("leadsync_requests_total")}
    assert {name.split('"')[1]: value for name, value in requests.items() if value} == {
        "0": 3, "200": 41, "418": 1, "503": 1,
    }  # fmt: skip
    assert requests['leadsync_requests_total{http_status="429"}'] == 0
    buckets = [value for name, value in found.items() if "_bucket" in name]
    assert [name.split('"')[1] for name in found if "_bucket" in name] == ["0.1", "0.5", "2.5", "+Inf"]
    assert buckets == [30, 40, 40, 42]


def test_what_is_not_known_yet_is_not_there(tmp_path: Path) -> None:
    """A run that goes on has no exit code, and without an earlier success there is no time of one: not 0, not 1970."""
    write_metrics(tmp_path / "m.prom", RUNNING)
    found = samples(tmp_path / "m.prom")
    assert found["leadsync_run_in_progress"] == 1
    assert not {"leadsync_run_exit_code", "leadsync_last_success_timestamp_seconds"} & set(found)


def test_no_metrics_of_the_process_are_mixed_in(tmp_path: Path) -> None:
    """The library's own collectors, of Python and the process, stay out; node_exporter has its own."""
    write_metrics(tmp_path / "m.prom", RUNNING)
    assert "python_" not in (tmp_path / "m.prom").read_text()
    assert "process_" not in (tmp_path / "m.prom").read_text()


def test_a_reader_sees_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    """The file is replaced, not written into, and nothing is left beside it."""
    path = tmp_path / "m.prom"
    write_metrics(path, RUNNING)
    with path.open(encoding="utf-8") as reader:
        write_metrics(path, ENDED)
        assert "leadsync_run_in_progress 1.0" in reader.read()
    assert samples(path)["leadsync_run_in_progress"] == 0
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_is_private_and_an_old_one_keeps_its_mode(tmp_path: Path) -> None:
    """Who makes the file beforehand decides who may read it."""
    write_metrics(tmp_path / "new.prom", RUNNING)
    assert stat.S_IMODE((tmp_path / "new.prom").stat().st_mode) == 0o600
    (tmp_path / "old.prom").touch()
    (tmp_path / "old.prom").chmod(0o644)
    write_metrics(tmp_path / "old.prom", RUNNING)
    write_metrics(tmp_path / "old.prom", ENDED)
    assert stat.S_IMODE((tmp_path / "old.prom").stat().st_mode) == 0o644


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file to any group")
def test_an_old_file_keeps_its_group(tmp_path: Path) -> None:
    """0640 for the group of node_exporter stays what it is."""
    path = tmp_path / "m.prom"
    path.touch()
    os.chown(path, -1, 12345)
    path.chmod(0o640)
    write_metrics(path, RUNNING)
    assert (path.stat().st_gid, stat.S_IMODE(path.stat().st_mode)) == (12345, 0o640)


def test_nothing_but_a_file_is_replaced(tmp_path: Path) -> None:
    """A link is not followed and not replaced; a folder and a device stay too."""
    (tmp_path / "victim").write_text("mine")
    (tmp_path / "link.prom").symlink_to(tmp_path / "victim")
    (tmp_path / "dangling.prom").symlink_to(tmp_path / "nothing")
    (tmp_path / "folder.prom").mkdir()
    os.mkfifo(tmp_path / "pipe.prom")
    for name in ("link.prom", "dangling.prom", "folder.prom", "pipe.prom"):
        with pytest.raises(OSError, match="not a file"):
            write_metrics(tmp_path / name, RUNNING)
        with pytest.raises(SettingsError, match="not a file"):
            check_metrics_file(tmp_path / name)
    assert (tmp_path / "victim").read_text() == "mine"
    assert (tmp_path / "link.prom").is_symlink()
    assert not (tmp_path / "nothing").exists()


def test_a_folder_that_is_not_there_is_found_out_before_the_first_row(tmp_path: Path) -> None:
    """The sentence names the path and what to do."""
    with pytest.raises(SettingsError, match=r"gone/m\.prom cannot be written \(No such file.*name a file in a folder"):
        check_metrics_file(tmp_path / "gone" / "m.prom")
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match="Not a directory"):
        check_metrics_file(tmp_path / "file" / "m.prom")


def test_a_file_that_holds_something_else_is_refused(tmp_path: Path) -> None:
    """`--metrics-file leads.csv` must not cost the leads; an empty file and an old one of ours are fine."""
    leads = tmp_path / "leads.csv"
    leads.write_text("Id,E-mail\n")
    with pytest.raises(SettingsError, match="holds something else"):
        check_metrics_file(leads)
    (tmp_path / "empty.prom").touch()
    write_metrics(tmp_path / "ours.prom", RUNNING)
    for name in ("empty.prom", "ours.prom", "new.prom"):
        check_metrics_file(tmp_path / name)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty.prom", "leads.csv", "ours.prom"]


def test_a_disk_that_cannot_be_written_is_an_os_error() -> None:
    """The run goes on without metrics; the caller tells it."""
    with pytest.raises(OSError, match=r"m\.prom"):
        write_metrics(Path("/proc/m.prom"), RUNNING)


def test_a_run_without_metrics_does_not_load_the_library() -> None:
    """The report's room does not bring it along."""
    script = "import leadsync.report, sys; sys.exit('prometheus_client' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0
