"""Whether an article says that a quotation comes from somewhere that the supplied record cannot hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.extract.pipeline import Prepared
from audit.records import Quotation

_ELSEWHERE = re.compile(
    r"\b(?:told|telling)\s+(?:the\s+)?(?:BBC|CNN|ITV|NPR|Reuters|AFP|AP|[A-Z]\w+\s+(?:News|Times|Post|Herald|Gazette"
    r"|Radio|Television|TV|Courier|Chronicle|Guardian|Journal|Mail|Tribune))"
    r"|\b(?:wrote|writes|written|posted|tweeted|emailed|e-mailed|texted)\b"
    r"|\bin\s+(?:an?|his|her|their|its|the)\s+(?:\w+\s+){0,2}(?P<medium>statement|e-?mail|post|tweet|letter|book"
    r"|memoir|autobiography|speech|column|essay|diary|text message|podcast|documentary|lecture|broadcast|sermon)\b"
    r"|\b(?:in|back in|since)\s+(?:19|20)\d\d\b"
    r"|\b(?:years?|months?|weeks?|decades?)\s+(?:ago|earlier|before)\b"
    r"|\blast\s+(?:week|month|year|spring|summer|autumn|fall|winter)\b"
    r"|\bat\s+the\s+time\b|\bonce\s+(?:said|told|wrote|remarked|called)\b|\bused\s+to\s+(?:say|tell)\b"
    r"|\b(?:outside|afterwards?|later that (?:day|evening|night)|on the steps|in the (?:corridor|car park|street))\b",
)


def elsewhere(quotation: Quotation, article: Prepared, sources: Sequence[Prepared]) -> str:
    """The occasion that the article names, where it is not one of the sources; empty where it names none."""
    if quotation.setting:
        return "" if _is_source(quotation.setting, sources) else quotation.setting
    match = _ELSEWHERE.search(narration_around(quotation, article))
    if match is None or _is_source(match["medium"] or "", sources):
        return ""
    return match.group()


def narration_around(quotation: Quotation, article: Prepared) -> str:
    """The sentences of a quotation without the quoted words themselves."""
    document = article.records.document
    if quotation.sentence is not None:
        start, end = document.view_span(quotation.sentence)
    else:
        block = document.blocks[quotation.block]
        start, end = block.start, block.end
    text = list(document.view[start:end])
    for segment in quotation.segments:
        low, high = document.view_span(segment)
        for at in range(max(low, start), min(high, end)):
            text[at - start] = " "
    return "".join(text)


def _is_source(medium: str, sources: Sequence[Prepared]) -> bool:
    """Whether a source calls itself that: "statement" in its file name or its first lines."""
    words = [word for word in re.findall(r"[a-z]+", medium.lower()) if len(word) > 3]
    heads = [f"{s.records.document.path} {s.records.document.view[:200]}".lower() for s in sources]
    return any(word in head for word in words for head in heads)
