"""What the figures of an article give when they are worked out again."""

from __future__ import annotations

import pytest
from helpers import annotator, inputs_of

from audit.compare.reckoning import reckon
from audit.extract.pipeline import extract
from audit.records import Reckoning


def reckoned(text: str) -> list[Reckoning]:
    document = inputs_of(f"# The week in Salm\n\n{text}\n").articles[0]
    return reckon(extract(annotator().annotate(document)))


@pytest.mark.parametrize(
    ("text", "form", "result"),
    [
        (
            "The council has put £6.4m into four projects since May. The largest, the harbour wall, took £2.7m. The "
            "library in Salm cost £1.9m and the bus station £1.1m.\n\nThe last £900,000 went into a skate park.",
            "parts",
            "6.6 million GBP",
        ),
        ("The 120 new jobs come in three lots: 50 in Salm, 40 in Orre and 20 in Tarn.", "parts", "110"),
        ("She bought 30 ewes, 20 rams and 12 lambs, 72 animals in all.", "parts", "62"),
        ("Of the 50 members, 30 voted yes and 25 voted no.", "votes", "55"),
        (
            "In the survey, 48 percent were in favour of the bypass, 41 percent were against it and 14 percent were "
            "undecided.",
            "shares",
            "103 percent",
        ),
        ("Turnout rose from 41 percent to 48 percent, an increase of seven percent.", "points", "17.1 percent"),
        (
            "The plant took on 240 more people, an increase of a fifth in its workforce of 1,600.",
            "change",
            "15 percent",
        ),
        (
            "The yard will hire 240 more people. That is an increase of a fifth on a workforce of 1,600.",
            "change",
            "15 percent",
        ),
        ("Membership doubled from 10 to 30 within a year.", "change", "3 times"),
        ("Sales rose by 20 percent, from 400 to 440 cars.", "change", "10 percent"),
        ("The number of visitors fell by a third, from 9,000 to 8,100.", "change", "10 percent"),
        ("Rents fell from 400 euros to 460 euros a month.", "direction", "a rise"),
        ("Of the patients, 386 of the 2,410 admissions, or 25 percent, had a fall.", "ratio", "16 percent"),
    ],
)
def test_what_does_not_come_out_is_found_with_its_working(text: str, form: str, result: str) -> None:
    assert [(one.form, one.result) for one in reckoned(text)] == [(form, result)]


@pytest.mark.parametrize(
    "text",
    [
        "The council has put £6.6m into four projects since May. The largest, the harbour wall, took £2.7m. The "
        "library in Salm cost £1.9m and the bus station £1.1m.\n\nThe last £900,000 went into a skate park.",
        "The council has put £6.5m into four projects since May. The largest, the harbour wall, took £2.74m. The "
        "library in Salm cost £1.86m and the bus station £1.1m.\n\nThe last £900,000 went into a skate park.",
        "The council spent £6.4m on four projects, among them £2.7m on the wall, £1.9m on the library, £1.1m on a bus "
        "station and £900,000 on a park.",
        "Of the 50 members, 30 voted yes and 12 voted no; eight abstained.",
        "Of the 50 members present, 30 voted yes and 12 voted no.",
        "In the survey, 48 percent were in favour of the bypass, 41 percent were against it and 11 percent were "
        "undecided.",
        "In the survey, 33.4 percent were in favour of the bypass, 33.4 percent were against it and 33.3 percent were "
        "undecided.",
        "Turnout rose from 41 percent to 48 percent, an increase of seven percentage points.",
        "Turnout rose from 41 percent to 48 percent, an increase of 17 percent.",
        "The plant took on 320 more people, an increase of a fifth in its workforce of 1,600.",
        "The plant took on 320 more people, an increase of a quarter, and now has a workforce of 1,600.",
        "Membership doubled from 10 to 20 within a year.",
        "Membership more than doubled from 10 to 30 within a year.",
        "Membership nearly doubled from 10 to 18 within a year.",
        "Sales rose by 10 percent, from 400 to 440 cars.",
        "The number of visitors fell by about a tenth, from 9,000 to 8,050.",
        "The budget rose by £3m, from £12m to £16m.",
        "Prices rose from 5 to 7 percent in the north and fell by 3 percent in the south.",
        "The town rose from 12th place to 9th in the table.",
        "Of the patients, 386 of the 2,410 admissions, or one in six, had a fall.",
        "Nearly a third of the 2,410 patients, 760, had a fall.",
        "The club has 120 members: 50 in Salm, 40 in Orre and 30 in Tarn.",
        "The club has 120 members, including 50 in Salm and 40 in Orre.",
    ],
)
def test_what_comes_out_or_may_come_out_is_left_alone(text: str) -> None:
    assert reckoned(text) == []
