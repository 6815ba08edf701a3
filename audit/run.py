"""One run: open the texts, examine what is not known of them, and say what was found and what was not looked at."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from audit import __version__
from audit.catalogue import Catalogue, catalogue_of
from audit.checks import summed_up
from audit.config import Settings
from audit.coverage import coverage_of
from audit.extract.annotate import MODEL_VERSION, MODELS, Annotator
from audit.fingerprint import fingerprints
from audit.inputs import Inputs, plan_inputs
from audit.kept import Kept, results_folder
from audit.loading.cache import Store
from audit.merge import merge
from audit.opening import text_opener
from audit.own_rules import load_rules, rules_state
from audit.progress import Progress
from audit.records import Check, CheckQueue, Document, Draft, Finding, Place
from audit.records.findings import CONFIDENCES
from audit.records.report import InputInfo, Report, Run, Tool
from audit.results import DossierResult, TextResult
from audit.rules.base import Rule
from audit.texts import Text, texts_of
from audit.work import Work, process_count, share

Warn = Callable[[str], None]
Rules = Sequence[type[Rule]]


@dataclass(frozen=True)
class _Examined:
    """What is known of every text, by its key, and of every article, in their order."""

    texts: dict[str, TextResult]
    dossiers: tuple[DossierResult, ...]


def run(
    settings: Settings, *, rules: Rules | None = None, progress: Progress | None = None, warn: Warn | None = None
) -> Report:
    """Read and audit every article of the settings with its sources; without `rules`, by all that there are.

    Nothing that is wrong with a file, a rule or the cache stops the run: files become diagnostics, rules become failed
    checks, and trouble with the cache is told to `warn`.
    """
    progress = progress or Progress()
    try:
        with _stores(settings, warn) as (annotations, results):
            progress.step("reading")
            return _carry_out(_planned(settings, rules, annotations, results), progress)
    finally:
        progress.done()


def audit(
    inputs: Inputs[Document],
    settings: Settings,
    annotator: Annotator,
    *,
    rules: Rules | None = None,
    progress: Progress | None = None,
) -> Report:
    """Audit texts that are in memory, in this process. An annotator that is used again keeps its model loaded."""
    texts = {text.key: text for text in texts_of(inputs.texts)}
    planned = Inputs(
        [texts[document.key] for document in inputs.articles],
        [texts[document.key] for document in inputs.sources],
        inputs.own,
        inputs.diagnostics,
    )
    return _carry_out(Work(settings, planned, annotator, _loader(settings, rules)), progress or Progress())


def _loader(settings: Settings, rules: Rules | None) -> Callable[[], Rules]:
    return partial(load_rules, settings.rule_paths) if rules is None else lambda: rules


@contextlib.contextmanager
def _stores(settings: Settings, warn: Warn | None) -> Iterator[tuple[Store | None, Store | None]]:
    """Where annotations and results are kept, as long as the run lasts."""
    folder = settings.cache_folder
    if folder is None:
        yield None, None
        return
    annotations, results = Store(folder / "annotations", warn), Store(results_folder(folder), warn)
    try:
        yield annotations, results
    finally:
        annotations.close()
        results.close()


def _planned(settings: Settings, rules: Rules | None, annotations: Store | None, results: Store | None) -> Work:
    """The texts of the run, opened as far as planning needs it."""
    state = rules_state(settings.rule_paths) if rules is None else None
    kept = Kept(results, state, settings.house) if results is not None else None
    inputs = plan_inputs(settings, text_opener(settings, kept))
    return Work(settings, inputs, Annotator(annotations), _loader(settings, rules), kept)


def _planned_anew(settings: Settings, rules: Rules | None) -> Work:
    """The same in a process of its own, whose stores close when it ends."""
    folder = settings.cache_folder
    if folder is None:
        return _planned(settings, rules, None, None)
    return _planned(settings, rules, Store(folder / "annotations"), Store(results_folder(folder)))


def _carry_out(work: Work, progress: Progress) -> Report:
    catalogue = _catalogue(work)
    return _report(work, catalogue, _examined(work, progress))


def _catalogue(work: Work) -> Catalogue:
    """The facts about the rules of the run; the rules are loaded only where these are not known."""
    known = work.kept.catalogue() if work.kept is not None else None
    if known is not None:
        return known
    catalogue = catalogue_of(work.load_rules())
    if work.kept is not None:
        work.kept.keep_catalogue(catalogue)
    return catalogue


# --- What has to be examined ------------------------------------------------------------------------------------------


def _examined(work: Work, progress: Progress) -> _Examined:
    inputs, texts = work.inputs, dict[str, TextResult]()
    dossiers = [_known_dossier(work, article) for article in inputs.articles]
    new = [at for at, dossier in enumerate(dossiers) if dossier is None]
    for at, (dossier, of_texts) in zip(new, _examine(work, new, progress), strict=True):
        dossiers[at] = dossier
        texts.update(of_texts)
    for text in inputs.texts:
        if text.key not in texts:
            texts[text.key] = _known_text(work, text) or work.text(text)
    return _Examined(texts, tuple(dossier for dossier in dossiers if dossier is not None))


def _known_dossier(work: Work, article: Text) -> DossierResult | None:
    if work.kept is None:
        return None
    return work.kept.dossier(article, work.inputs.sources_of(article), work.settings.policy(article.path))


def _known_text(work: Work, text: Text) -> TextResult | None:
    return work.kept.text(text, claims=work.settings.claims) if work.kept is not None else None


def _examine(
    work: Work, articles: Sequence[int], progress: Progress
) -> Iterator[tuple[DossierResult, dict[str, TextResult]]]:
    """The results of articles, by their numbers and in that order."""
    if not articles:
        return
    processes = process_count(work.settings.processes, len(articles))
    progress.step(f"auditing {_counted(work, articles, 0)}")
    if processes > 1:
        finished = share(work, articles, processes, partial(_planned_anew, work.settings, None))
    else:
        finished = (work.article(at) for at in articles)
    for done, result in enumerate(finished, start=1):
        if done < len(articles):
            progress.step(f"auditing {_counted(work, articles, done)}")
        yield result.dossier, result.texts


def _counted(work: Work, articles: Sequence[int], done: int) -> str:
    path = work.inputs.articles[articles[done]].path
    return f"{path} ({done + 1} of {len(articles)})" if len(articles) > 1 else path


# --- The report -------------------------------------------------------------------------------------------------------


def _report(work: Work, catalogue: Catalogue, examined: _Examined) -> Report:
    texts, dossiers = work.inputs.texts, examined.dossiers
    checks = _checks(catalogue, dossiers)
    in_article = _in_article([article.info for article in work.inputs.articles])
    drafts = merge([draft for result in dossiers for draft in result.drafts], in_article)
    findings = _findings(drafts, work.settings, catalogue, in_article)
    return Report(
        tool=Tool(version=__version__),
        run=Run(
            profile=work.settings.profile,
            rules=tuple(rule.info for rule in catalogue.rules),
            model=f"{MODELS[0]} {MODEL_VERSION}",
        ),
        inputs=tuple(_with_speakers(text.info, examined.texts[text.key]) for text in texts),
        claims=tuple(claim for text in texts for claim in examined.texts[text.key].claims),
        matches=tuple(match for result in dossiers for match in result.matches),
        findings=findings,
        coverage=coverage_of(dossiers, checks, findings),
        checks=checks,
        to_check=_to_check(dossiers),
        diagnostics=(
            *work.inputs.diagnostics,
            *(diagnostic for text in texts for diagnostic in examined.texts[text.key].diagnostics),
            *(diagnostic for result in dossiers for diagnostic in result.diagnostics),
        ),
    )


def _checks(catalogue: Catalogue, dossiers: Sequence[DossierResult]) -> tuple[Check, ...]:
    """One check for each rule, whatever the number of articles."""
    outcomes: dict[str, list[Check]] = {rule.id: [] for rule in catalogue.rules}
    for result in dossiers:
        for check in result.checks:
            outcomes[check.rule].append(check)
    return tuple(summed_up(rule, of_rule) for rule, of_rule in outcomes.items())


def _with_speakers(info: InputInfo, result: TextResult) -> InputInfo:
    return info.model_copy(update={"speakers": result.speakers})


def _to_check(dossiers: Sequence[DossierResult]) -> CheckQueue:
    """The queues of all articles in one: the first of each, then the second of each, and so on."""
    queues = [result.to_check for result in dossiers]
    items = sorted((item for queue in queues for item in queue.items), key=lambda item: item.rank)
    return CheckQueue(items=tuple(items), total=sum(queue.total for queue in queues))


def _findings(
    drafts: Sequence[Draft], settings: Settings, catalogue: Catalogue, in_article: Callable[[Place], bool]
) -> tuple[Finding, ...]:
    rules = {rule.id: rule for rule in catalogue.rules}

    def is_shown(draft: Draft) -> bool:
        path = next((one.place.path for one in draft.evidence if in_article(one.place)), "")
        policy = settings.policy(path)
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


def _in_article(articles: Sequence[InputInfo]) -> Callable[[Place], bool]:
    extents: dict[str, list[tuple[int, int]]] = {}
    for info in articles:
        extents.setdefault(info.path, []).append((info.start, info.end))

    def test(place: Place) -> bool:
        return any(start <= place.start < end for start, end in extents.get(place.path, ()))

    return test
