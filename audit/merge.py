"""Joins findings that tell the editor the same thing, and puts the rest in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from audit.records import Draft, Evidence, Place
from audit.records.findings import SEVERITIES

# Two rules that look at the same words of the article beside the same words of a source say one thing twice. The rule
# that stands first here is the one that says it best; the other's reasons are kept with it. A rule that is not listed
# never takes another's finding and never gives its own away.
PRECEDENCE = (
    "quote-wrong-speaker",
    "quote-not-in-source",
    "quote-altered",
    "quote-stitched",
    "quote-qualifier-cut",
    "position-misreported",
    "condition-dropped",
    "commitment-changed",
    "certainty-raised",
    "quote-tidied",
)
_RANK = {rule: rank for rank, rule in enumerate(PRECEDENCE)}
_SEVERITY = {severity: rank for rank, severity in enumerate(SEVERITIES)}

InArticle = Callable[[Place], bool]
PlaceKey = tuple[str, int, int]


def merge(drafts: Iterable[Draft], in_article: InArticle) -> list[Draft]:
    """The drafts without repetitions, sorted: severity, then place.

    `in_article` tells the two sides of a finding apart: whether a place lies in an article or in a source.
    """
    drafts = list(_without_repeats(_sorted(drafts)))
    while len(joined := _pass(drafts, in_article)) < len(drafts):  # a joined finding may meet another one
        drafts = joined
    return _sorted(joined)


def _pass(drafts: Iterable[Draft], in_article: InArticle) -> list[Draft]:
    """Join what says the same, going through the drafts in the order of their places."""
    merged: list[Draft] = []
    near: list[int] = []  # those that may still overlap with what comes
    for draft in sorted(drafts, key=lambda draft: (place_key(_anchor(draft, in_article)), _sort_key(draft))):
        here = _anchor(draft, in_article)
        near = [at for at in near if _reaches(_anchor(merged[at], in_article), here)]
        at = next((at for at in near if _same_thing(merged[at], draft, in_article)), None)
        if at is None:
            near.append(len(merged))
            merged.append(draft)
        else:
            merged[at] = _joined(merged[at], draft)
    return merged


def _anchor(draft: Draft, in_article: InArticle) -> Place:
    """The first passage of the article, or the first of all where none lies in the article."""
    places = [evidence.place for evidence in draft.evidence]
    return next((place for place in places if in_article(place)), places[0])


def _reaches(earlier: Place, later: Place) -> bool:
    return earlier.path == later.path and (earlier.end > later.start or earlier.start == later.start)


def place_key(place: Place) -> PlaceKey:
    """Where a place stands: file, then start, then end."""
    return place.path, place.start, place.end


def _sorted(drafts: Iterable[Draft]) -> list[Draft]:
    return sorted(drafts, key=_sort_key)


def _sort_key(draft: Draft) -> tuple[object, ...]:
    places = tuple(place_key(evidence.place) for evidence in draft.evidence)
    ties = draft.message, places[1:], draft.confidence, draft.why, draft.clear
    return _SEVERITY[draft.severity], places[0], draft.rule, *ties


def _without_repeats(drafts: Iterable[Draft]) -> Iterable[Draft]:
    seen: set[tuple[str, tuple[PlaceKey, ...]]] = set()
    for draft in drafts:
        key = draft.rule, tuple(place_key(evidence.place) for evidence in draft.evidence)
        if key not in seen:
            seen.add(key)
            yield draft


def _same_thing(one: Draft, other: Draft, in_article: InArticle) -> bool:
    if one.rule == other.rule:
        return one.evidence[0].place == other.evidence[0].place
    if one.rule not in _RANK or other.rule not in _RANK:
        return False
    here, source = _sides(one, in_article)
    there, other_source = _sides(other, in_article)
    if not here or not there or not here[0].overlaps(there[0]):
        return False
    return not source or not other_source or any(a.overlaps(b) for a in source for b in other_source)


def _sides(draft: Draft, in_article: InArticle) -> tuple[list[Place], list[Place]]:
    """The passages of the article and those of its sources."""
    places = [evidence.place for evidence in draft.evidence]
    return [p for p in places if in_article(p)], [p for p in places if not in_article(p)]


def _joined(one: Draft, other: Draft) -> Draft:
    """The draft of the rule that says it best, with what the other one adds.

    It is as severe as the worse of the two, but where the settings say how severe findings of its rule are.
    """
    first, second = (one, other) if _precedes(one, other) else (other, one)
    worse = min(one.severity, other.severity, key=lambda name: _SEVERITY[name])
    severity = first.severity if first.severity_is_set else worse
    return first.model_copy(
        update={
            "severity": severity,
            "evidence": (*first.evidence, *_news(first.evidence, second.evidence)),
            "why": tuple(dict.fromkeys((*first.why, *second.why))),
        }
    )


def _precedes(one: Draft, other: Draft) -> bool:
    return (_RANK.get(one.rule, 0), _sort_key(one)) <= (_RANK.get(other.rule, 0), _sort_key(other))


def _news(known: Sequence[Evidence], more: Sequence[Evidence]) -> list[Evidence]:
    """Passages that are not part of one already shown."""
    return [new for new in more if not any(old.place.overlaps(new.place) for old in known)]
