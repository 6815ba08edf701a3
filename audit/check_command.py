"""`copydesk check`: from options to a run, from its report to streams, files and the exit code."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from audit.afterwards import after_rules, check_options
from audit.cli import (
    EXIT_CLEAN,
    EXIT_FINDINGS,
    EXIT_NOTHING,
    EXIT_TROUBLE,
    OUT_FORMATS,
    cache_folder,
    day_of,
    read_stdin,
)
from audit.config import MAX_BYTES, FailOn, Settings
from audit.console import ColorWhen, complain, reason_of, wants_color, write_file, write_stdout
from audit.decisions import apply, load_for_run
from audit.errors import CopydeskError
from audit.job import append_summary
from audit.own_rules import RuleSet
from audit.project import Project, open_project
from audit.records.decisions import DecisionsFile
from audit.records.findings import SEVERITIES
from audit.records.report import Report
from audit.run import run
from audit.settings_file import check_rule_ids

SHOWING_CLAIMS = frozenset({"json", "html"})  # every other format has findings only


def check_articles(options: dict[str, Any]) -> int:
    """Audit what the options name and write every report that they ask for. Returns the exit code."""
    if options["watch"]:
        from audit.watch_command import watch_articles

        return watch_articles(options)
    project = open_project(options)
    nothing = said_of_nothing(project)
    if nothing is not None:
        return nothing
    outputs = outputs_of(project)
    report = audited(project, lambda settings: run(settings, warn=complain), formats_of(project, outputs))
    return deliver(report, project, outputs)


def said_of_nothing(project: Project) -> int | None:
    """Say that there is nothing to audit, and return the exit code for that; None where there is something."""
    options = project.options
    if project.articles:
        return None
    if options["only_articles"]:
        complain("none of the files named is an article or a source of one; there was nothing to audit")
        return EXIT_CLEAN
    what = " ".join(options["articles"]) or "the articles that the settings file names"
    complain(f"no inputs matched {what}; no audit was performed")
    return EXIT_NOTHING


def audited(project: Project, audit: Callable[[Settings], Report], formats: Iterable[str] = ("html",)) -> Report:
    """The report of a project as its readers get it: decisions, what its texts put aside, what is known.

    It holds all that `formats` show. Raises click.UsageError for options that cannot be meant, and CopydeskError for
    ids that are no rule's and for a file of decisions, a baseline or a revision that is at fault.
    """
    options = project.options
    if project.file is not None:
        check_rule_ids(project.file, project.rules)
    check_options(project)
    decided = _decisions(Path(options["decisions"]) if options["decisions"] else None)
    settings = project.settings(_settings(project, formats))
    with contextlib.redirect_stdout(sys.stderr):  # a rule of somebody else may print
        report = audit(settings)
    if decided is not None:
        file, sha256 = decided
        report = apply(report, file, day_of(options["today"]), str(options["decisions"]), sha256)
    return after_rules(report, project)


def deliver(report: Report, project: Project, outputs: Sequence[tuple[str, Path]]) -> int:
    """Write a report to standard output and to files, and what went wrong to standard error. Returns the exit code."""
    options = project.options
    for diagnostic in report.diagnostics:
        complain(str(diagnostic))
    for check in report.checks:
        if check.status == "failed":
            origin = project.rules.origin(check.rule)
            action = f"mend it in {origin}" if origin else "please report it"
            complain(f"rule {check.rule} failed: {check.reason}; the other rules went on; {action}")
    written = [_write_file(report, format_, path) for format_, path in outputs]
    write_stdout(render(report, options["format_"], options["color"], sys.stdout.isatty()))
    if "github" in formats_of(project, outputs):
        written.append(append_summary(report))
    if not all(written):
        return EXIT_TROUBLE
    return exit_code(report, options["fail_on"], exit_zero=options["exit_zero"])


def _decisions(path: Path | None) -> tuple[DecisionsFile, str | None] | None:
    """The decisions to honour, and the digest of their file; None in a run without. Raises CopydeskError."""
    if path is None:
        return None
    file, sha256 = load_for_run(path)
    if sha256 is None:
        complain(f"{path}: there is no such file yet; the run honours no decisions")
    return file, sha256


def formats_of(project: Project, outputs: Iterable[tuple[str, Path]]) -> set[str]:
    """The formats that a run writes."""
    return {project.options["format_"], *(format_ for format_, _ in outputs)}


def _settings(project: Project, formats: Iterable[str]) -> Settings:
    options, articles, rules = project.options, project.articles, project.rules
    named = (*articles, *options["sources"], *options["complete_sources"])
    return Settings(
        articles=tuple(articles),
        sources=options["sources"],
        complete_sources=options["complete_sources"],
        profile=options["profile"],
        select=_ids(options["select"], "--select", rules),
        ignore=_ids(options["ignore"], "--ignore", rules),
        confidence=options["confidence"],
        preview=options["preview"],
        offline=options["offline"],
        refresh=options["refresh"],
        cache_folder=cache_folder(options),
        stdin=read_stdin(named, MAX_BYTES),
        stdin_filename=options["stdin_filename"],
        processes=options["processes"],
        claims=not SHOWING_CLAIMS.isdisjoint(formats),
    )


def _ids(values: Sequence[str], option: str, rules: RuleSet) -> tuple[str, ...]:
    """The ids given to an option, several in one value parted by commas. Raises click.BadParameter."""
    ids = [id.strip() for value in values for id in value.split(",") if id.strip()]
    for id in ids:
        if not rules.has(id):
            raise click.BadParameter(f"there is no rule {id!r}; {rules.hint(id)}", param_hint=option)
    return tuple(ids)


def outputs_of(project: Project) -> list[tuple[str, Path]]:
    """Format and path of each --out. Raises click.BadParameter; a report never replaces a text it is about."""
    texts = {os.path.realpath(path) for path in project.inputs}
    found = []
    for value in project.options["outs"]:
        format_, mark, path = value.partition("=")
        if not mark or not path or format_ not in OUT_FORMATS:
            raise click.BadParameter(
                f"{value!r} is not FORMAT=PATH with a format of {', '.join(OUT_FORMATS)}.", param_hint="--out"
            )
        if os.path.realpath(path) in texts:
            raise click.BadParameter(f"{path} is an input of this run and would be overwritten.", param_hint="--out")
        found.append((format_, Path(path)))
    return found


def _write_file(report: Report, format_: str, path: Path) -> bool:
    try:
        content = _word_copy(report) if format_ == "docx" else render(report, format_, "never", False)
        write_file(path, content)
    except CopydeskError as error:
        complain(f"{error}; the {format_} report was not written")
        return False
    except OSError as error:
        complain(f"{path}: {reason_of(error)}; the {format_} report was not written")
        return False
    return True


def _word_copy(report: Report) -> bytes:
    """The article's Word file with the findings as comments. Raises CopydeskError where the article is no such file."""
    from audit.word_copy import commented_file

    return commented_file(report, MAX_BYTES)


