"""Rules about how sure, how firm and under which condition: the article against its sources, and against itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from audit.rules.base import Rule
from audit.rules.passages import holder_name, of_position, shared_words

from audit.compare.stances import HEIGHT, is_one_forecast
from audit.extract.lexicon import stance
from audit.extract.topics import concept, concepts, turns_concept
from audit.records import Dossier, Draft, Place, Position, PositionMatch, ReportedStatement
from audit.records.claims import Commitment
from audit.records.findings import Confidence, Family, Severity

_FIRM: dict[Commitment, int] = {"hint": 0, "suggest": 1, "plan": 2, "pledge": 3}
_ONE_STATEMENT = 0.5  # closeness from which two clauses of one person are one statement
_SURE = 0.7  # and from which those of nobody in particular are


class CertaintyRule(Rule):
    """What the rules about certainty share."""

    family: ClassVar[Family] = "positions"

    def draft(
        self,
        severity: Severity,
        confidence: Confidence,
        message: str,
        pair: tuple[Position, Position],
        marks: tuple[tuple[Place | None, ...], tuple[Place | None, ...]],
        why: Iterable[str],
        clear: str,
        label: str = "",
    ) -> Draft:
        """A finding with the article's clause first and the other one beside it."""
        one, other = pair
        return Draft(
            rule=self.id,
            severity=severity,
            confidence=confidence,
            message=message,
            evidence=(
                of_position(one, "in the article", marks[0]),
                of_position(other, label or f"in the source, {holder_name(other)}".rstrip(", "), marks[1]),
            ),
            why=tuple(why),
            clear=clear,
        )


def _in_own_words(dossier: Dossier) -> Iterator[Position]:
    """The article's statements outside quotation marks; what stands inside them is the quotation rules' business."""
    for position in dossier.article.of(Position):
        if position.voice != "direct" and position.force == "asserted":
            yield position


def _sources(dossier: Dossier, position: Position) -> list[PositionMatch]:
    return [match for match in dossier.matches_of(position.id) if not match.inside]


def _is_one_statement(one: Position, other: Position, match: PositionMatch) -> bool:
    """Whether both clauses predicate the same: two words at least, much of both, and the verb where nobody is named."""
    alike = one.polarity == other.polarity and other.force == "asserted"
    if _are_turned(one, other) or _are_turned(other, one):
        return False
    if alike and is_one_forecast(one, other, one_person=match.same_person):
        return True
    times = concepts(word for words in (*one.time, *other.time) for word in words.split())
    if one.polarity != other.polarity or other.force != "asserted" or len(set(match.shared) - times) < 2:
        return False
    same_verb = concept(one.predicate) == concept(other.predicate)
    if match.same_person:
        return match.closeness >= _ONE_STATEMENT or (same_verb and match.closeness >= 0.4)
    if set(one.time) & set(other.time):  # two statements about next year
        return match.closeness >= 0.3
    return (same_verb and match.closeness >= _ONE_STATEMENT) or match.closeness >= _SURE


def _are_turned(one: Position, other: Position) -> bool:
    """Whether one clause has a word and the other its reverse: "close" and "stay open" are two statements."""
    turned = {concept(lemma) for lemma in one.topic if turns_concept(lemma)}
    return bool(turned & {concept(lemma) for lemma in other.topic if not turns_concept(lemma)})


class CertaintyRaised(CertaintyRule):
    """A statement that the article makes more certain than its source does.

    The rungs are may, can, likely, will, certainly. The article's statement, outside quotation marks, is matched with
    the same statement in the sources: the same person's where somebody is named, anybody's where the article says it
    in its own voice. A forecast is the same where the time is and a pronoun stands for the subject ("some of it").
    Compared is the strongest rung that the source uses for it. "Would" in reported speech counts as "will". Also
    reported: an adverb of certainty (unequivocally) where the source has one of degree (significantly). Source: rule
    catalogue, certainty-raised.

    Fails:
        article: The new turbines will cut the power bill of the town, said engineer Ana Reyes.
        source: OKORO: What will people notice?
            REYES: The new turbines may cut the power bill of the town.

    Passes:
        article: The new turbines may cut the power bill of the town, said engineer Ana Reyes.
        source: OKORO: What will people notice?
            REYES: The new turbines may cut the power bill of the town.
    """

    id = "certainty-raised"
    severity = "warning"
    needs_source = True

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        for position in _in_own_words(dossier):
            pairs = [(match, dossier.position(match.other)) for match in _sources(dossier, position)]
            alike = [(match, other) for match, other in pairs if _is_one_statement(position, other, match)]
            if not alike or position.condition is not None or position.hedged:
                continue
            highest = max(alike, key=lambda pair: (HEIGHT[pair[1].rung], pair[0].closeness))[1]
            if HEIGHT[position.rung] >= HEIGHT["will"] and HEIGHT[highest.rung] <= HEIGHT["can"]:
                if highest.rung == "may" or "able" in highest.modal_words:
                    yield self._raised(position, highest)
            elif position.rung == "certain" and _says_how_far(highest):
                yield self._swapped(position, highest)

    def _raised(self, position: Position, other: Position) -> Draft:
        said, printed = _modal(other), _modal(position) or f"a plain “{position.predicate}”"
        return self.draft(
            "warning",
            "high" if position.holder is not None else "medium",
            f"Is it this certain? The source says “{said}”, and the article has it as settled.",
            (position, other),
            ((position.modal_place, position), (other.modal_place, other)),
            [f"article: {printed}; source: “{said}”", f"topic in both: {shared_words(position, other)}"],
            "the source's degree of certainty, or a source that is as sure",
        )

    def _swapped(self, position: Position, other: Position) -> Draft:
        degree = next(word for word in other.degree if word in stance("degree adverb"))
        return self.draft(
            "warning",
            "medium",
            f"How sure or how far? The article says “{_modal(position)}”, the source “{degree}”.",
            (position, other),
            ((position.modal_place, position), (other,)),
            [
                f"“{_modal(position)}” says how certain it is, “{degree}” how far it goes",
                f"topic in both: {shared_words(position, other)}",
            ],
            "the adverb of the source, or a source that is as sure",
        )


