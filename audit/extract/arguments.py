"""Arguments: the phrases that fill the places of a predicate, each with what it names and with nothing else.

A preposition behind the object may belong to either ("received a degree from Harvard in 1913"); two parses of one
sentence differ there, so that every such phrase counts as the verb's.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from functools import cache
from operator import attrgetter

from audit.extract.annotate import Annotated, Token
from audit.extract.lexicon import sections_of
from audit.extract.people import People
from audit.extract.topics import content_lemmas
from audit.records import Argument, Claim, DateMention, Document, Quantity

_PLACES = frozenset({"GPE", "LOC"})
_WHERE_OR_WHEN = _PLACES | {"DATE"}
_NAMED = _PLACES | {"FAC", "ORG", "NORP", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW", "PERSON", "LANGUAGE"}
_APART = frozenset({"relcl", "acl", "advcl", "appos", "prep", "punct", "conj", "cc", "parataxis", "ccomp"})
_OBJECTS = {"dobj": "object", "attr": "attribute", "oprd": "attribute", "acomp": "state", "dative": "to"}
_DEEP = 3  # prepositional phrases on prepositional phrases that are followed


@cache
def words(section: str) -> frozenset[str]:
    """The words of a section of the list that belongs to this reading. Raises KeyError."""
    return sections_of("audit.extract", "predications.txt")[section]


class Spans:
    """Claims by their view stretch."""

    def __init__(self, document: Document, claims: Sequence[Claim]) -> None:
        self._all = sorted((*document.view_span(claim), claim.id) for claim in claims)
        self._starts = [start for start, _, _ in self._all]

    def within(self, start: int, end: int) -> tuple[str, ...]:
        """Ids of those that begin inside a stretch."""
        return tuple(
            claim
            for _, _, claim in self._all[
                bisect.bisect_left(self._starts, start) : bisect.bisect_left(self._starts, end)
            ]
        )


class Arguments:
    """Reads the arguments of verbs of one document."""

    def __init__(
        self, annotated: Annotated, people: People, dates: Sequence[DateMention], quantities: Sequence[Quantity]
    ) -> None:
        self._annotated, self._people = annotated, people
        self._dates = Spans(annotated.document, dates)
        self._quantities = Spans(annotated.document, quantities)

    def of(self, verb: Token) -> tuple[Argument, ...]:
        """The arguments of a verb, or of a noun of action, in order of the text."""
        found = sorted(self._heads(verb, _DEEP), key=lambda pair: pair[1].i)
        return tuple(self._argument(role, head) for role, head in found)

    def _heads(self, token: Token, depth: int) -> Iterator[tuple[str, Token]]:
        for kid in self._annotated.children(token):
            if kid.dep in _OBJECTS:
                yield _OBJECTS[kid.dep], kid
                yield from self._behind(kid, depth)
            elif kid.dep == "npadvmod" and kid.ent in ("DATE", "TIME"):
                yield "time", kid
                yield from self._behind(kid, depth)
            elif kid.dep in ("prep", "agent"):
                yield from self._prepositional(kid, depth)

    def _behind(self, noun: Token, depth: int) -> Iterator[tuple[str, Token]]:
        """Phrases that hang on the noun of another one; what "of" joins stays with its noun, too."""
        if depth:
            for kid in self._annotated.children(noun):
                if kid.dep == "prep":
                    yield from self._prepositional(kid, depth - 1)
                elif kid.dep == "npadvmod" and kid.ent == "DATE":
                    yield "time", kid

    def _prepositional(self, preposition: Token, depth: int) -> Iterator[tuple[str, Token]]:
        for kid in self._annotated.children(preposition):
            if kid.dep in ("pobj", "pcomp") and kid.pos != "VERB":
                yield preposition.lower, kid
                yield from self._behind(kid, depth)
            elif kid.dep == "prep":
                yield from self._prepositional(kid, depth)

    def _argument(self, role: str, head: Token) -> Argument:
        phrase = self.phrase(head)
        start, end = phrase[0].start, phrase[-1].end
        names = tuple(name_runs(phrase))
        person = self._people.person_at(head) if head.pos != "PRON" else None
        speaker = self._people.speaker_of(head) if head.pos == "PRON" else None
        dates = self._dates.within(start, end)
        return Argument(
            **self._annotated.place_fields(phrase[0], phrase[-1]),
            role=role,
            head=joined_lemma(self._annotated, head),
            words=content_lemmas([token for token in phrase if not _is_of_other(self._annotated, token, head)]),
            names=names,
            sort=_sort(head, phrase, bool(person), bool(dates)),
            person=person.id if person is not None else speaker.person if speaker is not None else None,
            dates=dates,
            quantities=self._quantities.within(start, end),
            several=self.is_several(head),
        )

    def phrase(self, head: Token, *, whole: bool = False) -> list[Token]:
        """The words of a phrase with appositions to a place ("Delano, Minnesota") and with what "of" joins.

        The `whole` one has what every preposition joins: "the talks on the harbour".
        """
        kept = [head]
        for token in kept:  # the list grows while it is walked
            for kid in self._annotated.children(token):
                joined = kid.dep == "prep" and (whole or kid.lower == "of")
                further = kid.dep in ("appos", "npadvmod", "conj") and kid.ent in _WHERE_OR_WHEN
                if joined or further or kid.dep not in _APART:
                    kept.append(kid)
        kept.sort(key=attrgetter("i"))
        return kept

    def is_several(self, head: Token, *, plural: bool = True) -> bool:
        """Whether a noun stands for one of a list, for a part, or (where `plural` counts) for many."""
        kids = self._annotated.children(head)
        if any((kid.dep == "conj" and kid.ent not in _WHERE_OR_WHEN) or kid.dep == "cc" for kid in kids):
            return True
        if (plural and head.tag in ("NNS", "NNPS")) or head.dep == "conj":
            return True
        return any(kid.lower in words("part word") for kid in kids) or head.lower in words("part word")


def joined_lemma(annotated: Annotated, head: Token) -> str:
    """The lemma of a noun with what a hyphen joins in front: "cross-examination"."""
    tokens = annotated.tokens
    if head.i >= 2 and tokens[head.i - 1].text == "-" and tokens[head.i - 2].end == tokens[head.i - 1].start:
        return f"{tokens[head.i - 2].lower}-{head.lemma_lower}"
    return head.lemma_lower


def name_runs(phrase: Sequence[Token]) -> Iterator[str]:
    """Proper names of a phrase: entities, else runs of proper nouns."""
    run: list[Token] = []
    for token in phrase:
        inside = token.ent in _NAMED or (token.pos == "PROPN" and token.ent not in ("DATE", "TIME"))
        breaks = run and (token.i != run[-1].i + 1 or (token.ent_begins and token.ent in _NAMED))
        if run and (not inside or breaks):
            yield " ".join(one.lower for one in run)
            run = []
        if inside and (run or token.lower not in ("the", "a", "an")) and token.lower not in ("’s", "'s"):
            run.append(token)
    if run:
        yield " ".join(one.lower for one in run)


def _is_of_other(annotated: Annotated, token: Token, head: Token) -> bool:
    """Whether a word of the phrase hangs on a place or date behind it."""
    return token.i > head.i and token.dep in ("appos", "npadvmod") and token.ent in _WHERE_OR_WHEN


def _sort(head: Token, phrase: Sequence[Token], person: bool, dated: bool) -> str:
    if person:
        return "person"
    if dated or head.ent in ("DATE", "TIME"):
        return "time"
    if head.ent in _PLACES or any(token.ent in _PLACES and token.i < head.i for token in phrase):
        return "place"
    if head.pos == "PROPN" or head.ent in _NAMED:
        return "name"
    if head.pos == "NUM" or any(token.pos == "NUM" for token in phrase):
        return "number"
    return "other"
