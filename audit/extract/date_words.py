"""The words that dates are written with: names of months and days, numbers in words, feast days."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _list(words: str) -> list[str]:
    return words.split()


_ONES = _list(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = _list("twenty thirty forty fifty sixty seventy eighty ninety")
_ORDINALS = _list(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_LOOSE = {"a": 1, "an": 1, "a couple of": 2, "a couple": 2, "couple": 2, "a dozen": 12}


def _small_numbers() -> dict[str, int]:
    found = {word: at for at, word in enumerate(_ONES, 1)}
    for ten, word in enumerate(_TENS, 2):
        found[word] = 10 * ten
        for one, unit in enumerate(_ONES[:9], 1):
            found[f"{word} {unit}"] = 10 * ten + one
    return found


def _ordinals() -> dict[str, int]:
    found = {word: at for at, word in enumerate(_ORDINALS, 1)}
    found["thirtieth"] = 30
    for ten, word in ((20, "twenty"), (30, "thirty")):
        for one, unit in enumerate(_ORDINALS[:9], 1):
            found[f"{word} {unit}"] = ten + one
    return found


CARDINALS: Mapping[str, int] = _small_numbers()
ORDINALS: Mapping[str, int] = _ordinals()


def _alternatives(words: Mapping[str, int]) -> str:
    """A pattern of number words, the longest first; blanks may be hyphens."""
    longest = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(word.replace(" ", r"[\s-]+") for word in longest)


DAY_WORDS = _alternatives({word: number for word, number in {**ORDINALS, **CARDINALS}.items() if number <= 31})
ORDINAL_WORDS = _alternatives(ORDINALS)
COUNT_WORDS = _alternatives({**CARDINALS, **_LOOSE})
YEAR_WORDS = (
    rf"(?:(?:seventeen|eighteen|nineteen|twenty)[\s-]+(?:hundred(?:[\s-]+and)?(?:[\s-]+(?:{_alternatives(CARDINALS)}))?"
    rf"|(?:ten|eleven|twelve|\w+teen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-]+\w+)?))"
    rf"|two[\s-]+thousand(?:[\s-]+and)?(?:[\s-]+(?:{_alternatives(CARDINALS)}))?)"
)


def number_of(text: str) -> int | None:
    """A number in figures or words, ordinal or not: 3, 3rd, three, third, twenty-third, a couple of."""
    plain = " ".join(text.casefold().replace("-", " ").split())
    figures = re.match(r"\d+", plain)
    if figures:
        return int(figures.group())
    return CARDINALS.get(plain) or ORDINALS.get(plain) or _LOOSE.get(plain)


def year_of(text: str) -> int | None:
    """A year in figures or words: 1934, '34 (1934), nineteen thirty-four, seventeen hundred and five."""
    plain = " ".join(text.casefold().replace("-", " ").split())
    if plain.isdigit():
        return int(plain)
    if re.fullmatch(r"['’]\d\d", plain):
        return century_of(int(plain[1:]))
    head, _, rest = plain.partition(" ")
    thousand = plain.startswith("two thousand")
    base = 2000 if thousand else 100 * (CARDINALS.get(head) or 0)
    rest = rest.removeprefix("thousand" if thousand else "hundred").strip().removeprefix("and ").strip()
    if not rest:
        return base or None
    tail = CARDINALS.get(rest)
    return base + tail if base and tail is not None else None


def century_of(two_digits: int) -> int:
    """The year that two digits stand for: up to 39 this century, from 40 on the last one, as most software reads it."""
    return two_digits + (2000 if two_digits < 40 else 1900)


def weekday_of(name: str) -> str:
    """The full name of a weekday. Raises StopIteration for anything else."""
    return next(full for full in WEEKDAYS if full[:3].casefold() == name.casefold()[:3])


# --- Feast days ------------------------------------------------------------------------------------------------------

