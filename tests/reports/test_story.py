"""The tables of people, dates and figures: what the texts say, in rows that an editor can run down."""

from __future__ import annotations

import pytest
import sample
from audit.reports.figures import figure_rows, thing_of, value_in_words
from audit.reports.html import render_html
from audit.reports.inputs import Inputs
from audit.reports.people import people_rows
from audit.reports.timeline import span_in_words, timeline

from audit.records import (
    DatedEvent,
    DateMention,
    Figure,
    Person,
    Place,
    Quantity,
    Quotation,
    RoleMention,
    Speaker,
    SpeakerCoverage,
    Statement,
    Turn,
)
from audit.records.claims import NameMention

ARTICLE = (
    "# The quay\n\nBy Ada Lund, 3 May 2026\n\n"
    "Harbour master Mira Holt opened the quay in March. “It holds,” Holt said.\n\n"
    "Two cranes were sold in March. The quay took 4.2 million litres and a third of the budget.\n"
)
SOURCE = "MIRA HOLT: We opened it in April, the third of the month. It holds. There were three cranes.\n"


def here(words: str, path: str = "drafts/quay.md", nth: int = 1) -> Place:
    text = SOURCE if path == "holt.txt" else ARTICLE
    start = -1
    for _ in range(nth):
        start = text.index(words, start + 1)
    place = sample.place(text[start:], words, path)
    line = text.count("\n", 0, start) + 1
    return place.model_copy(update={"start": start, "end": start + len(words), "line": line, "end_line": line})


def inputs_of() -> Inputs:
    report = sample.report(article=ARTICLE)
    article, source = report.inputs
    source = source.model_copy(update={"text": SOURCE, "end": len(SOURCE)})
    return Inputs(report.model_copy(update={"inputs": (article, source), "claims": (turn(),)}))


def turn() -> Turn:
    return Turn(
        **here(SOURCE[11:-1], "holt.txt").model_dump(), id="s1.turn.1", block=0, ordinal=1, role="guest", words="",
        speaker=Speaker(kind="named", name="Mira Holt", person="s1.person.1"),
    )  # fmt: skip


def date(id: str, words: str, first: str, last: str, path: str = "drafts/quay.md", nth: int = 1) -> DateMention:
    return DateMention(**here(words, path, nth).model_dump(), id=id, block=1, earliest=first, latest=last)


# --- Dates ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-04-14", "2026-04-14", "Tue 14 April 2026"),
        ("2026-04-01", "2026-04-30", "April 2026"),
        ("2024-02-01", "2024-02-29", "February 2024"),
        ("2026-04-01", "2026-06-30", "April – June 2026"),
        ("2026-01-01", "2026-12-31", "2026"),
        ("2019-01-01", "2023-12-31", "2019 – 2023"),
        ("2025-12-01", "2026-03-19", "1 December 2025 – 19 March 2026"),
        ("0044-03-15", "0044-03-15", "Tue 15 March 44"),
    ],
)
def test_days_are_told_as_people_write_them(first: str, last: str, words: str) -> None:
    assert span_in_words(first, last) == words


def test_one_moment_has_both_sides_and_moments_are_in_order() -> None:
    march, again = (date(f"a1.date.{n}", "March", "2026-03-01", "2026-03-31", nth=n) for n in (1, 2))
    dateline = date("a1.date.3", "3 May 2026", "2026-05-03", "2026-05-03")
    theirs = date("s1.date.1", "April", "2026-03-01", "2026-03-31", "holt.txt")
    open_ = date("s1.date.2", "the month", "", "", "holt.txt")
    sold = here("Two cranes were sold in March.")
    statement = Statement(
        **sold.model_dump(), id="a1.sentence.1", block=2, voice="narration", topic=(), dates=(again.id,)
    )
    event = DatedEvent(
        **here("opened").model_dump(), id="a1.event.1", block=2, date=march.id, head="open",
        sentence=here("Harbour master Mira Holt opened the quay in March."),
    )  # fmt: skip
    line = timeline((dateline, march, again, theirs, open_, statement, event), inputs_of())
    assert [moment.when for moment in line.moments] == ["March 2026", "Sun 3 May 2026"]
    assert line.open == 1
    both = line.moments[0]
    assert [words(d.tokens) for d in both.article] == [
        "Harbour master Mira Holt opened the quay in March.", "Two cranes were sold in March."
    ]  # fmt: skip
    assert [(d.speaker, d.spot) for d in both.sources] == [("Mira Holt", "holt.txt:1")]
    assert words(line.moments[1].article[0].tokens) == "By Ada Lund, 3 May 2026"


def words(tokens: tuple[object, ...]) -> str:
    return "".join(getattr(token, "words", "") for token in tokens)


# --- People -----------------------------------------------------------------------------------------------------------


