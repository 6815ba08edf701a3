"""Positions: who holds what, of which topic, affirmed or denied, how sure, under which condition."""

from __future__ import annotations

from functools import cache

import pytest
from helpers import annotator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.extract.pipeline import extract
from audit.loading import load_text
from audit.records import AgreementLink, ContrastLink, DocumentRecords, Position


@cache
def records_of(text: str, role: str = "article") -> DocumentRecords:
    kind = "article" if role == "article" else "source"
    (document,) = load_text(text, f"{role}.md", kind, key="d1").documents
    return extract(annotator().annotate(document))


def position_of(text: str, words: str, role: str = "article") -> Position:
    """The position whose clause holds the words; the shortest where several do."""
    found = [p for p in records_of(text, role).of(Position) if words in p.text]
    assert found, [p.text for p in records_of(text, role).of(Position)]
    return min(found, key=lambda position: len(position.text))


@pytest.mark.parametrize(
    ("text", "words", "polarity"),
    [
        ("The bridge will open in May.", "open", "affirmed"),
        ("The bridge will not open in May.", "open", "denied"),
        ("I do not think that the bridge will open in May.", "open", "denied"),
        ("The bridge is unlikely to open in May.", "open", "denied"),
        ("She considers an opening in May unlikely.", "unlikely", "denied"),
        ("He doubts that the bridge will open in May.", "open", "denied"),
        ("He has no doubt that it works.", "works", "affirmed"),
        ("It is not impossible.", "impossible", "affirmed"),
        ("Nobody wants the bridge.", "wants", "denied"),
        ("The council ruled out a second bridge.", "ruled out", "denied"),
        ("The plan is not only cheap but quick.", "cheap", "affirmed"),
    ],
)
def test_polarity(text: str, words: str, polarity: str) -> None:
    assert position_of(text, words).polarity == polarity


@pytest.mark.parametrize(
    ("text", "words", "attitude"),
    [
        ("Ana Reyes supports the bridge.", "supports", "for"),
        ("Ana Reyes does not support the bridge.", "support", "against"),
        ("Ana Reyes is against the bridge.", "against", "against"),
        ("Ana Reyes is not against bridges.", "against", "for"),
        ("Ana Reyes is in favour of the bridge.", "favour", "for"),
        ("The bridge is good for trade.", "good", "none"),
        ("There is no bridge that she would put her name to.", "bridge", "against"),
    ],
)
def test_attitude(text: str, words: str, attitude: str) -> None:
    assert position_of(text, words).attitude == attitude


@pytest.mark.parametrize(
    ("text", "words", "rung"),
    [
        ("The pumps may cut bills.", "cut", "may"),
        ("The pumps can cut bills.", "cut", "can"),
        ("The pumps will probably cut bills.", "cut", "likely"),
        ("The pumps will cut bills.", "cut", "will"),
        ("The pumps would cut bills.", "cut", "will"),
        ("The pumps will certainly cut bills.", "cut", "certain"),
        ("The pumps cut bills.", "cut", "plain"),
        ("I hope that the pumps cut bills.", "cut", "may"),
    ],
)
def test_rung(text: str, words: str, rung: str) -> None:
    assert position_of(text, words).rung == rung


@pytest.mark.parametrize(
    ("text", "words", "condition"),
    [
        ("If the town pays, the ferry will sail on Sundays.", "ferry", "If the town pays"),
        ("The ferry will sail on Sundays unless the crew is ill.", "ferry", "unless the crew is ill"),
        ("It saves lives when there is a nurse on the ward.", "saves", "when there is a nurse on the ward"),
        ("It was cold when we sailed.", "cold", None),
        ("If you ask me, the ferry will sail on Sundays.", "ferry", None),
    ],
)
def test_condition(text: str, words: str, condition: str | None) -> None:
    place = position_of(text, words).condition
    assert (place.text if place is not None else None) == condition


