"""Where machine formats put a finding: the article's words first, in the shortest stretch that says what is meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from audit.reports.contract import paragraph_number
from audit.reports.inputs import Inputs

from audit.records import Evidence, Finding, Place
from audit.records.findings import CONFIDENCES, SEVERITIES
from audit.records.report import Report


class Sides:
    """Tells the passages of articles from those of sources."""

    def __init__(self, report: Report) -> None:
        self._inputs = Inputs(report)

    @property
    def article_paths(self) -> list[str]:
        """The files that hold an article, in the report's order."""
        return list(dict.fromkeys(text.info.path for text in self._inputs.articles))

    def main(self, finding: Finding) -> Evidence:
        """The first passage of an article, or the first of all where none lies in an article."""
        return next((one for one in finding.evidence if self.in_article(one.place)), finding.evidence[0])

    def others(self, finding: Finding) -> list[Evidence]:
        """Every passage but the main one, in the finding's order."""
        main = self.main(finding)
        return [one for one in finding.evidence if one is not main]

    def in_article(self, place: Place) -> bool:
        """Whether a place lies in an article."""
        return self._inputs.side_of(place) == "article"

    def paragraph(self, place: Place) -> int | None:
        """The paragraph of a place in a Word file, which has no lines; None for every other."""
        text = self._inputs.holding(place)
        return paragraph_number(place, text.whole) if text is not None and text.info.format == "docx" else None

    def spot(self, place: Place) -> str:
        """Path and line of a place, or its paragraph in a Word file."""
        text = self._inputs.holding(place)
        return text.spot(place) if text is not None else f"{place.path}:{place.line}"


def caption(evidence: Evidence) -> str:
    """A passage with what it is and who says it, such as "in the source, Ana Reyes: We may sell the mill"."""
    speaker = f", {evidence.speaker}" if evidence.speaker and evidence.speaker not in evidence.label else ""
    return f"{evidence.label}{speaker}: {evidence.place.text}"


def shortest(evidence: Evidence) -> Place:
    """The words of a passage that matter: all its marks where they share a line, its first mark, or all of it.

    GitHub shows an alert on a pull request only where every line of it was changed.
    """
    if not evidence.marks:
        return evidence.place
    marks = sorted(evidence.marks, key=lambda mark: (mark.start, mark.end))
    last = max(marks, key=lambda mark: mark.end)
    return _hull(evidence.place, marks[0], last) if marks[0].line == last.end_line else marks[0]


def _hull(passage: Place, first: Place, last: Place) -> Place:
    words = passage.text[first.start - passage.start : last.end - passage.start]
    return first.model_copy(
        update={"end": last.end, "end_line": last.end_line, "end_column": last.end_column, "text": words}
    )


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Open before settled, then by severity, then by confidence; the report's order inside that."""
    return sorted(
        findings,
        key=lambda one: (one.status != "open", SEVERITIES.index(one.severity), CONFIDENCES.index(one.confidence)),
    )


def open_findings(report: Report) -> list[Finding]:
    """The findings that are shown and that nobody has settled, in the report's order."""
    return [finding for finding in report.findings if finding.shown and finding.status == "open"]


@dataclass(frozen=True)
class Trouble:
    """What kept a run from doing all that it was asked; `path` is empty where no file is at fault."""

    message: str
    path: str = ""
    line: int = 1


def troubles(report: Report) -> list[Trouble]:
    """The files that could not be read as they are, then the rules that failed."""
    inputs = [Trouble(f"{d.message}; {d.action}", d.path, d.line or 1) for d in report.diagnostics if d.fatal]
    rules = [
        Trouble(f"rule {check.rule} failed: {check.reason}") for check in report.checks if check.status == "failed"
    ]
    return [*inputs, *rules]
