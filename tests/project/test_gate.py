"""docs/ci.md as a newcomer follows it: its commands, in its order, in a new repository, and what it says comes out."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import docx
import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "ci.md").read_text(encoding="utf-8")
BIN = Path(sys.executable).parent
SECONDS = 120
pytestmark = pytest.mark.skipif(not (shutil.which("bash") and shutil.which("git")), reason="no bash or no git here")


def section(title: str) -> str:
    """What stands below a heading of the page, up to the next one."""
    return PAGE.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def blocks(text: str) -> list[tuple[str, str]]:
    """The code blocks of a section, each with its language."""
    return re.findall(r"^```(\w+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Step:
    """A block of commands, and the output that the page shows below it."""

    commands: str
    shown: str

    @property
    def script(self) -> str:
        """The commands as a script that ends at once where an exit code is not the one that the page names."""
        checked = re.sub(
            r"^(copydesk .*?) +# exit code (\d)$", r"code=0; \1 || code=$?; [ $code = \2 ]", self.commands, flags=re.M
        )
        return f'cd "$(cat "$HOME/here")"\n{checked}\npwd > "$HOME/here"\n'


def steps() -> list[Step]:
    found: list[Step] = []
    for language, body in blocks(section("From an empty folder to a gate in ten minutes")):
        if language == "sh":
            found.append(Step(body, ""))
        else:
            found[-1] = Step(found[-1].commands, body)
    return found


def surroundings(home: Path) -> dict[str, str]:
    """What a shell has on a machine where nothing but git and copydesk is set up."""
    names = {
        f"GIT_{who}_{what}": "writer@copydesk.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    return {
        **names,
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
    }


@dataclass(frozen=True)
class Walk:
    """The page gone through: each step with what it left on the screen, and the repository at the end."""

    done: list[tuple[Step, subprocess.CompletedProcess[str]]]
    repository: Path


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    home = tmp_path_factory.mktemp("home")
    (home / "here").write_text(str(home), encoding="utf-8")
    done = []
    for step in steps():
        ran = subprocess.run(
            ["bash", "-e", "-c", step.script],
            env=surroundings(home), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=SECONDS,
        )  # fmt: skip
        assert ran.returncode == 0, f"{step.commands}\n{ran.stdout}"
        done.append((step, ran))
    return Walk(done, Path((home / "here").read_text(encoding="utf-8").strip()))


def test_the_page_shows_what_comes_out(walk: Walk) -> None:
    assert len(walk.done) >= 10
    assert sum(bool(step.shown) for step, _ in walk.done) >= 6
    for step, ran in walk.done:
        assert step.shown in ran.stdout, step.commands


def test_the_walk_goes_through_every_gate(walk: Walk) -> None:
    commands = "\n".join(step.commands for step, _ in walk.done)
    for part in ("init", "config show", "--update-baseline", "--prune-baseline", "--diff main", "copydesk-ignore"):
        assert part in commands
    codes = re.findall(r"# exit code (\d)$", commands, re.MULTILINE)
    assert codes.count("1") >= 4
    assert codes.count("0") >= 5
    baseline = json.loads((walk.repository / "copydesk-baseline.json").read_text(encoding="utf-8"))
    assert baseline["findings"] == {}  # the one that was known was mended, and pruned


def test_the_reports_of_the_walk_point_at_the_words_that_were_made_wrong(walk: Walk) -> None:
    [annotated] = [ran.stdout for step, ran in walk.done if "--format github" in step.commands]
    places = re.findall(r"^::(\w+) file=([^,]+),line=(\d+),endLine=\d+,col=(\d+),endColumn=(\d+),", annotated, re.M)
    assert places == [("error", "stories/mill.md", "3", "11", "21"), ("error", "stories/mill.md", "5", "21", "35")]
    sarif = json.loads((walk.repository / "copydesk.sarif").read_text(encoding="utf-8"))
    results = sarif["runs"][0]["results"]
    assert [result["ruleId"] for result in results if "suppressions" in result] == ["quote-altered"]
    regions = [of_result(result) for result in results if "suppressions" not in result]
    assert regions == [("stories/mill.md", 3, "will never"), ("stories/mill.md", 5, "180,000 kroner")]
    quality = json.loads((walk.repository / "quality.json").read_text(encoding="utf-8"))
    assert [(one["location"]["path"], one["location"]["lines"]["begin"]) for one in quality] == [
        ("stories/mill.md", 3),
        ("stories/mill.md", 5),
    ]
    failures = ET.parse(walk.repository / "junit.xml").findall(".//failure")
    assert sorted((one.text or "").partition(" ")[0] for one in failures) == [
        "stories/mill.md:3:",
        "stories/mill.md:5:",
    ]


def of_result(result: dict[str, Any]) -> tuple[str, int, str]:
    place = result["locations"][0]["physicalLocation"]
    return place["artifactLocation"]["uri"], place["region"]["startLine"], place["region"]["snippet"]["text"]


# --- Articles and sources in several formats --------------------------------------------------------------------------

# An old fault, a faithful quotation and a figure in each; {quote} and {sum} are what is made wrong later.
PAGE_HTML = """<html><body><h1>The harbour crane</h1>
<p>“We will sell the crane in June,” Ida Brask, the harbour clerk, said.</p>
<p>“{quote},” Brask said.</p>
<p>The new crane would cost {sum} kroner, she said.</p>
</body></html>
"""
CAPTIONS = """WEBVTT

