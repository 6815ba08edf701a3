"""Rules about statements that cannot both stand, in the article itself and between it and its sources."""

from __future__ import annotations

from collections.abc import Iterable

from audit.rules.passages import passage
from audit.rules.positions import PositionRule

from audit.records import Dossier, Draft, StatementConflict

_ASKS = {
    "denied": "Did it happen? One place tells it, another denies it.",
    "state": "Which is it? The two places put the same thing in states that exclude each other.",
    "value": "Which is it? The two places tell one thing in two ways.",
    "holder": "Who was it? The two places give to two what only one can have.",
}


class NarrationSelfContradiction(PositionRule):
    """Two statements in the article's own voice that cannot both stand.

    Source: rule catalogue, narration-self-contradiction.

    Fails:
        article: The mine at Orly is closed. Its gates are rusting.
            The mine, which operates daily, employs 300 people.

    Passes:
        article: The mine at Orly closed in May. Its gates are rusting.
            Until then the mine, which operated daily, employed 300 people.
    """

    id = "narration-self-contradiction"
    severity = "error"
    preview = True

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        for conflict in dossier.conflicts:
            if conflict.inside:
                yield self._report(dossier, conflict)

    def _report(self, dossier: Dossier, conflict: StatementConflict) -> Draft:
        one, other = dossier.predication(conflict.one), dossier.predication(conflict.other)
        return self.draft(
            "error" if conflict.strength == "high" else "warning",
            conflict.strength,
            _ASKS[conflict.kind],
            [
                passage(one.sentence, "in one place", marks=(conflict.left,)),
                passage(other.sentence, "in another place", marks=(conflict.right,)),
            ],
            [f"the same in both: {', '.join(conflict.shared)}", conflict.reason],
            "the statement that holds, or the words that say how both can",
        )


STATEMENT_RULES = (NarrationSelfContradiction,)
