"""What stands on the page of a report, worked out before anything is rendered."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from audit.reports.annotated import AnnotatedText, Numbered, annotate
from audit.reports.articles import ArticleRow, article_rows
from audit.reports.counting import counted
from audit.reports.decide import DecisionView, decision_view, finding_data, state_of
from audit.reports.figures import FigureRow, figure_rows
from audit.reports.inputs import Inputs, InputText
from audit.reports.order import numbered
from audit.reports.passages import Sides, sides_of
from audit.reports.people import PersonRow, people_rows
from audit.reports.ruletext import RuleText, rule_text
from audit.reports.timeline import Timeline, timeline
from audit.reports.verdicts import OUTCOMES, Outcome

from audit.records import CheckItem, Finding, Quotation, QuoteMatch, SpeakerCoverage
from audit.records.findings import SEVERITIES, Check, Diagnostic
from audit.records.report import Report

_MANY_FINDINGS, _MANY_BLOCKS = 100, 1500
_RELATED = 6  # findings about the same words that a finding names


@dataclass(frozen=True)
class FindingView:
    """A finding with its number on the page, its passages and its rule.

    `state` is its status, or "confirmed" or "reopened" where it is open and somebody decided about it. `related` are
    the numbers and fingerprints of others about the same words.
    """

    number: int
    finding: Finding
    sides: Sides
    rule: RuleText | None
    state: str
    decision: DecisionView | None
    related: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Tally:
    """How many open findings there are of a severity, and where the first one stands."""

    severity: str
    count: int
    anchor: str


@dataclass(frozen=True)
class InputView:
    """An input as the tables list it."""

    text: InputText
    lines: tuple[int, int]
    link: str  # only for addresses that a browser may open


@dataclass(frozen=True)
class QuotationView:
    """A quotation as the table of quotations lists it."""

    quotation: Quotation
    outcome: Outcome
    reason: str
    passage: str  # where it was found
    anchored: bool  # whether that place can be gone to


@dataclass(frozen=True)
class Unheard:
    """Speakers whose quotations were not compared, for one reason."""

    reason: str
    quotations: int
    speakers: tuple[str, ...]


@dataclass(frozen=True)
class SilentRules:
    """Rules that did not run, for one reason."""

    status: str
    reason: str
    rules: tuple[str, ...]


@dataclass(frozen=True)
class LookUpView:
    """A statement of the queue, with where it stands; `anchor` is its block in the texts below."""

    item: CheckItem
    spot: str
    anchor: str


@dataclass(frozen=True)
class Page:
    """Everything on the page, in the order of the page."""

    report: Report
    title: str
    inputs: tuple[InputView, ...]
    index: tuple[ArticleRow, ...]  # empty where there is one article
    lead: str
    tallies: tuple[Tally, ...]
    verdict: str
    compared: tuple[str, ...]  # what the comparison covered, a sentence each
    trouble: tuple[Diagnostic, ...]  # inputs that could not be used
    notices: tuple[Diagnostic, ...]
    failed: tuple[Check, ...]
    main: tuple[FindingView, ...]  # errors and warnings
    notes: tuple[FindingView, ...]
    settled: tuple[FindingView, ...]  # dismissed, suppressed or in a baseline
    data: dict[str, Any]  # for the page's script
    timeline: Timeline
    people: tuple[PersonRow, ...]
    figures: tuple[FigureRow, ...]
    look_up: tuple[LookUpView, ...]  # what only the outside world can settle
    articles: tuple[AnnotatedText, ...]
    sources: tuple[AnnotatedText, ...]
    quotations: tuple[QuotationView, ...]
    quotation_of: dict[str, QuotationView]
    outcomes: tuple[tuple[Outcome, int], ...]
    speakers: tuple[SpeakerCoverage, ...]
    unheard: tuple[Unheard, ...]  # speakers whose quotations were not compared
    split: tuple[tuple[InputView, ...], ...]  # the parts of each file that holds several texts
    silent: tuple[SilentRules, ...]
    ran: tuple[str, ...]
    rules: tuple[RuleText, ...]

    @property
    def is_long(self) -> bool:
        """Whether a browser should lay out only what is in view: quicker, but links land less exactly."""
        blocks = sum(len(text.blocks) for text in (*self.articles, *self.sources))
        return len(self.main) + len(self.notes) + len(self.settled) > _MANY_FINDINGS or blocks > _MANY_BLOCKS

    @property
    def story(self) -> bool:
        """Whether there is anything to list of people, dates and figures."""
        return bool(self.people or self.timeline.moments or self.timeline.open or self.figures)


def build_page(report: Report) -> Page:
    """The page of a report."""
    inputs = Inputs(report)
    rules = {info.id: rule_text(info) for info in report.run.rules}
    views = _finding_views(report, inputs, rules)
    looked_up = tuple(_quotation_views(report, inputs))
    shown = [view for view in views if view.finding.status == "open"]
    annotated = annotate(inputs, [Numbered(v.number, v.finding) for v in shown], _quotations(report), report.matches)
    listed = tuple(_input_view(text) for text in inputs.all)
    main = tuple(view for view in shown if view.finding.severity != "note")
    notes = tuple(view for view in shown if view.finding.severity == "note")
    return Page(
        report=report,
        title=_title(inputs),
        inputs=listed,
        index=tuple(article_rows([view.finding for view in shown], report, inputs)) if len(inputs.articles) > 1 else (),
        lead=_lead(inputs),
        tallies=tuple(_tallies(shown)),
        verdict=_verdict(inputs, shown),
        compared=tuple(_compared(report)),
        trouble=tuple(d for d in report.diagnostics if d.fatal),
        notices=tuple(d for d in report.diagnostics if not d.fatal),
        failed=tuple(check for check in report.checks if check.status == "failed"),
        main=main,
        notes=notes,
        settled=tuple(view for view in views if view.finding.status != "open"),
        data={"findings": [finding_data(view.finding, inputs) for view in views]},
        timeline=timeline(report.claims, inputs),
        people=people_rows(report.claims, inputs, report.coverage.speakers),
        figures=figure_rows(report.claims, inputs),
        look_up=tuple(_look_up(item, inputs) for item in report.to_check.items),
        articles=tuple(text for text in annotated if text.text.is_article),
        sources=tuple(text for text in annotated if not text.text.is_article),
        quotations=looked_up,
        quotation_of={view.quotation.id: view for view in looked_up},
        outcomes=tuple(_outcomes(report.matches)),
        speakers=report.coverage.speakers,
        unheard=tuple(_unheard(report.coverage.speakers)),
        split=tuple(_split(listed)),
        silent=tuple(_silent(report.checks)),
        ran=tuple(dict.fromkeys(check.rule for check in report.checks if check.status == "run")),
        rules=tuple(rules.values()),
    )


# --- Findings ---------------------------------------------------------------------------------------------------------


def _finding_views(report: Report, inputs: Inputs, rules: dict[str, RuleText]) -> list[FindingView]:
    """Open findings in reading order, then the others; numbers run through."""
    ordered = [finding for _, finding in numbered(report.findings)]
    related = _related(ordered, inputs)
    return [
        FindingView(
            number=number,
            finding=finding,
            sides=sides_of(finding, inputs),
            rule=rules.get(finding.rule),
            state=state_of(finding),
            decision=decision_view(finding),
            related=tuple((other, ordered[other - 1].fingerprint) for other in sorted(related[number])[:_RELATED]),
        )
        for number, finding in enumerate(ordered, start=1)
    ]


def _related(ordered: Sequence[Finding], inputs: Inputs) -> dict[int, set[int]]:
    """For each number of an open finding those of the others that are about words of an article that it is about."""
    places = sorted(
        (text.info.key, evidence.place.start, evidence.place.end, number)
        for number, finding in enumerate(ordered, start=1)
        if finding.status == "open"
        for evidence in finding.evidence
        if (text := inputs.holding(evidence.place)) is not None and text.is_article
    )
    related: dict[int, set[int]] = defaultdict(set)
    reaching: list[tuple[str, int, int, int]] = []
    for key, start, end, number in places:
        reaching = [other for other in reaching if other[0] == key and other[2] > start]
        for other in reaching:
            if other[3] != number:
                related[number].add(other[3])
                related[other[3]].add(number)
        reaching.append((key, start, end, number))
    return related


def _look_up(item: CheckItem, inputs: Inputs) -> LookUpView:
    text = inputs.holding(item.place)
    if text is None:
        return LookUpView(item, f"{item.place.path}:{item.place.line}", "")
    return LookUpView(item, text.spot(item.place), text.anchor_at(item.place))


def _tallies(shown: Sequence[FindingView]) -> list[Tally]:
    tallies = []
    for severity in SEVERITIES:
        of_kind = [view.finding for view in shown if view.finding.severity == severity]
        anchor = f"#f-{of_kind[0].fingerprint}" if of_kind else ""
        tallies.append(Tally(severity, len(of_kind), anchor))
    return tallies


# --- Words of the summary ---------------------------------------------------------------------------------------------


def _title(inputs: Inputs) -> str:
    articles = inputs.articles
    if len(articles) == 1:
        return articles[0].info.title or articles[0].info.path
    return f"{len(articles)} articles" if articles else "No article"


def _lead(inputs: Inputs) -> str:
    """What was held against what."""
    articles, sources = len(inputs.articles), len(inputs.sources)
    if not articles:
        return ""
    against = f"against {counted(sources, 'source')}" if sources else "no source was supplied"
    if articles == 1:
        return f"The article was held against itself{' and ' if sources else '; '}{against}."
    return f"{articles} articles were held, each against itself{' and ' if sources else '; '}{against}."


def _verdict(inputs: Inputs, shown: Sequence[FindingView]) -> str:
    """What the run comes to, in one sentence. Silence is never called proof."""
    if not inputs.articles:
        return "No article could be read: nothing was audited."
    if not shown:
        return "No findings. That is no verification: no rule had a question about what it could compare."
    return f"{counted(len(shown), 'question')} to settle before publication."


def _compared(report: Report) -> list[str]:
    """How far the comparison went."""
    coverage = report.coverage
    if coverage.quotations == 0:
        return ["The article has no quotations that could be compared with a source."]
    if coverage.checked == 0:
        said = [f"None of the {counted(coverage.quotations, 'quotation')} was compared with a source."]
    else:
        verb = "was" if coverage.checked == 1 else "were"
        said = [
            f"{coverage.checked} of {counted(coverage.quotations, 'quotation')} {verb} compared with what the "
            "speakers say in the sources."
        ]
    if coverage.unchecked and coverage.checked:
        said.append(f"{coverage.unchecked} could not be compared.")
    return said


# --- Coverage ---------------------------------------------------------------------------------------------------------


def _outcomes(matches: Sequence[QuoteMatch]) -> list[tuple[Outcome, int]]:
    """How many quotations had each outcome, in the order of the outcomes."""
    counts = Counter(match.verdict for match in matches)
    return [(outcome, counts[verdict]) for verdict, outcome in OUTCOMES.items() if counts[verdict]]


def _unheard(rows: Sequence[SpeakerCoverage]) -> list[Unheard]:
    reasons: dict[str, list[SpeakerCoverage]] = {}
    for row in rows:
        if row.checked < row.quotations:
            reasons.setdefault(row.reason, []).append(row)
    return [
        Unheard(reason, sum(r.quotations - r.checked for r in of_reason), tuple(r.speaker for r in of_reason))
        for reason, of_reason in reasons.items()
    ]


def _quotations(report: Report) -> dict[str, Quotation]:
    return {claim.id: claim for claim in report.claims if isinstance(claim, Quotation)}


def _quotation_views(report: Report, inputs: Inputs) -> list[QuotationView]:
    quotations = _quotations(report)
    views = []
    for match in report.matches:
        if match.quotation not in quotations:
            continue
        held = [(p, text) for p in match.passages if (text := inputs.holding(p)) is not None]
        found = match.verdict not in ("unchecked", "not-found") and bool(held)
        views.append(
            QuotationView(
                quotation=quotations[match.quotation],
                outcome=OUTCOMES[match.verdict],
                reason=match.reason,
                passage=held[0][1].spot(held[0][0]) if found else "",
                anchored=found,
            )
        )
    return views


def _silent(checks: Sequence[Check]) -> list[SilentRules]:
    reasons: dict[tuple[str, str], list[str]] = {}
    for check in checks:
        if check.status != "run":
            reasons.setdefault((check.status, check.reason), []).append(check.rule)
    return [SilentRules(status, reason, tuple(dict.fromkeys(ids))) for (status, reason), ids in reasons.items()]


def _input_view(text: InputText) -> InputView:
    path = text.info.path
    return InputView(text, text.lines, path if path.lower().startswith(("http://", "https://")) else "")


def _split(listed: Sequence[InputView]) -> list[tuple[InputView, ...]]:
    files: dict[str, list[InputView]] = {}
    for view in listed:
        if view.text.info.parts > 1:
            files.setdefault(view.text.info.path, []).append(view)
    return [tuple(parts) for parts in files.values()]
