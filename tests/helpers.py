"""Audits of texts written in the tests themselves."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

from audit.config import Profile, Settings
from audit.extract.annotate import Annotator
from audit.loading.cache import Store
from audit.records import Finding
from audit.records.report import Report
from audit.rule_tests import inputs_of as inputs_of
from audit.run import audit


@functools.cache
def annotator() -> Annotator:
    """One annotator for the whole session: the model is loaded once, and texts that recur are remembered."""
    return Annotator(Store(Path(tempfile.gettempdir()) / "copydesk-tests" / "annotations"))


def audit_texts(article: str, *sources: str, profile: Profile = "standard", complete: bool = False) -> Report:
    """The report on an article and its sources, all given as text."""
    settings = Settings(articles=("article.md",), profile=profile)
    return audit(inputs_of(article, *sources, complete=complete), settings, annotator())


def findings_of(report: Report, rule: str) -> list[Finding]:
    """The findings of one rule."""
    return [finding for finding in report.findings if finding.rule == rule]
