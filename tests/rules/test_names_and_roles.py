"""What the rules about persons tell apart: slips of one letter, months as surnames, introductions, posts, ages.

Beside sentences that must be reported stand those that look alike and are in order.
"""

from __future__ import annotations

import pytest
from helpers import audit_texts, findings_of

SLIPS = [
    "Councilman Dario Webb, who chairs the committee, was sceptical. “It will not last,” Mr. Web said.",
    "Dario Webb, chairman of the finance committee, was sceptical. Web said the money would not last.",
    "Lena Foxx, who runs the bakery, doubts it. “Flour costs twice as much,” Ms. Fox said.",
    "Erik Kross, the harbour master, closed the pier. Kros said the planks were rotten.",
    "Tom Knapp repairs clocks. “The spring is broken,” Knap said.",
    "Martin Hill, who keeps the lighthouse, is 71. “I will stay,” said Mr. Hil.",
    "Meg March and her sisters opened the shop in 2019. Meg Marsh sells tea there.",
    "Mette March keeps bees. “They swarm early,” March said. Mette Marsch sells honey.",
    "Ingrid August, a nurse, came late. Ingrid Agust missed the bus.",
    "Meg March and her sisters opened the shop in 2019. Ms. Marsh sells tea there.",
]
NO_SLIPS = [
    "Dario Webb, chairman of the finance committee, was sceptical. Web pages said little about the costs.",
    "Lena Foxx runs the bakery. Fox News said the price of flour had doubled.",
    "Helen Starr heard the case. Star Trek told another tale. The Star said she was late.",
    "Ida Bell and Jon Ball sang. Bell said it was loud. Ball said it was not.",
    "Lena Raine grows apples. Rain continued all week. Frost said goodbye.",
    "Ali April runs the kiosk. Mr. April was tired.",
    "In June Lisa came. They met Meg March 3 in Rome, and Meg Marsh on April 9.",
    "Clara May keeps goats. May told the farmers that hay was dear. May was warm.",
]


@pytest.mark.parametrize("text", SLIPS)
def test_a_name_with_a_slip_is_found(text: str) -> None:
    assert findings_of(audit_texts(f"# The town\n\n{text}\n"), "name-two-spellings")


@pytest.mark.parametrize("text", NO_SLIPS)
def test_words_that_only_look_like_a_slip_are_left_alone(text: str) -> None:
    assert not findings_of(audit_texts(f"# The town\n\n{text}\n"), "name-two-spellings")


def test_a_misspelled_surname_is_one_finding() -> None:
    report = audit_texts(f"# The town\n\n{SLIPS[0]}\n")
    assert not findings_of(report, "surname-before-introduction")


UNINTRODUCED = [
    "# The town\n\nMr. Ortiz declined to comment on the sale. The council votes in May.\n\nLia Ortiz spoke later.",
    "# The dyke\n\nProf. van der Berg said the dyke would hold. It is old.",
    "# The wall\n\nKessler said the wall was wet.\n\nThe builder, Jon Kessler, dug on.",
    "The dam broke on Monday.\n\nCaptain Holm said that two boats were lost. Erik Holm has led the crew for years.",
]
INTRODUCED = [
    "# The hall\n\nThe Rev. Al Danvers opened the hall. He is 71.",
    "# The hall\n\nSecretary General Oh Min-jun opened the hall. He is 71.",
    "# The bread\n\nAunt Ida said that the bread was done. Uncle Sam wants more.",
    "# The law\n\nThe president signed Executive Order 14. The Executive Order was struck down.",
    "# The race\n\nFirst Man Standing said it all. Bellmore High’s principal left. Ada High, a runner, won.",
    "MP Rep Ortiz Announces Plan Changing Tax on Bread.\n\nMP Lia Ortiz said so.",
    "Ortiz: the bread tax must go.\n\nMs. Lia Ortiz said so on Monday.",
    "# The report\n\nThe W.H.O. said so. Li W. H. Ono left.",
]


@pytest.mark.parametrize("article", UNINTRODUCED)
def test_a_surname_in_the_body_without_a_first_name_is_noted(article: str) -> None:
    assert findings_of(audit_texts(f"{article}\n"), "surname-before-introduction")


