"""One file with an article and, behind it, the interview that it was made from."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from audit.loading.paragraphs import Paragraph
from audit.loading.transcript import Transcript, find_transcript

MIN_TURNS = 4
MIN_PROSE = 100  # words of an article in front of the transcript
MIN_PROSE_UNTITLED = 200  # where no title sets the transcript apart
MIN_SHARE = 0.6  # of the second part's characters that turns must hold
_TITLE = re.compile(
    r"\W*(?:(?:full |complete |edited |raw |unedited )*(?:interview|transcript|q\s?&\s?a|q and a|conversation)\b|"
    r"(?:our|the) (?:full )?(?:interview|conversation)\b|.{0,60}\btranscript\W*$)",
    re.IGNORECASE,
)
_LEADS_UP = re.compile(
    r"\b(?:we|I|who|team|desk|reporter|editors?)\b.{0,60}\b(?:talked|spoke|chatted|sat down|caught up|reached out|met|"
    r"interviewed|asked|corresponded|exchanged)\b|\b(?:conversation|interview|q&a|exchange|discussion) (?:has been|was|"
    r"is|below|follows)\b|\b(?:edited|condensed) (?:for|and)\b|:\s*$",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_TITLE = 160
_MOST_TITLES = 50  # so many lines of a file are tried as the title of a transcript; each costs a look at all behind it


@dataclass(frozen=True, slots=True)
class Split:
    """Where the second text begins, and its turns."""

    at: int  # index of its first paragraph
    transcript: Transcript


def find_split(paragraphs: list[Paragraph], whole: Transcript | None) -> Split | None:
    """Where a transcript begins behind an article; None where the file holds one text.

    `whole` is the transcript that all paragraphs together make, if they make one.
    """
    words, titles = 0, 0
    for at, paragraph in enumerate(paragraphs):
        if at and words >= MIN_PROSE and titles < _MOST_TITLES and _is_title(paragraph):
            titles += 1
            split = _behind(paragraphs, at, at + 8)
            if split is not None and not _is_introduced(paragraphs, at):
                return split
        words += len(paragraph.text.split())
    if whole is None or whole.first == 0 or _words(paragraphs[: whole.first]) < MIN_PROSE:
        return None
    at = _with_heading(paragraphs, whole.first)
    if _words(paragraphs[:at]) < MIN_PROSE_UNTITLED:
        return None
    return None if _is_introduced(paragraphs, at) else _behind(paragraphs, at, whole.first)


def _is_introduced(paragraphs: list[Paragraph], at: int) -> bool:
    """Whether what stands before is the introduction of an interview that is printed as an article.

    It leads up to the talk ("we talked with her"), and no title of its own sets the transcript apart.
    """
    title = paragraphs[at].text if _is_title(paragraphs[at]) else ""
    if len(title.split()) > 2 or "transcript" in title.casefold():
        return False
    last = next((p.text for p in reversed(paragraphs[:at]) if p.kind == "paragraph"), "")
    return _LEADS_UP.search(last) is not None


def _behind(paragraphs: list[Paragraph], at: int, latest: int) -> Split | None:
    """The split at a paragraph, if a conversation follows that begins no later than `latest`."""
    transcript = find_transcript(paragraphs, at)
    if transcript is None or transcript.first > latest or not is_conversation(transcript):
        return None
    return Split(at, transcript)


def is_conversation(transcript: Transcript) -> bool:
    """At least two speakers who take turns, and little else."""
    speakers = Counter(turn.label for turn in transcript.turns)
    again = sum(count >= 2 for count in speakers.values())
    return len(transcript.turns) >= MIN_TURNS and len(speakers) >= 2 and again >= 1 and transcript.share >= MIN_SHARE


def _is_title(paragraph: Paragraph) -> bool:
    text = paragraph.text
    if len(text) > _LONGEST_TITLE or _TITLE.match(text) is None:
        return False
    return paragraph.kind in ("heading", "headline") or paragraph.whole.wholly("bold") or not text.endswith((".", ","))


def _with_heading(paragraphs: list[Paragraph], first: int) -> int:
    """The heading right in front of the first turn belongs to the transcript."""
    before = paragraphs[first - 1]
    heading = before.kind == "heading" or before.whole.wholly("bold")
    return first - 1 if first > 1 and heading else first


def _words(paragraphs: list[Paragraph]) -> int:
    return sum(len(paragraph.text.split()) for paragraph in paragraphs)
