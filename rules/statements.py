"""Rules about statements that cannot both stand, in the article itself and between it and its sources."""

from __future__ import annotations

from collections.abc import Iterable

from audit.rules.passages import passage
from audit.rules.positions import PositionRule

from audit.records import Dossier, Draft, StatementConflict, Uniqueness

_ASKS = {
    "denied": "Did it happen? One place tells it, the other denies it.",
    "state": "Which is it? The two places put one thing in states that exclude each other.",
    "value": "Which is it? The two places tell one thing in two ways.",
    "holder": "Who was it? The two places give to two what only one can have.",
}


class NarrationSelfContradiction(PositionRule):
    """Two statements in the article's own voice that cannot both stand.

    Both are about one subject, a pronoun standing for what it points to. One denies what the other tells or implies
    ("never gave evidence", "under cross-examination"; "has never been in a prison", "four months in the prison"), or
    says that nobody did what the other has somebody do; they put it in states that exclude each other ("is closed",
    "operates daily"), or have a closed place in use ("lorries leave the yard every day"); they fill one place of an
    event that happens once in two ways (born in two towns, built in two years); they have a vote go in two ways
    (unanimous, and two against it); or they give to two what only one can have. An error where the event happens once
    or the denial says never, a warning elsewhere. Silent over quotations and reported views, questions, conditions
    and possibilities, comparisons (lower than in May), words of change (then, until, former), parts and several
    subjects, and where the text itself takes one version back. Source: rule catalogue, narration-self-contradiction.

    Fails:
        article: The mine at Orly is closed. Its gates are rusting.
            The mine, which operates daily, employs 300 people.

        article: Baker Ana Reyes has never asked the board for a meeting. Her shop is in Orly.
            Twice the board has turned down her request for a meeting.

        article: The council approved the new bridge unanimously. It will cost nine million crowns.
            Two members voted against the bridge, and one of them left the room.

    Passes:
        article: The mine at Orly closed in May. Its gates are rusting.
            Until then the mine, which operated daily, employed 300 people.
    """

    id = "narration-self-contradiction"
    severity = "error"

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        for conflict in dossier.conflicts:
            if conflict.inside and conflict.kind != "presupposed":
                one, other = dossier.predication(conflict.one), dossier.predication(conflict.other)
                yield self.draft(
                    "error" if conflict.strength == "high" else "warning",
                    conflict.strength,
                    _ASKS[conflict.kind],
                    [
                        passage(one.sentence, "in one place", marks=(conflict.left,)),
                        passage(other.sentence, "in another place", marks=(conflict.right,)),
                    ],
                    _why(conflict),
                    "the statement that holds, or the words that say how both can",
                )


class StatementDeniedBySource(PositionRule):
    """A statement in the article's own voice that a source flatly denies, or tells of one event in another way.

    As narration-self-contradiction, with the second statement from a source: what its text says, or what a speaker
    other than the interviewer says there. What somebody holds is compared by position-misreported. Only denials, events
    that happen once, and events that the two put in different countries or regions are compared, these where both name
    a smaller place or the day, and neither knows of the other's; the severity is a warning, since the source may be the
    one to be corrected.

    Fails:
        article: The town chapel was built in 1901 by the architect Luis Paz. It stands by the river.
        source: A leaflet of the heritage office. The town chapel was built in 1864 by Dana Ito.

    Passes:
        article: The town chapel was built in 1901 by the architect Luis Paz. It stands by the river.
        source: A leaflet of the heritage office. The school chapel was built in 1864 by Dana Ito.
    """

    id = "statement-denied-by-source"
    severity = "warning"
    needs_source = True
    preview = True

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        for conflict in dossier.conflicts:
            if not conflict.inside and conflict.strength == "high" and conflict.kind in ("denied", "value"):
                one, other = dossier.predication(conflict.one), dossier.predication(conflict.other)
                yield self.draft(
                    "warning",
                    "medium",
                    _ASKS[conflict.kind],
                    [
                        passage(one.sentence, "in the article", marks=(conflict.left,)),
                        passage(other.sentence, "in the source", marks=(conflict.right,)),
                    ],
                    _why(conflict),
                    "the source's statement, or another source that bears the article out",
                )


class PresuppositionClash(PositionRule):
    """A word that takes for granted what another sentence of the article denies.

    "Resume" and "restart" take it that something had stopped, "reopen" that it had closed, "return" that somebody had
    left, "no longer" that it once was so; a sentence about the same thing or person says that it never did. A note,
    since there may be two of the kind. Source: rule catalogue, presupposition-clash.

    Fails:
        article: The talks on the harbour never stopped, not even over the holidays.
            When the talks on the harbour are resumed, the price will be on the table.

    Passes:
        article: The talks on the harbour never stopped, not even over the holidays.
            When the talks on the school are resumed, the price will be on the table.
    """

    id = "presupposition-clash"
    severity = "note"
    confidence = "medium"
    preview = True

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        for conflict in dossier.conflicts:
            if conflict.kind == "presupposed":
                one, other = dossier.predication(conflict.one), dossier.predication(conflict.other)
                yield self.draft(
                    "note",
                    "medium",
                    "Was there a break? One sentence takes for granted what another denies.",
                    [
                        passage(one.sentence, "denied here", marks=(conflict.left,)),
                        passage(other.sentence, "taken for granted here", marks=(conflict.right,)),
                    ],
                    _why(conflict),
                    "a word that fits both, or what tells the two apart",
                )


class SelfCancellingSuperlative(PositionRule):
    """Something without a like, and in the same sentence the earlier case that is like it.

    "Unprecedented", "never before", "first ever" and their kin beside a comparison with a dated earlier case ("echoing
    1998"). Silent where the word is denied ("hardly unprecedented") or limited ("unprecedented since 1998").
    Source: rule catalogue, self-cancelling-superlative.

    Fails:
        article: The river saw an unprecedented drop in May, echoing the summer of 1998.

    Passes:
        article: The river saw its steepest drop since the summer of 1998, and a fall in prices that was unprecedented.
    """

    id = "self-cancelling-superlative"
    severity = "warning"
    confidence = "medium"
    preview = True

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        for claim in dossier.article.of(Uniqueness):
            if claim.precedent is not None and not claim.limited:
                yield self.draft(
                    "warning",
                    "medium",
                    "Was there nothing like it before? The same sentence names an earlier case that is like it.",
                    [passage(claim.sentence, "both in one sentence", marks=(claim, claim.precedent))],
                    [f"“{claim.text}” says that it has no like", f"“{claim.precedent.text}” names one"],
                    "the superlative with the date since which it holds, or the comparison without it",
                )


def _why(conflict: StatementConflict) -> list[str]:
    return [f"the same in both: {', '.join(conflict.shared)}", conflict.reason]


STATEMENT_RULES = (
    NarrationSelfContradiction,
    StatementDeniedBySource,
    PresuppositionClash,
    SelfCancellingSuperlative,
)
