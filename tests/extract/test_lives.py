"""Ages, births and deaths with their people, and what happens at a date."""

import pytest
from helpers import annotator

from audit.extract.pipeline import extract
from audit.loading import load_text
from audit.records import DatedEvent, DocumentRecords, LifeFact, Person

HEAD = "---\ntitle: The mill\ndate: 2026-02-05\n---\n\n"


def records(text: str, head: str = HEAD) -> DocumentRecords:
    return extract(annotator().annotate(load_text(f"{head}{text}\n", "article.md", "article").documents[0]))


def lives(text: str) -> list[tuple[str, str, int | None, str]]:
    found = records(text)
    names = {person.id: person.name for person in found.of(Person)}
    return [(names.get(f.person or "", "?"), f.fact, f.years, f.earliest[:4]) for f in found.of(LifeFact)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Reyes, 58, said no.", [("Ana Reyes", "age", 58, "2026")]),
        ("Ana Reyes (58) said no.", [("Ana Reyes", "age", 58, "2026")]),
        ("The 58-year-old mayor Ana Reyes said no.", [("Ana Reyes", "age", 58, "2026")]),
        ("Ana Reyes, a 58-year-old farmer, said no.", [("Ana Reyes", "age", 58, "2026")]),
        ("In 1990 Ana Reyes, then 34, won the race.", [("Ana Reyes", "age", 34, "1990")]),
        ("Ana Reyes was born in 1961.", [("Ana Reyes", "birth", None, "1961")]),
        ("Born in 1961, Ana Reyes left the valley.", [("Ana Reyes", "birth", None, "1961")]),
        ("Ana Reyes (born 1961) left the valley.", [("Ana Reyes", "birth", None, "1961")]),
        (
            "Ana Reyes (1934–2001) painted mills.",
            [("Ana Reyes", "birth", None, "1934"), ("Ana Reyes", "death", None, "2001")],
        ),
        (
            "Ana Reyes died in 2001 aged 66.",
            [("Ana Reyes", "death", None, "2001"), ("Ana Reyes", "age", 66, "2001")],
        ),
        ("Ana Reyes was 34 when she won the race in 1990.", [("Ana Reyes", "age", 34, "1990")]),
        ("Ana Reyes published a novel in 1967. She was 29 and poor.", [("Ana Reyes", "age", 29, "1967")]),
        ("Ana Reyes scored 58, and left.", []),
        ("Ana Reyes was 12 points behind.", []),
        ("Ana Reyes came at 10 in the morning.", []),
        ("Ana Reyes spoke for her 12-year-old daughter.", [("?", "age", 12, "2026")]),
    ],
)
def test_lives(text: str, expected: list[tuple[str, str, int | None, str]]) -> None:
    assert lives(text) == expected


def test_an_age_of_another_year_has_no_day() -> None:
    (age,) = records("In 1990 Ana Reyes, 34, won the race.").of(LifeFact)
    assert (age.years, age.earliest) == (34, "")


@pytest.mark.parametrize(
    ("text", "head", "noun", "tense", "planned"),
    [
        ("The council voted on 3 February.", "vote", False, "past", False),
        ("The vote took place on 3 February.", "vote", True, "past", False),
        ("The vote on the mill was held on 3 February.", "vote", True, "past", False),
        ("The race will be held on Friday.", "race", True, "future", False),
        ("The council plans to close the mill in May.", "close", False, "", True),
        ("The mill, built in 1914, is empty.", "build", False, "past", False),
    ],
)
def test_events(text: str, head: str, noun: bool, tense: str, planned: bool) -> None:
    (event,) = records(text).of(DatedEvent)
    assert (event.head, event.noun, event.tense, event.planned) == (head, noun, tense, planned)


def test_an_event_knows_what_it_is_about() -> None:
    (event,) = records("The council of Salm sold the old mill to Ana Reyes in 2019.").of(DatedEvent)
    assert set(event.theme) >= {"mill"}
    assert set(event.agent) >= {"council"}
