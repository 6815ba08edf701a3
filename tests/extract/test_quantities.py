"""What quantities are bound to, and how they compare."""

from __future__ import annotations

from decimal import Decimal

import pytest
from helpers import annotator

from audit.extract.quantities import find_quantities
from audit.extract.units import in_base, unit_names, units
from audit.loading import load_text
from audit.records import Quantity


def quantities(sentence: str) -> list[Quantity]:
    text = f"# Some headline\n\n{sentence}\n"
    (document,) = load_text(text, "article.md", "article").documents
    found = find_quantities(annotator().annotate(document))
    for one in found:
        assert text[one.start : one.end] == one.text
        assert Decimal(one.low) <= Decimal(one.value) <= Decimal(one.high)
        assert one.sentence is not None
        assert one.sentence.covers(one)
    return found


def test_what_is_counted_is_its_noun_with_what_describes_it() -> None:
    (one,) = quantities("About 10,000 U.S. troops were sent to the old harbour.")
    assert (one.of, one.unit, one.measure, one.hedge) == ("troop", "", "count", "about")
    assert "troop" in one.of_words


def test_a_share_has_its_base() -> None:
    (one,) = quantities("Between 5 and 7 percent of the voters stayed home.")
    assert (one.value, one.low, one.high, one.base, one.of) == ("5", "4.5", "7.5", "voter", "voter")


def test_parts_of_a_whole_that_stands_in_front() -> None:
    whole, yes, no = quantities("Of 50 members, 30 voted yes and 20 no.")
    assert (whole.of, whole.base) == ("member", "")
    assert (yes.base, no.base) == ("member", "member")


def test_subject_verb_and_time() -> None:
    (one,) = quantities("The mill employed 300 workers in 2019.")
    assert (one.subject, one.verb, one.time) == (("mill",), "employ", ("2019",))


def test_the_times_of_two_clauses_are_kept_apart() -> None:
    one, other = quantities("The mill employed 300 workers in 2019, and it employs 120 workers now.")
    assert one.time == ("2019",)
    assert other.time == ()


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Membership doubled from 10 to 20.", [("rise", "by"), ("rise", "from"), ("rise", "to")]),
        ("Turnover fell 12 percent to $4 million.", [("fall", "by"), ("fall", "to")]),
        ("Sales were up 5%.", [("rise", "by")]),
        ("Prices were 3 percent lower.", [("fall", "by")]),
        ("The number of jobs went from 1,000 to 800.", [("fall", "from"), ("fall", "to")]),
        ("They planted 300 trees.", [("none", "none")]),
    ],
)
def test_rises_and_falls(sentence: str, wanted: list[tuple[str, str]]) -> None:
    found = quantities(sentence)
    assert [(one.direction, one.role) for one in found] == wanted
    if len(found) > 1:
        assert all(len(one.change) == len(found) - 1 for one in found)


@pytest.mark.parametrize(
    "sentence",
    [
        "The Boeing 737 landed.",
        "He read Article 50 of the treaty.",
        "She is one who never rests.",
        "The Galaxy 12 is out.",
    ],
)
def test_names_are_no_quantities(sentence: str) -> None:
    assert quantities(sentence) == []


def span(sentence: str) -> tuple[str, float, float] | None:
    (one,) = quantities(sentence)
    base = in_base(one)
    return None if base is None else (base.dimension, round(float(base.low), 3), round(float(base.high), 3))


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("The road is 2.0 km long.", ("length", 1950, 2050)),
        ("The road is 1.0 miles long.", ("length", 1528.877, 1689.811)),
        ("It reached 212 degrees Fahrenheit.", ("temperature", 99.722, 100.278)),
        ("It took two hours.", ("duration", 7200, 7200)),
        ("A third of the pupils left.", ("share", 31.333, 35.333)),
        ("It fell by 50 basis points.", ("points", 0.495, 0.505)),
        ("The limit is 36.0 km/h here.", ("speed", 9.986, 10.014)),
        ("They paid $80 a barrel.", ("money USD/volume", 0.503, 0.503)),
    ],
)
def test_units_convert(sentence: str, wanted: tuple[str, float, float]) -> None:
    assert span(sentence) == wanted


def test_every_unit_of_the_table_has_a_factor_and_keeps_its_names() -> None:
    assert all(0 < unit.low <= unit.high for unit in units().values())
    for name in ("km", "miles", "feet", "Australian dollars", "percentage points", "square miles", "kWh", "degrees C"):
        assert name in unit_names()
