"""What people said of findings over published texts, read one by one: worth an editor's look, or not.

    python tests/benchmarks/noise.py ../shared/bench --judge sample.txt    a sample to read
    python tests/benchmarks/judged.py                                      what was said so far, rule by rule
    python tests/benchmarks/judged.py sample.txt verdicts.txt              adds verdicts

A line of verdicts.txt is `FINGERPRINT yes|no words of the reader`, the fingerprint as the sample gives it. They are
kept in `judged.tsv` beside this file, without a word of the texts; a finding that changes gets another fingerprint and
has to be read again. `worth` means: an editor of that text would want to look at the place, whatever comes of it.
"""

from __future__ import annotations

import collections
import sys
from pathlib import Path

TABLE = Path(__file__).with_name("judged.tsv")
HEAD = "rule\tfingerprint\tworth\tremark"

Verdicts = dict[str, tuple[str, str, str]]  # by fingerprint: rule, yes or no, remark


def read(path: Path = TABLE) -> Verdicts:
    """The verdicts so far."""
    if not path.is_file():
        return {}
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    return {mark: (rule, worth, remark) for rule, mark, worth, remark in lines}


def by_rule(verdicts: Verdicts) -> dict[str, tuple[int, int]]:
    """For each rule how many of its findings were worth a look, and how many were read."""
    worth: collections.Counter[str] = collections.Counter()
    seen: collections.Counter[str] = collections.Counter()
    for rule, said, _ in verdicts.values():
        seen[rule] += 1
        worth[rule] += said == "yes"
    return {rule: (worth[rule], seen[rule]) for rule in sorted(seen)}


def add(verdicts: Verdicts, lines: list[str], rules: dict[str, str]) -> None:
    """Put new verdicts in. Raises ValueError for a line that is none, or a finding that the sample does not hold."""
    for line in lines:
        mark, _, rest = line.partition(" ")
        said, _, remark = rest.partition(" ")
        if said not in ("yes", "no") or mark not in rules:
            raise ValueError(f"neither `FINGERPRINT yes|no remark` nor a finding of the sample: {line!r}")
        verdicts[mark] = (rules[mark], said, " ".join(remark.split()))


def rules_in(sample: str) -> dict[str, str]:
    """The rule of each fingerprint of a sample."""
    found: dict[str, str] = {}
    rule = ""
    for line in sample.splitlines():
        if line and not line.startswith(" "):
            rule = line.strip()
        elif line.startswith("  ") and not line.startswith("   "):
            found[line.split()[-1]] = rule
    return found


def write(verdicts: Verdicts, path: Path = TABLE) -> None:
    """Keep them, sorted."""
    lines = sorted("\t".join((rule, mark, worth, remark)) for mark, (rule, worth, remark) in verdicts.items())
    path.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")


def main() -> None:
    verdicts = read()
    if len(sys.argv) == 3:
        sample, new = (Path(name).read_text(encoding="utf-8") for name in sys.argv[1:])
        add(verdicts, [line for line in new.splitlines() if line.strip()], rules_in(sample))
        write(verdicts)
    elif len(sys.argv) != 1:
        sys.exit("usage: judged.py [SAMPLE VERDICTS]")
    for rule, (worth, seen) in by_rule(verdicts).items():
        print(f"{rule:<32} {worth:>3} of {seen:>3} worth a look")
    total = [sum(column) for column in zip(*by_rule(verdicts).values(), strict=True)] or [0, 0]
    print(f"{'all':<32} {total[0]:>3} of {total[1]:>3} worth a look")


if __name__ == "__main__":
    main()
