"""Places hold for any text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.errors import CopydeskError
from audit.loading import load_text
from audit.records import Document

_PIECES = """quay “We wait,” *old* **new** [a](b) &amp; <b>x</b> 👩‍👩‍👧 — # > - | {{ t }} <!-- c --> `c` \\* 1.
Q: A. Lund:
[laughs] shut."""
WORDS = st.sampled_from([*_PIECES.split(), "e\u0301", "Ana Reyes:", "\u2028", "\x0b", "\u00a0"])
TEXTS = st.lists(st.one_of(WORDS, st.sampled_from([" ", "\n", "\n\n", "  ", "    "])), max_size=60).map(" ".join)
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)
FORMATS = ["markdown", "text", "html", "vtt", "srt"]


def check(document: Document) -> None:
    assert len(document.view) == len(document.starts) == len(document.ends)
    last = 0
    for at, block in enumerate(document.blocks):
        assert block.index == at
        text = document.block_text(block)
        assert text == text.strip()
        assert text
        for offset in range(block.start, block.end):
            start, end = document.starts[offset], document.ends[offset]
            assert last <= start <= end <= len(document.raw)
            last = start
    for turn in document.turns:
        assert document.raw[turn.label_start : turn.label_end] == turn.label


@settings(max_examples=60, deadline=None)
@given(raw=st.one_of(TEXTS, ANY), format=st.sampled_from(FORMATS), role=st.sampled_from(["article", "source"]))
def test_every_text_can_be_read(raw: str, format: str, role: str) -> None:
    try:
        loaded = load_text(raw, "a", role, format)  # type: ignore[arg-type]
    except CopydeskError:
        return
    for document in loaded.documents:
        check(document)


@settings(max_examples=60, deadline=None)
@given(raw=st.one_of(TEXTS, ANY))
def test_the_words_of_plain_text_stand_at_their_places(raw: str) -> None:
    document = load_text(raw, "a.txt", format="text").documents[0]
    if document.format != "text":
        return
    for block in document.blocks:
        for at in range(block.start, block.end):
            if not document.view[at].isspace():
                written = document.raw[document.starts[at] : document.ends[at]]
                assert unicodedata.normalize("NFC", written) == unicodedata.normalize("NFC", document.view[at])


@settings(max_examples=60, deadline=None)
@given(raw=TEXTS, format=st.sampled_from(FORMATS))
def test_line_ends_change_nothing(raw: str, format: str) -> None:
    views = []
    for end in ("\n", "\r\n", "\r"):
        loaded = load_text(raw.replace("\n", end), "a", "article", format)  # type: ignore[arg-type]
        views.append([(d.view, [(b.kind, b.start, b.end) for b in d.blocks]) for d in loaded.documents])
    if format == "html":  # a lone CR is one blank to HTML as well
        assert views[0] == views[1]
    else:
        assert views[0] == views[1] == views[2]


@pytest.mark.parametrize("format", ["markdown", "text", "html"])
def test_composed_and_decomposed_letters_are_one_view(format: str) -> None:
    composed = "Zoë Núñez said: “The café is shut.”"
    decomposed = unicodedata.normalize("NFD", composed)
    first = load_text(composed, "a", format=format).documents[0]  # type: ignore[arg-type]
    second = load_text(decomposed, "a", format=format).documents[0]  # type: ignore[arg-type]
    assert first.view == second.view
    at = second.view.index("Núñez")
    place = second.place(at, at + 5)
    assert unicodedata.normalize("NFC", place.text) == "Núñez"
    assert second.raw[place.start : place.end] == place.text


def test_emoji_and_mixed_line_ends_keep_lines_and_columns() -> None:
    raw = "Quay 👩‍👩‍👧\rshut\r\n\r\nAna said “no”.\u2028Still.\n"
    document = load_text(raw, "a.txt").documents[0]
    at = document.view.index("no”")
    place = document.place(at, at + 2)
    assert (place.line, place.column, place.text) == (4, 11, "no")