def _modal(position: Position) -> str:
    return ", ".join(position.modal_words)


def _says_how_far(position: Position) -> bool:
    return position.rung != "certain" and any(word in stance("degree adverb") for word in position.degree)


class ConditionDropped(CertaintyRule):
    """A statement that the source makes under a condition, and the article without it.

    The article's statement, outside quotation marks, is matched with the same statement of the same person in the
    sources. Silent where the source also makes it without a condition, where the article's statement is itself open
    (may, could, hopes), and where the condition stands in the same or a neighbouring sentence of the article in any
    words. Source: rule catalogue, condition-dropped.

    Fails:
        article: The ferry will sail on Sundays from June, said captain Ana Reyes.
        source: OKORO: And on Sundays?
            REYES: If the town pays the crew, the ferry will sail on Sundays from June.

    Passes:
        article: If the town pays the crew, the ferry will sail on Sundays from June, said captain Ana Reyes.
        source: OKORO: And on Sundays?
            REYES: If the town pays the crew, the ferry will sail on Sundays from June.
    """

    id = "condition-dropped"
    severity = "warning"
    needs_source = True

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        everything = list(dossier.article.of(Position))
        for position in _in_own_words(dossier):
            if position.condition is not None or HEIGHT[position.rung] <= HEIGHT["can"]:
                continue
            alike = [
                (match, other)
                for match in _sources(dossier, position)
                if _is_one_statement(position, other := dossier.position(match.other), match)
            ]
            if not alike or any(other.condition is None for _, other in alike):
                continue
            match, other = alike[0]
            if position.holder is None and concept(position.predicate) != concept(other.predicate):
                continue
            if other.condition is None or _is_broken_off(other.condition):
                continue
            if not _condition_is_near(position, other, everything):
                yield self._report(position, other, match)

    def _report(self, position: Position, other: Position, match: PositionMatch) -> Draft:
        condition = other.condition.text if other.condition is not None else ""
        return self.draft(
            "warning",
            "high" if match.same_person else "medium",
            f"Does it hold without its condition? The source says so only “{condition}”.",
            (position, other),
            ((position,), (other.condition,)),
            [
                f"the source makes the statement under a condition: “{condition}”",
                "the article's sentence and its neighbours have no condition and none of these words",
            ],
            "the condition, or a source that says so without one",
        )


def _condition_is_near(position: Position, other: Position, everything: Iterable[Position]) -> bool:
    """Whether the paragraph of the article's statement holds the condition in some words: most of its content."""
    wanted = _condition_concepts(other)
    for near in everything:
        if near.block != position.block:
            continue
        if near.sentence == position.sentence and near.condition is not None:
            return True
        if near.predicate in ("depend", "hinge", "require"):
            return True
        held = wanted & (concepts(near.topic) | concepts(near.context))
        if near.id != position.id and 2 * len(held) >= len(wanted) > 0:
            return True
    return False


def _condition_concepts(position: Position) -> frozenset[str]:
    if position.condition is None:
        return frozenset()
    words = (word.strip(".,;:“”\"'’").lower() for word in position.condition.text.split())
    return concepts(word for word in words if len(word) > 4) - concepts(position.topic)


