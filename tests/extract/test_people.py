"""Who a text names, and who a phrase stands for. All people and places are invented."""

from __future__ import annotations

import functools

import pytest
from helpers import annotator
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.extract.annotate import Annotated
from audit.extract.people import People, find_people
from audit.loading import load_text
from audit.records import Person, Speaker

ARTICLE = """# Salm votes on its last ferry

The mayor of Salm, Dana Ito, told reporters on Tuesday that the ferry would stop in May.

“It costs more than the school,” said Ito. “We cannot go on.”

Ms. Ito added that she had asked the county for help.

Climate scientist Tomasz Vrel, a senior lecturer at Orne University, disagreed.

“The bridge will flood,” he said.

A spokesman for the county said that no money was left. He would not say why.

Officials were silent. Reuters said the vote was near, and Paris was quiet.
"""


@functools.cache
def people_of(text: str) -> tuple[Annotated, People]:
    """The persons of a text that is given as Markdown."""
    document = load_text(text, "article.md", "article", key="a1").documents[0]
    annotated = annotator().annotate(document)
    return annotated, find_people(annotated)


def named(people: People, name: str) -> Person:
    return next(person for person in people.persons if person.name == name)


def speaker(text: str, verb: str, nth: int = 0) -> Speaker | None:
    """Who stands for the subject of a verb form; `nth` counts its occurrences."""
    annotated, people = people_of(text)
    verbs = [token for token in annotated.tokens if token.text == verb]
    subject = annotated.child(verbs[nth], "nsubj", "nsubjpass")
    assert subject is not None
    return people.speaker_of(subject)


def names(text: str) -> list[str]:
    return [person.name for person in people_of(text)[1].persons]


def test_an_article_names_its_people_and_no_places_or_agencies() -> None:
    assert names(ARTICLE) == ["Dana Ito", "Tomasz Vrel"]


def test_a_person_knows_titles_roles_and_affiliations() -> None:
    people = people_of(ARTICLE)[1]
    ito, vrel = named(people, "Dana Ito"), named(people, "Tomasz Vrel")
    assert ito.titles == ("Ms.",)
    assert ito.roles == ("mayor of Salm",)
    assert ito.affiliations == ("Salm",)
    assert "Ito" in ito.aliases
    assert [place.text for place in ito.mentions] == ["Dana Ito", "Ito", "Ito"]
    assert ito.text == "Dana Ito"
    assert "a senior lecturer at Orne University" in vrel.roles
    assert "Orne University" in vrel.affiliations


@pytest.mark.parametrize(
    ("verb", "nth", "kind", "name"),
    [
        ("told", 0, "named", "Dana Ito"),
        ("said", 0, "named", "Dana Ito"),
        ("added", 0, "named", "Dana Ito"),
        ("asked", 0, "pronoun", "Dana Ito"),
        ("said", 1, "pronoun", "Tomasz Vrel"),
        ("said", 2, "described", "A spokesman for the county"),
        ("said", 3, "group", "Reuters"),
    ],
)
def test_subjects_stand_for_speakers(verb: str, nth: int, kind: str, name: str) -> None:
    found = speaker(ARTICLE, verb, nth)
    assert found is not None
    assert (found.kind, found.name) == (kind, name)


def test_a_pronoun_behind_a_nameless_spokesman_is_nobody_known() -> None:
    found = speaker(ARTICLE, "say", 0)
    assert found is not None
    assert found.person is None


def test_titles_stand_outside_the_name_and_inside_the_mention_of_a_speaker() -> None:
    text = "Dr. Ana Reyes’s paper drew praise. “It is late,” Dr. Reyes said."
    found = speaker(text, "said")
    assert found is not None
    assert found.mention is not None
    assert found.mention.text == "Dr. Reyes"
    assert [place.text for place in named(people_of(text)[1], "Ana Reyes").mentions] == ["Ana Reyes", "Reyes"]


def test_namesakes_are_told_apart_by_title_and_by_who_was_just_named() -> None:
    text = (
        "Henrik Dahl opposed the plan. Marta Dahl, a farmer, backed it. Dahl said that her fields were dry.\n\n"
        "Mr. Dahl disagreed.\n\nMs. Dahl laughed."
    )
    people = people_of(text)[1]
    assert [place.text for place in named(people, "Henrik Dahl").mentions] == ["Henrik Dahl", "Dahl"]
    assert len(named(people, "Marta Dahl").mentions) == 3


def test_particles_belong_to_the_family_name() -> None:
    text = "Ludwig van der Berg, 54, a farmer, objected. Mr. van der Berg said that the dyke was old."
    assert names(text) == ["Ludwig van der Berg"]
    found = speaker(text, "said")
    assert found is not None
    assert found.name == "Ludwig van der Berg"


def test_a_family_name_that_looks_like_a_job_stays_a_name() -> None:
    assert names("Annika Lindqvist, 48, spoke. Sarah Potter Jones, a nurse, said that Mr. King listened.") == [
        "Annika Lindqvist",
        "Sarah Potter Jones",
        "King",
    ]


