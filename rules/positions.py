"""Rules about what people hold: against the sources, against themselves, and against each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import ClassVar

from audit.rules.base import Rule
from audit.rules.passages import holder_name, of_position, passage, shared_words, stance_in_words

from audit.extract.topics import concepts
from audit.records import (
    AgreementLink,
    ContrastLink,
    Dossier,
    Draft,
    Evidence,
    LinkMatch,
    Position,
    PositionMatch,
    ReportedStatement,
    place_of,
)
from audit.records.findings import Confidence, Family, Severity


class PositionRule(Rule):
    """What the rules about positions share."""

    family: ClassVar[Family] = "positions"

    def draft(
        self,
        severity: Severity,
        confidence: Confidence,
        message: str,
        evidence: Iterable[Evidence],
        why: Iterable[str],
        clear: str,
    ) -> Draft:
        """A finding of this rule."""
        return Draft(
            rule=self.id,
            severity=severity,
            confidence=confidence,
            message=message,
            evidence=tuple(evidence),
            why=tuple(why),
            clear=clear,
        )


# --- Contrast and agreement -------------------------------------------------------------------------------------------


class FalseContrast(PositionRule):
    """A contrast between two people who, as far as the texts show, say the same.

    A marker ("in contrast", "unlike", "disagreed") sets one person against another. The topic and stance of what stands
    behind it are looked up in what the other one says in the sources, then in the rest of the article. An error where
    a source shows that both hold the same, or where one of them says there that the other is right; a warning where
    only the article shows it. Silent where the texts show the opposite, and where the two differ about something else:
    a reason, a degree, a time. Source: rule catalogue, false-contrast.

    Fails:
        article: Engineer Ana Reyes said that the dam was safe for a hundred years.
            In contrast, geologist Luis Paz doubts that the lake will fill again.
        source: OKORO: And the lake?
            REYES: I doubt that the lake will fill again.

    Passes:
        article: Engineer Ana Reyes said that the dam was safe for a hundred years.
            In contrast, geologist Luis Paz doubts that the lake will fill again.
        source: OKORO: And the lake?
            REYES: The lake will fill again, it always has.
    """

    id = "false-contrast"
    severity = "error"

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        for match in dossier.link_matches:
            link = dossier.claim(match.link)
            if isinstance(link, ContrastLink) and _stands_unopposed(match):
                yield from self._report(dossier, link, match)

    def _report(self, dossier: Dossier, link: ContrastLink, match: LinkMatch) -> Iterator[Draft]:
        pairs = [(dossier.position(one), dossier.position(other)) for one, other in match.same]
        in_source = [pair for pair in pairs if not _is_inside(dossier, pair[1])]
        if not in_source and not match.agreeing and not pairs:
            return
        shown = _last_shown(dossier, link)
        evidence = [
            passage(link, "contrast marker"),
            passage(link.right_clause, "set against", link.right.name),
            *([of_position(shown, f"{link.left.name}, as the article shows it")] if shown is not None else []),
        ]
        why = [f"the marker “{link.marker}” sets {link.right.name} against {link.left.name}"]
        evidence.extend(_passages_once(dossier, [other for _, other in (in_source or pairs)[:2]]))
        for one, other in (in_source or pairs)[:1]:
            why.append(f"topic in both: {shared_words(one, other)}")
            why.append(f"{holder_name(one)}: {stance_in_words(one)}; {holder_name(other)}: {stance_in_words(other)}")
        for id in match.agreeing:
            stated = dossier.claim(id)
            if isinstance(stated, AgreementLink):
                evidence.append(passage(stated.right_clause, f"in the source, {stated.right.name}", stated.right.name))
                why.append(f"in the source {stated.right.name} says outright that {stated.left.name} is right")
        by_source = bool(in_source or match.agreeing)
        yield self.draft(
            "error" if by_source else "warning",
            "high" if in_source or match.agreeing else "medium",
            f"Do {link.left.name} and {link.right.name} differ here? The article sets one against the other, and "
            + ("the source shows them" if by_source else "what it reports has them")
            + " on the same side.",
            evidence,
            why,
            "wording without the contrast, or the point on which the two really differ",
        )


def _passages_once(dossier: Dossier, positions: Iterable[Position]) -> list[Evidence]:
    """A passage for each sentence that the positions stand in."""
    first = {position.sentence: position for position in reversed(list(positions))}
    return [of_position(position, _where(dossier, position)) for position in reversed(first.values())]


def _stands_unopposed(match: LinkMatch) -> bool:
    return not match.opposite and not match.disagreeing


def _is_inside(dossier: Dossier, position: Position) -> bool:
    return position.path == dossier.article.document.path and position.id.startswith(
        f"{dossier.article.document.key}.position."
    )


def _where(dossier: Dossier, position: Position) -> str:
    name = holder_name(position)
    if _is_inside(dossier, position):
        return f"{name}, elsewhere in the article"
    return f"{name}, in the source"


def _last_shown(dossier: Dossier, link: ContrastLink | AgreementLink) -> Position | None:
    """The last words of the left side that the reader has seen before the marker."""
    shown = [dossier.position(id) for id in link.left_positions]
    return max(shown, key=lambda position: position.start, default=None)


class FalseAgreement(PositionRule):
    """An agreement between two people whose statements do the opposite, or have nothing to do with each other.

    "Echoed", "agreed" and the like say that the second person holds what the first one does. Reported where the source
    has the second person against it, where the two statements contradict each other, and where they share no topic
    and nothing of what the second person says in the sources comes near the first one's topic. Source: rule catalogue,
    false-agreement.

    Fails:
        article: Rents in the old town are far too high, said tenant Ana Reyes.
            Shopkeeper Luis Paz echoed this: “The morning train from Salm is late every day.”

    Passes:
        article: Rents in the old town are far too high, said tenant Ana Reyes.
            Shopkeeper Luis Paz echoed this: “Nobody with a job in a shop can pay these rents.”
    """

    id = "false-agreement"
    severity = "warning"

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        for match in dossier.link_matches:
            link = dossier.claim(match.link)
            if not isinstance(link, AgreementLink) or (match.agreeing and not match.opposite):
                continue
            if not match.same or match.refusals or match.disagreeing:
                yield from self._report(dossier, link, match)

    def _report(self, dossier: Dossier, link: AgreementLink, match: LinkMatch) -> Iterator[Draft]:
        against = self._against(dossier, match)
        if not against and not _is_unrelated(dossier, link, match):
            return
        shown = _last_shown(dossier, link)
        right = [dossier.position(id) for id in link.right_positions][:1]
        evidence = [
            passage(link, "agreement marker"),
            passage(link.right_clause, "said to agree", link.right.name),
            *([of_position(shown, f"{link.left.name}, as the article shows it")] if shown is not None else []),
            *([of_position(p, f"{link.right.name}, as the article shows it") for p in right] if not against else []),
            *against,
        ]
        reason = (
            f"the source has {link.right.name} on the other side"
            if against
            else "the two statements share no topic, and no supplied source has the second speaker on the first one's"
        )
        yield self.draft(
            "warning",
            "high" if against else "medium",
            f"Does {link.right.name} agree with {link.left.name} here? "
            + ("The source points the other way." if against else "The two statements are about different things."),
            evidence,
            [f"the marker “{link.marker}” joins {link.right.name} to {link.left.name}", reason],
            "wording without the agreement, or words of the second speaker that bear it out",
        )

    def _against(self, dossier: Dossier, match: LinkMatch) -> list[Evidence]:
        """What shows the second speaker on the other side."""
        opposed = [dossier.position(other) for _, other in match.opposite[:1]]
        refused = [dossier.position(id) for id in match.refusals[:1]]
        found = [of_position(position, _where(dossier, position)) for position in (opposed or refused)]
        for id in match.disagreeing:
            stated = dossier.claim(id)
            if isinstance(stated, ContrastLink):
                found.append(passage(stated.right_clause, f"in the source, {stated.right.name}", stated.right.name))
        return found


_ECHOING = ("echo", "likewise", "similarly", "second", "share", "in the same")
_ALIKE = ("likewise", "similarly", "in the same")
_UNRELATED = 0.35  # the weight up to which two people have no topic in common
_ENOUGH_WORDS = 2  # content words that both sides must have before silence between them means anything


def _is_unrelated(dossier: Dossier, link: AgreementLink, match: LinkMatch) -> bool:
    if not link.marker.lower().startswith(_ECHOING):
        return False  # "agreed" may also concede a fact; "echoed" always claims one topic
    if link.marker.lower().startswith(_ALIKE) and not _speaks(dossier, link):
        return False  # what somebody does in the same way is no view that they share
    sides = (link.left_positions, link.right_positions)
    words = [{lemma for id in ids for lemma in dossier.position(id).topic} for ids in sides]
    return match.overlap <= _UNRELATED and all(len(side) >= _ENOUGH_WORDS for side in words)


def _speaks(dossier: Dossier, link: AgreementLink) -> bool:
    """Whether the second one's clause gives words or a view of that person."""
    right = [dossier.position(id) for id in link.right_positions]
    return any(p.voice != "narration" and link.right_clause.covers(place_of(p)) for p in right)


