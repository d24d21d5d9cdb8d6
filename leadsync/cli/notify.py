"""Tells people how a command ended, by whatever apprise reaches: e-mail, a chat, a webhook.

A message holds the verdict, the codes with what to do about them, where the report is, the run and the machine. Lead
data is in it only where that is asked for, a key never. One that cannot be delivered is a warning in the log and
nothing else. Of an address only the scheme is ever named: behind it, Slack, Telegram and others keep their token where
a host would stand (`slack://TokenA/TokenB/TokenC`).
"""

import logging
import platform
import threading
import time
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

from leadsync.cli.ping import DONE, ending, pinging
from leadsync.cli.wording import count, in_numbers, main_file
from leadsync.codes import CATALOGUE, Code
from leadsync.errors import LeadsyncError, SettingsError
from leadsync.files import printable
from leadsync.journal import Journal, RunRecord
from leadsync.quoting import visible
from leadsync.records import BAD, Example, Status, Summary
from leadsync.report.verdict import verdict
from leadsync.settings import Settings
from leadsync.sync.begin import JOURNAL
from leadsync.sync.guards import job_of_head
from leadsync.sync.resume import all_runs

_TIMEOUT = 20.0
"""Seconds for all addresses together, their second tries included."""
_TRIES = 2
_PAUSE = 0.5
"""Seconds between the tries."""
_LONGEST = 2_000
"""Letters of a message; Discord takes no more."""
_LONGEST_PART = 500
"""Letters of a sentence in it."""
_CODES = 5
"""Codes that are told."""
_NOT_OUR_WORDS = (Code.KEEN_DOWN, Code.SOURCE_BROKEN)
"""Codes of stops whose sentence may quote what Keen or a source says, so that the catalogue's goes in its place."""

_log = structlog.get_logger("leadsync.notify")

_ODD = (AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError)
"""What one of a hundred services' parts may raise for an answer that it does not expect."""


class Addresses:
    """Whom to tell; raises SettingsError where apprise is missing, or does not know how to read an address."""

    def __init__(self, urls: Sequence[str]) -> None:
        self.schemes = [url.partition("://")[0].lower() if "://" in url else "" for url in urls]
        try:
            # To read the first address it loads all that it can reach, some of which warns of a later Python.
            with warnings.catch_warnings(action="ignore"):
                bad = self._load(urls)
        except ModuleNotFoundError:
            raise SettingsError(
                "--notify needs apprise, which is not installed: say pip install 'leadsync[notify]'."
            ) from None
        if bad:
            which = "The address" if len(urls) == 1 else f"Address {bad[0] + 1} of {len(urls)}"
            raise SettingsError(
                f"{which} to notify is none that apprise knows{self._hint(bad[0])}; it should look like "
                "mailto://user:password@example.com, slack://TokenA/TokenB/TokenC or jsons://example.com/webhook."
            )

    def _load(self, urls: Sequence[str]) -> list[int]:
        """Let apprise read the addresses; give the places of those that it does not know."""
        import apprise  # an extra, of half a second

        # It logs addresses, and what services answer.
        logging.getLogger("apprise").disabled = True
        # With a limit of its own, a process would wait at its end for a service that hangs.
        asset = apprise.AppriseAsset(app_id="leadsync", app_desc="leadsync", async_mode=False, service_timeout=0)
        self._kinds = (apprise.NotifyType.SUCCESS, apprise.NotifyType.WARNING, apprise.NotifyType.FAILURE)
        self._services = [apprise.Apprise(asset=asset) for _ in urls]
        return [place for place, url in enumerate(urls) if not self._services[place].add(url)]

    def _hint(self, place: int) -> str:
        scheme = self.schemes[place]
        return f" ({scheme}://…)" if scheme.isalnum() and scheme.isascii() else ""

    def tell(self, exit_code: int, title: str, body: str) -> None:
        """Tell all of them at the same time; it returns in good time, whatever their services do."""
        message = {"title": title, "body": body, "notify_type": self._kinds[min(exit_code, 2)], "body_format": "text"}
        delivered: dict[int, bool] = {}
        answered: set[int] = set()

        def deliver(place: int) -> None:
            delivered[place] = False
            try:
                delivered[place] = _delivered(self._services[place], message)
            except _ODD as error:
                # Its traceback would go to standard error, and may have the address in it.
                _log.debug("notify_fault", service=self.schemes[place], error=type(error).__name__)
            answered.add(place)

        threads = [
            threading.Thread(target=deliver, args=(place,), name="notify", daemon=True)
            for place in range(len(self._services))
        ]
        for thread in threads:
            thread.start()
        until = time.monotonic() + _TIMEOUT
        for place, thread in enumerate(threads):
            thread.join(max(0.0, until - time.monotonic()))
            if not delivered.get(place):
                reason = "it was not taken" if place in answered else "no answer in time"
                _log.warning("notify_failed", service=self.schemes[place], address=place + 1, reason=reason)


def _delivered(service: Any, message: Mapping[str, Any]) -> bool:
    """Deliver a message, with a second try if need be; apprise catches what its parts raise."""
    for number in range(_TRIES):
        if number:
            time.sleep(_PAUSE)
        # What came without an answer may come twice: better than never.
        if service.notify(**message):
            return True
    return False


