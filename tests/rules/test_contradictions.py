"""Statements of one article that cannot both stand: denied and told, closed and in use, unanimous and divided."""

from __future__ import annotations

import pytest
from helpers import audit_texts, findings_of

RULE = "narration-self-contradiction"
BETWEEN = "The market square was quiet on Monday. A clock struck ten, and somebody swept the steps of the town hall."

DENIED_AND_TOLD = [
    # a denial in a sentence that also speaks of another time
    (
        "Ana Reyes, who did not take the stand, had run the shop since 2009.",
        "Under cross-examination she agreed that no bill had been paid.",
    ),
    (
        "The bridge at Salm has never closed, not even in the floods.",
        "In 2019 the bridge was shut for six weeks after a lorry had struck it.",
    ),
    (
        "The lighthouse has never gone dark in its history.",
        "In the winter of 1987 the lighthouse went dark for two nights.",
    ),
    ("Luis Paz has never been in a prison.", "At nineteen Paz spent four months in the prison at Brede for theft."),
    ("Jo Ito has never set foot in a theatre.", "Ito was an usher in the theatre at Salm for two summers."),
    # nobody, and somebody
    (
        "Nobody in the ministry opened the letter before the fire.",
        "The minister's secretary had opened the letter in May and put it into a drawer.",
    ),
    ("No councillor had visited the site.", "Two councillors had visited the site in March."),
    ("Nobody warned the crew.", "A harbour pilot had warned the crew at noon."),
    # two acts of sense
    ("The ghost is heard and never seen.", "In the last act the ghost comes on through the trapdoor in a white sheet."),
    ("The queen never appears on stage.", "The queen enters in the third act, carrying a lamp."),
]

IN_TWO_STATES = [
    ("The mine at Orly is closed.", "The mine, which operates daily, employs more than 300 people."),
    ("The pool has been closed since the spring.", "Every morning at seven the first swimmers climb out of the pool."),
    ("The quarry is shut, and its gate is chained.", "Forty lorries leave the quarry every day."),
    ("The old mill stands empty.", "Six families live in the old mill."),
    ("The swing bridge is intact.", "The swing bridge is badly damaged, and nobody may walk on it."),
    ("The work on the dyke is finished.", "The work on the dyke is still under way, with two cranes and a barge."),
    ("The station has been disused since 1998.", "Commuters board the train at the station every weekday."),
]

VOTES = [
    (
        "The council approved the budget unanimously on Tuesday.",
        "Two members voted against the budget, and one of them left the room.",
    ),
    ("The vote of the board was unanimous.", "The board voted by nine to two for the sale."),
    ("The motion passed narrowly.", "The motion was carried by 41 votes to three."),
    ("A majority of the members voted for the merger.", "Of the 120 members, 44 voted for the merger."),
    ("The committee backed the plan without dissent.", "The committee backed the plan by seven votes to four."),
    ("The council decided on Monday to shut the pool. The vote was unanimous.", "Two members voted against the plan."),
    ("The board approved the merger without a dissenting vote.", "One director voted against the merger."),
    ("All members of the committee agreed to the new timetable.", "Four members voted against it."),
    ("The faculty backed the exam reform unanimously.", "Five of the professors voted against it."),
    ("The town council voted unanimously for the plan.", "Two members of the council voted against it."),
]

LEFT_ALONE = [
    (
        "Ana Reyes did not take the stand at the first trial.",
        "At the second trial, in May, Reyes took the stand for two hours.",
    ),
    (
        "The bridge at Salm has never closed, not even in the floods.",
        "In 2019 the bridge at Brede was shut for six weeks.",
    ),
    (
        "Until then the bridge had never closed.",
        "In 2019 the bridge was shut for six weeks after a lorry had struck it.",
    ),
    ("Luis Paz has never been in a prison.", "His brother spent four months in the prison at Brede for theft."),
    ("Luis Paz has never been in a prison.", "If he loses, Paz will spend four months in the prison at Brede."),
    ("No councillor had visited the site.", "A caretaker had visited the site in March."),
    ("Nobody warned the crew of the storm.", "A harbour pilot had warned the crew of the ice."),
    ("Nobody else had opened the letter.", "The minister's secretary had opened the letter in May."),
    ("The ghost is heard and never seen.", "In the last act the widow comes on through the trapdoor in a white sheet."),
    ("The pool is closed in winter.", "Every morning in summer the first swimmers climb out of the pool."),
    ("The pool was closed in 2020 for a year.", "Every morning at seven the first swimmers climb out of the pool."),
    ("The quarry at Salm is shut.", "Forty lorries leave the quarry at Brede every day."),
    ("The old mill stood empty for years.", "Six families live in the old mill now."),
    ("The pool has been closed since the spring.", "Every morning at seven her father used to climb out of the pool."),
    ("The pool is closed.", "Every morning, she says, she walks past the pool."),
    ("The work on the dyke is finished.", "The work on the harbour is still under way."),
    (
        "The council approved the budget unanimously on Tuesday.",
        "Two members voted against the new bins, and one of them left the room.",
    ),
    (
        "The council approved the budget unanimously on Tuesday.",
        "In March two members had voted against the budget, and it failed.",
    ),
    ("The motion passed narrowly.", "The motion was carried by 41 votes to 39."),
    ("A majority of the members voted for the merger.", "Of the 120 members, 74 voted for the merger."),
    ("The vote of the board was unanimous.", "The council voted by nine to two for the sale of the barn."),
    ("The council approved the budget unanimously on Tuesday.", "The committee had passed it by six votes to four."),
    ("The club did not win more games than its rival.", "The club won more games than in any year."),
    ("The bank never paid more than two crowns.", "The bank paid three crowns more than the mill."),
    ("Nobody has won more prizes than Ana Reyes.", "Ana Reyes won a prize in Salm."),
    ("The water is warmer in summer than in winter.", "The water is cold."),
    ("The mine never employed as many people as the mill.", "The mine employed 300 people."),
    ("A strike is more likely than a deal.", "A strike is unlikely."),
    ("The council approved the budget unanimously.", "Then it turned to the school. Two members voted against it."),
    ("The council approved the budget unanimously.", "It also agreed to a fee. Two members voted against it."),
    ("The committee decided first. Its vote was unanimous.", "The council passed the plan. Two voted against it."),
    (
        "The council passed the plan at first reading, unanimously.",
        "At the second reading two members voted against it.",
    ),
    ("The council voted almost unanimously for the plan.", "Two members voted against it."),
    ("The council passed the bill unanimously.", "Two members voted against an amendment."),
    ("A vote on a new road must be unanimous.", "Two members of the council voted against the road."),
]


def report(one: str, other: str) -> list[str]:
    text = f"# Notes from Salm\n\n{one} It is a small place.\n\n{BETWEEN}\n\n{other} More will be known in May.\n"
    return [finding.message for finding in findings_of(audit_texts(text), RULE)]


@pytest.mark.parametrize(("one", "other"), [*DENIED_AND_TOLD, *IN_TWO_STATES, *VOTES])
def test_two_statements_that_cannot_both_stand_are_reported(one: str, other: str) -> None:
    assert report(one, other)


@pytest.mark.parametrize(("one", "other"), [*DENIED_AND_TOLD, *IN_TWO_STATES, *VOTES])
def test_their_order_does_not_matter(one: str, other: str) -> None:
    assert report(one, other)


@pytest.mark.parametrize(("one", "other"), LEFT_ALONE)
def test_two_statements_that_can_both_stand_are_left_alone(one: str, other: str) -> None:
    assert report(one, other) == []
