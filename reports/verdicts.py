"""What became of a quotation, in the words of a report."""

from __future__ import annotations

from dataclasses import dataclass

from audit.records.matches import Verdict


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict for readers: its class on the page, a sign, and words that go on from "quotation"."""

    css: str
    sign: str
    words: str


_DIFFERS = ("differs", "≠")

OUTCOMES: dict[Verdict, Outcome] = {
    "exact": Outcome("exact", "✓", "found word for word"),
    "tidied": Outcome("tidied", "≈", "found, tidied up"),
    "altered": Outcome(*_DIFFERS, "found in other words"),
    "stitched": Outcome(*_DIFFERS, "found in several places"),
    "qualifier-cut": Outcome(*_DIFFERS, "found in a sentence that says more"),
    "reworded": Outcome(*_DIFFERS, "found only in like words"),
    "not-found": Outcome("differs", "?", "not found in the speaker’s words"),
    "other-speaker": Outcome(*_DIFFERS, "found in somebody else’s words"),
    "unchecked": Outcome("unchecked", "○", "not checked"),
}