@dataclass(slots=True)
class Told:
    """What is known of a command that goes on, for the message at its end."""

    about: str
    """A mapping, a plan, or a run."""
    report_dir: Path | None = None
    """As it was named for this command."""
    summary: Summary | None = None
    is_trial: bool = False
    """Nothing is told."""


@dataclass(frozen=True, slots=True)
class _End:
    """The end of a command, as people are told of it."""

    addresses: Addresses
    settings: Settings
    command: str
    told: Told
    before: Mapping[str, int | None]
    """The exit code with which each job ended before."""

    def tell(self, exit_code: int, sentence: str) -> None:
        """Tell of it, if it is wanted; `sentence` says what happened where there is no summary."""
        told, settings = self.told, self.settings
        if told.is_trial:
            return
        run, examples = _found(settings.state_dir, told.summary) if told.summary else (None, [])
        if not _is_wanted(settings.notify_on, exit_code, run, self.before):
            return
        lines, about = [sentence], told.about
        if told.summary:
            about = told.summary.mapping
            folder = _report_folder(settings.state_dir, told, run, told.summary.run_id)
            lines = [_verdict(told.summary), in_numbers(told.summary), f"Report: {folder}"]
        lines += [f"Host: {platform.node()}", *_codes(examples, with_details=settings.notify_details)]
        body = "\n".join(visible(_cut(line)) for line in lines)
        title = f"leadsync {self.command}: exit {exit_code}, {visible(printable(about))}"
        self.addresses.tell(exit_code, title, body[:_LONGEST])


@contextmanager
def notifying(settings: Settings, command: str, told: Told) -> Iterator[Told]:
    """Tell people how a command ended, where the settings name any; every exception goes on as it came.

    Raises SettingsError before the command begins, where an address cannot be used.
    """
    if told.is_trial or not settings.notify_urls:
        yield told
        return
    before = _exit_codes(settings.state_dir) if settings.notify_on == "change" else {}
    end = _End(Addresses(settings.notify_urls), settings, command, told, before)
    try:
        yield told
    except BaseException as error:
        end.tell(*ending(error))
        raise
    end.tell(0, DONE)


@contextmanager
def telling(settings: Settings, command: str, told: Told) -> Iterator[Told]:
    """Tell people and a health check how a command goes; raises SettingsError where an address cannot be used."""
    with pinging(None if told.is_trial else settings.ping_url) as ping, notifying(settings, command, told):
        try:
            yield told
        finally:
            if told.summary:
                ping(in_numbers(told.summary))


def _is_wanted(on: str, exit_code: int, run: RunRecord | None, before: Mapping[str, int | None]) -> bool:
    """Tell whether people want to know; what failed before there was a run is a failure, whatever was before it."""
    if on == "always":
        return True
    if on == "failure" or run is None or run.head is None:
        return exit_code != 0
    return exit_code != before.get(_job(run), 0)  # the first run of a job is news where it fails


def _exit_codes(state_dir: Path) -> dict[str, int | None]:
    """Give the exit code of the last run of each job; None of one that was killed."""
    with suppress(LeadsyncError):  # the command will say what is wrong with the journal
        real = [run for run in all_runs(state_dir) if not (run.is_dry or run.is_rehearsal)]
        return {_job(run): run.summary["exit_code"] if run.summary else None for run in real}
    return {}


def _job(run: RunRecord) -> str:
    return f"{run.head.kind} {job_of_head(run.head)}" if run.head else ""


def _found(state_dir: Path, summary: Summary) -> tuple[RunRecord | None, list[Example]]:
    """Look a run up in the journal, with an example of each of its codes; nothing where that cannot be read."""
    with suppress(LeadsyncError), Journal(state_dir / JOURNAL) as journal:
        for run in journal.runs():
            if run.id == summary.run_id:
                return run, journal.examples(run.no)
    return None, []


def _report_folder(state_dir: Path, told: Told, run: RunRecord | None, run_id: str) -> str:
    """Give the page of the report, or whatever there is of it."""
    named = told.report_dir or (run and run.head and run.head.report_dir)
    folder = Path(named).absolute() if named else state_dir.absolute() / "runs" / run_id
    return printable(main_file(folder))


def _verdict(summary: Summary) -> str:
    if summary.stopped_because:
        for code in _NOT_OUR_WORDS:
            if code in summary.codes:
                return f"STOPPED: {CATALOGUE[code].meaning}"
    return verdict(summary)


def _codes(examples: Iterable[Example], *, with_details: bool) -> Iterator[str]:
    """Tell the codes of the rows that need a look, the most frequent first, and what to do about each."""
    bad = [example for example in examples if example.status in BAD or example.status is Status.NOT_SENT]
    bad.sort(key=lambda example: -example.count)
    for example in bad[:_CODES]:
        yield f"{example.code}, {count(example.count, 'row')}: {CATALOGUE[example.code].remedy}"
        if with_details:
            yield f"  {example.place}: {example.message}"
    if len(bad) > _CODES:
        yield f"… and {count(len(bad) - _CODES, 'more code')}."


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_PART else text[: _LONGEST_PART - 1] + "…"
