"""Orders that cannot be: a thing that changed before it began, and the notes of editors, which are left alone."""

from __future__ import annotations

import pytest
from helpers import audit_texts, findings_of

RULE = "order-impossible"

TURNED = [
    "The main branch was opened in 1931 and rebuilt in 1924 after a fire.",
    "The mill was built in 1890. It was rebuilt in 1874 after a flood.",
    "The school was founded in 1950 and enlarged in 1931.",
    "The bridge, built in 1902, was widened in 1888.",
    "The company was founded in 1999. Two years of losses followed. The company was sold in 1987.",
    "The theatre opened on 3 May 1955. It was renamed on 4 June 1949.",
    "Built in 1911, the station was demolished in 1903.",
    "The bakery closed in 1978. It had opened in 1985.",
    "The levy was introduced in 2010 and abolished in 2004.",
]
FINE = [
    "The main branch was opened in 1924 and rebuilt in 1931 after a fire.",
    "The main branch was rebuilt in 1924 and opened again in 1931.",
    "The main branch was rebuilt in 1924 and opened in 1931.",
    "The mill was built in 1890. Its predecessor was rebuilt in 1874.",
    "The mill was built in 1890. The first mill was enlarged in 1874.",
    "The mill was built in 1890. The site was enlarged in 1874.",
    "The mill in Salm was built in 1890. The mill in Orre was rebuilt in 1874.",
    "The new school was founded in 1950. The old school was enlarged in 1931.",
    "The border was opened in 1989. It was closed in 1961.",
    "The castle was opened to the public in 1950. It was rebuilt in 1874.",
    "The cathedral was built in 1955. It was destroyed in 1944.",
    "The cinema opened in 1960. It had been renovated in 1948.",
    "The chapel was to be built in 1890. It was rebuilt in 1874.",
    "The tower was built in the 1890s. It was rebuilt in 1895.",
    "The department was founded in 1950. The department sold the house in 1931.",
    "The station was built in 1911, and the line was closed in 1903.",
    "\u201cThe school was founded in 1950,\u201d she said. \u201cIt was enlarged in 1931.\u201d",
]
NOTES = [
    "**Editor's note:** The council voted on 4 May 2031.",
    "Correction: An earlier version said the vote was held on 4 May 2031.",
    "Last updated on 4 May 2031.",
    "This article was updated on 4 May 2031 to add a name.",
    "Update, 4 May 2031: The council voted on 6 May 2031.",
]
NO_NOTES = ["The council voted on 4 May 2031.", "The law was corrected on 4 May 2031."]


def messages(body: str) -> list[str]:
    text = f"---\ndate: 2026-03-01\n---\n# Notes from Salm\n\nIt is a small place.\n\n{body}\n"
    return [finding.message for finding in findings_of(audit_texts(text), RULE)]


@pytest.mark.parametrize("body", TURNED)
def test_what_befell_a_thing_before_it_began_is_reported_once(body: str) -> None:
    assert len(messages(body)) == 1


@pytest.mark.parametrize("body", FINE)
def test_a_second_beginning_and_another_thing_are_left_alone(body: str) -> None:
    assert messages(body) == []


@pytest.mark.parametrize("body", NOTES)
def test_notes_of_editors_are_left_alone(body: str) -> None:
    assert messages(body) == []


@pytest.mark.parametrize("body", NO_NOTES)
def test_what_is_told_as_past_and_dated_after_the_publication_is_reported(body: str) -> None:
    assert len(messages(body)) == 1
