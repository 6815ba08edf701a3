"""The rule about sums, changes and shares that do not come out, with the working shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from audit.rules.base import Rule
from audit.rules.passages import LONGEST, of_statement

from audit.records import Dossier, Draft, Evidence, Figure, Reckoning
from audit.records.findings import Confidence, Family

_ASKS = {
    "parts": "Do the parts add up? They give {result}, and the total stated is “{stated}”.",
    "votes": "Are the votes right? Together they are {result}, and there are “{stated}” who could vote.",
    "shares": "Do these shares overlap? Together they are {result} of one whole.",
    "change": "Is “{stated}” the size of the change? From the other figures it is {result}.",
    "ratio": "Is “{stated}” the share? From the two counts beside it, it is {result}.",
    "direction": "Which way did it go? From the two figures it is {result}.",
    "points": "Is it “{stated}” or percentage points? As a share of the first figure it is {result}.",
    "multiple": "Is “{stated}” right? From the two figures beside it, it is {result}.",
    "average": "Is “{stated}” the average? From the total and the number beside it, it is {result}.",
    "product": "Is “{stated}” what it comes to? From the number and the amount for each, it is {result}.",
    "conversion": "Is “{stated}” converted right? The figure beside it comes to {result}.",
}
_CLEAR = {
    "parts": "the part that is missing or counted twice, or another total",
    "votes": "the record of the vote and the number of members present",
    "shares": "the table of answers, or a word that more than one answer was possible",
    "conversion": "the figure that was measured, and its conversion",
    "points": "“percentage points”, or the share of the first figure",
}
_CONFIDENCE: dict[str, Confidence] = {"votes": "high", "ratio": "high", "points": "high", "direction": "high"}


class ArithmeticOff(Rule):
    """Figures of the article that do not come out: parts and total, votes, shares, changes and their size.

    Worked out are parts whose number the text states or that it lists, in one sentence, in two or one by one over
    paragraphs; those that do and those that do not; votes against members and shares of one answer; "from X to Y", or
    two levels of one thing, against the stated change; percent against percentage points; counts against the share or
    the multiple beside them; averages, and so many at so much; and amounts against the conversion beside them. Each
    figure counts as the interval that its form and hedge allow. Left alone are sums with a word for what is
    left over (other, including, remaining), shares that may overlap, and sums that are off by more than a quarter,
    which are sums of something else. The working is shown. Source: rule catalogue, arithmetic-off.

    Fails:
        article: Of the 50 members of the council, 30 voted for the bypass and 25 voted against it.

    Fails:
        article: Membership of the rowing club doubled from 10 to 30 within a year.

    Fails:
        article: The sea wall is 12 metres (59 feet) high.

    Fails:
        article: The 12 boats cost £3.6 million in all, an average of £400,000 each.

    Passes:
        article: Of the 50 members of the council, 30 voted for the bypass and 12 voted against it.

    Passes:
        article: Membership of the rowing club more than doubled from 10 to 22 within a year.

    Passes:
        article: The sea wall is 12 metres (40 feet) high.
    """

    id = "arithmetic-off"
    family: ClassVar[Family] = "quantities"
    severity = "warning"

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        for reckoning in dossier.reckonings:
            figures = [dossier.figure(id) for id in reckoning.figures]
            stated = dossier.figure(reckoning.stated).text if reckoning.stated else ""
            yield Draft(
                rule=self.id,
                severity="warning",
                confidence=_CONFIDENCE.get(reckoning.form, "medium"),
                message=_ASKS[reckoning.form].format(result=reckoning.result, stated=stated),
                evidence=tuple(_evidence(dossier, figures)),
                why=(f"worked out: {reckoning.working}", *_hedges(dossier, reckoning)),
                clear=_CLEAR.get(reckoning.form, "the figure that is off, or the words that explain it"),
            )


def _evidence(dossier: Dossier, figures: Iterable[Figure]) -> Iterable[Evidence]:
    """The sentences of the figures, each once, with its figures marked."""
    by_statement: dict[str, list[Figure]] = {}
    for figure in figures:
        by_statement.setdefault(figure.statement, []).append(figure)
    for id, members in by_statement.items():
        statement = dossier.statement(id)
        if len(statement.text) <= LONGEST:
            yield of_statement(statement, "the figures", members)
        else:
            yield from (of_statement(statement, "a figure", (member,)) for member in members)


def _hedges(dossier: Dossier, reckoning: Reckoning) -> Iterable[str]:
    hedged = [q for id in reckoning.figures if (q := dossier.quantity(dossier.figure(id).quantity)).hedge]
    if hedged:
        words = ", ".join(f"{quantity.hedge} {quantity.text}" for quantity in hedged)
        yield f"hedges allowed for: {words}"


ARITHMETIC_RULES = (ArithmeticOff,)
