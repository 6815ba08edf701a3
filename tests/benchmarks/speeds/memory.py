"""Time and peak memory of one process on texts that are larger than most."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from speeds.bench import Bench, NotMeasured, Taken, seconds
from speeds.figures import Figure
from speeds.texts import Writer, write_article, write_transcript

SECTION = "memory"
SEED = 7
ARTICLE_WORDS = 1_400
LARGE = 10_000_000  # bytes

Arguments = tuple[str | Path, ...]


def measure(bench: Bench) -> Iterator[Figure]:
    """The figures of this section."""
    folder = bench.fresh("texts")
    folder.mkdir()
    cases = [
        ("an article of 95 kB", bench.runs, _long_article(folder)),
        ("a transcript of 50,000 words as source", bench.runs, _long_source(folder, 5_000 if bench.quick else 50_000)),
    ]
    if not bench.quick:
        cases += [
            ("10 MB as source", bench.large_runs, _huge_source(folder)),
            ("10 MB as article", bench.large_runs, _huge_article(folder)),
        ]
    for name, runs, arguments in cases:
        yield from _figures(bench, name, runs, arguments)


def _figures(bench: Bench, name: str, runs: int, arguments: Arguments) -> Iterator[Figure]:
    try:
        taken: list[Taken] = [bench.check(*arguments) for _ in range(runs)]
    except NotMeasured as error:
        yield Figure(SECTION, name, "MB", note=str(error))
        return
    yield Figure(SECTION, name, "MB", tuple(one.peak / 1e6 for one in taken))
    yield seconds(SECTION, f"{name}: time", taken)


def _long_article(folder: Path) -> Arguments:
    path = folder / "long.md"
    write_article(path, 95_000, SEED)
    return (path,)


def _long_source(folder: Path, words: int) -> Arguments:
    text, heard = Writer(SEED).transcript(words)
    source, article = folder / "hearing.md", folder / "of-the-hearing.md"
    source.write_text(text, encoding="utf-8")
    article.write_text(Writer(SEED + 1).article(ARTICLE_WORDS, heard), encoding="utf-8")
    return article, "--source", source


def _huge_source(folder: Path) -> Arguments:
    """The article quotes the first part, which a shorter transcript of the same seed has word for word."""
    source, article = folder / "huge-hearing.md", folder / "of-the-huge-hearing.md"
    write_transcript(source, LARGE, SEED)
    heard = Writer(SEED).transcript(50_000)[1]
    article.write_text(Writer(SEED + 1).article(ARTICLE_WORDS, heard), encoding="utf-8")
    return article, "--source", source


def _huge_article(folder: Path) -> Arguments:
    path = folder / "huge.md"
    write_article(path, LARGE, SEED)
    return (path,)
