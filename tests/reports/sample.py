"""A report made by hand, so that rendering is tested apart from everything before it."""

from __future__ import annotations

from typing import Any

from audit.records import Check, Diagnostic, Evidence, Finding, LineIndex, Place, SpeakerCoverage
from audit.records.decisions import Decision
from audit.records.findings import Family, Severity
from audit.records.report import Coverage, InputInfo, Report, RuleInfo, Run, Tool

ARTICLE = "# The quay\n\n“We will rebuild it,” Mira Holt said.\n\nThe quay dates from 1911.\n"
SOURCE = "HOLT: We may rebuild it one day.\n"


def place(text: str, words: str, path: str = "drafts/quay.md") -> Place:
    """Where the words first stand in a text."""
    start = text.index(words)
    index = LineIndex(text)
    line, column = index.position(start)
    end_line, end_column = index.position(start + len(words))
    return Place(
        path=path,
        start=start,
        end=start + len(words),
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        text=words,
    )


def finding(
    number: int = 1,
    *,
    rule: str = "quote-altered",
    family: Family = "quotes",
    severity: Severity = "error",
    message: str = "Did she say this? The source has other words.",
    words: str = "“We will rebuild it,”",
    article: str = ARTICLE,
) -> Finding:
    """A finding about words of the article, with the source beside it."""
    return Finding(
        id=f"f{number}",
        rule=rule,
        family=family,
        severity=severity,
        confidence="high",
        message=message,
        evidence=(
            Evidence(
                place=place(article, words),
                label="as quoted",
                speaker="Mira Holt",
                marks=(place(article, "will"),) if "will" in words else (),
            ),
            Evidence(
                place=place(SOURCE, "We may rebuild it one day.", "holt.txt"),
                label="in the source",
                speaker="Mira Holt",
                marks=(place(SOURCE, "may", "holt.txt"),),
            ),
        ),
        why=("“will” for “may”: a modal verb or hedge",),
        clear="the words as spoken",
        fingerprint=f"{number:032x}",
    )


def decision(finding: Finding, **values: Any) -> Decision:
    """A decision about a finding."""
    usual = {
        "fingerprint": finding.fingerprint,
        "rule": finding.rule,
        "article": "drafts/quay.md",
        "verdict": "dismissed",
        "reason": "house-style",
        "text": "We spell it so.",
        "by": "Ada Lund",
        "date": "2026-02-03",
    }
    return Decision.model_validate({**usual, **values})


def decided(finding: Finding, reopened: str | None = None, **values: Any) -> Finding:
    """A finding with a decision, in the state that the decision gives it."""
    ruling = decision(finding, **values)
    status = "dismissed" if ruling.verdict == "dismissed" and reopened is None else "open"
    return finding.model_copy(update={"decision": ruling, "reopened": reopened, "status": status})


def report(
    *findings: Finding,
    article: str = ARTICLE,
    speakers: tuple[SpeakerCoverage, ...] = (
        SpeakerCoverage(speaker="Mira Holt", quotations=1, checked=1, sources=("holt.txt",)),
        SpeakerCoverage(speaker="Jon Abar", quotations=2, checked=0, reason="no source holds this speaker's words"),
    ),
    diagnostics: tuple[Diagnostic, ...] = (),
    checks: tuple[Check, ...] = (Check(rule="quote-altered", status="run"),),
) -> Report:
    """A report on one article and one interview."""
    checked = sum(row.checked for row in speakers)
    quotations = sum(row.quotations for row in speakers)
    return Report(
        tool=Tool(version="0.0.test"),
        run=Run(
            profile="standard",
            rules=(RuleInfo(id="quote-altered", family="quotes", summary="Other words.", explanation="Other words."),),
            model="none",
        ),
        inputs=(
            _input("drafts/quay.md", "article", article, "a1"),
            _input("holt.txt", "source", SOURCE, "s1", ("Mira Holt",)),
        ),
        claims=(),
        matches=(),
        findings=findings,
        coverage=Coverage(
            quotations=quotations,
            checked=checked,
            unchecked=quotations - checked,
            speakers=speakers,
            notes=("Not run (no source was supplied): quote-stitched.",),
        ),
        checks=checks,
        diagnostics=diagnostics,
    )


def _input(path: str, role: str, text: str, key: str, speakers: tuple[str, ...] = ()) -> InputInfo:
    return InputInfo.model_validate(
        {
            "path": path,
            "role": role,
            "format": "markdown" if path.endswith(".md") else "text",
            "sha256": "0" * 64,
            "key": key,
            "start": 0,
            "end": len(text),
            "title": "The quay",
            "speakers": speakers,
            "words": len(text.split()),
            "text": text,
        }
    )
