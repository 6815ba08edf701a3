"""Rises and falls: which way a figure goes, whether it starts, ends or sizes the change, and what goes with it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from audit.extract.annotate import Annotated, Token
from audit.extract.atoms import words
from audit.records import Quantity

Direction = Literal["none", "rise", "fall"]
Role = Literal["none", "from", "to", "by"]

_LEAD = re.compile(
    r"(?<!\w)(from|to|by|of)\s(?:an?\s|the\s|(?:[a-z]+\s){1,2}(?:of\s|than\s|to\s)?)?\W{0,3}(?-i:[A-Z]{0,3})\W?\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as the text has it: its stretch in the view, the words in front of it without hedge, and its form."""

    start: int
    end: int
    multiple: bool


@dataclass(frozen=True, slots=True)
class Change:
    """The part that a figure has in a rise or a fall. `governor` is the token of the verb or noun of change."""

    direction: Direction
    role: Role
    governor: int


NO_CHANGE = Change("none", "none", -1)


def change_of(annotated: Annotated, figure: Figure) -> Change:
    """What a figure does in the change that its sentence tells; NO_CHANGE where it tells none."""
    tokens = annotated.between(figure.start, figure.end)
    if not tokens:
        return NO_CHANGE
    lead = _lead(annotated, figure, tokens)
    if figure.multiple and _direction_of(tokens[0].lemma_lower) != "none":
        return Change(_direction_of(tokens[0].lemma_lower), "by", tokens[0].i)
    beside = _beside(annotated, tokens)
    if beside is not None and lead not in ("from", "to"):
        return Change(_direction_of(beside.lower), "by", beside.i)
    governor = _governor(annotated, tokens)
    if governor is None:
        return NO_CHANGE
    direction = _direction_of(governor.lemma_lower)
    if lead in ("from", "to", "by"):
        role: Role = "from" if lead == "from" else "to" if lead == "to" else "by"
    elif lead == "of":
        role = "by" if governor.pos == "NOUN" and _stands_beside(annotated, tokens, governor) else "none"
    else:
        role = "by" if governor.i < tokens[0].i and _is_measure_of(annotated, tokens, governor) else "none"
    if role == "none" or (direction == "none" and role == "by"):
        return NO_CHANGE
    return Change(direction, role, governor.i)


def linked(changes: Sequence[Change], ids: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """Id to the ids of the other figures of the same change: from 10 to 20, doubled from 10 to 20."""
    groups: dict[int, list[int]] = {}
    for at, change in enumerate(changes):
        if change.governor >= 0:
            groups.setdefault(change.governor, []).append(at)
    found: dict[str, tuple[str, ...]] = {}
    for members in groups.values():
        roles = [changes[at].role for at in members]
        if len(members) > 1 and max(roles.count(role) for role in ("from", "to", "by")) == 1:
            for at in members:
                found[ids[at]] = tuple(ids[other] for other in members if other != at)
    return found


def with_directions(quantities: Sequence[Quantity]) -> list[Quantity]:
    """Gives "went from 10 to 20" the direction that its figures show, where its verb shows none."""
    by_id = {one.id: one for one in quantities}
    found = []
    for one in quantities:
        parts = [one, *(by_id[id] for id in one.change)]
        start, end = (next((part for part in parts if part.role == role), None) for role in ("from", "to"))
        if one.direction == "none" and start is not None and end is not None and start.measure == end.measure:
            rises = Decimal(end.value) > Decimal(start.value)
            one = one.model_copy(update={"direction": "rise" if rises else "fall"})
        found.append(one)
    return found


def _lead(annotated: Annotated, figure: Figure, tokens: Sequence[Token]) -> str:
    """The preposition in front of a figure, its hedge left out."""
    sentence = annotated.sentences[tokens[0].sent]
    low = max(annotated.tokens[sentence.first].start, figure.start - 40)
    match = _LEAD.search(annotated.document.view[low : figure.start])
    if match is None or any(token.pos == "VERB" for token in annotated.between(low + match.end(1), figure.start)):
        return ""  # "committed to spending 5 million" leads to no level
    return match[1].lower()


def _beside(annotated: Annotated, tokens: Sequence[Token]) -> Token | None:
    """A word of change right beside a figure: "up 5 %", "5 % higher", "a 10 percent rise", "20 fewer"."""
    before = tokens[0].i - 1
    while before > 0 and annotated.tokens[before].text in (
        "$",
        "£",
        "€",
        "about",
        "nearly",
        "some",
        "around",
        "almost",
    ):
        before -= 1
    near = [before] if before >= 0 else []
    near += [at for at in (tokens[-1].i + 1,) if at < len(annotated.tokens)]
    for at in near:
        token = annotated.tokens[at]
        if token.sent != tokens[0].sent:
            continue
        adverb = token.lower in _ADVERBS
        noun = token.pos == "NOUN" and at > tokens[-1].i and _direction_of(token.lemma_lower) != "none"
        if noun or (adverb and (at > tokens[-1].i or token.lower in ("up", "down"))):
            return token
    return None


_ADVERBS = frozenset(
    {"up", "down", "higher", "lower", "more", "less", "fewer", "larger", "smaller", "cheaper", "longer", "shorter"}
)


def _governor(annotated: Annotated, tokens: Sequence[Token]) -> Token | None:
    """The nearest verb or noun of change above a figure."""
    for steps, above in enumerate(annotated.ancestors(tokens[-1])):
        if steps > 6:
            return None
        lemma = above.lemma_lower
        if above.pos in ("VERB", "NOUN") and (_direction_of(lemma) != "none" or lemma in words("change")):
            return above
        if above.pos in ("VERB", "AUX") and above.dep not in ("xcomp", "conj", "acl", "advcl", "pcomp"):
            return None
    return None


def _stands_beside(annotated: Annotated, tokens: Sequence[Token], governor: Token) -> bool:
    """Whether "of" hangs on the noun of change itself: an increase of 5, and not in a workforce of 1,600."""
    of = annotated.tokens[tokens[-1].head]
    while of.i in {token.i for token in tokens} and of.head != of.i:
        of = annotated.tokens[of.head]
    return of.pos != "ADP" or of.head == governor.i


def _is_measure_of(annotated: Annotated, tokens: Sequence[Token], governor: Token) -> bool:
    """ "rose 5 percent": the figure hangs on the verb itself and is no object like "raised 5 flags"."""
    at = tokens[-1]
    if at.head == governor.i:
        return at.dep in ("npadvmod", "dobj", "advmod", "nummod", "attr")
    return False


@cache
def _direction_of(lemma: str) -> Direction:
    if lemma in words("rise") or lemma in ("doubled", "tripled", "quadrupled", "trebled", "doubling", "tripling"):
        return "rise"
    return "fall" if lemma in words("fall") or lemma in ("halved", "halving") else "none"
