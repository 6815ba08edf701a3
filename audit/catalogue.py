"""What a run has to know of its rules before it needs them: their texts, and which of them are in preview."""

from __future__ import annotations

from collections.abc import Sequence

from audit.records.base import Record
from audit.records.findings import Family
from audit.records.report import RuleInfo
from audit.rules.base import Rule


class RuleFacts(Record):
    """A rule without its code."""

    id: str
    family: Family
    preview: bool
    needs_source: bool
    summary: str
    explanation: str

    @property
    def info(self) -> RuleInfo:
        """The rule as a report has it."""
        return RuleInfo(id=self.id, family=self.family, summary=self.summary, explanation=self.explanation)


class Catalogue(Record):
    """All rules of a run, in their order."""

    rules: tuple[RuleFacts, ...]


def catalogue_of(rules: Sequence[type[Rule]]) -> Catalogue:
    """The facts about rules that are loaded."""
    return Catalogue(
        rules=tuple(
            RuleFacts(
                id=rule.id,
                family=rule.family,
                preview=rule.preview,
                needs_source=rule.needs_source,
                summary=rule.summary(),
                explanation=rule.text(),
            )
            for rule in rules
        )
    )
