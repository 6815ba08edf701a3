"""Rules about figures that do not agree: inside the article, with a source, and in their units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from audit.rules.base import Rule
from audit.rules.passages import of_statement

from audit.records import Dossier, Draft, FigureMatch
from audit.records.findings import Confidence, Family, Severity

_SLIPS = {
    "": "",
    "digits": "two digits are swapped",
    "digit": "they differ in one digit",
    "magnitude": "they differ by a power of ten",
}
_FIRM = 3  # strength from which two figures are taken to be of one thing without more


class QuantityRule(Rule):
    """What the rules about figures share."""

    family: ClassVar[Family] = "quantities"

    def draft(
        self, dossier: Dossier, match: FigureMatch, severity: Severity, confidence: Confidence, message: str, clear: str
    ) -> Draft:
        one, other = dossier.figure(match.figure), dossier.figure(match.other)
        labels = ("in the article", "elsewhere in the article" if match.inside else "in the source")
        reasons = [
            f"“{one.text}” beside “{other.text}”, both bound to: {', '.join(match.shared)}",
            _SLIPS[match.slip],
        ]
        return Draft(
            rule=self.id,
            severity=severity,
            confidence=confidence,
            message=message,
            evidence=tuple(
                of_statement(dossier.statement(figure.statement), label, (figure,))
                for figure, label in zip((one, other), labels, strict=True)
            ),
            why=tuple(filter(None, reasons)),
            clear=clear,
        )


def _conflicts(dossier: Dossier, inside: bool, relation: str) -> Iterator[FigureMatch]:
    return (m for m in dossier.figure_matches if m.inside is inside and m.relation == relation)


def _what(dossier: Dossier, match: FigureMatch) -> str:
    """What both figures are of, for a message."""
    figure = dossier.figure(match.figure)
    return figure.attribute if figure.attribute and figure.attribute in match.shared else figure.thing


class QuantityTwoValues(QuantityRule):
    """One quantity with two values inside the article: in text, headline, captions and tables.

    Both figures have to measure one thing by one measure in the company of the same words; hedges, rounding and
    conversion are allowed for. Left alone are other periods, places, people and groups, parts and wholes, plans and
    former values, and what is said in quotations. Source: rule catalogue, quantity-two-values.

    Fails:
        article: The relief fund holds $4 million. It was set up by baker Ana Reyes.

            Members of the board want to wind up the $40 million relief fund.

    Passes:
        article: The relief fund holds $4 million. It was set up by baker Ana Reyes.

            Two years ago the relief fund held $40 million.
    """

    id = "quantity-two-values"
    severity = "warning"
    preview = True

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        for match in _conflicts(dossier, True, "differs"):
            one, other = dossier.figure(match.figure), dossier.figure(match.other)
            if match.strength < _FIRM and not match.slip:
                continue
            if any(dossier.statement(figure.statement).voice == "direct" for figure in (one, other)):
                continue
            if not _what(dossier, match):
                continue  # nothing says what is measured
            sure = match.strength > _FIRM and bool(match.slip)
            yield self.draft(
                dossier,
                match,
                "error" if sure else "warning",
                "high" if sure else "medium",
                f"Is it “{one.text}” or “{other.text}”? The article gives two figures for one thing"
                f" ({_what(dossier, match)}).",
                "one figure in both places, or the words that say why they differ",
            )


class QuantityDiffersFromSource(QuantityRule):
    """A figure of the article that differs from the source's figure for the same thing.

    The article's sentence is matched with the source's; both figures have to measure one thing by one measure there.
    What a figure is of may stand in the question that it answers, and of two figures that are set against each other
    ("85, against 120 ten years ago") each has its own time. Rounding to the printed precision and hedges are allowed
    for: “about 900” is 912, “more than 2,000” is 2,410. Silent where a source gives the article's figure near the
    match or of the same thing, where the article gives the source's figure, too, and for words in quotation marks,
    which quote-altered looks after. Source: rule catalogue, quantity-differs-from-source.

    Fails:
        article: The ferry carried 2,140 passengers in May, the company said.
        source: OKORO: How was May?
            REYES: In May the ferry carried two thousand four hundred and ten passengers.

    Fails:
        article: The new hospice will have 84 beds, director Ines Falk said.
        source: QUINN: How many beds will the hospice have?
            FALK: Forty-eight.

    Passes:
        article: The choir has 85 singers, against 120 before the war.
        source: ADEBAYO: Before the war the choir had 120 singers.

    Passes:
        article: The ferry carried more than 2,000 passengers in May, the company said.
        source: OKORO: How was May?
            REYES: In May the ferry carried two thousand four hundred and ten passengers.
    """

    id = "quantity-differs-from-source"
    severity = "error"
    needs_source = True

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        for match in _conflicts(dossier, False, "differs"):
            one, other = dossier.figure(match.figure), dossier.figure(match.other)
            if dossier.statement(one.statement).voice == "direct":
                continue
            if match.strength < _FIRM and not match.slip:
                continue
            sure = match.strength >= _FIRM
            yield self.draft(
                dossier,
                match,
                "error" if sure else "warning",
                "high" if sure and match.slip else "medium",
                f"Is it “{one.text}” or “{other.text}”? The article and its source differ in this figure"
                f" ({_what(dossier, match) or match.shared[0]}).",
                "the source's figure, or a source that gives the article's",
            )


class UnitDiffers(QuantityRule):
    """One number in two units: feet and metres, percent and percentage points, a day and a week.

    The same number has to measure the same thing, inside the article or in article and source. A number that is
    converted is a different number and left alone. Source: rule catalogue, quantities.

    Fails:
        article: The radio mast on Tarn Hill is 740 metres tall.
        source: The radio mast on Tarn Hill is 740 feet tall, and it can be seen from the sea.

    Passes:
        article: The radio mast on Tarn Hill is 226 metres tall.
        source: The radio mast on Tarn Hill is 740 feet tall, and it can be seen from the sea.
    """

    id = "unit-differs"
    severity = "error"

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        for inside in (True, False):
            for match in _conflicts(dossier, inside, "unit"):
                one, other = dossier.figure(match.figure), dossier.figure(match.other)
                yield self.draft(
                    dossier,
                    match,
                    "error" if match.strength >= _FIRM else "warning",
                    "high" if match.strength >= _FIRM else "medium",
                    f"Which unit is it, “{one.text}” or “{other.text}”? One number stands here in two units.",
                    "one unit in both places, or a figure that is converted",
                )


QUANTITY_RULES = (QuantityTwoValues, QuantityDiffersFromSource, UnitDiffers)