# --- One person -------------------------------------------------------------------------------------------------------


class PositionMisreported(PositionRule):
    """A person's position that the source has otherwise, or that the article keeps only half of.

    What the article says somebody holds is compared with what that person says on the same topic in the sources.
    Opposite stances are an error, unless the source supports the article elsewhere or the article reports both. A
    warning where the article carries one side and the source holds a doubt, a limit or an obstacle on the same topic
    of which the article has nothing. Conditions, degrees, open possibilities, questions and other people's views are
    told apart, and an interviewer's words are never the guest's; a bare yes or no takes over what was asked. Source:
    rule catalogue, position-misreported; AP: one can misquote by leaving out a qualifying passage.

    Fails:
        article: The rowing club supports the new marina, its chair Ana Reyes said.
        source: OKORO: Where does the club stand?
            REYES: The rowing club does not support the new marina.

    Passes:
        article: The rowing club supports the new marina, its chair Ana Reyes said.
        source: OKORO: Where does the club stand?
            REYES: The rowing club supports the new marina.
    """

    id = "position-misreported"
    severity = "error"
    needs_source = True

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        for position in dossier.article.of(Position):
            if position.force != "asserted" or _is_faithful_quotation(dossier, position):
                continue
            matches = [match for match in dossier.matches_of(position.id) if match.same_person and not match.inside]
            flip = next((match for match in matches if match.relation == "opposite"), None)
            if position.holder is None and (flip is None or flip.closeness < _TOLD):
                continue
            if flip is not None and not _has_support(dossier, matches, flip) and not _reports_both(dossier, flip):
                yield self._flip(dossier, position, flip)
                continue
            reservation = _unreported_reservation(dossier, position, matches)
            if reservation is not None:
                yield self._omission(dossier, position, reservation, matches)
        yield from self._given_away(dossier)

    def _given_away(self, dossier: Dossier) -> Iterator[Draft]:
        """Doubts that a contrast gives to the second person alone, although the first one has them, too."""
        for match in dossier.link_matches:
            link = dossier.claim(match.link)
            if not isinstance(link, ContrastLink) or not _stands_unopposed(match):
                continue
            shown = _last_shown(dossier, link)
            doubts = (dossier.position(other) for _, other in match.same)
            doubt = next((d for d in doubts if d.reserved and not _is_inside(dossier, d)), None)
            if shown is None or doubt is None or shown.reserved or not dossier.same_person(shown.holder, doubt.holder):
                continue
            if not _holds_back_anywhere(dossier, shown, doubt):
                yield self._omission(dossier, shown, doubt, [])

    def _flip(self, dossier: Dossier, position: Position, match: PositionMatch) -> Draft:
        other = dossier.position(match.other)
        name = holder_name(position) or holder_name(other)
        return self.draft(
            "error",
            "high" if match.closeness >= 0.6 or position.attitude != "none" else "medium",
            f"Is this what {name} holds? The source has the opposite on the same topic.",
            [of_position(position, f"{name}, as the article reports it"), of_position(other, f"{name}, in the source")],
            [
                f"topic in both: {shared_words(position, other)}",
                f"article: {stance_in_words(position)}; source: {stance_in_words(other)}",
                "no passage of the source was found that bears the article out",
            ],
            "a passage of the source that says what the article says, or the position as the source has it",
        )

    def _omission(
        self, dossier: Dossier, position: Position, reserved: Position, matches: list[PositionMatch]
    ) -> Draft:
        name = holder_name(position)
        topic = shared_words(position, reserved) or shared_words(reserved, position) or ", ".join(reserved.topic)
        support = next((dossier.position(m.other) for m in matches if m.relation == "same"), None)
        evidence = [
            of_position(position, f"{name}, as the article shows it"),
            of_position(reserved, f"{name}, in the source"),
        ]
        if support is not None and support.sentence != reserved.sentence:
            evidence.append(of_position(support, f"{name}, in the source, the half that is shown"))
        return self.draft(
            "warning",
            "medium",
            f"Is half of {name}'s answer missing? In the source there is a reservation on the same topic, and the "
            "article has none of it.",
            evidence,
            [
                f"topic of the reservation: {topic}",
                f"article: {stance_in_words(position)}; source: {stance_in_words(reserved)}",
                f"the article reports no doubt or limit of {name} on this topic",
            ],
            "the reservation, quoted or reported beside it",
        )


