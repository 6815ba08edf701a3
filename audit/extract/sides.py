"""Who is on which side of a case: "called by the prosecution", "an expert for the defence", "testified for ..."."""

from __future__ import annotations

from collections.abc import Iterator

from audit.extract.annotate import Annotated, Token
from audit.extract.people import People
from audit.extract.person_words import is_person_noun
from audit.extract.role_words import role_words, side_of

Found = tuple[str, Token, Token, str, str]  # person, first and last token of the words, the noun, the side
_BY = frozenset({"by", "for"})
_TRIAL = frozenset(
    {"trial", "court", "jury", "juror", "verdict", "witness", "hearing", "tribunal", "testify", "acquit"}
)


def sides_of(annotated: Annotated, people: People) -> Iterator[Found]:
    """Every person whom a text puts on a side of a case, with the words that do so."""
    if _TRIAL.isdisjoint(map(str.casefold, {token.lemma for token in annotated.tokens})):
        return
    for token in annotated.tokens:
        side = side_of(token.text)
        if not side or token.pos not in ("NOUN", "PROPN"):
            continue
        yield from _beside(annotated, people, token, side)
        yield from _behind(annotated, people, token, side)


def _beside(annotated: Annotated, people: People, token: Token, side: str) -> Iterator[Found]:
    """ "defence expert Ana Reyes": the side in front of the noun."""
    tokens = annotated.tokens
    if token.i + 1 >= len(tokens) or token.dep not in ("compound", "amod", "nmod", "poss"):
        return
    noun = tokens[token.i + 1]
    if token.dep == "poss" and token.i + 2 < len(tokens):
        noun = tokens[token.i + 2]
    if noun.tag not in ("NN", "NNP") or noun.lemma.casefold() not in role_words("for a side"):
        return
    person = _person(annotated, people, noun)
    if person is not None and noun.lemma.casefold() != "team":
        yield person, token, noun, noun.lemma.casefold(), side


def _behind(annotated: Annotated, people: People, token: Token, side: str) -> Iterator[Found]:
    """ "a witness for the defence", "called by the prosecution", "testified for the defence"."""
    preposition = annotated.tokens[token.head]
    if preposition.lower not in _BY or preposition.pos != "ADP" or token.dep != "pobj":
        return
    head = annotated.tokens[preposition.head]
    if head.pos in ("NOUN", "PROPN") and preposition.lower == "for":
        if head.lemma.casefold() in role_words("for a side") and (person := _person(annotated, people, head)):
            yield person, head, token, head.lemma.casefold(), side
        return
    who = _called(annotated, head, preposition) or _appearing(annotated, head, preposition)
    if who is not None and (person := _person(annotated, people, who)) is not None:
        yield person, head, token, "witness", side


def _called(annotated: Annotated, verb: Token, preposition: Token) -> Token | None:
    """Whom a passive puts on a side: its subject, or the noun that the participle belongs to."""
    if verb.lemma not in role_words("called") or not (verb.tag == "VBN" or verb.dep == "acl"):
        return None
    subject = annotated.child(verb, "nsubjpass")
    if subject is not None:
        return subject
    if verb.dep in ("acl", "relcl", "advcl"):
        return annotated.tokens[verb.head]
    return None


def _appearing(annotated: Annotated, verb: Token, preposition: Token) -> Token | None:
    if verb.lemma not in role_words("appears") or preposition.lower != "for":
        return None
    return annotated.child(verb, "nsubj") or (annotated.tokens[verb.head] if verb.dep in ("acl", "relcl") else None)


def _person(annotated: Annotated, people: People, noun: Token) -> str | None:
    """The person that a noun names, is said to be, or stands beside."""
    if noun.lower in ("who", "whom"):
        clause = next((one for one in annotated.ancestors(noun) if one.dep == "relcl"), None)
        return _person(annotated, people, annotated.tokens[clause.head]) if clause is not None else None
    speaker = people.speaker_of(noun)
    if speaker is not None and speaker.person is not None:
        return speaker.person
    governor = annotated.tokens[noun.head]
    if noun.dep == "attr":
        subject = annotated.child(governor, "nsubj")
        return _person(annotated, people, subject) if subject is not None and subject.i != noun.i else None
    if noun.dep == "appos":
        known = people.speaker_of(governor)
        return known.person if known is not None else None
    if is_person_noun(noun.lemma):
        for kid in annotated.children(noun):
            if kid.dep == "appos" and (known := people.speaker_of(kid)) is not None:
                return known.person
    return None
