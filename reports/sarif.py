"""The report as SARIF 2.1.0 (OASIS), for code scanning on GitHub and for every other reader of that format.

Positions are those of the JSON report: lines and columns from 1, columns in code points. GitHub's limits are kept: it
takes no file with more than 25,000 results and shows the first 5,000, so the least severe are left out and a
notification says so.
"""

from __future__ import annotations

import json
import re
import textwrap
from typing import Any
from urllib.parse import quote

from audit.reports.ruletext import RuleText, rule_text
from audit.reports.sides import Sides, Trouble, caption, shortest, troubles, worst_first
from audit.reports.visible import visible

from audit.records import Finding, Place
from audit.records.report import Report, RuleInfo

SCHEMA_ADDRESS = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MAX_RESULTS = 5_000  # that GitHub keeps
MAX_TEXT = 1_024  # characters of a rule's description or help that GitHub keeps
FINGERPRINT = "copydeskFinding/v1"  # a key of our own: GitHub's primaryLocationLineHash is a hash of the line
_BASE = "%SRCROOT%"
_URI_SAFE = "/~!$&'()*+,;=@:-._"
_OS_BYTES = "surrogateescape"  # how Python holds bytes of a file's name that are no UTF-8
_SCHEME = re.compile(r"https?://", re.IGNORECASE)

Json = dict[str, Any]


def render_sarif(report: Report) -> str:
    """One SARIF log with one run, and a line end behind it. The same report gives the same bytes."""
    log = {"$schema": SCHEMA_ADDRESS, "version": "2.1.0", "runs": [_run(report)]}
    return json.dumps(log, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _run(report: Report) -> Json:
    sides = Sides(report)
    shown = [finding for finding in report.findings if finding.shown]
    kept = _kept(shown)
    rules = _rules(report, kept)
    numbers = {rule.id: number for number, rule in enumerate(rules)}
    driver = {  # without informationUri: readers make a link of it, and pyproject.toml has no address to lead to
        "name": report.tool.name,
        "version": report.tool.version,
        "rules": [_rule(rule_text(rule)) for rule in rules],
    }
    return {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_BASE: {"description": {"text": "The folder that copydesk was run in."}}},
        "artifacts": _artifacts(report),
        "invocations": [_invocation(report, len(shown) - len(kept))],
        "results": [_result(finding, sides, numbers) for finding in kept],
    }


def _kept(findings: list[Finding]) -> list[Finding]:
    """The worst that GitHub shows, in the report's order."""
    ids = {finding.id for finding in worst_first(findings)[:MAX_RESULTS]}
    return [finding for finding in findings if finding.id in ids]


def _artifacts(report: Report) -> list[Json]:
    infos = {info.path: info for info in reversed(report.inputs)}
    return [
        {"location": _artifact(path), "hashes": {"sha-256": infos[path].sha256}}
        for path in dict.fromkeys(info.path for info in report.inputs)
    ]


# --- Rules ------------------------------------------------------------------------------------------------------------


def _rules(report: Report, findings: list[Finding]) -> list[RuleInfo]:
    """The rules that ran or that have a result, in the run's order."""
    wanted = {check.rule for check in report.checks if check.status != "skipped"}
    wanted |= {finding.rule for finding in findings}
    known = {rule.id: rule for rule in report.run.rules}
    bare = [RuleInfo(id=id, family="", summary=id, explanation=id) for id in sorted(wanted - set(known))]
    return [*(rule for rule in report.run.rules if rule.id in wanted), *bare]


def _rule(rule: RuleText) -> Json:
    prose = list(rule.prose) or [rule.summary]
    return {
        "id": rule.id,
        "shortDescription": {"text": _message(_clipped([rule.summary]))},
        "fullDescription": {"text": _message(_clipped([rule.summary, *rule.prose]))},
        "help": {"text": _message(_clipped(_help(rule, prose))), "markdown": _clipped(_help_markdown(rule, prose))},
        "properties": {"tags": [rule.family] if rule.family else []},
    }


def _help(rule: RuleText, prose: list[str]) -> list[str]:
    examples = [f"{example.kind}:\n{textwrap.indent(example.body, '  ')}" for example in rule.examples]
    return [*prose, *examples]


