"""What a text has ground for: the words, names and numbers of a story, looked up by what a headline says.

A word counts as known in any inflection, a country under its people's name, a body under its initials, a number under
any form that rounds to it. What is known is never reported, so that everything here is generous.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from audit.compare.wordlists import place_groups, words_of_file
from audit.extract.annotate import Annotated, Sentence, Token
from audit.extract.person_words import fold, is_given_name
from audit.extract.topics import concept, content_lemmas, stem
from audit.records import BlockKind, Document

_STORY: frozenset[BlockKind] = frozenset({"paragraph", "blockquote", "list_item", "table_row", "turn"})
_SILENT: frozenset[BlockKind] = frozenset({"headline", "boilerplate"})
_JOINING = frozenset({"of", "and", "for", "the", "&", "on", "to", "in"})
_PREFIX, _LIKE = 4, 0.6  # letters that two forms of a name share at least, and their share of the longer form
_JOINTS = re.compile(r"[-–/’']")
_NEAR = 6  # sentences that are weighed as the nearest one


@dataclass(frozen=True)
class Said:
    """A sentence of the story with its tokens and the concepts that it is about."""

    annotated: Annotated
    sentence: Sentence
    order: int  # counted over the story

    @cached_property
    def tokens(self) -> list[Token]:
        return self.annotated.tokens_of(self.sentence)

    @cached_property
    def concepts(self) -> frozenset[str]:
        return frozenset(map(concept, content_lemmas(self.tokens)))

    @cached_property
    def forms(self) -> frozenset[str]:
        """Every word and every lemma, in lower case: what a sentence lacks need not be looked for word by word."""
        return forms_of(self.tokens)


def forms_of(tokens: Sequence[Token]) -> frozenset[str]:
    """The words and the lemmas of some tokens, in lower case."""
    return frozenset([form for token in tokens for form in (token.lower, token.lemma.lower())])


class Ground:
    """The story behind a headline: an article's body, or the sources of a summary.

    What it knows is put in order when somebody first asks for it; most headlines ask for little of it.
    """

    def __init__(self, parts: Sequence[Annotated]) -> None:
        self.said: list[Said] = []
        self.texts: list[str] = []
        self._sentences: list[list[Token]] = []  # of captions and headings, too
        self._meta: list[str] = []
        for part in parts:
            self._read(part)

    def _read(self, annotated: Annotated) -> None:
        document = annotated.document
        for block in document.blocks:
            if block.kind not in _SILENT:
                self.texts.append(document.block_text(block))
        for sentence in annotated.sentences:
            kind = document.blocks[sentence.block].kind
            if kind not in _SILENT:
                said = Said(annotated, sentence, len(self.said))
                self._sentences.append(said.tokens)
                if kind in _STORY:
                    self.said.append(said)
        self._meta.extend(re.findall(r"\w+", " ".join(_meta_words(document))))

    @cached_property
    def _texts(self) -> frozenset[str]:
        """Every word as written, those that a hyphen, a dash or a slash joins by themselves, too."""
        found = {token.text for tokens in self._sentences for token in tokens}
        parts = {part for text in found for part in _JOINTS.split(text) if part}
        return frozenset(found | parts | set(self._meta))

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(text.lower() for text in self._texts)

    @cached_property
    def _roots(self) -> frozenset[str]:
        lemmas = {token.lemma.lower() for tokens in self._sentences for token in tokens}
        return frozenset(map(stem, self._words | lemmas))

    @cached_property
    def _names(self) -> frozenset[str]:
        """The capitalised words, folded."""
        return frozenset(fold(text) for text in self._texts if text[:1].isupper())

    @cached_property
    def _prefixes(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for name in self._names:
            found[name[:_PREFIX]].add(name)
        return found

    @cached_property
    def _initials(self) -> frozenset[str]:
        return frozenset(initials for tokens in self._sentences for initials in _initials(tokens))

    @cached_property
    def _by_concept(self) -> dict[str, list[int]]:
        return _orders((said.order, said.concepts) for said in self.said)

    @cached_property
    def _by_form(self) -> dict[str, list[int]]:
        return _orders((said.order, said.forms) for said in self.said)

    def having(self, form: str) -> Iterator[Said]:
        """The sentences that have a word or a lemma, in order."""
        return (self.said[order] for order in self._by_form.get(form, ()))

    def knows_name(self, text: str, *, acting: bool = False) -> bool:
        """Whether the story has a word of a name: as it stands, inflected, as initials, or a country's other names.

        `acting` lets a capital stand for its government: "Berlin rejects ...".
        """
        lower = re.sub(r"['’]s?$", "", text.lower())
        folded = fold(lower)
        if not folded or lower in self._words or stem(lower) in self._roots or folded in self._names:
            return True
        if any(_is_form(folded, other) for other in self._prefixes.get(folded[:_PREFIX], ())):
            return True
        if text.isupper() and folded in self._initials:
            return True
        if any(group & self._words for group in _countries(lower, acting)):
            return True
        parts = [part for part in re.split(r"[-–/]", lower) if part]
        if len(parts) > 1:
            return all(self.knows_name(part.title(), acting=acting) for part in parts)
        return is_given_name(text) and any(short in self._names for short in _short_forms(folded))

    def knows_any(self, words: frozenset[str]) -> bool:
        """Whether the story has one of these words."""
        return not words.isdisjoint(self._words)

    def knows_initials(self, words: Iterable[str]) -> bool:
        """Whether the story has the initials of a name that is written out."""
        letters = "".join(word[0] for word in words if word[:1].isupper())
        return len(letters) >= 2 and letters.lower() in self._words

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


def _orders(sentences: Iterable[tuple[int, Iterable[str]]]) -> dict[str, list[int]]:
    """For each key of some sentences the sentences that have it, in order."""
    found: dict[str, list[int]] = defaultdict(list)
    for order, keys in sentences:
        for key in keys:
            found[key].append(order)
    return found


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
