"""Quotations: what is one, its segments and form, and who says it."""

from __future__ import annotations

import pytest
from helpers import annotator
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.extract.annotate import Annotated
from audit.extract.marks import read_marks
from audit.extract.people import find_people
from audit.extract.quotations import find_quotations
from audit.loading import load_text
from audit.records import Quotation


def annotate(text: str, format: str = "text") -> Annotated:
    document = load_text(text, f"story.{format}", "article", format, "a1").documents[0]  # type: ignore[arg-type]
    return annotator().annotate(document)


def read(text: str, format: str = "text") -> list[Quotation]:
    annotated = annotate(text, format)
    return find_quotations(annotated, find_people(annotated), read_marks(annotated.document))


def speakers(text: str, format: str = "text") -> list[str]:
    return [quotation.speaker.name if quotation.speaker else "" for quotation in read(text, format)]


# --- Who says it -----------------------------------------------------------------------------------------------------

NAMED = [
    ("“The quay is safe,” harbour engineer Ruth Lane said.", "Ruth Lane", "say"),
    ("“The quay is safe,” noted Ruth Lane.", "Ruth Lane", "note"),
    ("Ruth Lane said: “The quay is safe.”", "Ruth Lane", "say"),
    ("Ruth Lane echoed this view, stating, “The quay is safe for now.”", "Ruth Lane", "state"),
    (
        "“Who will pay for the quay?” Ruth Lane, a senior lecturer at the Polder School, queried.",
        "Ruth Lane",
        "query",
    ),
    ("The quay, according to Ruth Lane, is “a monument to thrift.”", "Ruth Lane", "according to"),
    ("The quay is “a monument to thrift,” according to Ruth Lane.", "Ruth Lane", "according to"),
    ("In the words of Ruth Lane, the quay is “a monument to thrift.”", "Ruth Lane", "in the words of"),
    ("Ruth Lane called the quay “a monument to thrift.”", "Ruth Lane", "call"),
    ("Ruth Lane told reporters that the quay was “a monument to thrift.”", "Ruth Lane", "tell"),
    ("Ruth Lane was cheered after saying the quay was “a monument to thrift.”", "Ruth Lane", "say"),
    ("“The quay is safe for everybody.” — Ruth Lane", "Ruth Lane", "—"),
    ("“We shall mend it at once!” Ruth Lane said.", "Ruth Lane", "say"),
    ("“The quay is ‘safe,’” Ruth Lane said.", "Ruth Lane", "say"),
    ("“The quay is safe,” Ruth Lane (Ind., Salm) said on Monday.", "Ruth Lane", "say"),
]


@pytest.mark.parametrize(("text", "name", "cue"), NAMED)
def test_speaker_and_cue(text: str, name: str, cue: str) -> None:
    found = read(text)[0]
    assert found.speaker is not None
    assert (found.speaker.name, found.cue) == (name, cue)
    assert found.cue_place is not None
    assert found.cue_place.text == text[found.cue_place.start : found.cue_place.end]


def test_a_pronoun_stands_for_the_person_before() -> None:
    found = read("“The quay is safe,” Ruth Lane said.\n\n“Nobody has to leave the town,” she added.")[1]
    assert found.speaker is not None
    assert found.speaker.mention is not None
    assert (found.speaker.kind, found.speaker.name, found.speaker.mention.text) == ("pronoun", "Ruth Lane", "she")


def test_a_second_sentence_has_the_same_speaker_and_no_cue_of_its_own() -> None:
    first, second = read("“The quay is safe,” Ruth Lane said. “Nobody has to leave the town.”")
    assert first.speaker == second.speaker
    assert (first.cue, second.cue) == ("say", "")


def test_a_paragraph_of_nothing_but_words_goes_on() -> None:
    assert speakers("“The quay is safe,” Ruth Lane said.\n\n“Nobody has to leave the town.”") == ["Ruth Lane"] * 2


def test_the_sentence_that_ends_in_a_colon_names_the_speaker_of_the_next_paragraph() -> None:
    assert speakers("Ruth Lane went on:\n\n“Nobody has to leave the town.”") == ["Ruth Lane"]


def test_two_speakers_in_one_sentence() -> None:
    text = "Ruth Lane called the quay “a monument to thrift,” while Tomas Berg called it “a heap of wet stones.”"
    assert speakers(text) == ["Ruth Lane", "Tomas Berg"]


def test_the_labels_of_a_quoted_transcript() -> None:
    text = (
        "Mayor Ruth Lane met the engineer Tomas Berg. The record reads:\n\n"
        '"LANE: Will it hold until the spring?\n\n"BERG: It will hold for a year.\n\n"LANE: That is enough."'
    )
    found = speakers(text)
    assert found == ["Ruth Lane", "Tomas Berg", "Ruth Lane"]


SILENT = [
    "The “quick fix” of last year has failed.",
    "The film “Seven Wet Summers” opens on Friday.",
    "“It was a disaster for the whole of the town.” The meeting ended at noon.",
    "The hotel cost a fortune, and “the election of the century” was over.",
    "Ruth Lane did not say that the quay was “a monument to thrift.”",
]


