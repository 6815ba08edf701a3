"""What a source says of itself: how a transcript came about, and where it speaks of the story that it is to support."""

from __future__ import annotations

import re

from audit.extract.annotate import Annotated
from audit.records import Place, Provenance, StoryReference
from audit.records.document import Document

_LONGEST_HEAD = 1500  # characters in front of the first turn that count as its head
_DATE = re.compile(
    r"\b(?:1[89]|20)\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul"
    r"|Aug|Sept?|Oct|Nov|Dec)\.? \d{1,2}\b|\b\d{1,2} (?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December)\b"
)
_MEDIUM = re.compile(
    r"\b(?:phone|telephone|video|call|zoom|teams|skype|e-?mail|in person|face to face|studio|radio|television|podcast"
    r"|recorded|recorder|recording|tape|interview(?:s|ed)?|briefing|conference|hearing|inquest|trial|court|committee"
    r"|council|parliament|senate|chamber|meeting|minutes|forum|debate|session|speech|address|remarks|statement"
    r"|deposition|testimony|office|hall|panel|webinar|zone|room|q&a)\b",
    re.IGNORECASE,
)
_EDITED = re.compile(
    r"\b(?:un)?edited\b|\bverbatim\b|\btranscri(?:pt|bed|ption|ber)\b|\bextracts?\b|\bexcerpts?\b|\bcorrected\b"
    r"|\bcondensed\b|\btranslated\b|\babridged\b|\bofficial report\b|\bchecked\b|\bfull text\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:post(?:ed)? on (?:X|Twitter|Facebook|Instagram|LinkedIn|Mastodon|Bluesky|Threads|TikTok|YouTube)"
    r"|from (?:the|his|her|their) (?:book|memoir|autobiography|podcast|newsletter|blog)"
    r"|(?:memoir|autobiography),? [“\"‘*_][^”\"’*_\n]{3,80}[”\"’*_])",
    re.IGNORECASE,
)


def find_provenance(annotated: Annotated) -> list[Provenance]:
    """One claim for a source that is a transcript, none for any other document."""
    document = annotated.document
    if document.role != "source" or not document.turns:
        return []
    first = document.blocks[document.turns[0].blocks[0]]
    head = document.raw[_start(document) : document.turns[0].label_start or document.starts[first.start]]
    head = f"{head[:_LONGEST_HEAD]} {document.meta.title} {document.meta.byline}"
    block = next((one for one in document.blocks if one.start < one.end), first)
    place = _opening(document, block.start, block.end)
    name = document.path.replace("\\", "/").rsplit("/", 1)[-1].replace("-", " ").replace("_", " ")
    elsewhere = _ELSEWHERE.search(head)
    return [
        Provenance(
            **place.model_dump(),
            id=f"{document.key}.provenance",
            block=block.index,
            dated=document.meta.date is not None or _DATE.search(f"{head} {name}") is not None,
            participants=_participants(document),
            medium=_MEDIUM.search(head) is not None,
            edited=_EDITED.search(head) is not None,
            medium_words=elsewhere.group() if elsewhere is not None else "",
        )
    ]


def _start(document: Document) -> int:
    """Where the document begins in its file: behind the parts before it."""
    return document.starts[0] if document.part > 1 and len(document.starts) else 0


def _opening(document: Document, start: int, end: int) -> Place:
    """The first words of a block, as many as a finding has room for."""
    cut = document.view.rfind(" ", start, min(end, start + 200)) if end - start > 200 else end
    return document.place(start, cut if cut > start else end)


def _participants(document: Document) -> bool:
    """Whether somebody who speaks has more than one name."""
    return any(len(turn.name.split()) > 1 for turn in document.turns)


_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_WHEN = rf"(?:yesterday|today|last (?:week|month|night)|this (?:week|morning)|on {_DAY}|the other day)"
_STORY = r"(?:story|article|piece|headline|front page|write-up)"
_YOUR_STORY = re.compile(
    # "as you wrote in yesterday's story", "what your paper printed last week"
    r"\b(?:as|what|like|which|since|because|when|how) (?:you|your (?:paper|newspaper|colleague|magazine|site)) "
    r"(?:just )?(?:wrote|reported|published|printed|put it|quoted)\b(?: (?:it|that|this|me|us))?"
    rf" (?:in (?:your|the|that|yesterday['’]s|today['’]s|last week['’]s) (?:\w+ ){{0,2}}?{_STORY}|{_WHEN})\b"
    # "in your article", "I read yesterday's story"
    rf"|\b(?:in|read|saw|seen|after|since|by|about) (?:your|yesterday['’]s|today['’]s) (?:\w+ ){{0,2}}?{_STORY}\b"
    # "your story said", "our article ran on Monday"
    rf"|\b(?:your|our) {_STORY} (?:\w+ )?(?:{_WHEN}|said|quoted|claimed|ran|came out|appeared)\b"
    # "we published it yesterday"
    r"|\b(?:we|I) (?:wrote|reported|published|ran) (?:it |this |that |a story |a piece |an article )?"
    rf"(?:{_WHEN}|in (?:our|yesterday['’]s|last week['’]s) {_STORY})\b",
    re.IGNORECASE,
)


def find_story_references(annotated: Annotated) -> list[StoryReference]:
    """Where those who speak in a source talk about the story or its forerunner, in order."""
    document = annotated.document
    if document.role != "source" or not document.turns:
        return []
    found: list[StoryReference] = []
    for block in document.blocks:
        if block.kind != "turn":
            continue
        for match in _YOUR_STORY.finditer(document.block_text(block)):
            sentence = annotated.sentence_at(block.start + match.start())
            place = document.place(block.start + match.start(), block.start + match.end())
            found.append(
                StoryReference(
                    **place.model_dump(),
                    id=f"{document.key}.story.{len(found) + 1}",
                    block=block.index,
                    sentence=annotated.sentence_place(sentence) if sentence is not None else place,
                )
            )
    return found
