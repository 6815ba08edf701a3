"""Whom "he" and "she" stand for: the most salient human being before them whose gender fits.

Salience after Lappin and Leass (1994): a mention adds weight by its role in the sentence, and all weights fade from
sentence to sentence and from paragraph to paragraph. One pass from left to right; a resolved pronoun is a mention
itself. People without a name ("a spokesman for the airport") take part, so that a pronoun behind them is not given to
somebody who was named before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audit.extract.annotate import Annotated, Token
from audit.extract.descriptions import Descriptions
from audit.extract.mentions import DISPLAY_KINDS, Gendered, Mention, Quoted, is_subject, speaks
from audit.extract.person_words import Gender, gender_of_noun

Referent = int | str  # index of a person, or the words for somebody without a name

ANAPHORS: Mapping[str, Gender] = {
    "he": "male",
    "him": "male",
    "his": "male",
    "himself": "male",
    "she": "female",
    "her": "female",
    "hers": "female",
    "herself": "female",
}
_SUBJECT, _OBJECT, _OTHER, _SPEAKER = 80.0, 50.0, 35.0, 40.0
_INSIDE = 15.0  # a mention between quotation marks
_SENTENCE, _PARAGRAPH = 0.6, 0.75  # what a weight keeps from one to the next
_FORGOTTEN = 2.0  # less than this is too long ago
_UNKNOWN = 0.8  # how much somebody counts whose gender is not known
_NAMELESS = 0.7  # and somebody who has no name either
_CLEAR = 1.3  # how much heavier the first must be than the second, where the gender of the first is not known


@dataclass(slots=True)
class _Weight:
    value: float
    sentence: int
    block: int


def resolve_pronouns(
    annotated: Annotated,
    mentions: Sequence[Mention],
    people: Sequence[Gendered],
    turns: Mapping[int, int],
    descriptions: Descriptions,
) -> dict[int, Referent | None]:
    """For each "he", "she", "his", ... (by token index) whom it stands for, or None where that is unclear.

    Fills in the gender of persons where a pronoun can mean nobody else. `turns` maps the turns of a transcript to the
    persons who speak them.
    """
    return _Pass(annotated, mentions, people, turns, descriptions).run()


class _Pass:
    def __init__(
        self,
        annotated: Annotated,
        mentions: Sequence[Mention],
        people: Sequence[Gendered],
        turns: Mapping[int, int],
        descriptions: Descriptions,
    ) -> None:
        self._annotated = annotated
        self._people = people
        self._turns = turns
        self._descriptions = descriptions
        self._heads = {mention.head: mention.person for mention in mentions}
        self._named = {at for mention in mentions for at in range(mention.outer, mention.last + 1)}
        self._quoted = Quoted(annotated)
        self._weights: dict[Referent, _Weight] = {}  # whoever was mentioned last stands last
        self._heaviest = 0.0  # of all weights so far
        self._found: dict[int, Referent | None] = {}
        descriptions.stands_for = self._found  # "her father": whose father it is

    def run(self) -> dict[int, Referent | None]:
        tokens = self._annotated.tokens
        nouns = {token.i for token in self._descriptions.nouns}
        pronouns = {token.i for token in tokens if token.lower in ANAPHORS and token.tag in ("PRP", "PRP$")}
        for at in sorted({*self._heads, *nouns, *pronouns}):
            token = tokens[at]
            if at in self._heads:
                self._mentioned(self._heads[at], token)
            elif at in pronouns:
                self._resolve(token)
            elif self._is_description(token):
                person = self._descriptions.person_of(token)
                self._mentioned(token.lemma.casefold() if person is None else person, token)
        return self._found

    def _is_description(self, token: Token) -> bool:
        """Whether a noun for one human being is neither said of somebody nor part of a name."""
        if token.i in self._named or token.i + 1 in self._named:
            return False
        if self._annotated.document.blocks[token.block].kind in DISPLAY_KINDS:
            return False  # "The last man off the boat": a headline speaks of somebody whom the text names
        if token.dep in ("attr", "appos", "compound", "nmod", "oprd", "conj", "amod"):
            return False
        head = self._annotated.tokens[token.head]
        if token.dep == "pobj" and head.lower in ("as", "like", "of", "than"):
            return False
        return self._annotated.child(token, "det", "poss") is not None and self._annotated.child(token, "appos") is None

    # --- Weights ----------------------------------------------------------------------

    def _mentioned(self, referent: Referent, token: Token) -> None:
        if self._annotated.document.blocks[token.block].kind == "byline":
            return
        before = self._weights.get(referent)
        value = self._now(before, token) if before is not None else 0.0
        gain = self._gain(token)
        if isinstance(referent, str) and self._is_subordinate(token):
            gain = min(gain, _OTHER)  # "when a contractor failed" brings nobody to the fore
        self._weights.pop(referent, None)
        self._weights[referent] = _Weight(value + gain, token.sent, token.block)
        self._heaviest = max(self._heaviest, value + gain)

    def _is_subordinate(self, token: Token) -> bool:
        return self._annotated.tokens[token.head].dep in ("advcl", "relcl", "acl", "pcomp")

    def _gain(self, token: Token) -> float:
        if self._quoted.span_at(token) is not None:
            return _INSIDE
        if is_subject(token):
            return _SUBJECT + (_SPEAKER if speaks(self._annotated, token) else 0.0)
        return _OBJECT if token.dep in ("dobj", "dative", "conj", "appos", "ROOT") else _OTHER

    def _now(self, weight: _Weight, token: Token) -> float:
        sentences, blocks = token.sent - weight.sentence, token.block - weight.block
        return float(weight.value * _SENTENCE**sentences * _PARAGRAPH**blocks)

    # --- Choosing ----------------------------------------------------------------------

    def _resolve(self, token: Token) -> None:
        gender = ANAPHORS[token.lower]
        ranked = self._ranked(token, gender)
        self._found[token.i] = None
        if not ranked:
            return
        value, referent = ranked[0]
        if len(ranked) > 1 and self._gender(referent) is None and value < _CLEAR * ranked[1][0]:
            return
        self._found[token.i] = referent
        if len(ranked) == 1 and isinstance(referent, int) and self._people[referent].gender is None:
            self._people[referent].gender = gender
        self._mentioned(referent, token)

    def _ranked(self, token: Token, gender: Gender) -> list[tuple[float, Referent]]:
        """Those who may be meant, the most salient first."""
        excluded = self._excluded(token)
        ranked: list[tuple[float, Referent]] = []
        for referent, weight in reversed(self._weights.items()):
            if self._heaviest * _SENTENCE ** (token.sent - weight.sentence) < _FORGOTTEN / 2:
                break  # forgotten, and so is everybody who was mentioned before
            known = self._gender(referent)
            if known in (gender, None) and referent not in excluded:
                value = self._now(weight, token) * (1.0 if known else _UNKNOWN)
                value *= _NAMELESS if isinstance(referent, str) and not known else 1.0
                if value > _FORGOTTEN:
                    ranked.append((value, referent))
        return sorted(ranked, key=lambda one: (-one[0], str(one[1])))

    def _gender(self, referent: Referent) -> Gender | None:
        return self._people[referent].gender if isinstance(referent, int) else gender_of_noun(referent)

    def _excluded(self, token: Token) -> set[Referent]:
        """Whom a pronoun cannot be: the one who speaks the turn; for an object the subject of the same verb."""
        block = self._annotated.document.blocks[token.block]
        excluded: set[Referent] = set()
        if block.turn is not None and block.turn in self._turns:
            excluded.add(self._turns[block.turn])
        if token.dep in ("dobj", "dative", "pobj") and not token.lower.endswith("self"):
            subject = self._annotated.child(self._annotated.tokens[token.head], "nsubj", "nsubjpass")
            if subject is not None:
                known = self._heads.get(subject.i, self._found.get(subject.i))
                excluded.update(() if known is None else (known,))
        return excluded
