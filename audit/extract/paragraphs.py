"""Blocks of running text, with the form that two copies of one share; and sentences that a document repeats."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from audit.extract.annotate import Annotated, Sentence
from audit.records import Paragraph

_RUNNING = frozenset({"headline", "dek", "heading", "paragraph", "blockquote", "caption", "list_item"})
_WORD = re.compile(r"\w+(?:['’.,]\w+)*")
_LEAST_WORDS = 8  # of a sentence that is listed because it comes twice


def normalized(text: str) -> str:
    """Words only, in lower case, single blanks between them: the form that two copies of a text share."""
    folded = unicodedata.normalize("NFC", text).casefold().replace("’", "'")
    return " ".join(_WORD.findall(folded))


def find_paragraphs(annotated: Annotated) -> list[Paragraph]:
    """The blocks of running text, in order.

    A sentence of at least eight words that stands at two or more places of the document is listed too, with the role
    "sentence", where it is not a block by itself.
    """
    found = [*_blocks(annotated), *_repeated_sentences(annotated)]
    found.sort(key=lambda paragraph: (paragraph.start, -paragraph.end))
    key = annotated.document.key
    return [
        paragraph.model_copy(update={"id": f"{key}.paragraph.{number}"})
        for number, paragraph in enumerate(found, start=1)
    ]


def _blocks(annotated: Annotated) -> Iterator[Paragraph]:
    for block in annotated.document.blocks:
        if block.kind in _RUNNING:
            yield _paragraph(annotated, block.start, block.end, block.index, block.kind)


def _repeated_sentences(annotated: Annotated) -> Iterator[Paragraph]:
    forms = [(sentence, form) for sentence in _sentences(annotated) if (form := _form(annotated, sentence))]
    counts = Counter(form for _, form in forms)
    for sentence, form in forms:
        start, end = _stretch(annotated, sentence)
        if counts[form] > 1 and not _is_block(annotated, sentence):
            yield _paragraph(annotated, start, end, sentence.block, "sentence")


def _sentences(annotated: Annotated) -> Iterator[Sentence]:
    blocks = annotated.document.blocks
    return (sentence for sentence in annotated.sentences if blocks[sentence.block].kind in _RUNNING)


def _stretch(annotated: Annotated, sentence: Sentence) -> tuple[int, int]:
    return annotated.tokens[sentence.first].start, annotated.tokens[sentence.last - 1].end


def _form(annotated: Annotated, sentence: Sentence) -> str:
    """The normalized form of a sentence; "" for one that is too short to be missed when it comes twice."""
    if sentence.last - sentence.first < _LEAST_WORDS:
        return ""
    start, end = _stretch(annotated, sentence)
    form = normalized(annotated.document.view[start:end])
    return form if form.count(" ") >= _LEAST_WORDS - 1 else ""


def _is_block(annotated: Annotated, sentence: Sentence) -> bool:
    block = annotated.document.blocks[sentence.block]
    start, end = _stretch(annotated, sentence)
    view = annotated.document.view
    return _WORD.search(view, block.start, start) is None and _WORD.search(view, end, block.end) is None


def _paragraph(annotated: Annotated, start: int, end: int, block: int, role: str) -> Paragraph:
    document = annotated.document
    form = normalized(document.view[start:end])
    return Paragraph(
        **document.place_fields(start, end),
        id="",
        block=block,
        role=role,
        normalized=form,
        words=len(form.split()),
    )
