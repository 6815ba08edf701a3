"""The record of two predications that cannot both stand."""

from __future__ import annotations

from collections.abc import Collection

from audit.records import Place, Predication, StatementConflict, place_of


def conflict_of(
    one: Predication,
    other: Predication,
    kind: str,
    left: Place,
    right: Place,
    reason: str,
    strength: str,
    *,
    own: Collection[str],
    shared: tuple[str, ...] = (),
) -> StatementConflict:
    """A conflict of `one`, the article's, with `other`; `own` are the ids of the article's predications."""
    return StatementConflict.model_validate(
        {
            "one": one.id,
            "other": other.id,
            "inside": other.id in own,
            "kind": kind,
            "left": place_of(left),
            "right": place_of(right),
            "reason": reason,
            "shared": shared or tuple(dict.fromkeys((*one.subject, one.predicate))),
            "strength": strength,
        }
    )