# By the words without "the", apostrophes and case. Days that fall differently from country to country are left out.
_FIXED: Mapping[str, tuple[int, int]] = {
    "new years day": (1, 1), "new year": (1, 1), "epiphany": (1, 6), "valentines day": (2, 14),
    "st patricks day": (3, 17), "saint patricks day": (3, 17), "april fools day": (4, 1), "april fools": (4, 1),
    "may day": (5, 1), "independence day": (7, 4), "bastille day": (7, 14), "halloween": (10, 31),
    "all saints day": (11, 1), "bonfire night": (11, 5), "guy fawkes night": (11, 5), "armistice day": (11, 11),
    "veterans day": (11, 11), "st andrews day": (11, 30), "christmas eve": (12, 24), "christmas day": (12, 25),
    "christmas": (12, 25), "boxing day": (12, 26), "st stephens day": (12, 26), "new years eve": (12, 31),
    "juneteenth": (6, 19), "st georges day": (4, 23), "midsummers day": (6, 24), "earth day": (4, 22),
}  # fmt: skip
# The so-and-so-many-th weekday of a month; -1 is the last one. Weekdays count from 0 for Monday.
_FLOATING: Mapping[str, tuple[int, int, int]] = {
    "martin luther king day": (1, 0, 3), "presidents day": (2, 0, 3), "memorial day": (5, 0, -1),
    "labor day": (9, 0, 1), "columbus day": (10, 0, 2), "thanksgiving": (11, 3, 4), "thanksgiving day": (11, 3, 4),
    "black friday": (11, 4, 4),
}  # fmt: skip
_FROM_EASTER: Mapping[str, int] = {
    "shrove tuesday": -47, "ash wednesday": -46, "palm sunday": -7, "maundy thursday": -3, "good friday": -2,
    "easter": 0, "easter sunday": 0, "easter day": 0, "easter monday": 1, "ascension day": 39, "whit sunday": 49,
    "pentecost": 49, "whit monday": 50, "corpus christi": 60,
}  # fmt: skip


_POSSESSIVE = re.compile(r"\b(years|valentines|patricks|saints|andrews|georges|stephens|veterans|presidents|fools)\b")


def _holiday_pattern() -> str:
    names = sorted((*_FIXED, *_FLOATING, *_FROM_EASTER), key=lambda name: (-len(name), name))
    shown = [_POSSESSIVE.sub(lambda m: f"{m[1][:-1]}['’]?s['’]?", name) for name in names]
    return "|".join(name.replace(" ", r"\s+").replace("st\\s+", r"st\.?\s+") for name in shown)


HOLIDAY_WORDS = _holiday_pattern()


def _holiday_sign(name: str) -> str:
    """What a text holds, in small letters, that names a feast: the name up to an "s" that may have an apostrophe."""
    bare = name.removeprefix("st ").removeprefix("saint ")
    owner = _POSSESSIVE.search(bare)
    return bare[: owner.end() - 1] if owner is not None else bare


HOLIDAY_SIGNS = frozenset(map(_holiday_sign, (*_FIXED, *_FLOATING, *_FROM_EASTER)))


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm, in Meeus, Astronomical Algorithms, 1991)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    shift = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * shift) // 433
    month = (h + shift - 7 * m + 90) // 25
    return date(year, month, (h + shift - 7 * m + 33 * month + 19) % 32)


def holiday(name: str, year: int) -> date | None:
    """The day on which a feast falls in a year; None for words that name none."""
    plain = re.sub(r"['’.]", "", " ".join(name.casefold().split())).removeprefix("the ")
    if plain in _FIXED:
        return date(year, *_FIXED[plain])
    if plain in _FROM_EASTER:
        return easter(year) + timedelta(days=_FROM_EASTER[plain])
    if plain in _FLOATING:
        month, weekday, nth = _FLOATING[plain]
        return _nth_weekday(year, month, weekday, nth)
    return None


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    days = [first + timedelta(days=n) for n in range(31) if (first + timedelta(days=n)).month == month]
    return [day for day in days if day.weekday() == weekday][nth - 1 if nth > 0 else nth]
