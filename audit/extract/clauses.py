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
_DEEPEST = 4  # layers that are peeled off; more do not occur in prose that anybody prints


@dataclass
class Clause:
    """One clause: its head, the layers around it from the outermost in, and its own tokens in order."""

    head: Token
    layers: tuple[Token, ...]
    status: Status = "main"
    tokens: list[Token] = field(default_factory=list)
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
    tokens = annotated.tokens_of(sentence)
    found: list[Clause] = []
    for root in (token for token in tokens if token.head == token.i or token.dep == "ROOT"):
        aside = _aside(annotated, root)
        _collect(annotated, root, () if aside is None else (aside,), "main", found)
    _collect_strays(annotated, tokens, found)
    borders = {clause.outermost.i for clause in found} | {clause.head.i for clause in found}
    for clause in found:
        _fill(annotated, clause, borders)
    return sorted(found, key=lambda clause: clause.head.i)


def _aside(annotated: Annotated, root: Token) -> Token | None:
    """ "..., she said, ...": a verb of saying set into the clause that it reports."""
    for kid in annotated.children(root):
        if kid.dep == "parataxis" and kid.lemma_lower in stance("mental verb"):
            kids = annotated.children(kid)
            if any(one.dep in _SUBJECTS for one in kids) and not any(one.dep in ("ccomp", "dobj") for one in kids):
                return kid
    return None


def _collect_strays(annotated: Annotated, tokens: Sequence[Token], found: list[Clause]) -> None:
    """Finite clauses that the parse has hung under a preposition or an apposition, where no clause belongs."""
    known = {token.i for clause in found for token in (clause.head, *clause.layers)}
    for token in tokens:
        if token.dep not in ("pcomp", "appos", "dep", "pobj") or token.tag not in _FINITE or token.i in known:
            continue
        kids = annotated.children(token)
        introduced = any(kid.dep == "mark" or kid.tag in ("WP", "WDT", "WRB") for kid in kids)
        if not introduced and any(kid.dep in _SUBJECTS for kid in kids):
            _collect(annotated, token, (), "main", found)


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
    return any(kid.dep in _SUBJECTS or kid.dep in ("aux", "auxpass") for kid in annotated.children(token))


def _collect(annotated: Annotated, head: Token, layers: tuple[Token, ...], status: Status, found: list[Clause]) -> None:
    """Peel verbs of thinking and saying off a clause, then take the clauses that hang on it one by one."""
    inner = _complement(annotated, head) if len(layers) < _DEEPEST else None
    if inner is not None:
        _collect(annotated, inner, (*layers, head), status, found)
    else:
        found.append(Clause(head, layers, status, chain=_chain(annotated, head)))
    for kid in annotated.children(head):
        if kid in layers:
            continue
        if kid.dep in ("ccomp", "parataxis") and _is_inverted_condition(annotated, kid):
            _collect(annotated, kid, (), "supposed", found)
        elif kid.dep == "relcl" and head.dep == "ROOT" and head.pos in ("NOUN", "PRON") and is_clause(annotated, kid):
            _collect(annotated, kid, (), status, found)  # "The way it stands, we are against it" has no verb of its own
        elif kid != inner and kid.dep in ("conj", "ccomp", "parataxis") and is_clause(annotated, kid):
            # "X, she said, Y" and "A; B" hang the first clause under the second
            if kid.dep == "conj" or not _small(annotated, kid):
                _collect(annotated, kid, _layers_of(head, kid, layers), status, found)
        elif kid.dep == "advcl":
            _collect_adverbial(annotated, kid, layers, found)
    _collect_relatives(annotated, head, found)


def _layers_of(head: Token, kid: Token, layers: tuple[Token, ...]) -> tuple[Token, ...]:
    """The layers over a clause that hangs on a head: those of its sister, or the verb that says it behind it."""
    if kid.dep == "conj":
        return layers
    said = kid.i < head.i and kid.dep == "ccomp" and head.lemma_lower in stance("mental verb")
    return (head,) if said else ()


def _collect_adverbial(annotated: Annotated, head: Token, layers: tuple[Token, ...], found: list[Clause]) -> None:
    mark = _mark_of(annotated, head)
    if mark in stance("condition mark") or _is_inverted_condition(annotated, head):
        _collect(annotated, head, (), "supposed", found)
    elif mark in stance("concession mark"):
        _collect(annotated, head, layers, "granted", found)


def _collect_relatives(annotated: Annotated, head: Token, found: list[Clause]) -> None:
    """Relative clauses about somebody, wherever in the clause he or she is named: "Vega, who supports the tax, ..." """
    sentence = annotated.tokens_of(annotated.sentences[head.sent])
    if "relcl" not in [token.dep for token in sentence]:
        return  # as in most sentences; to walk the tree costs more
    for token in annotated.subtree(head):
        if token.dep != "relcl" or token.i == head.i or not is_clause(annotated, token):
            continue
        noun = annotated.tokens[token.head]
        if any(clause.head.i == token.i for clause in found):
            continue
        if any(kid.lower == "who" and kid.dep in _SUBJECTS for kid in annotated.children(token)):
            before = len(found)
            _collect(annotated, token, (), "main", found)
            for clause in found[before:]:
                clause.antecedent = noun


