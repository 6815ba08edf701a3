"""Findings: what a rule says, and the exact words that it says it about."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from audit.records.base import Place, Record
from audit.records.decisions import Decision, Reopened

Severity = Literal["error", "warning", "note"]
Confidence = Literal["high", "medium", "low"]
Status = Literal["open", "dismissed", "suppressed", "baseline"]
Family = Literal[
    "quotes", "positions", "attribution", "quantities", "dates", "names", "headline", "sources", "production"
]

CONFIDENCES: tuple[Confidence, ...] = ("high", "medium", "low")
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
FAMILIES: tuple[Family, ...] = (
    "quotes",
    "positions",
    "attribution",
    "quantities",
    "dates",
    "names",
    "headline",
    "sources",
    "production",
)


class Evidence(Record):
    """One passage of a finding, verbatim; `marks` are the words in it that matter, as places inside it."""

    place: Place
    label: str
    speaker: str = ""
    marks: tuple[Place, ...] = ()


class Draft(Record):
    """A finding as a rule returns it; the run adds id, fingerprint and status.

    Raises pydantic.ValidationError when there is no evidence: a finding cannot be built without a place.
    """

    rule: str
    severity: Severity
    confidence: Confidence
    message: str
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    why: tuple[str, ...] = Field(min_length=1)
    clear: str
    severity_is_set: bool = Field(default=False, description="whether the settings say how severe it is, not the rule")


class Finding(Draft):
    """A finding of a run. `fingerprint` is made of the rule and the quoted words: no path, no line, no message."""

    id: str
    fingerprint: str
    family: Family
    status: Status = "open"
    status_reason: str = Field(default="", description="why it is not open, in the words of whoever settled it")
    preview: bool = Field(default=False, description="whether its rule's precision is still being measured")
    shown: bool = Field(
        default=True, description="false for a finding that only the JSON report has: little confidence, or preview"
    )
    decision: Decision | None = Field(default=None, description="what somebody decided about it; absent without one")
    reopened: Reopened | None = Field(
        default=None, description="why that decision no longer holds; absent where it does"
    )


class Check(Record):
    """Whether a rule ran over an article."""

    rule: str
    status: Literal["run", "skipped", "failed"]
    reason: str = ""


class Diagnostic(Record):
    """What was wrong with an input: one line that says what, where and what to do."""

    code: str
    path: str
    message: str
    action: str
    line: int | None = None
    offset: int | None = Field(default=None, description="byte offset for undecodable input")
    fatal: bool = True

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{where}: {self.message}; {self.action}"
