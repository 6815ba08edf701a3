"""A suggestion told as a fact, in sentences of every length."""

from __future__ import annotations

from helpers import audit_texts, findings_of

FACT = "The signalman fell asleep in the cabin before the goods train passed the bridge"
CARGO = " with " + ", ".join(f"crate{number} of copper" for number in range(60))
ANSWER = "REYES: No. I was at the window."


def test_a_suggestion_told_as_fact_is_reported() -> None:
    source = f"MR OKORO: You {FACT[14:].strip()}, did you not?\n\n{ANSWER}"
    report = audit_texts(f"The inquest went on for three days.\n\n{FACT}.", source)
    assert len(findings_of(report, "unattributed-claim")) == 1


def test_so_is_one_in_a_very_long_sentence() -> None:
    source = f"MR OKORO: You {FACT[14:].strip()}{CARGO}, did you not?\n\n{ANSWER}"
    report = audit_texts(f"The inquest went on for three days.\n\n{FACT}{CARGO}.", source)
    assert len(findings_of(report, "unattributed-claim")) == 1
    assert [check for check in report.checks if check.status == "failed"] == []
