"""Writes docs/rules.md from the rules' own docstrings, which also feed `copydesk explain` and the HTML report.

python docs/make_rules.py            write the page
python docs/make_rules.py --check    exit with 1 where the page is not what the rules say
"""

from __future__ import annotations

import collections
import functools
import itertools
import sys
from collections.abc import Iterator
from pathlib import Path

from audit.rules.base import Rule
from audit.rules.docs import Example, read_doc
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
    return "\n".join([HEAD, *_contents(), "", *itertools.chain.from_iterable(_section(rule) for rule in ALL_RULES)])


def _contents() -> Iterator[str]:
    yield "| rule | family | usual severity | finds |"
    yield "|---|---|---|---|"
    for rule in ALL_RULES:
        yield f"| [`{rule.id}`](#{rule.id}) | {rule.family} | {rule.severity} | {_cell(rule.summary())} |"


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


def _section(rule: type[Rule]) -> Iterator[str]:
    doc = read_doc(rule.__doc__ or "")
    source = "needs a source" if rule.needs_source else "needs no source"
    yield f"## {rule.id}\n"
    yield f"{doc.summary}\n"
    preview = ", in preview" if rule.preview else ""
    yield f"*{rule.severity}, {rule.confidence} confidence, family {rule.family}, {source}{preview}*\n"
    yield from (f"{paragraph}\n" for paragraph in doc.prose)
    yield f"*Measured.* {_measured(rule)}\n"
    yield from _examples("Reported:", doc.fails)
    yield from _examples("Left alone:", doc.passes)


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


def _examples(title: str, examples: tuple[Example, ...]) -> Iterator[str]:
    yield f"{title}\n"
    for example in examples:
        yield "```text"
        yield _labelled("article", example.article)
        yield from (_labelled("source", source) for source in example.sources)
        yield "```\n"


def _labelled(label: str, text: str) -> str:
    """The text in a column beside its label."""
    first, *others = [line for line in text.splitlines() if line]
    return "\n".join([f"{label + ':':<9}{first}", *(f"{'':<9}{line}" for line in others)])


def main() -> None:
    text = page()
    if sys.argv[1:] != ["--check"]:
        PAGE.write_text(text, encoding="utf-8")
    elif not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != text:
        sys.exit("docs/rules.md is not what the rules say: run `make docs`")


if __name__ == "__main__":
    main()
