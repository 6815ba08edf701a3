"""What a question asks the number of: "How many beds will it have?", "How long is it?", "What did the repair cost?"

A number that answers it names nothing by itself ("Forty-eight."); the thing, the measure and the words of the clause
are those of the question.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from audit.extract.annotate import Annotated, Sentence, Token
from audit.extract.figure_words import ATTRIBUTES, MEASURES, OPEN_NOUNS
from audit.records import Quantity

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_NOUNS = frozenset({"NOUN", "PROPN"})
_COUNTS = frozenset({"number", "total", "count", "capacity", "turnout"})
_DOES = frozenset({"do", "does", "did", "will", "would"})
_VERBS = frozenset({"cost", "weigh"})
_LATEST = 3  # sentences of an answer that can hold its number


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for. An empty `measure` is any amount that has a unit."""

    noun: Token
    attribute: str
    measure: str

    def is_answered_by(self, quantity: Quantity) -> bool:
        """Whether a quantity is of the kind that is asked for."""
        if self.measure:
            return quantity.measure == self.measure and (self.measure != "count" or not quantity.unit)
        return bool(quantity.unit) and quantity.measure not in ("share", "points", "age", "duration")


def question_before(annotated: Annotated, sentence: Sentence) -> Sentence | None:
    """The question that a sentence may answer: the last one of the turn before, or one just before in its own turn."""
    blocks = annotated.document.blocks
    turn = blocks[sentence.block].turn
    if turn is None:
        return None
    for back in range(1, _LATEST + 1):
        if sentence.index < back:
            return None
        before = annotated.sentences[sentence.index - back]
        if annotated.tokens[before.last - 1].text == "?" and len(annotated.tokens_of(before)) > _LATEST:
            return before
        if blocks[before.block].turn != turn:
            return None
    return None


def asked_in(annotated: Annotated, sentence: Sentence) -> Asked | None:
    """What a sentence asks the number of; None where it asks for no number, or names nothing."""
    tokens = annotated.tokens_of(sentence)
    for how, word in itertools.pairwise(tokens):
        if how.lower == "how":
            return _before_verb(tokens) or _after_how(annotated, word)
    if tokens[0].lower in ("what", "which"):
        return _before_verb(tokens) or next(_after_what(annotated, tokens), None)
    return None


def _before_verb(tokens: list[Token]) -> Asked | None:
    """ "How much did the new stage cost?": the last word is the verb, though it looks like a noun of the phrase."""
    words = [token for token in tokens if token.pos != "PUNCT"]
    attribute = ATTRIBUTES.get(words[-1].lower, "")
    does = next((at for at, token in enumerate(words) if token.lower in _DOES), None)
    if does is None or words[-1].lower not in _VERBS or words[does - 1].lower in ("many", "long"):
        return None
    phrase = itertools.dropwhile(lambda token: token.pos not in _NOUNS, words[does + 1 : -1])
    nouns = list(itertools.takewhile(lambda token: token.pos in _NOUNS, phrase))
    return Asked(nouns[-1], attribute, MEASURES.get(attribute, "")) if nouns else None


def _after_how(annotated: Annotated, word: Token) -> Asked | None:
    head = annotated.tokens[word.head]
    counts = word.lower == "many"
    if word.lower in ("many", "much") and head.pos in _NOUNS and head.i > word.i:
        return Asked(head, "", "count" if counts else "")
    if counts:
        of = next((kid for kid in annotated.children(word) if kid.lower == "of"), None)
        noun = annotated.child(of, "pobj") if of is not None else None
        return Asked(noun, "", "count") if noun is not None and noun.pos in _NOUNS else None
    verb = next((t for t in annotated.ancestors(word) if t.pos in ("VERB", "AUX")), None)
    if verb is None:
        return None
    if word.lower == "much":
        return _of_subject(annotated, verb, ATTRIBUTES.get(verb.lemma_lower, ""))
    attribute = ATTRIBUTES.get(word.lemma_lower, "")
    if not attribute or verb.lemma_lower != "be":
        return None  # "how long did it take" asks for no length
    return _of_subject(annotated, verb, attribute)


def _after_what(annotated: Annotated, tokens: list[Token]) -> Iterator[Asked]:
    """ "What is the height of the mast?", "What did the repair cost?" """
    for token in tokens:
        attribute = ATTRIBUTES.get(token.lemma_lower, "")
        if token.pos == "VERB" and attribute and (asked := _of_subject(annotated, token, attribute)) is not None:
            yield asked
        if token.pos == "NOUN" and (owner := _owner(annotated, token)) is not None:
            attribute = attribute or token.lemma_lower
            yield Asked(owner, attribute, "count" if attribute in _COUNTS else MEASURES.get(attribute, ""))


def _of_subject(annotated: Annotated, verb: Token, attribute: str) -> Asked | None:
    subject = annotated.child(verb, *_SUBJECTS)
    if subject is None or subject.pos not in _NOUNS:
        return None
    return Asked(_owner(annotated, subject) or subject, attribute, MEASURES.get(attribute, ""))


def _owner(annotated: Annotated, noun: Token) -> Token | None:
    """What a noun that names only a measure is the measure of: the height of the mast."""
    if noun.lemma_lower not in OPEN_NOUNS and noun.lemma_lower not in ATTRIBUTES:
        return None
    of = next((kid for kid in annotated.children(noun) if kid.lower == "of"), None)
    owner = annotated.child(of, "pobj") if of is not None else annotated.child(noun, "poss")
    return owner if owner is not None and owner.pos in _NOUNS else None
