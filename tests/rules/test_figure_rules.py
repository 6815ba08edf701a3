"""Figures that differ, and the look-alikes that are in order."""

from __future__ import annotations

import pytest
from helpers import audit_texts

RULES = {"quantity-two-values", "quantity-differs-from-source", "unit-differs", "arithmetic-off"}


def found(article: str, *sources: str) -> list[str]:
    """The rules about quantities that report something, each finding once."""
    return [finding.rule for finding in audit_texts(article, *sources).findings if finding.rule in RULES]


FAILS = [
    (
        "quantity-differs-from-source",
        "The Orre ferry carried 2,140 passengers in May, the company said.",
        "OKORO: How was May?\n\nREYES: In May the ferry carried two thousand four hundred and ten passengers.",
    ),
    (
        "quantity-differs-from-source",
        "The paper mill in Salm employs about 9,000 people, said manager Ana Reyes.",
        "OKORO: How many people work at the mill?\n\nREYES: We employ about nine hundred people at the mill.",
    ),
    (
        "quantity-differs-from-source",
        "The council set aside £3.2 billion for the new harbour wall.",
        "Cllr Ito moved that £3.2 million be set aside for the new harbour wall. Agreed.",
    ),
    (
        "quantity-differs-from-source",
        "A survey found that 37 percent of residents oppose the bypass.",
        "LUND: In our survey, 73 percent of residents said they oppose the bypass.",
    ),
    (
        "unit-differs",
        "The tower, which is 740 metres tall, will open in May.",
        "The Tarn tower is 740 feet tall and opens to visitors in May.",
    ),
    (
        "unit-differs",
        "Turnout in the district rose by seven percent, the clerk said.",
        "Turnout in the district rose by seven percentage points, from 41 to 48 percent.",
    ),
    (
        "unit-differs",
        "The trail along the river is 12 miles long, said ranger Ana Lund.",
        "LUND: The trail runs along the river. It is 12 kilometres long.",
    ),
    (
        "unit-differs",
        "The smelter uses 900 litres of water per day, according to the report.",
        "The smelter uses 900 litres of water per week.",
    ),
    (
        "quantity-two-values",
        "Rescuers found 14 hikers on the ridge, the service said.\n\nThe 41 hikers found on the ridge were taken to "
        "Salm.",
    ),
    (
        "quantity-two-values",
        "The relief fund holds $4 million. Ana Reyes set it up.\n\n"
        "Members want to wind up the $40 million relief fund.",
    ),
]

LOOK_ALIKES = [
    # hedges and rounding
    ("The mill employs about 900 people.", "REYES: The mill employs 912 people."),
    ("The ferry carried more than 2,000 passengers in May.", "REYES: In May the ferry carried 2,410 passengers."),
    ("The mill employs nearly 1,000 people.", "REYES: The mill employs 960 people."),
    ("The council set aside £3.2m for the wall.", "Cllr Ito moved that £3,184,500 be set aside for the wall."),
    (
        "Nearly a third of residents oppose the bypass.",
        "LUND: In the survey 32 percent of residents oppose the bypass.",
    ),
    ("One in six patients had a fall.", "Of the 2,410 patients, 386 had a fall, or 16 percent of patients."),
    ("The repairs will take 10 to 15 weeks.", "REYES: The repairs will take 12 weeks."),
    # another time
    ("The ferry carried 2,140 passengers in May.", "REYES: In June the ferry carried 2,410 passengers."),
    ("The mill employs 900 people.", "REYES: Ten years ago the mill employed 1,400 people. Now it is 900."),
    ("The fund holds $4 million.\n\nIn 2019 the fund held $40 million.",),
    ("The mill employs 900 people. It employed 1,400 people before the fire.",),
    # another place, person, group or part
    ("The ferry to Orre carried 2,140 passengers.", "REYES: The ferry to Tarn carried 2,410 passengers."),
    ("The school has 40 teachers. The other school has 60 teachers.",),
    ("About 10,000 troops were withdrawn from the valley.\n\nSome 12,000 troops are stationed in the valley.",),
    ("The library has 40 volunteers. Among them are 12 retired volunteers who run the library shop.",),
    ("Each worker at the mill gets £500.", "REYES: The workers at the mill get £45,000 in all."),
    ("A survey found that 37 percent of women oppose the bypass.", "LUND: 73 percent of men oppose the bypass."),
    # plan and result, budget and cost
    ("The council hoped to sell 200 plots. It sold 120 plots.",),
    ("The target was 500 homes a year. The town built 310 homes.",),
    ("The hall cost £3 million.", "REYES: The hall was estimated to cost £2 million, and in the end it was three."),
    # money of two kinds, converted units
    ("The bridge is 226 metres long.", "REYES: The bridge is 740 feet long."),
    ("The boat cost £80,000 (about $100,000).", "REYES: The boat cost £80,000."),
    # the source gives the figure nearby, or the article gives both
    ("The mill employs 900 people.", "REYES: The mill employs 1,200 people in summer. In winter it employs 900."),
    ("Police counted 4,000 marchers; organisers counted 10,000 marchers.", "POLICE: We counted 4,000 marchers."),
    ("Ana Reyes counted 14 swifts. Dana Ito counted 41 swifts.",),
]


@pytest.mark.parametrize("case", FAILS, ids=lambda case: case[1][:40])
def test_figures_that_differ_are_reported(case: tuple[str, ...]) -> None:
    rule, article, *sources = case
    assert rule in found(f"{article}\n", *sources)


@pytest.mark.parametrize("case", LOOK_ALIKES, ids=lambda case: case[0][:40])
def test_look_alikes_are_left_alone(case: tuple[str, ...]) -> None:
    article, *sources = case
    assert found(f"{article}\n", *sources) == []


def test_a_finding_holds_both_sentences_with_their_figures_marked() -> None:
    report = audit_texts(
        "The Orre ferry carried 2,140 passengers in May, the company said.\n",
        "OKORO: How was May?\n\nREYES: In May the ferry carried 2,410 passengers.\n",
    )
    (finding,) = (f for f in report.findings if f.rule == "quantity-differs-from-source")
    assert [[mark.text for mark in evidence.marks] for evidence in finding.evidence] == [["2,140"], ["2,410"]]
    assert [evidence.place.path for evidence in finding.evidence] == ["article.md", "source-1.md"]
    assert (finding.severity, finding.confidence) == ("error", "high")
    assert any("two digits are swapped" in reason for reason in finding.why)
