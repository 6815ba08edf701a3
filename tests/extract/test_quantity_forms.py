"""The forms of quantities, a line each: a text, and what is read in it.

To add a form, write its line first. A line names the words, the value (or the span), the unit and the measure of each
quantity of the text, in order; `count` goes without saying.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from audit.extract.atoms import atoms_in
from audit.extract.numerals import FORMS as NUMERALS
from audit.extract.numerals import may_begin
from audit.extract.quantity_forms import Grammar
from audit.extract.quantity_ranks import find_ranks
from audit.extract.quantity_text import Found, plain

# Text | words = value unit measure; ...
FORMS = """
# --- numbers ---
It has 12 rooms. | 12 = 12
It has 10,000 rooms. | 10,000 = 10000
It has 1,50,000 voters. | 1,50,000 = 150000
It takes twelve hundred days. | twelve hundred days = 1200 day duration
Two hundred and two thousand came. | Two hundred and two thousand = 202000..
Forty-two boats sank. | Forty-two = 42
Half a million people came. | Half a million = 500000..
Two and a half million trees grow here. | Two and a half million = 2500000..
A quarter million letters came. | A quarter million = 250000..
It holds 2½ litres. | 2½ litres = 2.5 l volume
It holds 3 1/2 litres. | 3 1/2 litres = 3.5 l volume
A dozen dogs barked. | A dozen = 12
Half a dozen dogs barked. | Half a dozen = 6
Two dozen dogs barked. | Two dozen = 24
It fell to minus five. | minus five = -5
It fell to -5.5 points. | -5.5 = -5.5..
Some 1.2 million people moved. | 1.2 million = 1200000..
The 3.5-million town grew. | 3.5-million = 3500000..
About 5m people moved. | 5m = 5000000..
Six crore people voted. | Six crore = 60000000..
# --- fractions, multiples, vague numbers ---
Two-thirds of the council left. | Two-thirds = 0.667.. share
A fifth of the pupils left. | A fifth = 0.2.. share
Prices fell by a third. | a third = 0.333.. share
Nearly half the seats are empty. | half = 0.5.. share
Three quarters of them left. | Three quarters = 0.75.. share
It is half a mile away. | half a mile = 0.5 mile length
Membership doubled. | doubled = 2 ratio
Sales rose sixfold. | sixfold = 6 ratio
It is 3x as fast. | 3x = 3 ratio
Dozens of dogs barked. | Dozens = 12..120
Tens of thousands of people came. | Tens of thousands = 10000..100000
Several hundred people came. | Several hundred = 200..900
A few thousand people came. | A few thousand = 2000..9000
# --- money ---
They spent £2.4bn on it. | £2.4bn = 2400000000.. GBP money
They spent €3.4bn on it. | €3.4bn = 3400000000.. EUR money
They spent $1.9\u00a0million on it. | $1.9\u00a0million = 1900000.. USD money
They spent US$5 on it. | US$5 = 5 USD money
They spent A$5m on it. | A$5m = 5000000.. AUD money
They spent HK $3.7 billion on it. | HK $3.7 billion = 3700000000.. HKD money
They spent 1.2m euros on it. | 1.2m euros = 1200000.. EUR money
They spent 10 million Australian dollars. | 10 million Australian dollars = 10000000.. AUD money
They spent 10 million U.S. dollars. | 10 million U.S. dollars = 10000000.. USD money
They spent CHF 350 on it. | CHF 350 = 350 CHF money
They spent MSEK 120 on it. | MSEK 120 = 120000000.. SEK money
It cost ten dollars and 50 cents. | ten dollars and 50 cents = 10.5 USD money
It cost ten dollars fifty. | ten dollars fifty = 10.5 USD money
The balance was $-50.8bn. | $-50.8bn = -50800000000.. USD money
It costs 50p. | 50p = 50 penny money
It costs $4-5 million. | $4-5 million = 4000000..5000000 USD money
He gave ten pounds to the poor. | ten pounds = 10 GBP money
He lost ten pounds in May. | ten pounds = 10.. pound mass
A 200-pound man came. | 200-pound = 200.. pound mass
He spent 5 million pounds. | 5 million pounds = 5000000.. GBP money
# --- shares and points ---
About 30 per cent of them left. | 30 per cent = 30.. % share
It is 3.5% now. | 3.5% = 3.5.. % share
It rose by 3.5 percentage points. | 3.5 percentage points = 3.5.. percentage point points
The bank adds 40 basis points. | 40 basis points = 40.. basis point points
One in six children is poor. | One in six = 0.167.. share
Two out of three parents agreed. | Two out of three = 0.667.. share
# --- ranges ---
Between 10 and 15 percent of voters stayed. | 10 and 15 percent = 10..15 % share
It has 5 to 7 rooms. | 5 to 7 = 5..7
It has 5–7 rooms. | 5–7 = 5..7
It costs between $5 and $7. | $5 and $7 = 5..7 USD money
It rises 1 per cent to 1.5 per cent. | 1 per cent to 1.5 per cent = 1..1.5 % share
It uses a 5-10W lamp. | 5-10W = 5..10 W power
It has two or three rooms. | two or three = 2..3
It goes from $160 to $180. | $160 = 160 USD money; $180 = 180 USD money
It rose from 10 to 20. | 10 = 10; 20 = 20
It fell by 5 percent to 40 percent. | 5 percent = 5.. % share; 40 percent = 40.. % share
# --- pairs ---
They won 5-2. | 5-2 = 5 ratio
It ended 3–3. | 3–3 = 3 ratio
They lost 2-3 at home. | 2-3 = 2 ratio
They win by two to one. | two to one = 2 ratio
The odds are 10 to 1. | 10 to 1 = 10 ratio
A 3:1 majority agreed. | 3:1 = 3 ratio
# --- measures ---
It is 740 feet high. | 740 feet = 740.. foot length
She is six-foot-two. | six-foot-two = 74 inch length
He is 5ft 11in. | 5ft 11in = 71 inch length
The gap is 5m wide. | 5m = 5.. m length
It has 2,000 sq ft. | 2,000 sq ft = 2000.. ft² area
It has 190 km2. | 190 km2 = 190.. km² area
It weighs 2.5 million tonnes. | 2.5 million tonnes = 2500000.. tonne mass
It makes 500 MW. | 500 MW = 500.. MW power
It makes 3 GWh. | 3 GWh = 3.. GWh energy
It has 54GB free. | 54GB = 54 GB data
It reached -5 °C. | -5 °C = -5.. °C temperature
It reached 23 degrees Fahrenheit. | 23 degrees Fahrenheit = 23.. °F temperature
He ran it in 9.58s. | 9.58s = 9.58.. second duration
A four-year sentence. | four-year = 4 year duration
It took one hour and 20 minutes. | one hour and 20 minutes = 80 minute duration
It has 10- and 12-inch pipes. | 10 = 10.. inch length; 12-inch = 12.. inch length
It adds 5, 10 and 15 percent. | 5 = 5.. % share; 10 = 10.. % share; 15 percent = 15.. % share
# --- rates ---
The limit is 30 miles per hour. | 30 miles per hour = 30.. mph speed
The limit is 50km/h. | 50km/h = 50.. km/h speed
The rent is $1,200 a month. | $1,200 a month = 1200 USD/month rate
Oil is at $80 a barrel. | $80 a barrel = 80 USD/barrel rate
It yields 500 barrels a day. | 500 barrels a day = 500.. barrel/day rate
It saw 12 deaths per 100,000 people. | 12 = 12 rate; 100,000 = 100000
# --- ages ---
The 54-year-old mayor left. | 54-year-old = 54 year age
Ana Reyes, 54, left. | 54 = 54 year age
Children aged 5 to 12 came. | 5 to 12 = 5..12 year age
The boy, who was 10, left. | 10 = 10 year age
A nine-month-old baby slept. | nine-month-old = 9 month age
# --- no quantities ---
In Section 12 of the Act, Room 101 and Highway 9. |
They fought COVID-19 with the G20 in Room 7. |
The meeting of 6 November 2024 began at 7:30 p.m. |
Call 555-0199 or 020 7946 0958. |
In the 1990s and in 2021 they met. |
The 2020-21 season began. |
He lives at 12 Mill Road. |
No one knows which one is this one. |
The Big Three met. |
See 192.168.1.20 and v2.3.1. |
He (4) scored. |
"""


def table() -> list[tuple[str, str]]:
    lines = (line for line in FORMS.splitlines() if line.strip() and not line.startswith("#"))
    return [(text.strip(), wanted.strip()) for text, _, wanted in (line.partition("|") for line in lines)]


def described(found: Found) -> str:
    """A quantity as the table writes it. Two dots stand for the room that the printed form has."""
    value = plain(round(found.value, 3))
    if found.form == "range":
        value = f"{value}..{found.other}"
    elif found.form == "vague":
        value = f"{plain(found.low)}..{plain(found.high)}"
    elif found.low != found.high:
        value = f"{value}.."
    measure = "" if found.measure == "count" else found.measure
    return " ".join(filter(None, (value, found.unit, measure)))


@pytest.mark.parametrize(("text", "wanted"), table())
def test_no_number_begins_where_the_quick_look_sees_none(text: str, wanted: str) -> None:
    atoms = atoms_in(text)
    begun = [at for at in range(len(atoms)) if any(form(atoms, at, False) for form in NUMERALS)]
    assert all(may_begin(atoms[at]) for at in begun)


@pytest.mark.parametrize(("text", "wanted"), table())
def test_a_form_is_read(text: str, wanted: str) -> None:
    read = [f"{text[one.start : one.end]} = {described(one)}" for one in Grammar(text).read()]
    assert read == [part.strip() for part in wanted.split(";") if "=" in part]


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("about $4 million", "about"),
        ("nearly 10,000 people", "nearly"),
        ("more than 30 per cent", "more than"),
        ("up to 50 boats", "up to"),
        ("as many as 50 boats", "as many as"),
        ("just under €5", "just under"),
        ("50 boats", ""),
        ("20 or so boats", "or so"),
        ("at least a dozen boats", "at least"),
    ],
)
def test_hedges_are_kept(text: str, hedge: str) -> None:
    (found,) = Grammar(f"It had {text}.").read()
    assert found.hedge == hedge


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("It cost $2.0 million.", "1950000", "2050000"),
        ("It has 12 rooms.", "12", "12"),
        ("It is 2.0 km.", "1.95", "2.05"),
        ("It is 5 percent.", "4.5", "5.5"),
        ("Between 5 and 7 percent stayed.", "4.5", "7.5"),
        ("It has 4 million.", "3500000", "4500000"),
        ("It has $4.0-5.5 million.", "3950000", "5550000"),
    ],
)
def test_printed_precision_is_kept(text: str, low: str, high: str) -> None:
    (found,) = Grammar(text).read()
    assert (plain(found.low), plain(found.high)) == (low, high)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("the 21st meeting", 21),
        ("the third-largest town", 3),
        ("it ranked fourth", 4),
        ("the No. 5 seed", 5),
        ("number two in the world", 2),
    ],
)
def test_ranks(text: str, value: int) -> None:
    assert [(one.value, one.measure) for one in find_ranks(Grammar(text))] == [(Decimal(value), "rank")]


PIECES = st.sampled_from(
    """
    1 2 12 1,200 2024 4.5 .5 ½ 1/2 -5 10-12 5-2 £ $ € % percent million bn m km feet two three half a an hundred dozen
    and to from between of in per hour year-old years , . ( ) : - – about nearly more than pounds dollars people fifth
    third one out every degrees °C 0 007 ft in $US MSEK s 50s Room No. 21st th quarter minus dozens several tens
    """.split()  # noqa: SIM905
)


@settings(max_examples=400, deadline=None)
@example([("1", " "), ("to", ""), ("-", "")])
@given(st.lists(st.tuples(PIECES, st.sampled_from(["", " ", " ", " ", "\u00a0"])), max_size=14))
def test_any_text_gives_quantities_in_order_with_exact_places_and_spans(parts: list[tuple[str, str]]) -> None:
    text = "".join(piece + gap for piece, gap in parts)
    grammar = Grammar(text)
    end = 0
    for one in grammar.read():
        assert end <= one.start < one.end <= len(text)
        assert text[one.start] not in " \u00a0"
        assert text[one.end - 1] not in " \u00a0"
        assert one.low <= one.value <= one.high
        end = one.end


def test_the_scale_in_front_of_a_currency_widens_a_vague_number() -> None:
    (found,) = Grammar("It lost dozens MSEK.").read()
    assert (found.low, found.high) == (12_000_000, 120_000_000)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**12), st.sampled_from(["{} people", "${}", "{} km", "{} percent", "about {} of them"]))
def test_any_whole_number_is_read_as_printed(number: int, form: str) -> None:
    text = f"It has {form.format(f'{number:,}')}."
    (found,) = Grammar(text).read()
    assert found.value == number


@pytest.mark.parametrize("text", ["1" * 20_000, "one " * 5_000, "1-" * 5_000, "5 to " * 5_000, "$" * 20_000])
def test_a_hostile_text_is_read_in_no_time(text: str) -> None:
    Grammar(text).read()
