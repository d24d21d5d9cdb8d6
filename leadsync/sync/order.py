"""How a run is to be done, by the settings."""

from pathlib import Path
from typing import Any

from leadsync.report.formats import Formats
from leadsync.report.metrics import check_metrics_file
from leadsync.settings import Settings
from leadsync.sync.job import Job, MaxFailures

_TRIAL_PATIENCE = 10.0
"""Seconds: a trial is watched by somebody who can try again."""


def job_of(
    settings: Settings,
    report_dir: Path | None,
    *,
    formats: Formats,
    in_state: str,
    dry_run: bool = False,
    rehearsal: bool = False,
    **more: Any,
) -> Job:
    """Put together how a run is to be done; raises SettingsError where there is no usable key or address."""
    asks_keen = not rehearsal and (settings.has_key or not dry_run)
    if settings.metrics_file:
        check_metrics_file(settings.metrics_file)
    patience = min(settings.patience, _TRIAL_PATIENCE) if dry_run else settings.patience
    return Job(
        state_dir=settings.state_dir,
        client=settings.client_options(patience=patience) if asks_keen else None,
        report_dir=report_dir,
        formats=formats,
        in_state=in_state,
        dry_run=dry_run,
        rehearsal=rehearsal,
        max_failures=max_failures(settings.max_failures),
        metrics_file=settings.metrics_file,
        **more,
    )


def max_failures(text: str | None) -> MaxFailures | None:
    """Read `100` or `5%`, which the settings have checked."""
    if text is None:
        return None
    return MaxFailures(share=float(text[:-1]) / 100) if text.endswith("%") else MaxFailures(int(text))
