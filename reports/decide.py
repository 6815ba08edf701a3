"""Decisions on the page: what the report already has, and what the page needs to make new ones.

A decision is kept by the words that it is about, so the page gets, for every finding, its passages with the SHA-256 of
their normalised words: a browser then has nothing to normalise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from audit.reports.articles import article_key
from audit.reports.inputs import Inputs
from audit.reports.visible import visible

from audit.records import Evidence, Finding
from audit.records.sameness import words_digest

SHOWN_WORDS = 120  # characters of a passage that a decision keeps, for people to recognise it by
REASONS: Mapping[str, str] = {
    "source-elsewhere": "the source is elsewhere",
    "house-style": "house style",
    "other-topic": "not the same topic",
    "accepted-risk": "accepted risk",
    "rule-wrong": "the rule is wrong",
}
REOPENED: Mapping[str, str] = {
    "text-changed": "the article’s words have changed since",
    "source-changed": "the source’s words have changed since",
    "expired": "the decision has expired",
}


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
    decision = _decision(finding)
    if decision is None:
        return None
    return DecisionView(
        verdict=decision["verdict"],
        reason=REASONS.get(decision["reason"], ""),
        text=decision["text"],
        by=decision["by"],
        date=decision["date"],
        expires=decision["expires"] or "",
        reopened=REOPENED.get(_reopened(finding), ""),
    )


def state_of(finding: Finding) -> str:
    """What a finding is filtered by: its status, or what somebody decided while it stays open."""
    if finding.status != "open" or (decision := _decision(finding)) is None:
        return finding.status
    return "reopened" if _reopened(finding) or decision["verdict"] != "confirmed" else "confirmed"


def finding_data(finding: Finding, inputs: Inputs) -> dict[str, Any]:
    """A finding for the page's script: what it is filtered by, and what a decision about it has to hold."""
    held = [evidence for evidence in finding.evidence if _is_article(evidence, inputs)]
    data: dict[str, Any] = {
        "fingerprint": finding.fingerprint,
        "rule": finding.rule,
        "article": (held or finding.evidence)[0].place.path,
        "key": article_key(finding, inputs),
        "who": [visible(name) for name in speakers_of(finding)],
        "passages": [_passage(evidence, inputs) for evidence in finding.evidence],
    }
    decision = _decision(finding)
    if decision is not None:
        data["decision"] = decision
        data["reopened"] = _reopened(finding)
    return data


def speakers_of(finding: Finding) -> list[str]:
    """The people whose words the finding has, each once."""
    return list(dict.fromkeys(evidence.speaker for evidence in finding.evidence if evidence.speaker))


def _passage(evidence: Evidence, inputs: Inputs) -> dict[str, str]:
    text = evidence.place.text
    return {
        "side": "article" if _is_article(evidence, inputs) else "source",
        "words": " ".join(text.split())[:SHOWN_WORDS],
        "sha256": words_digest(text),
    }


def _is_article(evidence: Evidence, inputs: Inputs) -> bool:
    text = inputs.holding(evidence.place)
    return text is not None and text.is_article


def _decision(finding: Finding) -> dict[str, Any] | None:
    """The decision that the report has about a finding, as JSON values."""
    decision = getattr(finding, "decision", None)
    values: dict[str, Any] | None = decision.model_dump(mode="json") if decision is not None else None
    return values


def _reopened(finding: Finding) -> str:
    return getattr(finding, "reopened", None) or ""
