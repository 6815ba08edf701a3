"""Writes docs/rules.md from the rules' own docstrings, which also feed `copydesk explain` and the HTML report.

python docs/make_rules.py            write the page
python docs/make_rules.py --check    exit with 1 where the page is not what the rules say
"""

from __future__ import annotations

import collections
import functools
import sys
from pathlib import Path

from audit.rules.base import Rule
from audit.rules.page import rules_page
from audit.rules.registry import ALL_RULES

PAGE = Path(__file__).with_name("rules.md")
HEAD = """\
# The rules

Made by `make docs` from the docstrings of the rules; edit those. `copydesk explain RULE` shows the same text. The
examples run as tests.

*Measured* says how a rule does on texts that were not written for it. *Published texts* are news articles, interviews,
blog posts and summaries of meetings: warnings and errors per 1,000 words, and how many of those that were read one by
one were worth an editor's look. *Dossiers* are articles with sources and with defects put in: how many of the rule's
findings hit one. The figures come from `noise.py`, `judged.py` and `cases.py` in `tests/benchmarks`.
"""
TABLES = PAGE.parents[1] / "tests" / "benchmarks"


def page() -> str:
    """The whole page."""
    return rules_page(HEAD, ALL_RULES, lambda rule: f"*Measured.* {_measured(rule)}")


def _measured(rule: type[Rule]) -> str:
    """What the tables of the benchmarks say of a rule."""
    said = []
    if rate := _rates().get(rule.id):
        said.append(f"Published texts: {rate}")
    if read := _judged().get(rule.id):
        said.append(f"worth a look: {read[0]} of {read[1]} read")
    if right := _right().get(rule.id):
        said.append(f"dossiers: {right[0]} of {right[1]} findings hit a defect")
    return (
        "; ".join(said).capitalize() + "." if said else "Nothing yet: no such finding in the texts of the benchmarks."
    )


@functools.cache
def _lines(name: str) -> list[list[str]]:
    path = TABLES / name
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]] if path.is_file() else []


@functools.cache
def _rates() -> dict[str, str]:
    """Rule to its rates, "0.120 (news), 0.010 (posts) per 1,000 words"; rules that only make notes have none."""
    rates: dict[str, list[str]] = collections.defaultdict(list)
    for label, rule, *_, rate in _lines("noise.tsv"):
        if float(rate):
            rates[rule].append(f"{rate} ({label})")
    return {rule: f"{', '.join(of_rule)} per 1,000 words" for rule, of_rule in rates.items()}


@functools.cache
def _judged() -> dict[str, list[int]]:
    """Rule to how many findings were worth a look, and how many were read."""
    found: dict[str, list[int]] = collections.defaultdict(lambda: [0, 0])
    for rule, _, worth, *_ in _lines("judged.tsv"):
        found[rule][0] += worth == "yes"
        found[rule][1] += 1
    return found


@functools.cache
def _right() -> dict[str, list[int]]:
    """Rule to how many findings hit a defect, and how many it made, over all dossiers."""
    found: dict[str, list[int]] = collections.defaultdict(lambda: [0, 0])
    for _, kind, name, right, of in _lines("cases.tsv"):
        if kind == "rule":
            found[name] = [found[name][0] + int(right), found[name][1] + int(of)]
    return found


def main() -> None:
    text = page()
    if sys.argv[1:] != ["--check"]:
        PAGE.write_text(text, encoding="utf-8")
    elif not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != text:
        sys.exit("docs/rules.md is not what the rules say: run `make docs`")


if __name__ == "__main__":
    main()