@pytest.mark.parametrize("text", SILENT)
def test_nobody_is_named(text: str) -> None:
    assert speakers(text) == [""]


def test_a_thing_does_not_speak() -> None:
    text = "Ruth Lane said the tunnel was late, and called the delay “a gift to the ferries of the lake.”"
    assert speakers(text) in (["Ruth Lane"], [""])


# --- Segments and forms ----------------------------------------------------------------------------------------------


def test_an_attribution_between_commas_splits_one_quotation() -> None:
    (found,) = read("“The quay,” Ruth Lane said, “is safe for everybody.”")
    assert [segment.text for segment in found.segments] == ["The quay,", "is safe for everybody."]
    assert found.content == "The quay, is safe for everybody."
    assert found.text == "“The quay,” Ruth Lane said, “is safe for everybody.”"


def test_a_quotation_runs_over_paragraphs() -> None:
    (found,) = read("“The quay is safe,” is how Ruth Lane began.\n\n“It will stay so.", "text")[1:]
    assert found.segments[0].text.startswith("It will")
    (whole,) = read("Ruth Lane said: “The quay is safe.\n\n“It will stay so,” she insisted.")
    assert [segment.text for segment in whole.segments] == ["The quay is safe.", "It will stay so,"]


FORMS = [
    ("“The quay is safe,” Ruth Lane said.", "direct"),
    ("Ruth Lane said, “The quay is safe.”", "direct"),
    ("Ruth Lane called the quay “a monument to thrift.”", "partial"),
    ("“Seven Wet Summers” opens on Friday.", "partial"),
    ("“Safe for all” is how Ruth Lane described it.", "partial"),
]


@pytest.mark.parametrize(("text", "form"), FORMS)
def test_form(text: str, form: str) -> None:
    assert read(text)[0].form == form


def test_a_block_quotation_has_no_need_of_marks() -> None:
    text = (
        "Ruth Lane wrote:\n\n> The quay has stood for a hundred years.\n>\n> It can wait one more.\n\nThat was all.\n"
    )
    (found,) = read(text, "markdown")
    assert found.form == "block"
    assert found.speaker is not None
    assert found.speaker.name == "Ruth Lane"
    assert [segment.text for segment in found.segments] == [
        "The quay has stood for a hundred years.",
        "It can wait one more.",
    ]


def test_a_nested_quotation_knows_the_one_around_it() -> None:
    outer, inner = read("“He said, ‘the quay is safe for all,’ and left us standing,” Ruth Lane recalled.")
    assert (inner.form, inner.parent) == ("nested", outer.id)
    assert inner.speaker is not None
    assert inner.speaker.kind == "pronoun"


def test_titles_and_scare_quotes_need_no_speaker() -> None:
    assert [one.dialogue for one in read("The “quick fix” failed. The film “Seven Wet Summers” opens.")] == [True, True]
    assert not read("“It was a disaster for the town.” The meeting ended.")[0].dialogue


def test_the_occasion_is_kept() -> None:
    assert read("“The quay is safe,” Ruth Lane said in a statement.")[0].setting == "in a statement"
    assert read("“The quay is safe,” Ruth Lane told the Salm Herald.")[0].setting == "told the Salm Herald"
    assert read("“The quay is safe,” Ruth Lane said.")[0].setting == ""


def test_the_sentence_holds_attribution_and_words() -> None:
    found = read("It rained. “Is the quay safe?” Ruth Lane asked. Nobody knew.")[0]
    assert found.sentence is not None
    assert found.sentence.text == "“Is the quay safe?” Ruth Lane asked."


# --- Any text --------------------------------------------------------------------------------------------------------

CURLY = "“The quay,” Ruth Lane said, “is safe.”\n\nShe called the tunnel “a ‘monument’ to thrift.”\n"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("marks", [str.maketrans({}), str.maketrans("“”‘’", "\"\"''")])
def test_marks_and_line_ends_change_nothing(end: str, marks: dict[int, int]) -> None:
    text = CURLY.translate(marks).replace("\n", end)
    found = read(text)
    assert [one.form for one in found] == ["direct", "partial", "nested"]
    assert [one.speaker and one.speaker.name for one in found[:2]] == ["Ruth Lane", "Ruth Lane"]
    for one in found:
        for place in (one, *one.segments, *(p for p in (one.cue_place, one.sentence) if p)):
            assert place.text == text[place.start : place.end]


PIECES = [
    "“",
    "”",
    '"',
    "''",
    "‘",
    "’",
    "he",
    "said",
    "Ruth Lane",
    "The quay",
    "is",
    "safe",
    ",",
    ".",
    "?",
    "—",
    ":",
    "\n\n",
]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))
def test_any_text(text: str) -> None:
    found = read(text) if text.strip() else []
    assert found == (read(text) if text.strip() else [])
    assert [one.id for one in found] == [f"a1.quotation.{number}" for number in range(1, len(found) + 1)]
    for one in found:
        assert one.segments
        assert all(text[place.start : place.end] == place.text for place in (one, *one.segments))


def test_a_long_paragraph_of_quotations_takes_no_longer_than_its_length() -> None:
    found = read(" ".join(["“a” and"] * 2000) + " nothing.")
    assert len(found) == 2000
