"""Headlines that say more than their story: more of a kind, further along, or the other way round."""

from __future__ import annotations

import pytest
from helpers import audit_texts, findings_of

RULE = "headline-unsupported"
FILLER = (
    "The weather stayed dry all afternoon. A brass band played in the square, and somebody had brought a dog in a hat. "
    "Tea was poured from two urns under the lime trees. Nobody was in a hurry to leave. The clock on the tower struck "
    "five, and the last of the cakes went to a boy with a drum."
)

MORE_THAN_ALL = [
    (
        "All bus routes to run on Sundays",
        "From June nine of the 31 bus routes in the town will run on Sundays, the operator said. It will decide in "
        "winter about the rest.",
    ),
    (
        "Every library branch lends out tools",
        "Three branches of the library lend out tools since Monday, from drills to hedge trimmers. A branch in Salm "
        "may follow.",
    ),
    (
        "Each household in Orly gets a grey bin",
        "Households in four of the eleven wards get a grey bin this spring. The council calls it a trial.",
    ),
    (
        "All hospitals drop parking charges",
        "Most hospitals in the region have dropped their parking charges. Two, in Salm and Brede, keep theirs.",
    ),
    (
        "Free swimming lessons for every child in the county",
        "The county will pay for swimming lessons for the children of five villages by the lake. They are free for one "
        "year.",
    ),
    (
        "Every farm in the valley signs the water pact",
        "Nearly all farms in the valley have signed the pact on water. The three largest have not.",
    ),
    (
        "No shop loses its licence after inspection",
        "Two shops lost their licence after the inspection of the market hall. The others were warned.",
    ),
]

AS_MANY = [
    (
        "All bus routes to run on Sundays",
        "From June the town's 31 bus routes will run on Sundays. Two routes will run on Sundays until midnight.",
    ),
    (
        "Every library branch lends out tools",
        "All branches of the library lend out tools since Monday. Three branches lend out tools for the garden, too.",
    ),
    (
        "All six ferries pass inspection",
        "Six ferries were inspected in May. The six ferries passed the inspection, the office said.",
    ),
    (
        "All hospitals drop parking charges",
        "Hospitals in the region have dropped their parking charges. Some hospitals drop parking charges for bicycles.",
    ),
    (
        "Trains run every day to Brede again",
        "Three trains run to Brede on weekdays and two trains at weekends, the company said.",
    ),
    (
        "No shop loses its licence after inspection",
        "Two shops were inspected on Monday. No shop lost its licence after the inspection of the market hall.",
    ),
    (
        "Every farm in the valley signs the water pact",
        "The whole valley has signed the pact on water. Twelve farms in the valley signed the pact in March.",
    ),
]

NOT_DONE = [
    (
        "Council bans fireworks in the old town",
        "The council is considering whether to ban fireworks in the old town. A vote is expected in May.",
    ),
    (
        "Museum buys the Lund sketchbooks",
        "The museum hopes to buy the Lund sketchbooks before the auction in June. It lacks half of the money.",
    ),
    (
        "Climbers reach the north summit of Tarn Peak",
        "Two climbers who tried to reach the north summit of Tarn Peak turned round on Friday, an hour below it.",
    ),
    (
        "Nurses accept the pay offer of the region",
        "Nurses will be asked next week to accept the pay offer of the region. Ballot papers go out on Monday.",
    ),
    (
        "Cycle path closed after the landslide at Brede",
        "The council proposed on Monday to close the cycle path at Brede after the landslide. Residents object.",
    ),
    (
        "Bakery chain sold to its staff",
        "The owners of the bakery chain are in talks to sell it to the staff. No price has been named.",
    ),
]

DONE = [
    (
        "Council bans fireworks in the old town",
        "The council voted on Tuesday to ban fireworks in the old town. It had considered a ban for years.",
    ),
    (
        "Museum buys the Lund sketchbooks",
        "The museum had hoped to buy the Lund sketchbooks for years. On Friday it bought them for 90,000 crowns.",
    ),
    (
        "Climbers reach the north summit of Tarn Peak",
        "Two climbers had tried twice to reach the north summit of Tarn Peak. On Friday they stood on it.",
    ),
    (
        "Nurses accept the pay offer of the region",
        "The union had urged its nurses to accept the pay offer. They agreed to the offer on Monday.",
    ),
    (
        "Council to close the cycle path at Brede",
        "The council proposed on Monday to close the cycle path at Brede after the landslide.",
    ),
    (
        "Bakery chain sold to its staff",
        "The proposal to sell the bakery chain to its staff was approved by the owners on Friday.",
    ),
]

OTHER_WAY = [
    ("Brede beats Salm in the last minute", "Salm beat Brede by one goal in the last minute of the match on Sunday."),
    ("Miners sue the company over dust", "The company has sued miners who spoke about the dust in the shafts."),
    ("Hayes defeats Moran in cup final", "Hayes was defeated by Moran in the cup final on Saturday."),
]

SAME_WAY = [
    ("Brede beats Salm in the last minute", "Brede beat Salm on Sunday. Salm had beaten Brede in the autumn."),
    ("Hayes defeats Moran in cup final", "Moran was defeated by Hayes in the cup final on Saturday."),
]

