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
from audit.extract.figure_answers import asked_in, question_before
from audit.extract.figure_times import Compared, comparisons_in, home_of, is_former
from audit.extract.figure_words import ATTRIBUTES, HEDGES, LIGHT, OPEN_NOUNS, ORDINALS, PERIODS, SCOPES
from audit.records import DateMention, Figure, Quantity, Statement

Form = Literal["counted", "attributive", "stated", ""]

_ATTRIBUTIVE = frozenset({"nummod", "quantmod", "compound", "nmod", "amod"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
_VERBS = frozenset({"VERB", "AUX"})
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_OTHER_CLAUSES = frozenset({"ccomp", "advcl", "relcl", "conj", "parataxis", "csubj", "acl", "dep"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "’s", "'s"})
_LONGEST = 24  # content words of a clause that are kept


def find_figures(
    annotated: Annotated, quantities: Sequence[Quantity], dates: Sequence[DateMention], statements: Sequence[Statement]
) -> list[Figure]:
    """The figures of a document, in order: one for each quantity that stands in a statement."""
    known = {quantity.id: quantity for quantity in quantities}
    reader = _Reader(annotated, quantities, dates)
    seen: set[str] = set()
    found: list[Figure] = []
    for statement in statements:
        for id in statement.quantities:
            figure = reader.read(known[id], statement, len(found) + 1) if id not in seen else None
            seen.add(id)
            if figure is not None:
                found.append(figure)
    return found


@dataclass(frozen=True, slots=True)
class _Thing:
    """What a number is tied to, and the word in between that says which of its measures it is."""

    noun: Token | None
    attribute: str = ""
    form: Form = "stated"


def _is_sign(token: Token) -> bool:
    """Whether a word makes a number another one; the month of May and the "up" of "set up" do not."""
    if token.lower not in SCOPES or token.pos == "PROPN" or token.dep == "prt":
        return False
    return token.text != "May" or token.dep == "aux"


def _names(tokens: Sequence[Token]) -> tuple[str, ...]:
    """The words of proper names, lower case, each once."""
    return tuple(dict.fromkeys(t.lower for t in tokens if t.pos == "PROPN" and t.ent not in ("DATE", "TIME")))


def _lemmas(tokens: Sequence[Token]) -> tuple[str, ...]:
    """The lemmas of nouns, verbs and adjectives, each once, without those that say nothing."""
    kept = (t for t in tokens if t.pos in _CONTENT and t.dep not in ("aux", "auxpass") and t.lemma[:1].isalpha())
    return tuple(dict.fromkeys(lemma for t in kept if (lemma := t.lemma_lower) not in LIGHT and len(lemma) > 1))


class _Reader:
    def __init__(self, annotated: Annotated, quantities: Sequence[Quantity], dates: Sequence[DateMention]) -> None:
        self._annotated = annotated
        self._quantities = {quantity.id: quantity for quantity in quantities}
        self._dates = {date.id: date for date in dates}
        document = annotated.document
        self._numbers = {
            token.i for quantity in quantities for token in annotated.between(*document.view_span(quantity))
        }
        self._compared: dict[int, list[Compared]] = {}
        self._last: list[Figure] = []  # of the sentence that is being read
        self._before: list[Figure] = []  # of the last sentence with figures

    def read(self, quantity: Quantity, statement: Statement, number: int) -> Figure | None:
        """The figure of a quantity; None where no token stands there."""
        tokens = self._annotated.between(*self._annotated.document.view_span(quantity))
        if not tokens:
            return None
        if self._last and self._last[-1].statement != statement.id:
            self._last, self._before = [], self._last
        figure = self._bare(quantity, statement, tokens, f"{self._annotated.document.key}.figure.{number}")
        for look in (self._with_whole, self._with_neighbour, self._with_question):
            figure = look(figure, quantity, tokens)
        self._last.append(figure)
        return figure

    def _bare(self, quantity: Quantity, statement: Statement, tokens: Sequence[Token], id: str) -> Figure:
        """What its own clause says of a quantity."""
        own = {token.i for token in tokens}
        anchor = next((t for t in tokens if t.head not in own or t.head == t.i), tokens[-1])
        thing = self._thing(anchor, quantity)
        verb = self._verb(anchor)
        clause = self._clause(anchor, verb)
        noun = thing.noun
        phrases = self._comparisons(tokens[0].sent)
        home = home_of(tokens, phrases)
        clause = [t for t in clause if home_of((t,), phrases) in (None, home)]
        near = [token for token in clause if token.i not in self._numbers]
        return Figure(
            **{name: getattr(quantity, name) for name in ("path", "start", "end", "line", "column")},
            **{name: getattr(quantity, name) for name in ("end_line", "end_column", "text")},
            id=id,
            block=quantity.block,
            quantity=quantity.id,
            statement=statement.id,
            thing=noun.lemma_lower if noun is not None else "",
            form=thing.form if noun is not None else "",
            attribute=thing.attribute,
            limits=self._limits(noun) if noun is not None else (),
            per=quantity.per or self._per(tokens[-1]),
            lead=self._lead(tokens[0]),
            clause=_lemmas(near)[:_LONGEST],
            names=_names(near),
            scope=tuple(sorted(self._scope(quantity, tokens, clause, noun))),
            definite=self._is_definite(tokens[0], noun),
            negated=any(token.dep == "neg" for token in clause),
            dates=tuple(self._dates_of(quantity, statement, tokens)),
        )

    # --- What a number without a noun of its own measures ---

    def _with_whole(self, figure: Figure, quantity: Quantity, tokens: Sequence[Token]) -> Figure:
        """ "Of the 240 pupils, 60 walk to school"; "There were 300 vases. Ninety of them were damaged." """
        if figure.thing or quantity.measure not in ("count", "share") or quantity.form == "multiple":
            return figure
        if quantity.base:
            limits = tuple(word for word in quantity.base_words if word != quantity.base)
            return figure.model_copy(update={"thing": quantity.base, "form": "counted", "limits": limits})
        behind = [token.lower for token in self._annotated.tokens[tokens[-1].i + 1 : tokens[-1].i + 3]]
        before = [one for one in self._before if one.form == "counted" and one.block == figure.block]
        if len(behind) == 2 and behind[0] == "of" and behind[1] in ("them", "these", "those"):
            whole = next((one for one in reversed((*before, *self._last)) if one.form == "counted"), None)
            if whole is None:
                return figure
            return figure.model_copy(update={name: getattr(whole, name) for name in ("thing", "form", "limits")})
        whole = before[-1] if before else None
        bare = not quantity.unit and quantity.form == "number" and behind[:1] != ["of"]
        if whole is None or not bare or not self._goes_on(quantity, whole):
            return figure
        return figure.model_copy(
            update={
                **{name: getattr(whole, name) for name in ("thing", "form", "limits")},
                "per": figure.per or whole.per,
                "clause": tuple(dict.fromkeys((*figure.clause, whole.thing)))[:_LONGEST],
            }
        )

    def _goes_on(self, quantity: Quantity, whole: Figure) -> bool:
        """Whether a sentence says the same of its number: "In May it carried 900 cars. In June it carried 1,200." """
        verb = quantity.verb
        return bool(verb) and verb != "be" and verb == self._quantities[whole.quantity].verb

    def _with_neighbour(self, figure: Figure, quantity: Quantity, tokens: Sequence[Token]) -> Figure:
        """ "640 readers, up from 410": what is set against a figure of the sentence measures the same."""
        home = home_of(tokens, self._comparisons(tokens[0].sent))
        named = figure.form == "counted" and figure.thing not in PERIODS
        if home is None or named or quantity.measure == "duration":
            return figure
        between = self._annotated.tokens[home.first + 1 : tokens[0].i]  # "compared with women's 40": of women
        other = next((one for one in reversed(self._last) if one.thing and one.thing not in PERIODS), None)
        if other is None or any(token.pos in _NOUNS for token in between):
            return figure.model_copy(update={"thing": "", "form": "", "limits": ()})
        taken = {name: getattr(other, name) for name in ("thing", "form", "attribute", "limits", "clause", "names")}
        return figure.model_copy(update={**taken, "per": figure.per or other.per})

    def _with_question(self, figure: Figure, quantity: Quantity, tokens: Sequence[Token]) -> Figure:
        """ "How many beds will it have?" "Forty-eight.": an answer measures what is asked for."""
        if figure.thing and quantity.verb:
            return figure
        question = question_before(self._annotated, self._annotated.sentences[tokens[0].sent])
        asked = asked_in(self._annotated, question) if question is not None else None
        if asked is None or not asked.is_answered_by(quantity) or figure.thing not in ("", asked.noun.lemma_lower):
            return figure
        clause = self._clause(asked.noun, self._verb(asked.noun))
        words = [token for token in clause if token.i not in self._numbers]
        scope = {SCOPES[t.lower] for t in clause if _is_sign(t)}
        return figure.model_copy(
            update={
                "thing": asked.noun.lemma_lower,
                "form": "stated" if asked.attribute else "counted",
                "attribute": asked.attribute,
                "limits": tuple(word for word in self._limits(asked.noun) if word not in ("many", "much")),
                "clause": tuple(dict.fromkeys((*figure.clause, *_lemmas(words))))[:_LONGEST],
                "names": tuple(dict.fromkeys((*figure.names, *_names(words)))),
                "scope": tuple(sorted({*figure.scope, *scope})),
                "dates": figure.dates or tuple(self._dates_in(words)),
            }
        )

    def _dates_in(self, tokens: Sequence[Token]) -> Iterator[str]:
        """Ids of the dates that begin at one of some tokens."""
        starts = {token.start for token in tokens}
        span = self._annotated.document.view_span
        return (date.id for date in self._dates.values() if span(date)[0] in starts)

    def _dates_of(self, quantity: Quantity, statement: Statement, tokens: Sequence[Token]) -> Iterator[str]:
        """The dates of a figure: of the phrase that sets it against another, or else those outside of such phrases."""
        phrases = self._comparisons(tokens[0].sent)
        home = home_of(tokens, phrases)
        dates = [self._dates[id] for id in statement.dates]
        places = {id: self._annotated.between(*self._annotated.document.view_span(self._dates[id]))
                  for id in statement.dates}  # fmt: skip
        dates = [date for date in dates if home_of(places[date.id], phrases) is home]
        own = [date for date in dates if date.text.lower() in quantity.time]
        return (date.id for date in own or dates)

    def _comparisons(self, sent: int) -> list[Compared]:
        """The phrases of a sentence that set a figure against another."""
        if sent not in self._compared:
            sentence = self._annotated.sentences[sent]
            self._compared[sent] = comparisons_in(self._annotated, sentence, self._numbers)
        return self._compared[sent]

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
            return _Thing(self._subject(self._verb(head)), ATTRIBUTES.get(head.lemma_lower, ""))
        if anchor.dep in ("dobj", "attr", "npadvmod", "acomp", "oprd") and head.pos in _VERBS:
            subject = self._subject(head)
            attribute = ATTRIBUTES.get(head.lemma_lower, "")
            if attribute == "capacity" and quantity.unit:
                attribute = ""  # a fund holds $4 million
            if subject is not None and not attribute and self._is_linking(head):
                return self._through(subject)
            changes = quantity.role != "none"  # "membership rose 40"
            return _Thing(subject if quantity.unit or changes or self._is_linking(head) else None, attribute)
        return _Thing(None)

    def _whole(self, anchor: Token) -> Token | None:
        """The noun behind "of": 30 percent of the residents."""
        of = next((kid for kid in self._annotated.children(anchor) if kid.lower == "of" and kid.i > anchor.i), None)
        noun = self._annotated.child(of, "pobj") if of is not None else None
        return noun if noun is not None and noun.pos in _NOUNS else None

    def _behind_preposition(self, preposition: Token, quantity: Quantity) -> _Thing:
        above = self._annotated.tokens[preposition.head]
        if above.pos in _NOUNS and preposition.lower == "of" and quantity.role == "by":
            return self._changed(above)
        if above.pos in _NOUNS and preposition.lower in ("of", "at", "with", "for"):
            return self._through(above)
        if above.pos in _VERBS:
            subject = self._subject(above)
            return self._through(subject) if subject is not None else _Thing(None)
        return _Thing(None)

    def _changed(self, change: Token) -> _Thing:
        """What a noun of change tells of: a rise of 40 in the number of berths; berths are at 640, a rise of 40."""
        inside = next((kid for kid in self._annotated.children(change) if kid.lower == "in"), None)
        noun = self._annotated.child(inside, "pobj") if inside is not None else None
        if noun is None or noun.pos not in _NOUNS or noun.lemma_lower in PERIODS:
            noun = self._subject(self._verb(change))
        return self._through(noun) if noun is not None and noun.i != change.i else _Thing(change)

    def _through(self, noun: Token) -> _Thing:
        """A noun that names a measure ("a height of"), and what it is the measure of; any other noun is the thing."""
        attribute = ATTRIBUTES.get(noun.lemma_lower, "")
        if not attribute and noun.lemma_lower not in OPEN_NOUNS:
            return _Thing(noun)
        attribute = attribute or noun.lemma_lower
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
        return verb.lemma_lower in ("be", "have", "stand", "reach", "measure", "number", "total", "hold", "contain")

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
        """The preposition in front of the number, hedges and articles left out; "of", too, before an owner."""
        owner = self._owner(first)
        if owner and self._annotated.tokens[owner - 1].lower == "of":
            return "of"  # "of the city's 140 workers"
        for token in reversed(self._annotated.tokens[max(0, first.i - 5) : first.i]):
            if token.sent != first.sent:
                return ""
            if token.pos == "ADP" or token.lower in ("to", "by", "from"):
                if token.lower not in HEDGES:
                    return "" if token.dep == "agent" else token.lower
            elif token.lower not in HEDGES and token.pos not in ("SYM", "DET"):
                return ""
        return ""

    def _owner(self, first: Token) -> int:
        """Where the owner of what is counted begins: "the city's", "their"; 0 where no owner stands before a number."""
        before = self._annotated.tokens[first.i - 1] if first.i else first
        if before.tag == "PRP$":
            return before.i
        if before.tag != "POS":
            return 0
        return min(token.i for token in self._annotated.subtree(self._annotated.tokens[before.head]))

    def _per(self, last: Token) -> str:
        """ "900 litres of water per day", "12 trains a day": the noun of the rate, a few words behind the number."""
        behind = [t for t in self._annotated.tokens[last.i + 1 : last.i + 8] if t.sent == last.sent]
        for sign, noun in pairwise(behind):
            if sign.pos in ("VERB", "PUNCT", "CCONJ"):
                return ""
            if sign.lower == "per" or (sign.lower in ("a", "an", "each", "every") and noun.lemma_lower in PERIODS):
                return noun.lemma_lower
        return ""

    def _scope(
        self, quantity: Quantity, tokens: Sequence[Token], clause: Sequence[Token], noun: Token | None
    ) -> Iterator[str]:
        """Which kinds of signs stand in the clause or in the phrase itself; its hedge ("more than") is no sign."""
        own = {token.i for token in tokens} | (self._hedge(quantity, tokens) if "than" in quantity.hedge else set())
        signs = [t for t in clause if t.i not in own and _is_sign(t)]
        last = self._annotated.tokens[tokens[-1].i + 1 : tokens[-1].i + 3]
        first = self._annotated.tokens[max(0, tokens[0].i - 3) : tokens[0].i]
        signs += [t for t in (*first, *last) if t.i not in own and t.sent == tokens[0].sent and _is_sign(t)]
        found = {SCOPES[t.lower] for t in signs} - {"former"}
        phrases = self._comparisons(tokens[0].sent)
        compared = [t for phrase in phrases for t in self._annotated.tokens[phrase.first : phrase.last]]
        around = {t.i: t for t in (*clause, *compared, *first, *tokens, *last) if t.sent == tokens[0].sent}
        if is_former([around[i] for i in sorted(around)], tokens, phrases):
            found.add("former")
        found.update("more" for t in first[-1:] if t.lower in ("up", "down"))
        if noun is not None:
            beside = self._annotated.children(noun)
            counted = tokens[-1].head == noun.i  # 40 new boats are not all boats; the new pier is the pier
            found.update("ordinal" for t in beside if t.lower in ORDINALS and (counted or t.lower != "new"))
            found.update(SCOPES[token.lower] for token in beside if token.lower in SCOPES)
        return iter(found)

    def _hedge(self, quantity: Quantity, tokens: Sequence[Token]) -> set[int]:
        """The tokens of the hedge that stands in front of a number or behind it."""
        words = quantity.hedge.split()
        first, last = tokens[0].i, tokens[-1].i
        near = (*range(max(0, first - len(words) - 1), first), *range(last + 1, last + 1 + len(words)))
        return {i for i in near if i < len(self._annotated.tokens) and self._annotated.tokens[i].lower in words}

    def _is_definite(self, first: Token, noun: Token | None) -> bool:
        before = self._annotated.tokens[max(0, first.i - 2) : first.i]
        if any(token.lower in _DEFINITE and token.sent == first.sent for token in before):
            return True
        kids = self._annotated.children(noun) if noun is not None else ()
        return any(kid.lower in _DEFINITE or kid.dep == "poss" for kid in kids)
