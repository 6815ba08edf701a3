"""The turns of a transcript and who speaks them. All people and places are invented."""

from __future__ import annotations

from helpers import annotator

from audit.extract.people import People, find_people
from audit.extract.turns import find_turns
from audit.loading import load_text
from audit.records import Turn

INTERVIEW = """**Interview with Dr. Alina Korsakova, harbour engineer**

**Interviewer:** Is the dyke safe?

**Dr. Korsakova:** It is old.

It was built in *1911*.

**Interviewer:** And the bridge?

**Dr. Korsakova:** I would not walk on it.
"""


def turns_of(text: str) -> tuple[list[Turn], People]:
    document = load_text(text, "talk.md", "source", key="s1").documents[0]
    annotated = annotator().annotate(document)
    people = find_people(annotated)
    return find_turns(annotated, people), people


def test_turns_keep_their_order_words_and_roles() -> None:
    turns, _ = turns_of(INTERVIEW)
    assert [turn.role for turn in turns] == ["interviewer", "guest", "interviewer", "guest"]
    assert [turn.ordinal for turn in turns] == [1, 2, 3, 4]
    assert turns[1].id == "s1.turn.2"
    assert turns[1].words == "It is old. It was built in 1911."


def test_a_guest_is_a_person_with_the_full_name_that_the_head_gives() -> None:
    turns, people = turns_of(INTERVIEW)
    guest = turns[1].speaker
    assert (guest.kind, guest.name) == ("named", "Alina Korsakova")
    person = next(person for person in people.persons if person.id == guest.person)
    assert "Dr." in person.titles
    assert guest.mention is not None
    assert guest.mention.text == "Dr. Korsakova"


def test_a_part_without_a_name_is_described() -> None:
    turns, _ = turns_of(INTERVIEW)
    assert (turns[0].speaker.kind, turns[0].speaker.name, turns[0].speaker.person) == ("described", "Interviewer", None)


def test_a_title_behind_a_label_is_a_role() -> None:
    _, people = turns_of("Joss Amadi (harbour pilot): The tide was low.\n\nREPORTER: Why?\n\nJoss Amadi: The moon.\n")
    assert any("harbour pilot" in person.roles for person in people.persons)


def test_capitals_and_titles_are_one_person() -> None:
    text = (
        "ANA REYES: We begin.\n\nTOMASZ VREL: Good.\n\nREYES: The dyke first.\n\nVREL: It leaks, as Dr. Reyes knows.\n"
    )
    turns, people = turns_of(text)
    assert sorted(person.name for person in people.persons) == ["Ana Reyes", "Tomasz Vrel"]
    assert turns[0].speaker.person == turns[2].speaker.person


def test_an_article_has_no_turns() -> None:
    assert turns_of("# Dyke leaks\n\nThe dyke leaks, said Ana Reyes.\n")[0] == []
