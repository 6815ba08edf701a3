"""Text that is safe to show in a terminal: nothing in it moves the cursor, sets a title or turns the line round."""

from __future__ import annotations

import re
import unicodedata

_BLANKS = re.compile(r"[ \t\r\n\v\f\x85\u2028\u2029]+")
# Bidirectional controls reorder what stands around them; everything else in these classes drives terminals.
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def one_line(text: str) -> str:
    """The text on one line, with control characters written out (an escape as \\x1b)."""
    return "".join(char if _is_harmless(char) else _written_out(char) for char in _BLANKS.sub(" ", text)).strip()


def clipped(text: str, longest: int) -> str:
    """The text on one line, cut at a word where it is longer than so many characters."""
    text = one_line(text)
    return text if len(text) <= longest else f"{text[:longest].rsplit(' ', 1)[0]} […]"


def _is_harmless(char: str) -> bool:
    return char not in _BIDI and unicodedata.category(char) not in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp")


def _written_out(char: str) -> str:
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
