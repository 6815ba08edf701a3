"""The verdict on quotations: what counts as the same words, and what does not."""

import pytest
from quote_cases import dossier_of, match_of

HARMLESS = [
    ("We lost the bridge on Friday.", "We, um, we lost the bridge, you know, on Friday."),
    ("We were told on Friday.", "We, we was told, you know, on Friday."),
    ("We counted 1,200 seals that winter.", "We counted twelve hundred seals that winter."),
    ("It cost $3.5 million to repair.", "It cost three point five million dollars to repair."),
    ("Some seventy-two percent of growers stayed.", "Some 72 per cent of growers stayed."),
    ("The color of the harbor changed overnight.", "The colour of the harbour changed overnight."),
    ("They are going to organize a vigil.", "They're gonna organise a vigil."),
    ("A pump is a promise.", "A pump is, you know, it's a promise."),
    ("The well ran dry in a week.", "And the well ran dry in a week."),
    ("Nobody in this valley is arguing about that.", "Nobody in this valley is arguing about that, not any more."),
    ("[The council and I] agree about the well.", "Look, we agree about the well."),
    (
        "I read the survey … and I changed my mind.",
        "I read the survey, all ninety pages, in a night, and I changed my mind.",
    ),
    ("We got there first.", "Until then the short answer is, we got there first."),
    (
        "Ten loads then would have done the work of twenty now.",
        "Ten loads then, in March I mean, would have done the work of twenty now.",
    ),
    ("It is an old pump.", "It is an old pump, and my father bought it from a farmer in Hexley."),
    ("I was there on the quay.", "I was there on the quay when it happened."),
    ("She’s the one who’d asked for it.", "She is the one who had asked for it."),
    ("It doesn't leak any more.", "It does not leak any more."),
    ("We have 300 beds, and we need 500.", "We've got three hundred beds and we need five hundred."),
    ("We got 1.5 million pounds and spent it.", "We got one and a half million pounds and spent it."),
    ("The dam is safe.", "There's no doubt that the dam is safe."),
    ("We will fix it by June.", "Yes, we will fix it by June if you ask me."),
    ("My mother said it would never last.", "My mother, she said it would never last, you know."),
    ("The council should have known.", "I think the council should have known, but that's easy to say now."),
]


@pytest.mark.parametrize(("quote", "said"), HARMLESS)
def test_clean_up_is_no_alteration(quote: str, said: str) -> None:
    assert match_of(quote, said).verdict in ("exact", "tidied")


ALTERED = [
    ("I think the levy must rise this year.", "I do not think the levy must rise this year.", "negation"),
    ("The valve is never safe in the frost.", "The valve is safe in the frost.", "negation"),
    ("We will lose a ship on the first crossing.", "We may lose a ship on the first crossing.", "modal"),
    ("We lost fifteen thousand trees to the beetle.", "We lost fifty thousand trees to the beetle.", "number"),
    ("All of the growers signed the letter.", "Some of the growers signed the letter.", "quantifier"),
    ("It is the best seat in a bad theatre.", "It is the least bad seat in a bad theatre.", "degree"),
    ("I gave the keys to Marsden that night.", "I gave the keys to Whitlock that night.", "name"),
    ("We have repaired the pump twice already.", "We have inspected the pump twice already.", "content"),
    ("They told the miners to leave the pit.", "We told the miners to leave the pit.", "pronoun"),
    ("He was a poor judge of a horse.", "He was a poorer judge of a horse.", "degree"),
]


@pytest.mark.parametrize(("quote", "said", "kind"), ALTERED)
def test_changed_word_is_named_with_its_kind(quote: str, said: str, kind: str) -> None:
    match = match_of(quote, said)
    assert kind in [change.kind for change in match.changes]
    assert match.verdict in ("altered", "qualifier-cut")


def test_marks_stand_on_the_changed_words() -> None:
    match = match_of("We will lose a ship on the first crossing.", "We, um, may lose a ship on the first crossing.")
    change = next(change for change in match.changes if change.kind == "modal")
    assert change.quoted_place is not None
    assert change.quoted_place.text == "will"
    assert change.said_place is not None
    assert change.said_place.text.endswith("may")


CUT = [
    (
        "It saves water.",
        "It saves water when there is somebody awake to turn the wheel, and when there isn't, it is a tap.",
        "condition",
    ),
    (
        "I would sell it tomorrow.",
        "I would sell it tomorrow if I thought that they would care for it, and I don't.",
        "condition",
    ),
    ("We will sign the treaty.", "If the senate agrees by Monday, we will sign the treaty.", "condition"),
    ("The dam has to come down.", "I don't think that the dam has to come down.", "negation"),
    ("We can open the north gate.", "We can open the north gate, but only at low tide.", "condition"),
    ("The vaccine works.", "I hope the vaccine works.", "hedge"),
    ("The road is a waste of money.", "Some people say the road is a waste of money.", "hedge"),
    (
        "We shall close the mill … in October.",
        "We shall close the mill, unless somebody buys it, in October.",
        "condition",
    ),
]


