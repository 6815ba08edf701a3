"""Names, titles and well-known people of the house: what is nearly right is found, what is settled is left alone."""

from __future__ import annotations

import pytest
from helpers import annotator, inputs_of

from audit.config import House, HouseName, Settings
from audit.records import Finding
from audit.run import audit

NAMES = ("Siobhán Ó Briain", "Kyiv", "Harbour Board of Kelby", "Dana Tarrant", "Joan Tarrent", "Brenwarth", "Bo Lind")
HOUSE = House(
    names=tuple(HouseName(name, "copydesk.toml", line) for line, name in enumerate(NAMES, start=4)),
    titles=("Taoiseach",),
    exempt=("Kaveri", "Pelé", "Ana Reyes"),
)


def found(article: str, *sources: str, house: House = HOUSE, rule: str = "name-two-spellings") -> list[Finding]:
    settings = Settings(articles=("article.md",), house=house, preview=True)
    report = audit(inputs_of(article, *sources), settings, annotator())
    return [finding for finding in report.findings if finding.rule == rule and finding.shown]


@pytest.mark.parametrize(
    ("article", "right", "written"),
    [
        ("Siobhan O'Brian opened the bridge in May.", "Siobhán Ó Briain", "Siobhan O'Brian"),
        ("Siobhan O Briain opened the bridge in May.", "Siobhán Ó Briain", "Siobhan O Briain"),
        ("We spoke to Siobhán Ó Briann about the bridge.", "Siobhán Ó Briain", "Siobhán Ó Briann"),
        ("The Harbuor Board of Kelby paid for the bridge.", "Harbour Board of Kelby", "Harbuor Board of Kelby"),
        ("Dana Tarant, a bell founder, sold the yard in May.", "Dana Tarrant", "Dana Tarant"),
        ("The ferry to Brenworth was late in May.", "Brenwarth", "Brenworth"),
        ("Dana Tarant’s yard was sold in May.", "Dana Tarrant", "Dana Tarant"),
    ],
)
def test_a_name_that_is_nearly_one_of_the_house_is_reported(article: str, right: str, written: str) -> None:
    assert found(article, house=House()) == []
    [finding] = found(article)
    assert finding.severity == "warning"
    assert f"Is “{right}” meant?" in finding.message
    assert f"“{written}”" in finding.message
    line = next(name.line for name in HOUSE.names if name.spelling == right)
    assert f"the spelling of the house stands in copydesk.toml:{line}" in finding.why
    assert len(finding.evidence) == 1
    assert written in finding.evidence[0].place.text


@pytest.mark.parametrize(
    "article",
    [
        "Siobhán Ó Briain opened the bridge in May. Ms. Ó Briain left early.",  # as the house has it
        "Kiev and Kyjiv are older spellings of Kyiv.",  # a short name of one word
        "Diana Tarrant, a bell founder, sold the yard.",  # another given name that people have
        "Dan Tarrant, a bell founder, sold the yard.",
        "Dana Barrant, a bell founder, sold the yard.",  # another letter at the start
        "Dana Tarrants are a kind of apple.",  # an ending
        "The Harbor Board of Kelby paid for it.",  # British and American
        "The Harbour Board of Selby paid for it.",  # another place
        "DANA TARANT",  # capitals
        "“Dana Tarant kam gestern an,” Ina Beck said.",  # in a quotation
        "Bo Lund, a clerk, read the minutes.",  # a short family name that sounds otherwise
        "The ferry to Brenwarth was late in May.",
    ],
)
def test_near_misses_of_the_house_are_left_alone(article: str) -> None:
    assert found(article) == []


def test_two_names_of_the_house_are_never_one_name() -> None:
    article = "Dana Tarrant sang in the hall.\n\n“It was cold,” Ms. Tarrent said.\n"
    assert len(found(article, house=House())) == 1
    assert found(article) == []
    source = "TARRENT: I have painted the bridge for years, said Joan Tarrent.\n"
    assert found("Joan Tarrant, a painter, has painted the bridge for years.", source, house=HOUSE) != []
    assert found("Joan Tarrent, a painter, has painted the bridge for years.", source) == []


def test_a_slip_that_the_article_shows_itself_is_one_finding() -> None:
    article = "Siobhán Ó Briain opened the bridge.\n\n“It was cold,” Siobhán Ó Brian said later.\n"
    assert len(found(article, house=House())) == len(found(article)) == 1


def test_titles_of_the_house_stand_in_front_of_names() -> None:
    article = "The bridge was opened in May. Taoiseach Varga praised the builders."
    rule = "surname-before-introduction"
    assert found(article, house=House(), rule=rule) == []
    [finding] = found(article, rule=rule)
    assert "Who is Taoiseach Varga?" in finding.message
    full = "Taoiseach Iva Varga opened the bridge. Ms. Varga praised the builders."
    assert found(full, rule=rule) == []


@pytest.mark.parametrize("name", ["Mr. Kaveri", "Mr. Pelé", "Mr. Pele"])
def test_the_exempt_need_no_introduction(name: str) -> None:
    article = f"{name} declined to comment on the sale of the mill. The council will vote in May."
    rule = "surname-before-introduction"
    assert len(found(article, house=House(), rule=rule)) == 1
    assert found(article, rule=rule) == []
    other = article.replace(name, "Mr. Ortiz")
    assert len(found(other, rule=rule)) == 1


def test_titles_of_one_run_are_none_of_the_next() -> None:
    article = "The bridge was opened in May. Taoiseach Varga praised the builders."
    rule = "surname-before-introduction"
    assert len(found(article, rule=rule)) == 1
    assert found(article, house=House(), rule=rule) == []
