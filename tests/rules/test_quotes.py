"""The findings that the verdicts on quotations lead to: severity, places, marks and wording."""

import sys
from pathlib import Path

import pytest
from audit.rules.quotes import QUOTE_RULES

from audit.records import Dossier, Draft, Profile

sys.path.insert(0, str(Path(__file__).parents[1] / "compare"))

from quote_cases import dossier_of


def drafts(dossier: Dossier) -> list[Draft]:
    return [draft for rule in QUOTE_RULES for draft in rule().check(dossier) if rule().skip(dossier) is None]


def interview(quote: str, said: str, profile: Profile = "standard") -> list[Draft]:
    source = f"OKORO: Thank you for seeing me.\n\nREYES: {said}\n\nOKORO: That was all.\n"
    return drafts(dossier_of(f"“{quote}” Ana Reyes said.", ("Ana Reyes",), source, profile=profile))


CASES = [
    (
        "We will lose a ship on the first crossing.",
        "We may lose a ship on the first crossing.",
        "quote-altered",
        "error",
    ),
    ("It was a quick repair of the old valve.", "It was a slow repair of the old valve.", "quote-altered", "warning"),
    (
        "I would sell the boat tomorrow.",
        "I would sell the boat tomorrow if anybody wanted her.",
        "quote-qualifier-cut",
        "error",
    ),
    (
        "We will close the plant before the end of May.",
        "Thursday is the meeting, and I have heard nothing.",
        "quote-not-in-source",
        "warning",
    ),
    (
        "We lost the bridge on Friday night.",
        "We lost the, um, the, you know, bridge on Friday night.",
        "quote-tidied",
        "note",
    ),
]


@pytest.mark.parametrize(("quote", "said", "rule", "severity"), CASES)
def test_one_finding_for_one_defect(quote: str, said: str, rule: str, severity: str) -> None:
    found = interview(quote, said)
    assert [(draft.rule, draft.severity) for draft in found] == [(rule, severity)]


@pytest.mark.parametrize(("quote", "said", "rule", "severity"), CASES)
def test_marks_lie_inside_their_passage(quote: str, said: str, rule: str, severity: str) -> None:
    for draft in interview(quote, said):
        assert draft.evidence[0].label == "as quoted"
        assert draft.evidence[0].speaker == "Ana Reyes"
        for evidence in draft.evidence:
            assert all(evidence.place.covers(mark) for mark in evidence.marks)
        assert draft.clear


def test_both_sides_of_an_alteration_are_marked() -> None:
    (draft,) = interview(*CASES[0][:2])
    assert [mark.text for mark in draft.evidence[0].marks] == ["will"]
    assert [mark.text for mark in draft.evidence[1].marks] == ["may"]


def test_lost_words_are_marked_in_the_source() -> None:
    (draft,) = interview(*CASES[2][:2])
    assert [mark.text for mark in draft.evidence[1].marks] == ["if anybody wanted her"]


@pytest.mark.parametrize(
    ("profile", "severities"), [("strict", ["warning"]), ("standard", ["note"]), ("relaxed", []), ("translated", [])]
)
def test_tidying_follows_the_house_profile(profile: Profile, severities: list[str]) -> None:
    assert [draft.severity for draft in interview(*CASES[4][:2], profile=profile)] == severities


def test_translated_quotations_are_judged_on_negations_numbers_and_names() -> None:
    assert interview(*CASES[1][:2], profile="translated") == []
    denied = interview("The valve is not safe in a frost.", "The valve is safe in a frost.", profile="translated")
    assert [draft.rule for draft in denied] == ["quote-altered"]


def test_complete_record_makes_a_missing_quotation_an_error() -> None:
    source = "---\ncomplete: true\n---\nOKORO: Thank you.\n\nREYES: Thursday is the meeting.\n\nOKORO: That was all.\n"
    article = "“We will close the plant before the end of May,” Ana Reyes said."
    found = drafts(dossier_of(article, ("Ana Reyes",), source))
    assert [(draft.rule, draft.severity) for draft in found] == [("quote-not-in-source", "error")]


def test_interviewers_words_are_called_that() -> None:
    source = (
        "Q: Is the harbour wall about to fall into the sea?\n\nReyes: Yes, exactly.\n\n"
        "Q: And the lighthouse?\n\nReyes: No.\n"
    )
    article = "“The harbour wall is about to fall into the sea,” Ana Reyes said."
    (draft,) = drafts(dossier_of(article, ("Ana Reyes",), source))
    assert draft.rule == "quote-wrong-speaker"
    assert "interviewer" in draft.message


def test_two_wordings_of_one_sentence() -> None:
    article = (
        "“We never knew how deep the water was that night,” Ana Reyes said.\n\n"
        "A year later: “We hardly knew how deep the water was that night,” Ana Reyes said."
    )
    (draft,) = drafts(dossier_of(article, ("Ana Reyes", "Ana Reyes")))
    assert draft.rule == "quote-two-versions"
    assert [[mark.text for mark in evidence.marks] for evidence in draft.evidence] == [["never"], ["hardly"]]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("That had nothing to do with the weather.", "That had everything to do with the weather."),
        ("Are the boats where they should be? Hardly.", "Will the boats be where they should be? Surely."),
        (
            "Is it where it has to be? Probably not.",
            "Is it going to get to where it has to be? Absolutely.",
        ),
    ],
)
def test_short_parallels_in_the_text_are_no_versions(first: str, second: str) -> None:
    article = f"“{first}” Ana Reyes said.\n\n“{second}” Ana Reyes said."
    assert drafts(dossier_of(article, ("Ana Reyes", "Ana Reyes"))) == []


def test_a_headline_may_quote_in_few_words() -> None:
    article = "# “It had nothing to do with the dam”\n\n“It had everything to do with the dam,” Ana Reyes said."
    (draft,) = drafts(dossier_of(article, ("Ana Reyes", "Ana Reyes")))
    assert draft.rule == "quote-two-versions"


@pytest.mark.parametrize(
    "second",
    ["We never knew how deep the water was.", "We never knew how deep it got.", "The boats came back on a Sunday."],
)
def test_shortening_and_other_sentences_are_no_second_version(second: str) -> None:
    article = f"“We never knew how deep the water was that night,” Ana Reyes said.\n\n“{second}” Ana Reyes said."
    assert drafts(dossier_of(article, ("Ana Reyes", "Ana Reyes"))) == []