@pytest.mark.parametrize(("quote", "said", "kind"), CUT)
def test_lost_limit_of_the_sentence(quote: str, said: str, kind: str) -> None:
    match = match_of(quote, said)
    assert (match.verdict, match.lost_kind) == ("qualifier-cut", kind)
    assert match.lost is not None
    assert match.lost.text in said


def test_limit_that_the_article_reports_beside_the_quotation_is_not_lost() -> None:
    match = match_of(
        "I would sell it tomorrow.",
        "I would sell it tomorrow if I thought that the new owners would care for it.",
        around="The sale depends on whether the new owners would care for it, she says.",
    )
    assert match.verdict == "exact"


def test_invented_sentence_is_not_found() -> None:
    match = match_of(
        "You can tell a lovely story with a dozen pigeons and the opposite before lunch.",
        "We fitted rings to the birds in June. The ferry was late and the rain had got into the boxes.",
    )
    assert match.verdict == "not-found"


def test_same_idea_in_other_words_is_reworded_or_missing() -> None:
    match = match_of(
        "Instead we can expect that the process of repairing relations with the islands will commence.",
        "We can anticipate the beginning of a process aimed at repairing relations with the islands.",
    )
    assert match.verdict in ("reworded", "altered")
    assert match.passages


def test_said_outside_is_not_missing() -> None:
    quote = "That is a good verdict for the families of the men."
    match = match_of(quote, "I went to the ramp at nine and saw nobody there.", setting="reporters outside")
    assert match.verdict == "unchecked"
    assert "elsewhere" in match.reason


TWO_VOICES = (
    "PAZ: The old bridge is not safe for lorries, and I told the mayor so.\n\n"
    "ITO: Thank you all for coming to the meeting tonight.\n\n"
    "PAZ: Somebody has to count them.\n"
)


def test_words_of_somebody_else() -> None:
    match = dossier_of("“The old bridge is not safe for lorries,” Dana Ito said.", ("Dana Ito",), TWO_VOICES)
    assert match.quote_matches[0].verdict == "other-speaker"
    assert "paz" in match.quote_matches[0].said_by.lower()


def test_short_fragment_is_nobody_elses() -> None:
    match = dossier_of("Dana Ito called the crossing “not safe” for now.", ("Dana Ito",), TWO_VOICES)
    assert match.quote_matches[0].verdict == "unchecked"


def test_own_words_win_when_two_people_say_them() -> None:
    transcript = TWO_VOICES + "\nITO: As he says, the old bridge is not safe for lorries.\n"
    match = dossier_of("“The old bridge is not safe for lorries,” Dana Ito said.", ("Dana Ito",), transcript)
    assert match.quote_matches[0].verdict != "other-speaker"


def test_speaker_without_a_transcript_is_a_coverage_row() -> None:
    dossier = dossier_of("“We bought forty new boats last winter,” Lena Voss said.", ("Lena Voss",), TWO_VOICES)
    assert dossier.quote_matches[0].verdict == "unchecked"
    assert [(row.speaker, row.quotations, row.checked) for row in dossier.coverage] == [("Lena Voss", 1, 0)]


ANSWERS = (
    "OKORO: What does the insurance pay?\n\nREYES: Nothing. It is a very quiet sort of ruin for a farmer.\n\n"
    "OKORO: And could the whole village move?\n\n"
    "REYES: You cannot shift half a street and leave the other half its road.\n"
)


def test_two_answers_in_one_breath_are_stitched() -> None:
    article = "“It is a very quiet sort of ruin for a farmer. You cannot shift half a street,” Ana Reyes said."
    assert dossier_of(article, ("Ana Reyes",), ANSWERS).quote_matches[0].verdict == "stitched"


def test_attribution_between_two_answers_is_fine() -> None:
    article = "“It is a very quiet sort of ruin for a farmer,” Ana Reyes said. “You cannot shift half a street.”"
    assert dossier_of(article, ("Ana Reyes", "+"), ANSWERS).quote_matches[0].verdict == "exact"


def test_short_sentence_left_out_between_two_is_fine() -> None:
    match = match_of(
        "People expect me to say that I failed. I'd say that we got what we paid for.",
        "People expect me to say that I failed. I wouldn't. I'd say that we got what we paid for.",
    )
    assert match.verdict in ("exact", "tidied")


def test_a_quotation_is_found_in_fifty_thousand_words() -> None:
    filler = " ".join(f"The committee met again on item {n} and the clerk read the paper aloud." for n in range(3600))
    match = match_of("The heron came back to the weir in March.", f"{filler} The heron came back to the weir in March.")
    assert match.verdict == "exact"
