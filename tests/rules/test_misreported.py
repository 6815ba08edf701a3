"""Positions that the source has otherwise: answers by yes and no, praise and blame in other words."""

from __future__ import annotations

import pytest
from helpers import audit_texts, findings_of

RULE = "position-misreported"

OTHERWISE = [
    (
        "Luis Paz runs the mill. He is in favour of waiting until the pipes are paid for.",
        "OKORO: Should the town wait for the pipes?\n\nPAZ: I'm against waiting for anybody, pipes or not.",
    ),
    ("Fisher Luis Paz supports the ban on nets.", "OKORO: Do you support the ban on nets?\n\nPAZ: Not at all."),
    (
        "Mayor Ana Reyes considers the dam safe.",
        "OKORO: Is the dam safe?\n\nREYES: No, it isn't. I would not sleep there.",
    ),
    ("Teacher Luis Paz opposes the later bell.", "OKORO: Do you oppose the later bell?\n\nPAZ: No. Let them sleep."),
    ("Farmer Ana Reyes welcomes the rules on slurry.", "OKORO: And the rules on slurry?\n\nREYES: They are a mistake."),
    ("Nurse Luis Paz rejects the night shifts.", "OKORO: And the night shifts?\n\nPAZ: They're a good idea."),
    (
        "Baker Ana Reyes is opposed to closing the square to cars.",
        "OKORO: And the square?\n\nREYES: I'm all for closing it. My bread needs no cars.",
    ),
]

AS_SAID = [
    ("Fisher Luis Paz supports the ban on nets.", "OKORO: Do you support the ban on nets?\n\nPAZ: Yes, of course."),
    ("Fisher Luis Paz supports the ban on nets.", "OKORO: Do you support the ban on lines?\n\nPAZ: Not at all."),
    ("Fisher Luis Paz supports the ban on nets.", "OKORO: Do you oppose the ban on nets?\n\nPAZ: Not at all."),
    ("Mayor Ana Reyes considers the dam safe.", "OKORO: Is the dam safe or not?\n\nREYES: No doubt about it."),
    (
        "Baker Ana Reyes is opposed to closing the square to cars.",
        "OKORO: And the square?\n\nREYES: I'm all for opening it. My bread needs cars.",
    ),
    ("Farmer Ana Reyes welcomes the rules on slurry.", "OKORO: And the rules on dogs?\n\nREYES: They are a mistake."),
]

TWO_POSITIONS = [
    (
        "Ana Reyes opposes the new marina. Her boat lies in the old harbour.",
        "Reyes, who supports the new marina, will be there.",
    ),
]

ONE_POSITION = [
    ("Luis Paz accepted gifts from the mill.", "Paz has criticised the mayor for accepting gifts from the mill."),
    ("Ana Reyes wants safe streets.", "Reyes does not want to be searched on the streets."),
    ("Ana Reyes said that the club is a fine place.", "Reyes said that the club is not for everybody."),
    ("Ana Reyes said that Paz is like a boy and not a wise man.", "Reyes said that Paz is not wise enough to win."),
]


def messages(article: str, source: str = "") -> list[str]:
    report = audit_texts(f"# Notes from Salm\n\n{article}\n", *([source] if source else []))
    return [finding.message for rule in (RULE, "position-reversed") for finding in findings_of(report, rule)]


@pytest.mark.parametrize(("article", "source"), OTHERWISE)
def test_a_position_that_the_source_has_otherwise_is_reported(article: str, source: str) -> None:
    assert messages(article, source)


@pytest.mark.parametrize(("article", "source"), AS_SAID)
def test_a_position_as_the_source_has_it_is_left_alone(article: str, source: str) -> None:
    assert messages(article, source) == []


@pytest.mark.parametrize(("one", "other"), TWO_POSITIONS)
def test_two_opposite_positions_of_one_person_are_reported(one: str, other: str) -> None:
    assert messages(f"{one} It rained.\n\n{other}")


@pytest.mark.parametrize(("one", "other"), ONE_POSITION)
def test_what_only_looks_like_two_positions_is_left_alone(one: str, other: str) -> None:
    assert messages(f"{one} It rained.\n\n{other}") == []


def test_what_two_people_do_in_the_same_way_is_no_shared_view() -> None:
    likewise = "Similarly, Luis Paz is banking on Orre for a surge. Paz stressed the harbour's importance to his shop."
    quoted = "“I can feel that people begin to make up their minds about the rents here,” Ana Reyes said."
    report = audit_texts(f"# The race\n\n{quoted}\n\n{likewise}\n")
    assert findings_of(report, "false-agreement") == []
