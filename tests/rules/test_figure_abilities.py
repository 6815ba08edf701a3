"""What the rules about figures can tell apart: now and then, rise and level, question and answer, parts and total.

For each ability sentences that must be reported, and beside them those that look alike and are in order.
"""

from __future__ import annotations

import pytest
from helpers import audit_texts

RULES = {"quantity-two-values", "quantity-differs-from-source", "unit-differs", "arithmetic-off"}
SOURCE, INSIDE, UNIT, SUM = "quantity-differs-from-source", "quantity-two-values", "unit-differs", "arithmetic-off"

Fails = tuple[str, ...]

NOW_AND_THEN: list[Fails] = [
    (
        SOURCE,
        "The depot now handles 1,540 parcels a day, compared with 900 in the spring.",
        "KRANZ: The depot now handles 1,450 parcels a day. In the spring it was 900.",
    ),
    (
        SOURCE,
        "The town library has 640 regular readers, up from 410 five years ago.",
        "The town library has 460 regular readers, the annual report says.",
    ),
    (
        SOURCE,
        "The choir has 85 singers, against 120 before the pandemic.",
        "ADEBAYO: The choir has 58 singers these days.",
    ),
    (
        SOURCE,
        "The dairy had 310 cows ten years ago, against 190 now.",
        "WEIR: Ten years ago the dairy had 130 cows. It was crowded.",
    ),
    (
        SOURCE,
        "Compared with 72 last year, 94 schools entered the chess contest.",
        "This year 49 schools entered the chess contest, the organisers say.",
    ),
    (
        SOURCE,
        "The quarry employs 230 people, down from 380 in its best years.",
        "OYELARAN: The quarry employs 320 people.",
    ),
    (
        INSIDE,
        "The clinic treats 4,200 patients a year, against 3,900 a decade ago.\n\n"
        "The clinic treats 2,400 patients a year, and most of them are elderly.",
    ),
]

NOW_AND_THEN_FINE: list[Fails] = [
    (
        "The depot now handles 1,540 parcels a day, compared with 900 in the spring.",
        "KRANZ: In the spring the depot handled 900 parcels a day. Now it handles 1,540.",
    ),
    (
        "The town library has 640 regular readers, up from 410 five years ago.",
        "Five years ago the town library had 410 regular readers.",
    ),
    (
        "The choir has 85 singers, against 120 before the pandemic.",
        "ADEBAYO: Before the pandemic the choir had 120 singers.",
    ),
    (
        "The dairy had 310 cows ten years ago, against 190 now.",
        "WEIR: The dairy has 190 cows.",
    ),
    (
        "The quarry employs 230 people, down from 380 in its best years.",
        "OYELARAN: Once the quarry employed 380 people.",
    ),
    ("The clinic treats 4,200 patients a year.\n\nBefore the fire the clinic treated 2,400 patients a year.",),
    (
        "Compared with 72 last year, 94 schools entered the chess contest.",
        "Last year 72 schools entered the chess contest.",
    ),
    ("The ferry carries 900 cars a day, against 1,400 on Sundays.", "MOSS: On Sundays the ferry carries 1,400 cars."),
]

CHANGES: list[Fails] = [
    (
        SOURCE,
        "The number of berths in the marina has risen by 40, the harbour master said.",
        "FISK: The number of berths in the marina has risen by 14.",
    ),
    (
        SOURCE,
        "Unemployment in the valley fell to 12 percent, according to the labour office.",
        "Unemployment in the valley fell to 21 percent.",
    ),
    (SOURCE, "The theatre's grant was cut by a third.", "NOVAK: The theatre's grant was cut by a half."),
    (SOURCE, "Ticket sales at the zoo grew 18 percent.", "Ticket sales at the zoo grew 81 percent."),
    (
        SOURCE,
        "Membership of the rowing club dropped to 240.",
        "Membership of the rowing club is 420, the treasurer told the meeting.",
    ),
    (
        SOURCE,
        "Rents in the old quarter climbed by 150 euros.",
        "BAUER: Rents in the old quarter climbed by 510 euros.",
    ),
]

