"""Clauses: each sentence cut into its finite clauses, with the verbs of thinking and saying peeled off them.

"I do not think that taxes must rise" is one clause about taxes under one layer, "think". What joins, what is granted
("while ...") and what is supposed ("if ...") become clauses of their own, marked as such.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import attrgetter
from typing import Literal

from audit.extract.annotate import Annotated, Sentence, Token
from audit.extract.lexicon import stance

Status = Literal["main", "granted", "supposed"]

_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl"})
_PREDICATIVE = frozenset({"acomp", "attr", "oprd"})
_CHAIN = _PREDICATIVE | {"xcomp", "dobj", "ccomp"}
_MARKING_OWN = _SUBJECTS | {"aux", "auxpass"}  # what makes a verb the head of a clause of its own
_JOINED = frozenset({"ccomp", "parataxis", "relcl", "conj", "advcl"})  # clauses that hang on another
_STRAY = frozenset({"pcomp", "appos", "dep", "pobj"})
_DEPENDENT = frozenset({"advcl", "relcl"})
_INVERTING = frozenset({"should", "had", "were"})
_PROVIDING = frozenset({"provided", "providing", "assuming"})
_index = attrgetter("i")
_DEEPEST = 4  # layers that are peeled off; more do not occur in prose that anybody prints


@dataclass
class Clause:
    """One clause: its head, the layers around it from the outermost in, and its own tokens in order."""

    head: Token
    layers: tuple[Token, ...]
    status: Status = "main"
    tokens: list[Token] = field(default_factory=list)
    lemmas: set[str] = field(default_factory=set)  # of its tokens, in small letters
    forms: set[str] = field(default_factory=set)  # the tokens themselves, in small letters
    adjuncts: list[Token] = field(default_factory=list)  # clauses that depend on it and say when, why or which
    condition: list[Token] = field(default_factory=list)
    concession: list[Token] = field(default_factory=list)
    antecedent: Token | None = None  # what "who" stands for in a relative clause
    chain: list[Token] = field(default_factory=list)  # the predicate with its complements: "seems" + "unlikely"
    raw_attitude: Literal["for", "against", "none"] | None = (
        None  # the side that its words take, once `stance` has asked
    )

    @property
    def outermost(self) -> Token:
        """The head of everything: the first layer, or the clause's own head."""
        return self.layers[0] if self.layers else self.head


def clauses_of(annotated: Annotated, sentence: Sentence) -> list[Clause]:
    """The clauses of a sentence in order of their heads."""
    return _Cutter(annotated, sentence).cut()


def subject_of(annotated: Annotated, clause: Clause) -> Token | None:
    """The grammatical subject of a clause; that of the clause it is joined to where it has none of its own."""
    own = annotated.child(clause.head, *_SUBJECTS)
    if own is not None and own.lower in ("who", "which", "that") and clause.antecedent is not None:
        return clause.antecedent
    if own is None and clause.head.dep == "conj":
        return annotated.child(annotated.tokens[clause.head.head], *_SUBJECTS)
    return own


def is_clause(annotated: Annotated, token: Token) -> bool:
    """Whether a token heads a finite clause, or one with a subject or an auxiliary of its own."""
    if token.pos not in ("VERB", "AUX") and token.lemma_lower not in stance("mental verb"):
        return False
    if token.tag in _FINITE or token.lemma_lower == "let":
        return True
    return not _MARKING_OWN.isdisjoint([kid.dep for kid in annotated.children(token)])


