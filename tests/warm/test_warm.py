"""A fork of the mother is like an interpreter of its own: other tests take the one for the other."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ended, end
from warm.client import Mother, Running

SCRIPTS = {
    "nothing": "",
    "an exit code": "import sys; sys.exit(7)",
    "a sentence as exit code": "import sys; sys.exit('a sentence')",
    "an exception": "raise ValueError('broken')",
    "a warning": "import warnings; warnings.warn('a warning')",
    "an interruption": "raise KeyboardInterrupt",
    "a signal": "import os, signal; os.kill(os.getpid(), signal.SIGTERM)",
    "Ctrl-C": "import os, signal, time; os.kill(os.getpid(), signal.SIGINT); time.sleep(60)",
    "a thread that goes on": "import threading; threading.Timer(0.1, lambda: print('late')).start()",
    "a file left open": "open(__import__('os').devnull)",
    "a file left open in a circle": "a = [open(__import__('os').devnull)]; a.append(a); del a",
    "the end": "import atexit; atexit.register(print, 'end'); print('x', end='')",
    "standard input": "import sys; print(len(sys.stdin.read()))",
    "arguments": "import sys; print(sys.argv)",
    "the environment": "import os; print(os.environ['HOME'], os.environ.get('LEADSYNC_STATE_DIR'), os.getcwd())",
    "streams": "import sys; print(*((s.errors, s.encoding, s.isatty()) for s in (sys.stdout, sys.stderr)))",
    "temporary files": "import tempfile; print(tempfile.gettempdir())",
    "the local time": "import time; print(time.tzname, time.localtime(0)[:5])",
    "full output": "import os; os.dup2(os.open('/dev/full', os.O_WRONLY), 1); print('x')",
    "signals": "import signal; print([(s, str(signal.getsignal(s))[:20]) for s in sorted(signal.valid_signals())])",
    "threads": "import threading; print([thread.name for thread in threading.enumerate()])",
    "open files": "import os; print(len(os.listdir('/proc/self/fd')))",
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_a_fork_does_what_an_interpreter_does(
    start: Callable[..., Running], environment: dict[str, str], tmp_path: Path, script: str
) -> None:
    """Exit code, output, and the last line of what is complained of."""
    variables = {"TMPDIR": str(tmp_path), "TZ": "Asia/Tokyo", "PYTHONUNBUFFERED": "", "PYTHONIOENCODING": ""}
    alone = subprocess.run(
        [sys.executable, "-W", "error", "-c", script, "æ", "--x"],
        cwd=tmp_path,
        env=environment | variables,
        input=b"abc",
        capture_output=True,
        check=False,
    )
    ended = end(start("æ", "--x", script=script, stdin=b"abc", **variables))
    assert (ended.code, ended.out) == (alone.returncode, alone.stdout.decode())
    assert ended.err.splitlines()[-1:] == alone.stderr.decode().splitlines()[-1:]


def test_commands_run_at_the_same_time_and_end_as_they_like(start: Callable[..., Running]) -> None:
    """One waits while another comes and goes; a signal reaches the one that is meant."""
    waits = start(script="import sys; print('up', flush=True); sys.stdin.read(); import time; time.sleep(60)")
    assert waits.stdout.readline() == b"up\n"
    assert end(start("--version")).code == 0
    assert waits.poll() is None
    waits.send_signal(signal.SIGTERM)
    assert end(waits).code == -signal.SIGTERM


def test_all_that_was_started_ends_with_the_mother(environment: dict[str, str], tmp_path: Path) -> None:
    """No process is left behind, not even one that has been forgotten."""
    with Mother() as mother:
        hangs = mother.start(
            folder=tmp_path, environment=environment, script="import time; print('up', flush=True); time.sleep(60)"
        )
        assert hangs.stdout.readline() == b"up\n"
    hangs.stderr.read()  # which ends when nobody is there to write
    with hangs.stdout, hangs.stderr, pytest.raises((AssertionError, ConnectionError)):
        hangs.wait()
    with pytest.raises(ProcessLookupError):
        os.kill(hangs.pid, 0)


def test_the_command_line_itself_is_what_runs(leadsync: Callable[..., Ended]) -> None:
    """Without a script it is `python -m leadsync`."""
    assert leadsync("--version").out.startswith("leadsync ")
