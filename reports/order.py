"""The order in which an editor reads findings: what matters most first, the article's order inside that."""

from __future__ import annotations

from collections.abc import Sequence

from audit.records import Finding
from audit.records.findings import SEVERITIES, Family

_GROUPS: dict[Family, int] = {
    "quotes": 0,
    "positions": 0,
    "quantities": 1,
    "dates": 1,
    "names": 1,
    "headline": 2,
    "attribution": 3,
    "sources": 3,
    "production": 3,
}


def reading_order(findings: Sequence[Finding]) -> list[Finding]:
    """Errors, warnings, notes; inside each quotes and positions, then figures, names and dates, headline, the rest.

    Findings of one group keep the order in which they come.
    """
    return sorted(findings, key=lambda finding: (SEVERITIES.index(finding.severity), _GROUPS[finding.family]))


def numbered(findings: Sequence[Finding]) -> list[tuple[int, Finding]]:
    """The findings that are shown with their numbers, from 1: the open ones in reading order, then the others."""
    ordered = reading_order([finding for finding in findings if finding.shown])
    ordered.sort(key=lambda finding: finding.status != "open")
    return list(enumerate(ordered, start=1))
