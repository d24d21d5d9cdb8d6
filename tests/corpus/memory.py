"""How much memory something takes: Linux knows the most that a process ever had, and can be told to forget it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

GIGABYTE = 1 << 30

_FORGET = Path("/proc/self/clear_refs")
_STATUS = Path("/proc/self/status")


@contextmanager
def below(limit: int) -> Iterator[None]:
    """Hold that the whole process has less memory than so many bytes meanwhile; only Linux tells."""
    if not _FORGET.exists():
        yield
        return
    _FORGET.write_text("5", encoding="ascii")
    yield
    lines = _STATUS.read_text(encoding="ascii").splitlines()
    peak = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
    assert peak < limit, f"{peak >> 20} MB"