class _Cutter:
    """Cuts one sentence. What relations it has at all is looked up once: most sentences need no look at most rules."""

    def __init__(self, annotated: Annotated, sentence: Sentence) -> None:
        self._annotated = annotated
        self._tokens = annotated.tokens_of(sentence)
        self._deps = {token.dep for token in self._tokens}
        self._found: list[Clause] = []

    def cut(self) -> list[Clause]:
        """The clauses, each with its tokens, in order of their heads."""
        roots = [token for token in self._tokens if token.head == token.i or token.dep == "ROOT"]
        for root in roots:
            aside = _aside(self._annotated, root) if "parataxis" in self._deps else None
            self._collect(root, () if aside is None else (aside,), "main")
        if not self._deps.isdisjoint(_STRAY):
            self._collect_strays()
        found = self._found
        borders = {clause.outermost.i for clause in found} | {clause.head.i for clause in found}
        undivided = len(roots) == 1 and borders == {roots[0].i}
        for clause in found:
            own = self._tokens if undivided else _own_tokens(self._annotated, clause.head, borders)
            self._fill(clause, own)
        if len(found) > 1:
            found.sort(key=lambda clause: clause.head.i)
        return found

    def _collect(self, head: Token, layers: tuple[Token, ...], status: Status) -> None:
        """Peel verbs of thinking and saying off a clause, then take the clauses that hang on it one by one."""
        annotated = self._annotated
        inner = _complement(annotated, head) if len(layers) < _DEEPEST else None
        if inner is not None:
            self._collect(inner, (*layers, head), status)
        else:
            self._found.append(Clause(head, layers, status, chain=_chain(annotated, head)))
        for kid in annotated.children(head):
            if kid.dep in _JOINED and kid not in layers:
                self._collect_joined(kid, head, inner, layers, status)
        if "relcl" in self._deps:
            self._collect_relatives(head)

    def _collect_joined(
        self, kid: Token, head: Token, inner: Token | None, layers: tuple[Token, ...], status: Status
    ) -> None:
        annotated, dep = self._annotated, kid.dep
        if dep in ("ccomp", "parataxis") and _is_inverted_condition(annotated, kid):
            self._collect(kid, (), "supposed")
        elif dep == "relcl":
            # "The way it stands, we are against it" has no verb of its own
            if head.dep == "ROOT" and head.pos in ("NOUN", "PRON") and is_clause(annotated, kid):
                self._collect(kid, (), status)
        elif dep == "advcl":
            self._collect_adverbial(kid, layers)
        elif kid is not inner and is_clause(annotated, kid) and (dep == "conj" or not _small(annotated, kid)):
            # "X, she said, Y" and "A; B" hang the first clause under the second
            self._collect(kid, _layers_of(head, kid, layers), status)

    def _collect_adverbial(self, head: Token, layers: tuple[Token, ...]) -> None:
        mark = _mark_of(self._annotated, head)
        if mark in stance("condition mark") or _is_inverted_condition(self._annotated, head):
            self._collect(head, (), "supposed")
        elif mark in stance("concession mark"):
            self._collect(head, layers, "granted")

    def _collect_relatives(self, head: Token) -> None:
        """Relative clauses about somebody, wherever in the clause they are named: "Vega, who supports the tax, ..." """
        annotated, found = self._annotated, self._found
        for token in annotated.subtree(head):
            if token.dep != "relcl" or token.i == head.i or not is_clause(annotated, token):
                continue
            noun = annotated.tokens[token.head]
            if any(clause.head.i == token.i for clause in found):
                continue
            if any(kid.lower == "who" and kid.dep in _SUBJECTS for kid in annotated.children(token)):
                before = len(found)
                self._collect(token, (), "main")
                for clause in found[before:]:
                    clause.antecedent = noun

    def _collect_strays(self) -> None:
        """Finite clauses that the parse has hung under a preposition or an apposition, where no clause belongs."""
        known = {token.i for clause in self._found for token in (clause.head, *clause.layers)}
        for token in self._tokens:
            if token.dep not in _STRAY or token.tag not in _FINITE or token.i in known:
                continue
            kids = self._annotated.children(token)
            introduced = any(kid.dep == "mark" or kid.tag in ("WP", "WDT", "WRB") for kid in kids)
            if not introduced and any(kid.dep in _SUBJECTS for kid in kids):
                self._collect(token, (), "main")

    def _fill(self, clause: Clause, own: list[Token]) -> None:
        """Give a clause its tokens: its own, those of its adjuncts, and its condition and concession apart."""
        apart = set() if self._deps.isdisjoint(_DEPENDENT) else _set_apart(self._annotated, clause, own)
        if "advcl" in self._deps:
            _add_conditions(self._annotated, clause)
        tokens = [token for token in own if token.i not in apart] if apart else own
        clause.tokens = tokens
        clause.lemmas = {token.lemma_lower for token in tokens}
        clause.forms = {token.lower for token in tokens}


def _aside(annotated: Annotated, root: Token) -> Token | None:
    """ "..., she said, ...": a verb of saying set into the clause that it reports."""
    for kid in annotated.children(root):
        if kid.dep == "parataxis" and kid.lemma_lower in stance("mental verb"):
            kids = annotated.children(kid)
            if any(one.dep in _SUBJECTS for one in kids) and not any(one.dep in ("ccomp", "dobj") for one in kids):
                return kid
    return None


def _layers_of(head: Token, kid: Token, layers: tuple[Token, ...]) -> tuple[Token, ...]:
    """The layers over a clause that hangs on a head: those of its sister, or the verb that says it behind it."""
    if kid.dep == "conj":
        return layers
    said = kid.i < head.i and kid.dep == "ccomp" and head.lemma_lower in stance("mental verb")
    return (head,) if said else ()


def _complement(annotated: Annotated, head: Token) -> Token | None:
    """The clause under a verb of thinking or saying, or under "let us".

    "A full reset, she believes, will fail" has its statement in front of the verb; that is no complement here.
    """
    if head.lemma_lower not in stance("mental verb") and head.lemma_lower != "let":
        return None
    for kid in annotated.children(head):
        if kid.dep in ("ccomp", "xcomp") and kid.i > head.i and is_clause(annotated, kid):
            return kid
    return None


def _small(annotated: Annotated, kid: Token) -> bool:
    """An infinitive or participle without a subject: part of the clause that it hangs on."""
    if kid.lemma_lower == "let":
        return False
    return kid.tag in ("VB", "VBG") and annotated.child(kid, *_SUBJECTS) is None and annotated.child(kid, "aux") is None


