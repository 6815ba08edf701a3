"""The forms of dates and the days that they mean."""

from datetime import date

import pytest
from helpers import annotator

from audit.extract.date_calendar import relative_day, relative_span, written_span
from audit.extract.date_forms import FORMS, Form, forms_with, signs_in
from audit.extract.date_reader import read_dates
from audit.extract.date_words import easter, holiday, number_of, year_of
from audit.extract.dates import find_dates
from audit.extract.lexicon import folded
from audit.loading import load_text
from audit.records import DateMention

TODAY = date(2026, 3, 9)  # a Monday


def dates_in(text: str, published: str = "") -> list[DateMention]:
    head = f"---\ntitle: The mill\ndate: {published}\n---\n\n" if published else "# The mill turns\n\n"
    return find_dates(annotator().annotate(load_text(f"{head}{text}\n", "article.md", "article").documents[0]))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_every_form_reads_its_example(form: Form) -> None:
    found = read_dates(f"It will be seen {form.example}." if form.name != "year first" else f"{form.example} was good.")
    assert form.name in [one.reading.form for one in found]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_no_text_that_fits_a_form_lacks_the_signs_of_it(form: Form) -> None:
    examples = [f"It will be seen {other.example}." for other in FORMS]
    odd = str.maketrans({"i": "ı", "s": "ſ", "k": "\u212a"})  # what a pattern that ignores case takes for i, s and k
    texts = [
        *examples,
        *map(str.upper, examples),
        *map(str.title, examples),
        *(text.translate(odd) for text in examples),
    ]
    texts += [text.replace(" ", "\u00a0 ") for text in texts]
    fitting = [(text, " ".join(folded(text).split())) for text in texts if form.pattern.search(text)]
    assert fitting or form.name == "year first"
    assert all(form in forms_with(signs_in(text, lower)) and form.has_word(lower) for text, lower in fitting)


# Words, precision, first and last day: all that the words themselves settle.
@pytest.mark.parametrize(
    ("text", "words", "precision", "first", "last"),
    [
        ("on 3 June 1934", "3 June 1934", "day", "1934-06-03", "1934-06-03"),
        ("on June 3, 1934", "June 3, 1934", "day", "1934-06-03", "1934-06-03"),
        ("on June 3rd 1934", "June 3rd 1934", "day", "1934-06-03", "1934-06-03"),
        ("on Tuesday 3 February 2026", "Tuesday 3 February 2026", "day", "2026-02-03", "2026-02-03"),
        ("on Nov. 5, 2024", "Nov. 5, 2024", "day", "2024-11-05", "2024-11-05"),
        ("on 23/8/2024", "23/8/2024", "day", "2024-08-23", "2024-08-23"),
        ("2024-03-09", "2024-03-09", "day", "2024-03-09", "2024-03-09"),
        ("the 21st of March 2020", "21st of March 2020", "day", "2020-03-21", "2020-03-21"),
        ("the twenty-first of March, 2020", "twenty-first of March, 2020", "day", "2020-03-21", "2020-03-21"),
        ("from 3 to 5 May 2024", "3 to 5 May 2024", "day", "2024-05-03", "2024-05-05"),
        ("May 3-5, 2024", "May 3-5, 2024", "day", "2024-05-03", "2024-05-05"),
        ("between 30 April and 2 May 2024", "30 April and 2 May 2024", "day", "2024-04-30", "2024-05-02"),
        ("in 2019-2021", "2019-2021", "year", "2019-01-01", "2021-12-31"),
        ("in 1914–18", "1914–18", "year", "1914-01-01", "1918-12-31"),
        ("in 1999/00", "1999/00", "year", "1999-01-01", "2000-12-31"),
        ("from 1990 to 2005", "1990 to 2005", "year", "1990-01-01", "2005-12-31"),
        ("in March 2020", "March 2020", "month", "2020-03-01", "2020-03-31"),
        ("in late March 2020", "late March 2020", "month", "2020-03-16", "2020-03-31"),
        ("in the spring of 2020", "spring of 2020", "season", "2020-03-01", "2020-06-23"),
        ("in the third quarter of 2024", "third quarter of 2024", "quarter", "2024-07-01", "2024-09-30"),
        ("in Q3 2024", "Q3 2024", "quarter", "2024-07-01", "2024-09-30"),
        ("in the first half of 2024", "first half of 2024", "half", "2024-01-01", "2024-06-30"),
        ("in the 1990s", "1990s", "decade", "1990-01-01", "1999-12-31"),
        ("in the ’90s", "’90s", "decade", "1990-01-01", "1999-12-31"),
        ("in the nineteenth century", "nineteenth century", "century", "1801-01-01", "1900-12-31"),
        ("on Christmas Day 2024", "Christmas Day 2024", "day", "2024-12-25", "2024-12-25"),
        ("on Good Friday 2025", "Good Friday 2025", "day", "2025-04-18", "2025-04-18"),
        ("since 1998", "1998", "year", "1998-01-01", "1998-12-31"),
        ("in fiscal 2015", "fiscal 2015", "year", "2014-04-01", "2016-09-30"),
    ],
)
def test_what_the_words_mean(text: str, words: str, precision: str, first: str, last: str) -> None:
    (found,) = read_dates(text)
    span = written_span(found.reading)
    assert span is not None
    assert (text[found.start : found.end], found.reading.precision) == (words, precision)
    assert (span.first.isoformat(), span.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("yesterday", "2026-03-08"),
        ("the day before yesterday", "2026-03-07"),
        ("tomorrow", "2026-03-10"),
        ("three weeks ago", "2026-02-16"),
        ("two years ago", "2024-03-09"),
        ("a fortnight ago", "2026-02-23"),
        ("last May", "2025-05-01"),
        ("next May", "2026-05-01"),
        ("last month", "2026-02-09"),
        ("last Friday", "2026-03-06"),
        ("this Friday", "2026-03-13"),
        ("Tuesday of next week", "2026-03-17"),
        ("a week on Friday", "2026-03-20"),
        ("last Christmas", "2025-12-25"),
        ("next Easter", "2026-04-05"),
        ("last summer", "2025-06-01"),
    ],
)
def test_relative_days(words: str, day: str) -> None:
    (found,) = read_dates(f"It was {words}.")
    value = relative_day(found.reading, TODAY)
    assert value is not None
    assert value.isoformat() == day


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("last month", "2026-02-01", "2026-02-28"),
        ("late last month", "2026-02-15", "2026-02-28"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("this week", "2026-03-09", "2026-03-15"),
        ("next Friday", "2026-03-13", "2026-03-20"),
    ],
)
def test_relative_periods(words: str, first: str, last: str) -> None:
    (found,) = read_dates(f"It was {words}.")
    span = relative_span(found.reading, TODAY)
    assert span is not None
    assert (span.first.isoformat(), span.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "They may march again.",
        "a hall of 2,024 seats",
        "Room 1998",
        "May said no.",
        "It was built in two weeks.",
        "open 24/7",
        "on 9/11 the towers fell and 3/4 of them left",
        "They won 3-2 in a match of 5.30.",
        "The company has 2000 people.",
        "They sat and the sun shone.",
        "April Jones smiled.",
    ],
)
def test_no_dates(text: str) -> None:
    assert read_dates(text) == []


