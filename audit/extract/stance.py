"""What a clause says of its topic: affirmed or denied, for or against, how sure, how firmly, and what it holds back.

Polarity is turned by every negation on the predicate, its complements and their determiners, by every denying
predicate ("unlikely", "doubt") and by the negation of a verb of thinking around the clause ("I do not think that ...").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from operator import attrgetter
from typing import Literal

from audit.extract.annotate import Annotated, Token
from audit.extract.clauses import Clause
from audit.extract.lexicon import stance
from audit.extract.topics import has_content
from audit.records.claims import Commitment, Polarity, Rung

Attitude = Literal["for", "against", "none"]

_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "pobj", "oprd"})
_NEAR = frozenset({"aux", "advmod", "acomp", "oprd", "neg", "amod"})
_PLAIN_DENIALS = frozenset({"det", "neg", "advmod"})
_CORRECTING = frozenset({"only", "just", "merely", "least"})
_SIDED = frozenset({"be", "vote", "stand", "come", "argue", "speak", "campaign"})
_NEGATIVE_ADVERBS, _NEGATIVE_PRONOUNS = stance("negative adverb"), stance("negative pronoun")
_NEGATIVE_DETERMINERS = stance("negative determiner")
_DENYING_PREDICATES, _DENYING_VERBS = stance("denying predicate"), stance("denying verb")
_FAILING_VERBS = stance("failing verb")
_DENYING = _DENYING_PREDICATES | _DENYING_VERBS | _FAILING_VERBS | {"rule", "have", "be", "leave"}
_lower = attrgetter("lower")


def polarity_of(annotated: Annotated, clause: Clause) -> Polarity:
    """Whether the clause, with the layers around it, affirms or denies what it is about."""
    turns = sum(_turns_of_layer(annotated, layer) for layer in clause.layers)
    for link in clause.chain:
        turns += negations(annotated, link) + _denies(annotated, link)
    turns += _denied_object(annotated, clause)
    return "denied" if turns % 2 else "affirmed"


def _turns_of_layer(annotated: Annotated, layer: Token) -> int:
    lemma = layer.lemma_lower
    raising = lemma in stance("neg raising") or lemma in _DENYING_VERBS
    return (negations(annotated, layer) if raising else 0) + (lemma in _DENYING_VERBS)


def is_unasserted(annotated: Annotated, clause: Clause) -> bool:
    """Whether a layer keeps the clause from being asserted: "did not say that ...", "wondered whether ..."."""
    for layer in clause.layers:
        lemma = layer.lemma_lower
        if lemma in stance("asking verb"):
            return True
        if negations(annotated, layer) and lemma not in stance("neg raising") and lemma not in _DENYING_VERBS:
            return True
    return False


def negations(annotated: Annotated, token: Token) -> int:
    """How many negations sit directly on a token or on the determiners of its arguments."""
    count, children = 0, annotated.children
    for kid in children(token):
        dep = kid.dep
        if dep == "neg" or (dep in ("advmod", "preconj") and kid.lower in _NEGATIVE_ADVERBS):
            count += not _is_correction(annotated, kid)
        elif dep in _ARGUMENTS:
            count += kid.lower in _NEGATIVE_PRONOUNS
            for part in children(kid):
                if part.lower in _NEGATIVE_DETERMINERS and part.dep in _PLAIN_DENIALS:
                    count += 1
                    break
    return count


def _is_correction(annotated: Annotated, negation: Token) -> bool:
    """ "not only ... but" and "not just" add to a statement and deny nothing."""
    following = annotated.tokens[negation.i + 1] if negation.i + 1 < len(annotated.tokens) else None
    return following is not None and following.lower in _CORRECTING


def _denies(annotated: Annotated, link: Token) -> int:
    lemma = link.lemma_lower
    if lemma not in _DENYING:
        return 0  # as most
    if lemma in _DENYING_PREDICATES or (lemma in _DENYING_VERBS and link.pos != "NOUN"):
        return 1
    if lemma in _FAILING_VERBS and annotated.child(link, "xcomp") is not None:
        return 1
    if lemma == "rule" and any(kid.dep == "prt" and kid.lower == "out" for kid in annotated.children(link)):
        return 1
    if lemma not in ("have", "be", "leave"):
        return 0
    noun = annotated.child(link, "dobj", "attr")
    return int(noun is not None and noun.lemma_lower == "doubt")


def _denied_object(annotated: Annotated, clause: Clause) -> int:
    """ "considers a reset unlikely": the denying word stands behind the object and outside the chain."""
    if clause.lemmas.isdisjoint(_DENYING_PREDICATES):
        return 0
    linked = {link.i for link in clause.chain}
    for token in clause.tokens:
        if token.i in linked or token.lemma_lower not in _DENYING_PREDICATES or token.dep == "advmod":
            continue
        head = annotated.tokens[token.head]
        predicative = token.dep in ("oprd", "ccomp", "xcomp", "acomp", "advcl") or token.i > head.i
        if predicative and (head.i in linked or head.head in linked):
            return 1
    return 0


def attitude_of(annotated: Annotated, clause: Clause, polarity: Polarity) -> Attitude:
    """The side that the clause takes, its negations taken into account."""
    if clause.raw_attitude is None:
        clause.raw_attitude = _raw_attitude(annotated, clause)
    raw = clause.raw_attitude
    if raw == "none" or polarity == "affirmed":
        return raw
    return "against" if raw == "for" else "for"


def _raw_attitude(annotated: Annotated, clause: Clause) -> Attitude:
    for link in clause.chain:
        lemma = link.lemma_lower
        if link.pos == "VERB" and lemma in stance("for verb") and _takes_object(annotated, link):
            return "for"
        if link.pos == "VERB" and lemma in stance("against verb"):
            return "against"
        side = _side(annotated, link)
        if side != "none":
            return side
    # "there is no bill that she would put her name to", "I am clear, because we are not on board"
    leaning = annotated.child(clause.head, "expl") is not None or not has_content(clause.tokens)
    tokens = (*clause.tokens, *clause.adjuncts) if leaning else clause.tokens
    return _attitude_in_phrase(" ".join(map(_lower, tokens)))


def _attitude_in_phrase(text: str) -> Attitude:
    if not _phrases("for phrase", "against phrase").search(text):
        return "none"  # as in most clauses
    return "for" if _phrases("for phrase").search(text) else "against"


@cache
def _phrases(*sections: str) -> re.Pattern[str]:
    phrases = sorted(phrase for section in sections for phrase in stance(section))
    return re.compile("|".join(rf"\b{phrase}\b" for phrase in phrases))


def _takes_object(annotated: Annotated, link: Token) -> bool:
    return annotated.child(link, "dobj", "nsubjpass", "ccomp", "xcomp", "prep") is not None


def _side(annotated: Annotated, link: Token) -> Attitude:
    """ "be against walls", "vote for it"; a bare "be for" also measures time, so that its object must be no date."""
    if link.lemma_lower not in _SIDED:
        return "none"
    if annotated.child(link, "acomp", "attr", "oprd", "dobj") is not None:
        return "none"  # "is good for trade" takes no side
    for kid in annotated.children(link):
        if kid.dep == "prep" and kid.lower in ("against", "for"):
            inner = annotated.child(kid, "pobj", "pcomp")
            if inner is not None and inner.ent not in ("DATE", "TIME", "CARDINAL"):
                return "against" if kid.lower == "against" else "for"
    return "none"


def rung_of(annotated: Annotated, clause: Clause) -> tuple[Rung, list[Token]]:
    """The rung of certainty of a clause and the words that put it there."""
    if not clause.layers and clause.forms.isdisjoint(_rungs()) and clause.lemmas.isdisjoint(_rungs()):
        return "plain", []  # as in most clauses
    linked = {link.i for link in clause.chain}
    near = [t for t in clause.tokens if t.i in linked or _is_modal(t) or (t.head in linked and t.dep in _NEAR)]
    layered = [
        part
        for layer in clause.layers
        for part in (layer, *(kid for kid in annotated.children(layer) if kid.dep in ("aux", "advmod")))
    ]
    for rung, found in _ladder(near, layered):
        if found:
            return rung, found
    return "plain", []


def _ladder(near: Sequence[Token], layered: Sequence[Token]) -> Iterator[tuple[Rung, list[Token]]]:
    """The rungs, the one that counts most first, with the words of a clause and of its layers that stand on each."""
    yield "may", _those("may", near) + _those("may", layered) + _those("hope", layered)
    yield "can", _those("can", near)
    yield "certain", _those("certain", near)
    yield "likely", _those("likely", near) + _those("likely", layered)
    yield "will", [token for token in _those("will", near) if token.tag == "MD"]
    yield "will", _those("would", near)


@cache
def _rungs() -> frozenset[str]:
    """Every word that puts a clause on a rung of certainty."""
    return frozenset().union(*(stance(name) for name in ("may", "can", "certain", "likely", "will", "would")))


def _is_modal(token: Token) -> bool:
    """A modal verb, also where the tagger took "might" for a noun."""
    return token.tag == "MD" or token.text in ("might", "could", "may")


def _those(section: str, among: Sequence[Token]) -> list[Token]:
    if not among:
        return []
    group = stance(section)
    return [token for token in among if token.lower in group or token.lemma_lower in group]


def commitment_of(clause: Clause) -> Commitment | None:
    """How firmly the subject is bound to an act: hinted, suggested, planned, pledged; None where it is not said."""
    bound = [token.lemma_lower for token in (*clause.layers, *clause.chain)]
    if _committing().isdisjoint(bound):
        return None  # as in most clauses
    for name in _COMMITMENTS:
        if not stance(name).isdisjoint(bound):
            return name
    return None


_COMMITMENTS: tuple[Commitment, ...] = ("hint", "pledge", "plan", "suggest")


@cache
def _committing() -> frozenset[str]:
    return frozenset().union(*map(stance, _COMMITMENTS))


def is_reserved(sentence: Sequence[Token], clause: Clause, rung: Rung, polarity: Polarity) -> bool:
    """Whether a clause holds something back: a denial behind "however", a doubt, an obstacle that remains."""
    if polarity == "affirmed":
        return not clause.lemmas.isdisjoint(stance("obstacle"))
    limited = "necessarily" in clause.forms
    doubting = any(layer.lemma_lower in _DENYING_VERBS for layer in clause.layers)
    opens = any(token.lower in stance("limiting opener") for token in sentence[:2])
    return limited or doubting or opens or not clause.lemmas.isdisjoint(_DENYING_PREDICATES)
