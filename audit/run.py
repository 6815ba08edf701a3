"""One run: open the texts, examine what is not known of them, and say what was found and what was not looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

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
    session = Session(settings.cache_folder, warn)
    try:
        progress.step("reading")
        return carry_out(session.plan(settings, rules), progress)
    finally:
        progress.done()
        session.close()


class Session:
    """What may stay open from one run to the next: the language model, and the cache with what is known."""

    def __init__(self, cache_folder: Path | None, warn: Warn | None = None) -> None:
        self._stores = _open_stores(cache_folder, warn)
        self._annotator = Annotator(self._stores.annotations if self._stores is not None else None)

    def plan(self, settings: Settings, rules: Rules | None = None) -> Work:
        """The texts of a run, opened as far as planning needs it; without `rules`, for all that there are."""
        kept = None
        if self._stores is not None:
            state = rules_state(settings.rule_paths) if rules is None else None
            kept = Kept(self._stores.results, state, settings.house)
        inputs = plan_inputs(settings, text_opener(settings, kept))
        return Work(settings, inputs, self._annotator, _loader(settings, rules), kept)

    def close(self) -> None:
        """Let go of the cache."""
        if self._stores is not None:
            self._stores.annotations.close()
            self._stores.results.close()


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
    return carry_out(Work(settings, planned, annotator, _loader(settings, rules)), progress or Progress())


def _loader(settings: Settings, rules: Rules | None) -> Callable[[], Rules]:
    return partial(load_rules, settings.rule_paths) if rules is None else lambda: rules


@dataclass(frozen=True)
class _Stores:
    annotations: Store
    results: Store


def _open_stores(folder: Path | None, warn: Warn | None) -> _Stores | None:
    if folder is None:
        return None
    return _Stores(Store(folder / "annotations", warn), Store(results_folder(folder), warn))


def _planned_anew(settings: Settings) -> Work:
    """A run planned again in a process of its own, which takes its session with it when it ends."""
    return Session(settings.cache_folder).plan(settings)


def carry_out(work: Work, progress: Progress) -> Report:
    """Examine what is not known of a run's texts, and report."""
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
    if processes > 1:
        finished = share(work, articles, processes, partial(_planned_anew, work.settings))
    else:
        numbers = {at: number for number, at in enumerate(articles, start=1)}
        finished = work.examine(articles, partial(_tell, progress, numbers))
    for done, result in enumerate(finished, start=1):
        progress.step(f"{done} of {len(articles)} articles are done")
        yield result.dossier, result.texts


def _tell(progress: Progress, numbers: Mapping[int, int], at: int, words: str) -> None:
    """Say what is being done, and for which of several articles."""
    progress.step(f"{numbers[at]} of {len(numbers)}: {words}" if len(numbers) > 1 else words)


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