def test_titles_alone_are_no_names() -> None:
    assert names("The President met the Vice President. Thank you, Mr. Speaker, said the Prime Minister.") == []


def test_a_definite_description_means_the_one_who_is_that() -> None:
    text = (
        "Joss Amadi, the harbour pilot, waited. Greta Oyelaran, a surveyor, went home.\n\n"
        "“There was no wind,” the pilot said."
    )
    found = speaker(text, "said")
    assert found is not None
    assert (found.kind, found.name) == ("described", "Joss Amadi")
    assert found.person == named(people_of(text)[1], "Joss Amadi").id


def test_a_description_that_says_itself_who_is_meant_is_not_the_person_in_focus() -> None:
    text = (
        "Greta Oyelaran walked. Greta Oyelaran was tired.\n\n"
        "“I was frightened,” the minister who brought in the law said."
    )
    annotated, people = people_of(text)
    minister = next(token for token in annotated.tokens if token.text == "minister")
    found = people.speaker_of(minister)
    assert found is not None
    assert found.person is None


def test_a_relative_pronoun_stands_for_what_is_in_front_of_it() -> None:
    text = "Dana Ito, who said that the ferry was late, left early."
    found = speaker(text, "said")
    assert found is not None
    assert found.name == "Dana Ito"


@pytest.mark.parametrize("word", ["reason", "year"])
def test_nouns_that_cannot_speak_are_no_speakers(word: str) -> None:
    annotated, people = people_of("The reason was money. The year was long.")
    token = next(token for token in annotated.tokens if token.text == word)
    assert people.speaker_of(token) is None


def test_i_in_a_turn_is_the_one_who_speaks_it() -> None:
    said = ("**Interviewer:** Tired?", "**Dana Ito:** I think so.", "**Interviewer:** Why?", "**Dana Ito:** It rains.")
    text = "\n\n".join(said)
    document = load_text(text, "talk.md", "source", key="s1").documents[0]
    annotated = annotator().annotate(document)
    people = find_people(annotated)
    token = next(token for token in annotated.tokens if token.text == "I")
    found = people.speaker_of(token)
    assert found is not None
    assert found.person == people.persons[0].id


_PIECES = st.lists(
    st.sampled_from(
        [
            "Dana Ito",
            "Dr. Reyes",
            "**Ana Reyes**",
            "said",
            "the mayor",
            ",",
            "she",
            "José Núñez’s",
            "“I left,”",
            "\n\n",
            "🛶",
            "van der Berg",
        ]
    ),
    max_size=20,
)


@settings(max_examples=30, deadline=None)
@given(pieces=_PIECES, line_end=st.sampled_from(["\n", "\r\n"]))
def test_every_place_is_the_slice_of_the_file(pieces: list[str], line_end: str) -> None:
    text = "Dana Ito spoke.\n\n" + " ".join(pieces)
    annotated, people = people_of(text.replace("\n", line_end))
    raw = annotated.document.raw
    for person in people.persons:
        for place in (person, *person.mentions):
            assert raw[place.start : place.end] == place.text
    for token in annotated.tokens:
        found = people.speaker_of(token)
        if found is not None and found.mention is not None:
            assert raw[found.mention.start : found.mention.end] == found.mention.text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sigrun Holt steers the ferry. Her father, Ulf, built it. He said no.", "Ulf"),
        ("The baker Rolf Lindh lives above the shop. His wife, Marta, keeps the books. She said no.", "Marta"),
        ("Sigrun Holt was a pilot. Her brother Osvald, who sings, left. He said no.", "Osvald"),
        ("“They thought S. Holt was a man,” Sigrun Holt told the board. She said no.", "Sigrun Holt"),
        ("They thought that S. Holt was a man. But Sigrun Holt wore a skirt. She said no.", "Sigrun Holt"),
        ("# The last woman on the ferry\n\nOn Monday Sigrun Holt came home. She said no.", "Sigrun Holt"),
        ("Greta Holt met Dana Ito. Holt’s father, Ulf, left. Ito’s father said no.", "Ito’s father"),
        ("Greta Holt met Dana Ito. Holt’s father, Ulf, left. Holt’s father said no.", "Ulf"),
        ("Greta Holt met Dana Ito. Holt’s father, Ulf, left. Her mother said no.", "Her mother"),
        ("Chidi Okoro, 71, walks. The 71-year-old said no.", "Chidi Okoro"),
        ("Chidi Okoro (71) met Dana Ito (44). The 44-year-old said no.", "Dana Ito"),
        ("Chidi Okoro, 71, met Dana Ito, now 71, on Monday. The 71-year-old said no.", "The 71-year-old"),
        ("Chidi Okoro, 71, met a climber. A 30-year-old said no.", "A 30-year-old"),
    ],
)
def test_relatives_and_ages_stand_for_people(text: str, name: str) -> None:
    found = speaker(text, "said")
    assert found is not None
    assert found.name == name


def test_moors_and_piers_are_no_people() -> None:
    text = (
        "On Harra Moor the wind dropped. She had walked Tova Fell and Skarv Reef on Monday. Kate Moss, a nurse, waved."
    )
    assert names(text) == ["Kate Moss"]
