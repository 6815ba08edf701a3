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
_FURTHER = frozenset({"appos", "conj"})
_BESIDE = frozenset({"appos", "npadvmod"})
_TIMES = frozenset({"DATE", "TIME"})
_PLURAL = frozenset({"NNS", "NNPS"})
_ARTICLES = frozenset({"the", "a", "an"})
_POSSESSIVES = frozenset({"’s", "'s"})
_index = attrgetter("i")
_OBJECTS = {"dobj": "object", "attr": "attribute", "oprd": "attribute", "acomp": "state", "dative": "to"}
_DEEP = 3  # prepositional phrases on prepositional phrases that are followed


@cache
def words(section: str) -> frozenset[str]:
    """The words of a section of the list that belongs to this reading. Raises KeyError."""
    return sections_of("audit.extract", "predications.txt")[section]


_PART_WORDS = words("part word")


class Spans:
    """Claims by their view stretch."""

    def __init__(self, document: Document, claims: Sequence[Claim]) -> None:
        spans = sorted((*document.view_span(claim), claim.id) for claim in claims)
        self._starts = [start for start, _, _ in spans]
        self._ids = tuple(claim for _, _, claim in spans)

    def within(self, start: int, end: int) -> tuple[str, ...]:
        """Ids of those that begin inside a stretch."""
        first = bisect.bisect_left(self._starts, start)
        return self._ids[first : bisect.bisect_left(self._starts, end, first)]


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
        found: list[tuple[int, str, Token]] = []
        for kid in self._annotated.children(verb):
            dep = kid.dep
            if dep in _OBJECTS:
                found.append((kid.i, _OBJECTS[dep], kid))
                self._add_behind(kid, _DEEP, found)
            elif dep == "npadvmod" and kid.ent in _TIMES:
                found.append((kid.i, "time", kid))
                self._add_behind(kid, _DEEP, found)
            elif dep in ("prep", "agent"):
                self._add_prepositional(kid, _DEEP, found)
        found.sort(key=_place_in_text)
        return tuple([self._argument(role, head) for _, role, head in found])

    def _add_behind(self, noun: Token, depth: int, found: list[tuple[int, str, Token]]) -> None:
        """Phrases that hang on the noun of another one; what "of" joins stays with its noun, too."""
        if depth:
            for kid in self._annotated.children(noun):
                if kid.dep == "prep":
                    self._add_prepositional(kid, depth - 1, found)
                elif kid.dep == "npadvmod" and kid.ent == "DATE":
                    found.append((kid.i, "time", kid))

    def _add_prepositional(self, preposition: Token, depth: int, found: list[tuple[int, str, Token]]) -> None:
        for kid in self._annotated.children(preposition):
            if kid.dep in ("pobj", "pcomp") and kid.pos != "VERB":
                found.append((kid.i, preposition.lower, kid))
                self._add_behind(kid, depth, found)
            elif kid.dep == "prep":
                self._add_prepositional(kid, depth, found)

    def _argument(self, role: str, head: Token) -> Argument:
        phrase = self.phrase(head)
        start, end = phrase[0].start, phrase[-1].end
        person = self._people.person_at(head) if head.pos != "PRON" else None
        speaker = self._people.speaker_of(head) if head.pos == "PRON" else None
        dates = self._dates.within(start, end)
        return Argument(
            **self._annotated.place_fields(phrase[0], phrase[-1]),
            role=role,
            head=joined_lemma(self._annotated, head),
            words=content_lemmas(_without_other(phrase, head)),
            names=tuple(name_runs(phrase)),
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
        children = self._annotated.children
        kept = [head]
        for token in kept:  # the list grows while it is walked
            for kid in children(token):
                dep = kid.dep
                if (
                    dep not in _APART
                    or (dep == "prep" and (whole or kid.lower == "of"))
                    or (dep in _FURTHER and kid.ent in _WHERE_OR_WHEN)
                ):
                    kept.append(kid)
        kept.sort(key=_index)
        return kept

    def is_several(self, head: Token, *, plural: bool = True) -> bool:
        """Whether a noun stands for one of a list, for a part, or (where `plural` counts) for many."""
        if (plural and head.tag in _PLURAL) or head.dep == "conj" or head.lower in _PART_WORDS:
            return True
        for kid in self._annotated.children(head):
            dep = kid.dep
            if dep == "cc" or (dep == "conj" and kid.ent not in _WHERE_OR_WHEN) or kid.lower in _PART_WORDS:
                return True
        return False


def joined_lemma(annotated: Annotated, head: Token) -> str:
    """The lemma of a noun with what a hyphen joins in front: "cross-examination"."""
    tokens = annotated.tokens
    if head.i >= 2 and tokens[head.i - 1].text == "-" and tokens[head.i - 2].end == tokens[head.i - 1].start:
        return f"{tokens[head.i - 2].lower}-{head.lemma_lower}"
    return head.lemma_lower


def name_runs(phrase: Sequence[Token]) -> Iterator[str]:
    """Proper names of a phrase: entities, else runs of proper nouns."""
    run: list[str] = []
    before = -1
    for token in phrase:
        if token.ent not in _NAMED and (token.pos != "PROPN" or token.ent in _TIMES):
            continue
        if run and (token.i != before + 1 or (token.ent_begins and token.ent in _NAMED)):
            yield " ".join(run)
            run = []
        if (run or token.lower not in _ARTICLES) and token.lower not in _POSSESSIVES:
            run.append(token.lower)
            before = token.i
    if run:
        yield " ".join(run)


def _without_other(phrase: Sequence[Token], head: Token) -> Sequence[Token]:
    """The words of a phrase but those that hang on a place or date behind it."""
    if phrase[-1].i == head.i:
        return phrase
    return [
        token for token in phrase if token.dep not in _BESIDE or token.i <= head.i or token.ent not in _WHERE_OR_WHEN
    ]


def _place_in_text(found: tuple[int, str, Token]) -> int:
    return found[0]


def _sort(head: Token, phrase: Sequence[Token], person: bool, dated: bool) -> str:
    if person:
        return "person"
    if dated or head.ent in _TIMES:
        return "time"
    if head.ent in _PLACES or any(token.ent in _PLACES and token.i < head.i for token in phrase):
        return "place"
    if head.pos == "PROPN" or head.ent in _NAMED:
        return "name"
    if head.pos == "NUM" or any(token.pos == "NUM" for token in phrase):
        return "number"
    return "other"