def person(id: str, name: str, path: str = "drafts/quay.md", **values: object) -> Person:
    place = here(name if path != "holt.txt" else name.upper(), path)
    given, _, family = name.casefold().rpartition(" ")
    mention = NameMention(**place.model_dump(), form="full")
    known = {"given": tuple(given.split()), "family": (family,), "mentions": (mention,), "name": name, **values}
    return Person.model_validate({**place.model_dump(), "id": id, "block": 1, "kind": "person", **known})


def test_one_person_of_two_texts_is_one_row_with_roles_quotations_and_turns() -> None:
    ours, theirs = person("a1.person.1", "Mira Holt", aliases=("Holt",)), person("s1.person.1", "Mira Holt", "holt.txt")
    author = person("a1.person.2", "Ada Lund")
    role = RoleMention(
        **here("Harbour master").model_dump(), id="a1.role.1", block=2, person="a1.person.1", office="master",
        form="title", sentence=here("Harbour master Mira Holt opened the quay in March."),
    )  # fmt: skip
    quotation = Quotation(
        **here("“It holds,”").model_dump(), id="a1.quotation.1", block=2, form="direct", segments=(here("It holds,"),),
        content="It holds,", words=2, speaker=Speaker(kind="named", name="Holt"),
    )  # fmt: skip
    rows = people_rows((author, ours, theirs, role, quotation, turn()), inputs_of(), ())
    assert [row.name for row in rows] == ["Mira Holt", "Ada Lund"]
    holt, lund = rows
    assert holt.variants == ("Holt",)
    assert [(r.words, r.link.spot) for r in holt.roles] == [("Harbour master", "drafts/quay.md:5")]
    assert holt.quotations == ("a1.quotation.1",)
    assert [(h.path, h.turns) for h in holt.heard] == [("holt.txt", 1)]
    assert (lund.quotations, lund.heard, lund.source) == ((), (), None)


def test_a_family_name_alone_joins_the_only_one_who_has_it() -> None:
    alone = person("s1.person.1", "Holt", "holt.txt", given=())
    one, two = person("a1.person.1", "Mira Holt"), person("a1.person.2", "Ada Lund")
    assert len(people_rows((one, two, alone), inputs_of(), ())) == 2
    namesake = two.model_copy(update={"name": "Jan Holt", "given": ("jan",), "family": ("holt",)})
    assert len(people_rows((one, namesake, alone), inputs_of(), ())) == 3


def test_somebody_whose_words_no_source_has_is_told_with_the_reason() -> None:
    coverage = SpeakerCoverage(speaker="Mira Holt", quotations=2, checked=0, reason="no source holds her words")
    (row,) = people_rows((person("a1.person.1", "Mira Holt"),), inputs_of(), (coverage,))
    assert row.reason == "no source holds her words"


# --- Figures ----------------------------------------------------------------------------------------------------------


def quantity(id: str, words: str, value: str, path: str = "drafts/quay.md", **values: object) -> Quantity:
    made = {
        **here(words, path).model_dump(),
        "id": id,
        "block": 2,
        "value": value,
        "low": value,
        "high": value,
        **values,
    }
    return Quantity.model_validate({**made, "kind": "quantity"})


def test_figures_of_one_thing_stand_together() -> None:
    two = quantity("a1.quantity.1", "Two", "2", of="crane")
    three = quantity("s1.quantity.1", "three", "3", "holt.txt", of="crane")
    litres = quantity("a1.quantity.2", "4.2 million", "4200000", unit="l", measure="volume", of="quay")
    third = quantity("a1.quantity.3", "a third", "0.3333333333", form="fraction")
    rows = figure_rows((third, litres, two, three), inputs_of())
    assert [(row.thing, row.printed, row.value) for row in rows] == [
        ("crane", ("Two",), "2"),
        ("crane", ("three",), "3"),
        ("quay", ("4.2 million",), "4,200,000 l"),
        ("", ("a third",), "≈ 0.3333"),
    ]
    assert [bool(row.article) for row in rows] == [True, False, True, True]
    assert rows[1].sources[0].spot == "holt.txt:1"


def test_values_have_units_seconds_and_rates() -> None:
    def said(value: str, **values: object) -> str:
        return value_in_words(quantity("a1.quantity.1", "Two", value, **values))

    assert said("2", unit="year", measure="duration") == "2 years"
    assert said("1", unit="year", measure="duration") == "1 year"
    assert said("5", other="2", form="pair") == "5 to 2"
    assert said("12", per="hour") == "12 per hour"
    assert said("-0.50", unit="%") == "-0.50 %"
    assert len(said("9" * 5000)) < 50
    assert said("NaN") == "NaN"


def test_the_attribute_goes_with_the_thing() -> None:
    tall = quantity("a1.quantity.1", "Two", "2", of="tower")
    figure = Figure(
        **here("Two").model_dump(), id="a1.figure.1", block=2, quantity=tall.id, statement="", thing="tower",
        attribute="height",
    )  # fmt: skip
    assert thing_of(tall, figure) == "tower, height"
    assert thing_of(tall, None) == "tower"


def test_a_report_without_any_of_them_has_no_such_section() -> None:
    assert 'id="story"' not in render_html(sample.report(sample.finding()))
