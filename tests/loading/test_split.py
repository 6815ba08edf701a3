from __future__ import annotations

import pytest

from audit.loading import load_text

PROSE = "\n\n".join(
    f"The harbour office said in report {number} that the quay was shut because the piles were rotten and that it "
    "would stay shut until new ones had been driven, which the town has waited for since the winter before last."
    for number in range(8)
)
TALK = "**Interviewer:** Is it shut?\n\n**Dr. Reyes:** It is.\n\n**Interviewer:** Until?\n\n**Dr. Reyes:** May.\n"


@pytest.mark.parametrize(
    "title",
    [
        "**Interview with Dr. Ana Reyes, Harbour Master**",
        "## Interview transcript",
        "INTERVIEW: Ana Reyes, 2 June 2026",
        "",
    ],
)
def test_an_article_and_its_interview_are_two_documents(title: str) -> None:
    raw = f"Quay shut\n\n{PROSE}\n\n{title}\n\n{TALK}\nLeave a Replay\n\nYour email address will not be published.\n"
    loaded = load_text(raw, "both.txt")
    article, interview = loaded.documents
    assert (article.role, article.part, article.parts) == ("article", 1, 2)
    assert (interview.role, interview.part, interview.parts) == ("source", 2, 2)
    assert article.path == interview.path
    assert article.key != interview.key
    assert article.turns == ()
    assert len(interview.turns) == 4
    assert [interview.block_text(block) for block in interview.blocks if block.kind == "boilerplate"] == [
        "Leave a Replay",
        "Your email address will not be published.",
    ]
    assert interview.block_text(interview.blocks[interview.turns[-1].blocks[-1]]) == "May."
    assert [(notice.code, notice.fatal) for notice in loaded.notices] == [("split", False)]
    line = next(at for at, text in enumerate(raw.splitlines(), 1) if text == (title or "**Interviewer:** Is it shut?"))
    assert loaded.notices[0].line == line


def test_an_ordinary_article_stays_whole() -> None:
    raw = (
        f"# Quay shut\n\n{PROSE}\n\nNote: times may change.\n\nUpdate: the board meets in May.\n\nContact: the desk.\n"
    )
    loaded = load_text(raw, "a.md")
    assert len(loaded.documents) == 1
    assert loaded.notices == ()
    assert loaded.documents[0].turns == ()


def test_an_interview_printed_as_an_article_stays_whole() -> None:
    raw = f"# Five questions\n\n{PROSE}\n\nWe talked with Ana Reyes about the piles.\n\n{TALK}"
    (document,) = load_text(raw, "a.md").documents
    assert document.blocks[0].kind == "headline"
    assert len(document.turns) == 4


def test_a_source_is_never_split() -> None:
    (document,) = load_text(f"{PROSE}\n\n**Interview with Ana Reyes**\n\n{TALK * 8}", "s.md", "source").documents
    assert document.role == "source"
    assert document.turns


def test_boilerplate_behind_an_article() -> None:
    document = load_text(f"# Quay shut\n\n{PROSE}\n\nShare this article\n\nRelated posts\n", "a.md").documents[0]
    assert [block.kind for block in document.blocks[-2:]] == ["boilerplate", "boilerplate"]


def test_a_headline_twice_and_headings_without_markup() -> None:
    raw = f"Quay shut for good\n\nQuay shut for good\n\n{PROSE}\n\nWhat happens now?\n\n{PROSE}\n"
    document = load_text(raw, "a.txt").documents[0]
    kinds = [block.kind for block in document.blocks]
    assert kinds[:2] == ["headline", "headline"]
    assert [document.block_text(block) for block in document.blocks if block.kind == "heading"] == ["What happens now?"]
