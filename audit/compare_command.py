"""`copydesk compare`: two JSON reports, what became of their findings, and the exit code."""

from __future__ import annotations

import shutil
import sys

from audit.cli import EXIT_CLEAN, EXIT_FINDINGS
from audit.comparing import compare_reports
from audit.console import write_stdout
from audit.records.comparison import Comparison
from audit.reports.comparison import render_comparison_html, render_comparison_json, render_comparison_text
from audit.reports.text import WIDTH
from audit.saved import load_report


def compare_files(old: str, new: str, format_: str) -> int:
    """Write the comparison of two reports. Returns the exit code; raises CopydeskError where one of them is none."""
    comparison = compare_reports(load_report(old), load_report(new), old_path=old, new_path=new)
    write_stdout(_render(comparison, format_))
    return EXIT_FINDINGS if comparison.new or comparison.reopened else EXIT_CLEAN


def _render(comparison: Comparison, format_: str) -> str:
    if format_ == "json":
        return render_comparison_json(comparison)
    if format_ == "html":
        return render_comparison_html(comparison)
    width = min(shutil.get_terminal_size((WIDTH, 24)).columns, 120) if sys.stdout.isatty() else WIDTH
    return render_comparison_text(comparison, width=width)
