"""What the records promise to those who look them up."""

from __future__ import annotations

from typing import get_args

from audit.records import DocumentRecords
from audit.records.claims import AnyClaim


def test_no_kind_of_claim_derives_from_another() -> None:
    """`DocumentRecords.of` looks claims up by their own class."""
    kinds = get_args(get_args(AnyClaim)[0])
    assert len(kinds) > 20
    assert not [(one, other) for one in kinds for other in kinds if one is not other and issubclass(one, other)]


def test_claims_are_found_by_kind_in_order() -> None:
    one, other, *_ = get_args(get_args(AnyClaim)[0])
    claims = tuple(kind.model_construct(id=str(at)) for at, kind in enumerate((one, other, one, other, other)))
    records = DocumentRecords(document=None, claims=claims)  # type: ignore[arg-type]
    assert [claim.id for claim in records.of(other)] == ["1", "3", "4"]
    assert [claim.id for claim in records.of(one)] == ["0", "2"]
    assert not list(DocumentRecords(document=None, claims=()).of(one))  # type: ignore[arg-type]
