"""How time grows with size: the article alone, its source alone, and both together, each doubled three times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from speeds.bench import Bench, NotMeasured, Taken, seconds
from speeds.figures import Figure, Goal, exponents
from speeds.texts import Writer

SECTION = "growth"
STEPS = (1, 2, 4, 8)
WORDS, FEW_WORDS = 10_000, 1_000
SHORT_ARTICLE = 1_400  # words
SEED = 11
LIMIT = Goal("<=", 1.15)
KINDS = ("article", "source", "article and source")

Arguments = tuple[str | Path, ...]


def texts_of(folder: Path, kind: str, words: int) -> Arguments:
    """Write texts of so many words and give what names them on the command line."""
    stem = f"{kind.replace(' ', '-')}-{words}"
    article, source = folder / f"{stem}.md", folder / f"{stem}-source.md"
    if kind == "article":
        article.write_text(Writer(SEED).article(words), encoding="utf-8")
        return (article,)
    text, heard = Writer(SEED).transcript(words)
    source.write_text(text, encoding="utf-8")
    own = words if kind == "article and source" else SHORT_ARTICLE
    article.write_text(Writer(SEED + 1).article(own, heard), encoding="utf-8")
    return article, "--source", source


def measure(bench: Bench) -> Iterator[Figure]:
    """The figures of this section."""
    folder = bench.fresh("growing")
    folder.mkdir()
    smallest = FEW_WORDS if bench.quick else WORDS
    little = folder / "little.md"
    little.write_text("# A word\n\nThe ferry is late.\n", encoding="utf-8")
    for kind in KINDS:
        cases = {smallest * step: texts_of(folder, kind, smallest * step) for step in STEPS}
        yield from _growth(bench, kind, (little,), cases)


def _growth(bench: Bench, kind: str, little: Arguments, cases: dict[int, Arguments]) -> Iterator[Figure]:
    """Sizes take turns, so that what slows the machine for a while is in all of them.

    Exponents are reckoned from processor time, which says less about what else the machine is doing.
    """
    taken: dict[int, list[Taken]] = defaultdict(list)
    trouble: dict[int, str] = {}
    for _ in range(bench.runs):
        taken[0].append(bench.check(*little))
        for words, arguments in cases.items():
            if trouble and words >= min(trouble):  # what is larger still would take longer
                continue
            try:
                taken[words].append(bench.check(*arguments))
            except NotMeasured as error:
                trouble[words] = str(error)
    for words in cases:
        note = trouble.get(words, "" if taken[words] else "the smaller one took too long")
        yield seconds(SECTION, f"{kind}, {words:,} words", taken[words], note=note)
    for less, more in pairwise(cases):
        values = _exponents(taken[less], taken[more], taken[0])
        note = "" if values else "nothing to reckon with"
        yield Figure(SECTION, f"{kind}, {less:,} to {more:,}", "exponent", values, LIMIT, note)


def _exponents(less: list[Taken], more: list[Taken], little: list[Taken]) -> tuple[float, ...]:
    runs = min(len(less), len(more), len(little))
    return exponents(*([one.cpu for one in taken[:runs]] for taken in (less, more, little)))
