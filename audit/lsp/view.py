"""What an editor shows of an audit: the findings of one article at their places, and what was in the audit's way."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from lsprotocol import types

from audit.inputs import is_address
from audit.lsp.positions import Units, line_range, range_of
from audit.lsp.worker import Audited, Refused
from audit.records import Diagnostic, Evidence, Finding
from audit.records.findings import Severity
from audit.records.report import InputInfo, RuleInfo
from audit.reports.inputs import Inputs
from audit.reports.sides import Sides, caption, open_findings
from audit.reports.visible import visible

SOURCE = "copydesk"
SEVERITIES: dict[Severity, types.DiagnosticSeverity] = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "note": types.DiagnosticSeverity.Information,
}
_TOP = types.Range(types.Position(0, 0), types.Position(0, 0))


@dataclass(frozen=True)
class Screen:
    """What is known of the editor: the text that is open, its units, and the address of a file by its path."""

    uri: str
    text: str
    units: Units
    uri_of: Callable[[str], str]


@dataclass(frozen=True)
class Marked:
    """A finding at its place in the article."""

    finding: Finding
    main: Evidence
    range: types.Range


class View:
    """One audit of one open text."""

    def __init__(self, audited: Audited, screen: Screen) -> None:
        self._audited, self._screen = audited, screen
        self._inputs = Inputs(audited.report)
        self._sides = Sides(audited.report)

    @cached_property
    def marked(self) -> list[Marked]:
        """The findings that are open and shown and that have a passage in this article, in the report's order."""
        found = [(finding, self._sides.main(finding)) for finding in open_findings(self._audited.report)]
        return [
            Marked(finding, main, self._range(main))
            for finding, main in found
            if self._sides.in_article(main.place) and main.place.path == self._audited.article
        ]

    @property
    def info(self) -> InputInfo | None:
        """The article as it was read; None where it could not be."""
        texts = (text.info for text in self._inputs.articles)
        return next((info for info in texts if info.path == self._audited.article), None)

    @property
    def others(self) -> Callable[[Finding], list[Evidence]]:
        """The passages of a finding besides its main one."""
        return self._sides.others

    def spot(self, evidence: Evidence) -> str:
        """Where a passage stands, for people: path and line, or the paragraph of a Word file."""
        return self._sides.spot(evidence.place)

    def rule(self, id: str) -> RuleInfo | None:
        """What a rule says of itself; None for one that the run did not have."""
        return next((rule for rule in self._audited.report.run.rules if rule.id == id), None)

    def diagnostics(self, *, related: bool) -> list[types.Diagnostic]:
        """Everything for the editor's list; `related` where it takes the passages of other files."""
        findings = [self._diagnostic(marked, related=related) for marked in self.marked]
        return [*self._troubles(), *findings]

    def _diagnostic(self, marked: Marked, *, related: bool) -> types.Diagnostic:
        finding = marked.finding
        return types.Diagnostic(
            range=marked.range,
            severity=SEVERITIES[finding.severity],
            code=finding.rule,
            source=SOURCE,
            message=visible(f"{finding.message}\nClears it: {finding.clear}"),
            related_information=[self._related(one, marked) for one in self.others(finding)] if related else None,
            data=finding.fingerprint,
        )

    def _related(self, evidence: Evidence, marked: Marked) -> types.DiagnosticRelatedInformation:
        """Another passage. One of a page has no file to go to: it stays at the finding and names its address."""
        path, words = evidence.place.path, visible(caption(evidence))
        if is_address(path):
            location = types.Location(self._screen.uri, marked.range)
            return types.DiagnosticRelatedInformation(location, f"{words} ({visible(path)})")
        if self._sides.paragraph(evidence.place) is not None:
            words = f"{words} ({self.spot(evidence)})"
        location = types.Location(self._uri(path), self._range(evidence))
        return types.DiagnosticRelatedInformation(location, words)

    def _range(self, evidence: Evidence) -> types.Range:
        """The range of a passage; the top of a Word file, which has no lines."""
        text = self._inputs.holding(evidence.place)
        if text is None or text.info.format == "docx":
            return _TOP
        return range_of(evidence.place, text.whole, self._screen.units)

    def _uri(self, path: str) -> str:
        return self._screen.uri_of(os.path.join(self._audited.folder, path))

    # --- Trouble ------------------------------------------------------------------------------------------------------

    def _troubles(self) -> Iterator[types.Diagnostic]:
        for diagnostic in self._audited.report.diagnostics:
            yield trouble(diagnostic, self._audited.folder, self._screen)
        for check in self._audited.report.checks:
            if check.status == "failed":
                words = f"rule {check.rule} failed: {check.reason}; the other rules went on; please report it"
                yield fault(words, self._screen)


def refusal(refused: Refused, screen: Screen) -> types.Diagnostic:
    """What is shown where nothing could be audited."""
    return trouble(refused.trouble, refused.folder, screen)


def trouble(diagnostic: Diagnostic, folder: str, screen: Screen) -> types.Diagnostic:
    """What was wrong with a file: at its line where that is the article, otherwise on the article's first line."""
    path = os.path.join(folder, diagnostic.path)
    is_here = not is_address(diagnostic.path) and screen.uri_of(path) == screen.uri
    words = f"{diagnostic.message}; {diagnostic.action}"
    related = None
    if not is_here and os.path.isfile(path):
        place = types.Position((diagnostic.line or 1) - 1, 0)
        related = [
            types.DiagnosticRelatedInformation(
                types.Location(screen.uri_of(path), types.Range(place, place)), visible(words)
            )
        ]
    return types.Diagnostic(
        range=line_range(screen.text, (diagnostic.line or 1) if is_here else 1, screen.units),
        severity=types.DiagnosticSeverity.Error if diagnostic.fatal else types.DiagnosticSeverity.Information,
        code=diagnostic.code,
        source=SOURCE,
        message=visible(words if is_here else f"{diagnostic.path}: {words}"),
        related_information=related,
    )


def fault(words: str, screen: Screen) -> types.Diagnostic:
    """What went wrong in copydesk itself, on the article's first line."""
    return types.Diagnostic(
        range=line_range(screen.text, 1, screen.units),
        severity=types.DiagnosticSeverity.Error,
        code="internal",
        source=SOURCE,
        message=visible(words),
    )
