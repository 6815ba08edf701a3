"""Contrast and agreement: where a text's own words set one person against another, or say that they agree.

A marker ("in contrast", "echoed") joins two people. That is a claim of the text, to be held against what both say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from audit.extract.annotate import Annotated, Sentence, Token
from audit.extract.people import People
from audit.extract.positions import PROSE
from audit.extract.stance import negations
from audit.records import AgreementLink, ContrastLink, Position, Quotation, Speaker

Kind = Literal["contrast", "agreement"]

_REACH = 4  # blocks before a marker in which the other side is looked for

_OPENERS = (
    ("in", "contrast"),
    ("by", "contrast"),
    ("in", "sharp", "contrast"),
    ("in", "stark", "contrast"),
    ("on", "the", "other", "hand"),
    ("conversely",),
    ("contrariwise",),
    ("however",),
)
_WEAK_OPENERS = frozenset({"however"})
_CONTRAST_VERBS = frozenset({"disagree", "differ", "dissent", "contradict"})
_AGREEMENT_VERBS = frozenset({"echo", "agree", "concur", "second"})
_AGREEMENT_OPENERS = (("likewise",), ("similarly",), ("in", "the", "same", "vein"))
_VIEW_NOUNS = frozenset(
    [
        "view",
        "sentiment",
        "opinion",
        "concern",
        "perspective",
        "assessment",
        "fear",
        "worry",
        "verdict",
        "doubt",
        "call",
    ]
)
_FIRSTS = frozenset(opener[0] for opener in (*_OPENERS, *_AGREEMENT_OPENERS))
_VERBS = _CONTRAST_VERBS | _AGREEMENT_VERBS | {"share"}
_PARTLY = frozenset({"partly", "partially", "broadly", "mostly", "largely"})


@dataclass(frozen=True)
class _Found:
    """A marker with the phrase that names the right side, before the two sides are looked up."""

    kind: Kind
    first: Token
    last: Token
    right: Token | None
    left: Token | None = None  # named in the sentence itself: "Unlike Virtala", "agreed with her"
    weak: bool = False  # counts only where the right side is a person who speaks or thinks


def find_links(
    annotated: Annotated, people: People, quotations: Sequence[Quotation], positions: Sequence[Position]
) -> list[ContrastLink | AgreementLink]:
    """The links of a document's own prose in order of their markers."""
    scene = _Scene(annotated, people, quotations, positions)
    found: list[ContrastLink | AgreementLink] = []
    for sentence in annotated.sentences:
        block = annotated.document.blocks[sentence.block]
        if block.kind not in PROSE or block.turn is not None:
            continue
        for marker in _markers(annotated, sentence):
            link = scene.link(sentence, marker, len(found) + 1)
            if link is not None:
                found.append(link)
    return found


# --- Markers ----------------------------------------------------------------------------------------------------------


def _markers(annotated: Annotated, sentence: Sentence) -> Iterator[_Found]:
    tokens = annotated.tokens_of(sentence)
    root = next((token for token in tokens if token.head == token.i or token.dep == "ROOT"), None)
    if root is None:
        return
    if tokens[0].lower in _FIRSTS:
        yield from _opening(annotated, tokens, root)
    yield from _unlike(annotated, tokens, root)
    for token in tokens:
        lemma = token.lemma_lower
        if lemma not in _VERBS:
            continue
        if token.pos == "VERB" and lemma in _CONTRAST_VERBS:
            yield _Found("contrast", token, token, _subject(annotated, token), partner_of(annotated, token))
        elif token.pos == "VERB" and lemma in _AGREEMENT_VERBS and _is_agreement(annotated, token, tokens):
            yield _Found("agreement", token, token, _agreeing(annotated, token), partner_of(annotated, token))
        elif lemma == "share" and _shares_view(annotated, token):
            yield _Found("agreement", token, token, _subject(annotated, token))


def _opening(annotated: Annotated, tokens: Sequence[Token], root: Token) -> Iterator[_Found]:
    words = [token.lower for token in tokens[:6]]
    for kind, openers in (("contrast", _OPENERS), ("agreement", _AGREEMENT_OPENERS)):
        for opener in openers:
            if tuple(words[: len(opener)]) == opener and _is_set_off(words, len(opener)):
                subject = _subject(annotated, root)
                first, last = tokens[0], tokens[len(opener) - 1]
                yield _Found(kind, first, last, subject, weak=opener[0] in _WEAK_OPENERS)  # type: ignore[arg-type]


