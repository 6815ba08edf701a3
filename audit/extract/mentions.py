"""The mentions of persons in order of the text, with what makes one salient."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from audit.extract.annotate import Annotated, Token
from audit.extract.individuals import Individual
from audit.extract.names import Run
from audit.extract.person_words import Gender, words_of

DISPLAY_KINDS = frozenset({"headline", "dek", "heading", "caption"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it stands; token indices, both ends included. `outer` is the first title or the first word."""

    outer: int
    first: int
    last: int
    person: int  # index into the list of individuals
    block: int
    head: int  # the token that the sentence hangs the name on


@dataclass(slots=True)
class Gendered:
    """What is known of a person's gender; pronouns fill it in where the name does not say."""

    gender: Gender | None


class Quoted:
    """Which tokens stand between quotation marks."""

    def __init__(self, annotated: Annotated) -> None:
        outermost = [(pair.inner_start, pair.inner_end) for pair in annotated.marks.pairs if pair.depth == 0]
        self._spans = sorted(outermost)
        self._starts = [start for start, _ in self._spans]

    def span_at(self, token: Token) -> int | None:
        """The number of the outermost quotation that holds the token."""
        at = bisect_right(self._starts, token.start) - 1
        return at if at >= 0 and token.end <= self._spans[at][1] else None


def mentions_of(annotated: Annotated, individuals: Sequence[Individual]) -> list[Mention]:
    """All mentions of the individuals, in order; of two that share a token the longer one."""
    every = [_mention(annotated, run, at) for at, one in enumerate(individuals) for run in one.mentions]
    every.sort(key=lambda mention: (mention.first, -mention.last))
    kept: list[Mention] = []
    for mention in every:
        if not kept or mention.first > kept[-1].last:
            kept.append(mention)
    return kept


def _mention(annotated: Annotated, run: Run, person: int) -> Mention:
    outer = run.front[0].first if run.front else run.first
    head = run.last
    for at in range(run.first, run.last + 1):
        if not run.first <= annotated.tokens[at].head <= run.last:
            head = at
    return Mention(outer, run.first, run.last, person, run.block, head)


def is_subject(token: Token) -> bool:
    """Whether a token is the subject of its clause."""
    return token.dep in ("nsubj", "nsubjpass")


def speaks(annotated: Annotated, token: Token) -> bool:
    """Whether a token is the subject of a verb of saying."""
    return is_subject(token) and annotated.tokens[token.head].lemma in words_of("speech_verbs")
