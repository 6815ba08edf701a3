"""Turns in every layout; the people are invented."""

from __future__ import annotations

import pytest

from audit.loading import load_text
from audit.records import Document


def source(raw: str, path: str = "talk.txt") -> Document:
    document = load_text(raw, path, "source", key="s1").documents[0]
    for turn in document.turns:
        assert document.raw[turn.label_start : turn.label_end] == turn.label
        assert turn.blocks
        for index in turn.blocks:
            assert document.blocks[index].kind == "turn"
            assert document.blocks[index].turn == turn.index
    return document


def said(document: Document) -> list[tuple[str, str, str]]:
    """(name, role, words) of each turn."""
    return [
        (turn.name, turn.role, " / ".join(document.block_text(document.blocks[at]) for at in turn.blocks))
        for turn in document.turns
    ]


ASKED = [
    ("interviewer", "Is the quay shut?"),
    ("guest", "It is."),
    ("interviewer", "Until when?"),
    ("guest", "Until May."),
]


@pytest.mark.parametrize(
    ("layout", "name"),
    [
        ("**Interviewer:** {}\n\n**Dr. Reyes:** {}\n\n**Interviewer:** {}\n\n**Dr. Reyes:** {}\n", "Reyes"),
        ("**Interviewer**: {}\n\n**Ana Reyes**: {}\n\n**Interviewer**: {}\n\n**Ana Reyes**: {}\n", "Ana Reyes"),
        ("**Host:**\n\n{}\n\n**Ana Reyes:**\n\n{}\n\n**Host:**\n\n{}\n\n**Ana Reyes:**\n\n{}\n", "Ana Reyes"),
        ("**Host**\n\n{}\n\n**Ana Reyes**\n\n{}\n\n**Host**\n\n{}\n\n**Ana Reyes**\n\n{}\n", "Ana Reyes"),
        ("AR: Ana Reyes\nKT: Kit Tove\n\nKT: {}\nAR: {}\nKT: {}\nAR: {}\n", "Ana Reyes"),
        ("HOST — {}\n\nANA REYES — {}\n\nHOST — {}\n\nANA REYES — {}\n", "Ana Reyes"),
        ("HOST [00:12:11]: {}\n\nREYES [00:12:15]: {}\n\nHOST [00:12:31]: {}\n\nREYES [00:13:11]: {}\n", "Reyes"),
        ("> **Q:** {}\n\n**A:** {}\n\n> **Q:** {}\n\n**A:** {}\n", "A"),
        ("- **Host:** {}\n- **Ana Reyes:** {}\n- **Host:** {}\n- **Ana Reyes:** {}\n", "Ana Reyes"),
        ("Talk with Ana Reyes\n\n**Q: {}**\n\n{}\n\n**Q: {}**\n\n{}\n\n**Q: Why?**\n\nRot.\n", "Ana Reyes"),
        ("# Interview: Ana Reyes\n\n**{}**\n\n{}\n\n**{}**\n\n{}\n\n**Why?**\n\nRot.\n", "Ana Reyes"),
        ("Q    {}\nA    {}\nQ    {}\nA    {}\n", "A"),
        ("Speaker 1: {}\nSpeaker 2: {}\nSpeaker 1: {}\nSpeaker 2: {}\n", "Speaker 2"),
        ("Host\n{}\n\nAna Reyes\n{}\n\nHost\n{}\n\nAna Reyes\n{}\n", "Ana Reyes"),
        ("REPORTER: {}\n\nREYES: {}\n\nREPORTER: {}\n\nREYES: {}\n", "Reyes"),
        ("Reporter: {}\nAna Reyes (harbour master): {}\nReporter: {}\nAna Reyes: {}\n", "Ana Reyes"),
        ("Reporter: {}\nAna Reyes, harbour master: {}\nReporter: {}\nAna Reyes: {}\n", "Ana Reyes"),
        ("[00:00:01] HOST: {}\n[00:00:05] ANA REYES: {}\n[00:00:09] HOST: {}\n[00:00:11] ANA REYES: {}\n", "Ana Reyes"),
        ("Moderator  0:06\n{}\n\nAna Reyes  0:21\n{}\n\nModerator  0:30\n{}\n\nAna Reyes  1:01\n{}\n", "Ana Reyes"),
        (
            "    REPORTER\n        {}\n\n    REYES\n        {}\n\n    REPORTER\n        {}\n\n    REYES\n        {}\n",
            "Reyes",
        ),
        (
            "Operator\n    {}\n\nAna Reyes, Harbour Master\n    {}\n\nOperator\n    {}\n\nAna Reyes\n    {}\n",
            "Ana Reyes",
        ),
        ("# Interview with Ana Reyes\n\nQ: {}\n\nA: {}\n\nQ: {}\n\nA: {}\n", "Ana Reyes"),
        (
            "INTERVIEW: Dr. Ana Reyes, Port Office, 2 June 2026\n\nQ.      {}\nA.      {}\nQ.      {}\nA.      {}\n",
            "Ana Reyes",
        ),
        (
            "Talk with Ana Reyes\n\n*{}*\n\n**Reyes:** {}\n\n*{}*\n\n**Reyes:** {}\n\n*And then?*\n\n**Reyes:** Go.\n",
            "Ana Reyes",
        ),
    ],
)
def test_layouts(layout: str, name: str) -> None:
    document = source(layout.format(*(words for _, words in ASKED)))
    found = said(document)[:4]
    assert [(role, words) for _, role, words in found] == ASKED
    assert [who for who, role, _ in found if role == "guest"] == [name, name]


