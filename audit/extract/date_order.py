"""Which of two dates comes first by what the sentence says: "after", "before", "led to", "prompted"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from audit.extract.annotate import Annotated, Token
from audit.extract.mentions import Quoted
from audit.extract.nominals import names_event
from audit.records import DatedEvent, DateMention, DateOrder

_CAUSES = frozenset({"prompt", "cause", "trigger", "inspire", "spark", "precipitate", "precede"})
_WITH_TO = frozenset({"lead", "contribute", "give"})
_JOINTS = frozenset({"after", "before", "following"})


_TOLD = frozenset({"tell", "hear", "say", "learn", "find", "report", "show"})


def find_orders(
    annotated: Annotated, dates: Sequence[DateMention], events: Sequence[DatedEvent] = ()
) -> list[DateOrder]:
    """The orders that a document states between two of its dates, in order of the text.

    Two dates of one sentence, or one date and an event that another sentence dates: "finished in May, after the flood".
    """
    reader = _Reader(annotated, dates)
    found = sorted([*reader.read(), *_Anchored(annotated, reader, events).read()], key=lambda order: order.start)
    return [
        order.model_copy(update={"id": f"{annotated.document.key}.order.{number}"})
        for number, order in enumerate(found, start=1)
    ]


class _Reader:
    def __init__(self, annotated: Annotated, dates: Sequence[DateMention]) -> None:
        self._annotated = annotated
        self._quoted = Quoted(annotated)
        self.by_sentence: dict[int, list[tuple[int, DateMention]]] = defaultdict(list)
        for date in dates:
            start, end = annotated.document.view_span(date)
            for token in annotated.between(start, end)[:1]:
                if date.precision != "time" and date.earliest:
                    self.by_sentence[token.sent].append((token.i, date))

    def read(self) -> Iterator[DateOrder]:
        for number, found in sorted(self.by_sentence.items()):
            if len(found) < 2:
                continue
            for token in self._annotated.tokens_of(self._annotated.sentences[number]):
                yield from self._at(token, found)

    def _at(self, token: Token, found: Sequence[tuple[int, DateMention]]) -> Iterator[DateOrder]:
        if token.lower in _JOINTS and token.dep in ("prep", "mark"):
            behind = self._in(self._behind(token), found)
            ahead = self._of_verb(token, found)
            if len(behind) == 1 and len(ahead) == 1:
                pair = (ahead[0], behind[0]) if token.lower == "before" else (behind[0], ahead[0])
                yield self.pair(token, *pair)
        elif token.pos == "VERB" and (token.lemma in _CAUSES or (token.lemma in _WITH_TO and self._to(token))):
            effects = self._in(self._effect(token), found)
            causes = self._causes(token, found)
            if len(effects) == 1 and len(causes) == 1 and effects[0].id != causes[0].id:
                yield self.pair(token, causes[0], effects[0])

    def _behind(self, token: Token) -> list[Token]:
        """What stands behind "after": its object, or the clause that it opens."""
        if token.dep == "mark":
            return self._annotated.subtree(self._annotated.tokens[token.head])
        return self._annotated.subtree(token)

    def _of_verb(self, token: Token, found: Sequence[tuple[int, DateMention]]) -> list[DateMention]:
        """The dates that hang directly on the verb that "after" belongs to."""
        head = self._annotated.tokens[token.head]
        if token.dep == "mark":
            head = self._annotated.tokens[head.head]
        return self.of_head(head, token, found)

    def of_head(self, head: Token, token: Token, found: Sequence[tuple[int, DateMention]]) -> list[DateMention]:
        """The dates that hang directly on a verb, without those behind `token`."""
        direct = []
        for kid in self._annotated.children(head):
            if kid.dep in ("prep", "npadvmod", "advmod") and kid.i != token.i:
                inside = self._annotated.subtree(kid)
                if not any(other.dep in ("relcl", "acl", "advcl") for other in inside) and token not in inside:
                    direct.extend(self._in(inside, found))
        return direct

    def _to(self, verb: Token) -> Token | None:
        return next((kid for kid in self._annotated.children(verb) if kid.lower == "to" and kid.dep == "prep"), None)

    def _effect(self, verb: Token) -> list[Token]:
        to = self._to(verb)
        if to is not None and verb.lemma in _WITH_TO:
            return self._noun_phrase(to)
        kids = [kid for kid in self._annotated.children(verb) if kid.dep == "dobj"]
        return [t for kid in kids for t in self._noun_phrase(kid)]

    def _noun_phrase(self, head: Token) -> list[Token]:
        """A phrase without the clauses that the parser may have hung on it by mistake."""
        whole = self._annotated.subtree(head)
        out = {t.i for t in whole if t.dep in ("relcl", "acl", "advcl") for t in self._annotated.subtree(t)}
        return [t for t in whole if t.i not in out]

    def _causes(self, verb: Token, found: Sequence[tuple[int, DateMention]]) -> list[DateMention]:
        """The dates of what led to it: in the subject, or beside the noun that "which led to" takes up."""
        subject = self._annotated.child(verb, "nsubj")
        own = {token.i for token in self._annotated.subtree(verb)}
        if verb.dep in ("relcl", "acl"):
            noun = self._annotated.tokens[verb.head]
            beside = [t for t in self._annotated.subtree(noun) if t.i not in own]
            above = self._annotated.tokens[noun.head]
            if noun.dep in ("nsubj", "nsubjpass") and not self._in(beside, found):
                kids = [k for k in self._annotated.children(above) if k.dep in ("prep", "npadvmod", "agent")]
                beside = [t for kid in kids for t in self._annotated.subtree(kid)]
            return self._in(beside, found)
        return self._in(self._annotated.subtree(subject), found) if subject is not None else []

    def _in(self, tokens: Sequence[Token], found: Sequence[tuple[int, DateMention]]) -> list[DateMention]:
        inside = {token.i for token in tokens}
        return [date for at, date in found if at in inside]

    def pair(self, token: Token, earlier: DateMention, later: DateMention) -> DateOrder:
        return self._record(token, earlier.id, later.id)

    def order(self, token: Token, own: DateMention, other: DateMention | None, event: Token) -> DateOrder:
        """The order of a date and an event: "in May, after the flood"; without `other` the text has no day for it."""
        ids = own.id, other.id if other is not None else ""
        earlier, later = ids if token.lower == "before" else ids[::-1]
        return self._record(token, earlier, later, event.lemma_lower)

    def _record(self, token: Token, earlier: str, later: str, event: str = "") -> DateOrder:
        return DateOrder(
            **self._annotated.place_fields(token, token),
            id="",
            block=token.block,
            earlier=earlier,
            later=later,
            event=event,
            marker=token.lemma_lower,
            quoted=self._quoted.span_at(token) is not None,
            sentence=self._annotated.sentence_place(self._annotated.sentences[token.sent]),
        )


class _Anchored:
    """Orders between the date of a sentence and that of an event which another sentence tells: "after the flood"."""

    def __init__(self, annotated: Annotated, reader: _Reader, events: Sequence[DatedEvent]) -> None:
        self._annotated, self._reader = annotated, reader
        self._dates = {date.id: date for found in reader.by_sentence.values() for _, date in found}
        self._events = [e for e in events if e.date in self._dates and not (e.planned or e.negated or e.quoted)]

    def read(self) -> Iterator[DateOrder]:
        for number, found in sorted(self._reader.by_sentence.items()):
            for token in self._annotated.tokens_of(self._annotated.sentences[number]):
                if token.lower in _JOINTS and token.dep == "prep":
                    yield from self._at(token, found)

    def _at(self, token: Token, found: Sequence[tuple[int, DateMention]]) -> Iterator[DateOrder]:
        noun, verb = self._annotated.child(token, "pobj"), self._annotated.tokens[token.head]
        if noun is None or verb.pos not in ("VERB", "AUX") or not self._is_that(noun):
            return
        own = self._reader.of_head(verb, token, found)
        if token.lower != "before":
            own = own or self._of_next(verb, token, found)
        if len(own) != 1:
            return
        dates = self._dates_of(noun)
        if not dates:
            yield self._reader.order(token, own[0], None, noun)
        elif len(dates) == 1 and dates[0].id != own[0].id:
            yield self._reader.order(token, own[0], dates[0], noun)

    def _is_that(self, noun: Token) -> bool:
        """Whether "the flood" means the one that the text tells of: nothing in the phrase says which."""
        kids = self._annotated.children(noun)
        return [kid.lower for kid in kids if kid.dep != "punct"] == ["the"] and noun.tag == "NN"

    def _of_next(self, verb: Token, token: Token, found: Sequence[tuple[int, DateMention]]) -> list[DateMention]:
        """ "Ordered after the flood and finished in May": the date of what was done next."""
        for head in (verb, *self._asides(verb)):
            for step in self._annotated.children(head):
                if step.dep == "conj" and step.i > token.i and self._is_next(step):
                    return self._reader.of_head(step, token, found)
        return []

    def _asides(self, verb: Token) -> list[Token]:
        """ "Ordered after the flood, the court was told, and finished in May": the parser may hang the rest on it."""
        above = self._annotated.tokens[verb.head]
        around = [above] if verb.dep == "ccomp" else []
        inside = [kid for kid in self._annotated.children(verb) if kid.dep in ("parataxis", "ccomp")]
        return [token for token in (*around, *inside) if token.lemma in _TOLD and token.i > verb.i]

    def _is_next(self, step: Token) -> bool:
        """Whether a verb is joined to another by "and" alone, about the same thing."""
        before = self._annotated.tokens[step.i - 1]
        own = self._annotated.child(step, "nsubj", "nsubjpass")
        return step.tag in ("VBN", "VBD") and before.lower in ("and", "then") and own is None

    def _dates_of(self, noun: Token) -> list[DateMention]:
        """The days that the text has for what a noun names, each once."""
        dates = [self._dates[event.date] for event in self._events if names_event(noun.lemma_lower, event)]
        return list({(date.earliest, date.latest): date for date in dates}.values())
