"""Headings, paragraphs and dates."""

from helpers import annotator

from audit.extract.annotate import Annotated
from audit.extract.dates import find_dates
from audit.extract.headings import find_headings
from audit.extract.paragraphs import find_paragraphs, normalized
from audit.loading import load_text


def annotated(text: str, path: str = "article.md") -> Annotated:
    return annotator().annotate(load_text(text, path, "article").documents[0])


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


def test_dates_point_into_the_file() -> None:
    text = "# The mill\n\nIt **opened** on *9 March* 2020.\n"
    (found,) = find_dates(annotated(text))
    assert found.text == text[found.start : found.end]
    assert (found.year, found.month, found.day) == (2020, 3, 9)
