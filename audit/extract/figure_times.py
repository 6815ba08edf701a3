"""Then or now: which figures of a clause are former ones, where the clause sets two side by side.

"It has 85 members, against 120 ten years ago" and "it had 120 members then, against 85 now" have one figure of today
each. What stands behind a word of comparison makes a phrase of its own: its signs of time hold for the figures in it,
all others for the rest of the clause.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from audit.extract.annotate import Annotated, Sentence, Token
from audit.extract.figure_words import COMPARING, NOW, PERIODS, SCOPES

_ENDS = frozenset({",", ";", ":", "(", ")", "–", "—", "-", "."})
_JOINED = frozenset({"and", "but", "while", "whereas"})
_FROM = frozenset({"on", "over", "than", "from"})
_NEAR = 6  # tokens from a word of comparison to its figure


@dataclass(frozen=True, slots=True)
class Compared:
    """A phrase that a figure is held against: token indices, end exclusive."""

    first: int
    last: int

    def holds(self, token: Token) -> bool:
        return self.first <= token.i < self.last


def comparisons_in(annotated: Annotated, sentence: Sentence, numbers: Collection[int]) -> list[Compared]:
    """The phrases of a sentence that set a figure against another. `numbers` are the tokens of all quantities."""
    tokens = annotated.tokens_of(sentence)
    found: list[Compared] = []
    for at, token in enumerate(tokens):
        if (found and found[-1].holds(token)) or not _compares(tokens, at):
            continue
        end = next((n for n in range(at + 1, len(tokens)) if _ends(tokens, n, at)), len(tokens))
        inside = [t for t in tokens[at + 1 : end] if t.i in numbers]
        if inside and inside[0].i - token.i <= _NEAR:
            found.append(Compared(token.i, tokens[end - 1].i + 1))
    return found


def _compares(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word sets what follows against what stands elsewhere: "against 120", "up from 900"."""
    word = tokens[at].lower
    if word == "from":
        return at > 0 and tokens[at - 1].lower in ("up", "down")
    return word in COMPARING


def _ends(tokens: Sequence[Token], at: int, opened: int) -> bool:
    token = tokens[at]
    if token.pos in ("VERB", "AUX"):
        return at > opened + 1
    return token.lower in _ENDS or token.lower in _JOINED


def home_of(tokens: Sequence[Token], phrases: Sequence[Compared]) -> Compared | None:
    """The phrase in which some tokens stand, if they stand in one."""
    return next((phrase for phrase in phrases if tokens and phrase.holds(tokens[0])), None)


def is_former(clause: Sequence[Token], own: Sequence[Token], phrases: Sequence[Compared]) -> bool:
    """Whether a figure is of an earlier time than the text tells of. `own` are the tokens of the number."""
    home = home_of(own, phrases)
    outside = [t for t in clause if not any(phrase.holds(t) for phrase in phrases)]
    if home is not None:
        inside = [t for t in clause if home.holds(t) and t not in own]
        return not _tells(inside, NOW) and (_is_then(inside) or not _is_then(outside))
    if _tells(outside, NOW):
        return False
    if any(SCOPES.get(t.lower) in ("open", "target") for t in outside):
        return _is_then(outside)  # "it would have 80 rooms, against 60 now"
    return _is_then(outside) or any(_tells([t for t in clause if phrase.holds(t)], NOW) for phrase in phrases)


def _is_then(tokens: Sequence[Token]) -> bool:
    return any(
        SCOPES.get(t.lower) == "former" and t.pos != "PROPN" and t.dep != "prt" and not _is_base(tokens, at)
        for at, t in enumerate(tokens)
    )


def _is_base(tokens: Sequence[Token], at: int) -> bool:
    """Whether a sign only names what a change is measured from: "a fall of 200 on the year before"."""
    before = tokens[max(0, at - 4) : at]
    near = (*before, *tokens[at + 1 : at + 2])
    return any(t.lower in _FROM for t in before) and any(t.lemma_lower in PERIODS for t in near)


def _tells(tokens: Sequence[Token], words: Collection[str]) -> bool:
    """Whether one of the words stands there, or "this year", "these days"."""
    if any(token.lower in words for token in tokens):
        return True
    pairs = pairwise(tokens)
    return words is NOW and any(a.lower in ("this", "these") and b.lemma_lower in PERIODS for a, b in pairs)
