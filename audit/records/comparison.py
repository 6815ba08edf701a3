"""Two reports beside each other: what became of every finding."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from audit.records.base import Record, Side
from audit.records.decisions import Decision, Reopened
from audit.records.findings import Confidence, Severity, Status

COMPARISON_SCHEMA: Literal["copydesk-comparison/1"] = "copydesk-comparison/1"
Group = Literal["new", "reopened", "changed", "still_open", "unchecked", "dismissed", "fixed"]
GROUPS: tuple[Group, ...] = ("new", "reopened", "changed", "still_open", "unchecked", "dismissed", "fixed")


class ReportRef(Record):
    """One of the two reports."""

    path: str
    version: str = Field(description="of copydesk")
    profile: str
    articles: tuple[str, ...]
    title: str | None = Field(description="of the article, where there is one")


class ComparedPassage(Record):
    """A passage of a finding; `line` and `column` count from 1."""

    side: Side
    path: str
    line: int
    column: int
    label: str
    speaker: str
    words: str


class Compared(Record):
    """A finding as the newer report has it, or as the older one had it where the newer has it no more.

    `before` are the passages of a changed finding that the older report had in other words.
    """

    rule: str
    severity: Severity
    confidence: Confidence
    message: str
    fingerprint: str
    status: Status
    passages: tuple[ComparedPassage, ...]
    before: tuple[ComparedPassage, ...] = ()
    old_fingerprint: str | None = Field(default=None, description="where it is another one")
    decision: Decision | None = None
    reopened: Reopened | None = None
    reason: str = Field(default="", description="why it was not checked any more")


class Comparison(Record):
    """Every finding of both reports, each in one group; `aside` counts those that were and are nobody's question."""

    schema_: Literal["copydesk-comparison/1"] = Field(
        default=COMPARISON_SCHEMA, alias="schema", serialization_alias="schema"
    )
    old_report: ReportRef
    new_report: ReportRef
    notes: tuple[str, ...] = Field(description="what makes the two reports hard to compare")
    new: tuple[Compared, ...] = Field(default=(), description="open, and not in the older report")
    reopened: tuple[Compared, ...] = Field(default=(), description="was fixed or set aside, and is open again")
    changed: tuple[Compared, ...] = Field(default=(), description="open in both, and one of its passages was edited")
    still_open: tuple[Compared, ...] = ()
    unchecked: tuple[Compared, ...] = Field(
        default=(), description="was open, and its rule did not run any more or its article was not read"
    )
    dismissed: tuple[Compared, ...] = Field(default=(), description="set aside since")
    fixed: tuple[Compared, ...] = Field(default=(), description="was open, and was looked for and not found again")
    aside: int = Field(description="findings that are open and shown in neither report")

    def group(self, name: Group) -> tuple[Compared, ...]:
        """The findings of a group, in order."""
        found: tuple[Compared, ...] = getattr(self, name)
        return found