def _is_set_off(words: Sequence[str], size: int) -> bool:
    """ "In contrast, ..." and not "In contrast to last year"."""
    return len(words) > size and words[size] not in ("to", "with")


def _unlike(annotated: Annotated, tokens: Sequence[Token], root: Token) -> Iterator[_Found]:
    """ "Unlike Virtala, Doughty doubts ...", "In contrast to Virtala, ..." """
    for token in tokens[:4]:
        if token.lower == "unlike" or (token.lower == "to" and token.i > tokens[0].i and "contrast" in tokens[1].lower):
            other = annotated.child(token, "pobj")
            if other is not None:
                yield _Found("contrast", tokens[0], other, _subject(annotated, root), other, weak=True)


def _subject(annotated: Annotated, verb: Token) -> Token | None:
    own = annotated.child(verb, "nsubj", "nsubjpass")
    if own is None and verb.dep in ("conj", "xcomp", "advcl"):
        return annotated.child(annotated.tokens[verb.head], "nsubj", "nsubjpass")
    return own


def _agreeing(annotated: Annotated, verb: Token) -> Token | None:
    """Who echoes: the subject, or the agent of "was echoed by"."""
    if annotated.child(verb, "nsubjpass") is not None:
        by = annotated.child(verb, "agent", "prep")
        return annotated.child(by, "pobj") if by is not None and by.lower == "by" else None
    return _subject(annotated, verb)


def partner_of(annotated: Annotated, verb: Token) -> Token | None:
    """ "agreed with her", "disagreed with Moser", "echoed the superintendent"."""
    behind = behind_with(annotated, verb)
    if behind is not None:
        return behind
    thing = annotated.child(verb, "dobj")
    pointing = thing is not None and (thing.lemma_lower in _VIEW_NOUNS or thing.lower in ("this", "that", "it"))
    return None if pointing else thing


def behind_with(annotated: Annotated, verb: Token) -> Token | None:
    """What stands behind "with" under a verb."""
    preposition = next((kid for kid in annotated.children(verb) if kid.dep == "prep" and kid.lower == "with"), None)
    return annotated.child(preposition, "pobj") if preposition is not None else None


def _is_agreement(annotated: Annotated, verb: Token, tokens: Sequence[Token]) -> bool:
    """Whether the verb says that views agree: not "agreed to meet", "agreed on a price", "agreed, but not about"."""
    if negations(annotated, verb):
        return False
    if verb.lemma_lower == "agree":
        kids = annotated.children(verb)
        if any(
            kid.dep in ("xcomp", "dobj") or (kid.dep == "prep" and kid.lower in ("on", "to", "upon")) for kid in kids
        ):
            return False
        if any(
            kid.dep == "nsubj" and (kid.tag in ("NNS", "NNPS") or kid.lower in ("they", "we", "both", "all"))
            for kid in kids
        ):
            return False
    if verb.lemma_lower == "second" and annotated.child(verb, "dobj") is None:
        return False
    text = [token.lower for token in tokens]
    limited = any(one == "but" and "not" in text[at : at + 4] for at, one in enumerate(text))
    return not limited and not any(token.lower in _PARTLY for token in annotated.children(verb))


def _shares_view(annotated: Annotated, verb: Token) -> bool:
    thing = annotated.child(verb, "dobj")
    return (
        verb.pos == "VERB" and thing is not None and thing.lemma_lower in _VIEW_NOUNS and not negations(annotated, verb)
    )


# --- Sides ------------------------------------------------------------------------------------------------------------


