"""Whether two printed amounts may be one."""

from __future__ import annotations

import pytest
from helpers import annotator

from audit.compare.amounts import Amount
from audit.extract.quantities import find_quantities
from audit.loading import load_text


def amount(sentence: str) -> Amount:
    (document,) = load_text(f"# Some headline\n\n{sentence}\n", "article.md", "article").documents
    (quantity,) = find_quantities(annotator().annotate(document))
    return Amount(quantity)


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("It is 3 km long.", "It weighs 3 kg.", None),
        ("It cost $3 million.", "It cost €3 million.", None),
        ("It took two years.", "It took two years.", True),
        ("It took two years.", "It took three years.", False),
        ("It took two years.", "It took 24 months.", True),
        ("It took two years.", "It took 30 months.", False),
        ("It drew about 900 visitors.", "It drew 912 visitors.", True),
        ("It is a third of the budget.", "It is 33 percent of the budget.", True),
    ],
)
def test_amounts_are_compared_in_one_unit_as_they_are_printed(one: str, other: str, wanted: bool | None) -> None:
    assert amount(one).allows(amount(other)) is wanted
    assert amount(other).allows(amount(one)) is wanted
