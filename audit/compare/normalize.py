"""Words in the form in which a quotation and its source are compared, each with the place that it came from.

Contractions are opened ("don't" is two words over one place), spoken and written numbers meet ("twelve hundred" is
1,200), British and American spellings meet. The text itself is never rewritten: offsets are those of the view.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from audit.compare.wordlists import spellings, words_of

_TOKEN = re.compile(
    r"(?P<stamp>[\[(]\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])])"
    r"|(?P<stage>[\[(](?:laugh\w*|pause|applause|crosstalk|inaudible|sighs?|coughs?|music|cheers?)[^\])]{0,30}[\])])"
    r"|(?P<ellipsis>\[?(?:\.\s?\.\s?\.(?:\s?\.)?|…)\]?)"
    r"|(?P<money>[$£€])"
    r"|(?P<number>\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<suffix>(?:st|nd|rd|th|bn|m|k)\b)?"
    r"|(?P<word>'?[^\W\d_]+(?:[’'‘ʼ][^\W\d_]+)*(?:[’'](?=\s|$))?(?:\d\w*)?)"
    r"|(?P<percent>%)"
    r"|(?P<open>\[)|(?P<close>\])"
    r"|(?P<stop>[.?!]+)"
    r"|(?P<break>[,;:—–]|--+|\s-\s)",
    re.IGNORECASE,
)
_WHOLE = {
    "won't": ("will", "not"),
    "can't": ("can", "not"),
    "cannot": ("can", "not"),
    "shan't": ("shall", "not"),
    "ain't": ("is", "not"),
    "gonna": ("going", "to"),
    "wanna": ("want", "to"),
    "gotta": ("got", "to"),
    "kinda": ("kind", "of"),
    "sorta": ("sort", "of"),
    "dunno": ("do", "not", "know"),
    "gimme": ("give", "me"),
    "lemme": ("let", "me"),
    "let's": ("let", "us"),
    "y'all": ("you", "all"),
    "'tis": ("it", "is"),
}
_TAILS = {"n't": "not", "'re": "are", "'ll": "will", "'ve": "have", "'m": "am", "'d": "'d", "'s": "'s"}
_CURRENCY = {"$": "dollar", "£": "pound", "€": "euro"}
_UNITS = dict(
    zip(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        range(20),
        strict=True,
    )
)
_TENS = dict(
    zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(20, 100, 10), strict=True)
)
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SUFFIXES = {"bn": 10**9, "m": 10**6, "k": 1_000}
_INITIALS = frozenset("ABCDEFGHJKLMNOPQRSTUVWXYZ")
_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "st",
        "sen",
        "rep",
        "gov",
        "gen",
        "col",
        "lt",
        "sgt",
        "rev",
        "hon",
        "jr",
        "sr",
        "vs",
        "no",
        "inc",
        "ltd",
        "co",
        "etc",
    ]
)


class Word(NamedTuple):
    """One word to compare. `start` and `end` are view offsets; several words may share a stretch ("don't")."""

    norm: str
    start: int
    end: int
    sentence: int  # counts sentences of the text that was cut into words, from 0
    contracted: bool = False
    bracket: bool = False  # stands in [square brackets]
    after_break: bool = False  # a comma, dash or sentence end stands before it
    after_ellipsis: bool = False
    capital: bool = False  # written with a capital where no sentence begins


def words_in(view: str, start: int, end: int, *, keep_brackets: bool = False) -> list[Word]:
    """The words of a stretch of a view, numbers joined.

    With `keep_brackets` (a quotation) words in square brackets are kept and marked, without (a source) stage
    directions and what a transcriber put in brackets are left out.
    """
    words: list[Word] = []
    sentence, depth, brk, ellipsis = 0, 0, True, False
    fresh = True
    for match in _TOKEN.finditer(view, start, end):
        kind = match.lastgroup if match.lastgroup != "suffix" else "number"
        if kind in ("stamp", "stage"):
            continue
        if kind == "ellipsis":
            ellipsis = brk = True
        elif kind == "open":
            depth += 1
        elif kind == "close":
            depth = max(0, depth - 1)
        elif kind == "break":
            brk = True
        elif kind == "stop":
            brk = True
            if _ends_sentence(view, match, end, words):
                sentence += 1
                fresh = True
        else:
            if depth and not keep_brackets:
                continue
            capital = match.group()[0].isupper() and not fresh
            norms = _norms(match, kind)
            several = len(norms) > 1
            for at, norm in enumerate(norms):
                first, last = _part(match, norms, at) if several else match.span()
                words.append(Word(norm, first, last, sentence, several, depth > 0, brk, ellipsis, capital))
                brk = ellipsis = False
            fresh = False
    return _join_numbers(words)


def _ends_sentence(view: str, match: re.Match[str], end: int, words: list[Word]) -> bool:
    if not words or (match.group() == "." and view[words[-1].start : words[-1].end].lower() in _ABBREVIATIONS):
        return False
    letter = view[words[-1].start : words[-1].end]
    if match.group() == "." and words[-1].end == match.start() and len(letter) == 1 and letter in _INITIALS:
        return False  # "J. Ortega"
    rest = view[match.end() : min(end, match.end() + 6)]
    tail = rest.lstrip("”\"’'»)]")
    if not tail:
        return True
    if not tail[0].isspace():
        return False
    following = tail.lstrip().lstrip("“\"‘'«([")
    return not following or not following[0].islower()


def _norms(match: re.Match[str], kind: str | None) -> tuple[str, ...]:
    """The words that a money sign, a percent sign, a number or a written word stands for."""
    if kind == "word":
        return _open(fold(match.group()))
    if kind == "number":
        return (_number(match["number"], (match["suffix"] or "").lower()),)
    return (_CURRENCY[match.group()] if kind == "money" else "percent",)


def _number(digits: str, suffix: str) -> str:
    value = Decimal(digits.replace(",", ""))
    if suffix in ("st", "nd", "rd", "th"):
        return f"{digits}{suffix}"
    return number_norm(value * _SUFFIXES.get(suffix, 1))


def number_norm(value: Decimal) -> str:
    """The form of a number that all its spellings share: "#1200"."""
    return f"#{value.normalize():f}"


@cache
def fold(word: str) -> str:
    """Lower case, accents and apostrophe forms away."""
    plain = unicodedata.normalize("NFD", word.replace("’", "'").replace("‘", "'").replace("ʼ", "'"))
    return "".join(char for char in plain if not unicodedata.combining(char)).lower()


@cache
def _open(word: str) -> tuple[str, ...]:
    if word in _WHOLE:
        return _WHOLE[word]
    for tail, full in _TAILS.items():
        if word.endswith(tail) and len(word) > len(tail):
            return (spelling(word[: -len(tail)]), full)
    if word.endswith("in'"):
        return (spelling(f"{word[:-1]}g"),)
    word = word if word in spellings() else word.strip("'")
    return (spelling(word),)


@cache
def spelling(word: str) -> str:
    """One form for British and American spellings of a word."""
    known = spellings()
    if word in known:
        return known[word]
    for ending in ("s", "ed", "ing", "able", "ly", "er", "ers", "ism", "ist", "ful", "less", "hood", "d"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 3 and stem in known:
            return known[stem] + ending
    return re.sub(r"(?<=[a-z]{2})(i|y)s(e|ed|es|ing|ation|ations|er|ers)$", r"\1z\2", word)


def _part(match: re.Match[str], norms: tuple[str, ...], at: int) -> tuple[int, int]:
    """Where one half of a contraction stands, so that a mark can rest on "n't" alone."""
    start, end = match.span()
    if len(norms) != 2:
        return start, end
    text = fold(match.group())
    for tail in _TAILS:
        if text.endswith(tail) and len(text) == end - start:
            cut = end - len(tail)
            return (start, cut) if at == 0 else (cut, end)
    return start, end


def _join_numbers(words: list[Word]) -> list[Word]:
    joined: list[Word] = []
    at = 0
    while at < len(words):
        value, taken = _read_number(words, at)
        if taken == 0:
            joined.append(words[at])
            at += 1
            continue
        first, last = words[at], words[at + taken - 1]
        norm = first.norm if taken == 1 and first.norm == "one" else number_norm(value)
        joined.append(first._replace(norm=norm, end=last.end))
        at += taken
    return _currency_behind(joined)


def _read_number(words: list[Word], at: int) -> tuple[Decimal, int]:
    """A number that begins at a word, with how many words it takes; 0 words where none does."""
    total, group, taken = Decimal(0), Decimal(0), 0
    open_unit = True  # a unit may still follow inside the group
    has_digits = False
    i = at
    while i < len(words):
        norm = words[i].norm
        if taken and (words[i].after_break or words[i].sentence != words[at].sentence):
            break
        if norm.startswith("#"):
            if taken:
                break
            group, has_digits, open_unit = Decimal(norm[1:]), True, False
        elif norm in _UNITS and open_unit:
            if taken and _UNITS[norm] >= 10 and group % 100:
                if group == group.to_integral() and 19 <= group <= 20 and not total:
                    group, open_unit = group * 100 + _UNITS[norm], False  # nineteen eighteen
                    taken = i + 1 - at
                    i += 1
                    continue
                break
            group += _UNITS[norm]
            open_unit = False
        elif norm in _TENS and not has_digits and (group == 0 or group % 100 == 0 or (19 <= group <= 20 and not total)):
            group = group * 100 + _TENS[norm] if 19 <= group <= 20 else group + _TENS[norm]
            open_unit = True
        elif norm in _SCALES and taken:
            group, total, open_unit = _scale(group, total, norm)
            has_digits = False
        elif norm == "a" and not taken and i + 1 < len(words) and words[i + 1].norm in _SCALES:
            group, taken, i = Decimal(1), 1, i + 1
            continue
        elif norm == "and" and taken and [word.norm for word in words[i + 1 : i + 3]] == ["a", "half"]:
            group += Decimal("0.5")
            i += 3
            taken, open_unit = i - at, False
            continue
        elif norm == "and" and taken and words[i - 1].norm in _SCALES and _starts_number(words, i + 1):
            i += 1
            continue
        elif norm == "point" and taken and _starts_number(words, i + 1):
            digits, used = _decimals(words, i + 1)
            group += digits
            i += used + 1
            taken = i - at
            open_unit = False
            continue
        else:
            break
        i += 1
        taken = i - at
    return total + group, taken


def _scale(group: Decimal, total: Decimal, norm: str) -> tuple[Decimal, Decimal, bool]:
    scale = _SCALES[norm]
    if scale == 100:
        return group * 100, total, True
    return Decimal(0), total + group * scale, True


def _starts_number(words: list[Word], at: int) -> bool:
    return at < len(words) and (words[at].norm in _UNITS or words[at].norm in _TENS or words[at].norm.startswith("#"))


def _decimals(words: list[Word], at: int) -> tuple[Decimal, int]:
    digits = ""
    used = 0
    while at + used < len(words) and words[at + used].norm in _UNITS and _UNITS[words[at + used].norm] < 10:
        digits += str(_UNITS[words[at + used].norm])
        used += 1
    if not used:
        return Decimal(0), 1
    return Decimal(f"0.{digits}"), used


def _currency_behind(words: list[Word]) -> list[Word]:
    """ "$3 million" in the order in which it is said: 3 million dollar."""
    ordered: list[Word] = []
    for word in words:
        if word.norm == "cent" and ordered and ordered[-1].norm == "per":
            ordered[-1] = ordered[-1]._replace(norm="percent", end=word.end)
        elif word.norm.startswith("#") and ordered and ordered[-1].norm in _CURRENCY.values():
            ordered.insert(-1, word)
        else:
            ordered.append(word)
    return [word._replace(norm=word.norm[:-1]) if word.norm in _PLURAL_MONEY else word for word in ordered]


_PLURAL_MONEY = frozenset(f"{name}s" for name in _CURRENCY.values())


def is_content(norm: str) -> bool:
    """Whether a word carries meaning of its own: no function word, pronoun or filler."""
    return norm not in _light()


@cache
def _light() -> frozenset[str]:
    return (
        words_of("function") | words_of("pronoun") | words_of("pointer") | words_of("filler") | frozenset({"'d", "not"})
    )


@cache
def stem(norm: str) -> str:
    """A crude stem, enough to see that two forms belong to one word."""
    word = norm
    for ending in (
        "ations",
        "ation",
        "ments",
        "ment",
        "ings",
        "ing",
        "edly",
        "ies",
        "ed",
        "es",
        "ly",
        "er",
        "est",
        "s",
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word.rstrip("e") if len(word) > 3 else word
