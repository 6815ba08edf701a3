"""A report read back from its JSON: what every version of the contract has, and no more, so that old reports serve."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from audit.records.base import Side
from audit.records.decisions import Decision, Reopened
from audit.records.findings import Confidence, Severity, Status


class _Read(BaseModel):
    """A frozen value that passes over fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class SavedPassage(_Read):
    """An evidence of the report contract."""

    path: str
    start: int
    line: int
    column: int
    quote: str
    label: str = ""
    speaker: str = ""


class SavedFinding(_Read):
    """A finding of the report contract; `shown` is true where a report does not say."""

    rule: str
    severity: Severity
    confidence: Confidence
    message: str
    evidence: tuple[SavedPassage, ...] = Field(min_length=1)
    fingerprint: str
    status: Status
    shown: bool = True
    decision: Decision | None = None
    reopened: Reopened | None = None


class SavedInput(_Read):
    """An input; without `start` and `end` it is the whole file."""

    path: str
    role: Side
    title: str | None = None
    start: int = 0
    end: int | None = None


class SavedTool(_Read):
    """The program that made the report."""

    version: str = ""


class SavedRun(_Read):
    """The settings that are compared between reports."""

    profile: str = ""


class SavedCheck(_Read):
    """Whether a rule ran."""

    rule: str
    status: Literal["run", "skipped", "failed"]
    reason: str = ""


class SavedDiagnostic(_Read):
    """What was wrong with an input."""

    path: str = ""
    message: str = ""
    fatal: bool = True


class SavedReport(_Read):
    """A report of the first version of the contract."""

    schema_: Literal["copydesk-report/1"] = Field(alias="schema")
    tool: SavedTool
    run: SavedRun = SavedRun()
    inputs: tuple[SavedInput, ...]
    findings: tuple[SavedFinding, ...]
    checks: tuple[SavedCheck, ...] = ()
    diagnostics: tuple[SavedDiagnostic, ...] = ()

    def side_of(self, passage: SavedPassage) -> Side:
        """Whether a passage stands in an article or in one of its sources."""
        inside = any(
            info.role == "article"
            and info.path == passage.path
            and info.start <= passage.start
            and (info.end is None or passage.start < max(info.end, info.start + 1))
            for info in self.inputs
        )
        return "article" if inside else "source"
