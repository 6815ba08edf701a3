"""A folder of articles beside the language model alone, twice over, and in two processes."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from speeds.bench import FIXTURES, Bench, Taken, seconds
from speeds.figures import Figure, Goal, ratios
from speeds.texts import Writer

SECTION = "folder"
BATCHES = ("16", "64", "256", "1000")
PROCESSES = "--processes"
FIRST, AGAIN, TWO, SPACY = "first time", "unchanged, again", "first time, two processes", "spaCy alone"


@dataclass(frozen=True, slots=True)
class Texts:
    """What is audited, and the same as the language model sees it."""

    folder: Path
    words: int  # of the files
    files: int
    blocks: Path  # a JSON list
    model: str


def stand_in(folder: Path, texts: int) -> Path:
    """Articles for where no folder is given: those of the dossiers, and so many invented ones of 500 to 1,500 words."""
    folder.mkdir(parents=True)
    for path in sorted((FIXTURES / "dossiers").glob("*/article.md")):
        shutil.copy(path, folder / f"{path.parent.name}.md")
    for number in range(texts):
        article = Writer(number).article(500 + 1000 * number // texts)
        (folder / f"invented-{number:02}.md").write_text(article, encoding="utf-8")
    return folder


def measure(bench: Bench) -> Iterator[Figure]:
    """The figures of this section."""
    content = bench.content.resolve() if bench.content is not None else None
    texts = _texts(bench, content or stand_in(bench.fresh("content"), 4 if bench.quick else 24))
    batch, about = _best_batch(bench, texts)
    several = PROCESSES in bench.time([bench.program, "check", "--help"]).output
    taken: dict[str, list[Taken]] = defaultdict(list)
    for _ in range(bench.runs):
        for name, one in _round(bench, texts, batch, several=several):
            taken[name].append(one)
    yield from _rates(texts, batch, about, taken)
    yield from _comparisons(taken)
    yield Figure(SECTION, f"memory: {FIRST}", "MB", tuple(one.peak / 1e6 for one in taken[FIRST]), Goal("<", 600))


def _texts(bench: Bench, folder: Path) -> Texts:
    files = [path for path in folder.rglob("*") if path.is_file()]
    words = sum(len(path.read_text(encoding="utf-8", errors="replace").split()) for path in files)
    blocks = bench.fresh("blocks")
    said = json.loads(bench.python("blocks.py", folder, blocks).output)
    return Texts(folder, words, len(files), blocks, said["model"])


def _best_batch(bench: Bench, texts: Texts) -> tuple[str, str]:
    """The size of batch with which the model is quickest, and a word on the model."""
    said = json.loads(bench.python("spacy_alone.py", texts.model, texts.blocks, *BATCHES).output)
    about = f"{texts.model}, spaCy {said['version']}: {', '.join(said['components'])}"
    return min(BATCHES, key=lambda size: said["seconds"][size]), about


def _round(bench: Bench, texts: Texts, batch: str, *, several: bool) -> Iterator[tuple[str, Taken]]:
    """Everything once; the two that are held against each other stand side by side."""
    one = (PROCESSES, "1") if several else ()
    cache = bench.fresh("cache")
    yield SPACY, bench.python("spacy_alone.py", texts.model, texts.blocks, batch)
    yield FIRST, bench.check(texts.folder, *one, cache=cache)
    if several:
        yield TWO, bench.check(texts.folder, PROCESSES, "2")
    yield AGAIN, bench.check(texts.folder, *one, cache=cache)
    shutil.rmtree(cache, ignore_errors=True)


def _rates(texts: Texts, batch: str, about: str, taken: dict[str, list[Taken]]) -> Iterator[Figure]:
    load_left_out = [json.loads(one.output)["seconds"][batch] for one in taken[SPACY]]
    what = f"{texts.files:,} files, {texts.words:,} words"
    yield seconds(SECTION, f"{FIRST}, one process", taken[FIRST], note=what)
    yield Figure(SECTION, f"{FIRST}, one process", "words/s", _rate(texts, _seconds(taken[FIRST])))
    yield Figure(
        SECTION, SPACY, "words/s", _rate(texts, _seconds(taken[SPACY])), note=f"import and load included; {about}"
    )
    yield Figure(
        SECTION, f"{SPACY}, without loading", "words/s", _rate(texts, load_left_out), note=f"batches of {batch}"
    )


def _comparisons(taken: dict[str, list[Taken]]) -> Iterator[Figure]:
    alone, first, again = (_seconds(taken[name]) for name in (SPACY, FIRST, AGAIN))
    cpu = ratios([one.cpu for one in taken[SPACY]], [one.cpu for one in taken[FIRST]])
    yield Figure(SECTION, "share of spaCy's rate", "x", ratios(alone, first), Goal(">=", 0.8), "start and load in both")
    yield Figure(SECTION, "the same by processor time", "x", cpu)
    if taken[TWO]:
        yield seconds(SECTION, TWO, taken[TWO])
        yield Figure(
            SECTION, "two processes / one", "x", ratios(first, _seconds(taken[TWO])), Goal(">=", 1.7), "rate to rate"
        )
    else:
        note = f"this copydesk has no {PROCESSES}"
        yield Figure(SECTION, "two processes / one", "x", goal=Goal(">=", 1.7), note=note)
    yield seconds(SECTION, AGAIN, taken[AGAIN])
    yield Figure(SECTION, f"{AGAIN}: so many times faster", "x", ratios(first, again), Goal(">=", 20))


def _seconds(taken: list[Taken]) -> tuple[float, ...]:
    return tuple(one.seconds for one in taken)


def _rate(texts: Texts, seconds: list[float] | tuple[float, ...]) -> tuple[float, ...]:
    return tuple(texts.words / one for one in seconds)
