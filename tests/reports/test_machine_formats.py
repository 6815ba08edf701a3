"""SARIF, GitHub annotations and summary, GitLab Code Quality, JUnit: golden files, published schemas, hostile texts."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import machine_samples
import pytest
import sample
from audit.reports.github import LEVELS, MAX_ANNOTATIONS, render_github
from audit.reports.gitlab import render_gitlab
from audit.reports.junit import render_junit
from audit.reports.sarif import MAX_RESULTS, MAX_TEXT, render_sarif
from audit.reports.summary import MAX_BYTES, render_summary
from audit.rules.registry import ALL_RULES

from audit.records import Check, Finding, LineIndex
from audit.records.report import Report, RuleInfo

SCHEMA = Path(__file__).parents[3] / "shared" / "schemas" / "sarif-schema-2.1.0.json"
MULTITOOL = "@microsoft/sarif-multitool@5.7.0"
COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def sarif(report: Report) -> dict[str, Any]:
    """The one run of a SARIF log."""
    [run] = json.loads(render_sarif(report))["runs"]
    assert isinstance(run, dict)
    return run


def many(number: int, **changes: Any) -> list[Finding]:
    """So many findings about one place."""
    first = sample.finding(**changes)
    return [first.model_copy(update={"id": f"f{n}", "fingerprint": f"{n:032x}"}) for n in range(1, number + 1)]


def all_rules() -> Report:
    """A report that has run every rule there is."""
    infos = tuple(RuleInfo(id=r.id, family=r.family, summary=r.summary(), explanation=r.text()) for r in ALL_RULES)
    report = sample.report(sample.finding(), checks=tuple(Check(rule=r.id, status="run") for r in ALL_RULES))
    return report.model_copy(update={"run": report.run.model_copy(update={"rules": infos})})


@pytest.mark.parametrize("name", machine_samples.FORMATS)
def test_the_bytes_are_those_of_the_golden_file(name: str) -> None:
    rendered = machine_samples.FORMATS[name](machine_samples.report()).encode("utf-8")
    assert rendered == machine_samples.golden_path(name).read_bytes(), "python tests/reports/machine_samples.py"


# --- SARIF ------------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not SCHEMA.is_file(), reason="the OASIS schema of SARIF is not beside the checkout")
@pytest.mark.parametrize("report", [machine_samples.report(), all_rules(), sample.report()])
def test_sarif_is_valid_against_the_oasis_schema(report: Report) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker()).validate(
        json.loads(render_sarif(report))
    )


def test_sarif_satisfies_the_multitool(tmp_path: Path) -> None:
    npx = shutil.which("npx")
    if npx is None:
        pytest.skip("npx is not here, so sarif-multitool cannot run")
    command = [npx, "--yes", MULTITOOL]
    try:
        ready = subprocess.run([*command, "--version"], capture_output=True, timeout=120, cwd=tmp_path)
    except subprocess.TimeoutExpired:
        pytest.skip("sarif-multitool could not be fetched in time")
    if ready.returncode != 0:
        pytest.skip("sarif-multitool could not be fetched or does not run here")
    for number, report in enumerate((machine_samples.report(), all_rules())):
        (tmp_path / f"r{number}.sarif").write_text(render_sarif(report), encoding="utf-8")
        arguments = ["validate", f"r{number}.sarif", "--output", f"v{number}.sarif"]
        done = subprocess.run([*command, *arguments], capture_output=True, text=True, timeout=120, cwd=tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr
        [run] = json.loads((tmp_path / f"v{number}.sarif").read_text(encoding="utf-8-sig"))["runs"]
        # The project has no page of its own yet, so the tool names none (SARIF2005); nothing else may be said.
        assert {result["ruleId"] for result in run.get("results", [])} <= {"SARIF2005"}, done.stdout


def test_sarif_regions_are_stretches_of_the_file() -> None:
    run = sarif(machine_samples.report())
    texts = {info.path: info.text for info in machine_samples.report().inputs}
    assert run["columnKind"] == "unicodeCodePoints"
    locations = [
        one for result in run["results"] for one in (*result["locations"], *result.get("relatedLocations", ()))
    ]
    assert len(locations) == 9
    for location in locations:
        physical = location["physicalLocation"]
        region, text = physical["region"], texts[physical["artifactLocation"]["uri"]]
        index = LineIndex(text)
        ends = [(region["startLine"], region["startColumn"]), (region["endLine"], region["endColumn"])]
        start, end = (next(at for at in range(len(text) + 1) if index.position(at) == place) for place in ends)
        assert text[start:end] == region["snippet"]["text"]


def test_sarif_marks_the_shortest_stretch_and_relates_the_source() -> None:
    [result] = sarif(sample.report(sample.finding()))["results"]
    assert result["locations"][0]["physicalLocation"]["region"]["snippet"]["text"] == "will"
    [related] = result["relatedLocations"]
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "holt.txt"
    assert related["message"]["text"] == "in the source, Mira Holt: We may rebuild it one day."


def test_sarif_leads_with_the_article_even_where_the_source_comes_first() -> None:
    made = sample.finding()
    made = made.model_copy(update={"evidence": tuple(reversed(made.evidence))})
    [result] = sarif(sample.report(made))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "drafts/quay.md"
    assert result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "holt.txt"


def test_sarif_fingerprint_is_ours_and_not_the_hash_of_a_line() -> None:
    [result] = sarif(sample.report(sample.finding(7)))["results"]
    assert result["partialFingerprints"] == {"copydeskFinding/v1": f"{7:032x}"}


def test_sarif_settled_findings_are_suppressed_and_hidden_ones_left_out() -> None:
    results = sarif(machine_samples.report())["results"]
    said = {result["partialFingerprints"]["copydeskFinding/v1"][-1]: result.get("suppressions") for result in results}
    assert set(said) == {"1", "2", "3", "4", "5"}
    assert said["1"] is None
    assert said["4"] == [{"kind": "external", "justification": "in the baseline"}]
    assert said["5"][0]["kind"] == "inSource"


def test_sarif_names_an_address_of_the_project_only_where_there_is_one() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    driver = sarif(sample.report())["tool"]["driver"]
    assert ("informationUri" in driver) == bool(project.get("urls"))


def test_sarif_texts_of_rules_keep_within_the_limit() -> None:
    rules = sarif(all_rules())["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.id for rule in ALL_RULES]
    for rule in rules:
        texts = (*rule["shortDescription"].values(), *rule["fullDescription"].values(), *rule["help"].values())
        assert len(texts) == 4
        assert all(0 < len(text) <= MAX_TEXT for text in texts), rule["id"]


def test_sarif_cuts_the_least_severe_and_says_so() -> None:
    notes, errors = many(MAX_RESULTS, severity="note"), many(3)
    errors = [one.model_copy(update={"id": f"e{n}"}) for n, one in enumerate(errors)]
    run = sarif(sample.report(*notes, *errors))
    assert len(run["results"]) == MAX_RESULTS
    assert sum(result["level"] == "error" for result in run["results"]) == 3
    [notice] = run["invocations"][0]["toolExecutionNotifications"]
    assert notice["message"]["text"].startswith(f"3 of {MAX_RESULTS + 3} findings were left out")


def test_sarif_paths_become_addresses() -> None:
    for path, expected in (
        ("./a b/ü#1.md", {"uri": "a%20b/%C3%BC%231.md", "uriBaseId": "%SRCROOT%"}),
        ("/srv/a b.md", {"uri": "file:///srv/a%20b.md"}),
        ("C:\\texts\\a.md", {"uri": "file:///C:/texts/a.md"}),
        ("https://x.example/a?b=c d", {"uri": "https://x.example/a?b=c%20d"}),
        ("odd\udcff.md", {"uri": "odd%FF.md", "uriBaseId": "%SRCROOT%"}),
    ):
        made = sample.finding()
        place = made.evidence[0].place.model_copy(update={"path": path})
        made = made.model_copy(
            update={"evidence": (made.evidence[0].model_copy(update={"place": place, "marks": ()}),)}
        )
        [result] = sarif(sample.report(made))["results"]
        assert result["locations"][0]["physicalLocation"]["artifactLocation"] == expected


def test_sarif_names_the_paragraph_of_a_word_file() -> None:
    report = sample.report(sample.finding())
    word = report.inputs[0].model_copy(update={"format": "docx"})
    [result] = sarif(report.model_copy(update={"inputs": (word, report.inputs[1])}))["results"]
    assert result["locations"][0]["logicalLocations"] == [{"name": "paragraph 2"}]


# --- GitHub -----------------------------------------------------------------------------------------------------------


def test_every_line_for_github_is_one_command() -> None:
    lines = render_github(machine_samples.report()).split("\n")
    assert lines.pop() == ""
    for line in lines:
        match = COMMAND.fullmatch(line)
        assert match is not None, line
        assert not re.search(r"[\r\x00-\x1f\x7f\x85\u2028\u2029\u202e]", line)
        assert {part.partition("=")[0] for part in match[2].split(",")} <= {
            "file", "line", "endLine", "col", "endColumn", "title"
        }  # fmt: skip
    assert [line.split(" ")[0] for line in lines] == ["::error"] * 3 + ["::warning", "::notice"]


def test_a_path_for_github_cannot_end_its_property() -> None:
    made = sample.finding()
    place = made.evidence[0].place.model_copy(update={"path": "a,line=9::x%0A\nb  c.md"})
    made = made.model_copy(update={"evidence": (made.evidence[0].model_copy(update={"place": place, "marks": ()}),)})
    assert render_github(sample.report(made)).startswith("::error file=a%2Cline=9%3A%3Ax%250A%0Ab  c.md,line=3,")


def test_github_gets_ten_of_a_level_the_worst_first_and_is_told_of_the_rest() -> None:
    unsure = [one.model_copy(update={"confidence": "medium"}) for one in many(20)]
    sure = sample.finding(99, message="The sure one.")
    lines = render_github(sample.report(*unsure, sure, *many(3, severity="warning"))).splitlines()
    levels = [line.split(" ")[0].removeprefix("::") for line in lines]
    assert levels == ["error"] * MAX_ANNOTATIONS + ["warning"] * 3
    assert "The sure one." in lines[0]
    assert lines[MAX_ANNOTATIONS - 1].startswith("::error title=copydesk::12 more errors")
    assert set(LEVELS.values()) == {"error", "warning", "notice"}


def test_nothing_to_say_is_nothing_for_github() -> None:
    assert render_github(sample.report()) == ""


def test_the_summary_shows_words_of_the_article_as_words() -> None:
    text = render_summary(machine_samples.report())
    for mark in ("](", "<b>", "@all", "`c`", "javascript:", "\x1b", "\u202e"):
        assert mark not in text
    assert "We will rebuild it" in text
    assert text.splitlines()[0] == "## Copydesk: 1 error, 1 warning, 1 note"
    assert render_summary(sample.report()).startswith("## Copydesk: no findings\n\n1 of 3 quotations compared")


def test_the_summary_keeps_within_what_github_takes() -> None:
    text = render_summary(sample.report(*many(5_000)))
    assert len(text.encode("utf-8")) < MAX_BYTES + 10_000
    assert re.search(r"\d+ more findings: the other reports have all", text.replace(",", ""))


# --- GitLab and JUnit -------------------------------------------------------------------------------------------------


def test_gitlab_gets_what_is_open() -> None:
    issues = json.loads(render_gitlab(machine_samples.report()))
    assert [issue["severity"] for issue in issues] == ["critical", "minor", "info"]
    for issue in issues:
        assert issue["description"].startswith(f"{issue['check_name']}: ")
        assert issue["location"]["path"] == "drafts/quay.md"
    assert len({issue["fingerprint"] for issue in issues}) == 3
    assert json.loads(render_gitlab(sample.report())) == []


def test_junit_has_a_case_for_each_file_and_rule() -> None:
    root = ET.fromstring(render_junit(machine_samples.report()))
    suite, inputs = root.findall("testsuite")
    assert [(case.get("classname"), case.get("name")) for case in suite] == [
        ("drafts/quay.md", "quote-altered"),
        ("drafts/quay.md", "residue"),
        ("drafts/quay.md", "quote-stitched"),
    ]
    assert {name: suite.get(name) for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": "3", "failures": "2", "errors": "1", "skipped": "1"
    }  # fmt: skip
    told = suite.findtext("testcase/failure")
    assert told is not None
    assert "“We will rebuild it,”" in told
    assert "We may rebuild it one day." in told
    assert inputs.find("testcase/error") is not None


def test_notes_do_not_fail_for_junit() -> None:
    root = ET.fromstring(render_junit(sample.report(sample.finding(severity="note"))))
    assert root.find(".//failure") is None
    assert "Did she say this?" in (root.findtext(".//system-out") or "")


def test_a_finding_about_a_source_alone_is_not_lost_for_junit() -> None:
    made = sample.finding()
    made = made.model_copy(update={"evidence": made.evidence[1:]})
    root = ET.fromstring(render_junit(sample.report(made)))
    [failure] = root.findall(".//failure")
    assert [suite.get("name") for suite in root if suite.find(".//failure") is not None] == ["holt.txt"]
    assert "We may rebuild it one day." in (failure.text or "")
