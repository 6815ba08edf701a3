"""Indirect speech: which words are reported, and whose they are."""

from __future__ import annotations

import pytest
from helpers import annotator

from audit.extract.marks import read_marks
from audit.extract.people import find_people
from audit.extract.quotations import find_quotations
from audit.extract.statements import find_statements
from audit.loading import load_text
from audit.records import ReportedStatement


def read(text: str) -> list[ReportedStatement]:
    annotated = annotator().annotate(load_text(text, "story.txt", "article", "text", "a1").documents[0])
    people = find_people(annotated)
    found = find_statements(annotated, people, find_quotations(annotated, people, read_marks(annotated.document)))
    for one in found:
        for place in (one, one.cue_place, one.sentence):
            assert place.text == text[place.start : place.end]
    return found


REPORTED = [
    ("Ruth Lane said that the old quay was safe.", "say", "that the old quay was safe"),
    ("The old quay is safe, Ruth Lane said.", "say", "The old quay is safe"),
    ("According to Ruth Lane, the old quay is safe.", "according to", "the old quay is safe"),
    ("The old quay is safe, according to Ruth Lane.", "according to", "The old quay is safe"),
    ("Ruth Lane believes the old quay is safe.", "believe", "the old quay is safe"),
    ("Ruth Lane warned that the quay would “crack by May.”", "warn", "that the quay would “crack by May.”"),
    ("Ruth Lane called for a boycott of the toll road.", "call", "for a boycott of the toll road"),
    ("Ruth Lane denied the charge of delay.", "deny", "the charge of delay"),
    ("Ruth Lane promised to mend the quay.", "promise", "to mend the quay"),
    ("Ruth Lane opposes the tax on ferries.", "oppose", "opposes the tax on ferries"),
    ("Ruth Lane rejected the plan for a tunnel.", "reject", "rejected the plan for a tunnel"),
    ("Ruth Lane does not support the tax.", "support", "does not support the tax"),
    ("Ruth Lane does not believe the quay is safe.", "believe", "does not believe the quay is safe"),
]


@pytest.mark.parametrize(("text", "cue", "words"), REPORTED)
def test_reported(text: str, cue: str, words: str) -> None:
    (found,) = read(text)
    assert (found.speaker.name, found.cue, found.text) == ("Ruth Lane", cue, words)
    assert found.sentence.text == text


NOT_REPORTED = [
    "Ruth Lane did not say that the quay was safe.",
    "“The quay is safe,” Ruth Lane said.",
    "Ruth Lane declined to comment.",
    "I think that the quay is safe.",
    "Ruth Lane told the crowd a story.",
    "The quay is safe.",
    "If Ruth Lane says that the quay is safe, we shall stay.",
]


@pytest.mark.parametrize("text", NOT_REPORTED)
def test_nothing_is_reported(text: str) -> None:
    assert read(text) == []


def test_two_speakers_in_one_sentence() -> None:
    found = read("Ruth Lane said the quay was safe, while Tomas Berg warned that the tunnel would flood.")
    assert [(one.speaker.name, one.text) for one in found] == [
        ("Ruth Lane", "the quay was safe"),
        ("Tomas Berg", "that the tunnel would flood"),
    ]