def test_the_head_gives_the_full_name_and_the_date() -> None:
    document = source(
        "**Interview with Dr. Ana Reyes, Harbour Master**\n\nRecorded on 9 March 2026.\n\n"
        "**Interviewer:** Is it shut?\n\n**Dr. Reyes:** It is.\n\n**Interviewer:** Why?\n\n**Dr. Reyes:** Rot.\n"
    )
    assert {turn.name for turn in document.turns} == {"Interviewer", "Ana Reyes"}
    assert str(document.meta.date) == "2026-03-09"
    assert [block.kind for block in document.blocks[:2]] == ["preamble", "preamble"]


def test_speakers_who_introduce_themselves() -> None:
    document = source(
        "HOST: Your names, please?\n\nREYES: So, Ana Reyes, I'm the harbour master.\n\nLUND: Bo Lund. I dive.\n\n"
        "HOST: Is it shut?\n\nREYES: It is.\n\nLUND: It was Ana Reyes who shut it.\n"
    )
    assert [turn.name for turn in document.turns] == ["HOST", "Ana Reyes", "Bo Lund", "HOST", "Ana Reyes", "Bo Lund"]


def test_initials_take_their_names_from_section_headings() -> None:
    document = source(
        "# Notes, 9 March 2026\n\n**Ana Reyes, harbour master**\n\n**KT:** Is it shut?\n\n"
        "**AR:** It is, and for good reason.\n\n"
        "**KT:** Until?\n\n**AR:** May, if the piles come on time.\n\n"
        "**Bo Lund, diver**\n\n**KT:** You looked at it?\n\n"
        "**BL:** I did. It was rotten through and through.\n"
    )
    assert [(turn.name, turn.role) for turn in document.turns] == [
        ("KT", "interviewer"),
        ("Ana Reyes", "guest"),
        ("KT", "interviewer"),
        ("Ana Reyes", "guest"),
        ("KT", "interviewer"),
        ("Bo Lund", "guest"),
    ]


def test_examination_headings_say_who_asks_and_who_answers() -> None:
    document = source(
        "INQUEST\nBefore the Coroner, Mr B. Lund\n\nMS ANA REYES, sworn\nExamined by THE CORONER\n\n"
        "Q.      You kept the quay?\nA.      I did.\n\nCross-examined by MR TOVE for the family\n\n"
        "Q.      Was it sound?\nA.      It was not.\n"
    )
    assert [(turn.label, turn.name) for turn in document.turns] == [
        ("Q", "B. Lund"),
        ("A", "Ana Reyes"),
        ("Q", "Tove"),
        ("A", "Ana Reyes"),
    ]
    assert "Cross-examined by MR TOVE for the family" in [
        document.block_text(block) for block in document.blocks if block.kind == "stage"
    ]


