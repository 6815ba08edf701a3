"""How fast Copydesk is and how much memory it takes, as its users run it.

    python tests/benchmarks/speed.py                                   all of it, in up to two hours
    python tests/benchmarks/speed.py --only dossier --only folder      two sections, a few minutes
    python tests/benchmarks/speed.py --content ../posts --json speed.json
    python tests/benchmarks/speed.py --quick                           little texts, to try the benchmark itself

The sections: `dossier`, one article with its sources, the first time, again and after an edit, beside proselint;
`folder`, articles of a folder (invented ones where --content names none) beside the language model alone, again, and in
two processes; `memory`, the peak on large texts; `growth`, time as size doubles.

Every command is a process of its own. Commands that are held against each other take turns, and ratios are taken run by
run, so that what slows the machine for a while is in both. What is printed is the median, with the least and the most.
Seconds say as much about the machine as about Copydesk: ratios are what to look at. A goal that is not met fails
nothing. A first run begins with an empty cache; each section's files are in the system's cache of files by then.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from speeds import dossier, folder, growth, memory
from speeds.bench import Bench, NotMeasured
from speeds.figures import Figure, document, table

SECTIONS: dict[str, Callable[[Bench], Iterator[Figure]]] = {
    dossier.SECTION: dossier.measure,
    folder.SECTION: folder.measure,
    memory.SECTION: memory.measure,
    growth.SECTION: growth.measure,
}
TITLES = {
    dossier.SECTION: "dossier: one article with its sources",
    folder.SECTION: "folder: many articles",
    memory.SECTION: "memory: the peak of one process on large texts",
    growth.SECTION: "growth: time as size doubles (exponents: 1 is linear, 2 quadratic; start and load taken off)",
}
QUICK_RUNS, RUNS = 2, 5


def measure(bench: Bench, sections: list[str]) -> Iterator[Figure]:
    """The figures of these sections; one that cannot be measured is a line that says why."""
    for name in sections:
        try:
            yield from SECTIONS[name](bench)
        except NotMeasured as error:
            yield Figure(name, "this section", "s", note=str(error))
    bench.progress.done()


def machine() -> dict[str, Any]:
    """What the figures depend on besides Copydesk."""
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "copydesk": version("copydesk"),
        "spacy": version("spacy"),
    }


def _processor() -> str:
    about = Path("/proc/cpuinfo")
    lines = about.read_text(encoding="utf-8").splitlines() if about.is_file() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or "unknown")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=tuple(SECTIONS), action="append", help="this section; repeatable")
    parser.add_argument("--runs", type=int, default=None, help=f"of each command; {RUNS} unless you say otherwise")
    parser.add_argument("--large-runs", type=int, default=1, help="of those over 10 MB of text (default: 1)")
    parser.add_argument("--content", type=Path, help="a folder of articles for the section `folder`")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every single value there")
    parser.add_argument("--quick", action="store_true", help=f"little texts and {QUICK_RUNS} runs")
    parser.add_argument("--program", help="the copydesk to be timed (default: the one beside this Python)")
    parser.add_argument("--keep", type=Path, default=Path("build/bench"), help="where proselint is installed")
    parser.add_argument(
        "--give-up", type=float, default=1800, metavar="SECONDS", help="end a command after that time (default: 1800)"
    )
    parser.add_argument("--most-memory", type=float, default=8, metavar="GB", help="that a command gets (default: 8)")
    options = parser.parse_args()
    options.runs = options.runs or (QUICK_RUNS if options.quick else RUNS)
    if options.content is not None and not options.content.is_dir():
        parser.error(f"--content {options.content}: there is no such folder")
    return options


def main() -> None:
    options = arguments()
    program = options.program or shutil.which("copydesk", path=Path(sys.executable).parent)
    if program is None or shutil.which(program) is None:
        sys.exit("there is no copydesk beside this Python; run `make install`, or name one with --program")
    before = machine()
    with tempfile.TemporaryDirectory() as temporary:
        bench = Bench(
            Path(temporary),
            os.path.abspath(shutil.which(program) or program),
            runs=options.runs,
            large_runs=options.large_runs,
            quick=options.quick,
            content=options.content,
            give_up=options.give_up,
            most_memory=options.most_memory,
            kept=options.keep,
        )
        figures = list(measure(bench, options.only or list(SECTIONS)))
    print("  ".join(f"{name} {value}" for name, value in before.items()))
    print(table(figures, TITLES), end="")
    if options.json is not None:
        told = {"runs": options.runs, "large_runs": options.large_runs, "quick": options.quick}
        options.json.write_text(document(figures, before, told), encoding="utf-8")


if __name__ == "__main__":
    main()
