"""The report of a run: the one model behind every format. Field names are the report contract's."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from audit.records.base import Place, Record, Side
from audit.records.claims import AnyClaim
from audit.records.decisions import DecisionsUsed
from audit.records.findings import Check, Diagnostic, Finding
from audit.records.matches import QuoteMatch, SpeakerCoverage
from audit.records.queue import CheckQueue

SCHEMA: Literal["copydesk-report/1"] = "copydesk-report/1"


class Tool(Record):
    """The program that made the report."""

    name: Literal["copydesk"] = "copydesk"
    version: str


class BlockInfo(Record):
    """A block of an input, so that a report can show the text as it is laid out. Offsets are those of the file."""

    kind: str
    start: int
    end: int
    level: int = 0
    speaker: str = ""


class InputInfo(Record):
    """A file that was read, or one part of a file that holds several texts."""

    path: str
    role: Literal["article", "source"]
    format: str
    sha256: str
    key: str
    part: int = 1
    parts: int = 1
    start: int = Field(description="where this part begins in the file")
    end: int
    title: str | None = None
    date: str | None = None
    speakers: tuple[str, ...] = ()
    complete: bool = False
    words: int = 0
    blocks: tuple[BlockInfo, ...] = ()
    text: str = Field(description="the decoded file from start to end, as the offsets count it")


class Coverage(Record):
    """What was checked and what was not."""

    quotations: int
    checked: int
    unchecked: int
    speakers: tuple[SpeakerCoverage, ...] = ()
    notes: tuple[str, ...] = ()


class RuleInfo(Record):
    """A rule's own text, so that a report explains itself."""

    id: str
    family: str
    summary: str
    explanation: str


class Run(Record):
    """The settings that the result depends on."""

    profile: str
    rules: tuple[RuleInfo, ...]
    model: str = Field(description="name and version of the language model")
    decisions: DecisionsUsed | None = Field(default=None, description="absent in a run without a file of decisions")


class Report(Record):
    """Everything a run found out, in a fixed order."""

    schema_: Literal["copydesk-report/1"] = Field(default=SCHEMA, alias="schema", serialization_alias="schema")
    tool: Tool
    run: Run
    inputs: tuple[InputInfo, ...]
    claims: tuple[AnyClaim, ...]
    matches: tuple[QuoteMatch, ...]
    findings: tuple[Finding, ...]
    coverage: Coverage
    checks: tuple[Check, ...]
    to_check: CheckQueue = Field(default=CheckQueue(), description="what only the outside world can settle")
    diagnostics: tuple[Diagnostic, ...] = ()

    def side_of(self, place: Place) -> Side:
        """Whether a place lies in an article or in one of its sources."""
        inside = any(
            info.role == "article"
            and info.path == place.path
            and info.start <= place.start < max(info.end, info.start + 1)
            for info in self.inputs
        )
        return "article" if inside else "source"
