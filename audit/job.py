"""What a job on GitHub is told besides its annotations: a summary in the file that the job names."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from audit.console import complain, reason_of
from audit.records.report import Report

VARIABLE = "GITHUB_STEP_SUMMARY"  # the path of a file that a step may append Markdown to


def append_summary(report: Report, environment: Mapping[str, str] = os.environ) -> bool:
    """Append the summary to the job's file, where there is a job. Whether that succeeded, or was not asked for."""
    path = environment.get(VARIABLE)
    if not path:
        return True
    from audit.reports.summary import render_summary

    try:
        with Path(path).open("a", encoding="utf-8", newline="\n") as file:
            file.write(render_summary(report))
    except OSError as error:
        complain(f"{path}: {reason_of(error)}; the summary was not written")
        return False
    return True