CHANGES_FINE: list[Fails] = [
    (
        "The number of berths in the marina has risen by 40.",
        "FISK: The number of berths in the marina has risen to 140.",
    ),
    ("Unemployment in the valley fell to 12 percent.", "Unemployment in the valley fell from 21 percent."),
    ("Unemployment in the valley fell by 12 percent.", "Unemployment in the valley stood at 21 percent."),
    ("The theatre's grant was cut by a third.", "NOVAK: The theatre's grant was cut by 33 percent."),
    ("Membership of the rowing club dropped to 240.", "Membership of the rowing club dropped from 420."),
    ("Rents in the old quarter climbed by 150 euros.", "Rents in the new quarter climbed by 510 euros."),
    ("Ticket sales at the zoo grew 18 percent last year.", "Ticket sales at the zoo grew 81 percent this year."),
    ("Ticket sales at the zoo grew by 18 percent.", "Ticket sales at the zoo fell by 8 percent."),
]

ANSWERS: list[Fails] = [
    (
        SOURCE,
        "The new hospice will have 84 beds, director Ines Falk said.",
        "QUINN: How many beds will the hospice have?\n\nFALK: Forty-eight.",
    ),
    (
        SOURCE,
        "The nursery employs 29 carers, Ines Falk said.",
        "QUINN: How many carers does the nursery employ?\n\nFALK: We have 92 at the moment.",
    ),
    (
        SOURCE,
        "The new footbridge is 310 metres long, engineer Ines Falk said.",
        "QUINN: How long is the footbridge?\n\nFALK: It's 130 metres.",
    ),
    (
        SOURCE,
        "The new stage cost £64,000, Ines Falk said.",
        "QUINN: How much did the new stage cost?\n\nFALK: About £46,000.",
    ),
    (
        SOURCE,
        "Of the vases in the shipment, 19 were damaged.",
        "FALK: There were 300 vases in the shipment. Ninety-one of them were damaged.",
    ),
    (
        SOURCE,
        "The vineyard made 36,000 bottles last year.",
        "KLEIN: How many bottles did the vineyard make last year?\n\nLORENZ: Well. It was a good summer. "
        "Sixty-three thousand bottles.",
    ),
    (
        SOURCE,
        "The school has 240 desks, 61 of them in huts by the river.",
        "The school has 240 desks. Sixteen of them are in huts by the river.",
    ),
    (
        SOURCE,
        "The shelter took in 350 dogs last winter, Ines Falk said.",
        "QUINN: How many dogs did the shelter take in last winter?\n\nFALK: Last winter? Five hundred and thirty.",
    ),
]

ANSWERS_FINE: list[Fails] = [
    (
        "The new hospice will have 48 beds, director Ines Falk said.",
        "QUINN: How many beds will the hospice have?\n\nFALK: Forty-eight.",
    ),
    (
        "The new hospice will have 84 beds.",
        "QUINN: How many nurses will the hospice have?\n\nFALK: Forty-eight.",
    ),
    (
        "The new hospice will have 84 beds.",
        "QUINN: How many beds does the old hospice have?\n\nFALK: Forty-eight.",
    ),
    (
        "The nursery employs 29 carers.",
        "QUINN: How many carers does the nursery employ?\n\nFALK: Twenty-nine. There are 92 children.",
    ),
    (
        "The new stage cost £64,000.",
        "QUINN: How much did the new stage cost?\n\nFALK: First they said £46,000. In the end £64,000.",
    ),
    (
        "The new footbridge is 310 metres long.",
        "QUINN: How long did the work on the footbridge take?\n\nFALK: Eleven months.",
    ),
    (
        "The shelter took in 350 dogs last winter.",
        "QUINN: Did the shelter take in dogs last winter?\n\nFALK: Yes. It took us 53 days to find them homes.",
    ),
]

