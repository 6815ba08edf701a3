"""Every rule of copydesk itself, in the order in which they run and are listed."""

from __future__ import annotations

from audit.rules.arithmetic import ARITHMETIC_RULES
from audit.rules.attribution import ATTRIBUTION_RULES
from audit.rules.base import Rule
from audit.rules.certainty import CERTAINTY_RULES
from audit.rules.chronology import CHRONOLOGY_RULES
from audit.rules.dates import SINGLE_DATE_RULES
from audit.rules.headline import HEADLINE_RULES
from audit.rules.names import NAME_RULES
from audit.rules.positions import POSITION_RULES
from audit.rules.production import PRODUCTION_RULES
from audit.rules.quantities import QUANTITY_RULES
from audit.rules.quotes import QUOTE_RULES
from audit.rules.roles import ROLE_RULES
from audit.rules.sources import SOURCE_RULES
from audit.rules.staleness import STALENESS_RULES
from audit.rules.statements import STATEMENT_RULES
from audit.rules.wording import WORDING_RULES

ALL_RULES: tuple[type[Rule], ...] = (
    *QUOTE_RULES,
    *ATTRIBUTION_RULES,
    *WORDING_RULES,
    *POSITION_RULES,
    *CERTAINTY_RULES,
    *HEADLINE_RULES,
    *STATEMENT_RULES,
    *QUANTITY_RULES,
    *ARITHMETIC_RULES,
    *NAME_RULES,
    *ROLE_RULES,
    *PRODUCTION_RULES,
    *SINGLE_DATE_RULES,
    *CHRONOLOGY_RULES,
    *STALENESS_RULES,
    *SOURCE_RULES,
)


def rule_ids() -> tuple[str, ...]:
    """The ids of these rules, in their order."""
    return tuple(rule.id for rule in ALL_RULES)