class _Scene:
    """A document's claims by block, to look up who stands on either side of a marker."""

    def __init__(
        self, annotated: Annotated, people: People, quotations: Sequence[Quotation], positions: Sequence[Position]
    ) -> None:
        self._annotated, self._people = annotated, people
        self._positions = sorted(positions, key=lambda position: position.start)
        self._quotations = [q for q in quotations if q.form != "nested" and q.speaker is not None]

    def link(self, sentence: Sentence, found: _Found, number: int) -> ContrastLink | AgreementLink | None:
        """The link of one marker; None where its sides are not two people."""
        right = self._right(sentence, found)
        if right is None or (found.weak and right.person is None):
            return None
        left = self._left(sentence, found, right)
        if left is None or same_speaker(left, right):
            return None
        marker = self._annotated.place(found.first, found.last)
        clause = self._annotated.place(*self._right_clause(sentence, found))
        build = ContrastLink if found.kind == "contrast" else AgreementLink
        return build(
            **dict(marker),
            id=f"{self._annotated.document.key}.link.{number}",
            block=sentence.block,
            marker=marker.text,
            left=left,
            right=right,
            left_positions=tuple(self._held_before(left, marker.start, sentence.block)),
            right_positions=tuple(self._held_from(right, sentence)),
            right_clause=clause,
        )

    def _right_clause(self, sentence: Sentence, found: _Found) -> tuple[Token, Token]:
        tokens = self._annotated.tokens_of(sentence)
        opens = found.first.i == tokens[0].i
        behind = [t for t in tokens if t.i > found.last.i and t.pos != "PUNCT"]
        first = behind[0] if opens and behind else tokens[0]
        last = next((t for t in reversed(tokens) if t.pos != "PUNCT"), tokens[-1])
        return first, max(last, first, key=lambda token: token.i)

    def _right(self, sentence: Sentence, found: _Found) -> Speaker | None:
        if found.right is None:
            return None
        speaker = self._people.speaker_of(found.right)
        if speaker is None or speaker.person is None:
            return self._spokesperson(sentence) or speaker
        return speaker

    def _spokesperson(self, sentence: Sentence) -> Speaker | None:
        """The person who speaks for a group named before: "The union echoed her. Its president, Ana Sloan, ..." """
        if sentence.index + 1 >= len(self._annotated.sentences):
            return None
        tokens = self._annotated.tokens_of(self._annotated.sentences[sentence.index + 1])
        if not tokens or tokens[0].lower not in ("its", "their"):
            return None
        for token in tokens[1:12]:
            person = self._people.person_at(token)
            if person is not None:
                return self._people.speaker_of(token) or Speaker(kind="named", name=person.name, person=person.id)
        return None

    def _left(self, sentence: Sentence, found: _Found, right: Speaker) -> Speaker | None:
        """Named in the sentence, or the last other person who says something before the marker."""
        if found.left is not None:
            return self._people.speaker_of(found.left)
        start = self._annotated.document.raw_span(found.first.start, found.first.end)[0]
        best: tuple[int, Speaker] | None = None
        for claim, speaker in self._spoken():
            near = claim.end <= start and sentence.block - claim.block <= _REACH
            if (
                near
                and not same_speaker(speaker, right)
                and speaker.kind != "unknown"
                and (best is None or claim.end > best[0])
            ):
                best = claim.end, speaker
        return best[1] if best is not None else None

    def _spoken(self) -> Iterator[tuple[Quotation | Position, Speaker]]:
        for quotation in self._quotations:
            if quotation.speaker is not None:
                yield quotation, quotation.speaker
        for position in self._positions:
            if position.holder is not None:
                yield position, position.holder

    def _held_before(self, left: Speaker, start: int, block: int) -> Iterator[str]:
        for position in self._positions:
            near = position.end <= start and block - position.block <= _REACH
            if near and position.force == "asserted" and _is_held_by(position, left):
                yield position.id

    def _held_from(self, right: Speaker, sentence: Sentence) -> Iterator[str]:
        """What the right side says in the sentence of the marker, behind it in the paragraph and in the next one."""
        tokens = self._annotated.tokens_of(sentence)
        start = self._annotated.document.raw_span(tokens[0].start, tokens[0].end)[0]
        for position in self._positions:
            if position.start < start or position.block - sentence.block not in (0, 1) or position.force != "asserted":
                continue
            here = position.sentence.start <= start < position.sentence.end
            if _is_held_by(position, right) and (here or position.topic):
                yield position.id


def _is_held_by(position: Position, speaker: Speaker) -> bool:
    return position.holder is not None and same_speaker(position.holder, speaker)


def same_speaker(one: Speaker, other: Speaker) -> bool:
    if one.person is not None and other.person is not None:
        return one.person == other.person
    return one.name.casefold() == other.name.casefold()
