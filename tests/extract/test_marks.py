"""Quotation marks: which belong together, and which have lost their partner."""

from __future__ import annotations

import pytest

from audit.extract.marks import Marks, read_marks
from audit.loading import load_text


def read(text: str) -> tuple[Marks, str]:
    document = load_text(text, "story.txt", "article", "text", "a1").documents[0]
    return read_marks(document), document.view


def inner(text: str) -> list[str]:
    marks, view = read(text)
    return [view[pair.inner_start : pair.inner_end] for pair in marks.pairs]


PAIRED = [
    ("She said “we wait” and left.", ["we wait"]),
    ('She said "we wait" and left.', ["we wait"]),
    ("She said ''we wait'' and left.", ["we wait"]),
    ("She said «we wait» and left.", ["we wait"]),
    ("She said ‘we wait’ and left.", ["we wait"]),
    ("“He said ‘we wait’ and left,” she said.", ["He said ‘we wait’ and left,", "we wait"]),
    ("\"He said 'we wait' and left,\" she said.", ["He said 'we wait' and left,", "we wait"]),
    ("The sailors’ boat and the cook’s pot.", []),
    ("It was ’90s rock and rock ’n’ roll.", []),
    ("A 6'2\" sailor left.", []),
    ("“We wait,” she said. “We go.”", ["We wait,", "We go."]),
]


@pytest.mark.parametrize(("text", "words"), PAIRED)
def test_pairs(text: str, words: list[str]) -> None:
    assert inner(text) == words
    assert not read(text)[0].loose


def test_a_quotation_over_two_paragraphs_is_no_damage() -> None:
    marks, _ = read("“We wait.\n\n“We go,” she said.")
    assert not marks.loose
    assert [(pair.continues, pair.continued) for pair in marks.pairs] == [(True, False), (False, True)]


LOOSE = [
    ("“We wait, she said. It rained on the quay.", "unclosed"),
    ("We wait,” she said. It rained on the quay.", "unopened"),
    ("“He said ‘we wait and left,” she said.", "nested-unclosed"),
]


@pytest.mark.parametrize(("text", "form"), LOOSE)
def test_a_mark_without_a_partner(text: str, form: str) -> None:
    assert [one.form for one in read(text)[0].loose] == [form]
