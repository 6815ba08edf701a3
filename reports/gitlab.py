"""The report as GitLab's Code Quality JSON, which GitLab shows in merge requests."""

from __future__ import annotations

import json
from typing import Any

from audit.reports.sides import Sides, open_findings, shortest
from audit.reports.terminal import one_line
from audit.reports.visible import visible

from audit.records import Finding
from audit.records.findings import Confidence, Severity
from audit.records.report import Report

# GitLab knows info, minor, major, critical and blocker. Nothing that Copydesk asks is a blocker.
_SEVERITIES: dict[tuple[Severity, Confidence], str] = {("error", "high"): "critical"}
_OTHERWISE: dict[Severity, str] = {"error": "major", "warning": "minor", "note": "info"}


def render_gitlab(report: Report) -> str:
    """One JSON array with a line end behind it; what somebody has settled is not in it. The same bytes every time."""
    sides = Sides(report)
    issues = [_issue(finding, sides) for finding in open_findings(report)]
    return json.dumps(issues, indent=1, ensure_ascii=False) + "\n"


def _issue(finding: Finding, sides: Sides) -> dict[str, Any]:
    place = shortest(sides.main(finding))
    return {
        "description": f"{finding.rule}: {one_line(finding.message)}",
        "check_name": finding.rule,
        "fingerprint": finding.fingerprint,
        "severity": _SEVERITIES.get((finding.severity, finding.confidence), _OTHERWISE[finding.severity]),
        "location": {
            "path": visible(place.path.replace("\\", "/").removeprefix("./")),
            "lines": {"begin": place.line, "end": place.end_line},
        },
    }
