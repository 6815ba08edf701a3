"""What is found out about one text, and about one article with its sources: the parts that a report is made of."""

from __future__ import annotations

from audit.records import AnyClaim, Check, CheckQueue, Diagnostic, Draft, QuoteMatch, SpeakerCoverage
from audit.records.base import Record


class TextResult(Record):
    """What a text claims. `claims` is empty where the run has no use for them."""

    speakers: tuple[str, ...] = ()
    claims: tuple[AnyClaim, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


class DossierResult(Record):
    """What became of one article: every rule's drafts, how each rule fared, and what was compared.

    `checks` has one entry for each rule, in their order; it is empty where the article could not be analysed.
    `quotations` is how many the article holds, whether they were looked up or not.
    """

    drafts: tuple[Draft, ...] = ()
    checks: tuple[Check, ...] = ()
    matches: tuple[QuoteMatch, ...] = ()
    speakers: tuple[SpeakerCoverage, ...] = ()
    quotations: int = 0
    to_check: CheckQueue = CheckQueue()
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether nothing failed on the way, so that the same texts give the same result again."""
        failed = any(check.status == "failed" for check in self.checks)
        return bool(self.checks) and not failed and not self.diagnostics