def test_minutes_keep_motions_and_votes_out_of_the_turns() -> None:
    document = source(
        "MINUTES of the meeting of 14 April 2026\n\n**4. Harbour.**\n\nCLLR REYES: We shut it.\n\n"
        "And we shut it late.\n\n"
        "CLLR LUND: I disagree.\n\nCLLR REYES: Noted.\n\nThe Chair put the motion to the vote.\n\n"
        "For: 7. Against: 2.\n\n"
        "**RESOLVED** that the quay be shut.\n\nCLLR LUND: I ask that my vote be recorded.\n\n**5. Roads.** Deferred.\n"
    )
    assert said(document) == [
        ("Reyes", "other", "We shut it. / And we shut it late."),
        ("Lund", "other", "I disagree."),
        ("Reyes", "other", "Noted."),
        ("Lund", "other", "I ask that my vote be recorded."),
    ]


def test_stage_directions_do_not_end_a_turn() -> None:
    document = source(
        "HOST: Is it shut?\n\nREYES: It is.\n\n[laughter]\n\nAnd it stays shut.\n\nHOST: Thanks?\n\nREYES: Thanks.\n"
    )
    assert said(document)[1] == ("Reyes", "guest", "It is. / And it stays shut.")


def test_a_press_release_is_no_transcript() -> None:
    document = source(
        "Quay to open in May\n\nThe harbour office said today that the quay will open in May.\n\n"
        "Ana Reyes, harbour master, said: “It is ready.”\n\nNote: times may change.\n\nContact: press@harbour.example\n"
    )
    assert document.turns == ()
    assert document.meta.title == "Quay to open in May"


def test_a_speech_is_one_turn_of_its_speaker() -> None:
    document = source(
        "Speech by Ana Reyes to the harbour board, 9 March 2026\n\nFriends, the quay is shut.\n\nIt stays shut.\n"
    )
    assert said(document) == [("Ana Reyes", "guest", "Friends, the quay is shut. / It stays shut.")]


VTT = """WEBVTT

NOTE Call with Ana Reyes, 9 March 2026

1
00:00:01.000 --> 00:00:02.000
<v Host>Is it &amp; stays it shut?

00:00:02.500 --> 00:00:04.000
<v Ana Reyes>It is.

00:00:04.000 --> 00:00:06.000
<v Ana Reyes>And it <i>stays</i>
shut.</v>
"""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_webvtt(end: str) -> None:
    document = source(VTT.replace("\n", end), "talk.vtt")
    assert said(document) == [
        ("Host", "interviewer", "Is it & stays it shut?"),
        ("Ana Reyes", "guest", "It is. And it stays shut."),
    ]
    assert document.turns[1].timestamp == "00:00:02.500"
    at = document.view.index("stays\u0020shut.") if "stays shut." in document.view else -1
    assert document.place(at, at + 5).text == "stays"
    assert str(document.meta.date) == "2026-03-09"


def test_srt_with_labels_and_without() -> None:
    labelled = source(
        "1\n00:00:01,000 --> 00:00:02,000\nHOST: Is it shut?\n\n"
        "2\n00:00:02,000 --> 00:00:03,000\n>> ANA REYES: It is.\n\n"
        "3\n00:00:03,000 --> 00:00:04,000\nFor now.\n",
        "talk.srt",
    )
    assert said(labelled) == [("HOST", "interviewer", "Is it shut?"), ("Ana Reyes", "guest", "It is. For now.")]
    bare = source(
        "1\n00:00:01,000 --> 00:00:02,000\nThe quay\n\n2\n00:00:02,000 --> 00:00:03,000\nis shut.\n", "talk.srt"
    )
    assert bare.turns == ()
    assert bare.view == "The quay is shut."