def render(report: Report, format_: str, color: ColorWhen, is_terminal: bool) -> str:
    """The report in one of the formats. Raises CopydeskError where it holds what UTF-8 cannot carry."""
    if format_ == "json":
        from audit.reports.json import render_json

        return render_json(report)
    if format_ == "html":
        from audit.reports.html import render_html

        return render_html(report)
    if format_ == "csv":
        from audit.reports.csv import render_csv

        return render_csv(report)
    if format_ != "text":
        from audit.reports.machine import RENDERERS

        return RENDERERS[format_](report)
    from audit.reports.text import WIDTH, render_text

    width = min(shutil.get_terminal_size((WIDTH, 24)).columns, 120) if is_terminal else WIDTH
    return render_text(report, color=wants_color(color, is_terminal), width=width)


def exit_code(report: Report, fail_on: FailOn, *, exit_zero: bool = False) -> int:
    """2 when an input or a rule failed, 1 for open findings that are shown and at or above `fail_on`, otherwise 0."""
    if any(diagnostic.fatal for diagnostic in report.diagnostics):
        return EXIT_TROUBLE
    if any(check.status == "failed" for check in report.checks):
        return EXIT_TROUBLE
    if exit_zero or fail_on == "never":
        return EXIT_CLEAN
    bad = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    found = any(f.status == "open" and f.shown and f.severity in bad for f in report.findings)
    return EXIT_FINDINGS if found else EXIT_CLEAN
