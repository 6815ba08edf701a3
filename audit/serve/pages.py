"""The pages of the local desk. Text of inputs is escaped everywhere, and hidden characters are written out."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape

from audit.comparing import compare_reports
from audit.config import MAX_BYTES, PROFILES
from audit.records import Finding
from audit.records.comparison import Comparison, Group
from audit.records.findings import SEVERITIES
from audit.records.report import Report
from audit.records.saved import SavedReport
from audit.reports.contract import values_of
from audit.reports.counting import counted
from audit.reports.decided import REASON_WORDS, told_of
from audit.reports.html import Frame, environment
from audit.reports.order import reading_order
from audit.serve.desk import Audit
from audit.serve.uploads import MAX_FILES, MAX_TOTAL

STATIC = Path(__file__).with_name("static")
TEMPLATES = Path(__file__).with_name("templates")

PROFILE_WORDS = {
    "strict": "tidied quotations are warnings; contractions and spelling count too",
    "standard": "tidied quotations are notes; words that carry meaning must be the speaker’s",
    "relaxed": "tidying is fine, and so are changed words of degree",
    "translated": "only negations, numbers and names must agree",
}


@dataclass(frozen=True)
class Link:
    """A link of the bar above a page of an audit; `here` marks the page that is shown."""

    words: str
    href: str
    here: bool = False


@dataclass(frozen=True)
class Bar:
    """What can be done with an audit."""

    links: tuple[Link, ...]
    downloads: tuple[Link, ...]


def bar_of(audit: Audit, path: str = "") -> Bar:
    """The bar of an audit for the page at a path."""
    base = f"/audits/{audit.number}"
    pages = [("Report", f"{base}/report")]
    if audit.previous is not None:
        pages.append(("What changed", f"{base}/changes"))
    pages += [("New version" if audit.is_word else "Edit the text", f"{base}/edit"), ("Decisions", f"{base}/decisions")]
    files = [("HTML", f"{base}/report.html"), ("JSON", f"{base}/report.json"), ("Article", f"{base}/article")]
    inputs = audit.report.inputs if audit.report is not None else ()
    if any(info.role == "article" and info.format == "docx" for info in inputs):
        files.insert(2, ("Word with comments", f"{base}/report.docx"))
    return Bar(tuple(Link(words, href, href == path) for words, href in pages), tuple(Link(*names) for names in files))


def frame_of(audit: Audit, csrf: str) -> Frame:
    """What stands around the report of an audit: where decisions go, and the bar."""
    return Frame(
        head=Markup(render("frame.html.j2", save=f"/audits/{audit.number}/decisions", csrf=csrf)),
        top=Markup(render("bar.html.j2", bar=bar_of(audit, f"/audits/{audit.number}/report"))),
    )


def render(template: str, **values: Any) -> str:
    """A page as text."""
    return _environment().get_template(template).render(**values)


def verbatim(text: str) -> Markup:
    """Text that is edited: escaped, and with every character as it is.

    A line end stands before it, since HTML drops the first one.
    """
    return Markup("\n") + escape(text)


GROUP_WORDS: dict[Group, tuple[str, str]] = {
    "new": ("New", ""),
    "reopened": ("Open again", "Was decided or fixed before."),
    "changed": ("Edited, still open", "The words are others; the question stays."),
    "still_open": ("Still open", ""),
    "unchecked": ("Not checked any more", ""),
    "dismissed": ("Set aside", ""),
    "fixed": ("Fixed", "Looked for, and not found again."),
}


def comparison_of(before: Report, after: Report) -> Comparison:
    """What became of the findings of one report in another."""
    old, new = (SavedReport.model_validate(values_of(report)) for report in (before, after))
    return compare_reports(old, new, old_path="the version before", new_path="this version")


def summary(report: Report) -> str:
    """How many open findings a report shows: "2 errors, 1 note"."""
    counts = Counter(finding.severity for finding in open_findings(report))
    return (
        ", ".join(counted(counts[severity], severity) for severity in SEVERITIES if counts[severity]) or "no findings"
    )


def open_findings(report: Report) -> Sequence[Finding]:
    """The findings that a report for people lists as questions, in its order."""
    return reading_order([finding for finding in report.findings if finding.shown and finding.status == "open"])


@dataclass(frozen=True)
class Question:
    """An open finding with the words of the article that it is about; `needle` are these with every character."""

    finding: Finding
    line: int
    words: str
    needle: Markup


def questions_of(report: Report) -> list[Question]:
    """The open findings, with their first passage in the article."""
    found = []
    for finding in open_findings(report):
        place = next((e.place for e in finding.evidence if report.side_of(e.place) == "article"), None)
        if place is not None:
            found.append(Question(finding, place.line, place.text, escape(place.text)))
    return found


@functools.cache
def _environment() -> Environment:
    templates = environment(TEMPLATES)
    templates.globals.update(
        told_of=told_of,
        reasons=REASON_WORDS,
        profiles=[(name, PROFILE_WORDS[name]) for name in PROFILES],
        limits={"file": MAX_BYTES, "total": MAX_TOTAL, "files": MAX_FILES},
    )
    return templates
