"""What a text has ground for: the words, names and numbers of a story, looked up by what a headline says.

A word counts as known in any inflection, a country under its people's name, a body under its initials, a number under
any form that rounds to it. What is known is never reported, so that everything here is generous.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from audit.compare.wordlists import place_groups, words_of_file
from audit.extract.annotate import Annotated, Sentence, Token
from audit.extract.person_words import fold, is_given_name
from audit.extract.topics import concept, content_lemmas, stem
from audit.records import BlockKind, Document

_STORY: frozenset[BlockKind] = frozenset({"paragraph", "blockquote", "list_item", "table_row", "turn"})
_SILENT: frozenset[BlockKind] = frozenset({"headline", "boilerplate"})
_JOINING = frozenset({"of", "and", "for", "the", "&", "on", "to", "in"})
_PREFIX, _LIKE = 4, 0.6  # letters that two forms of a name share at least, and their share of the longer form
_NEAR = 6  # sentences that are weighed as the nearest one


@dataclass(frozen=True)
class Said:
    """A sentence of the story with its tokens and the concepts that it is about."""

    annotated: Annotated
    sentence: Sentence
    order: int  # counted over the story
    concepts: frozenset[str]

    @property
    def tokens(self) -> list[Token]:
        return self.annotated.tokens_of(self.sentence)


class Ground:
    """The story behind a headline: an article's body, or the sources of a summary."""

    def __init__(self, parts: Sequence[Annotated]) -> None:
        self.said: list[Said] = []
        self.words: set[str] = set()  # lower case, as written
        self._roots: set[str] = set()
        self._concepts: set[str] = set()
        self._names: set[str] = set()  # folded capitalised words
        self._prefixes: dict[str, set[str]] = defaultdict(set)
        self._initials: set[str] = set()
        self._by_concept: dict[str, list[int]] = defaultdict(list)
        self.texts: list[str] = []
        for part in parts:
            self._read(part)
        self._concepts.update(map(concept, self._roots))

    def _read(self, annotated: Annotated) -> None:
        document = annotated.document
        for block in document.blocks:
            if block.kind not in _SILENT:
                self.texts.append(document.block_text(block))
        for sentence in annotated.sentences:
            kind = document.blocks[sentence.block].kind
            if kind in _SILENT:
                continue
            tokens = annotated.tokens_of(sentence)
            self._learn(tokens)
            if kind in _STORY:
                said = Said(annotated, sentence, len(self.said), frozenset(map(concept, content_lemmas(tokens))))
                for name in said.concepts:
                    self._by_concept[name].append(said.order)
                self.said.append(said)
        for word in re.findall(r"\w+", " ".join(_meta_words(document))):
            self._know(word.lower(), word)

    def _learn(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            self._know(token.lower, token.text)
            self._roots.add(stem(token.lemma.lower()))
            for part in re.split(r"[-–/’']", token.text):
                if part and part != token.text:
                    self._know(part.lower(), part)
        self._initials.update(_initials(tokens))

    def _know(self, lower: str, text: str) -> None:
        self.words.add(lower)
        self._roots.add(stem(lower))
        if text[:1].isupper():
            folded = fold(text)
            self._names.add(folded)
            self._prefixes[folded[:_PREFIX]].add(folded)

    def knows_word(self, token: Token) -> bool:
        """Whether the story has a word in any form, or one for the same concept."""
        roots = {stem(token.lower), stem(token.lemma.lower())}
        return token.lower in self.words or bool(roots & self._roots) or concept(token.lemma.lower()) in self._concepts

    def knows_name(self, text: str, *, acting: bool = False) -> bool:
        """Whether the story has a word of a name: as it stands, inflected, as initials, or a country's other names.

        `acting` lets a capital stand for its government: "Berlin rejects ...".
        """
        lower = re.sub(r"['’]s?$", "", text.lower())
        folded = fold(lower)
        if not folded or lower in self.words or stem(lower) in self._roots or folded in self._names:
            return True
        if any(_is_form(folded, other) for other in self._prefixes.get(folded[:_PREFIX], ())):
            return True
        if text.isupper() and folded in self._initials:
            return True
        if any(group & self.words for group in _countries(lower, acting)):
            return True
        parts = [part for part in re.split(r"[-–/]", lower) if part]
        if len(parts) > 1:
            return all(self.knows_name(part.title(), acting=acting) for part in parts)
        return is_given_name(text) and any(short in self._names for short in _short_forms(folded))

    def knows_any(self, words: frozenset[str]) -> bool:
        """Whether the story has one of these words."""
        return not words.isdisjoint(self.words)

    def knows_initials(self, words: Iterable[str]) -> bool:
        """Whether the story has the initials of a name that is written out."""
        letters = "".join(word[0] for word in words if word[:1].isupper())
        return len(letters) >= 2 and letters.lower() in self.words

    def like_name(self, text: str) -> str | None:
        """A name of the story that is spelt almost like this one; None where there is none."""
        folded = fold(text)
        if len(folded) < 5:
            return None
        return next(
            (other for other in sorted(self._prefixes.get(folded[:_PREFIX], ())) if _is_near(folded, other)), None
        )

    def nearest(self, concepts: frozenset[str]) -> list[Said]:
        """The sentences that share most with these concepts, the closest first, and the earliest of equals."""
        weights: dict[int, float] = defaultdict(float)
        for name in sorted(concepts):
            where = self._by_concept.get(name, [])
            for order in where:
                weights[order] += 1 / (1 + len(where)) ** 0.5
        best = sorted(weights, key=lambda order: (-weights[order], order))[:_NEAR]
        return [self.said[order] for order in best]


def _meta_words(document: Document) -> Iterator[str]:
    meta = document.meta
    yield from (meta.place, meta.byline)
    if meta.date is not None:
        yield str(meta.date.year)


def _initials(tokens: Sequence[Token]) -> Iterator[str]:
    """The initials of every run of capitalised words, small words inside it left out, and of every part of one."""
    run: list[str] = []
    for token in [*tokens, None]:
        if token is not None and token.text[:1].isupper():
            run.append(token.text[0].lower())
        elif token is None or token.lower not in _JOINING or not run:
            for first in range(len(run)):
                for last in range(first + 2, min(len(run), first + 7) + 1):
                    yield "".join(run[first:last])
            run = []


def _is_form(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    shared = next((at for at, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    return shared >= _PREFIX and shared >= len(shorter) - 1 and shared / len(longer) >= _LIKE


def _is_near(one: str, other: str) -> bool:
    """Whether one letter differs, is missing, or two stand the other way round."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        differ = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        return len(differ) == 1 or (len(differ) == 2 and sorted(one) == sorted(other))
    shorter, longer = sorted((one, other), key=len)
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


def _countries(word: str, acting: bool) -> Iterator[frozenset[str]]:
    for names, seats in place_groups():
        if word in names:
            yield names | seats
        elif acting and word in seats:
            yield names


@cache
def _short_names() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for pair in words_of_file("support.txt", "short name"):
        names = pair.split("/")
        for name in names:
            found[name].update(names)
    return {name: frozenset(others) for name, others in found.items()}


def _short_forms(name: str) -> frozenset[str]:
    return _short_names().get(name, frozenset())
