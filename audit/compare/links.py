"""What the texts show about two people whom the article sets against each other, or says agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from audit.compare.positions import Positions
from audit.compare.stances import LIMITING, relation
from audit.compare.topics import Nearness
from audit.compare.units import identity_of
from audit.records import AgreementLink, ContrastLink, LinkMatch, Position
from audit.records.matches import Relation

Link = ContrastLink | AgreementLink
Pair = tuple[str, str]
Weighed = tuple[float, str, str]

_ONE_STATEMENT = 0.6  # closeness from which two affirmations are one statement


def match_links(positions: Positions) -> list[LinkMatch]:
    """A match for each link of the article, in order."""
    links = [claim for claim in positions.article.claims if isinstance(claim, (ContrastLink, AgreementLink))]
    by_id = {position.id: position for position in positions.of_article()}
    said = list(positions.of_sources())
    return [_match(positions, link, by_id, said) for link in links]


def _match(positions: Positions, link: Link, by_id: dict[str, Position], said: Sequence[Position]) -> LinkMatch:
    left, right = (identity_of(side, positions.identities) for side in (link.left, link.right))
    shown_left = [by_id[id] for id in link.left_positions]
    shown_right = [by_id[id] for id in link.right_positions]
    left_said = positions.held_by(left, said) if left is not None else []
    right_said = positions.held_by(right, said) if right is not None else []
    rest = _rest_of_left(positions, link, left, shown_right)
    same: list[Weighed] = []
    opposite: list[Weighed] = []
    for ones, others in ((shown_right, left_said), (shown_right, rest), (shown_left, right_said)):
        for weighed, does in _pairs(positions, ones, others):
            (same if does == "same" else opposite).append(weighed)
    agreeing, disagreeing = _stated(positions, left, right)
    return LinkMatch(
        link=link.id,
        same=_heaviest_first(same),
        opposite=_heaviest_first(opposite),
        agreeing=agreeing,
        disagreeing=disagreeing,
        refusals=tuple(p.id for p in right_said if p.attitude == "against" and p.elliptical),
        overlap=positions.topics.strongest(shown_left, [*shown_right, *right_said]),
    )


def _rest_of_left(
    positions: Positions, link: Link, left: str | None, shown_right: Sequence[Position]
) -> list[Position]:
    """Everything else that the article says the left side holds."""
    if left is None:
        return []
    known = {position.id for position in shown_right}
    return [p for p in positions.held_by(left, positions.of_article()) if p.id not in known]


def _pairs(
    positions: Positions, ones: Iterable[Position], others: Sequence[Position]
) -> Iterable[tuple[Weighed, Relation]]:
    for one in ones:
        for other in others:
            near = positions.topics.nearness(one, other)
            does = relation(one, other, near)
            if does == "opposite" or (does == "same" and _is_telling(one, other, near)):
                yield (_telling_weight(one, other, near), one.id, other.id), does


def _is_telling(one: Position, other: Position, near: Nearness) -> bool:
    """Whether a shared stance means anything: two denials of one thing do; two affirmations only of one statement."""
    if one.attitude != "none" and other.attitude != "none":
        return True
    if one.reserved and other.reserved:
        return True
    denied = one.polarity == other.polarity == "denied"
    return near.direct >= 2 and (denied or near.closeness >= _ONE_STATEMENT)


def _telling_weight(one: Position, other: Position, near: Nearness) -> float:
    """Doubts on both sides weigh most; a limited denial ("not necessarily") less than a plain one."""
    limited = bool({*one.qualifiers, *other.qualifiers} & LIMITING)
    return near.mass + (1.0 if one.reserved and other.reserved else 0.0) - (1.0 if limited else 0.0)


def _heaviest_first(pairs: Iterable[Weighed]) -> tuple[Pair, ...]:
    return tuple((one, other) for _, one, other in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])))


def _stated(positions: Positions, left: str | None, right: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Links of the sources in which one of the two says outright that the other is right, or is not."""
    agreeing: list[str] = []
    disagreeing: list[str] = []
    if left is None or right is None:
        return (), ()
    for records in positions.sources:
        for claim in records.claims:
            if isinstance(claim, (ContrastLink, AgreementLink)):
                sides = {identity_of(side, positions.identities) for side in (claim.left, claim.right)}
                if sides == {left, right}:
                    (agreeing if isinstance(claim, AgreementLink) else disagreeing).append(claim.id)
    return tuple(agreeing), tuple(disagreeing)