TOTALS: list[Fails] = [
    (
        SUM,
        "The festival will offer a total of 120 concerts. There are 48 concerts in churches, 36 concerts in schools "
        "and 30 concerts in the open air.",
    ),
    (
        SUM,
        "The charity gave £30,000 to the food bank, £25,000 to the night shelter and £20,000 to the youth club. "
        "Together that makes £85,000.",
    ),
    (
        SUM,
        "The brigade has three stations. The one in Ulm Street has 24 firefighters, the one at the port 18 and the "
        "one on the hill 16. Together they have 64 firefighters.",
    ),
    (
        SUM,
        "The harvest came to 900 tonnes altogether. The lower fields gave 420 tonnes, the upper fields 250 tonnes and "
        "the terraces 150 tonnes.",
    ),
    (
        SUM,
        "The museum sold 4,000 tickets in May, 5,000 tickets in June and 6,000 tickets in July. That makes 17,000 "
        "tickets for the three months.",
    ),
    (
        SUM,
        "The 90 new flats will be spread over three streets. There will be 40 flats in Elm Row, 30 in Dock Lane "
        "and 28 in Mill Yard.",
    ),
]

TOTALS_FINE: list[Fails] = [
    (
        "The festival will offer a total of 114 concerts. There are 48 concerts in churches, 36 concerts in schools "
        "and 30 concerts in the open air.",
    ),
    (
        "The festival will offer a total of 120 concerts. They include 48 concerts in churches, 36 concerts in schools "
        "and 30 concerts in the open air.",
    ),
    (
        "The charity gave £30,000 to the food bank, £25,000 to the night shelter and £20,000 to the youth club. "
        "In all it gave away £85,000, the rest to small groups.",
    ),
    (
        "The brigade has 64 firefighters. The one in Ulm Street has 24 engines, the one at the port 18 and the "
        "one on the hill 16.",
    ),
    (
        "The harvest came to 900 tonnes altogether. The lower fields gave about 420 tonnes, the upper fields about "
        "280 tonnes and the terraces some 170 tonnes.",
    ),
    (
        "The museum sold 4,000 tickets in May, 5,000 tickets in June and 6,000 tickets in July. In all it has sold "
        "17,000 tickets this year.",
    ),
    ("The 90 new flats will be spread over three streets. Elm Row gets 40 flats and Dock Lane 30 flats.",),
]

UNITS: list[Fails] = [
    (SUM, "The sea wall is 12 metres (59 feet) high."),
    (SUM, "The farm covers 40 acres, or 99 hectares, of grassland."),
    (SUM, "The wind reached 90 miles an hour (56 kilometres an hour)."),
    (SUM, "The bell weighs 400 pounds (881 kg)."),
    (SUM, "In the shade it was 35 °C (59 °F)."),
    (SUM, "The path runs 5 miles (3.1 kilometres) along the cliff."),
    (
        UNIT,
        "Support for the mayor rose by four percent, the poll found.",
        "Support for the mayor rose by four percentage points, the poll found.",
    ),
    (
        UNIT,
        "The spring gives 60 litres of water per hour, the geologist said.",
        "The spring gives 60 litres of water per minute.",
    ),
    (
        SOURCE,
        "The lottery paid 3 billion euros to sports clubs.",
        "The lottery paid 3 million euros to sports clubs.",
    ),
    (
        UNIT,
        "The museum bought the painting for 700,000 euros.",
        "The museum bought the painting for 700,000 dollars.",
    ),
    (
        UNIT,
        "The nature reserve covers 600 acres.\n\nHikers love the 600-hectare nature reserve.",
    ),
    (
        UNIT,
        "The bakery uses 80 kilos of flour a day.",
        "LIND: The bakery uses 80 pounds of flour a day.",
    ),
    (
        UNIT,
        "The kiln was heated to 900 degrees Fahrenheit.",
        "LIND: The kiln was heated to 900 degrees Celsius.",
    ),
    (SUM, "Turnout rose by 5 percent, from 20 to 25 percent."),
]

UNITS_FINE: list[Fails] = [
    ("The sea wall is 12 metres (39 feet) high.",),
    ("The sea wall is 12 metres (40 ft) high.",),
    ("The farm covers 40 acres, or 16 hectares, of grassland.",),
    ("The wind reached 60 mph (100 km/h).",),
    ("The bell weighs 400 pounds (180 kg).",),
    ("In the shade it was 35 °C (95 °F).",),
    ("The valley has warmed by 1.5 °C (2.7 °F).",),
    ("The path runs 5 miles (8 kilometres) along the cliff.",),
    ("Choose the walk of 5 miles or the ride of 30 kilometres.",),
    ("The boat costs £700,000 (€810,000).",),
    ("The plate is 12 inches (2 feet from the wall) off the ground.",),
    ("The museum bought the painting for 700,000 euros.", "The museum bought the painting for 760,000 dollars."),
    ("The bakery uses 80 kilos of flour a day.", "LIND: The bakery uses 560 kilos of flour a week."),
    ("Support for the mayor rose by four points.", "Support for the mayor rose by four percentage points."),
    ("Turnout rose by 25 percent, from 20 to 25 percent.",),
]

