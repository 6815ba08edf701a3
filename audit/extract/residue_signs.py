"""What gives production residue away: the signs, each with where it counts.

Every pattern is bounded, so that a search stays linear in the length of the block. Residue is rare: a pattern is
compiled and tried only in a block that holds one of the strings which the sign needs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from audit.extract.lexicon import folded

Form = Literal["placeholder", "editor-note", "boilerplate", "machine", "markup", "character"]
Where = Literal[
    "anywhere",  # in any block
    "edges",  # in the first or last part of the text
    "opening",  # at the beginning of a block in the first or last part of the text
]


ONLY_ODD: tuple[str, ...] = ()  # stands for any of the characters that plain text has none of
_ODD = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\u00ad\u00c2\u00c3\u00e2\u200b-\u200f\u202a-\u202e\u2060-\u2069\ue000-\uf8ff\ufeff\ufffd]"
)


@dataclass(frozen=True, slots=True)
class _Source:
    """A regular expression that waits to be compiled."""

    text: str
    flags: int = 0


@dataclass(frozen=True)
class Sign:
    """One kind of residue. `quoted`: it counts inside quotation marks too, amid a quotation that goes on around it.

    `needs`: strings in small letters; where a block holds none of them, the sign is not there.
    """

    form: Form
    hint: str
    source: _Source
    where: Where = "anywhere"
    quoted: bool = False
    needs: tuple[str, ...] = ONLY_ODD

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.source.text, self.source.flags)


def _c(pattern: str) -> _Source:
    return _Source(pattern)


def _i(pattern: str) -> _Source:
    return _Source(pattern, re.IGNORECASE)


def has_odd(text: str) -> bool:
    """Whether a text holds control characters, invisible ones, or such as come of a wrong encoding."""
    return _ODD.search(text) is not None


# --- Placeholders and notes to the desk ------------------------------------------------------------------------------

_DIRECTIVE = r"(?:CHECK|CONFIRM|VERIFY|INSERT|PLACEHOLDER|TODO|TO DO|FIXME|FACT[- ]?CHECK|ADD|FILL IN|NEEDS?|CITE)"
_THING = (
    r"(?:name|names|quote|quotation|date|day|time|title|headline|dek|link|url|number|figure|photo|image|picture|"
    r"caption|credit|byline|source|citation|city|town|place|location|company|organi[sz]ation|age|amount|text|word|"
    r"reference|details?)"
)
_NOTES = (
    Sign(
        "editor-note",
        "a note to the desk in brackets",
        _c(rf"[\[({{<]{{1,2}}\s?{_DIRECTIVE}\b[^\[\]{{}}\n]{{0,200}}?[\])}}>]{{1,2}}"),
        quoted=True,
        needs=("[", "(", "{", "<"),
    ),
    Sign(
        "editor-note",
        "a note to the desk in brackets",
        _i(
            r"\[\s?(?:(?:please |pls |plz )?(?:double[- ]?)?(?:check|confirm|verify|fact[- ]?check|todo|fixme)\b"
            r"|(?:ed|eds|editor|desk|subs?|copy)\s?[:,–—-]\s?[^\[\]\n]{0,200}?(?:\?|\b(?:check|confirm|verify|cut|trim|"
            r"please|pls|can we|do we|should we|need|delete|move|tk)\b)"
            r"|(?:sp|spelling|source|date|name|correct|right|true|who|when|which|year|age)\s?\?)"
            r"[^\[\]\n]{0,200}\]"
        ),
        quoted=True,
        needs=("[",),
    ),
    Sign(
        "editor-note", "a note to the desk in brackets", _c(r"[\[(]\s?(?:\?{1,4}|CQ|cq|sp\?)\s?[\])]"), needs=("[", "(")
    ),
    Sign(
        "editor-note",
        "a note to the desk",
        _c(
            r"(?<![\w“\"‘'])(?:NOTES? (?:TO|FOR) (?:THE )?(?:COPY ?)?(?:DESK|SUBS?|COPY|ED|SELF|EDITOR)|"
            r"Notes? to (?:the )?(?:copy ?)?(?:desk|subs?|self):|COPY ?DESK:|DESK:|SUBS:|(?:TODO|FIXME|QUERY):|"
            r"NOT FOR PUBLICATION|DO NOT PUBLISH|"
            r"(?:STILL )?NEEDS? (?:A )?(?:QUOTE|SOURCE|PHOTO|FACT[- ]?CHECK|COMMENT)S?\b)"
            r"[^\n.]{0,160}\.?"
        ),
        needs=("note", "desk:", "subs:", "todo:", "fixme:", "query:", "not for publication", "do not publish", "need"),
    ),
)
_PLACEHOLDERS = (
    Sign(
        "placeholder",
        "lorem ipsum",
        _i(r"\blorem ipsum dolor\b[^\n]{0,120}|\bdolor sit amet\b[^\n]{0,120}"),
        needs=("lorem ipsum", "dolor sit amet"),
    ),
    Sign("placeholder", "lorem ipsum", _i(r"\A\W{0,3}lorem ipsum\b[^\n]{0,120}"), needs=("lorem ipsum",)),
    Sign(
        "placeholder",
        "a place held for words to come",
        _i(
            rf"[\[({{<]{{1,2}}\s?(?:(?:insert|add|put|your|the|enter|fill in|missing|need)\s)"
            rf"(?:[\w'’/-]{{1,20}}\s){{0,3}}{_THING}(?:\s(?:goes |comes )?here)?\s?[\])}}>]{{1,2}}"
            rf"|[\[({{<]{{1,2}}\s?(?:[\w'’/-]{{1,20}}\s){{0,2}}{_THING}"
            rf"\s(?:goes here|comes here|here|to come|to follow|needed|missing|tbc|tbd|tba)\s?[\])}}>]{{1,2}}"
        ),
        needs=("[", "(", "{", "<"),
    ),
    Sign(
        "placeholder",
        "a place held for words to come",
        _c(
            r"\[(?:(?:FULL |FIRST |LAST |YOUR |COMPANY |PERSON |SOURCE |EVENT )?(?:NAME|DATE|TITLE|QUOTE|LINK|URL|"
            r"NUMBER|PHOTO|IMAGE|CAPTION|CITY|PLACE|LOCATION|HEADLINE|BYLINE|SOURCE|AGE|AMOUNT|FIGURE)S?"
            r"(?: (?:HERE|TO COME|TBC|TBD))?|TBC|TBD|TBA|BLANK|X|Your Name|Company Name|Author Name|"
            r"Insert [^\[\]\n]{1,60})\](?![(\[:])"
        ),
        quoted=True,
        needs=("[",),
    ),
    Sign(
        "placeholder",
        "a place held for words to come",
        _c(r"\b(?:INSERT|ADD|PUT) (?:[A-Z'’/-]{1,20} ){1,4}HERE\b|\b(?:QUOTE|PHOTO|LINK|NAME|CAPTION) HERE\b"),
        needs=(" here",),
    ),
    Sign(
        "placeholder",
        "a place held for words to come",
        _i(rf"\A\W{{0,3}}(?:insert|add|put)\s(?:[\w'’/-]{{1,20}}\s){{0,3}}{_THING}\shere\W{{0,3}}\Z"),
        needs=("here",),
    ),
    Sign(
        "placeholder",
        "a dummy address",
        _i(
            r"(?<![\w@.])https?://(?:www\.)?(?:(?:tk|xxx?|link|url|todo|placeholder|insert[\w-]{0,20})"
            r"(?:\.com)?(?![\w.-])|example\.(?:com|org)(?:/(?:tk|link|todo)\b)?(?![\w-]))[^\s)\]>\"”]{0,60}"
        ),
        needs=("http",),
    ),
    Sign("placeholder", "a blank to fill in", _c(r"(?<!\w)_{4,40}(?!\w)"), needs=("____",)),
)

# --- What writing machines leave -------------------------------------------------------------------------------------

_WORK = (
    r"(?:article|text|version|draft|piece|story|post|paragraphs?|passage|summary|rewrite|copy|content|press release|"
    r"headline|essay|report|translation|introduction|conclusion|section)"
)
_DONE = (
    r"(?:re-?written|re-?worded|re-?phrased|revised|updated|polished|edited|improved|paraphrased|summari[sz]ed|"
    r"shortened|condensed|expanded|refined|corrected|rewrite|possible|suggested|requested|final|cleaned[- ]up|"
    r"proofread|humani[sz]ed|unique|alternative|SEO[- ]\w{1,12})"
)
_MACHINE = (
    Sign(
        "machine",
        "a chatbot speaks of itself",
        _i(
            r"\bas an? (?:ai|artificial intelligence)(?: (?:language|text|chat))?"
            r"(?:[- ](?:model|assistant|system|bot))?"
            r"(?: (?:developed|trained|created|made) by \w{1,20})?,? (?:i|my)\b[^\n.]{0,120}"
            r"|\bi(?:'|’)?(?:m| am) (?:just |only )?an? (?:ai|artificial intelligence) "
            r"(?:language )?(?:model|assistant)\b[^\n.]{0,80}"
            r"|\b(?:my (?:knowledge|training data) cut-?off|my last (?:knowledge |training )?update)\b[^\n.]{0,80}"
            r"|\bas of my (?:last|latest|most recent) (?:knowledge |training )?(?:update|cut-?off)\b[^\n.]{0,80}"
        ),
        needs=(" ai", "artificial intelligence", "cutoff", "cut-off", "my last", "as of my"),
    ),
    Sign(
        "machine",
        "a chatbot refuses",
        _i(
            r"\bi(?:'|’)?(?:m| am) sorry,? (?:but )?i (?:can(?:no|')?t|cannot|can’t|am unable to|am not able to) "
            r"(?:assist|help|fulfil|fulfill|complete|generate|provide|comply|create|rewrite|access)\b[^\n.]{0,100}"
            r"|\bi (?:cannot|can(?:'|’)t|am unable to) (?:fulfil|fulfill|complete|comply with|assist with) "
            r"(?:this|that|your) request\b[^\n.]{0,80}"
        ),
        needs=("sorry", "request"),
    ),
    Sign(
        "machine",
        "a chatbot hands over its work",
        _i(
            rf"(?:(?:certainly|sure(?: thing)?|of course|absolutely|great|okay|ok|understood)\s?[!,.:—–-]\s?)?"
            rf"(?:here(?:(?:'|’)s| is| are)|below is|the following is|i(?:'|’)ve|i have)"
            rf" (?:the |a |an |your |my |some )?(?:\w{{1,14}},? ){{0,2}}?(?:{_DONE})\b[^\n.:]{{0,40}}?\b{_WORK}\b"
            rf"[^\n.]{{0,80}}"
            rf"|(?:certainly|sure(?: thing)?|of course|absolutely)\s?[!,.:]\s?"
            rf"(?:here(?:(?:'|’)s| is| are)|below is) (?:the|a|an|your)\b[^\n.:]{{0,60}}\b{_WORK}\b[^\n.]{{0,80}}"
        ),
        "opening",
        needs=("here's", "here’s", "here is", "here are", "below is", "the following is", "i've", "i’ve", "i have"),
    ),
    Sign(
        "machine",
        "a chatbot offers more",
        _i(
            r"(?:i hope this (?:helps|(?:article|version|draft|rewrite) (?:meets|helps|works))\b[^\n.!]{0,80}"
            r"|let me know if you(?:'|’)?(?:d| would)? (?:like|want|need) (?:me to|any (?:more |other |further )?"
            r"(?:changes|edits|revisions|adjustments|modifications|tweaks))\b[^\n.!]{0,100}"
            r"|would you like me to (?:adjust|expand|shorten|revise|rewrite|add|make|change|create|turn)\b[^\n?]{0,100}"
            r"|feel free to (?:ask|let me know) if you (?:need|want|would like|have) (?:me to|any "
            r"(?:further|more|other) (?:changes|edits|revisions|adjustments|modifications))\b[^\n.!]{0,80})"
        ),
        "opening",
        needs=("i hope this", "let me know if you", "would you like me to", "feel free to"),
    ),
    Sign(
        "machine",
        "a citation mark of a chatbot",
        _c(
            r":?contentReference\[oaicite[^\]\n]{0,40}\](?:\{[^}\n]{0,40}\})?|\bturn\d{1,2}(?:search|news|view|fetch)"
            r"\d{1,2}\b|【\d{1,3}[^】\n]{0,40}】|\boai_?citation\b"
        ),
        needs=("oai", "turn", "【"),
    ),
    Sign(
        "machine",
        "a button of a chatbot",
        _i(r"\A\W{0,3}regenerate response\W{0,3}\Z|\A\W{0,3}copy code\W{0,3}\Z"),
        needs=("regenerate response", "copy code"),
    ),
)

SOFT_HYPHEN = "an invisible hyphen in a word"
TURNING = "a sign that turns the direction of the text"
_LATIN = "[A-Za-z\u00c0-\u024f]"  # other scripts join their letters with such characters


def _in_word(signs: str) -> _Source:
    """The word of Latin letters that holds one of these signs or begins or ends with one."""
    return _c(f"(?:{_LATIN}{{1,40}}{signs}{_LATIN}{{0,40}}|{signs}{_LATIN}{{1,40}})(?:{signs}{_LATIN}{{1,40}}){{0,9}}")


# --- Damaged and invisible characters --------------------------------------------------------------------------------

_CHARACTERS = (
    Sign("character", "a character that was lost in conversion", _c("\ufffd+")),
    Sign("character", "a control character", _c("[\x00-\x08\x0e-\x1f\x7f]+")),
    Sign("character", TURNING, _c("[\u200e\u200f\u202a-\u202e\u2066-\u2069]+")),
    Sign(
        "character",
        "a letter that only one font knows",
        _c(f"{_LATIN}{{1,40}}[\ue000-\uf8ff]{{1,9}}{_LATIN}{{1,40}}"),
        quoted=True,
    ),
    Sign(
        "character",
        "characters read in the wrong encoding",
        _c("â€[™œ\u009d˜”“¦¢\u0093\u0094\u0099]|â\u0080[\u0093\u0094\u0098\u0099\u009c\u009d]|Ã[©¨¤¶¼±³¡­§ª«]|Â[£°·»«]"),
        quoted=True,
    ),
    Sign("markup", "an invisible character in a word", _in_word("[\u200b-\u200d\u2060\ufeff]{1,9}"), quoted=True),
    Sign(
        "markup",
        SOFT_HYPHEN,
        _c(f"{_LATIN}{{1,40}}(?:(?<![ÃÂ])\u00ad{{1,9}}{_LATIN}{{1,40}}){{1,9}}"),
        quoted=True,
    ),
)

# --- Markup that shows -----------------------------------------------------------------------------------------------

_MARKUP = (
    Sign(
        "markup",
        "a tag left visible",
        _i(
            r"</?(?:p|br|div|span|strong|em|b|i|u|a|h[1-6]|ul|ol|li|img|blockquote|figure|figcaption|script|style|"
            r"table|tr|td|iframe|section|article)(?:\s[^<>\n]{0,300})?/?>"
        ),
        quoted=True,
        needs=("<",),
    ),
    Sign("markup", "a comment left visible", _c(r"<!--[^\n]{0,300}?-->"), needs=("<!--",)),
    Sign(
        "markup",
        "a character reference left visible",
        _c(r"&(?:nbsp|amp|quot|lt|gt|[lr][sd]quo|[mn]dash|hellip|apos|#\d{2,5}|#x[0-9a-fA-F]{2,5});"),
        quoted=True,
        needs=("&",),
    ),
    Sign(
        "markup",
        "emphasis left visible",
        _c(r"(?<![\w*])\*\*(?=\w)[^*\n]{1,120}(?<=[\w.!?”\"])\*\*(?![\w*])"),
        needs=("**",),
    ),
    Sign("markup", "a link left visible", _c(r"\[[^\[\]\n]{1,120}\]\(https?://[^\s()]{1,300}\)"), needs=("](http",)),
    Sign(
        "markup",
        "a shortcode left visible",
        _i(
            r"\[/?(?:caption|gallery|embed|video|audio|button|youtube|vc_\w{1,20}|b|i|u|url|img|quote)"
            r"(?:[ =][^\[\]\n]{0,200})?\]"
        ),
        needs=("[",),
    ),
    Sign(
        "markup", "a template tag left visible", _c(r"\{\{[^{}\n]{1,120}\}\}|\{%[^{}\n]{1,120}%\}"), needs=("{{", "{%")
    ),
)

SIGNS: tuple[Sign, ...] = (*_NOTES, *_PLACEHOLDERS, *_MACHINE, *_CHARACTERS, *_MARKUP)
_NEEDS = tuple(dict.fromkeys(need for sign in SIGNS for need in sign.needs))


def needs_in(text: str, known: Sequence[str] = _NEEDS) -> tuple[str, ...]:
    """What a text holds of the strings that signs need; `known`: those that a longer text around it holds."""
    lower = folded(text)
    return tuple([need for need in known if need in lower])


def signs_in(text: str, known: Sequence[str] = _NEEDS) -> tuple[Sign, ...]:
    """The signs that a block with this text can hold as far as a quick look at it shows."""
    return _signs_with(needs_in(text, known), has_odd(text))


@lru_cache(maxsize=4096)
def _signs_with(needs: tuple[str, ...], odd: bool) -> tuple[Sign, ...]:
    return tuple(sign for sign in SIGNS if (not set(needs).isdisjoint(sign.needs) if sign.needs else odd))
