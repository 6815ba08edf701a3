"""`copydesk rules` and `copydesk explain`: both say what stands in the rule's own docstring."""

from __future__ import annotations

import json
import shutil
import sys

from audit.cli import EXIT_CLEAN, EXIT_TROUBLE
from audit.console import complain, write_stdout
from audit.rules.base import Rule
from audit.rules.docs import wrapped
from audit.rules.registry import ALL_RULES, find_rule, nearest_rule


def list_rules(format_: str) -> int:
    """Write all rules, a line each or as JSON."""
    if format_ == "json":
        write_stdout(json.dumps([_fields(rule) for rule in ALL_RULES], indent=1, ensure_ascii=False) + "\n")
        return EXIT_CLEAN
    width = max((len(rule.id) for rule in ALL_RULES), default=0)
    for rule in ALL_RULES:
        write_stdout(f"{rule.id:<{width}}  {rule.severity:<7}  {rule.summary()}\n")
    return EXIT_CLEAN


def explain_rule(id: str) -> int:
    """Write a rule's documentation; an unknown rule is trouble, and the nearest one is named."""
    rule = find_rule(id)
    if rule is None:
        nearest = nearest_rule(id)
        hint = f"did you mean {nearest}?" if nearest else "`copydesk rules` lists them"
        complain(f"there is no rule {id!r}; {hint}")
        return EXIT_TROUBLE
    source = "needs a source" if rule.needs_source else "needs no source"
    preview = ", in preview" if rule.preview else ""
    head = f"{rule.id}  ({rule.severity}, {rule.confidence} confidence, family {rule.family}, {source}{preview})"
    write_stdout(f"{head}\n\n{_shown(rule)}\n")
    return EXIT_CLEAN


def _shown(rule: type[Rule]) -> str:
    """The documentation as it stands; filled to the width of a terminal where one is looking."""
    if not sys.stdout.isatty():
        return rule.text()
    return wrapped(rule.text(), min(max(shutil.get_terminal_size().columns, 40), 100))


def _fields(rule: type[Rule]) -> dict[str, str | bool]:
    return {
        "id": rule.id,
        "family": rule.family,
        "severity": rule.severity,
        "confidence": rule.confidence,
        "needs_source": rule.needs_source,
        "preview": rule.preview,
        "summary": rule.summary(),
        "explanation": rule.text(),
    }
