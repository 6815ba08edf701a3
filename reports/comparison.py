"""What became of the findings between two reports, for a terminal and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

from audit.reports.contract import encodable
from audit.reports.decided import told_of
from audit.reports.terminal import one_line
from audit.reports.text import SYMBOLS, WIDTH, wrapped

from audit.records.comparison import GROUPS, Compared, ComparedPassage, Comparison, Group

TITLES: dict[Group, str] = {
    "new": "New",
    "reopened": "Reopened",
    "changed": "Changed",
    "still_open": "Still open",
    "unchecked": "Not checked any more",
    "dismissed": "Set aside since",
    "fixed": "Fixed",
}
_IN_FULL: tuple[Group, ...] = ("new", "reopened", "changed")
_LONGEST = 300  # characters of a passage that are shown


def render_comparison_json(comparison: Comparison) -> str:
    """One JSON object with a line end behind it. Raises CopydeskError where it holds what UTF-8 cannot carry."""
    values = comparison.model_dump(mode="json", by_alias=True)
    return encodable(json.dumps(values, indent=1, ensure_ascii=False, allow_nan=False) + "\n")


def render_comparison_text(comparison: Comparison, *, width: int = WIDTH) -> str:
    """The comparison in plain words: what asks for attention in full, the rest on a line each."""
    lines: list[str] = []
    for name in GROUPS:
        found = comparison.group(name)
        if found:
            lines.append(f"{TITLES[name]} ({len(found)})")
            for finding in found:
                lines += _in_full(finding, width) if name in _IN_FULL else _in_short(finding, width)
            lines.append("")
    for note in comparison.notes:
        lines += wrapped(note, width, "- ", "  ")
    return "\n".join([*lines, *wrapped(summary(comparison), width, "")]) + "\n"


def render_comparison_html(comparison: Comparison) -> str:
    """One HTML file in the style of the report. The same comparison gives the same bytes."""
    from audit.reports.html import render_plain

    groups = [
        {"id": name, "title": TITLES[name], "findings": comparison.group(name), "is_quiet": name not in _IN_FULL}
        for name in GROUPS
    ]
    new = comparison.new_report
    title = new.title or ", ".join(new.articles) or "no article"
    return render_plain(
        "comparison.html.j2",
        comparison=comparison,
        groups=groups,
        title=title,
        summary=summary(comparison),
        told=told_of,
    )


def summary(comparison: Comparison) -> str:
    """One sentence: how many findings are in each group. Silence is never called proof."""
    counts = [(len(comparison.group(name)), TITLES[name].lower()) for name in GROUPS]
    told = ", ".join(f"{count} {words}" for count, words in counts if count) or "no finding is open in either report"
    return f"{told[:1].upper()}{told[1:]}."


def spot_of(finding: Compared) -> str:
    """Where a finding stands: its first passage in an article, or the first of all."""
    place = next((p for p in finding.passages if p.side == "article"), finding.passages[0])
    return f"{one_line(place.path)}:{place.line}:{place.column}"


def _head(finding: Compared) -> str:
    return f"{spot_of(finding)}: {SYMBOLS[finding.severity]} {finding.severity} {one_line(finding.rule)}"


def _in_full(finding: Compared, width: int) -> Iterator[str]:
    yield f"  {_head(finding)} ({finding.confidence} confidence)"
    yield from wrapped(finding.message, width, "    ")
    for passage in finding.before:
        yield from _passage(passage, "before, ", width)
    for passage in finding.passages:
        yield from _passage(passage, "", width)
    said = told_of(finding.status, finding.decision, finding.reopened)
    if said:
        yield from wrapped(said, width, "      decision: ", " " * 16)


def _passage(passage: ComparedPassage, prefix: str, width: int) -> Iterator[str]:
    speaker = one_line(passage.speaker)
    label = one_line(passage.label)
    who = f", {speaker}" if speaker and speaker not in label else ""
    yield f"      {prefix}{label}{who}  {one_line(passage.path)}:{passage.line}:{passage.column}"
    text = one_line(passage.words)
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST].rsplit(' ', 1)[0]} […]"
    yield from (f"      │ {line}" for line in wrapped(text, width - 8, ""))


def _in_short(finding: Compared, width: int) -> list[str]:
    told = finding.reason or told_of(finding.status, finding.decision, finding.reopened) or finding.message
    return wrapped(f"{_head(finding)}: {told}", width, "  ", "    ")