def _complement(annotated: Annotated, head: Token) -> Token | None:
    """The clause under a verb of thinking or saying, or under "let us"."""
    if head.lemma_lower not in stance("mental verb") and head.lemma_lower != "let":
        return None
    return next(
        (
            kid
            for kid in annotated.children(head)
            if kid.dep in ("ccomp", "xcomp")
            and kid.i > head.i
            and is_clause(annotated, kid)
            and not _is_aside(kid, head)
        ),
        None,
    )


def _is_aside(kid: Token, head: Token) -> bool:
    """ "A full reset, she believes, will fail" has its statement in front of the verb; that is no complement here."""
    return kid.i < head.i


def _small(annotated: Annotated, kid: Token) -> bool:
    """An infinitive or participle without a subject: part of the clause that it hangs on."""
    if kid.lemma_lower == "let":
        return False
    return kid.tag in ("VB", "VBG") and annotated.child(kid, *_SUBJECTS) is None and annotated.child(kid, "aux") is None


def _mark_of(annotated: Annotated, head: Token) -> str:
    before = [kid for kid in annotated.children(head) if kid.dep in ("mark", "advmod") and kid.i < head.i]
    kid = next((kid for kid in before if kid.dep == "mark"), None) or next(iter(before), None)
    if kid is not None and kid.lower in ("provided", "providing", "assuming"):
        return kid.lower
    if head.lower in ("provided", "providing", "assuming") and head.tag in ("VBN", "VBG"):
        return head.lower
    return kid.lower if kid is not None else ""


def _is_inverted_condition(annotated: Annotated, head: Token) -> bool:
    """ "Should the orchestras merge, ...": an auxiliary in front of its subject, no question mark behind."""
    kids = annotated.children(head)
    auxiliary = next((kid for kid in kids if kid.dep == "aux" and kid.lower in ("should", "had", "were")), None)
    subject = next((kid for kid in kids if kid.dep in _SUBJECTS), None)
    if auxiliary is None or subject is None or not auxiliary.i < subject.i < head.i:
        return False
    return annotated.tokens[annotated.sentences[head.sent].last - 1].text != "?"


def _chain(annotated: Annotated, head: Token) -> list[Token]:
    """The predicate with its complements, one after the other: "seems" + "unlikely", "is" + "able" + "to offer"."""
    chain, at = [head], head
    while len(chain) <= _DEEPEST:
        step = next((kid for kid in annotated.children(at) if kid.dep in _CHAIN and kid.i > at.i), None)
        if step is None or (step.dep == "ccomp" and step.pos not in ("ADJ", "NOUN", "VERB")):
            break
        chain.append(step)
        at = step
    return chain


def _fill(annotated: Annotated, clause: Clause, borders: set[int]) -> None:
    """Give a clause its tokens: its own, those of its adjuncts, and its condition and concession apart."""
    apart: set[int] = set()
    own = _own_tokens(annotated, clause.head, borders)
    within = {token.i for token in own}
    for token in own:
        if token.i != clause.head.i and token.dep in ("advcl", "relcl") and not _is_purpose(annotated, token):
            part = annotated.subtree(token)
            kind = clause.condition if _is_conditional(annotated, token) else clause.adjuncts
            kind.extend(kid for kid in part if kid.i not in apart)
            apart.update(kid.i for kid in part if kid.i in within)
    _add_conditions(annotated, clause)
    clause.tokens = [token for token in own if token.i not in apart]


def _is_purpose(annotated: Annotated, head: Token) -> bool:
    """ "wants no more money to go into walls": an infinitive that says what is wanted, and no clause beside it."""
    return head.dep == "relcl" and head.tag == "VB" and any(kid.lower == "to" for kid in annotated.children(head))


def _is_phrase(annotated: Annotated, head: Token) -> bool:
    """ "if I'm honest", "if you like": words that set no condition."""
    return _text(annotated, head).replace("’", "'").startswith(_condition_phrases())


@cache
def _condition_phrases() -> tuple[str, ...]:
    return tuple(stance("condition phrase"))


def _is_conditional(annotated: Annotated, head: Token) -> bool:
    mark = _mark_of(annotated, head)
    if _is_phrase(annotated, head):
        return False
    if mark in stance("condition mark") or (mark == "as" and "long as" in _text(annotated, head)):
        return True
    # "when there is a nurse" and "only when ..." state a condition; "when he was a boy" and "when we know" a time
    part = annotated.subtree(head)
    only = part[0].i > 0 and annotated.tokens[part[0].i - 1].lower == "only"
    return mark == "when" and (only or any(token.dep == "expl" for token in part))


def _text(annotated: Annotated, head: Token) -> str:
    return " ".join(token.lower for token in annotated.subtree(head))


def _add_conditions(annotated: Annotated, clause: Clause) -> None:
    """Conditions and concessions that are clauses of their own, hung on this one."""
    for kid in annotated.children(clause.head):
        mark = _mark_of(annotated, kid) if kid.dep == "advcl" and not _is_phrase(annotated, kid) else ""
        if mark in stance("condition mark") or (kid.dep == "advcl" and _is_inverted_condition(annotated, kid)):
            clause.condition = clause.condition or annotated.subtree(kid)
        elif mark in stance("concession mark"):
            clause.concession = clause.concession or annotated.subtree(kid)


def _own_tokens(annotated: Annotated, head: Token, borders: set[int]) -> list[Token]:
    """A token and all that depends on it, up to the heads of other clauses, in order of the text."""
    found = [head]
    for one in found:  # the list grows while it is walked
        for kid in annotated.children(one):
            if kid.i not in borders:
                found.append(kid)
    found.sort(key=attrgetter("i"))
    return found