def _mark_of(annotated: Annotated, head: Token) -> str:
    """The word in front that joins a clause to the one above it, or ""."""
    before: Token | None = None
    for kid in annotated.children(head):
        if kid.i > head.i:
            break
        if kid.dep == "mark":
            before = kid
            break
        if kid.dep == "advmod" and before is None:
            before = kid
    if head.lower in _PROVIDING and head.tag in ("VBN", "VBG"):
        return before.lower if before is not None and before.lower in _PROVIDING else head.lower
    return before.lower if before is not None else ""


def _is_inverted_condition(annotated: Annotated, head: Token) -> bool:
    """ "Should the orchestras merge, ...": an auxiliary in front of its subject, no question mark behind."""
    kids = annotated.children(head)
    if _INVERTING.isdisjoint([kid.lower for kid in kids]):
        return False
    auxiliary = next((kid for kid in kids if kid.dep == "aux" and kid.lower in _INVERTING), None)
    if auxiliary is None:
        return False
    subject = annotated.child(head, *_SUBJECTS)
    if subject is None or not auxiliary.i < subject.i < head.i:
        return False
    return annotated.tokens[annotated.sentences[head.sent].last - 1].text != "?"


def _chain(annotated: Annotated, head: Token) -> list[Token]:
    """The predicate with its complements, one after the other: "seems" + "unlikely", "is" + "able" + "to offer"."""
    chain, at = [head], head
    while len(chain) <= _DEEPEST:
        step = _step_behind(annotated, at)
        if step is None or (step.dep == "ccomp" and step.pos not in ("ADJ", "NOUN", "VERB")):
            break
        chain.append(step)
        at = step
    return chain


def _step_behind(annotated: Annotated, at: Token) -> Token | None:
    for kid in annotated.children(at):
        if kid.dep in _CHAIN and kid.i > at.i:
            return kid
    return None


def _set_apart(annotated: Annotated, clause: Clause, own: Sequence[Token]) -> set[int]:
    """Put the dependent clauses among a clause's tokens with its conditions and adjuncts; indices of their tokens."""
    apart: set[int] = set()
    within: set[int] = set()
    for token in own:
        if token.dep in _DEPENDENT and token.i != clause.head.i and not _is_purpose(annotated, token):
            within = within or {token.i for token in own}
            part = annotated.subtree(token)
            kind = clause.condition if _is_conditional(annotated, token, part) else clause.adjuncts
            kind.extend(kid for kid in part if kid.i not in apart)
            apart.update(kid.i for kid in part if kid.i in within)
    return apart


def _is_purpose(annotated: Annotated, head: Token) -> bool:
    """ "wants no more money to go into walls": an infinitive that says what is wanted, and no clause beside it."""
    return head.dep == "relcl" and head.tag == "VB" and any(kid.lower == "to" for kid in annotated.children(head))


def _is_phrase(part: Sequence[Token]) -> bool:
    """ "if I'm honest", "if you like": words that set no condition."""
    if part[0].lower not in _condition_firsts():
        return False
    return _text(part).replace("’", "'").startswith(_condition_phrases())


@cache
def _condition_phrases() -> tuple[str, ...]:
    return tuple(stance("condition phrase"))


@cache
def _condition_firsts() -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in _condition_phrases())


def _is_conditional(annotated: Annotated, head: Token, part: Sequence[Token]) -> bool:
    """Whether a dependent clause, whose words are `part`, states a condition."""
    mark = _mark_of(annotated, head)
    if mark in stance("condition mark"):
        return not _is_phrase(part)
    if mark == "as":
        return "long as" in _text(part) and not _is_phrase(part)
    if mark != "when" or _is_phrase(part):
        return False
    # "when there is a nurse" and "only when ..." state a condition; "when he was a boy" and "when we know" a time
    only = part[0].i > 0 and annotated.tokens[part[0].i - 1].lower == "only"
    return only or any(token.dep == "expl" for token in part)


def _text(part: Sequence[Token]) -> str:
    return " ".join([token.lower for token in part])


def _add_conditions(annotated: Annotated, clause: Clause) -> None:
    """Conditions and concessions that are clauses of their own, hung on this one."""
    for kid in annotated.children(clause.head):
        if kid.dep != "advcl":
            continue
        part = annotated.subtree(kid)
        mark = _mark_of(annotated, kid) if not _is_phrase(part) else ""
        if mark in stance("condition mark") or _is_inverted_condition(annotated, kid):
            clause.condition = clause.condition or part
        elif mark in stance("concession mark"):
            clause.concession = clause.concession or part


def _own_tokens(annotated: Annotated, head: Token, borders: set[int]) -> list[Token]:
    """A token and all that depends on it, up to the heads of other clauses, in order of the text."""
    children = annotated.children
    found = [head]
    for one in found:  # the list grows while it is walked
        found.extend([kid for kid in children(one) if kid.i not in borders])
    found.sort(key=_index)
    return found
