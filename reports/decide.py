"""Decisions on the page: what the report already has, and what the page needs to make new ones.

A decision is kept by the words that it is about, so the page gets, for every finding, its passages with the SHA-256 of
their normalised words: a browser then has nothing to normalise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from audit.reports.articles import article_key
from audit.reports.decided import REASON_WORDS, REOPENED_WORDS
from audit.reports.inputs import Inputs
from audit.reports.visible import visible

from audit.records import Evidence, Finding
from audit.records.decisions import SHOWN_WORDS
from audit.records.sameness import words_digest


@dataclass(frozen=True)
class DecisionView:
    """A decision in words. `reopened` says why it no longer holds; empty where it does."""

    verdict: str
    reason: str
    text: str
    by: str
    date: str
    expires: str
    reopened: str


def decision_view(finding: Finding) -> DecisionView | None:
    """What was decided about a finding; None where nobody decided anything."""
    decision = finding.decision
    if decision is None:
        return None
    return DecisionView(
        verdict=decision.verdict,
        reason=REASON_WORDS.get(decision.reason, ""),
        text=decision.text,
        by=decision.by,
        date=decision.date.isoformat(),
        expires=decision.expires.isoformat() if decision.expires is not None else "",
        reopened=REOPENED_WORDS[finding.reopened] if finding.reopened is not None else "",
    )


def state_of(finding: Finding) -> str:
    """What a finding is filtered by: its status, or what somebody decided while it stays open."""
    if finding.status != "open" or finding.decision is None:
        return finding.status
    return "reopened" if finding.reopened is not None or finding.decision.verdict != "confirmed" else "confirmed"


def finding_data(finding: Finding, inputs: Inputs) -> dict[str, Any]:
    """A finding for the page's script: what it is filtered by, and what a decision about it has to hold."""
    held = [evidence for evidence in finding.evidence if inputs.side_of(evidence.place) == "article"]
    data: dict[str, Any] = {
        "fingerprint": finding.fingerprint,
        "rule": finding.rule,
        "article": (held or finding.evidence)[0].place.path,
        "key": article_key(finding, inputs),
        "who": [visible(name) for name in speakers_of(finding)],
        "passages": [_passage(evidence, inputs) for evidence in finding.evidence],
    }
    if finding.decision is not None:
        data["decision"] = finding.decision.model_dump(mode="json")
        data["reopened"] = finding.reopened or ""
    return data


def speakers_of(finding: Finding) -> list[str]:
    """The people whose words the finding has, each once."""
    return list(dict.fromkeys(evidence.speaker for evidence in finding.evidence if evidence.speaker))


def _passage(evidence: Evidence, inputs: Inputs) -> dict[str, str]:
    text = evidence.place.text
    return {
        "side": inputs.side_of(evidence.place),
        "words": " ".join(text.split())[:SHOWN_WORDS],
        "sha256": words_digest(text),
    }
