"""Which statements of an article and its source are about the same thing."""

from __future__ import annotations

import random

import pytest
from helpers import annotator, inputs_of

from audit.compare.statements import _KEPT, _Index, match_statements
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


def invented(rng: random.Random, side: str, number: int) -> list[Statement]:
    """Statements of words that are drawn more or less often, so that some pairs share much and most share little."""
    words = [f"word{n}" for n in range(60)]
    weights = [1 / (n + 1) for n in range(60)]
    return [
        Statement.model_construct(
            id=f"{side}.{at}",
            start=at * 10,
            topic=tuple(rng.choices(words, weights, k=rng.randint(0, 8))),
            context=tuple(rng.choices(words, weights, k=rng.randint(0, 3))),
            people=(),
            speaker=None,
            quantities=(),
        )
        for at in range(number)
    ]


@pytest.mark.parametrize("seed", range(5))
def test_leaving_pairs_out_early_loses_none_of_the_closest(seed: int) -> None:
    rng = random.Random(seed)
    own, others = invented(rng, "a", 120), invented(rng, "s", 150)
    index = _Index(own, others, {})
    found = 0
    for at in range(len(own)):
        every = [pair for other in range(at + 1, len(own) + len(others)) if (pair := index._pair(at, other))]
        near = {pair.other for pair in every if shares_something_rare(index, at, pair.other)}
        inside = sorted(pair for pair in every if pair.other in near and pair.other < len(own))[:_KEPT]
        outside = sorted(pair for pair in every if pair.other in near and pair.other >= len(own))[:_KEPT]
        assert [match.other for match in index.closest(at)] == [pair.id for pair in (*inside, *outside)]
        found += len(inside) + len(outside)
    assert found > 300


def shares_something_rare(index: _Index, one: int, other: int) -> bool:
    return any(len(index._where[name]) <= 80 for name in index._features[one].keys() & index._features[other].keys())
