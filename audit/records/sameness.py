"""When two passages are the same words: what identities of findings and decisions are made of."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_WORD = re.compile(r"\w+(?:['’.,]\w+)*")


def normalized_words(text: str) -> str:
    """The words of a passage, so that spacing, line ends, case and punctuation do not count."""
    folded = unicodedata.normalize("NFC", text).casefold().replace("’", "'")
    return " ".join(_WORD.findall(folded)) or " ".join(folded.split())


def words_digest(text: str) -> str:
    """The SHA-256 of a passage's normalised words, 64 hexadecimal digits."""
    return hashlib.sha256(normalized_words(text).encode("utf-8", "surrogatepass")).hexdigest()
