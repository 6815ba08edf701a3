"""What a number is bound to: the noun it counts, the whole it is a share of, its clause with subject, verb and time.

All of it is read off the parse; where the parse names nothing, the fields stay empty.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.extract.annotate import Annotated, Token
from audit.extract.topics import content_lemmas
from audit.records import Place

_COUNTING = frozenset({"nummod", "quantmod", "compound", "nmod", "amod"})
_APART = frozenset({"conj", "cc", "relcl", "appos", "punct", "parataxis"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_LONGEST = 12  # content words of a phrase that are kept


@dataclass(frozen=True, slots=True)
class Binding:
    """The fields of a Quantity that come from the parse."""

    of: str = ""
    of_words: tuple[str, ...] = ()
    base: str = ""
    base_words: tuple[str, ...] = ()
    sentence: Place | None = None
    subject: tuple[str, ...] = ()
    verb: str = ""
    time: tuple[str, ...] = ()


class Binder:
    """Binds the numbers of one document. `dates` are the view stretches of its dates, in order."""

    def __init__(self, annotated: Annotated, dates: Sequence[tuple[int, int]]) -> None:
        self._annotated, self._dates = annotated, dates
        self._times: dict[int, list[tuple[Token | None, Token, str]]] = {}

    def bind(self, start: int, end: int, is_part: bool) -> Binding:
        """What the number in a view stretch is bound to. `is_part`: "of X" behind it names a whole, as for shares."""
        tokens = self._annotated.between(start, end)
        if not tokens:
            return Binding()
        verb = tokens[0] if len(tokens) == 1 and tokens[0].pos == "VERB" else self._verb(tokens[-1])
        counted = self._counted(tokens)
        whole = self._whole(tokens, counted)
        if whole is not None and counted is None and not is_part:
            counted, whole = whole, None
        if is_part and counted is not None and whole is None:
            whole = counted
        if is_part and counted is None:
            counted = whole
        if counted is None and verb is not None:
            counted = self._predicate(tokens, verb)
        if whole is None and verb is not None:
            front = self._whole_in_front(tokens, verb)
            whole = front if front != counted else None
        sentence = self._annotated.sentences[tokens[0].sent]
        subject = self._subject(verb) if verb is not None else None
        return Binding(
            of=counted.lemma_lower if counted is not None else "",
            of_words=self._phrase(counted, tokens),
            base=whole.lemma_lower if whole is not None else "",
            base_words=self._phrase(whole, tokens),
            sentence=self._annotated.sentence_place(sentence),
            subject=content_lemmas(self._annotated.subtree(subject))[:_LONGEST] if subject is not None else (),
            verb=verb.lemma_lower if verb is not None else "",
            time=tuple(dict.fromkeys(self._when(tokens, verb))),
        )

    def _counted(self, tokens: Sequence[Token]) -> Token | None:
        """The noun that a number stands in front of."""
        own = {token.i for token in tokens}
        for token in tokens:
            head = self._annotated.tokens[token.head]
            if token.dep in _COUNTING and head.i not in own and head.pos in _NOUNS:
                return head
        return None

    def _whole(self, tokens: Sequence[Token], counted: Token | None) -> Token | None:
        """The noun behind "of"."""
        heads = (*tokens, *((counted,) if counted is not None else ()))
        for token in heads:
            of = next((kid for kid in self._annotated.children(token) if kid.lower == "of" and kid.i > token.i), None)
            noun = self._annotated.child(of, "pobj") if of is not None else None
            if noun is not None and noun.pos in _NOUNS:
                return noun
        return None

    def _predicate(self, tokens: Sequence[Token], verb: Token) -> Token | None:
        """The noun that a bare number is said to be: "20 are women"."""
        if verb.lemma_lower != "be" or not any(token.dep in _SUBJECTS and token.head == verb.i for token in tokens):
            return None
        noun = self._annotated.child(verb, "attr")
        return noun if noun is not None and noun.pos in _NOUNS else None

    def _whole_in_front(self, tokens: Sequence[Token], verb: Token) -> Token | None:
        """The whole that stands in front: "Of 50 members, 30 voted", "300 workers, of whom 120 are women"."""
        joined = self._annotated.tokens[verb.head] if verb.dep == "conj" else verb  # "30 voted yes and 20 voted no"
        for head in (verb, joined, *tokens):
            of = next(
                (kid for kid in self._annotated.children(head) if kid.lower == "of" and kid.i < tokens[0].i), None
            )
            noun = self._annotated.child(of, "pobj") if of is not None else None
            if noun is not None and noun.tag in ("WP", "WDT") and verb.dep == "relcl":
                return self._annotated.tokens[verb.head]
            if noun is not None and noun.pos in _NOUNS:
                return noun
        return None

    def _phrase(self, noun: Token | None, number: Sequence[Token]) -> tuple[str, ...]:
        """The content words of a noun's phrase up to the noun and what follows it, without the number's own."""
        if noun is None:
            return ()
        own = {token.i for token in number}
        words = [
            token
            for token in self._own(noun)
            if token.i not in own and token.dep != "nummod" and token.tag not in ("WP", "WDT")
        ]
        return content_lemmas(words)[:_LONGEST]

    def _own(self, noun: Token) -> list[Token]:
        """A noun with what describes it, without what is joined to it or told about it."""
        found, waiting = [], [noun]
        while waiting:
            token = waiting.pop()
            found.append(token)
            waiting.extend(kid for kid in self._annotated.children(token) if kid.dep not in _APART)
        return sorted(found, key=lambda token: token.i)

    def _verb(self, token: Token) -> Token | None:
        """The verb of the clause that a token stands in."""
        for above in self._annotated.ancestors(token):
            if above.pos in ("VERB", "AUX") and above.dep not in ("aux", "auxpass", "amod"):
                return above
        return None

    def _subject(self, verb: Token) -> Token | None:
        own = self._annotated.child(verb, *_SUBJECTS)
        while own is None and verb.dep in ("conj", "xcomp") and verb.head != verb.i:
            verb = self._annotated.tokens[verb.head]
            own = self._annotated.child(verb, *_SUBJECTS)
        if own is not None and own.tag in ("WP", "WDT") and verb.dep == "relcl":
            return self._annotated.tokens[verb.head]
        return own

    def _when(self, tokens: Sequence[Token], verb: Token | None) -> Iterator[str]:
        """The times of the same clause; those of the whole sentence where its clause has no verb."""
        start, end = tokens[0].start, tokens[-1].end
        for governing, first, words in self._times_of(tokens[0].sent):
            inside = start <= first.start < end
            if not inside and (verb is None or governing is None or governing.i == verb.i):
                yield words

    def _times_of(self, sent: int) -> list[tuple[Token | None, Token, str]]:
        """The dates of a sentence, each with the verb of its clause and its first token."""
        if sent not in self._times:
            tokens = self._annotated.tokens_of(self._annotated.sentences[sent])
            low = bisect.bisect_left(self._dates, (tokens[0].start, 0))
            high = bisect.bisect_left(self._dates, (tokens[-1].end, 0))
            found = []
            for start, end in self._dates[low:high]:
                inside = self._annotated.between(start, end)
                if inside:
                    words = self._annotated.document.view[start:end].lower()
                    found.append((self._verb(inside[-1]), inside[0], " ".join(words.split())))
            self._times[sent] = found
        return self._times[sent]
