"""What is shown for a finding under the pointer, as Markdown or as plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from lsprotocol import types

from audit.lsp.positions import holds
from audit.lsp.view import Marked, View
from audit.records import Evidence
from audit.reports.terminal import clipped

LONGEST = 600  # characters of a passage; the report has all
# What begins emphasis, code, links, pictures, tags and entities. Entities instead of backslashes would be seen as they
# are written in editors that show Markdown in a terminal.
_SIGNS = re.compile(r"[\\`*_\[\]<~]|&(?=#?\w+;)")
# What editors make links of without any sign: addresses with a scheme, bare hosts, mail addresses.
_BARE = re.compile(r"(?<=\w)(?=://)|(?<=www)(?=\.)|(?=@)", re.IGNORECASE)

Escape = Callable[[str], str]


def hover_at(view: View, position: types.Position, *, markdown: bool) -> types.Hover | None:
    """All findings at a position, one below the other; None where there are none."""
    here = [marked for marked in view.marked if holds(marked.range, position)]
    if not here:
        return None
    kind = types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText
    parts = (_finding(view, marked, markdown=markdown) for marked in here)
    rule = "\n\n---\n\n" if markdown else "\n\n"
    return types.Hover(types.MarkupContent(kind, rule.join(parts)), here[0].range)


def escaped(text: str) -> str:
    """A text that stays text in Markdown: no emphasis, link, picture, tag or command comes of it.

    It is on one line, and has to stand behind other words of it: signs that count only at the start of a line stay.
    """
    return _BARE.sub(r"\\", _SIGNS.sub(r"\\\g<0>", text))


def _finding(view: View, marked: Marked, *, markdown: bool) -> str:
    finding = marked.finding
    write: Escape = escaped if markdown else str
    strong = "**{}**" if markdown else "{}"
    rule = view.rule(finding.rule)
    return "\n\n".join(
        (
            strong.format(f"{finding.severity}, {finding.confidence} confidence: {write(finding.rule)}")
            + f" — {write(clipped(finding.message, LONGEST))}",
            *_passages(view, (marked.main, *view.others(finding)), strong, write),
            *(f"Why: {write(clipped(reason, LONGEST))}" for reason in finding.why),
            f"Clears it: {write(clipped(finding.clear, LONGEST))}",
            *([f"The rule: {write(clipped(rule.summary, LONGEST))}"] if rule is not None else []),
        )
    )


def _passages(view: View, evidence: Iterable[Evidence], strong: str, write: Escape) -> Iterable[str]:
    for one in evidence:
        speaker = f", {one.speaker}" if one.speaker and one.speaker not in one.label else ""
        head = strong.format(write(clipped(f"{one.label}{speaker}", LONGEST)))
        yield f"{head} ({write(clipped(view.spot(one), LONGEST))}): {write(clipped(one.place.text, LONGEST))}"
