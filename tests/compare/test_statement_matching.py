"""Which statements of an article and its source are about the same thing."""

from __future__ import annotations

from helpers import annotator, inputs_of

from audit.compare.statements import match_statements
from audit.extract.identities import link_people
from audit.extract.pipeline import extract
from audit.records import Statement

ARTICLE = """The ferry carried 2,140 passengers in May, the company said.

The mayor opened a library. The company also runs a bus line."""
SOURCE = """Q: How was May?

A: In May the ferry carried two thousand four hundred and ten passengers. My aunt grows leeks.

Q: And the bus?

A: The bus line loses money."""


def pairs() -> list[tuple[str, str]]:
    inputs = inputs_of(ARTICLE, SOURCE)
    records = [extract(annotator().annotate(d)) for d in (*inputs.articles, *inputs.sources)]
    found = match_statements(records[0], records[1:], link_people((records[0], *records[1:])))
    text = {claim.id: claim.text for one in records for claim in one.of(Statement)}
    return [(text[match.statement], text[match.other]) for match in found if not match.inside]


def test_statements_about_the_same_thing_are_matched_and_others_are_not() -> None:
    assert pairs() == [
        (
            "The ferry carried 2,140 passengers in May, the company said.",
            "In May the ferry carried two thousand four hundred and ten passengers.",
        ),
        ("The company also runs a bus line.", "The bus line loses money."),
    ]


def test_a_question_of_the_interviewer_is_no_match() -> None:
    assert not [other for _, other in pairs() if other.endswith("?")]
