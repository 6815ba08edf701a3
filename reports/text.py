"""The report for a terminal: what matters at a glance, with both passages, and what was not looked at."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence

from audit.reports.decided import told_of
from audit.reports.order import reading_order
from audit.reports.terminal import one_line

from audit.records import Evidence, Finding, Place, SpeakerCoverage
from audit.records.findings import SEVERITIES, Severity
from audit.records.report import InputInfo, Report

WIDTH = 100
SYMBOLS: dict[Severity, str] = {"error": "✖", "warning": "▲", "note": "●"}
_COLORS: dict[Severity, str] = {"error": "1;31", "warning": "1;33", "note": "36"}
_LOOKED_UP = 3  # statements of the queue
_LONGEST = 600  # characters of a passage that are shown; the report in HTML shows all


class _Paint:
    """Colours words, or leaves them alone."""

    def __init__(self, on: bool) -> None:
        self._on = on

    def __call__(self, code: str, words: str) -> str:
        return f"\x1b[{code}m{words}\x1b[0m" if self._on else words


def render_text(report: Report, *, color: bool = False, width: int = WIDTH) -> str:
    """The report in plain words. Errors and warnings in full, notes on a line each.

    Control characters of the texts are written out; only `color` puts escape sequences into the result.
    """
    paint = _Paint(color)
    width = max(width, 40)
    found = [finding for finding in reading_order(report.findings) if finding.status == "open" and finding.shown]
    lines: list[str] = []
    for finding in found:
        if finding.severity != "note":
            lines += [*_in_full(finding, paint, width), ""]
    notes = [finding for finding in found if finding.severity == "note"]
    if notes:
        lines += [paint("1", "Notes"), *(_in_short(finding, paint, width) for finding in notes), ""]
    lines += _set_aside(report, paint, width)
    lines += _diagnostics(report, width)
    lines += _summary(report, found, paint, width)
    return "\n".join(lines) + "\n"


def _in_full(finding: Finding, paint: _Paint, width: int) -> Iterator[str]:
    word = paint(_COLORS[finding.severity], f"{SYMBOLS[finding.severity]} {finding.severity}")
    yield f"{_spot(finding.evidence[0].place)}: {word} {paint('1', finding.rule)} ({finding.confidence} confidence)"
    yield from wrapped(finding.message, width, "  ")
    for evidence in finding.evidence:
        yield from _passage(evidence, paint, width)
    for reason in finding.why:
        yield from wrapped(reason, width, "    why: ", " " * 9)
    yield from wrapped(finding.clear, width, "    clears it: ", " " * 15)
    yield from _told(finding, width)


def _in_short(finding: Finding, paint: _Paint, width: int) -> str:
    word = paint(_COLORS["note"], f"{SYMBOLS['note']} note")
    head = f"{_spot(finding.evidence[0].place)}: {word} {paint('1', finding.rule)}"
    message = wrapped(finding.message, width, "  ")
    return "\n".join((head, *message, *_quoted(finding.evidence[0], paint, width), *_told(finding, width)))


def _told(finding: Finding, width: int) -> list[str]:
    """What somebody decided about a finding that is open."""
    said = told_of(finding.status, finding.decision, finding.reopened, finding.status_reason)
    return wrapped(said, width, "    decision: ", " " * 14) if said else []


def _set_aside(report: Report, paint: _Paint, width: int) -> list[str]:
    """Findings that are not open, a line each."""
    settled = [f for f in reading_order(report.findings) if f.status != "open" and f.shown]
    if not settled:
        return []
    lines = []
    for finding in settled:
        said = told_of(finding.status, finding.decision, finding.reopened, finding.status_reason)
        lines += wrapped(f"{_spot(finding.evidence[0].place)}: {finding.rule}, {said}", width, "  ", "    ")
    return [paint("1", "Set aside"), *lines, ""]


def _passage(evidence: Evidence, paint: _Paint, width: int) -> Iterator[str]:
    label = one_line(evidence.label)
    speaker = one_line(evidence.speaker)
    who = f", {speaker}" if speaker and speaker not in label else ""
    yield f"    {paint('4', label + who)}  {paint('2', _spot(evidence.place))}"
    yield from _quoted(evidence, paint, width)


def _quoted(evidence: Evidence, paint: _Paint, width: int) -> Iterator[str]:
    text = one_line(evidence.place.text)
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST].rsplit(' ', 1)[0]} […]"
    for line in wrapped(text, width - 6, ""):
        yield f"    {paint('2', '│')} {line}"


def _spot(place: Place) -> str:
    return f"{one_line(place.path)}:{place.line}:{place.column}"


def wrapped(text: str, width: int, first: str, rest: str | None = None) -> list[str]:
    """A text in lines of a width, safe for a terminal; `first` and `rest` are what its lines begin with."""
    rest = first if rest is None else rest
    return textwrap.wrap(
        one_line(text), width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
    ) or [first.rstrip()]


# --- What the run looked at -------------------------------------------------------------------------------------------


def _diagnostics(report: Report, width: int) -> list[str]:
    if not report.diagnostics:
        return []
    lines = ["Notices"]
    for diagnostic in report.diagnostics:
        lines += wrapped(str(diagnostic), width, "  ! " if diagnostic.fatal else "  - ", "    ")
    return [*lines, ""]


def _summary(report: Report, found: Sequence[Finding], paint: _Paint, width: int) -> list[str]:
    articles = [info for info in report.inputs if info.role == "article"]
    sources = [info for info in report.inputs if info.role == "source"]
    lines = [paint("1", "Coverage")]
    lines += wrapped("articles: " + (_listed(articles) or "none"), width, "  ", "    ")
    lines += wrapped("sources: " + (_listed(sources) or "none"), width, "  ", "    ")
    lines += _speaker_table(report.coverage.speakers, width)
    for note in report.coverage.notes:
        lines += wrapped(note, width, "  - ", "    ")
    lines += _to_look_up(report, width)
    return [*lines, "", *wrapped(_verdict(report, found, bool(articles)), width, "")]


def _to_look_up(report: Report, width: int) -> list[str]:
    """One line: how many statements only the outside world can settle, and the first few of them."""
    queue = report.to_check
    if not queue.total:
        return []
    first = "; ".join(f"{one_line(item.look_up)} ({item.place.line})" for item in queue.items[:_LOOKED_UP])
    count = _counted(queue.total, "statement")
    return wrapped(f"to look up outside these texts: {count}; first (line): {first}", width, "  ", "    ")


def _listed(inputs: Sequence[InputInfo]) -> str:
    parts = []
    for info in inputs:
        part = f", part {info.part} of {info.parts}" if info.parts > 1 else ""
        complete = ", complete record" if info.complete else ""
        parts.append(f"{info.path} ({info.words:,} words{part}{complete})")
    return "; ".join(parts)


def _speaker_table(rows: Sequence[SpeakerCoverage], width: int) -> list[str]:
    """Speaker, how many of the quotations were compared, where or why not."""
    if not rows:
        return []
    names = [one_line(row.speaker) or "no speaker named" for row in rows]
    first = min(max(len(name) for name in names), 40)
    lines = []
    for name, row in zip(names, rows, strict=True):
        count = f"{row.checked} of {row.quotations} compared"
        where = row.reason or ", ".join(row.sources)
        head = f"  {name[:first]:<{first}}  {count:<18}"
        lines += wrapped(where, width, f"{head}  ", " " * (first + 24)) if where else [head.rstrip()]
    return lines


def _verdict(report: Report, found: Sequence[Finding], articles: bool) -> str:
    """The last line: how many findings, and how far the comparison went. Silence is never called proof."""
    if not articles:
        return "No article could be read: nothing was audited."
    counts = Counter(finding.severity for finding in found)
    said = ", ".join(_counted(counts[severity], severity) for severity in SEVERITIES if counts[severity])
    coverage = report.coverage
    if coverage.quotations == 0:
        compared = "There were no quotations to compare with a source."
    elif coverage.checked == 0:
        compared = f"None of {_counted(coverage.quotations, 'quotation')} was compared with a source."
    else:
        verb = "was" if coverage.checked == 1 else "were"
        compared = (
            f"{coverage.checked} of {_counted(coverage.quotations, 'quotation')} {verb} compared with a source"
            + (f"; {coverage.unchecked} could not be." if coverage.unchecked else ".")
        )
    failed = sum(check.status == "failed" for check in report.checks)
    trouble = f" {_counted(failed, 'rule')} failed." if failed else ""
    settled = sum(finding.status != "open" and finding.shown for finding in report.findings)
    aside = f"; {settled} set aside" if settled else ""
    return f"{said[:1].upper() + said[1:] or 'No findings'}{aside}. {compared}{trouble}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
