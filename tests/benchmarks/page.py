"""How heavy the page of a large report is, and how soon a browser has it ready for use.

    python tests/benchmarks/page.py                       500 findings over 20,000 words, five times
    python tests/benchmarks/page.py --findings 100 --words 5000 --runs 3

The report is made of invented sentences and of this project's own records. What is timed is an installed Chromium: from
the request for the file to the end of the page's script (the `load` event), to the first frame drawn after it, and from
a word in the filter to the frame that shows what it leaves. The same text as a plain static page of the same weight,
loaded in turn with it, is what the time is held against, since the seconds alone say more about the machine.
"""

from __future__ import annotations

import argparse
import hashlib
import html
import itertools
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from audit.reports.html import TEMPLATES, render_html
from audit.rules.registry import ALL_RULES
from playwright.sync_api import Browser, sync_playwright

from audit.records import Check, Evidence, Finding, LineIndex, Place, Quotation, QuoteMatch, Speaker, Turn
from audit.records.findings import FAMILIES, SEVERITIES
from audit.records.report import BlockInfo, Coverage, InputInfo, Report, RuleInfo, Run, Tool

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
MOST_BYTES, MOST_SECONDS = 3_000_000, 1.0
SUBJECTS = ("The ferry", "A new bridge", "The orchard", "Each lock-keeper", "The tide mill", "The council’s plan")
VERBS = ("would close", "opened", "may cost", "has lost", "will need", "could serve")
OBJECTS = ("the lower quay", "forty gates", "two winters of work", "every boat on the river", "a second pump")
ENDS = (
    "before the spring floods",
    "in all but one year",
    "as the minutes say",
    "if the bank agrees",
    "by the old road",
)
NAMES = ("Oda Quill", "Per Lindqvist", "Ines Farrow", "Tobias Renn", "Maud Ashby", "Ivo Castell")
_READY = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
  const entry = performance.getEntriesByType("navigation")[0];
  done([entry.loadEventEnd, performance.now()]);
})))"""
_FILTER = """() => new Promise(done => {
  const words = document.querySelector("input[name=words]"), begun = performance.now();
  words.value = "item 4";
  words.dispatchEvent(new Event("input", { bubbles: true }));
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begun)));
})"""


def sentences(words: int) -> list[str]:
    """That many words in sentences of all combinations of the words above; numbers tell them apart."""
    told: list[str] = []
    for parts in itertools.cycle(itertools.product(SUBJECTS, VERBS, OBJECTS, ENDS)):
        if words <= 0:
            break
        told.append(f"{' '.join(parts)}, item {len(told)}.")
        words -= len(told[-1].split())
    return told


def text_of(words: int, turns: bool) -> str:
    """A text of that many words in paragraphs of five sentences; of turns, each begins with a name."""
    told = sentences(words)
    names = itertools.cycle(NAMES)
    paragraphs = []
    for at in range(0, len(told), 5):
        head = f"{next(names).upper()}: " if turns else ""
        quoted = f"“{told[at]}” {NAMES[at % len(NAMES)]} said. " if not turns else f"{told[at]} "
        paragraphs.append(f"{head}{quoted}{' '.join(told[at + 1 : at + 5])}")
    return "\n\n".join(paragraphs) + "\n"


class Text:
    """A text with its lines, to make places in it."""

    def __init__(self, path: str, text: str) -> None:
        self.path, self.text, self._index = path, text, LineIndex(text)

    def place(self, start: int, end: int) -> Place:
        line, column = self._index.position(start)
        end_line, end_column = self._index.position(end)
        return Place(
            path=self.path, start=start, end=end, line=line, column=column, end_line=end_line, end_column=end_column,
            text=self.text[start:end],
        )  # fmt: skip

    def find(self, words: str) -> Place:
        start = self.text.index(words)
        return self.place(start, start + len(words))

    def paragraphs(self) -> list[tuple[int, int]]:
        starts = [0, *(at + 2 for at in range(len(self.text) - 2) if self.text[at : at + 2] == "\n\n")]
        return [(start, self.text.find("\n", start)) for start in starts]


def large_report(findings: int, words: int) -> Report:
    """A report on an article of that many words and a transcript half as long, with quotations and findings."""
    article, source = (
        Text("article.md", text_of(words, turns=False)),
        Text("hearing.txt", text_of(words // 2, turns=True)),
    )
    turns = [_turn(source, number, *span) for number, span in enumerate(source.paragraphs(), start=1)]
    quoted = _quotations(article, source)
    rules = tuple(
        RuleInfo(id=rule.id, family=rule.family, summary=rule.summary(), explanation=rule.text()) for rule in ALL_RULES
    )
    return Report(
        tool=Tool(version="0.0.benchmark"),
        run=Run(profile="standard", rules=rules, model="none"),
        inputs=(_input(article, "article", "a1", ()), _input(source, "source", "s1", turns)),
        claims=(*turns, *(quotation for quotation, _ in quoted)),
        matches=tuple(match for _, match in quoted),
        findings=tuple(_finding(number, findings, article, source) for number in range(findings)),
        coverage=Coverage(quotations=len(quoted), checked=len(quoted), unchecked=0),
        checks=tuple(Check(rule=rule.id, status="run") for rule in ALL_RULES),
    )


def _turn(source: Text, number: int, start: int, end: int) -> Turn:
    name = NAMES[(number - 1) % len(NAMES)]
    place = source.place(start + len(name) + 2, end)
    return Turn(
        **place.model_dump(), id=f"s1.turn.{number}", block=number, ordinal=number, role="guest", words=place.text,
        speaker=Speaker(kind="named", name=name),
    )  # fmt: skip


def _quotations(article: Text, source: Text) -> list[tuple[Quotation, QuoteMatch]]:
    made = []
    for number, (start, _) in enumerate(article.paragraphs(), start=1):
        inner = article.place(start + 1, article.text.index("”", start))
        whole = article.place(start, inner.end + 1)
        quotation = Quotation(
            **whole.model_dump(), id=f"a1.quotation.{number}", block=number, form="direct",
            segments=(inner,), content=inner.text, words=len(inner.text.split()),
            speaker=Speaker(kind="named", name=NAMES[number % len(NAMES)]),
        )  # fmt: skip
        found = inner.text in source.text
        passages = (source.find(inner.text),) if found else ()
        verdict = "exact" if found else "not-found"
        made.append((quotation, QuoteMatch(quotation=quotation.id, verdict=verdict, passages=passages)))
    return made


def _finding(number: int, of: int, article: Text, source: Text) -> Finding:
    rule = ALL_RULES[number % len(ALL_RULES)]
    evidence = []
    for text, label in ((article, "in the article"), (source, "in the source")):
        spans = text.paragraphs()
        start = text.text.index(" ", spans[number * len(spans) // of][0]) + 1 + number % 3 * 12
        place = text.place(start, text.text.index(",", start))
        mark = text.place(place.start, text.text.index(" ", place.start))
        evidence.append(Evidence(place=place, label=label, speaker=NAMES[number % len(NAMES)], marks=(mark,)))
    return Finding(
        id=f"f{number}", rule=rule.id, family=FAMILIES[number % len(FAMILIES)], severity=SEVERITIES[number % 3],
        confidence="high", message=f"Is that what was said of item {number}? The source has other words.",
        evidence=tuple(evidence), why=("a word differs", "nobody else says it"), clear="the words of the recording",
        fingerprint=hashlib.sha256(str(number).encode()).hexdigest()[:32],
    )  # fmt: skip


def _input(text: Text, role: str, key: str, turns: Sequence[Turn]) -> InputInfo:
    spans = [(turn.start, turn.end, turn.speaker.name) for turn in turns] or [(*s, "") for s in text.paragraphs()]
    kind = "turn" if turns else "paragraph"
    return InputInfo.model_validate(
        {
            "path": text.path, "role": role, "format": "text", "sha256": hashlib.sha256(text.text.encode()).hexdigest(),
            "key": key, "start": 0, "end": len(text.text), "words": len(text.text.split()), "text": text.text,
            "blocks": [BlockInfo(kind=kind, start=a, end=b, speaker=name) for a, b, name in spans],
        }
    )  # fmt: skip


def static_page(report: Report, weight: int) -> str:
    """The texts of a report as plain paragraphs, over and over until the page is as heavy."""
    paragraphs = [f"<p>{html.escape(part)}</p>\n" for info in report.inputs for part in info.text.split("\n\n")]
    page, parts = (
        ["<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Plain</title><body>\n"],
        itertools.cycle(paragraphs),
    )
    left = weight - len(page[0].encode())
    while left > 0:
        page.append(next(parts))
        left -= len(page[-1].encode())
    return "".join(page)


def load(browser: Browser, file: Path) -> tuple[float, float]:
    """Seconds from the request until the page's script has run, and until the next frame is drawn."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(file.as_uri(), wait_until="load")
    loaded, drawn = page.evaluate(_READY)
    page.close()
    return loaded / 1000, drawn / 1000


