"""Whose word a clause is: a turn's, a quotation's, a reported person's, or the document's own."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from audit.extract.annotate import Annotated, Token
from audit.extract.clauses import Clause, subject_of
from audit.extract.lexicon import stance
from audit.extract.people import People
from audit.extract.stance import attitude_of
from audit.records import Place, Quotation, ReportedStatement, Speaker, Turn
from audit.records.claims import Voice

_SECOND = frozenset({"you"})
_FIRST = frozenset({"i", "we"})
# subjects that hold nothing: "it seems that", "this means that", "there is"
_EMPTY_SUBJECTS = frozenset({"it", "this", "that", "there", "which", "what"})


class Holder(NamedTuple):
    """Who holds a clause, in which voice, and through which claim the text says so."""

    speaker: Speaker | None
    voice: Voice
    claim: str | None = None
    turn: str | None = None


class _Stretch(NamedTuple):
    """View offsets of words that are somebody's."""

    start: int
    end: int
    speaker: Speaker | None
    claim: str


class _Stretches:
    """Stretches by place: the innermost one around an offset."""

    def __init__(self, stretches: Iterable[_Stretch]) -> None:
        self._all = sorted(stretches, key=lambda stretch: (stretch.start, -stretch.end))
        self._starts = [stretch.start for stretch in self._all]

    def around(self, offset: int) -> _Stretch | None:
        at = bisect.bisect_right(self._starts, offset) - 1
        for back in range(at, max(at - 8, -1), -1):  # nothing is nested deeper than that
            if self._all[back].end > offset:
                return self._all[back]
        return None


class Voices:
    """The holders of all clauses of one document."""

    def __init__(
        self,
        annotated: Annotated,
        people: People,
        turns: Sequence[Turn],
        quotations: Sequence[Quotation],
        statements: Sequence[ReportedStatement],
    ) -> None:
        self._annotated, self._people = annotated, people
        self._turns = turns_by_index(annotated, turns)
        self._guests = _answering(turns)
        document = annotated.document

        def stretch(place: Place, speaker: Speaker | None, claim: str) -> _Stretch:
            return _Stretch(*document.view_span(place), speaker, claim)

        self._quoted = _Stretches(
            stretch(segment, quotation.speaker, quotation.id)
            for quotation in quotations
            if quotation.form != "nested"
            for segment in quotation.segments
        )
        self._reported = _Stretches(stretch(statement, statement.speaker, statement.id) for statement in statements)

    def holder(self, clause: Clause) -> Holder:
        """Who holds a clause."""
        turn = self._turn_of(clause.head)
        quoted = self._quoted.around(clause.head.start)
        if quoted is not None:
            return Holder(quoted.speaker, "direct", quoted.claim, turn.id if turn is not None else None)
        if turn is not None:
            return self._in_turn(clause, turn)
        reported = self._reported.around(clause.head.start)
        if reported is not None:
            return Holder(reported.speaker, "indirect", reported.claim)
        speaker = self._sided(clause) if clause.status != "supposed" else None
        return Holder(speaker, "indirect" if speaker is not None else "narration")

    def _turn_of(self, token: Token) -> Turn | None:
        index = self._annotated.document.blocks[token.block].turn
        return None if index is None else self._turns.get(index)

    def _in_turn(self, clause: Clause, turn: Turn) -> Holder:
        """The speaker of a turn, or the one whose words the turn reports."""
        for layer in clause.layers:
            subject = self._annotated.child(layer, "nsubj", "nsubjpass")
            if subject is None or subject.lower in _FIRST | _EMPTY_SUBJECTS:
                continue
            if subject.lower in _SECOND:
                guest = self._guests.get(turn.ordinal)
                # "You mentioned that ..." states what the guest said; "So you believe that ..." may only ask
                told = layer.tag in ("VBD", "VBN") and layer.lemma_lower not in stance("opinion")
                return Holder(guest if told else None, "turn", turn=turn.id)
            speaker = self._people.speaker_of(subject)
            if speaker is not None and (speaker.person is not None or speaker.kind == "group"):
                return Holder(speaker, "indirect", turn=turn.id)
        return Holder(turn.speaker, "turn", turn=turn.id)

    def _sided(self, clause: Clause) -> Speaker | None:
        """The person whose position the document's own words report: "Vega, who opposes the tax", "Moser expects"."""
        for layer in (*clause.layers, clause.head):
            if layer.lemma_lower not in _position_verbs():
                continue
            subject = self._subject(layer, clause)
            speaker = self._people.speaker_of(subject) if subject is not None else None
            if speaker is not None and speaker.kind != "unknown":
                return speaker
        return self._side_taker(clause)

    def _side_taker(self, clause: Clause) -> Speaker | None:
        """ "is against the mast", "are in favour of the service", "is opposed to it"."""
        if attitude_of(self._annotated, clause, "affirmed") == "none":
            return None
        subject = subject_of(self._annotated, clause)
        return self._people.speaker_of(subject) if subject is not None else None

    def _subject(self, verb: Token, clause: Clause) -> Token | None:
        if verb.i == clause.head.i:
            return subject_of(self._annotated, clause)
        return self._annotated.child(verb, "nsubj", "nsubjpass")

    def own_name(self, clause: Clause, holder: Holder, subject: Token | None) -> set[int]:
        """Tokens of a clause that only name its holder: its subject with appositions, "according to her"."""
        person = holder.speaker.person if holder.speaker is not None else None
        named: set[int] = set()
        if person is not None:
            if subject is not None and clause.antecedent is None and self.person_of(subject) == person:
                named.update(token.i for token in self._annotated.subtree(subject))
            for token in clause.tokens:
                mentioned = self._people.person_at(token)
                if mentioned is not None and mentioned.id == person:
                    named.add(token.i)
        if "according" in clause.forms:
            phrases = [token for token in clause.tokens if token.lower == "according"]
            named.update(part.i for token in phrases for part in self._annotated.subtree(token))
        return named

    def person_of(self, subject: Token | None) -> str | None:
        """The id of the person that a subject names."""
        if subject is None:
            return None
        speaker = self._people.speaker_of(subject)
        return speaker.person if speaker is not None else None


def turns_by_index(annotated: Annotated, turns: Sequence[Turn]) -> dict[int, Turn]:
    """The turns by their index in `Document.turns`, as a block names it."""
    blocks = annotated.document.blocks
    indexed = ((blocks[turn.block].turn, turn) for turn in turns)
    return {index: turn for index, turn in indexed if index is not None}


@cache
def _position_verbs() -> frozenset[str]:
    sections = ("for verb", "against verb", "mental verb", "opinion", "hope", "denying verb", "pledge", "plan", "hint")
    return frozenset().union(*(stance(section) for section in sections))


def _answering(turns: Sequence[Turn]) -> dict[int, Speaker]:
    """For each turn of an interviewer, the guest who speaks next."""
    found: dict[int, Speaker] = {}
    guest: Speaker | None = None
    for turn in reversed(turns):
        if turn.role == "interviewer":
            if guest is not None:
                found[turn.ordinal] = guest
        else:
            guest = turn.speaker
    return found
