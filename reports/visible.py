"""Characters that a reader cannot see or that turn the text round, written out: U+202E becomes [U+202E]."""

from __future__ import annotations

import re
import unicodedata

# Categories that have no glyph: controls, half surrogate pairs, private use, unassigned, line and paragraph separators.
_UNSEEN = frozenset(("Cc", "Cs", "Co", "Cn", "Zl", "Zp"))
_LAYOUT = "\t\n\r"
# Format characters that reorder or hide. Joiners stay as they are: emoji and several scripts need them.
_FORMATS = (
    "\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
)
_SUSPECT = re.compile(
    rf"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\uf8ff{_FORMATS}]|[\U000e0000-\U0010ffff]|[^\x00-\uffff]"
)
_FORMAT = re.compile(f"[{_FORMATS}]")


def visible(text: str) -> str:
    """The text with everything unseen written out; tabs and line ends stay."""
    return _SUSPECT.sub(lambda match: _name(match[0]) if is_unseen(match[0]) else match[0], text)


def cut_at_unseen(text: str) -> list[tuple[str, bool]]:
    """The text in pieces: plain words (False) and unseen characters by their written-out names (True)."""
    pieces: list[tuple[str, bool]] = []
    done = 0
    for match in _SUSPECT.finditer(text):
        if not is_unseen(match[0]):
            continue
        if match.start() > done:
            pieces.append((text[done : match.start()], False))
        pieces.append((_name(match[0]), True))
        done = match.end()
    if done < len(text):
        pieces.append((text[done:], False))
    return pieces


def is_unseen(char: str) -> bool:
    """Whether a character shows nothing by itself, or changes how its neighbours are shown."""
    if char in _LAYOUT:
        return False
    return unicodedata.category(char) in _UNSEEN or _FORMAT.match(char) is not None


def _name(char: str) -> str:
    return f"[U+{ord(char):04X}]"
