"""One event in two countries or regions: the article has it in one, its source in another."""

from __future__ import annotations

import pytest
from helpers import audit_texts, findings_of

RULE = "statement-denied-by-source"

APART = [
    ("The fire broke out at a mill in Orre, Bavaria.", "The fire broke out near Orre in Saxony. It was soon out."),
    ("The treaty was signed on 4 May 2021 in Lisbon.", "The treaty was signed on 4 May 2021 in Oslo."),
    ("The treaty was signed on 4 May 2021 in London.", "The treaty was signed on 4 May 2021 in Paris."),
    ("The chapel was struck by lightning in Salm, Ohio.", "The chapel was struck by lightning in Salm, Texas."),
    ("A train was derailed near Kerr in Scotland.", "A train was derailed near Kerr in Wales on Monday."),
    ("The police said that a bus had been stolen in Orre, Normandy.", "A bus had been stolen at Orre, Brittany."),
]
MAY_BE_ONE = [
    ("The fire broke out at a mill in Orre, Bavaria.", "The fire broke out near Orre in Germany."),
    ("A fire broke out in Orre, Bavaria.", "A fire broke out near Orre in Saxony. One in Bavaria was soon out."),
    ("The fire broke out in Orre, Kent.", "The fire broke out at Orre in the London borough of Bromley."),
    ("The treaty was signed on 4 May 2021 in Washington.", "The treaty was signed on 4 May 2021 in the United States."),
    ("The treaty was signed on 4 May 2021 in Seoul.", "The treaty was signed on 4 May 2021 in South Korea."),
    ("The treaty was signed on 4 May 2021 in the US.", "The treaty was signed on 4 May 2021 in America."),
    ("The chapel was built in Burma in 1901.", "The chapel was built in Myanmar in 1901."),
    ("The treaty was signed on 4 May 2021 in Lisbon.", "The treaty was signed on 4 May 2020 in Oslo."),
    ("The treaty was signed on 4 May 2021 in Lisbon.", "A treaty was signed on 4 May 2021 in Oslo."),
    ("The train was derailed near Kerr in Scotland.", "The train was derailed near Kerr in Britain on Monday."),
    ("The train may have been derailed near Kerr in Wales.", "The train was derailed near Kerr in Scotland."),
    ("The train was derailed near Kerr in Wales.", "The bus was derailed near Kerr in Scotland."),
    ("The band played in Salm, Ohio.", "The band played in Kerr, Texas."),
    ("The priest was treated at Wellington, Somerset.", "The priest was treated at Wellington, England."),
]


def messages(article: str, source: str) -> list[str]:
    report = audit_texts(f"# Notes from abroad\n\n{article}\n", f"Report of the day.\n\n{source}\n")
    return [finding.message for finding in findings_of(report, RULE)]


@pytest.mark.parametrize(("article", "source"), APART)
def test_one_event_in_two_regions_is_reported_once(article: str, source: str) -> None:
    assert len(messages(article, source)) == 1


@pytest.mark.parametrize(("article", "source"), MAY_BE_ONE)
def test_two_events_and_places_that_may_be_one_are_left_alone(article: str, source: str) -> None:
    assert messages(article, source) == []
