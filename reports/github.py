"""The report as workflow commands of GitHub Actions, which become annotations at the lines of a pull request.

GitHub shows ten annotations of a level for each step; the worst come first, and the last one says how many there are
besides. Text of an article stands only where it is escaped, so that none of it can become a command.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audit.reports.counting import counted
from audit.reports.sides import Sides, Trouble, open_findings, shortest, troubles, worst_first
from audit.reports.terminal import clipped, one_line
from audit.reports.visible import visible

from audit.records import Finding
from audit.records.findings import Severity
from audit.records.report import Report

MAX_ANNOTATIONS = 10  # of one level in one step
LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}
_LONGEST = 300  # characters of a passage that are shown


@dataclass(frozen=True)
class _Annotation:
    """A command before it is written: its properties and its lines of text."""

    properties: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]


def render_github(report: Report) -> str:
    """A command on each line, errors first; empty where there is nothing to say."""
    sides = Sides(report)
    found = worst_first(open_findings(report))
    lines: list[str] = []
    for severity, level in LEVELS.items():
        annotations = [_of_finding(one, sides) for one in found if one.severity == severity]
        if severity == "error":
            annotations = [*(_of_trouble(one) for one in troubles(report)), *annotations]
        lines += (_command(level, one) for one in _within_limit(annotations, severity))
    return "".join(f"{line}\n" for line in lines)


def _within_limit(annotations: Sequence[_Annotation], severity: Severity) -> Sequence[_Annotation]:
    more = len(annotations) - MAX_ANNOTATIONS
    if more <= 0:
        return annotations
    words = f"{counted(more + 1, 'more ' + severity)}: the summary of this job and the other reports have all."
    return [*annotations[: MAX_ANNOTATIONS - 1], _Annotation((("title", "copydesk"),), (words,))]


def _of_finding(finding: Finding, sides: Sides) -> _Annotation:
    main = sides.main(finding)
    place = shortest(main)
    where = [("file", place.path), ("line", str(place.line)), ("endLine", str(place.end_line))]
    if place.line == place.end_line:  # columns are read only where the line is one
        where += [("col", str(place.column)), ("endColumn", str(place.end_column))]
    passages = [
        f"{one.label} ({sides.spot(one.place)}): {clipped(one.place.text, _LONGEST)}" for one in finding.evidence
    ]
    lines = (finding.message, *passages, *finding.why, f"Clears it: {finding.clear}")
    return _Annotation((*where, ("title", f"{finding.rule} ({finding.confidence} confidence)")), lines)


def _of_trouble(trouble: Trouble) -> _Annotation:
    where = (("file", trouble.path), ("line", str(trouble.line))) if trouble.path else ()
    return _Annotation((*where, ("title", "copydesk")), (trouble.message,))


def _command(level: str, annotation: _Annotation) -> str:
    properties = ",".join(f"{name}={_property(value)}" for name, value in annotation.properties)
    return f"::{level} {properties}::{_data(chr(10).join(one_line(line) for line in annotation.lines))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