@pytest.mark.parametrize("article", INTRODUCED)
def test_full_names_headlines_and_bodies_are_no_lone_surnames(article: str) -> None:
    assert not findings_of(audit_texts(f"{article}\n"), "surname-before-introduction")


TALK = "\n\n**Lind:** How long?\n\n**Osei:** Years.\n"
POSTS = [
    ("Miriam Osei, the mayor of Orrin,", f"# Interview with Miriam Osei, director of the Orrin public library{TALK}"),
    ("Miriam Osei, the mayor of Orrin,", f"# Interview with Miriam Osei, deputy mayor of Orrin{TALK}"),
    ("Tom Vance, the governor of Salm,", "# A talk with Tom Vance, director of Salm Ferries\n\nVance was late.\n"),
    ("Jon Kessler, the mayor of Orrin,", "# Talk with Jon Kessler, police chief of Orrin\n\nKessler said so.\n"),
    ("Ada Holm, the mayor of Vell,", "# Notes of a call with Ada Holm, head teacher at Vell\n\nShe was late.\n"),
]
ONE_POST = [
    ("Head librarian Miriam Osei", POSTS[0][1]),
    ("Miriam Osei, the head librarian,", POSTS[0][1]),
    ("Miriam Osei, the former mayor of Orrin,", POSTS[0][1]),
    ("Miriam Osei, the mayor of Orrin,", f"# Miriam Osei, director of the Orrin festival and mayor of Orrin{TALK}"),
    ("Miriam Osei, the mayor of Orrin,", f"# Interview with Miriam Osei, chair of the Orrin water board{TALK}"),
    ("Miriam Osei, the mayor of Orrin,", f"# Interview with Miriam Osei, director of two films{TALK}"),
]


@pytest.mark.parametrize(("who", "source"), POSTS)
def test_the_heading_of_a_source_gives_another_post(who: str, source: str) -> None:
    assert findings_of(audit_texts(f"# The town\n\n{who} said it was overdue.\n", source), "role-differs")


@pytest.mark.parametrize(("who", "source"), ONE_POST)
def test_posts_that_one_person_may_hold_are_left_alone(who: str, source: str) -> None:
    assert not findings_of(audit_texts(f"# The town\n\n{who} said it was overdue.\n", source), "role-differs")


def test_one_text_with_two_posts_means_both() -> None:
    text = "Miriam Osei, the mayor of Orrin, came.\n\nOsei, the director of the Orrin library, left."
    assert not findings_of(audit_texts(f"# The town\n\n{text}\n"), "role-differs")


def test_a_statement_without_a_label_names_its_speaker_in_the_heading() -> None:
    source = "## Statement by Ada Holm, chief executive of Orrin Water\n\nThe water is clean.\n"
    article = "# The water\n\nAda Holm, the chief financial officer of Orrin Water, spoke.\n"
    assert findings_of(audit_texts(article, source), "role-differs")


AGES = [
    "The potter Lia Ortiz, who was born on 4 March 1950, was 52 when she sold the mill on 9 May 1990.",
    "Lia Ortiz, born in 1950, was 30 in 1991.",
]


@pytest.mark.parametrize("text", AGES)
def test_two_facts_of_one_sentence_are_shown_as_one_passage_with_two_marks(text: str) -> None:
    (finding,) = findings_of(audit_texts(f"# The mill\n\n{text}\n"), "age-off")
    (evidence,) = finding.evidence
    assert evidence.place.text == text
    assert len(evidence.marks) == 2


def test_facts_of_two_sentences_are_two_passages() -> None:
    text = "Lia Ortiz was born on 4 March 1950. Ortiz was 52 when she sold the mill on 9 May 1990."
    (finding,) = findings_of(audit_texts(f"# The mill\n\n{text}\n"), "age-off")
    assert [len(evidence.marks) for evidence in finding.evidence] == [1, 1]


def test_one_and_many_of_a_thing_are_no_two_spellings() -> None:
    body = "That is why we have Path Analyses, which are short.\n\nMost Path Analysis projects need two people."
    assert findings_of(audit_texts(f"# Work\n\n{body}\n"), "name-two-spellings") == []
