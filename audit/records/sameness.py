"""When two passages are the same words: what identities of findings and decisions are made of."""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata

_WORD = re.compile(r"[^\W_]+(?:(?:['’.,]|_+)[^\W_]+)*")
# What a file holds between its words: comments, tags, and where a link of Markdown leads.
_MARKUP = re.compile(
    r"<!--.{0,2000}?-->|</?[a-z][a-z0-9]{0,20}(?:\s[^<>]{0,2000})?/?>|(?<=\])\([^()\s]{1,2000}\)",
    re.DOTALL | re.IGNORECASE,
)


def normalized_words(text: str) -> str:
    """The words of a passage, so that spacing, line ends, case, punctuation and markup do not count."""
    plain = html.unescape(_MARKUP.sub(" ", text))
    folded = unicodedata.normalize("NFC", plain).casefold().replace("’", "'")
    return " ".join(_WORD.findall(folded)) or " ".join(folded.split())


def words_digest(text: str) -> str:
    """The SHA-256 of a passage's normalised words, 64 hexadecimal digits."""
    return hashlib.sha256(normalized_words(text).encode("utf-8", "surrogatepass")).hexdigest()
