"""The report in short as Markdown, for the summary of a job. Text of an article stays text: no link, no mention."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from audit.reports.counting import counted
from audit.reports.sides import Sides, open_findings, troubles, worst_first
from audit.reports.terminal import clipped
from audit.reports.text import SYMBOLS

from audit.records import Finding
from audit.records.findings import SEVERITIES
from audit.records.report import Report

MAX_BYTES = 900_000  # GitHub takes 1 MiB for a step
_SPECIAL = re.compile(r"[\\`*_\[\]<>#|~&@:$]|(?<=www)\.", re.IGNORECASE)  # marks, links, mentions, emoji, formulas
_LONGEST = 300  # characters of a passage that are shown


def render_summary(report: Report) -> str:
    """Headline, a table of what was found, both passages of every finding, and what was compared."""
    sides = Sides(report)
    found = worst_first(open_findings(report))
    trouble = [_text(f"{one.path}: {one.message}" if one.path else one.message) for one in troubles(report)]
    parts = [f"## Copydesk: {_headline(found)}\n", *(f"- {words}\n" for words in trouble)]
    size = sum(len(part.encode("utf-8")) for part in parts)
    for number, finding in enumerate(found):
        part = "\n".join(_finding(finding, sides)) + "\n"
        size += len(part.encode("utf-8"))
        if size > MAX_BYTES:
            parts.append(f"{counted(len(found) - number, 'more finding')}: the other reports have all.\n")
            break
        parts.append(part)
    return "\n".join([*parts, *_coverage(report)])


def _headline(found: list[Finding]) -> str:
    counts = Counter(finding.severity for finding in found)
    return ", ".join(counted(counts[one], one) for one in SEVERITIES if counts[one]) or "no findings"


def _finding(finding: Finding, sides: Sides) -> Iterator[str]:
    spot = sides.spot(sides.main(finding).place)
    yield f"### {SYMBOLS[finding.severity]} {finding.severity}: {_text(finding.message)}\n"
    yield f"`{finding.rule}`, {finding.confidence} confidence, {_text(spot)}\n"
    for one in finding.evidence:
        speaker = f", {one.speaker}" if one.speaker and one.speaker not in one.label else ""
        yield f"> **{_text(one.label + speaker)}** ({_text(sides.spot(one.place))}): {_text(one.place.text)}\n>"
    yield f"\nClears it: {_text(finding.clear)}\n"


def _coverage(report: Report) -> Iterator[str]:
    coverage = report.coverage
    compared = f"{coverage.checked} of {counted(coverage.quotations, 'quotation')} compared with a source"
    yield f"{compared}; whether what is said is true is not checked.\n"


def _text(text: str) -> str:
    """Words as Markdown that shows them as they are."""
    return _SPECIAL.sub(lambda match: f"&#{ord(match[0])};", clipped(text, _LONGEST))
