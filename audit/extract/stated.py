"""What speakers of a transcript say of each other: that another person is right, or is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from audit.extract.annotate import Annotated, Sentence, Token
from audit.extract.links import behind_with, partner_of, same_speaker
from audit.extract.people import People
from audit.extract.stance import negations
from audit.extract.voices import turns_by_index
from audit.records import AgreementLink, ContrastLink, Position, Speaker, Turn

_RIGHT = frozenset({"right", "correct"})
_WRONG = frozenset({"wrong", "mistaken"})
_GOOD = frozenset({"good", "valid", "fair", "strong", "excellent"})
_AGREEING = frozenset({"agree", "concur", "disagree"})


def find_stated_links(
    annotated: Annotated, people: People, turns: Sequence[Turn], positions: Sequence[Position]
) -> list[ContrastLink | AgreementLink]:
    """The links that turns of guests state outright, in order of the text; the turn's speaker is the right side."""
    by_index = turns_by_index(annotated, [turn for turn in turns if turn.role != "interviewer"])
    held: dict[str, list[str]] = defaultdict(list)
    for position in positions:
        held[position.turn or ""].append(position.id)
    found: list[ContrastLink | AgreementLink] = []
    for sentence in annotated.sentences:
        index = annotated.document.blocks[sentence.block].turn
        turn = by_index.get(index) if index is not None else None
        if turn is None or annotated.tokens[sentence.last - 1].text == "?":
            continue
        for verb, other, agrees in _verdicts(annotated, sentence):
            speaker = people.speaker_of(other)
            if speaker is not None and speaker.person is not None and not same_speaker(speaker, turn.speaker):
                number = len(found) + 1
                found.append(_link(annotated, sentence, (verb, other), agrees, speaker, turn, held[turn.id], number))
    return found


def _link(
    annotated: Annotated,
    sentence: Sentence,
    words: tuple[Token, Token],
    agrees: bool,
    other: Speaker,
    turn: Turn,
    held: Sequence[str],
    number: int,
) -> ContrastLink | AgreementLink:
    first, last = sorted(words, key=lambda token: token.i)
    marker = annotated.place(first, last)
    return (AgreementLink if agrees else ContrastLink)(
        **dict(marker),
        id=f"{annotated.document.key}.stated.{number}",
        block=sentence.block,
        marker=marker.text,
        left=other,
        right=turn.speaker,
        right_positions=tuple(held),
        right_clause=annotated.sentence_place(sentence),
    )


def _verdicts(annotated: Annotated, sentence: Sentence) -> Iterator[tuple[Token, Token, bool]]:
    """Verb, the person judged, and whether the speaker agrees with that person."""
    for token in annotated.tokens_of(sentence):
        if token.pos not in ("VERB", "AUX") or _is_open(annotated, token):
            continue
        turned = bool(negations(annotated, token))
        partner = _partner(annotated, token)
        if partner is not None:
            yield token, partner, (token.lemma_lower != "disagree") != turned
        subject = annotated.child(token, "nsubj")
        if subject is None:
            continue
        judged = annotated.child(token, "acomp", "attr")
        if token.lemma_lower == "be" and judged is not None and judged.lower in _RIGHT | _WRONG:
            yield token, subject, (judged.lower in _RIGHT) != turned
        if _has_a_point(annotated, token):
            yield token, subject, not turned


def _is_open(annotated: Annotated, verb: Token) -> bool:
    """ "She may be right" leaves it open."""
    return any(kid.dep == "aux" and kid.lower in ("may", "might", "could") for kid in annotated.children(verb))


def _partner(annotated: Annotated, verb: Token) -> Token | None:
    """ "I agree with X", "I'm with X"."""
    if verb.lemma_lower in _AGREEING:
        return partner_of(annotated, verb)
    subject = annotated.child(verb, "nsubj")
    stands = verb.lemma_lower == "be" and subject is not None and subject.lower in ("i", "we")
    return behind_with(annotated, verb) if stands else None


def _has_a_point(annotated: Annotated, verb: Token) -> bool:
    thing = annotated.child(verb, "dobj")
    if verb.lemma_lower not in ("raise", "have", "make") or thing is None or thing.lemma_lower != "point":
        return False
    return any(kid.lower in _GOOD for kid in annotated.children(thing))