SHARES: list[Fails] = [
    (SUM, "Of the 240 pupils, 60 walk to school, a third of the total."),
    (SUM, "Half of the club's 180 members, 70, are women."),
    (SUM, "The town has 900 trees, and 300 of them, or one in five, are sick."),
    (SUM, "The north bank has 300 houses, twice as many as the south bank, which has 200."),
    (SUM, "The 12 boats cost £3.6 million in all, an average of £400,000 each."),
    (SUM, "The league sold 60,000 tickets for 20 matches, an average of 2,000 tickets per match."),
    (SUM, "The survey asked 1,200 tenants. A third of them, 300, had mould in the kitchen."),
    (SUM, "The firm owns 80 vans. Thirty of them, or one in four, run on gas."),
    (SUM, "Each of the 30 workers gets €200, €8,000 in all."),
    (SUM, "The school bought 40 desks at £90 each, a total of £4,600."),
    (SUM, "Police arrested 34 people, 20 men and 16 women."),
    (SUM, "The club's debts of £300,000 have been cut by half, to £100,000."),
    (SUM, "In the survey 450 of the 1,000 nurses said so, almost two thirds."),
]

SHARES_FINE: list[Fails] = [
    ("Of the 240 pupils, 60 walk to school, a quarter of the total.",),
    ("Of the 240 pupils, 60 walk to school, a third of them alone.",),
    ("Half of the club's 180 members, 90, are women.",),
    ("Half of the club's 180 members, 12 of them over 80, are women.",),
    ("The survey asked 1,200 tenants. A quarter of them, 300, had mould in the kitchen.",),
    ("The survey asked 1,200 tenants and 40 landlords. A third of them, 300, had mould in the kitchen.",),
    ("Each of the 40 workers gets €200, €8,000 in all.",),
    ("The school bought 40 desks at £90 each, and chairs for £4,600.",),
    ("Police arrested 34 people, 20 men and 14 women.",),
    ("She keeps 6 dogs, 4 cats and 3 birds.",),
    ("Police arrested 34 people, including 20 men and 11 women.",),
    ("The club's debts of £300,000 have been cut by two thirds, to £100,000.",),
    ("Nearly half of the club's 180 members, 84, are women.",),
    ("The town has 900 trees, and 300 of them, or one in three, are sick.",),
    ("The north bank has 300 houses, twice as many as the south bank, which has 150.",),
    ("The north bank has 300 houses, twice as many as in 1950, and the south bank has 200.",),
    ("The 12 boats cost £3.6 million in all, an average of £300,000 each.",),
    ("The 12 boats cost £3.6 million, and the new ones cost £400,000 each.",),
    ("The league sold 60,000 tickets for 20 matches, an average of 3,000 tickets per match.",),
    ("The league sold 60,000 tickets. An average of 2,000 people watched the 20 matches of the second division.",),
]

HEDGES: list[Fails] = [
    (
        SOURCE,
        "More than 1,340 people signed the petition against the bypass.",
        "The petition against the bypass was signed by 3,140 people.",
    ),
    (
        SOURCE,
        "The nurse watched over 2,160 births at the Salm clinic.",
        "NURSE: I saw two thousand six hundred and ten births at the Salm clinic.",
    ),
    (
        SOURCE,
        "Some 1,750 runners finished the race.",
        "In the end 1,570 runners finished the race, the organisers announced.",
    ),
    (
        SOURCE,
        "Fewer than 5,820 voters asked for a postal ballot.",
        "The clerk says 2,850 voters asked for a postal ballot.",
    ),
]