00:01.000 --> 00:06.000
<v Ida Brask>We may sell the crane in June. Nobody has painted it since the storm.

00:07.000 --> 00:12.000
<v Ida Brask>The new crane would cost 90,000 kroner.
"""
WORD_LINES = (
    "The bell in Orrin",
    "“We will cast the bell in May,” Dana Tarrant, a bell founder, said.",
    "“{quote},” Tarrant said.",
    "The new bell would cost {sum} kroner, she said.",
)
MINUTES = (
    "TARRANT: We may cast the bell in May. Nobody has painted it since the storm.\n\n"
    "TARRANT: The new bell would cost 90,000 kroner.\n"
)
GOOD = {"quote": "Nobody has painted it since the storm", "sum": "90,000"}
BAD = {"quote": "Somebody has painted it since the storm", "sum": "190,000"}


class Newsroom:
    """A repository with an article in HTML and one in Word, and the commands of the page run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stories = folder / "stories"
        (self.stories / "interviews").mkdir(parents=True)
        (self.stories / "interviews" / "crane.vtt").write_text(CAPTIONS, encoding="utf-8")
        (self.stories / "interviews" / "bell in Orrin.txt").write_text(MINUTES, encoding="utf-8")
        self.write(GOOD, GOOD)
        self.run("git init -q -b main")
        self.run("copydesk init")

    def write(self, crane: dict[str, str], bell: dict[str, str], comment: str = "") -> None:
        page = PAGE_HTML.format(**crane).replace("<p>“We", f"{comment}<p>“We")
        (self.stories / "crane.html").write_text(page, encoding="utf-8")
        word = docx.Document()
        for line in WORD_LINES:
            word.add_paragraph(line.format(**bell))
        word.save(str(self.stories / "bell in Orrin.docx"))

    def run(self, command: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder, env=surroundings(self.folder), capture_output=True, text=True, timeout=SECONDS,
        )  # fmt: skip
        assert done.returncode == code, done.stdout + done.stderr
        return done

    def results(self, command: str, code: int) -> list[tuple[str, int, str]]:
        """What is open in the SARIF report of a command: path, line and words."""
        log = json.loads(self.run(f"{command} --format sarif", code).stdout)
        return sorted(of_result(one) for one in log["runs"][0]["results"] if "suppressions" not in one)


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path)


def commands_of(title: str) -> list[str]:
    [body] = [body for language, body in blocks(section(title)) if language == "sh"]
    return [line.partition("#")[0].strip() for line in body.splitlines()]


# In the text of a Word file a blank line parts the paragraphs.
OLD = [("stories/bell%20in%20Orrin.docx", 3, "will"), ("stories/crane.html", 2, "will")]
NEW = [
    ("stories/bell%20in%20Orrin.docx", 5, "Somebody"),
    ("stories/bell%20in%20Orrin.docx", 7, "190,000 kroner"),
    ("stories/crane.html", 3, "Somebody"),
    ("stories/crane.html", 4, "190,000 kroner"),
]


