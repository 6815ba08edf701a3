"""What a headline tells with a figure and its story denies: 300 jobs cut, and "no plans to cut 300 jobs"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audit.compare.ground import Ground, Said
from audit.compare.support_figures import Figure, figures_in
from audit.compare.support_stance import Clash, denying, is_negated, negating, standing_for
from audit.compare.wordlists import words_of_file
from audit.extract.annotate import Annotated, Token
from audit.extract.lexicon import stance
from audit.extract.topics import concept, turns_concept

_FILE = "support.txt"
_LEAST = 2  # a smaller number tells nothing
_STEPS = 5  # words between an act and what denies it
_UNDER = frozenset({"xcomp", "ccomp", "pcomp", "acl", "dobj", "pobj", "prep", "nsubjpass", "oprd", "nummod", "relcl"})
# A denial with one of these denies a time, a part or the exact number, not the act.
_LIMITED = re.compile(
    r"\b(?:until|till|before|unless|yet|immediately|at once|all at once|only|just|more than|fewer than|less than|over"
    r"|at least|up to|simply|merely|necessarily|without|if|overnight|compulsor\w+|forced?|all|today|tomorrow|now|right"
    r"|this (?:week|month|year)|in \d{4})\b",
    re.I,
)


def refusal_of(tokens: Sequence[Token], annotated: Annotated, ground: Ground) -> Clash | None:
    """The sentence that denies an act of which a headline gives the figure; None where any tells it as so."""
    if is_negated(tokens) or denying(tokens):
        return None
    for figure in _figures(tokens, annotated):
        acts = _acts(tokens, figure, annotated)
        if acts:
            return _refused(tokens, figure, acts, ground)
    return None


def _figures(tokens: Sequence[Token], annotated: Annotated) -> Iterator[Figure]:
    """The figures of a sentence, at offsets of the view."""
    first = tokens[0].start
    for f in figures_in(annotated.document.view[first : tokens[-1].end]):
        if f.value >= _LEAST and not f.ordinal:
            yield Figure(first + f.start, first + f.end, f.value, f.low, f.high)


def _acts(tokens: Sequence[Token], figure: Figure, annotated: Annotated) -> list[Token]:
    """The words of the act that a figure belongs to: its verb, or a phrase of laying off."""
    laid_off = standing_for(tokens, words_of_file(_FILE, "laying off"))
    if laid_off:
        return laid_off
    number = next((token for token in tokens if token.start <= figure.start < token.end), None)
    verb = next((t for t in annotated.ancestors(number) if t.pos == "VERB"), None) if number is not None else None
    empty = verb is None or verb.lemma.lower() in stance("empty verb") | stance("mental verb")
    return [] if verb is None or empty else [verb]


def _refused(tokens: Sequence[Token], figure: Figure, acts: list[Token], ground: Ground) -> Clash | None:
    found: Clash | None = None
    for said in ground.said:
        own = said.tokens
        mentions = _mentions(own, tokens, acts)
        if not mentions:
            continue
        others = [f for f in _figures(own, said.annotated) if f.low <= figure.value <= f.high]
        if not others:
            continue
        against = [] if _is_limited(own, said) else _denials(said, mentions[0])
        if not against:
            return None  # told as so, or not plainly denied
        if found is None and not _is_of_another(tokens, said, mentions[0]):
            numbers = [t for t in own if any(f.start <= t.start < f.end for f in others)]
            marks = tuple(sorted({*against, *mentions, *numbers}, key=lambda token: token.i))
            shared = tuple(sorted({concept(token.lemma.lower()) for token in acts}))
            found = Clash("denied", tuple(tokens), said, marks, shared, by_somebody=_is_told_by_somebody(said))
    return found


def _mentions(own: Sequence[Token], tokens: Sequence[Token], acts: list[Token]) -> list[Token]:
    """The words by which a sentence of the story names the headline's act."""
    phrases = words_of_file(_FILE, "laying off")
    if standing_for(tokens, phrases):
        return standing_for(own, phrases)
    names = {(concept(t.lemma.lower()), turns_concept(t.lemma.lower())) for t in acts}
    return [
        t
        for t in own
        if t.pos in ("VERB", "NOUN") and (concept(t.lemma.lower()), turns_concept(t.lemma.lower())) in names
    ]


def _denials(said: Said, act: Token) -> list[Token]:
    """What denies an act: "not planning to", "no plans to", "ruled out", "denied that it would"."""
    at = act
    for _ in range(_STEPS):
        found = negating(said.annotated.children(at))
        verb = at.lemma.lower() in words_of_file(_FILE, "refusing") and at is not act
        if found or verb:
            return [*found, *([at] if verb else [])]
        head = said.annotated.tokens[at.head]
        if at.dep not in _UNDER or head.i == at.i:
            return []
        at = head
    return []


def _is_limited(own: Sequence[Token], said: Said) -> bool:
    return _LIMITED.search(said.annotated.document.view[own[0].start : own[-1].end]) is not None


def _is_of_another(tokens: Sequence[Token], said: Said, act: Token) -> bool:
    """Whether somebody is named as the one who does not do it, and the headline names somebody else."""
    named = {token.lower for token in tokens if token.pos == "PROPN"}
    for verb in (act, *said.annotated.ancestors(act)):
        subject = said.annotated.child(verb, "nsubj")
        if subject is not None:
            names = {t.lower for t in said.annotated.subtree(subject) if t.pos == "PROPN"}
            return bool(names and named) and not names & named
    return False


def _is_told_by_somebody(said: Said) -> bool:
    return any(t.lemma.lower() in ("say", "tell", "deny", "insist", "claim", "add", "stress") for t in said.tokens)
