"""Headings, paragraphs, quantities and dates."""

import pytest
from helpers import annotator

from audit.extract.annotate import Annotated
from audit.extract.dates import find_dates
from audit.extract.headings import find_headings
from audit.extract.paragraphs import find_paragraphs, normalized
from audit.extract.quantities import find_quantities
from audit.loading import load_text


def annotated(text: str, path: str = "article.md") -> Annotated:
    return annotator().annotate(load_text(text, path, "article").documents[0])


def figures(sentence: str) -> list[tuple[str, str, str, str]]:
    """Words, value, unit and hedge of each quantity."""
    found = find_quantities(annotated(f"# Some headline\n\n{sentence}\n"))
    return [(one.text, one.value, one.unit, one.hedge) for one in found]


def test_headings_have_their_roles_and_places() -> None:
    text = (
        "# The mill\r\n\r\n*It turns again.*\r\n\r\nThe wheel is new.\r\n\r\n## What it cost\r\n\r\nNothing at all.\r\n"
    )
    found = find_headings(annotated(text))
    assert [(one.role, one.text) for one in found] == [
        ("headline", "The mill"),
        ("dek", "It turns again."),
        ("section", "What it cost"),
    ]
    assert all(text[one.start : one.end] == one.text for one in found)


def test_two_copies_share_one_form() -> None:
    assert normalized("“The  wheel’s\nnew,” he said.") == normalized("The wheel's *new* he said")


def test_a_sentence_is_listed_only_where_it_comes_again() -> None:
    again = "The wheel was carved by hand out of a single oak."
    text = f"# The mill\n\nIt turns. {again}\n\nNobody knew the price of it before last autumn. {again}\n"
    found = [one for one in find_paragraphs(annotated(text)) if one.role == "sentence"]
    assert [one.text for one in found] == [again, again]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The fund holds about $4 million.", [("$4 million", "4000000", "USD", "about")]),
        ("Nearly 10,000 people came.", [("10,000", "10000", "", "nearly")]),
        ("They spent £2.4bn on it.", [("£2.4bn", "2400000000", "GBP", "")]),
        ("It rose by 3.5 percentage points.", [("3.5 percentage points", "3.5", "percentage point", "")]),
        ("It takes twelve hundred days.", [("twelve hundred days", "1200", "day", "")]),
        ("Two and a half million trees grow here.", [("Two and a half million", "2500000", "", "")]),
        ("The 54-year-old mayor left.", [("54-year-old", "54", "year", "")]),
        ("More than 30 per cent of them left.", [("30 per cent", "30", "%", "more than")]),
        ("On 6 November 2024 the 21st meeting began at 7:30 p.m. in Room 12.", []),
        ("They won 3-2 against COVID-19 in 2021.", []),
    ],
)
def test_quantities(sentence: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert figures(sentence) == expected


def test_printed_precision_is_kept() -> None:
    (money,) = find_quantities(annotated("# Some headline\n\nIt cost $2.0 million.\n"))
    assert (money.low, money.high) == ("1950000", "2050000")
    (count,) = find_quantities(annotated("# Some headline\n\nIt has 12 rooms.\n"))
    assert (count.low, count.high, count.of) == ("12", "12", "room")


def test_a_range_runs_from_its_lower_to_its_upper_end() -> None:
    (share,) = find_quantities(annotated("# Some headline\n\nBetween 5 and 7 percent of the voters stayed home.\n"))
    assert (share.value, share.low, share.high, share.of) == ("5", "4.5", "7.5", "voter")


def test_dates_point_into_the_file() -> None:
    text = "# The mill\n\nIt **opened** on *9 March* 2020.\n"
    (found,) = find_dates(annotated(text))
    assert found.text == text[found.start : found.end]
    assert (found.year, found.month, found.day) == (2020, 3, 9)
