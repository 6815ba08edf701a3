"""The report as JUnit XML: a suite for each article, a case for each rule. Errors and warnings fail, notes do not."""

from __future__ import annotations

from collections import defaultdict
from xml.etree import ElementTree as ET

from audit.reports.counting import counted
from audit.reports.sides import Sides, Trouble, open_findings, troubles
from audit.reports.visible import visible

from audit.records import Check, Finding
from audit.records.report import Report

_Found = dict[tuple[str, str], list[Finding]]  # by path and rule


def render_junit(report: Report) -> str:
    """An XML document without times and dates: the same report gives the same bytes."""
    sides = Sides(report)
    found: _Found = defaultdict(list)
    for finding in open_findings(report):
        found[sides.main(finding).place.path, finding.rule].append(finding)
    root = ET.Element("testsuites", name="copydesk")
    for path in dict.fromkeys((*sides.article_paths, *(path for path, _ in found))):  # then sources, if at fault
        _suite(root, path, [_case(path, check, found.get((path, check.rule), []), sides) for check in report.checks])
    inputs = [trouble for trouble in troubles(report) if trouble.path]
    if inputs:
        _suite(root, "inputs", [_trouble(trouble) for trouble in inputs])
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _suite(root: ET.Element, name: str, cases: list[ET.Element]) -> None:
    def number(tag: str) -> str:
        return str(sum(case.find(tag) is not None for case in cases))

    counts = {"failures": number("failure"), "errors": number("error"), "skipped": number("skipped")}
    ET.SubElement(root, "testsuite", {"name": visible(name), "tests": str(len(cases)), **counts}).extend(cases)


def _case(path: str, check: Check, found: list[Finding], sides: Sides) -> ET.Element:
    case = ET.Element("testcase", classname=visible(path), name=check.rule)
    failing = [finding for finding in found if finding.severity != "note"]
    notes = [finding for finding in found if finding.severity == "note"]
    if check.status == "failed":
        ET.SubElement(case, "error", message=visible(check.reason))
    elif check.status == "skipped" and not found:  # another rule's finding may have been joined with this rule's
        ET.SubElement(case, "skipped", message=visible(check.reason))
    if failing:
        worst = "error" if any(finding.severity == "error" for finding in failing) else "warning"
        message = visible(f"{counted(len(failing), 'finding')}: {failing[0].message}")
        ET.SubElement(case, "failure", type=worst, message=message).text = _told(failing, sides)
    if notes:
        ET.SubElement(case, "system-out").text = _told(notes, sides)
    return case


def _told(findings: list[Finding], sides: Sides) -> str:
    return visible("\n\n".join("\n".join(_lines(finding, sides)) for finding in findings))


def _lines(finding: Finding, sides: Sides) -> list[str]:
    spot = sides.spot(sides.main(finding).place)
    passages = [f"  {one.label} ({sides.spot(one.place)}): {one.place.text}" for one in finding.evidence]
    reasons = [f"  why: {reason}" for reason in finding.why]
    head = f"{spot}: {finding.severity} {finding.rule} ({finding.confidence} confidence)"
    return [head, f"  {finding.message}", *passages, *reasons, f"  clears it: {finding.clear}"]


def _trouble(trouble: Trouble) -> ET.Element:
    case = ET.Element("testcase", classname=visible(trouble.path), name="reading")
    ET.SubElement(case, "error", message=visible(trouble.message))
    return case