HEDGES_FINE: list[Fails] = [
    ("More than 1,300 people signed the petition.", "The petition was signed by 1,870 people."),
    ("More than 1,340 people signed the petition.", "The petition was signed by 1,346 people."),
    ("Some 1,750 runners finished the race.", "The organisers counted 1,712 runners who finished the race."),
    ("Over 200 children took part in the race.", "In the race 260 children took part."),
    ("Up to 1,250 guests can eat in the hall.", "In the hall 900 guests can eat."),
    ("Nearly 5,900 voters asked for a postal ballot.", "The clerk says 5,820 voters asked for a postal ballot."),
]

LEVELS: list[Fails] = [
    (
        SUM,
        "At present 58 percent of the buses are electric, a rise of 8 percent on last year, when it was 50 percent.",
    ),
    (SUM, "Membership stands at 640, up from 580, an increase of 40."),
    (SUM, "The reservoir is 62 percent full, against 55 percent a year ago, a rise of 7 percent."),
    (SUM, "The harbour handled 900 ships, a fall of 200 on the year before, when it was 1,000."),
    (
        UNIT,
        "Attendance at matinees has reached 71 percent, an increase of six percent in two years.",
        "The share of seats taken stood at 71% at the end of March. This is up from 65%: an increase of six percentage "
        "points in two years.",
    ),
    (
        SOURCE,
        "The hotel would have 190 rooms, against 60 now.",
        "LUND: The hotel would have 109 rooms. Now it has sixty.",
    ),
    (
        UNIT,
        "Approval of the plan was at 44 percent, a drop of three percent.",
        "Approval of the plan was at 44 percent, a drop of three percentage points.",
    ),
]

LEVELS_FINE: list[Fails] = [
    ("At present 58 percent of the buses are electric, a rise of 8 points on last year, when it was 50 percent.",),
    ("Membership stands at 640, up from 600, an increase of 40.",),
    ("The reservoir is 62 percent full, against 55 percent a year ago, a rise of 7 percentage points.",),
    ("The harbour handled 900 ships, a fall of 100 on the year before, when it was 1,000.",),
    ("The harbour handled 900 ships, a rise of 200 on May, and in 1990 the ferry carried 1,000 cars.",),
    (
        "Attendance at matinees has reached 71 percent, an increase of nine percent in two years.",
        "The share of seats taken stood at 71%. This is up from 65%: an increase of six points in two years.",
    ),
    ("The hotel would have 190 rooms, against 60 now.", "LUND: Now the hotel has 60 rooms."),
]

WITH_AND_WITHOUT: list[Fails] = [
    (SUM, "Of the 36 villages, 22 have a shop and 17 have none."),
    (SUM, "Of the 140 workers, 90 work full time and 60 part time."),
    (SUM, "Of the city's 140 library workers, 90 work full time and 60 part time."),
    (SUM, "Of Salm's 36 villages, 22 have a shop and 17 have none."),
    (SUM, "Of the old school's 410 pupils, 230 are girls and 190 are boys."),
    (SUM, "Of its 300 members, 170 voted for the plan and 150 against."),
    (SUM, "Of the 84 swimmers, 50 were women and 36 were men."),
    (SUM, "Of the 210 visitors in May, 120 were adults and 100 children."),
    (SUM, "Of the 120 guests 70 ate meat and 60 did not."),
    (SUM, "Of the 48 ponds in the park, 31 have fish and 13 do not, the ranger said."),
]

WITH_AND_WITHOUT_FINE: list[Fails] = [
    ("Of the 36 villages, 22 have a shop and 14 have none.",),
    ("Of the 140 workers, 80 work full time and 60 part time.",),
    ("Of the city's 140 library workers, 80 work full time and 60 part time.",),
    ("Of the city's 140 library workers, 90 are women and 60 work part time.",),
    ("Besides the city's 140 library workers, 90 work full time and 60 part time.",),
    ("Of the 140 workers, 80 work full time and 40 part time, and 20 are trainees.",),
    ("Of the 140 workers, 90 are women and 60 work part time.",),
    ("Of the 50 players, 20 are men over 60 and 12 are women over 60.",),
    ("Of the 120 guests 70 ate meat and 60 did not eat fish.",),
    ("Of the 48 ponds in the park, 31 have fish, 13 do not, and 4 are dry.",),
    ("Of the 48 ponds in the park, 31 have fish and 13 do not; the rest are dry.",),
    ("Of the 48 ponds, at least 31 have fish and 13 do not.",),
]