def answer(browser: Browser, file: Path) -> float:
    """Seconds from a word typed into the filter until the frame that shows what is left."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(file.as_uri(), wait_until="load")
    taken: float = page.evaluate(_FILTER)
    page.close()
    return taken / 1000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--findings", type=int, default=500)
    parser.add_argument("--words", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if program is None:
        print(f"no browser here; one of {', '.join(BROWSERS)} is needed", file=sys.stderr)
        return 2
    report = large_report(options.findings, options.words)
    page = render_html(report)
    weight = len(page.encode())
    print(f"{options.findings} findings, {report.inputs[0].words:,} words: {weight / 1e6:.2f} MB")
    for name in ("report.js", "report.css"):
        print(f"{name}: {len((TEMPLATES / name).read_bytes()):,} bytes")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        ours, plain = Path(folder) / "report.html", Path(folder) / "plain.html"
        ours.write_text(page, encoding="utf-8")
        plain.write_text(static_page(report, weight), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        load(browser, plain)  # the first page pays for the browser's own start
        times = [(load(browser, ours), load(browser, plain)) for _ in range(options.runs)]
        answers = [answer(browser, ours) for _ in range(options.runs)]
        browser.close()
    ready, drawn = (statistics.median(mine[at] for mine, _ in times) for at in (0, 1))
    base, base_drawn = (statistics.median(other[at] for _, other in times) for at in (0, 1))
    print(f"ready {ready:.2f} s, drawn {drawn:.2f} s; a plain page as heavy {base:.2f} s, {base_drawn:.2f} s")
    print(f"ratio {ready / base:.2f} (ready), {drawn / base_drawn:.2f} (drawn)")
    print(f"a filter answers in {statistics.median(answers):.2f} s")
    heavy, slow = weight > MOST_BYTES, ready > MOST_SECONDS
    print("over the limits" if heavy or slow else f"within {MOST_BYTES / 1e6:.0f} MB and {MOST_SECONDS:.0f} s")
    return int(heavy or slow)


if __name__ == "__main__":
    sys.exit(main())