OTHER_OUTCOME = [
    (
        "Course record falls in the Tarn half marathon",
        "Ana Reyes won the Tarn half marathon, nine seconds outside the course record. The mark still belongs to Lia "
        "Paz. A man in a duck suit broke his own record by a minute.",
    ),
    (
        "Brewery lifts its profit outlook",
        "For the year as a whole the brewery still expects a profit of two million crowns, it said.",
    ),
    (
        "Swimmer breaks the lake record",
        "Jo Ito came within two seconds of the lake record, which has stood since 1998.",
    ),
]

SAME_OUTCOME = [
    (
        "Course record falls in the Tarn half marathon",
        "Ana Reyes won the Tarn half marathon and broke the course record. In May she had missed the record narrowly.",
    ),
    (
        "Brewery lifts its profit outlook",
        "The brewery raised its outlook: it expects a profit of two million crowns. It still expects to hire nobody.",
    ),
]

FIRMER = [
    ("Ferry line to close in autumn", "The ferry line could close in the autumn, the operator said on Monday."),
    (
        "Storm will flood the lower town",
        "The storm may flood the lower town on Friday night, said the office for floods.",
    ),
]


REFUSED = [
    (
        "Kerr Steel to lay off 20,000 workers",
        "Kerr Steel is cutting output, but does not plan to make 20,000 redundant.",
    ),
    ("Orly Bank to cut 300 jobs", "Orly Bank has no plans to dismiss 300 people, its chairman said."),
    (
        "Orly Bank to cut 300 jobs because 'nobody comes any more'",
        "Orly Bank has no plans to dismiss 300 people, its chairman said. Fewer people come to its halls.",
    ),
    ("Salm Ferries sacks 45 sailors", "Salm Ferries denied that it had laid off 45 sailors."),
    ("Market chain to close 40 shops", "The chain is not closing 40 shops."),
    ("Council to plant 900 trees", "The council has ruled out planting 900 trees."),
    ("University to hire 120 nurses", "The university does not intend to hire 120 nurses."),
]
NOT_REFUSED = [
    ("Kerr Steel to lay off 20,000 workers", "Kerr Steel is planning to make 20,000 people redundant, not fewer."),
    ("Kerr Steel to lay off 20,000 workers", "Kerr Steel will not lay off 20,000 workers until May."),
    ("Kerr Steel to cut 900 jobs", "Kerr Steel will cut 900 jobs. Orre Steel is not making 900 people redundant."),
    ("Kerr Steel will not lay off 900 workers", "Kerr Steel is not planning to make 900 people redundant."),
    ("Kerr Steel denies it will lay off 900 workers", "Kerr Steel is not planning to make 900 people redundant."),
    ("Market chain to close 40 shops", "The chain is not closing only 40 shops."),
    ("Market chain to close 40 shops", "The chain will close 40 shops. It will not open 40 shops elsewhere."),
    ("An interview, Sunday, October 21, 2007", "She came on foot."),
    ("A talk by the river, 14 March 2019", "She came on foot."),
    ("Talk of the day (2019-03-14)", "She came on foot."),
]


def messages(headline: str, body: str) -> list[str]:
    return [finding.message for finding in findings_of(audit_texts(f"# {headline}\n\n{body}\n\n{FILLER}\n"), RULE)]


@pytest.mark.parametrize(("headline", "body"), MORE_THAN_ALL)
def test_a_headline_about_all_where_the_story_speaks_of_a_part_is_reported(headline: str, body: str) -> None:
    assert any("all of them" in message for message in messages(headline, body))


@pytest.mark.parametrize(("headline", "body"), NOT_DONE)
def test_a_headline_that_tells_a_plan_as_done_is_reported(headline: str, body: str) -> None:
    assert any("Has it happened" in message for message in messages(headline, body))


@pytest.mark.parametrize(("headline", "body"), OTHER_WAY)
def test_a_headline_with_the_parties_turned_round_is_reported(headline: str, body: str) -> None:
    assert any("Who did it to whom" in message for message in messages(headline, body))


@pytest.mark.parametrize(("headline", "body"), OTHER_OUTCOME)
def test_a_headline_with_another_outcome_is_reported(headline: str, body: str) -> None:
    assert any("How did it go" in message for message in messages(headline, body))


@pytest.mark.parametrize(("headline", "body"), FIRMER)
def test_a_headline_that_is_surer_than_its_story_is_reported(headline: str, body: str) -> None:
    assert any("Is it that sure" in message for message in messages(headline, body))


@pytest.mark.parametrize(("headline", "body"), REFUSED)
def test_a_headline_with_a_figure_whose_act_the_story_denies_is_reported(headline: str, body: str) -> None:
    assert any("Is it so" in message for message in messages(headline, body))


@pytest.mark.parametrize(("headline", "body"), [*AS_MANY, *DONE, *SAME_WAY, *SAME_OUTCOME, *NOT_REFUSED])
def test_a_headline_that_its_story_bears_out_is_left_alone(headline: str, body: str) -> None:
    assert messages(headline, body) == []