def test_two_days_of_one_month() -> None:
    days = [(one.reading.at.month, one.reading.at.day) for one in read_dates("on 18 and 19 June")]
    assert days == [(6, 18), (6, 19)]


@pytest.mark.parametrize(
    ("text", "published", "days", "how"),
    [
        ("It closed on Friday.", "2026-03-09", "2026-03-06", "published"),
        ("It will close on Friday.", "2026-03-09", "2026-03-13", "published"),
        ("It opens on 5 May.", "2026-03-09", "2026-05-05", "published"),
        ("It closed on 16 December.", "2026-03-09", "2025-12-16", "published"),
        ("It opened on 3 May 1999 and closed on 5 June.", "2026-03-09", "1999-06-05", "nearest"),
        ("It opened on 3 May 1999. It closed on 5 June.", "2026-03-09", "", ""),
        ("It opened on 3 May 1999. A month passed.\n\nIt closed on 5 June.", "", "1999-06-05", "inherited"),
        ("It opened on 3 May 1999. On 4 June 2001 it closed.\n\nThey left on 5 June.", "", "", ""),
        ("It opened on 3 May 1999. It closed two days later.", "", "1999-05-05", "nearest"),
        ("It opened on 3 May 1999. It closed the following day.", "", "1999-05-04", "nearest"),
        ("It closed on Friday.", "", "", ""),
    ],
)
def test_where_the_rest_of_a_date_comes_from(text: str, published: str, days: str, how: str) -> None:
    last = dates_in(text, published)[-1]
    assert (last.earliest, last.latest, last.resolved) == (days, days, how)


def test_a_document_shows_which_of_day_and_month_it_writes_first() -> None:
    (_, british) = dates_in("It opened on 9 March 2020.\n\nIt closed on 5/11/2024.")
    assert (british.day, british.month) == (5, 11)
    (_, american) = dates_in("It opened on March 9, 2020.\n\nIt closed on 5/11/2024.")
    assert (american.day, american.month) == (11, 5)
    (neither,) = dates_in("It closed on 5/11/2024.")
    assert (neither.year, neither.month, neither.precision) == (2024, None, "year")


def test_words_in_front_bound_a_date() -> None:
    found = dates_in("Closed since 1998, it was built around 1900 and will open by May 2027.")
    assert [one.bound for one in found] == ["since", "about", "until"]


def test_numbers_and_years_in_words() -> None:
    assert [number_of(word) for word in ("3rd", "twenty-third", "a couple of", "eleven")] == [3, 23, 2, 11]
    assert [year_of(word) for word in ("nineteen thirty-four", "two thousand and five", "’98")] == [1934, 2005, 1998]


def test_feasts_that_move() -> None:
    assert [easter(year).isoformat() for year in (1999, 2024, 2025)] == ["1999-04-04", "2024-03-31", "2025-04-20"]
    assert holiday("Thanksgiving", 2023) == date(2023, 11, 23)
    assert holiday("the mill's day", 2023) is None
