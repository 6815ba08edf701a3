"""What a run compared and what it did not: the part of a report that keeps silence from reading as approval."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from audit.records import Check, Finding, SpeakerCoverage
from audit.records.report import Coverage, Report
from audit.results import DossierResult

OUTSIDE = "Whether what is said is true is not checked: that takes evidence from outside these files."


def coverage_of(
    results: Sequence[DossierResult], checks: Sequence[Check], findings: Sequence[Finding] = ()
) -> Coverage:
    """The coverage of a run over all its articles."""
    matches = [match for result in results for match in result.matches]
    checked = sum(match.verdict != "unchecked" for match in matches)
    return Coverage(
        quotations=len(matches),
        checked=checked,
        unchecked=len(matches) - checked,
        speakers=_speakers(results),
        notes=(*_left_out(results, len(matches)), *_silent_rules(checks), *_held_back(findings), OUTSIDE),
    )


def with_notes(report: Report, notes: Sequence[str]) -> Report:
    """The report with more notes in its coverage, before the last one, which is about every run."""
    said = report.coverage.notes
    at = said.index(OUTSIDE) if OUTSIDE in said else len(said)
    coverage = report.coverage.model_copy(update={"notes": (*said[:at], *notes, *said[at:])})
    return report.model_copy(update={"coverage": coverage})


def _speakers(results: Sequence[DossierResult]) -> tuple[SpeakerCoverage, ...]:
    """The rows of all articles; those of one speaker with the same sources and reason are added up."""
    rows: dict[tuple[str, tuple[str, ...], str], SpeakerCoverage] = {}
    for result in results:
        for row in result.speakers:
            key = (row.speaker, row.sources, row.reason)
            old = rows.get(key)
            if old is not None:
                row = row.model_copy(
                    update={"quotations": old.quotations + row.quotations, "checked": old.checked + row.checked}
                )
            rows[key] = row
    return tuple(rows.values())


def _left_out(results: Sequence[DossierResult], looked_up: int) -> list[str]:
    left = sum(result.quotations for result in results) - looked_up
    if left <= 0:
        return []
    what = "1 quoted stretch was" if left == 1 else f"{left} quoted stretches were"
    return [f"{what} not looked up: quotations inside quotations, titles and single quoted words."]


def _held_back(findings: Sequence[Finding]) -> list[str]:
    """What only the JSON report has, so that nobody takes its absence for silence."""
    held = sum(not finding.shown for finding in findings)
    if not held:
        return []
    what = (
        "1 finding of little confidence or of a rule"
        if held == 1
        else f"{held} findings of little confidence or of rules"
    )
    return [f"{what} in preview: only in the JSON report, unless --confidence low or --preview asks for it."]


def _silent_rules(checks: Sequence[Check]) -> list[str]:
    """One sentence for each reason why rules did not run."""
    reasons: dict[tuple[str, str], list[str]] = defaultdict(list)
    for check in checks:
        if check.status != "run":
            reasons[check.status, check.reason].append(check.rule)
    return [
        f"{'Failed' if status == 'failed' else 'Not run'} ({reason}): {', '.join(rules)}."
        for (status, reason), rules in reasons.items()
    ]
