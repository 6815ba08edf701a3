"""Reports for the formats that programs read, and the golden files made of them.

After a change that is meant to be seen: python tests/reports/machine_samples.py
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import sample
from audit.reports.machine import RENDERERS
from audit.reports.summary import render_summary

from audit.records import Check, Diagnostic, Evidence, Finding
from audit.records.report import Report

GOLDEN = Path(__file__).parent / "golden"
FORMATS: dict[str, Callable[[Report], str]] = {**RENDERERS, "summary": render_summary}
# Everything that a text could hold to break out of a format, in one sentence of an article.
HOSTILE = (
    "::error file=x,line=1::owned %0A ##[add-mask]x ::set-env name=A:: ]]> </failure> <b>&amp; [a](javascript:b) @all "
    "{0} `c` \x1b[31m \u202e \x00 x"
)
ARTICLE = f"# The quay\n\n“We will rebuild it,”\nMira Holt said.\n\nThe quay dates from 1911.\n\n{HOSTILE}\n"


def finding(number: int, words: str, **changes: object) -> Finding:
    """A finding about words of the article above."""
    values = {"rule": "quote-altered", "family": "quotes", "severity": "error", "message": "Did she say this?"}
    made = sample.finding(number, words=words, article=ARTICLE, **{**values, **_known(changes)})  # type: ignore[arg-type]
    return made.model_copy(update=changes)


def _known(changes: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in changes.items() if name in ("rule", "family", "severity", "message")}


def lone(made: Finding) -> Finding:
    """The finding with its first passage only, and nothing marked in it."""
    first = made.evidence[0]
    return made.model_copy(update={"evidence": (Evidence(place=first.place, label=first.label),)})


def report() -> Report:
    """One of each kind: open and settled, shown and held back, with trouble and with words that mean harm."""
    findings = (
        finding(1, "“We will rebuild it,”"),
        lone(finding(2, HOSTILE, rule="residue", family="production", severity="warning", message=HOSTILE)),
        finding(3, "The quay dates", severity="note", confidence="medium"),
        finding(4, "1911", status="baseline", status_reason="in the baseline"),
        finding(5, "Mira Holt said", status="suppressed", status_reason="checked with {her} [here](x)"),
        finding(6, "The quay", severity="warning", shown=False, confidence="low"),
    )
    return sample.report(
        *findings,
        article=ARTICLE,
        checks=(
            Check(rule="quote-altered", status="run"),
            Check(rule="residue", status="failed", reason="drafts/quay.md: ValueError: <x> & {y}"),
            Check(rule="quote-stitched", status="skipped", reason="not selected in this run"),
        ),
        diagnostics=(
            Diagnostic(code="missing", path="notes/no, such: file.md", message="there is no such file", action="look"),
            Diagnostic(code="split", path="drafts/quay.md", message="two texts", action="look", line=3, fatal=False),
        ),
    )


def golden_path(name: str) -> Path:
    """Where the golden file of a format lies."""
    return GOLDEN / f"report.{name}"


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for name, render in FORMATS.items():
        golden_path(name).write_bytes(render(report()).encode("utf-8"))
