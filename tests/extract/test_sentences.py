"""Statements: one for each sentence, with its voice and with everything that it binds together."""

from __future__ import annotations

from helpers import audit_texts

from audit.records import Statement

TEXT = """# Harbour plan

The harbour of Aldby will cost £4 million, the council said on Tuesday.

Mara Lind, the engineer, drew the crane in 2019. She has never been paid for it.

“We shall open in June,” said Lind. Was it late?
"""


def statements(text: str, *sources: str) -> list[Statement]:
    return [claim for claim in audit_texts(text, *sources).claims if isinstance(claim, Statement)]


def test_a_sentence_binds_figures_dates_and_people() -> None:
    found = {one.text: one for one in statements(TEXT)}
    cost = found["The harbour of Aldby will cost £4 million, the council said on Tuesday."]
    assert (cost.voice, len(cost.quantities), len(cost.dates)) == ("indirect", 1, 1)
    assert {"harbour", "cost"} <= set(cost.topic)
    drew = found["Mara Lind, the engineer, drew the crane in 2019."]
    never = found["She has never been paid for it."]
    assert (drew.voice, never.voice) == ("narration", "narration")
    assert drew.people == never.people != ()
    assert "crane" in never.context


def test_a_quoted_sentence_has_its_speaker() -> None:
    quoted = next(one for one in statements(TEXT) if one.text.startswith("“We shall"))
    assert (quoted.voice, quoted.speaker is not None and quoted.speaker.name) == ("direct", "Mara Lind")
    assert next(one for one in statements(TEXT) if one.text == "Was it late?").asked


def test_what_the_interviewer_says_is_marked() -> None:
    found = statements(TEXT, "Q: Will it open in June?\n\nA: It may open in June.\n\nQ: And July?\n\nA: No.")
    said = {one.text: one.interviewer for one in found if one.voice == "turn"}
    assert said == {"Will it open in June?": True, "It may open in June.": False, "And July?": True, "No.": False}
