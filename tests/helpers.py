"""Audits of texts written in the tests themselves."""

from __future__ import annotations

import functools
import tempfile
from dataclasses import replace
from pathlib import Path

from audit.config import Profile, Settings
from audit.extract.annotate import Annotator
from audit.inputs import Inputs
from audit.loading import load_text
from audit.loading.cache import Store
from audit.records import Finding
from audit.records.report import Report
from audit.run import audit


@functools.cache
def annotator() -> Annotator:
    """One annotator for the whole session: the model is loaded once, and texts that recur are remembered."""
    return Annotator(Store(Path(tempfile.gettempdir()) / "copydesk-tests" / "annotations"))


def inputs_of(article: str, *sources: str, complete: bool = False) -> Inputs:
    """An article and its sources in memory: article.md, source-1.md, source-2.md, ..."""
    inputs = Inputs()
    loaded = load_text(article, "article.md", "article", key="a1")
    inputs.diagnostics.extend(loaded.notices)
    inputs.articles.extend(document for document in loaded.documents if document.role == "article")
    inputs.sources.extend(document for document in loaded.documents if document.role == "source")
    for number, source in enumerate(sources, start=1):
        for document in load_text(source, f"source-{number}.md", "source", key=f"s{number}").documents:
            inputs.sources.append(
                replace(document, meta=replace(document.meta, complete=complete or document.meta.complete))
            )
    return inputs


def audit_texts(article: str, *sources: str, profile: Profile = "standard", complete: bool = False) -> Report:
    """The report on an article and its sources, all given as text."""
    settings = Settings(articles=("article.md",), profile=profile)
    return audit(inputs_of(article, *sources, complete=complete), settings, annotator())


def findings_of(report: Report, rule: str) -> list[Finding]:
    """The findings of one rule."""
    return [finding for finding in report.findings if finding.rule == rule]