class CommitmentChanged(CertaintyRule):
    """An act that somebody is more, or less, bound to in the article than in the source.

    The steps are hint, suggest, plan, pledge. Compared is what the article and a source say of the same person and the
    same act; a bare "may" or "might" in the source counts as a hint. Reported from a hint or suggestion to a pledge,
    from a pledge to a hint, and the like; one step is not reported. Source: rule catalogue, commitment-changed.

    Fails:
        article: Baker Ana Reyes has pledged to open a shop in Salm.
        source: OKORO: What comes next?
            REYES: I might open a shop in Salm.

    Passes:
        article: Baker Ana Reyes plans to open a shop in Salm.
        source: OKORO: What comes next?
            REYES: I am planning to open a shop in Salm.
    """

    id = "commitment-changed"
    severity = "warning"
    needs_source = True

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        for position in _in_own_words(dossier):
            if position.commitment is None:
                continue
            for match in _sources(dossier, position):
                other = dossier.position(match.other)
                step = _firmness(other)
                if step is None or not _same_actor(dossier, position, other):
                    continue
                if abs(_FIRM[position.commitment] - step) > 1 and other.polarity == position.polarity:
                    yield self._report(position, other)
                break

    def _report(self, position: Position, other: Position) -> Draft:
        printed, said = position.commitment or "", other.commitment or _modal(other)
        own = other.voice == "turn"
        return self.draft(
            "warning",
            "high" if own else "medium",
            f"How firm is it? The article has a {printed}, the source only speaks of it as “{said}”."
            if _FIRM[position.commitment or "hint"] > (_firmness(other) or 0)
            else f"How firm is it? The article has a {printed}, the source a {said}.",
            (position, other),
            ((position,), (other,)),
            [f"article: {printed}; source: {said}", f"act in both: {shared_words(position, other)}"],
            "the source's degree of commitment, or a source that is as firm",
        )


def _firmness(position: Position) -> int | None:
    if position.commitment is not None:
        return _FIRM[position.commitment]
    return 0 if position.rung == "may" else None


def _same_actor(dossier: Dossier, one: Position, other: Position) -> bool:
    actors = [_actor(dossier, position) for position in (one, other)]
    return actors[0] is not None and actors[0] == actors[1]


def _actor(dossier: Dossier, position: Position) -> str | None:
    """Who is bound: the person that the subject names, or the speaker ("I might ...")."""
    if position.subject_person is not None:
        return dossier.identities.get(position.subject_person)
    return dossier.identity(position.holder)


class SettledEventAsOpen(CertaintyRule):
    """An event that the article tells as having happened and elsewhere treats as open.

    "The council bought the smithy" and, further down, "if the council buys the smithy": both in the article's own
    voice, with the same subject and the same verb. Quotations are left alone, since they may be older than the event,
    and so is another event of the kind (again, next, the second). Source: rule catalogue, settled-event-as-open.

    Fails:
        article: The village council sold the old mill in March. The price is not known.
            If the village council sells the old mill, the swifts will need another roof.

    Passes:
        article: The village council sold the old mill in March. The price is not known.
            If the village council sells another mill, the swifts will need a roof.
    """

    id = "settled-event-as-open"
    severity = "warning"

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        told = [p for p in dossier.article.of(Position) if _is_told(p)]
        for open_ in dossier.article.of(Position):
            if open_.force != "supposed" or _is_another(open_) or not _is_said_now(dossier, open_):
                continue
            settled = next((p for p in told if p.start != open_.start and _same_event(p, open_)), None)
            if settled is not None:
                yield self._report(settled, open_)

    def _report(self, settled: Position, open_: Position) -> Draft:
        return self.draft(
            "warning",
            "medium",
            "Has it happened? The article tells it as settled in one place and as open in another.",
            (settled, open_),
            ((settled,), (open_,)),
            [f"the same event in both: {shared_words(open_, settled)} ({open_.predicate})"],
            "one state of affairs in both places, or the words that say which event is meant",
            "in the article, as open",
        )


def _is_broken_off(condition: Place) -> bool:
    """Whether the speaker leaves a condition in the middle and begins anew, so that nobody can say what it was."""
    return any(end in condition.text for end in (". ", "? ", "! ", "—."))


def _is_told(position: Position) -> bool:
    """Whether the article tells an event; being something is none."""
    return (
        position.voice == "narration"
        and position.predicate != "be"
        and position.force == "asserted"
        and position.past
        and position.polarity == "affirmed"
        and position.condition is None
        and not position.modal_words
    )


def _is_said_now(dossier: Dossier, position: Position) -> bool:
    """In the article's own voice, or reported in the present tense ("the players fear"), so not before the event."""
    if position.voice == "narration":
        return True
    statement = dossier.claim(position.quoted) if position.quoted is not None else None
    present = isinstance(statement, ReportedStatement) and statement.cue_place.text in (
        statement.cue,
        f"{statement.cue}s",
    )
    return position.voice == "indirect" and present


def _is_another(position: Position) -> bool:
    return bool({*position.topic, *position.qualifiers} & stance("again"))


def _same_event(settled: Position, open_: Position) -> bool:
    if concept(settled.predicate) != concept(open_.predicate) or not concepts(settled.subject) & concepts(
        open_.subject
    ):
        return False
    words = concepts(open_.topic) - {concept(open_.predicate)}
    return len(words) >= 1 and words <= concepts(settled.topic) | concepts(settled.subject)


CERTAINTY_RULES = (CertaintyRaised, ConditionDropped, CommitmentChanged, SettledEventAsOpen)
