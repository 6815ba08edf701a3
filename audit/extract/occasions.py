"""Where or through what something was said, as the attribution puts it: "told reporters", "in a statement"."""

from __future__ import annotations

import re

_MEDIUM = (
    "statement|e-?mail|post|posting|tweet|thread|letter|note|memo|memoir|book|autobiography|speech|address|column"
    "|essay|op-ed|editorial|diary|message|text message|podcast|documentary|lecture|broadcast|sermon|video|article"
    "|report|filing|affidavit|discussion|conversation|call|briefing|debate|testimony|blog|newsletter|release"
    "|announcement|remarks|interview with [^\\W\\d_][\\w.’'-]+(?: [A-Z][\\w.’'-]+){0,3}"
)
_EVENT = (
    "rally|conference|meeting|hearing|summit|ceremony|forum|fundraiser|dinner|event|town hall|debate|march|vigil"
    "|protest|assembly|convention|inquest|trial|launch|session|panel"
)
_AUDIENCE = (
    "reporters|journalists|supporters|delegates|members|staff|lawmakers|councillors|councilors|shareholders|investors"
    "|residents|parents|students|the (?:court|jury|inquest|hearing|meeting|committee|council|chamber|forum|conference"
    "|audience|crowd|house|commission|board|panel|assembly|parliament)"
)
_OUTLET = (
    r"(?:[Tt]he )?(?:BBC|CNN|NBC|CBS|ABC|ITV|NPR|MSNBC|Reuters|AFP|AP|Associated Press|Bloomberg"
    r"|(?:[A-Z][\w’'-]+ ){0,3}(?:News|Times|Post|Herald|Gazette|Radio|Television|TV|Courier|Chronicle|Guardian"
    r"|Journal|Mail|Tribune|Star|Telegraph|Observer|Press|Mirror|Standard|Review|Magazine|Weekly|Echo|Argus))"
)
_SITE = "Twitter|Facebook|Instagram|LinkedIn|YouTube|TikTok|Mastodon|Bluesky|X|Telegram|Snapchat|Reddit|Truth Social"
_ITS = r"(?:an?|his|her|their|its|the|that|one|another)\s+(?:[\w’'-]+\s+){0,3}?"
_OCCASION = re.compile(
    rf"\b(?:told|tells|telling)\s+(?:{_AUDIENCE})\b(?:\s+(?:outside|at|in|after|on)\s+(?:the|an?)\s+[\w-]+)?"
    rf"|\b(?:told|tells|telling)\s+{_OUTLET}\b"
    rf"|\b(?:in|via|through|during|by)\s+{_ITS}(?:{_MEDIUM})\b"
    rf"|\b(?:at|during|before|after)\s+{_ITS}(?:{_EVENT})\b"
    rf"|\bon\s+(?:{_SITE})\b|\bby (?:e-?mail|text|letter|post)\b"
    r"|\bon (?:his|her|its|their) (?:blog|website|page|account)\b"
    r"|\b(?:outside|on the steps of)\s+(?:the|an?|his|her|their|its)\s+[\w-]+"
)


def occasion_in(narration: str) -> str:
    """The first medium, audience or occasion that some narration names; empty where it names none."""
    found = _OCCASION.search(narration)
    return " ".join(found.group().split()) if found is not None else ""
