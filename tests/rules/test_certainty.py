"""Statements that the article makes firmer than the source, where the two share few words."""

from __future__ import annotations

import pytest
from helpers import audit_texts, findings_of

RULES = ("certainty-raised", "commitment-changed", "condition-dropped")

RAISED = [
    (
        "Half of the dunes will be lost by mid-century, said geologist Ana Reyes.",
        "OKORO: What happens to the dunes?\n\nREYES: We think some of them could go by the middle of the century.",
    ),
    (
        "The lagoon will be gone by 2060, Ana Reyes said.",
        "OKORO: And the lagoon?\n\nREYES: It might be gone by 2060, or it might hold on for longer.",
    ),
    (
        "The old harbour wall will collapse in the next ten years, engineer Ana Reyes said.",
        "OKORO: Is the harbour wall safe?\n\nREYES: Parts of it may give way in the next ten years.",
    ),
    (
        "The whole of the orchard will be under water by the end of the decade, Ana Reyes said.",
        "OKORO: What about the orchard?\n\nREYES: A corner of it could be under water by the end of the decade.",
    ),
    (
        "The choir will fold next spring, its chair Ana Reyes said.",
        "OKORO: Will the choir go on?\n\nREYES: It could well be over next spring.",
    ),
    (
        "Councillor Ana Reyes promised new benches for the park.",
        "OKORO: Will there be benches in the park?\n\nREYES: I might be able to find some.",
    ),
    (
        "The landlord, Luis Paz, pledged a new boiler for the house.",
        "OKORO: The tenants ask for a boiler.\n\nPAZ: I could perhaps look for one for the house.",
    ),
    (
        "Mayor Ana Reyes promised to reopen the baths.",
        "OKORO: And the baths?\n\nREYES: We may be able to reopen them, for a summer at least.",
    ),
]

AS_FIRM = [
    (
        "Some of the dunes could be lost by mid-century, said geologist Ana Reyes.",
        "OKORO: What happens to the dunes?\n\nREYES: We think some of them could go by the middle of the century.",
    ),
    (
        "The lagoon will be gone by 2060, Ana Reyes said.",
        "OKORO: And the lagoon?\n\nREYES: It will be gone by 2060. It might be gone by 2050.",
    ),
    (
        "The lagoon will be gone by 2060, Ana Reyes said.",
        "OKORO: And the lake?\n\nREYES: It might be gone by 2060. The lagoon is a sad story, too.",
    ),
    (
        "Councillor Ana Reyes promised new benches for the park.",
        "OKORO: Will there be benches in the park?\n\nREYES: Yes, I promise. I might be able to find lamps.",
    ),
    (
        "The landlord, Luis Paz, pledged a new boiler for the house.",
        "OKORO: The tenants ask for a boiler.\n\nPAZ: They will get one. I could perhaps look for a door, too.",
    ),
    (
        "The choir will sing next spring, its chair Ana Reyes said.",
        "OKORO: Will the choir go on?\n\nREYES: It will sing next spring. The orchestra could be over next spring.",
    ),
]


def messages(article: str, source: str) -> list[str]:
    report = audit_texts(f"# Notes from Salm\n\n{article} It rained.\n", source)
    return [finding.message for rule in RULES for finding in findings_of(report, rule)]


@pytest.mark.parametrize(("article", "source"), RAISED)
def test_a_statement_made_firmer_in_other_words_is_reported(article: str, source: str) -> None:
    assert messages(article, source)


@pytest.mark.parametrize(("article", "source"), AS_FIRM)
def test_a_statement_as_firm_as_its_source_is_left_alone(article: str, source: str) -> None:
    assert messages(article, source) == []


def test_what_a_thing_is_happens_at_no_time() -> None:
    body = "The sketch was good enough for the builders.\n\nIf the sketch is wrong, the builders lose a day.\n"
    assert findings_of(audit_texts(f"# The barn\n\n{body}"), "settled-event-as-open") == []
    body = "The builders sold the barn in March.\n\nIf the builders sell the barn, the swifts need another roof.\n"
    assert len(findings_of(audit_texts(f"# The barn\n\n{body}"), "settled-event-as-open")) == 1


@pytest.mark.parametrize(("condition", "count"), [("If the council pays,", 1), ("If the council says that—. So,", 0)])
def test_a_condition_that_is_broken_off_is_none(condition: str, count: int) -> None:
    source = f"MR OKORO: What comes next?\n\nANA REYES: {condition} the barn will get a new roof in spring.\n"
    report = audit_texts("# The barn\n\nThe barn will get a new roof in spring, Ana Reyes said.\n", source)
    assert len(findings_of(report, "condition-dropped")) == count


def test_a_word_and_its_reverse_are_two_statements() -> None:
    source = "OKORO: What about the branches?\n\nANA REYES: I hope every branch will stay open.\n"
    closed = audit_texts("# The library\n\nThree of five branches close, said Ana Reyes.\n", source)
    assert findings_of(closed, "certainty-raised") == []
    kept = audit_texts("# The library\n\nEvery branch will stay open, said Ana Reyes.\n", source)
    assert len(findings_of(kept, "certainty-raised")) == 1
