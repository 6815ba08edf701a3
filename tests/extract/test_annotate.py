"""The columns that the language model's output becomes, and the tokens that columns become."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import pytest

from audit.extract.annotate import Annotator, Columns
from audit.loading import load_text

TEXTS = [
    "The mayor of Salm, Ana Reyes, didn’t say on 3 May that she would leave. “No,” she said.",
    " \n Blanks in front.   And  within.\n\nA new line \t here,\nand blanks behind. \n",
    "It is\n\nbroken  \n\n up?  Yes!\u00a0 So it is.",
    "Naïve 👩\u200d👧 readers paid £2.4bn, 5% more than in 2019.",
    "x",
]


class Memory(dict[str, object]):
    """A cache that holds what the annotator keeps."""

    def set_many(self, values: Mapping[str, object]) -> None:
        self.update(values)


@pytest.fixture(scope="module")
def nlp():  # type: ignore[no-untyped-def]
    from audit.extract.annotate import _load_model

    return _load_model()


@pytest.mark.parametrize("text", TEXTS)
def test_columns_say_what_each_token_says(nlp, text: str) -> None:  # type: ignore[no-untyped-def]
    from audit.extract.annotate import _column

    doc = nlp(text)
    kept = [token for token in doc if not token.is_space]
    starts = list(dict.fromkeys(token.sent.start for token in kept))
    column = _column(doc)
    assert column["text"] == [token.text for token in kept]
    assert column["start"] == [token.idx for token in kept]
    assert column["end"] == [token.idx + len(token.text) for token in kept]
    assert column["lemma"] == [token.lemma_ for token in kept]
    assert column["pos"] == [token.pos_ for token in kept]
    assert column["tag"] == [token.tag_ for token in kept]
    assert column["dep"] == [token.dep_ for token in kept]
    assert column["ent"] == [token.ent_type_ for token in kept]
    assert column["iob"] == [token.ent_iob_ for token in kept]
    assert column["sent"] == [starts.index(token.sent.start) for token in kept]
    for token, head in zip(kept, cast(list[int], column["head"]), strict=True):
        above = token.head
        while above.is_space and above.head.i != above.i:
            above = above.head
        assert head == (-1 if above.is_space else kept.index(above))


def test_columns_do_not_depend_on_what_a_text_is_read_with(nlp) -> None:  # type: ignore[no-untyped-def]
    from audit.extract.annotate import _column

    alone = [_column(nlp(text)) for text in TEXTS]
    for size in (2, 64):
        assert [_column(doc) for doc in nlp.pipe([*TEXTS, *TEXTS[::-1]], batch_size=size)] == [*alone, *alone[::-1]]


def test_a_row_of_the_cache_becomes_the_same_tokens_again() -> None:
    document = load_text("\n\n".join(TEXTS), "article.txt", "article").documents[0]
    cache = Memory()
    fresh = Annotator(cache).annotate(document)
    reader = Annotator(cache)
    again = reader.annotate(document)
    assert not reader.loaded
    assert [(t.text, t.lower, t.lemma_lower, t.head, t.start, t.end, t.block, t.sent) for t in again.tokens] == [
        (t.text, t.text.lower(), t.lemma.lower(), t.head, t.start, t.end, t.block, t.sent) for t in fresh.tokens
    ]
    assert again.sentences == fresh.sentences
    assert all(document.view[token.start : token.end] == token.text for token in again.tokens)
    assert [block.index for block, _ in again.by_block] == sorted({token.block for token in again.tokens})


def test_a_row_that_does_not_fit_its_text_is_read_anew() -> None:
    document = load_text("The mill is sold.\n", "article.txt", "article").documents[0]
    cache = Memory()
    fresh = Annotator(cache).annotate(document)
    for key, value in list(cache.items()):
        columns = cast(Columns, value)
        cache[key] = {**columns, "text": ["A", *columns["text"][1:]]}
    reader = Annotator(cache)
    assert [token.text for token in reader.annotate(document).tokens] == [token.text for token in fresh.tokens]
    assert reader.loaded


def test_reading_ahead_changes_nothing() -> None:
    documents = [load_text(text).documents[0] for text in TEXTS if text.strip()]
    alone = [Annotator().annotate(document) for document in documents]
    ahead = Annotator()
    ahead.read_ahead(documents)
    for document, wanted in zip(documents, alone, strict=True):
        found = ahead.annotate(document)
        rows = [
            [getattr(token, name) for name in ("text", "lemma", "pos", "dep", "head", "start")]
            for token in found.tokens
        ]
        assert rows == [
            [getattr(token, name) for name in ("text", "lemma", "pos", "dep", "head", "start")]
            for token in wanted.tokens
        ]
        assert found.sentences == wanted.sentences