def _help_markdown(rule: RuleText, prose: list[str]) -> list[str]:
    examples = [f"**{example.kind}**\n\n{textwrap.indent(example.body, '    ')}" for example in rule.examples]
    return [*prose, *examples]


def _clipped(parts: list[str]) -> str:
    """As many whole parts as fit into what GitHub keeps; the first one cut at a word where it alone is too long."""
    text = ""
    for part in parts:
        longer = f"{text}\n\n{part}" if text else part
        if len(longer) > MAX_TEXT - 8:  # room for braces that are written twice
            break
        text = longer
    return text or f"{parts[0][: MAX_TEXT - 10].rsplit(' ', 1)[0]} …"


# --- Results ----------------------------------------------------------------------------------------------------------


def _result(finding: Finding, sides: Sides, numbers: dict[str, int]) -> Json:
    main, others = sides.main(finding), sides.others(finding)
    result: Json = {
        "ruleId": finding.rule,
        "ruleIndex": numbers[finding.rule],
        "level": finding.severity,
        "message": {"text": _message("\n".join((finding.message, *finding.why, f"Clears it: {finding.clear}")))},
        "locations": [_location(shortest(main), sides)],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        "properties": {"confidence": finding.confidence, "family": finding.family},
    }
    if others:
        result["relatedLocations"] = [
            {"id": number, **_location(one.place, sides), "message": {"text": _message(caption(one))}}
            for number, one in enumerate(others, start=1)
        ]
    if finding.status != "open":
        result["suppressions"] = [_suppression(finding)]
    return result


def _suppression(finding: Finding) -> Json:
    """A comment in the text settles a finding in the source; a baseline or an editor's decision does so outside."""
    kind = "inSource" if finding.status == "suppressed" else "external"
    return {"kind": kind, "justification": _message(finding.status_reason or finding.status)}


def _location(place: Place, sides: Sides) -> Json:
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
        "snippet": {"text": place.text},
    }
    location: Json = {"physicalLocation": {"artifactLocation": _artifact(place.path), "region": region}}
    paragraph = sides.paragraph(place)
    if paragraph is not None:
        location["logicalLocations"] = [{"name": f"paragraph {paragraph}"}]
    return location


def _artifact(path: str) -> Json:
    """A path as a URI: relative ones stay so, below the folder of the run."""
    if _SCHEME.match(path):
        return {"uri": quote(path, safe=f"{_URI_SAFE}?#%[]")}
    path = path.replace("\\", "/")
    if path.startswith("/"):
        return {"uri": f"file://{quote(path, safe=_URI_SAFE, errors=_OS_BYTES)}"}
    if re.match(r"[A-Za-z]:/", path):
        return {"uri": f"file:///{quote(path, safe=_URI_SAFE, errors=_OS_BYTES)}"}
    relative = quote(path.removeprefix("./"), safe=_URI_SAFE.replace(":", ""), errors=_OS_BYTES)
    return {"uri": relative, "uriBaseId": _BASE}


def _message(text: str) -> str:
    """Text for a plain message: unseen characters written out, braces doubled, no words that would become a link."""
    text = visible(text).replace("{", "{{").replace("}", "}}")
    return text.replace("](", "] (")


# --- How the run went -------------------------------------------------------------------------------------------------


def _invocation(report: Report, left_out: int) -> Json:
    trouble = troubles(report)
    notices = [Trouble(f"{d.message}; {d.action}", d.path, d.line or 1) for d in report.diagnostics if not d.fatal]
    notifications = [_notification("error", one) for one in trouble] + [_notification("note", one) for one in notices]
    if left_out:
        words = (
            f"{left_out} of {left_out + MAX_RESULTS} findings were left out, the least severe of them: "
            f"code scanning keeps {MAX_RESULTS}. The JSON report has all."
        )
        notifications.append(_notification("warning", Trouble(words)))
    return {"executionSuccessful": not trouble, "toolExecutionNotifications": notifications}


def _notification(level: str, trouble: Trouble) -> Json:
    notification: Json = {"level": level, "message": {"text": _message(trouble.message)}}
    if trouble.path:
        location = {"artifactLocation": _artifact(trouble.path), "region": {"startLine": trouble.line}}
        notification["locations"] = [{"physicalLocation": location}]
    return notification
