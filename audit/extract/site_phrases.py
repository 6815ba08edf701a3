"""Words that a site puts around its texts, where loading has not set them apart: buttons, forms, notices."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

# A block that says this and nothing else is the site's, wherever it stands.
_FIRM = (
    "advertisement",
    "story continues below",
    "story continues below advertisement",
    "article continues below advertisement",
    "article continues after advertisement",
    "leave a reply",
    "cancel reply",
    "leave a comment",
    "post a comment",
    "click to share",
    "share on facebook",
    "share on twitter",
    "share this article",
    "share this story",
    "share this",
    "log in to comment",
    "you must be logged in to post a comment",
    "your email address will not be published",
    "your email address will not be published required fields are marked",
    "required fields are marked",
    "sign up for our newsletter",
    "subscribe to our newsletter",
    "accept all cookies",
)
_LONGEST = 90  # characters
_LONG = re.compile(rf"(?:\W*\w){{{_LONGEST + 1}}}")  # a text that is longer than that in any case
_ALIKE = 88.0  # per cent: a slip or two
_CALLS = (
    r"we use cookies",
    r"(?:this|our) (?:web)?site uses cookies",
    r"by (?:continuing|using) (?:to use |to browse )?(?:this|our) (?:web)?site,? you (?:agree|accept|consent)",
    r"your e-?mail address will not be published",
    r"this site is protected by recaptcha",
    r"you must be logged in to",
    r"(?:sign up|subscribe) (?:here |now |today )?(?:for|to) (?:our|the) (?:free )?(?:daily |weekly |morning )?"
    r"(?:e-?mail )?newsletters?\b",
    r"click here to (?:subscribe|share|comment|sign up)",
    r"(?:share this|filed under|tagged with|read more|read next|read also):",
    r"related (?:articles|stories|posts|coverage):",
    r"you (?:may|might) also like:",
    r"(?:save my name|notify me of) ",
)
_NOTICE = re.compile("|".join(_CALLS), re.IGNORECASE)


def is_firm(text: str) -> bool:
    """Whether a block holds nothing but a phrase that only a site's page says, slips allowed."""
    if _LONG.match(text):
        return False
    bare = " ".join(re.sub(r"[^\w\s]", " ", text.casefold()).split())
    if not bare or len(bare) > _LONGEST:
        return False
    return any(fuzz.ratio(bare, phrase) >= _ALIKE for phrase in _FIRM)


def opens_notice(text: str) -> bool:
    """Whether a block begins as a notice or a call of the site does; it counts at the edges of a text only."""
    return _NOTICE.match(text.lstrip(" *_#>|•–—-")) is not None


_NOTE = re.compile(
    r"(?:(?:editors?['’]?s?['’]?|publishers?['’]?s?['’]?) note|corrections?(?: and clarifications?)?|clarifications?"
    r"|update|note)\b *(?:\([^)]*\) *)?(?:[:.,–—-]|\d|on \d)"
    r"|(?:page |article |story )?(?:last )?(?:updated|modified|revised|reviewed|corrected|amended)(?: on| at|:|,? \d)"
    r"|(?:this|an earlier version of this|a previous version of this) (?:\w+ )?(?:article|story|page|post|report|piece)"
    r"\b.{0,40}\b(?:updated|corrected|amended|edited|revised|republished|changed|misstated|said|stated)\b",
    re.IGNORECASE,
)


def opens_note(text: str) -> bool:
    """Whether a block begins as an editor's note, a correction or a line that says when a page was updated."""
    return _NOTE.match(text.lstrip(" *_#>|•–—-([")) is not None
