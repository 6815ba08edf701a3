"""A suggestion told as a fact, in sentences of every length."""

from __future__ import annotations

import pytest
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


SUGGESTED = [
    # an evasive answer is no yes
    (
        "The brewery poured its waste into the canal at night.",
        "MR OKORO: Did the brewery pour its waste into the canal at night?\n\nREYES: I couldn't say. I worked days.",
    ),
    (
        "The mayor sold the meadow to his cousin below its price.",
        "OKORO: Did the mayor sell the meadow to his cousin below its price?\n\nREYES: No comment. Next question.",
    ),
    # a statement of the one who asks, and a no
    (
        "The captain left the bridge before the collision with the trawler.",
        "MR OKORO: So the captain left the bridge before the collision with the trawler.\n\nREYES: That's not so. He "
        "was beside me.",
    ),
    # what people say, and no more than that
    (
        "The factory owner paid the inspector for his silence about the boiler.",
        "OKORO: And the boiler?\n\nREYES: They say the factory owner paid the inspector for his silence about the "
        "boiler. I don't know if that is true.",
    ),
    # put in more words, and told in more words
    (
        "The mine had been flooded on three nights in the week before the collapse, and the owners kept the pumps off "
        "because of the price of diesel.",
        "MR OKORO: I put it to you that the owners knew of three floods in the week before, and kept the pumps off "
        "because of the price of diesel.\n\nREYES: No. That's wrong. The pumps were on.",
    ),
]

NOT_ONLY_SUGGESTED = [
    (
        "The brewery poured its waste into the canal at night.",
        "MR OKORO: Did the brewery pour its waste into the canal at night?\n\nREYES: I couldn't say.\n\nPAZ: The "
        "brewery poured its waste into the canal at night, I saw it.",
    ),
    (
        "The brewery pours its waste into the river.",
        "MR OKORO: Did the brewery pour its waste into the canal at night?\n\nREYES: I couldn't say. I worked days.",
    ),
    (
        "The captain left the bridge before the collision with the trawler.",
        "MR OKORO: So the captain left the bridge before the collision with the trawler.\n\nREYES: That's right.",
    ),
    (
        "The factory owner paid the inspector for his silence about the boiler.",
        "OKORO: And the boiler?\n\nREYES: They say the factory owner paid the inspector for his silence about the "
        "boiler. I saw the money change hands, so it is true.",
    ),
    (
        "The factory owner was said to have paid the inspector for his silence about the boiler, Reyes claimed.",
        "OKORO: And the boiler?\n\nREYES: They say the factory owner paid the inspector for his silence about the "
        "boiler. I don't know if that is true.",
    ),
]


@pytest.mark.parametrize(("fact", "source"), SUGGESTED)
def test_what_nobody_affirms_is_no_fact(fact: str, source: str) -> None:
    report = audit_texts(f"The hearing went on for three days.\n\n{fact}\n", source)
    assert len(findings_of(report, "unattributed-claim")) == 1


@pytest.mark.parametrize(("fact", "source"), NOT_ONLY_SUGGESTED)
def test_what_somebody_affirms_or_the_article_credits_is_left_alone(fact: str, source: str) -> None:
    report = audit_texts(f"The hearing went on for three days.\n\n{fact}\n", source)
    assert findings_of(report, "unattributed-claim") == []


def test_a_source_that_the_article_has_nothing_of_cannot_be_circular() -> None:
    article = "---\ndate: 2026-03-02\n---\n\nThe ferry to Salm runs again, said Ana Reyes.\n"
    head = "Interview with Ana Reyes, 9 March 2026\n\nOKORO: How is the harvest?\n\n"
    other = f"{head}REYES: The apples were picked in two weeks.\n"
    assert findings_of(audit_texts(article, other), "circular-source") == []
    near = f"{head}REYES: The ferry to Salm runs again.\n"
    assert len(findings_of(audit_texts(article, near), "circular-source")) == 1