def test_what_is_supposed_granted_or_asked_is_not_asserted() -> None:
    assert position_of("If the council buys the mill, the swifts must go.", "council buys").force == "supposed"
    assert position_of("Should the two clubs merge, the pool would close.", "clubs merge").force == "supposed"
    assert position_of("While it may look new, the pump is old.", "look new").force == "conceded"
    assert position_of("Will the council buy the mill?", "mill").force == "asked"
    assert position_of("She did not say that the mill was sold.", "sold").force == "asked"


def test_holders() -> None:
    text = (
        "The mill stands empty. Ana Reyes, who opposes the sale, has a key.\n\n"
        "“The roof will fall,” Reyes said.\n\nThe roof would cost too much, said the builder Luis Paz.\n"
    )
    assert position_of(text, "stands empty").holder is None
    for words, name, voice in (
        ("opposes", "Ana Reyes", "indirect"),
        ("The roof will fall", "Ana Reyes", "direct"),
        ("cost too much", "Luis Paz", "indirect"),
    ):
        position = position_of(text, words)
        assert position.holder is not None
        assert (position.holder.name, position.voice) == (name, voice)


TALK = """**Interviewer:** You said last year that the mill would be sold. Do you still think so?

**Ana Reyes:** I don't. You know what Luis Paz says. He thinks that the mill is worth a million.

**Interviewer:** You are in favour of a museum, then.

**Ana Reyes:** I am not. I agree with Luis Paz about the roof.
"""


def test_an_interviewers_words_are_not_the_guests() -> None:
    assert position_of(TALK, "favour", "source").holder != position_of(TALK, "about the roof", "source").holder
    said = position_of(TALK, "would be sold", "source")
    assert said.holder is not None
    assert said.holder.name == "Ana Reyes"  # what the guest is reminded of having said


def test_an_elliptical_answer_takes_the_other_side() -> None:
    answers = [p for p in records_of(TALK, "source").of(Position) if p.elliptical and p.text.startswith("I am not")]
    assert [p.attitude for p in answers] == ["against"]


def test_speakers_who_agree_outright() -> None:
    (link,) = records_of(TALK, "source").of(AgreementLink)
    assert (link.left.name, link.right.name) == ("Luis Paz", "Ana Reyes")


LINKED = "The roof will hold, said Ana Reyes. {} doubts that it will last the winter."


@pytest.mark.parametrize(
    ("marker", "found"),
    [("In contrast, Luis Paz", 1), ("Unlike Reyes, Luis Paz", 1), ("In contrast to last year, Luis Paz", 0)],
)
def test_contrasts(marker: str, found: int) -> None:
    links = list(records_of(LINKED.format(marker)).of(ContrastLink))
    assert [(link.left.name, link.right.name) for link in links] == [("Ana Reyes", "Luis Paz")] * found


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Luis Paz echoed this view.", 1),
        ("Luis Paz agreed with her.", 1),
        ("Luis Paz agreed to meet her.", 0),
        ("Luis Paz agreed with her about the roof, but not about the walls.", 0),
        ("Luis Paz did not agree.", 0),
    ],
)
def test_agreements(sentence: str, found: int) -> None:
    links = list(records_of(f"The roof will hold, said Ana Reyes. {sentence}").of(AgreementLink))
    assert len(links) == found


PIECES = st.sampled_from(
    ["If it rains,", "Ana Reyes said", "“we may go”", "not", "unlikely", "that", "the mill", "is", "In contrast,", "?"]
)
TEXTS = st.lists(st.lists(PIECES, min_size=1, max_size=9).map(" ".join), min_size=1, max_size=3).map("\n\n".join)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_every_place_is_a_slice_of_the_file(text: str) -> None:
    for claim in records_of(text).claims:
        assert text[claim.start : claim.end] == claim.text
        if isinstance(claim, Position):
            assert text[claim.sentence.start : claim.sentence.end] == claim.sentence.text
