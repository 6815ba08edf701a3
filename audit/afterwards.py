"""What becomes of a report after the rules: what its texts put aside, what is known, what has not changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from audit.baseline import baseline_text, mark_known, read_baseline, stale_notice, updated
from audit.changes import keep_changed
from audit.console import write_file
from audit.coverage import with_notes
from audit.project import Project
from audit.records import Diagnostic
from audit.records.report import Report
from audit.reports.counting import counted
from audit.suppressions import suppress


def after_rules(report: Report, project: Project) -> Report:
    """The report as its readers get it. The baseline is written where the options ask for that.

    Raises CopydeskError for a revision that is not known, and OSError where the baseline cannot be written.
    """
    options = project.options
    notes = _judged_otherwise(project)
    report = suppress(report)
    if options["diff"] is not None:
        unsaved = (options["stdin_filename"] or "-") if "-" in project.articles else None
        report, left_out = keep_changed(report, options["diff"], unsaved)
        if left_out:
            verb = "touches" if left_out == 1 else "touch"
            what = f"{counted(left_out, 'finding')} {verb} nothing that has changed since {options['diff']}"
            notes.append(f"{what}: only in the JSON report.")
    if options["baseline"]:
        report = _with_baseline(report, options)
    return with_notes(report, [*notes, *_settled(report)])


def check_options(options: dict[str, Any]) -> None:
    """Refuse, before anything is audited, what cannot be meant: click.UsageError; CopydeskError for a bad baseline."""
    wanted = next((name for name in ("update_baseline", "prune_baseline") if options[name]), None)
    if wanted and not options["baseline"]:
        option = "--" + wanted.replace("_", "-")
        raise click.UsageError(f"{option} needs a file: give --baseline FILE, or set `baseline` in copydesk.toml.")
    if wanted and options["diff"] is not None:
        raise click.UsageError("a baseline is written from all findings: leave --diff out.")
    if options["baseline"]:
        read_baseline(options["baseline"], may_be_missing=options["update_baseline"])


def _with_baseline(report: Report, options: Any) -> Report:
    path, update, prune = options["baseline"], options["update_baseline"], options["prune_baseline"]
    baseline = read_baseline(path, may_be_missing=update)
    known = mark_known(report, baseline, path)
    if not (update or prune):
        notices = [stale_notice(path, len(known.stale))] if known.stale else []
        return known.report.model_copy(update={"diagnostics": (*report.diagnostics, *notices)})
    failed = any(check.status == "failed" for check in report.checks)
    if failed or any(diagnostic.fatal for diagnostic in report.diagnostics):
        refusal = Diagnostic(
            code="baseline",
            path=path,
            message="it was left as it is, since not everything could be audited",
            action="mend the rest first",
        )
        return known.report.model_copy(update={"diagnostics": (*report.diagnostics, refusal)})
    baseline = updated(known.report, baseline, path, only_prune=prune and not update)
    write_file(Path(path), baseline_text(baseline))
    return mark_known(report, baseline, path).report


def _settled(report: Report) -> list[str]:
    """How many findings are no longer open, by the reason why."""
    notes = []
    for status, words in (
        ("suppressed", "put aside by a comment in the text or by the file beside it"),
        ("baseline", "known: in the baseline"),
    ):
        number = sum(finding.status == status and finding.shown for finding in report.findings)
        if number:
            notes.append(f"{counted(number, 'finding')} {words}.")
    return notes


def _judged_otherwise(project: Project) -> list[str]:
    named = project.own_policies()
    return [f"Judged by overrides of {project.file.title}: {_some(named)}."] if named and project.file else []


def _some(paths: Sequence[str]) -> str:
    more = len(paths) - 5
    return ", ".join(paths[:5]) + (f" and {counted(more, 'more article')}" if more > 0 else "")
