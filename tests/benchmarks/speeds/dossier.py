"""One article with its sources, as an editor runs it: the first time, again, and after an edit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from speeds.bench import FIXTURES, Bench, NotMeasured, Taken, seconds
from speeds.figures import Figure, Goal, ratios
from speeds.peer import VERSION, proselint
from speeds.texts import Writer

PARTS = ("heat-network", "bell-foundry", "kelp-farm", "school-meals")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.S)
SECTION = "dossier"
GOALS = {"--help": Goal("<=", 0.25), "first run": Goal("<=", 2.5), "unchanged, again": Goal("<=", 0.5)}


def write_dossier(folder: Path) -> tuple[Path, list[Path]]:
    """An article put together from the articles of some dossiers, and the sources of them all."""
    folder.mkdir(parents=True)
    texts, sources = [], []
    for name in PARTS:
        text = _FRONT_MATTER.sub("", (FIXTURES / "dossiers" / name / "article.md").read_text(encoding="utf-8")).strip()
        texts.append(text if not texts else f"#{text}")  # one headline; the others stand below it
        for path in sorted((FIXTURES / "dossiers" / name).iterdir()):
            if path.name not in ("article.md", "expected.json"):
                sources.append(folder / path.name)
                sources[-1].write_bytes(path.read_bytes())
    article = folder / "article.md"
    article.write_text("\n\n".join(texts) + "\n", encoding="utf-8")
    return article, sources


def edited(text: str, number: int) -> str:
    """The article with another sentence at the end of a paragraph in its middle; another one for each number."""
    paragraphs = text.rstrip("\n").split("\n\n")
    sentence = Writer(number).article(1).split("\n\n")[1].split(". ")[0]
    paragraphs[len(paragraphs) // 2] += f" {sentence}."
    return "\n\n".join(paragraphs) + "\n"


def measure(bench: Bench) -> Iterator[Figure]:
    """The figures of this section."""
    article, sources = write_dossier(bench.fresh("dossier"))
    empty = article.with_name("empty.md")
    empty.touch()
    program, reason = _peer(bench)
    taken: dict[str, list[Taken]] = {}
    for number in range(bench.runs + 1):
        for name, one in _round(bench, article, sources, number, program):
            if number:  # the first round warms up the machine and is not counted
                taken.setdefault(name, []).append(one)
    words, more = len(article.read_text(encoding="utf-8").split()), len(sources)
    for name, all_taken in taken.items():
        note = f"article of {words:,} words, {more} sources" if name == "first run" else ""
        yield seconds(SECTION, name, all_taken, GOALS.get(name), note)
    if program is None:
        yield Figure(SECTION, f"proselint {VERSION}", "s", note=reason)
    for name, goal in (("first run", Goal("<", 600)), ("unchanged, again", None), ("proselint " + VERSION, None)):
        if name in taken:
            yield Figure(SECTION, f"memory: {name}", "MB", tuple(one.peak / 1e6 for one in taken[name]), goal)
    yield from _ratios({name: [one.seconds for one in all_taken] for name, all_taken in taken.items()}, reason)


def _peer(bench: Bench) -> tuple[Path | None, str]:
    bench.progress.step(f"installing proselint {VERSION}")
    try:
        return proselint(bench.kept), ""
    except NotMeasured as error:
        return None, str(error)


def _round(
    bench: Bench, article: Path, sources: list[Path], number: int, program: Path | None
) -> Iterator[tuple[str, Taken]]:
    """Everything once, one after the other, so that what slows the machine for a while is in all of them."""
    cache, named = bench.fresh("cache"), [word for source in sources for word in ("--source", str(source))]
    yield "--help", bench.time([bench.program, "--help"])
    yield "--version", bench.time([bench.program, "--version"])
    yield "an empty article", bench.check(article.with_name("empty.md"), cache=bench.fresh("cache"))
    yield "first run", bench.check(article, *named, cache=cache)
    yield "unchanged, again", bench.check(article, *named, cache=cache)
    text = article.read_text(encoding="utf-8")
    article.write_text(edited(text, number), encoding="utf-8")
    yield "one changed paragraph", bench.check(article, *named, cache=cache)
    article.write_text(text, encoding="utf-8")
    if program is not None:
        yield f"proselint {VERSION}", bench.time([program, "check", article], codes=(0, 1))


def _ratios(taken: dict[str, list[float]], reason: str) -> Iterator[Figure]:
    peer = f"proselint {VERSION}"
    for above, below in (
        ("unchanged, again", "first run"),
        ("one changed paragraph", "first run"),
        ("first run", peer),
        ("unchanged, again", peer),
    ):
        name = f"{above} / {below}"
        if below in taken:
            yield Figure(SECTION, name, "x", ratios(taken[above], taken[below]))
        else:
            yield Figure(SECTION, name, "x", note=reason)
