"""What was decided about a finding, in the words of a report."""

from __future__ import annotations

from audit.records.decisions import Decision, Reopened
from audit.records.findings import Status

REASON_WORDS = {
    "source-elsewhere": "the source is elsewhere",
    "house-style": "house style",
    "other-topic": "not the same topic",
    "accepted-risk": "accepted risk",
    "rule-wrong": "the rule is wrong",
}
REOPENED_WORDS: dict[Reopened, str] = {
    "text-changed": "the article’s words have changed since",
    "source-changed": "the source’s words have changed since",
    "expired": "the decision has expired",
}


def told(decision: Decision) -> str:
    """One line: "dismissed by Mira Holt on 2026-11-28 (house style, until 2027-02-28): Our own spelling."."""
    until = f"until {decision.expires}" if decision.expires is not None else ""
    inside = ", ".join(filter(None, (REASON_WORDS.get(decision.reason, ""), until)))
    words = " ".join(decision.text.split())
    head = f"{decision.verdict} by {decision.by} on {decision.date}" + (f" ({inside})" if inside else "")
    return f"{head}: {words}" if words else head


_SETTLED_WORDS: dict[Status, str] = {"open": "", "baseline": "in the baseline", "suppressed": "put aside in the text"}


def told_of(status: Status, decision: Decision | None, reopened: Reopened | None, reason: str = "") -> str:
    """What was decided about a finding and whether that still holds; "" where nobody decided anything.

    `reason` is why a text puts the finding aside, in its own words.
    """
    if decision is None:
        words = _SETTLED_WORDS.get(status, status)
        return f"{words}: {reason}" if status == "suppressed" and reason else words
    if reopened is not None:
        return f"reopened, {REOPENED_WORDS[reopened]}: {told(decision)}"
    return told(decision)