SPREAD: list[Fails] = [
    (
        SUM,
        "The parish has £9,700 to give away.\n\nIt had less last year, the clerk said.\n\n"
        "The grant is split three ways. The choir gets £4,000, the band £2,500 and the chess club £2,200.",
    ),
    (
        SUM,
        "The lab will cost €21 million.\n\nThe work falls into three parts, the plans say. The shell takes €9m, the "
        "machines €6m and the garden €4m.",
    ),
    (
        SUM,
        "The trust will put £8.2m into three museums.\n\nThe largest sum goes to the Sea Museum. It gets £4.1m for a "
        "new roof.\n\nThe second is the Mill. The floor has been rotten since the flood, and £2.6m should mend it."
        "\n\n“We waited for years,” said Ana Reyes.\n\nThe last is the Toy Museum, which gets £900,000.",
    ),
]

MEASURES: list[Fails] = [
    (
        UNIT,
        "The divers work on the Tarn wreck every day, at an average depth of 30 feet.",
        "DIVER: We work on the Tarn wreck every day, at an average of thirty metres.",
    ),
    (
        UNIT,
        "The balloon rose to a height of 900 feet over the Tarn valley.",
        "The balloon rose to 900 metres over the Tarn valley.",
    ),
    (
        SUM,
        "The council is committed to spending £8.2m on three museums.\n\nThe largest sum goes to the Sea Museum. It "
        "gets £4.1m for a new roof.\n\n“We asked for ten million pounds,” said Ana Reyes.\n\nThe second is the "
        "Mill, which gets £2.6m for its floor. An estimate of 2020 put the work at £3m.\n\n"
        "The last is the Toy Museum, which gets £900,000.",
    ),
    (
        SUM,
        "The lab will cost €21m.\n\nThe work falls into three parts, the plans say. The shell takes €9m, the "
        "machines €6m and the garden €4m. In 2021 the whole was put at €15m.",
    ),
]

SPREAD_FINE: list[Fails] = [
    (
        "The parish has £9,700 to give away.\n\nIt had less last year, the clerk said.\n\n"
        "The grant is split three ways. The choir gets £4,000, the band £3,500 and the chess club £2,200.",
    ),
    (
        "The lab will cost €21 million.\n\nA rival lab cost €19 million. The work falls into three parts, the plans "
        "say. The shell takes €9m, the machines €6m and the garden €4m.",
    ),
    (
        "The lab will cost €21 million.\n\nThe work falls into three parts, the plans say. The shell takes €9m and the "
        "machines take €9m.",
    ),
    (
        "The trust will put £8.2m into three museums.\n\nThe Sea Museum gets £4.1m for a new roof.\n\nVisitors spent "
        "£2.6m in the town last year.\n\nA ticket to all museums brings in £900,000 a year.",
    ),
]


FAILS = [
    *NOW_AND_THEN,
    *CHANGES,
    *ANSWERS,
    *TOTALS,
    *UNITS,
    *SHARES,
    *HEDGES,
    *LEVELS,
    *WITH_AND_WITHOUT,
    *SPREAD,
    *MEASURES,
]
FINE = [
    *NOW_AND_THEN_FINE,
    *CHANGES_FINE,
    *ANSWERS_FINE,
    *TOTALS_FINE,
    *UNITS_FINE,
    *SHARES_FINE,
    *HEDGES_FINE,
    *LEVELS_FINE,
    *WITH_AND_WITHOUT_FINE,
    *SPREAD_FINE,
]


def found(article: str, *sources: str) -> list[str]:
    return [finding.rule for finding in audit_texts(article, *sources).findings if finding.rule in RULES]


@pytest.mark.parametrize("case", FAILS, ids=lambda case: case[1][:50])
def test_what_differs_is_reported_once(case: Fails) -> None:
    rule, article, *sources = case
    assert found(f"{article}\n", *sources) == [rule]


@pytest.mark.parametrize("case", FINE, ids=lambda case: case[0][:50])
def test_what_looks_alike_is_left_alone(case: Fails) -> None:
    article, *sources = case
    assert found(f"{article}\n", *sources) == []
