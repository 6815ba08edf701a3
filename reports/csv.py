"""The findings as a table for a spreadsheet: a row each, and no cell that a spreadsheet would take for a formula."""

from __future__ import annotations

import csv
import io

from audit.reports.contract import paragraph_number
from audit.reports.inputs import Inputs
from audit.reports.order import numbered
from audit.reports.visible import visible

from audit.records import Finding, Place
from audit.records.base import Side
from audit.records.report import Report

COLUMNS = (
    "number",
    "severity",
    "confidence",
    "rule",
    "status",
    "message",
    "article file",
    "article line",
    "article words",
    "source file",
    "source line",
    "source words",
    "why",
    "clear",
    "fingerprint",
    "decision",
    "reason",
    "decision words",
    "decided by",
    "decided on",
    "expires",
    "reopened",
)
BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as something else
_LONGEST = 32_000  # characters; a cell of Excel holds 32,767
# What starts a formula, or a command to another program; the wide forms do where East Asian input is usual.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def render_csv(report: Report) -> str:
    """A table with a line of headings: every finding that the reports for people show, numbered as on the page.

    Cells with several passages, files or lines have a line for each.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    inputs = Inputs(report)
    for number, finding in numbered(report.findings):
        writer.writerow([number, *(safe(cell) for cell in _cells(finding, inputs))])
    return BYTE_ORDER_MARK + out.getvalue()


def safe(text: str) -> str:
    """A cell that a spreadsheet shows as the text that it is; what cannot be seen is written out, and it has an end."""
    text = visible(text.replace("\r\n", "\n"))
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST]} […]"
    # Some programs look for a formula behind blanks, too.
    return f"'{text}" if text.startswith(_STARTS) or text.lstrip().startswith(_STARTS) else text


def _cells(finding: Finding, inputs: Inputs) -> list[str]:
    """The cells behind the number, as COLUMNS names them."""
    decision = finding.decision
    return [
        finding.severity,
        finding.confidence,
        finding.rule,
        finding.status,
        finding.message,
        *_passages(finding, inputs, "article"),
        *_passages(finding, inputs, "source"),
        "\n".join(finding.why),
        finding.clear,
        finding.fingerprint,
        *(
            (
                decision.verdict,
                decision.reason,
                decision.text,
                decision.by,
                decision.date.isoformat(),
                decision.expires.isoformat() if decision.expires is not None else "",
            )
            if decision is not None
            else ("",) * 6
        ),
        finding.reopened or "",
    ]


def _passages(finding: Finding, inputs: Inputs, side: Side) -> tuple[str, str, str]:
    """File, line and words of the passages on one side; a file that they share is named once."""
    found = [evidence.place for evidence in finding.evidence if inputs.side_of(evidence.place) == side]
    files = [place.path for place in found]
    return (
        "\n".join(dict.fromkeys(files) if len(set(files)) == 1 else files),
        "\n".join(_line(place, inputs) for place in found),
        "\n".join(" ".join(place.text.split()) for place in found),
    )


def _line(place: Place, inputs: Inputs) -> str:
    """The line of a place; its paragraph in a Word file, which has no lines."""
    text = inputs.holding(place)
    if text is not None and text.info.format == "docx":
        return f"paragraph {paragraph_number(place, text.whole)}"
    return str(place.line)
