"""Words of the site that a copied text drags behind it."""

from __future__ import annotations

from audit.loading.paragraphs import Paragraph

_PHRASES = (
    "leave a reply",
    "leave a comment",
    "post a comment",
    "add a comment",
    "share this",
    "share this article",
    "share this story",
    "share this post",
    "share on facebook",
    "share on twitter",
    "click to share",
    "related articles",
    "related posts",
    "related stories",
    "you may also like",
    "read more",
    "read next",
    "most read",
    "most popular",
    "subscribe",
    "subscribe to our newsletter",
    "sign up for our newsletter",
    "subscribe now",
    "follow us",
    "follow us on twitter",
    "advertisement",
    "comments are closed",
    "no comments",
    "log in to comment",
    "your email address will not be published",
    "required fields are marked",
    "previous post",
    "next post",
    "post navigation",
    "cancel reply",
    "all rights reserved",
    "print this page",
    "email this article",
    "back to top",
    "continue reading",
    "cookie policy",
    "privacy policy",
    "terms of use",
)
_LONGEST = 60  # characters; what is longer is prose
_ALIKE = 88.0  # per cent: a typing slip or two


def is_boilerplate(text: str) -> bool:
    """Whether a paragraph is one of the phrases that sites put around texts, slips allowed."""
    bare = " ".join(text.casefold().strip(" .:!*_#-–—|»›>").split())
    if not bare or len(bare) > _LONGEST:
        return False
    from rapidfuzz import fuzz

    return any(fuzz.ratio(bare, phrase) >= _ALIKE for phrase in _PHRASES)


def tail_start(paragraphs: list[Paragraph]) -> int:
    """The index of the first paragraph of the boilerplate at the end; the length of the list where there is none.

    Short paragraphs behind the first phrase belong to it.
    """
    last = len(paragraphs)
    for at in range(len(paragraphs) - 1, max(len(paragraphs) - 15, 0), -1):
        text = paragraphs[at].text
        if is_boilerplate(text):
            last = at
        elif len(text) > _LONGEST:
            break
    return last
