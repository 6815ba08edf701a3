"""The forms in which English writes dates: one row each, with an example.

A template is a regular expression with placeholders: `<day>` is a group of that name, `<until_day>` one of the same
kind for the end of a range; a blank stands for any white space. Forms are tried in order, and the first that fits at a
place is taken: the more of a date a form reads, the sooner it stands. To add one, write its row and a line in
`tests/extract/test_dates.py`; groups that `date_reader` knows need nothing else.

There are many forms and few dates, so a form is compiled and tried only where the text holds the signs that it needs:
those of its placeholders outside brackets, and one of the words that its row names behind the template.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from audit.extract.date_words import COUNT_WORDS, DAY_WORDS, HOLIDAY_SIGNS, HOLIDAY_WORDS, ORDINAL_WORDS, YEAR_WORDS
from audit.extract.lexicon import folded

_PLAIN_MONTH = (
    "January|February|April|June|July|August|September|October|November|December|"
    r"january|february|april|june|july|august|september|october|november|december|"
    r"JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT|SEP|OCT|NOV|DEC|"
    r"jan|feb|apr|aug|sept|sep|oct|nov)(?![A-Za-z])\.?"
)
_UNIT = r"days?|weeks?|fortnights?|weekends?|months?|quarters?|years?|decades?|century|centuries"
_PERIOD = rf"{_UNIT}|season|morning|afternoon|evening|night|spring|summer|autumn|fall|winter|easter|christmas"

# What each placeholder stands for; the part behind "until_" or "other_" names the kind.
_PIECES = {
    "weekday": r"(?i:(?:mon|tues|wednes|thurs|fri|satur|sun)day)|(?:Mon|Tues|Tue|Weds|Wed|Thurs|Thur|Thu|Fri|Sat|Sun)"
    r"(?![a-z])\.?",
    "fullWeekday": r"(?i:(?:mon|tues|wednes|thurs|fri|satur|sun)day)",
    "month": rf"{_PLAIN_MONTH}|March|May",
    "looseMonth": rf"{_PLAIN_MONTH}|[Mm]arch|[Mm]ay",
    "day": r"(?:3[01]|[12]\d|0?[1-9])(?!\d)",
    "dayth": r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)\b",
    "dayWord": rf"(?i:{DAY_WORDS})\b",
    "ordinal": rf"(?i:{ORDINAL_WORDS})\b",
    "year": r"(?:1[4-9]|20)\d\d(?!\d)",
    "yearWord": rf"(?i:{YEAR_WORDS})\b",
    "short": r"\d\d(?!\d)",
    "shortYear": r"['’]\d\d(?!\d)",
    "decade": r"(?:1[5-9]|20)\d0['’]?s\b",
    "shortDecade": r"['’][1-9]0['’]?s\b",
    "wordDecade": r"(?i:twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b",
    "century": rf"(?i:\d\d?(?:st|nd|rd|th)|{ORDINAL_WORDS})",
    "season": r"(?i:spring|summer|autumn|fall|winter)",
    "quarter": r"(?i:first|second|third|fourth|final|1st|2nd|3rd|4th)",
    "half": r"(?i:first|second)",
    "q": r"[1-4]",
    "part": r"(?i:early|mid|middle of|late|beginning of|start of|end of)",
    "holiday": rf"(?i:{HOLIDAY_WORDS})\b",
    "count": rf"(?i:\d{{1,3}}(?![\d,.]\d)|{COUNT_WORDS})\b",
    "unit": rf"(?i:{_UNIT})\b",
    "period": rf"(?i:{_PERIOD})\b",
    "turn": r"(?i:last|next|this|past|previous|following|coming|upcoming|this past|this coming|this upcoming)",
    "deictic": r"(?i:the day before yesterday|the day after tomorrow|yesterday|today|tomorrow|tonight)",
    "numeric": r"\d\d?",
    "to": r"(?:\s?[-–—]\s?|\s+(?i:to|until|till|through|thru)\s+)",
}


_UNIT_SIGNS = ("day", "week", "fortnight", "month", "quarter", "year", "decade", "century", "centuries")
_SEASON_SIGNS = ("spring", "summer", "autumn", "fall", "winter")
_LONG_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# What a word must hold, in small letters, for anything that belongs to a sign to stand in a text with it.
_SIGNS: dict[str, tuple[str, ...]] = {
    "weekday": _LONG_WEEKDAYS,
    "long weekday": _LONG_WEEKDAYS,
    "unit": _UNIT_SIGNS,
    "period": (*_UNIT_SIGNS, *_SEASON_SIGNS, "season", "morning", "noon", "evening", "night", "easter", "christmas"),
    "turn": ("last", "next", "this", "past", "previous", "following", "coming"),
    "deictic": ("yesterday", "today", "tomorrow", "tonight"),
    "season": _SEASON_SIGNS,
    "quarter": ("quarter",),
    "decade word": ("ties",),
    "feast": tuple(max(sign.split(), key=len) for sign in sorted(HOLIDAY_SIGNS)),
    "ordinal": (
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "eventh",
        "eighth",
        "ninth",
        "tenth",
        "twelfth",
        "teenth",
        "tieth",
    ),
}
_MONTHS = (
    "january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH_STARTS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SHORT_MONTH = re.compile(r"(?:jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)(?![a-z])")
_SHORT_WEEKDAY = re.compile(r"(?:Mon|Tues|Tue|Weds|Wed|Thurs|Thur|Thu|Fri|Sat|Sun)(?![a-z])")
_FIGURES = {  # signs that no letters show
    "digit": re.compile(r"\d"),
    "year": re.compile(r"(?:1[4-9]|20)\d\d"),
    "decade": re.compile(r"\d0['’]?s"),
    "parted": re.compile(r"\d[/.-]\d"),
}
# Without one of these, in small letters, among its words a text has no date.
_HINTS = (
    "day", "month", "year", "week", "decade", "centur", "jan", "feb", "march", "april", "may", "june", "july", "aug",
    "sept", "octo", "nov", "dec", "morrow", "night", "easter", "christmas", "hallow", "thanksgiving", "season",
    "spring", "summer", "autumn", "fall", "winter", "noon", "clock", "tue", "wed", "thu",
)  # fmt: skip
_LAST_HINTS = re.compile(r"\d|ties\b|now\b|mon\b|fri\b|sat\b")
ANY = "any"  # the sign of every text that may hold a date
_KEPT_WORDS = 1 << 15
# The sign of each placeholder that has one.
_SIGN_OF = {
    "weekday": "weekday", "fullWeekday": "long weekday",
    "month": "month", "looseMonth": "loose month",
    **dict.fromkeys(("year", "isoYear"), "year"),
    **dict.fromkeys(("decade", "shortDecade"), "decade"),
    **dict.fromkeys(("numeric", "numeric2"), "parted"),
    **dict.fromkeys(("day", "dayth", "isoDay", "short", "shortYear", "q", "hour", "minute"), "digit"),
    "unit": "unit", "period": "period", "turn": "turn", "deictic": "deictic", "season": "season",
    "quarter": "quarter", "wordDecade": "decade word", "holiday": "feast", "ordinal": "ordinal",
}  # fmt: skip
_CLASS = re.compile(r"\[(?:[^\]\\]|\\.)*\]")
_NAMED = re.compile(r"\(\?P(<\w+>)")
_BRACKETED = re.compile(r"\((?:[^()\\]|\\.)*\)\??")


def signs_in(text: str, lower: str) -> frozenset[str]:
    """The signs of dates that a text shows; `lower` is the same in small letters, with single blanks."""
    signs = frozenset().union(*map(_signs_of, set(text.split())))
    if "feast" in signs and not any(name in lower for name in HOLIDAY_SIGNS):
        return signs - {"feast"}
    return signs


@lru_cache(maxsize=_KEPT_WORDS)
def _signs_of(word: str) -> frozenset[str]:
    """The signs that one word shows, as it is written and with the marks around it."""
    lower = folded(word)
    if not _MAY_SHOW.search(lower):
        return _NO_SIGNS
    found = {name for name, parts in _SIGNS.items() if any(part in lower for part in parts)}
    found.update(name for name, pattern in _FIGURES.items() if pattern.search(lower))
    found.update(_months_in(word, lower))
    if _SHORT_WEEKDAY.search(word):
        found.add("weekday")
    if _LAST_HINTS.search(lower) or any(hint in lower for hint in _HINTS):
        found.add(ANY)
    return frozenset(found)


_NO_SIGNS: frozenset[str] = frozenset()
_PARTS = {
    *_HINTS,
    *_MONTHS,
    *_MONTH_STARTS,
    "mon",
    "fri",
    "sat",
    "sun",
    "now",
    *(part for parts in _SIGNS.values() for part in parts),
}
_MAY_SHOW = re.compile("|".join([r"\d", *sorted(map(re.escape, _PARTS))]))  # a quick look: most words show nothing


def _months_in(word: str, lower: str) -> Iterator[str]:
    """Most forms want May with a capital, which tells it from the verb; the others read "9 may" too."""
    named = any(month in lower for month in _MONTHS) or _SHORT_MONTH.search(lower) is not None
    if named or "May" in word or "MAY" in word:
        yield "month"
    if named or "may" in lower:
        yield "loose month"


class Form:
    """A way to write a date: its name, an example and the pattern. `words`: the text must hold one of them."""

    def __init__(self, name: str, example: str, template: str, words: tuple[str, ...] = ()) -> None:
        self.name, self.example, self.words = name, example, words
        self._template = template

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(_expand(self._template))

    @cached_property
    def needs(self) -> frozenset[str]:
        """The signs without which nothing fits: those of the placeholders that no bracket makes one of several."""
        bare = _NAMED.sub(r"\1(?:", _CLASS.sub("", self._template))
        while (outside := _BRACKETED.sub("", bare)) != bare:
            bare = outside
        assert "|" not in bare, f"the alternatives of {self.name!r} need brackets"
        kinds = (_kind(name) for name in re.findall(r"<(\w+)>", bare))
        return frozenset(_SIGN_OF[kind] for kind in kinds if kind in _SIGN_OF)

    def has_word(self, lower: str) -> bool:
        """Whether a text in small letters holds one of the words that the form asks for, if it asks for any."""
        for word in self.words:
            if word in lower:
                return True
        return not self.words


def _form(name: str, example: str, template: str, *words: str) -> Form:
    return Form(name, example, template, words)


def _kind(placeholder: str) -> str:
    return placeholder.removeprefix("until_").removeprefix("other_")


def _expand(template: str) -> str:
    def named(match: re.Match[str]) -> str:
        name = match.group(1)
        piece = _PIECES[_kind(name)]
        return rf"(?:{piece})" if name == "to" else rf"(?P<{name}>{piece})"

    whole = re.sub(r"(?<!\(\?P)<(\w+)>", named, template)
    for written, meant in ((" ?", r"\s?"), (" *", r"\s*"), ("[ -]", r"[\s-]"), ("[- ]", r"[\s-]"), (" ", r"\s+")):
        whole = whole.replace(written, meant)
    return whole


def _range(name: str, example: str, begin: str, end: str) -> Iterable[Form]:
    """Both ways to join two ends: with "to" or a dash, and with "between ... and"."""
    yield _form(name, example, rf"(?<![\w.]){begin}<to>{end}")
    joined = re.sub(r" ?(?:to|–|-) ?", " and ", example, count=1)
    yield _form(f"{name}, between", f"between {joined}", rf"\b[Bb]etween {begin} and {end}", "between")


_LEAD = r"(?:\b<weekday>,? (?:the )?)?"  # "Tuesday, the 3rd of ..."
_OF_YEAR = r"(?:(?:,? ?,? |, ?| of )<year>)?"
_NO_COUNT = r"(?![\w%]|[.,:]\d|\s?(?:%|per\s?cent))"  # "March 5 percent"
_NOT_COUNTED = (
    r"(?![\w%]|[-–][\w]|[.,]\d|\s?%|\s(?:people|workers|jobs|miles|feet|km|kilomet|met(?:er|re)s|tons?|tonnes|dollars|"
    r"euros|pounds|votes|seats|homes|houses|men|women|children|students|troops|soldiers|deaths|cases|words|years|days|"
    r"hours|minutes|calories|square|pages|units|patients|members|employees|points|additional|more|other|mile|foot"
    r"|meter|metre|square|pound|ton|acres?|hectares?)\b)"
)
_YEAR_LEAD = (
    r"(?:\b(?i:in|since|of|by|from|until|till|before|after|during|through|early|late|mid|around|circa|to|and|or|"
    r"spring|summer|autumn|fall|winter|the|between|back in|as of|year|years|born|a|his|her|its|their|"
    r"this|that|[a-z]+['’]s)[\s-]|[,(]\s?|\b(?:c|ca|b|d)\.\s?|[-–]\s?)"
)

_RANGES = (
    *_range("day month year to day month year", "3 May 1990 to 5 June 2005",
            r"<day> <month>(?:,? <year>)?", r"<until_day> <until_month>(?:,? <until_year>)?"),
    *_range("month day to month day", "May 3 to June 5, 2024",
            r"<month> <day>(?:, <year>)?", r"<until_month> <until_day>(?:,? <until_year>)?(?![\w%])"),
    *_range("day to day month", "3 to 5 May 2024",
            r"<day>(?:st|nd|rd|th)?", r"<until_day>(?:st|nd|rd|th)? (?:of )?<month>(?!\w)(?:,? <year>)?"),
    *_range("month day to day", "May 3-5, 2024",
            r"<month> <day>(?:st|nd|rd|th)?", rf"<until_day>(?:st|nd|rd|th)?{_NO_COUNT}(?:,? <year>)?"),
    *_range("month year to month year", "May 1990 to June 2005", r"<month>,? <year>", r"<until_month>,? <until_year>"),
    *_range("month to month", "March to May 2024", r"<month>", r"<until_month>(?!\w)(?:,? <year>)?"),
    *_range("year to year", "1990 to 2005", r"<year>", rf"<until_year>{_NOT_COUNTED}"),
    _form("year to short year", "1914–18", r"(?<![\w./-])<year>[-–/]<short>(?![\w%/-]|[.,]\d)"),
)  # fmt: skip

_DAYS = (
    _form("ISO", "2024-03-09",
          r"(?<!\d)(?<![\d][/.-])(?P<isoYear>(?:1[5-9]|20)\d\d)[-/](?P<isoMonth>0?[1-9]|1[0-2])[-/]"
          r"(?P<isoDay>0?[1-9]|[12]\d|3[01])(?!\d|[-/]\d\d\d)"),
    _form("compact ISO", "20240309",
          r"(?<![\w.])(?P<isoYear>(?:19|20)\d\d)(?P<isoMonth>0[1-9]|1[0-2])(?P<isoDay>0[1-9]|[12]\d|3[01])(?![\d,])"
          r"(?!\.\d)"),
    _form("year month day", "2024/Mar/9", r"(?<![\w])<year>[-/]<looseMonth>[-/]<day>"),
    _form("day year month", "9-2024-March", r"(?<![\w])<day>[-/]<year>[-/]<looseMonth>"),
    _form("day-month-year", "9-Mar-2024", r"(?<![\w])<day>[-/]<looseMonth>[-/]<year>"),
    _form("numeric", "23/8/2024", r"(?<![\w./,$£€-])<numeric>(?P<sign>[/.-])(?P<numeric2>\d\d?)(?P=sign)"
          r"(?P<numericYear>(?:1[5-9]|20)\d\d|\d\d)(?![\w/]|[.,-]\d)"),
    _form("numeric, no year", "Friday 23/8", r"(?:<weekday>,? |\b(?i:this|next|last) )"
          r"<numeric>(?P<sign>[/.-])(?P<numeric2>\d\d?)(?![\w/%]|[.,-]\d)"),
    _form("numeric after on", "on 23/8", r"\b(?:on|until|till|since|dated|due) "
          r"(?:(?=1[3-9]|2\d|3[01])|(?=\d\d?/(?:1[3-9]|2\d|3[01])))<numeric>/(?P<numeric2>\d\d?)(?![\w/%]|[.,-]\d)"),
    _form("day month year in words", "6 April seventeen hundred and five",
          rf"{_LEAD}(?<![\w.,])<day>(?:st|nd|rd|th)? (?:of )?<month>,? <yearWord>",
          "seventeen", "eighteen", "nineteen", "twenty", "thousand"),
    _form("day month year", "Tuesday, 3 February 2026",
          rf"{_LEAD}(?<![\w.,$£€])<day>(?:st|nd|rd|th)?(?: day)?(?: of)?[ -]*<looseMonth>(?!\w){_OF_YEAR}"),
    _form("ordinal month", "the twenty-third of September",
          rf"{_LEAD}\b<ordinal>(?: day)? of <looseMonth>(?!\w){_OF_YEAR}"),
    _form("month day year", "June 3, 1934",
          rf"{_LEAD}\b<month>\s*(?:the )?<day>(?:st|nd|rd|th)?(?:(?: ?,? ?| of )<year>)?{_NO_COUNT}"),
    _form("month/day", "Nov/5", rf"\b<month>/<day>{_NO_COUNT}"),
    _form("month day in words", "May twenty-ninth",
          rf"{_LEAD}\b<looseMonth> (?:the )?<dayWord>(?:,? <year>)?(?! (?:{_UNIT}))"),
    _form("weekday day", "Monday 21", r"\b<weekday>,? (?:the )?(?:(?P<dayth>(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th))"
          r"\b|<day>(?![\w%:]|[.,:/]\d|\s(?:[ap]\.?m|[a-z]+s\b)))", *"123456789"),
    _form("weekday ordinal", "Wednesday the thirty-first", r"\b<weekday>,? the <ordinal>(?! [a-z])"),
    _form("day alone", "on the 21st",
          r"\b(?:on|until|till|by|from|before|after) (?:the )(?P<dayth>(?:3[01]|[12]\d|[1-9])"
          r"(?:st|nd|rd|th))(?=[.,;:!?)”\"]|\Z| (?:and|but|at|when|he|she|they|we|it|to)\b)",
          *(f"the {figure}" for figure in "123456789")),
    _form("listed day", "18 and 19 June", r"(?<![\w.,$£€:])<day>(?:st|nd|rd|th)?(?=(?:,? (?:and|or)|,) "
          r"(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th)? (?P<laterMonth>" + _PIECES["month"] + r")(?!\w))", *_MONTH_STARTS),
)  # fmt: skip

_PERIODS = (
    _form("part of month", "late March 2020", r"\b<part>[ -](?:the )?<month>(?!\w)(?:,? (?:of )?<year>)?"),
    _form("month year", "March 2020", r"\b<month>,? (?:of )?(?:the year )?(?:<year>|<shortYear>)"),
    _form("season year", "spring of 2020",
          r"\b(?:(?i:early|late|mid)[ -])?<season>,? (?:of )?<year>(?:[-–/](?P<seasonEnd>\d\d(?:\d\d)?))?"),
    _form("quarter", "third quarter of 2024",
          r"\b(?P<whole><quarter>[- ](?:fiscal )?quarter)(?:,? (?:of )?(?:fiscal )?<year>)?", "quarter"),
    _form("Q3 2024", "Q3 2024", r"\b(?P<whole>Q<q>)(?: (?:of )?<year>)?\b", "q1", "q2", "q3", "q4"),
    _form("half year", "first half of 2024", r"\b<half> half of (?:the year )?<year>", "half"),
    _form("fiscal year", "fiscal 2015",
          r"\b(?P<fiscal>(?:[Ff]iscal|[Ff]inancial|[Bb]udget|[Ss]chool|[Aa]cademic)(?: year)?|FY) ?<year>(?!\d)",
          "fiscal", "financial", "budget", "school", "academic", "fy"),
    _form("decade", "the 1990s", r"(?:\b<part>[ -](?:the )?)?(?<![\w$£€])<decade>"),
    _form("short decade", "the ’90s", r"(?:\b<part>[ -](?:the )?)?(?<!\w)<shortDecade>"),
    _form("decade in words", "the nineties", r"\b[Tt]he (?:<part>[ -])?<wordDecade>"),
    _form("century", "the 19th century", r"\b(?:<part>[ -](?:the )?)?(?P<whole><century>[- ]century)\b", "century"),
)  # fmt: skip

_RELATIVE = (
    _form("weekday, years on", "Thursday, two years from now",
          r"\b<weekday>,? <count> <unit> (?P<way>from now|from today|ago)\b", "from", "ago"),
    _form("days after a day", "two days after next Friday",
          r"(?:\b(?P<inWord>[Ii]n) )?(?<![\w.])<count>[ -](?:more )?<unit> (?P<way>after|before|from|since) "
          r"(?:the year )?"
          r"(?P<fromWords>today|now|yesterday|tomorrow|(?:(?:last|next|this|past) )?<other_weekday>|<holiday>|<year>)"
          r"(?! (?:to|until|through)\b)(?:,? on <weekday>)?",
          "after", "before", "from", "since"),
    _form("ago", "three weeks ago",
          r"(?<![\w.-])(?:(?i:about|around|more than|nearly|almost|over|some) )?<count>[ -]<unit> "
          r"(?P<way>ago|from now|earlier|later|hence|afterwards?|previously|prior)\b(?! than)",
          "ago", "now", "earlier", "later", "hence", "after", "previously", "prior"),
    _form("a week on", "a week on Friday", r"\b(?i:a) (?P<weekOn>week) (?:on|from) <weekday>", "week"),
    _form("fortnight's time", "in two weeks’ time",
          r"\b(?P<inWord>[Ii]n) <count> <unit>(?=['’]s?\s+time|s['’]\s+time)"),
    _form("in days", "in two weeks, ahead",
          r"\b(?P<inWord>[Ii]n) <count> <unit>(?: on <weekday>)?(?! (?:of|after|since)\b)(?!['’])"),
    _form("weekday of week", "Tuesday of next week",
          r"\b<weekday>,? (?:of |in )?(?:the )?<turn> week\b", "week"),
    _form("week weekday", "next week on Tuesday", r"\b<turn> week(?:,? on)? <weekday>", "week"),
    _form("day of deictic", "the day before yesterday", r"(?<!\w)<deictic>(?!['’]?s\b)\b"),
    _form("turn weekday", "next Friday", r"\b<turn> <weekday>"),
    _form("turn month", "last May", r"\b<turn> <month>(?!\w)"),
    _form("turn holiday", "last Christmas", r"\b(?:<turn> )<holiday>"),
    _form("holiday year", "Christmas Day 2024",
          r"\b<holiday>(?:(?:,? | of |, ?)(?:<year>|(?P<turnYear>(?i:this|last|next)) year))?"),
    _form("story day", "the following day",
          r"\b(?i:the) (?P<storyDay>day before|day after|next day|following day|previous day|same day|next morning|"
          r"following morning|night before|next night)\b(?! (?:yesterday|tomorrow))", "day", "morning", "night"),
    _form("turn period", "late last month", r"\b(?:<part> )?<turn> <period>"),
    _form("the day", "for the day", r"\b(?:for|of) (?P<theDay>the day)\b(?= ?[.!?]?\Z)", "day"),
    _form("weekday", "Tuesday", r"\b<fullWeekday>(?! (?:Times|Night|Post|Mail|Review))(?P<plural>s)?\b"),
    _form("short weekday", "on Tue",
          r"\b(?i:on|or|and|until|till|by|last|next|this) (?P<weekday>Mon|Tues|Tue|Weds|Wed|Thurs|Thu|Fri|Sat)\b"
          r"(?!['’-])"),
)  # fmt: skip

_YEARS = (
    _form("month alone", "in May",
          r"\b(?:(?i:in|of|by|since|until|till|during|early|late|mid|after|from|before|through|next|last|this|for"
          r"|to)[ -])"
          r"<month>(?!\w|['’]s|\s(?:[A-Z]|be\b|have\b|not\b))"),
    _form("plain month", "November",
          r"\b(?P<month>January|February|July|September|October|November|December)\b(?!\s[A-Z])"),
    _form("year", "since 1998", rf"{_YEAR_LEAD}<year>{_NOT_COUNTED}"),
    _form("year first", "1998", r"\A(?P<year>(?:1[5-9]|20)\d\d)(?=[,:]? [a-z])"),
)  # fmt: skip

_TIMES = (
    _form("clock", "7:30 p.m.",
          r"(?<![\w.:$£€])(?P<hour>1[0-2]|0?\d)(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>[ap])\.? ?m\b\.?",
          "am", "pm", "a.", "p.", "a m", "p m"),
    _form("24 hours", "19:30", r"(?<![\w.:/$£€-])(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)(?![\w:]|\.\d)", ":"),
    _form("o'clock", "seven o’clock", rf"\b(?P<hourWord>\d\d?|{COUNT_WORDS}) o['’]clock", "clock"),
    _form("noon", "at noon", r"\b(?P<noon>noon|midday|midnight)\b", "noon", "midday", "midnight"),
)  # fmt: skip

FORMS: tuple[Form, ...] = (*_RANGES, *_DAYS, *_RELATIVE[:2], *_PERIODS, *_RELATIVE[2:], *_YEARS, *_TIMES)


@lru_cache(maxsize=1024)
def forms_with(signs: frozenset[str]) -> tuple[Form, ...]:
    """The forms, in order, that a text with these signs can hold as far as the signs go."""
    return tuple(form for form in FORMS if form.needs <= signs)
