"""Figures: each quantity with the thing that it measures and the signs that would make it another quantity.

"The 740-metre tower", "the tower is 740 metres tall" and "a tower with a height of 740 metres" have one thing and one
attribute. Read off the parse; where it names nothing, the fields stay empty, and a rule has less to go by.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from audit.extract.annotate import Annotated, Token
from audit.extract.figure_words import ATTRIBUTES, HEDGES, LIGHT, OPEN_NOUNS, ORDINALS, PERIODS, SCOPES
from audit.records import Figure, Quantity, Statement

Form = Literal["counted", "attributive", "stated", ""]

_ATTRIBUTIVE = frozenset({"nummod", "quantmod", "compound", "nmod", "amod"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
_VERBS = frozenset({"VERB", "AUX"})
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_OTHER_CLAUSES = frozenset({"ccomp", "advcl", "relcl", "conj", "parataxis", "csubj", "acl", "dep"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "’s", "'s"})
_LONGEST = 24  # content words of a clause that are kept


def find_figures(annotated: Annotated, quantities: Sequence[Quantity], statements: Sequence[Statement]) -> list[Figure]:
    """The figures of a document, in order: one for each quantity that stands in a statement."""
    known = {quantity.id: quantity for quantity in quantities}
    reader = _Reader(annotated, quantities)
    found: list[Figure] = []
    for statement in statements:
        for id in statement.quantities:
            figure = reader.read(known[id], statement, len(found) + 1)
            if figure is not None:
                found.append(figure)
    return found


@dataclass(frozen=True, slots=True)
class _Thing:
    """What a number is tied to, and the word in between that says which of its measures it is."""

    noun: Token | None
    attribute: str = ""
    form: Form = "stated"


def _lemmas(tokens: Sequence[Token]) -> tuple[str, ...]:
    """The lemmas of nouns, verbs and adjectives, each once, without those that say nothing."""
    kept = (t for t in tokens if t.pos in _CONTENT and t.dep not in ("aux", "auxpass") and t.lemma[:1].isalpha())
    return tuple(dict.fromkeys(lemma for t in kept if (lemma := t.lemma.lower()) not in LIGHT and len(lemma) > 1))


class _Reader:
    def __init__(self, annotated: Annotated, quantities: Sequence[Quantity]) -> None:
        self._annotated = annotated
        document = annotated.document
        self._numbers = {
            token.i for quantity in quantities for token in annotated.between(*document.view_span(quantity))
        }

    def read(self, quantity: Quantity, statement: Statement, number: int) -> Figure | None:
        document = self._annotated.document
        tokens = self._annotated.between(*document.view_span(quantity))
        if not tokens:
            return None
        own = {token.i for token in tokens}
        anchor = next((t for t in tokens if t.head not in own or t.head == t.i), tokens[-1])
        thing = self._thing(anchor, quantity)
        verb = self._verb(anchor)
        clause = self._clause(anchor, verb)
        noun = thing.noun
        near = [token for token in clause if token.i not in self._numbers]
        return Figure(
            **{name: getattr(quantity, name) for name in ("path", "start", "end", "line", "column")},
            **{name: getattr(quantity, name) for name in ("end_line", "end_column", "text")},
            id=f"{document.key}.figure.{number}",
            block=quantity.block,
            quantity=quantity.id,
            statement=statement.id,
            thing=noun.lemma.lower() if noun is not None else "",
            form=thing.form if noun is not None else "",
            attribute=thing.attribute,
            limits=self._limits(noun) if noun is not None else (),
            per=quantity.per or self._per(tokens[-1]),
            lead=self._lead(tokens[0]),
            clause=_lemmas(near)[:_LONGEST],
            names=tuple(dict.fromkeys(t.lower for t in near if t.pos == "PROPN" and t.ent not in ("DATE", "TIME"))),
            scope=tuple(sorted(self._scope(tokens, clause, noun))),
            definite=self._is_definite(tokens[0], noun),
            negated=any(token.dep == "neg" for token in clause),
        )

    # --- What is measured ---

    def _thing(self, anchor: Token, quantity: Quantity) -> _Thing:
        head = self._annotated.tokens[anchor.head]
        if anchor.dep in _ATTRIBUTIVE and head.i != anchor.i and head.pos in _NOUNS:
            return replace(self._through(head), form="attributive") if quantity.unit else _Thing(head, form="counted")
        whole = self._whole(anchor)
        if (whole is not None and not quantity.unit) or (whole is not None and quantity.measure in ("share", "points")):
            return _Thing(whole, form="counted")
        if anchor.dep == "pobj":
            return self._behind_preposition(head, quantity)
        if anchor.dep in ("npadvmod", "nsubj", "nsubjpass") and head.pos in ("ADJ", "ADV"):
            return _Thing(self._subject(self._verb(head)), ATTRIBUTES.get(head.lemma.lower(), ""))
        if anchor.dep in ("dobj", "attr", "npadvmod", "acomp", "oprd") and head.pos in _VERBS:
            subject = self._subject(head)
            attribute = ATTRIBUTES.get(head.lemma.lower(), "")
            if attribute == "capacity" and quantity.unit:
                attribute = ""  # a fund holds $4 million
            if subject is not None and not attribute and self._is_linking(head):
                return self._through(subject)
            return _Thing(subject if quantity.unit or self._is_linking(head) else None, attribute)
        return _Thing(None)

    def _whole(self, anchor: Token) -> Token | None:
        """The noun behind "of": 30 percent of the residents."""
        of = next((kid for kid in self._annotated.children(anchor) if kid.lower == "of" and kid.i > anchor.i), None)
        noun = self._annotated.child(of, "pobj") if of is not None else None
        return noun if noun is not None and noun.pos in _NOUNS else None

    def _behind_preposition(self, preposition: Token, quantity: Quantity) -> _Thing:
        above = self._annotated.tokens[preposition.head]
        if above.pos in _NOUNS and preposition.lower in ("of", "at", "with", "for"):
            return self._through(above)
        if above.pos in _VERBS:
            subject = self._subject(above)
            return self._through(subject) if subject is not None else _Thing(None)
        return _Thing(None)

    def _through(self, noun: Token) -> _Thing:
        """A noun that names a measure ("a height of"), and what it is the measure of; any other noun is the thing."""
        attribute = ATTRIBUTES.get(noun.lemma.lower(), "")
        if not attribute and noun.lemma.lower() not in OPEN_NOUNS:
            return _Thing(noun)
        attribute = attribute or noun.lemma.lower()
        owner = self._whole(noun) or self._annotated.child(noun, "poss", "compound")
        if owner is not None and owner.pos in _NOUNS and owner.i not in self._numbers:
            return _Thing(owner, attribute)
        with_it = self._annotated.tokens[noun.head]
        if noun.dep == "pobj" and with_it.dep == "prep":
            above = self._annotated.tokens[with_it.head]
            if above.pos in _NOUNS:
                return _Thing(above, attribute)
        return _Thing(noun, attribute)

    @staticmethod
    def _is_linking(verb: Token) -> bool:
        return verb.lemma.lower() in ("be", "have", "stand", "reach", "measure", "number", "total", "hold", "contain")

    def _limits(self, noun: Token) -> tuple[str, ...]:
        """The words that narrow a noun down: adjectives, compounds, what stands behind "of", "in" and "with"."""
        words = []
        for token in self._annotated.children(noun):
            if token.dep in ("amod", "compound", "nmod", "poss"):
                words.extend(self._annotated.subtree(token))
            elif token.dep in ("acl", "relcl"):
                words.extend(self._annotated.subtree(token)[:8])
            elif token.dep == "prep" and token.lower in ("of", "in", "at", "with", "from", "for", "on"):
                words.extend(self._annotated.subtree(token)[:6])
        return _lemmas([t for t in words if t.i not in self._numbers and t.lower not in SCOPES])[:8]

    # --- The clause ---

    def _verb(self, token: Token) -> Token | None:
        for above in self._annotated.ancestors(token):
            if above.pos in _VERBS and above.dep not in ("aux", "auxpass", "amod"):
                return above
        return None

    def _subject(self, verb: Token | None) -> Token | None:
        """The noun that a verb says something of, through relative clauses, participles and joined verbs."""
        while verb is not None:
            own = self._annotated.child(verb, *_SUBJECTS)
            if own is not None and own.tag not in ("WP", "WDT"):
                return own if own.pos in _NOUNS else self._meant(own)
            above = self._annotated.tokens[verb.head]
            if verb.dep in ("relcl", "acl"):
                return above if above.pos in _NOUNS else None
            if verb.dep not in ("conj", "xcomp") or above.i == verb.i:
                return None
            verb = above
        return None

    def _meant(self, pronoun: Token) -> Token | None:
        """What "it" or "they" takes up: the subject of the sentence before in the same block."""
        if pronoun.lower not in ("it", "they", "this", "these", "that") or not pronoun.sent:
            return None
        before = self._annotated.tokens_of(self._annotated.sentences[pronoun.sent - 1])
        subject = next((t for t in before if t.dep in _SUBJECTS and t.pos in _NOUNS), None)
        return subject if subject is not None and subject.block == pronoun.block else None

    def _clause(self, anchor: Token, verb: Token | None) -> list[Token]:
        """The tokens of the figure's clause, with its subject; the whole sentence where it has no verb."""
        if verb is None:
            return self._annotated.tokens_of(self._annotated.sentences[anchor.sent])
        path = {anchor.i, *(above.i for above in self._annotated.ancestors(anchor))}
        subject = self._annotated.child(verb, *_SUBJECTS)
        found = set(self._own(verb, path, is_subject=subject is not None and subject.i in path))
        if subject is not None and (meant := self._meant(subject)) is not None:
            found.update(self._own(meant, path))
        if verb.dep in ("relcl", "acl"):
            above = self._annotated.tokens[verb.head]
            found.update(t for kid in self._annotated.children(above) if kid.dep not in _OTHER_CLAUSES
                         for t in self._annotated.subtree(kid))  # fmt: skip
            found.add(above)
        elif subject is None:
            noun = self._subject(verb)
            found.update(self._own(noun, path) if noun is not None else ())
        return sorted(found, key=lambda token: token.i)

    def _own(self, top: Token, path: set[int], is_subject: bool = False) -> Iterator[Token]:
        """A token with what depends on it, but for clauses of their own that do not hold the figure.

        What the figure's own people say or think belongs to it: 37 percent said they oppose it.
        """
        waiting = [top]
        while waiting:
            token = waiting.pop()
            yield token
            for kid in self._annotated.children(token):
                other = kid.dep in _OTHER_CLAUSES and (kid.pos in _VERBS or kid.dep in ("ccomp", "advcl", "relcl"))
                if kid.i in path or not other or (is_subject and token.i == top.i and kid.dep == "ccomp"):
                    waiting.append(kid)

    # --- Signs ---

    def _lead(self, first: Token) -> str:
        """The preposition in front of the number, hedges and articles left out."""
        for token in reversed(self._annotated.tokens[max(0, first.i - 5) : first.i]):
            if token.sent != first.sent:
                return ""
            if token.pos == "ADP" or token.lower in ("to", "by", "from"):
                if token.lower not in HEDGES:
                    return token.lower
            elif token.lower not in HEDGES and token.pos not in ("SYM", "DET"):
                return ""
        return ""

    def _per(self, last: Token) -> str:
        """ "900 litres of water per day", "12 trains a day": the noun of the rate, a few words behind the number."""
        behind = [t for t in self._annotated.tokens[last.i + 1 : last.i + 8] if t.sent == last.sent]
        for sign, noun in pairwise(behind):
            if sign.pos in ("VERB", "PUNCT", "CCONJ"):
                return ""
            if sign.lower == "per" or (sign.lower in ("a", "an", "each", "every") and noun.lemma.lower() in PERIODS):
                return noun.lemma.lower()
        return ""

    def _scope(self, tokens: Sequence[Token], clause: Sequence[Token], noun: Token | None) -> Iterator[str]:
        """Which kinds of signs stand in the clause or in the phrase itself."""
        own = {token.i for token in tokens}
        signs = [t for t in clause if t.i not in own and t.lower in SCOPES and t.pos != "PROPN" and t.dep != "prt"]
        found = {SCOPES[t.lower] for t in signs}
        last = self._annotated.tokens[tokens[-1].i + 1 : tokens[-1].i + 3]
        first = self._annotated.tokens[max(0, tokens[0].i - 3) : tokens[0].i]
        found.update(SCOPES[t.lower] for t in (*first, *last) if t.sent == tokens[0].sent and t.lower in SCOPES)
        found.update("more" for t in first[-1:] if t.lower in ("up", "down"))
        if noun is not None:
            beside = self._annotated.children(noun)
            found.update("ordinal" for token in beside if token.lower in ORDINALS)
            found.update(SCOPES[token.lower] for token in beside if token.lower in SCOPES)
        return iter(found)

    def _is_definite(self, first: Token, noun: Token | None) -> bool:
        before = self._annotated.tokens[max(0, first.i - 2) : first.i]
        if any(token.lower in _DEFINITE and token.sent == first.sent for token in before):
            return True
        kids = self._annotated.children(noun) if noun is not None else ()
        return any(kid.lower in _DEFINITE or kid.dep == "poss" for kid in kids)
