"""The JSON report's own models: what `report-contract` fixes, apart from the records that it is made of.

Only what differs from the records stands here: evidence is one flat object with its place and its words together.
"""

from __future__ import annotations

from typing import Any

from pydantic import Field

from audit.errors import CopydeskError
from audit.records import Evidence, Finding, Place, Record
from audit.records.comparison import Comparison
from audit.records.decisions import Decision, DecisionsFile, Reopened
from audit.records.findings import Confidence, Family, Severity, Status
from audit.records.report import Report


class MarkOut(Record):
    """Words inside a passage that matter, in code points of the file."""

    start: int
    end: int
    quote: str


class EvidenceOut(Record):
    """A passage: `quote` is exactly the file's text from `start` to `end` (code points, end exclusive)."""

    path: str
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    quote: str
    label: str
    speaker: str
    marks: tuple[MarkOut, ...]
    paragraph: int | None = Field(
        default=None, description="number of the paragraph in a .docx; null for every other format"
    )


class FindingOut(Record):
    """A finding as the report gives it."""

    id: str
    rule: str
    family: Family
    severity: Severity
    confidence: Confidence
    message: str
    evidence: tuple[EvidenceOut, ...]
    why: tuple[str, ...]
    clear: str = Field(description="what would clear the finding")
    fingerprint: str
    status: Status
    status_reason: str = Field(description="why it is not open, in the words of whoever settled it")
    preview: bool = Field(description="whether the rule's precision is still being measured")
    shown: bool = Field(description="whether the reports for people show it, and the exit code counts it")
    decision: Decision | None = Field(default=None, description="what somebody decided about it; absent without one")
    reopened: Reopened | None = Field(
        default=None, description="why that decision no longer holds; absent where it does"
    )


class ReportOut(Report):
    """The object that `--format json` writes."""

    findings: tuple[FindingOut, ...]  # type: ignore[assignment]


def contract_of(report: Report) -> ReportOut:
    """The report in the shape of its contract."""
    word_texts: dict[str, str] = {}
    for info in sorted(report.inputs, key=lambda info: info.start):
        if info.format == "docx":
            word_texts[info.path] = word_texts.get(info.path, "") + info.text
    values = {name: getattr(report, name) for name in Report.model_fields if name not in ("schema_", "findings")}
    findings = tuple(_finding(finding, word_texts) for finding in report.findings)
    return ReportOut(schema=report.schema_, findings=findings, **values)


def values_of(report: Report) -> dict[str, Any]:
    """The report as JSON values; what only a run with decisions has is absent in every other."""
    contract = contract_of(report)
    return contract.model_dump(mode="json", by_alias=True, exclude=absent_in(contract))


def absent_in(report: ReportOut) -> dict[str, Any]:
    """What pydantic has to leave out of a report: the fields for decisions where there are none."""
    without = {
        at: {name for name in ("decision", "reopened") if getattr(finding, name) is None}
        for at, finding in enumerate(report.findings)
    }
    return {"findings": without, "run": {"decisions"} if report.run.decisions is None else set()}


def encodable(text: str) -> str:
    """The text as it is. Raises CopydeskError when it holds half a surrogate pair, which UTF-8 cannot carry."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise CopydeskError.of(
            "surrogate", "report", f"character {error.start} is half a surrogate pair", "mend the input's encoding"
        ) from None
    return text


# The committed schemas by the names of their files.
SCHEMAS: dict[str, tuple[type[Record], str]] = {
    "report.schema.json": (ReportOut, "Copydesk report, version 1"),
    "comparison.schema.json": (Comparison, "Copydesk comparison of two reports, version 1"),
    "decisions.schema.json": (DecisionsFile, "Copydesk decisions, version 1"),
}


def json_schema(name: str) -> dict[str, Any]:
    """One of the JSON Schemas (draft 2020-12), by the name of its file."""
    model, title = SCHEMAS[name]
    schema = model.model_json_schema(mode="serialization", by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": title}


def _finding(finding: Finding, word_texts: dict[str, str]) -> FindingOut:
    same = {name: getattr(finding, name) for name in FindingOut.model_fields if name != "evidence"}
    return FindingOut(evidence=tuple(_evidence(item, word_texts) for item in finding.evidence), **same)


def _evidence(evidence: Evidence, word_texts: dict[str, str]) -> EvidenceOut:
    place = evidence.place
    return EvidenceOut(
        path=place.path,
        start=place.start,
        end=place.end,
        line=place.line,
        column=place.column,
        end_line=place.end_line,
        end_column=place.end_column,
        quote=place.text,
        label=evidence.label,
        speaker=evidence.speaker,
        marks=tuple(MarkOut(start=mark.start, end=mark.end, quote=mark.text) for mark in evidence.marks),
        paragraph=paragraph_number(place, word_texts[place.path]) if place.path in word_texts else None,
    )


def paragraph_number(place: Place, text: str) -> int:
    """The paragraph of a Word file that a place starts in, from 1; the extract has a blank line between paragraphs."""
    return text.count("\n\n", 0, place.start) + 1
