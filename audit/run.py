"""One run: read, annotate, extract, compare, apply the rules, and say what was found and what was not looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from audit import __version__
from audit.checks import RuleRun, run_rules
from audit.compare.contradiction import find_conflicts
from audit.compare.figures import match_figures
from audit.compare.links import match_links
from audit.compare.positions import Positions, match_positions
from audit.compare.quotes import match_quotations
from audit.compare.reactions import find_reactions
from audit.compare.reckoning import reckon
from audit.compare.statements import match_statements
from audit.compare.suggestions import match_suggestions
from audit.compare.support import match_support
from audit.compare.worth import check_queue
from audit.config import Settings
from audit.coverage import coverage_of
from audit.extract.annotate import MODEL_VERSION, MODELS, Annotator
from audit.extract.identities import link_people
from audit.extract.pipeline import Prepared, extract
from audit.fingerprint import fingerprints
from audit.inputs import Inputs, read_inputs
from audit.loading.cache import Store
from audit.merge import merge
from audit.progress import Progress
from audit.records import CheckQueue, Diagnostic, Document, DocumentRecords, Dossier, Draft, Finding, Place, Turn
from audit.records.findings import CONFIDENCES
from audit.records.report import BlockInfo, InputInfo, Report, RuleInfo, Run, Tool
from audit.rules.base import Rule
from audit.rules.registry import ALL_RULES

Warn = Callable[[str], None]


@dataclass
class _State:
    """What a run has so far."""

    settings: Settings
    rules: Sequence[type[Rule]]
    progress: Progress
    diagnostics: list[Diagnostic] = field(default_factory=list)
    prepared: dict[str, Prepared] = field(default_factory=dict)  # by the document's key


def run(
    settings: Settings,
    *,
    rules: Sequence[type[Rule]] = ALL_RULES,
    progress: Progress | None = None,
    warn: Warn | None = None,
) -> Report:
    """Read and audit every article of the settings with its sources.

    Nothing that is wrong with a file, a rule or the cache stops the run: files become diagnostics, rules become failed
    checks, and trouble with the cache is told to `warn`.
    """
    progress = progress or Progress()
    store = _open_store(settings, warn)
    try:
        progress.step("reading")
        return audit(read_inputs(settings), settings, Annotator(store), rules=rules, progress=progress)
    finally:
        progress.done()
        if store is not None:
            store.close()


def audit(
    inputs: Inputs,
    settings: Settings,
    annotator: Annotator,
    *,
    rules: Sequence[type[Rule]] = ALL_RULES,
    progress: Progress | None = None,
) -> Report:
    """Audit texts that are in memory. An annotator that is used again keeps its model loaded."""
    state = _State(settings, rules, progress or Progress(), list(inputs.diagnostics))
    _prepare_all(state, inputs, annotator)
    dossiers = [d for article in inputs.articles if (d := _dossier(state, inputs, article)) is not None]
    return _report(state, inputs, dossiers, run_rules(rules, dossiers, settings, state.progress))


def _open_store(settings: Settings, warn: Warn | None) -> Store | None:
    return Store(settings.cache_folder / "annotations", warn) if settings.cache_folder is not None else None


def _prepare_all(state: _State, inputs: Inputs, annotator: Annotator) -> None:
    for document in (*inputs.articles, *inputs.sources):
        state.progress.step(f"analysing {document.path}")
        try:
            annotated = annotator.annotate(document)
            state.prepared[document.key] = Prepared(extract(annotated, state.settings.house.titles), annotated)
        except Exception as error:  # a fault of ours in one file must not cost the others their audit
            state.diagnostics.append(_internal(document.path, "the text could not be analysed", error))


def _internal(path: str, what: str, error: Exception) -> Diagnostic:
    words = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    return Diagnostic(
        code="internal", path=path, message=f"{what} ({words})", action="this is a fault of copydesk; please report it"
    )


def _dossier(state: _State, inputs: Inputs, article: Document) -> Dossier | None:
    """An article with everything it is held against; None when the article could not be analysed."""
    own = state.prepared.get(article.key)
    if own is None:
        return None
    state.progress.step(f"comparing {article.path}")
    sources = [state.prepared[s.key] for s in inputs.sources_of(article) if s.key in state.prepared]
    records = tuple(source.records for source in sources)
    profile = state.settings.policy(article.path).profile
    try:
        identities = link_people((own.records, *records))
        matches, coverage = match_quotations(own, sources, identities, profile)
        positions = Positions(own.records, records, identities)
        position_matches, link_matches = match_positions(positions), match_links(positions)
        statement_matches = match_statements(own.records, records, identities)
        support, reactions = match_support(own, sources), find_reactions(own)
        conflicts = find_conflicts(own.records, records, identities)
        figure_matches, reckonings = match_figures(own.records, records, statement_matches), reckon(own.records)
        suggestion_matches = match_suggestions(own.records, records, identities)
    except Exception as error:  # the rules that need no comparison still run
        state.diagnostics.append(_internal(article.path, "the article could not be compared with its sources", error))
        return Dossier(own.records, records, profile=profile, house=state.settings.house)
    return Dossier(
        own.records,
        records,
        identities,
        quote_matches=matches,
        position_matches=tuple(position_matches),
        link_matches=tuple(link_matches),
        statement_matches=tuple(statement_matches),
        support=tuple(support),
        reactions=tuple(reactions),
        conflicts=tuple(conflicts),
        figure_matches=tuple(figure_matches),
        reckonings=tuple(reckonings),
        suggestion_matches=tuple(suggestion_matches),
        coverage=coverage,
        profile=profile,
        house=state.settings.house,
    )


# --- The report -------------------------------------------------------------------------------------------------------


def _report(state: _State, inputs: Inputs, dossiers: Sequence[Dossier], done: RuleRun) -> Report:
    documents = [*inputs.articles, *inputs.sources]
    drafts = merge(done.drafts, _in_article(inputs))
    records = [state.prepared[document.key].records for document in documents if document.key in state.prepared]
    findings = _findings(drafts, state, _in_article(inputs))
    return Report(
        tool=Tool(version=__version__),
        run=Run(profile=state.settings.profile, rules=_rule_infos(state.rules), model=f"{MODELS[0]} {MODEL_VERSION}"),
        inputs=tuple(_input_info(document, documents, state.prepared.get(document.key)) for document in documents),
        claims=tuple(claim for of_document in records for claim in of_document.claims),
        matches=tuple(match for dossier in dossiers for match in dossier.quote_matches),
        findings=findings,
        coverage=coverage_of(dossiers, done.checks, findings),
        checks=done.checks,
        to_check=_to_check(dossiers),
        diagnostics=tuple(state.diagnostics),
    )


def _to_check(dossiers: Sequence[Dossier]) -> CheckQueue:
    """The queues of all articles in one: the first of each, then the second of each, and so on."""
    queues = [check_queue(dossier) for dossier in dossiers]
    items = sorted((item for queue in queues for item in queue.items), key=lambda item: item.rank)
    return CheckQueue(items=tuple(items), total=sum(queue.total for queue in queues))


def _findings(drafts: Sequence[Draft], state: _State, in_article: Callable[[Place], bool]) -> tuple[Finding, ...]:
    rules = {rule.id: rule for rule in state.rules}

    def is_shown(draft: Draft) -> bool:
        path = next((one.place.path for one in draft.evidence if in_article(one.place)), "")
        policy = state.settings.policy(path)
        sure = CONFIDENCES.index(draft.confidence) <= CONFIDENCES.index(policy.confidence)
        return sure and (policy.preview or not rules[draft.rule].preview)

    return tuple(
        Finding(
            **{name: getattr(draft, name) for name in Draft.model_fields},
            id=f"f{number}",
            fingerprint=mark,
            family=rules[draft.rule].family,
            preview=rules[draft.rule].preview,
            shown=is_shown(draft),
        )
        for number, (draft, mark) in enumerate(zip(drafts, fingerprints(drafts), strict=True), start=1)
    )


def _rule_infos(rules: Sequence[type[Rule]]) -> tuple[RuleInfo, ...]:
    return tuple(
        RuleInfo(id=rule.id, family=rule.family, summary=rule.summary(), explanation=rule.text()) for rule in rules
    )


def _in_article(inputs: Inputs) -> Callable[[Place], bool]:
    extents = [(d.path, *_extent(d, [*inputs.articles, *inputs.sources])) for d in inputs.articles]

    def test(place: Place) -> bool:
        return any(place.path == path and start <= place.start < end for path, start, end in extents)

    return test


def _extent(document: Document, documents: Sequence[Document]) -> tuple[int, int]:
    """Where a part begins and ends in its file: from its first character to the first one of the next part."""
    behind = [
        other.starts[0]
        for other in documents
        if other.path == document.path and other.sha256 == document.sha256 and other.part == document.part + 1
        and document.parts > 1 and len(other.starts)
    ]  # fmt: skip
    start = document.starts[0] if document.part > 1 and len(document.starts) else 0
    return start, behind[0] if behind else len(document.raw)


def _input_info(document: Document, documents: Sequence[Document], prepared: Prepared | None) -> InputInfo:
    start, end = _extent(document, documents)
    return InputInfo(
        path=document.path,
        role=document.role,
        format=document.format,
        sha256=document.sha256,
        key=document.key,
        part=document.part,
        parts=document.parts,
        start=start,
        end=end,
        title=_title(document),
        date=document.meta.date.isoformat() if document.meta.date is not None else None,
        speakers=_speakers(document, prepared.records if prepared is not None else None),
        complete=document.meta.complete,
        words=sum(len(document.block_text(block).split()) for block in document.blocks if block.kind != "boilerplate"),
        blocks=tuple(_block_infos(document)),
        text=document.raw[start:end],
    )


def _title(document: Document) -> str | None:
    headline = next((document.block_text(b) for b in document.blocks if b.kind == "headline"), "")
    return document.meta.title or " ".join(headline.split()) or None


def _speakers(document: Document, records: DocumentRecords | None) -> tuple[str, ...]:
    if records is not None:
        names = [turn.speaker.name for turn in records.of(Turn)]
    else:
        names = [turn.name for turn in document.turns]
    return tuple(dict.fromkeys(name for name in names if name))


def _block_infos(document: Document) -> list[BlockInfo]:
    infos = []
    for block in document.blocks:
        if block.start >= block.end:
            continue
        start, end = document.raw_span(block.start, block.end)
        speaker = document.turns[block.turn].name if block.turn is not None else ""
        infos.append(BlockInfo(kind=block.kind, start=start, end=end, level=block.level, speaker=speaker))
    return infos
