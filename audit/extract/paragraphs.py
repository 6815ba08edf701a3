"""Blocks of running text, with the form that two copies of one share; and sentences that a document repeats."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from audit.extract.annotate import Annotated, Sentence
from audit.records import Block, Paragraph, PlaceFields

_RUNNING = frozenset({"headline", "dek", "heading", "paragraph", "blockquote", "caption", "list_item"})
_WORD = re.compile(r"\w+(?:['’.,]\w+)*")
_LEAST_WORDS = 8  # of a sentence that is listed because it comes twice


def normalized(text: str) -> str:
    """Words only, in lower case, single blanks between them: the form that two copies of a text share."""
    folded = unicodedata.normalize("NFC", text).casefold().replace("’", "'")
    return " ".join(_WORD.findall(folded))


@dataclass(frozen=True, slots=True)
class _Found:
    """A paragraph in the making."""

    place: PlaceFields
    block: int
    role: str
    form: str


Forms = Mapping[int, str]  # the normalized forms of sentences by their index


def find_paragraphs(annotated: Annotated) -> list[Paragraph]:
    """The blocks of running text, in order.

    A sentence of at least eight words that stands at two or more places of the document is listed too, with the role
    "sentence", where it is not a block by itself.
    """
    view = annotated.document.view
    forms = {one.index: normalized(view[slice(*_stretch(annotated, one))]) for one in _sentences(annotated)}
    found = [*_blocks(annotated, forms), *_repeated_sentences(annotated, forms)]
    found.sort(key=lambda one: (one.place["start"], -one.place["end"]))
    return [
        Paragraph(
            **one.place,
            id=f"{annotated.document.key}.paragraph.{number}",
            block=one.block,
            role=one.role,
            normalized=one.form,
            words=len(one.form.split()),
        )
        for number, one in enumerate(found, start=1)
    ]


def _blocks(annotated: Annotated, forms: Forms) -> Iterator[_Found]:
    document = annotated.document
    for block in document.blocks:
        if block.kind in _RUNNING:
            place = document.place_fields(block.start, block.end)
            yield _Found(place, block.index, block.kind, _form_of_block(annotated, block, forms))


def _form_of_block(annotated: Annotated, block: Block, forms: Forms) -> str:
    """The normalized form of a block: those of its sentences, where a blank stands between each two of them."""
    view = annotated.document.view
    sentences = annotated.sentences_in(block)
    if not sentences or any(not view[_stretch(annotated, one)[0] - 1].isspace() for one in sentences[1:]):
        return normalized(view[block.start : block.end])
    return " ".join(filter(None, (forms[one.index] for one in sentences)))


def _repeated_sentences(annotated: Annotated, forms: Forms) -> Iterator[_Found]:
    long = [one for one in _sentences(annotated) if _is_long(one, forms)]
    counts = Counter(forms[one.index] for one in long)
    for one in long:
        if counts[forms[one.index]] > 1 and not _is_block(annotated, one):
            place = annotated.document.place_fields(*_stretch(annotated, one))
            yield _Found(place, one.block, "sentence", forms[one.index])


def _is_long(sentence: Sentence, forms: Forms) -> bool:
    """Whether a sentence is long enough to be missed when it comes twice."""
    return sentence.last - sentence.first >= _LEAST_WORDS and forms[sentence.index].count(" ") >= _LEAST_WORDS - 1


def _sentences(annotated: Annotated) -> Iterator[Sentence]:
    blocks = annotated.document.blocks
    return (sentence for sentence in annotated.sentences if blocks[sentence.block].kind in _RUNNING)


def _stretch(annotated: Annotated, sentence: Sentence) -> tuple[int, int]:
    return annotated.tokens[sentence.first].start, annotated.tokens[sentence.last - 1].end


def _is_block(annotated: Annotated, sentence: Sentence) -> bool:
    block = annotated.document.blocks[sentence.block]
    start, end = _stretch(annotated, sentence)
    view = annotated.document.view
    return _WORD.search(view, block.start, start) is None and _WORD.search(view, end, block.end) is None