_TOLD = 0.7  # how close the article's own account of somebody's act must be to what he or she says of it


def _is_faithful_quotation(dossier: Dossier, position: Position) -> bool:
    """Words that the source has as quoted are no misreport, whatever else the speaker says."""
    match = dossier.match(position.quoted) if position.quoted is not None else None
    return match is not None and match.verdict in ("exact", "tidied", "altered", "qualifier-cut", "other-speaker")


def _has_support(dossier: Dossier, matches: Iterable[PositionMatch], flip: PositionMatch) -> bool:
    """Whether the source also bears the article out, without a condition, about as closely as it contradicts it."""
    return any(
        match.relation == "same"
        and dossier.position(match.other).condition is None
        and match.closeness >= 0.75 * flip.closeness
        for match in matches
    )


def _reports_both(dossier: Dossier, flip: PositionMatch) -> bool:
    """Whether another passage of the article has the side that the source shows."""
    for position in dossier.article.of(Position):
        if position.id == flip.position:
            continue
        for match in dossier.matches_of(position.id):
            if match.other == flip.other and match.same_person and match.relation == "same":
                return True
    return False


def _unreported_reservation(dossier: Dossier, position: Position, matches: Iterable[PositionMatch]) -> Position | None:
    """A reservation of the same person on the topic, where the article has none of that person's on any near topic."""
    if position.polarity == "denied" or position.reserved or position.condition is not None:
        return None
    for match in matches:
        other = dossier.position(match.other)
        if not other.reserved or other.force != "asserted" or match.relation == "same":
            continue
        if not _holds_back_anywhere(dossier, position, other):
            return other
    return None


