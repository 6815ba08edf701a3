"""One article with its sources: read, annotated, extracted, compared, and every rule applied.

Everything heavy is imported here and nowhere above, so that a run over texts that are all known never pays for it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence

from audit.checks import apply_rules
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
from audit.config import House, Policy, Profile
from audit.extract.annotate import Annotator
from audit.extract.identities import link_people
from audit.extract.pipeline import Prepared, extract
from audit.kept import Kept
from audit.records import Diagnostic, DocumentRecords, Dossier, Quotation, Turn
from audit.results import DossierResult, TextResult
from audit.rules.base import Rule
from audit.texts import Text

_HELD = 500_000  # characters of texts that are held ready for the next article; a text takes 250 times its size

Tell = Callable[[str], None]


class Examiner:
    """Examines texts and dossiers; the language model is loaded once, and texts that recur are held ready."""

    def __init__(
        self, annotator: Annotator, rules: Sequence[type[Rule]], house: House, kept: Kept | None = None
    ) -> None:
        self._annotator = annotator
        self._rules = rules
        self._house = house
        self._kept = kept
        self._held: OrderedDict[str, tuple[int, Prepared | Diagnostic]] = OrderedDict()  # by key, with their lengths

    def text(self, text: Text) -> TextResult:
        """What a text claims."""
        prepared = self._prepare(text)
        if isinstance(prepared, Diagnostic):
            return TextResult(speakers=text.info.speakers, diagnostics=(prepared,))
        return _text_result(prepared.records)

    def dossier(self, article: Text, sources: Sequence[Text], policy: Policy, tell: Tell) -> DossierResult:
        """What the rules say of an article with its sources. A text that cannot be analysed is left out.

        `tell` hears what is being done; what it raises ends the work.
        """
        ready = []
        for text in (article, *sources):
            tell(f"analysing {text.path}")
            ready.append(self._prepare(text))
        own, *others = ready
        if isinstance(own, Diagnostic):
            return DossierResult()
        tell(f"comparing {article.path}")
        sound = [one for one in others if isinstance(one, Prepared)]
        dossier, trouble = _compared(own, sound, policy.profile, self._house)
        applied = apply_rules(self._rules, dossier, policy, tell)
        result = DossierResult(
            drafts=applied.drafts,
            checks=applied.checks,
            matches=dossier.quote_matches,
            speakers=dossier.coverage,
            quotations=sum(1 for _ in own.records.of(Quotation)),
            to_check=check_queue(dossier),
            diagnostics=trouble,
        )
        if self._kept is not None:
            self._kept.keep_dossier(article, sources, policy, result)
        return result

    def forget(self, text: Text) -> None:
        """Let go of a text that no other article needs."""
        self._held.pop(text.key, None)

    def _prepare(self, text: Text) -> Prepared | Diagnostic:
        """A text with its claims and tokens, or what went wrong with it."""
        held = self._held.get(text.key)
        if held is not None:
            self._held.move_to_end(text.key)
            return held[1]
        try:
            prepared: Prepared | Diagnostic = self._analysed(text)
        except Exception as error:  # a fault of ours in one file must not cost the others their audit
            prepared = _internal(text.path, "the text could not be analysed", error)
        self._hold(text, prepared)
        return prepared

    def _analysed(self, text: Text) -> Prepared:
        annotated = self._annotator.annotate(text.document)
        known = self._kept.text(text, claims=True) if self._kept is not None else None
        if known is not None:
            return Prepared(DocumentRecords(text.document, known.claims), annotated)
        records = extract(annotated, self._house.titles)
        if self._kept is not None:
            self._kept.keep_text(text, _text_result(records))
        return Prepared(records, annotated)

    def _hold(self, text: Text, prepared: Prepared | Diagnostic) -> None:
        self._held[text.key] = len(text.info.text), prepared
        while len(self._held) > 1 and sum(length for length, _ in self._held.values()) > _HELD:
            self._held.popitem(last=False)


def _text_result(records: DocumentRecords) -> TextResult:
    names = [turn.speaker.name for turn in records.of(Turn)]
    speakers = tuple(dict.fromkeys(name for name in names if name))
    return TextResult.model_construct(speakers=speakers, claims=records.claims, diagnostics=())


def _compared(
    own: Prepared, sources: Sequence[Prepared], profile: Profile, house: House
) -> tuple[Dossier, tuple[Diagnostic, ...]]:
    """An article beside all that it is held against, and what went wrong in holding it."""
    records = tuple(source.records for source in sources)
    try:
        return _dossier(own, sources, profile, house), ()
    except Exception as error:  # the rules that need no comparison still run
        path = own.records.document.path
        trouble = _internal(path, "the article could not be compared with its sources", error)
        return Dossier(own.records, records, profile=profile, house=house), (trouble,)


def _dossier(own: Prepared, sources: Sequence[Prepared], profile: Profile, house: House) -> Dossier:
    records = tuple(source.records for source in sources)
    identities = link_people((own.records, *records))
    quote_matches, coverage = match_quotations(own, sources, identities, profile)
    positions = Positions(own.records, records, identities)
    statement_matches = match_statements(own.records, records, identities)
    return Dossier(
        own.records,
        records,
        identities,
        quote_matches=quote_matches,
        position_matches=tuple(match_positions(positions)),
        link_matches=tuple(match_links(positions)),
        statement_matches=tuple(statement_matches),
        support=tuple(match_support(own, sources)),
        reactions=tuple(find_reactions(own)),
        conflicts=tuple(find_conflicts(own.records, records, identities)),
        figure_matches=tuple(match_figures(own.records, records, statement_matches)),
        reckonings=tuple(reckon(own.records)),
        suggestion_matches=tuple(match_suggestions(own.records, records, identities)),
        coverage=coverage,
        profile=profile,
        house=house,
    )


def _internal(path: str, what: str, error: Exception) -> Diagnostic:
    words = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    return Diagnostic(
        code="internal", path=path, message=f"{what} ({words})", action="this is a fault of copydesk; please report it"
    )
