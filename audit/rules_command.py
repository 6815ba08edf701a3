"""`copydesk rules` and `copydesk explain`: both say what stands in the rule's own docstring."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping
from typing import Any

import click

from audit.cli import EXIT_CLEAN, EXIT_FINDINGS, EXIT_NOTHING, EXIT_TROUBLE
from audit.console import complain, write_stdout
from audit.errors import CopydeskError
from audit.own_rules import RuleSet
from audit.project import rule_set, settings_in_force
from audit.reports.counting import counted
from audit.reports.terminal import one_line
from audit.rules.base import Rule
from audit.rules.docs import read_doc, wrapped
from audit.rules.page import rules_page
from audit.rules.registry import ALL_RULES

_HEAD = """\
# Our rules

Made by `copydesk rules --docs` from the docstrings of the rules; edit those. `copydesk explain RULE` shows the same
text, and `copydesk rules --test` runs the examples.
"""


def show_rules(options: Mapping[str, Any]) -> int:
    """List all rules, or test or document the own ones. Returns the exit code.

    Raises CopydeskError for settings and own rules that are at fault, click.UsageError for options that exclude each
    other.
    """
    wanted = [f"--{name}" for name in ("test", "docs") if options[name]]
    if len(wanted) > 1 or (wanted and options["format_"] != "text"):
        raise click.UsageError(f"{wanted[0]} goes with neither --format nor another one of its kind.")
    rules = _known(options)
    if not wanted:
        return _list(rules, options["format_"])
    if not rules.own:
        complain("there are no rules besides those of copydesk; name yours under `rules` in copydesk.toml")
        return EXIT_NOTHING
    return _test(rules) if options["test"] else _document(rules)


def explain_rule(id: str, options: Mapping[str, Any]) -> int:
    """Write a rule's documentation; an unknown rule is trouble, and the nearest one is named."""
    rules = _known(options)
    rule = rules.find(id)
    if rule is None:
        complain(f"there is no rule {id!r}; {rules.hint(id)}")
        return EXIT_TROUBLE
    source = "needs a source" if rule.needs_source else "needs no source"
    preview = ", in preview" if rule.preview else ""
    origin = f", from {one_line(rules.origin(id))}" if rules.origin(id) else ""
    about = f"{rule.severity}, {rule.confidence} confidence, family {rule.family}, {source}{preview}{origin}"
    write_stdout(f"{rule.id}  ({about})\n\n{_shown(rule)}\n")
    return EXIT_CLEAN


def completed_rules(options: Mapping[str, Any]) -> tuple[type[Rule], ...]:
    """The rules that a shell may offer; without own rules where those are at fault, which any command will say."""
    try:
        return _known(options).rules
    except CopydeskError:
        return ALL_RULES


def _known(options: Mapping[str, Any]) -> RuleSet:
    return rule_set(settings_in_force(options.get("config"), isolated=bool(options.get("no_config"))))


def _list(rules: RuleSet, format_: str) -> int:
    origins = {own.rule.id: one_line(own.origin) for own in rules.own}
    if format_ == "json":
        listed = [_fields(rule, origins.get(rule.id, "copydesk")) for rule in rules.rules]
        write_stdout(json.dumps(listed, indent=1, ensure_ascii=False) + "\n")
        return EXIT_CLEAN
    width = max(len(rule.id) for rule in rules.rules)
    for rule in rules.rules:
        origin = f"  [{origins[rule.id]}]" if rule.id in origins else ""
        write_stdout(f"{rule.id:<{width}}  {rule.severity:<7}  {rule.summary()}{origin}\n")
    return EXIT_CLEAN


def _shown(rule: type[Rule]) -> str:
    """The documentation as it stands; filled to the width of a terminal where one is looking."""
    if not sys.stdout.isatty():
        return rule.text()
    return wrapped(rule.text(), min(max(shutil.get_terminal_size().columns, 40), 100))


def _fields(rule: type[Rule], origin: str) -> dict[str, str | bool]:
    return {
        "id": rule.id,
        "family": rule.family,
        "severity": rule.severity,
        "confidence": rule.confidence,
        "needs_source": rule.needs_source,
        "preview": rule.preview,
        "origin": origin,
        "summary": rule.summary(),
        "explanation": rule.text(),
    }


# --- Own rules --------------------------------------------------------------------------------------------------------


def _test(rules: RuleSet) -> int:
    """Run the examples of own rules; a line for each that does not hold."""
    from audit.rule_tests import example_faults

    faults = 0
    for own in rules.own:
        for fault in example_faults(own.rule, rules.rules):
            faults += 1
            write_stdout(one_line(f"{own.origin}: {fault}") + "\n")
    if faults:
        return EXIT_FINDINGS
    number = sum(len(read_doc(own.rule.text()).examples) for own in rules.own)
    write_stdout(f"{counted(number, 'example')} of {counted(len(rules.own), 'rule')}: all hold.\n")
    return EXIT_CLEAN


def _document(rules: RuleSet) -> int:
    try:
        write_stdout(rules_page(_HEAD, [own.rule for own in rules.own]))
    except ValueError as error:
        complain(f"{error}; mend its docstring")
        return EXIT_TROUBLE
    return EXIT_CLEAN
