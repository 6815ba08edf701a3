"""Speaker labels at the start of a transcript's lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from audit.loading.mapped import Mapped
from audit.loading.names import bare, is_role, key, name_shaped

Style = Literal["inline", "qa", "above"]

_STAMP = r"[\[(<]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])>]?"
STAMP_ONLY = re.compile(rf"{_STAMP}(?:\s*(?:-->|-|–)\s*{_STAMP})?")
_LEAD = re.compile(rf"(?:(?P<stamp>{_STAMP})\s*[-–—]?\s*)?")
_INLINE = re.compile(
    r"(?P<name>[^\W_][^:()\[\],;?!“”\"\n]{0,60}?)"
    rf"(?:\s*[\[(](?P<paren>[^()\[\]\n]{{1,80}})[\])]|,\s*(?P<comma>[^:;?!“”\"\n]{{1,80}}?))?"
    rf"(?:\s+(?P<stamp>{_STAMP}))?\s*:(?=[\s“\"‘'*(\[]|$)\s*"
)
_DASHED = re.compile(
    r"(?P<name>[^\W_][^:()\[\],;.?!“”\"\n—–]{0,40}?)(?:\s*\((?P<paren>[^()\n]{1,80})\))?(?P<comma>)(?P<stamp>)"
    r"(?:\s+[—–]|—)\s*(?=\S)"
)
_QA = re.compile(r"(?P<name>[QA]\d{0,3})(?:(?:[.:]|\)(?!\())(?=\s|$)\s*|\t\s*|\s{3,}(?=\S))")
_ABOVE = re.compile(
    r"(?P<name>[^\W_][^:()\[\],;?!“”\"\n]{0,60}?)"
    r"(?:\s*\((?P<paren>[^()\n]{1,80})\)|,\s*(?P<comma>[^:;?!“”\"\n]{1,90}?))?"
    rf"(?:\s+(?P<stamp>{_STAMP}))?:?"
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label; offsets are those of its line's text. `words` is where the words begin."""

    name: str
    start: int
    end: int
    words: int
    style: Style
    title: str = ""
    stamp: str = ""
    bold: bool = False
    weak: bool = False  # the writing alone is no sign: it must come back

    @property
    def key(self) -> str:
        return key(" ".join(bare(self.name)))

    @property
    def strong(self) -> bool:
        """Whether the writing alone says that this is a speaker: capitals, bold, a time stamp, Q and A, a part."""
        if self.weak:
            return is_role(self.name)
        letters = [char for char in self.name if char.isalpha()]
        shouted = len(letters) > 1 and sum(char.isupper() for char in letters) * 10 >= len(letters) * 7
        return shouted or self.bold or bool(self.stamp) or self.style == "qa" or is_role(self.name)


def read_label(line: Mapped) -> Label | None:
    """The label that a line begins with, words behind it or not."""
    text = line.text
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    stamp = (lead.group("stamp") or "") if lead else ""
    qa = _QA.match(text, start) if text[start : start + 1] in ("Q", "A") else None
    match = _INLINE.match(text, start) if ":" in text else None
    if match is None and ("—" in text or "–" in text):
        match = _DASHED.match(text, start)
    initial = match is not None and len(match["name"].split()) > 1 and name_shaped(match["name"])  # "A. Marsh: Yes."
    if qa is not None and not initial:
        return Label(qa["name"], start, qa.end("name"), qa.end(), "qa", stamp=stamp.strip("[]()<>"))
    if match is None or not name_shaped(match["name"]):
        return None
    title, stamp = _title(match, stamp)
    if match["comma"] and not _is_title(match["comma"]):
        return None
    bold = any(s <= start and e >= match.end("name") and kind == "bold" for s, e, kind in line.marks)
    style: Style = "qa" if match["name"].casefold() in ("question", "answer") else "inline"
    weak = match.re is _DASHED
    return Label(match["name"], start, match.end("name"), match.end(), style, title, stamp, bold, weak)


def read_name_line(line: Mapped) -> Label | None:
    """A line that holds nothing but a name, with a title or a time stamp behind it; the words stand below."""
    text = line.text
    match = _ABOVE.fullmatch(text) if not text.endswith((".", "…")) else None
    if match is None or not name_shaped(match["name"]):
        return None
    if match["comma"] and not _is_title(match["comma"]):
        return None
    title, stamp = _title(match, "")
    return Label(match["name"], 0, match.end("name"), len(text), "above", title, stamp, line.wholly("bold"))


def _title(match: re.Match[str], stamp: str) -> tuple[str, str]:
    title = (match["paren"] or match["comma"] or "").strip()
    stamp = match["stamp"] or stamp
    if STAMP_ONLY.fullmatch(title):
        title, stamp = "", title
    return title, stamp.strip("[]()<>")


def _is_title(text: str) -> bool:
    """A title behind a comma is a phrase, no clause: no full stop in it, few words."""
    return len(text.split()) <= 10 and not re.search(r"[a-z]\.\s", text)
