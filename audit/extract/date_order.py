"""Which of two dates comes first by what the sentence says: "after", "before", "led to", "prompted"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from audit.extract.annotate import Annotated, Token
from audit.extract.mentions import Quoted
from audit.records import DateMention, DateOrder

_CAUSES = frozenset({"prompt", "cause", "trigger", "inspire", "spark", "precipitate", "precede"})
_WITH_TO = frozenset({"lead", "contribute", "give"})
_JOINTS = frozenset({"after", "before", "following"})


def find_orders(annotated: Annotated, dates: Sequence[DateMention]) -> list[DateOrder]:
    """The orders that a document states between two of its dates, in order of the text."""
    return [
        order.model_copy(update={"id": f"{annotated.document.key}.order.{number}"})
        for number, order in enumerate(_Reader(annotated, dates).read(), start=1)
    ]


class _Reader:
    def __init__(self, annotated: Annotated, dates: Sequence[DateMention]) -> None:
        self._annotated = annotated
        self._quoted = Quoted(annotated)
        self._by_sentence: dict[int, list[tuple[int, DateMention]]] = defaultdict(list)
        for date in dates:
            start, end = annotated.document.view_span(date)
            for token in annotated.between(start, end)[:1]:
                if date.precision != "time" and date.earliest:
                    self._by_sentence[token.sent].append((token.i, date))

    def read(self) -> Iterator[DateOrder]:
        for number, found in sorted(self._by_sentence.items()):
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
                yield self._order(token, *pair)
        elif token.pos == "VERB" and (token.lemma in _CAUSES or (token.lemma in _WITH_TO and self._to(token))):
            effects = self._in(self._effect(token), found)
            causes = self._causes(token, found)
            if len(effects) == 1 and len(causes) == 1 and effects[0].id != causes[0].id:
                yield self._order(token, causes[0], effects[0])

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

    def _order(self, token: Token, earlier: DateMention, later: DateMention) -> DateOrder:
        return DateOrder(
            **self._annotated.place(token, token).model_dump(),
            id="",
            block=token.block,
            earlier=earlier.id,
            later=later.id,
            marker=token.lemma.lower(),
            quoted=self._quoted.span_at(token) is not None,
            sentence=self._annotated.sentence_place(self._annotated.sentences[token.sent]),
        )