def test_only_new_findings_fail_in_every_format(newsroom: Newsroom) -> None:
    update, check, prune = commands_of("Only new findings")
    assert newsroom.results("copydesk check", 1) == OLD
    assert "it was written with 2 findings" in newsroom.run(update).stderr
    assert newsroom.results(check, 0) == []
    newsroom.write(BAD, BAD)
    assert newsroom.results(check, 1) == NEW
    lines = newsroom.run(f"{check} --format github", 1).stdout.splitlines()
    assert [re.match(r"::\w+ file=([^,]+),line=(\d+)", line).groups() for line in lines if "file=" in line]  # type: ignore[union-attr]
    newsroom.write(GOOD, GOOD)
    assert newsroom.results(check, 0) == []
    newsroom.run("sed -i.bak 's/We will sell/We may sell/' stories/crane.html && rm stories/*.bak")
    assert "no longer found (quote-altered in stories/crane.html)" in newsroom.run(check).stderr
    assert "it was written with 1 finding;" in newsroom.run(prune).stderr
    assert "no longer found" not in newsroom.run(check).stderr


def test_only_what_has_changed_counts_in_every_format(newsroom: Newsroom) -> None:
    [check] = commands_of("Only what has changed")
    newsroom.run("git add . && git commit -q -m first && git update-ref refs/remotes/origin/main main")
    assert newsroom.results(check, 0) == []
    newsroom.write(BAD, GOOD)
    # A Word file is one piece for git: saved anew, all of it has changed.
    assert [one for one in newsroom.results(check, 1) if one[0].endswith("html")] == NEW[2:]
    newsroom.run("git checkout -q stories/bell*")
    assert newsroom.results(check, 1) == NEW[2:]


def test_findings_are_put_aside_in_the_text_in_every_format(newsroom: Newsroom) -> None:
    comment, beside = (body for language, body in blocks(section("Putting a finding aside in the text")))
    newsroom.write(GOOD, GOOD, comment.splitlines()[0] + "\n")
    line = next(line for line in beside.splitlines() if line.startswith("quote-altered"))
    reworded = re.sub('“.*”|".*"', '"cast the bell in May"', line)
    (newsroom.stories / "bell in Orrin.docx.copydesk-ignore").write_text(f"{reworded}\n", encoding="utf-8")
    done = newsroom.run("copydesk check")
    assert " ".join(done.stdout.split()).count("put aside in the text: she changed the wording by phone") == 2
    assert done.stderr == ""
    newsroom.run("sed -i.bak 's/We will sell/We may sell/' stories/crane.html && rm stories/*.bak")
    done = newsroom.run("copydesk check")
    assert "stories/crane.html:2: copydesk-ignore quote-altered is not needed" in done.stderr


Machine = Callable[[str], list[tuple[str, int]]]


def annotated(text: str) -> list[tuple[str, int]]:
    return [(path, int(line)) for path, line in re.findall(r"^::\w+ file=([^,]+),line=(\d+)", text, re.MULTILINE)]


def issues(text: str) -> list[tuple[str, int]]:
    return [(one["location"]["path"], one["location"]["lines"]["begin"]) for one in json.loads(text)]


def failures(text: str) -> list[tuple[str, int]]:
    told = [one.text or "" for one in ET.fromstring(text.encode("utf-8")).iterfind(".//failure")]
    spots = [spot for one in told for spot in re.findall(r"^(\S.*?)(:|, paragraph )(\d+): ", one, re.MULTILINE)]
    return [(path, int(number) if mark == ":" else 2 * int(number) - 1) for path, mark, number in spots]


@pytest.mark.parametrize(("format_", "read"), [("github", annotated), ("gitlab", issues), ("junit", failures)])
def test_each_report_names_the_lines(newsroom: Newsroom, format_: str, read: Machine) -> None:
    newsroom.write(BAD, BAD)
    found = sorted(read(newsroom.run(f"copydesk check --format {format_}", 1).stdout))
    assert found == sorted((path.replace("%20", " "), line) for path, line, _ in (*OLD, *NEW))