def _holds_back_anywhere(dossier: Dossier, position: Position, reserved: Position) -> bool:
    """Whether the article lets the person doubt, deny or limit something on the reservation's topic."""
    return any(
        dossier.same_person(own.holder, position.holder)
        and (own.reserved or own.polarity == "denied" or own.condition is not None)
        and shared_words(own, reserved) != ""
        for own in dossier.article.of(Position)
    )


class PositionReversed(PositionRule):
    """One person with two opposite positions on one topic, and no word that something changed.

    Compares what the article says one person holds with what it says elsewhere of the same person. Conditions,
    degrees, times and open possibilities that differ explain a difference, and so does a word of change (now,
    formerly, until). What stands behind the two verbs has to be about one thing. What others say about the person is
    theirs. Source: rule catalogue, position-reversed.

    Fails:
        article: Ana Reyes opposes the new marina. Her boat lies in the old harbour.
            The council votes in May. Reyes, who supports the new marina, will be there.

    Passes:
        article: Ana Reyes opposed the new marina until last year. Her boat lies in the old harbour.
            The council votes in May. Reyes, who supports the new marina, will be there.
    """

    id = "position-reversed"
    severity = "warning"

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        for match in dossier.position_matches:
            if match.inside and match.same_person and match.relation == "opposite":
                one, other = dossier.position(match.position), dossier.position(match.other)
                if one.voice == other.voice == "direct" or one.changed or other.changed:
                    continue  # what people say in one breath they explain themselves
                if _one_time(dossier, one, other) and _of_one_thing(one, other):
                    yield self._report(one, other)

    def _report(self, one: Position, other: Position) -> Draft:
        name = holder_name(one)
        return self.draft(
            "warning",
            "high" if one.attitude != "none" and other.attitude != "none" else "medium",
            f"Which does {name} hold? The article has two opposite positions on one topic, and no word that "
            "something changed.",
            [of_position(one, "in one place"), of_position(other, "in another place")],
            [
                f"topic in both: {shared_words(one, other)}",
                f"{stance_in_words(one)} in the one, {stance_in_words(other)} in the other",
            ],
            "the position that holds, or the words that say when and why it changed",
        )


_NEGATING = re.compile(r"\b(?:not|never|no|nobody|nothing|none|cannot)\b|n['’]t\b", re.IGNORECASE)


def _of_one_thing(one: Position, other: Position) -> bool:
    """Whether both say it of one thing in words of their own, and what is affirmed holds no negation that may count.

    "Wants safe streets" and "does not want to be searched" are two wants, "is a fine tool" and "is not for everyone"
    say two things; in "is like a child and not a wise man" the negation is of one half.
    """
    if not _said_of(one) & _said_of(other):
        return False
    if {one.predicate, other.predicate} & _WEAK and one.predicate != other.predicate:
        return False
    return not any(p.polarity == "affirmed" and _NEGATING.search(p.text) for p in (one, other))


_WEAK = frozenset({"accept", "want", "sign"})  # what somebody takes, wants or signs tells of an act before a view


def _said_of(position: Position) -> frozenset[str]:
    """The concepts of what stands behind the verb; of the whole clause where nothing does."""
    return concepts(position.object) or concepts(position.topic)


def _one_time(dossier: Dossier, one: Position, other: Position) -> bool:
    """Whether both speak of one time. Reported speech shifts the tense: "said that she was against it"."""
    return one.past == other.past or all(_is_shifted(dossier, p) for p in (one, other) if p.past)


def _is_shifted(dossier: Dossier, position: Position) -> bool:
    statement = dossier.claim(position.quoted) if position.quoted is not None else None
    return isinstance(statement, ReportedStatement) and statement.cue != position.predicate


POSITION_RULES = (FalseContrast, FalseAgreement, PositionMisreported, PositionReversed)
