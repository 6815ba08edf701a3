"""The formats that other programs read, by the names that the command line gives them."""

from __future__ import annotations

from collections.abc import Callable

from audit.reports.github import render_github
from audit.reports.gitlab import render_gitlab
from audit.reports.junit import render_junit
from audit.reports.sarif import render_sarif

from audit.records.report import Report

RENDERERS: dict[str, Callable[[Report], str]] = {
    "sarif": render_sarif,
    "github": render_github,
    "gitlab": render_gitlab,
    "junit": render_junit,
}
